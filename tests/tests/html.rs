//! Web pages: what is read of them, and that mending changes nothing but the words it is about.

use gouji_core::document::{Document, NoteKind};
use gouji_core::format::{Format, ReadOptions, Selector};
use gouji_core::label::KnownLabels;
use gouji_core::table::{Row, Table, path_text};
use gouji_core::text::{Edit, Span, apply};
use gouji_core::{ReadError, read, read_with};
use gouji_tests::{checking, repository};
use proptest::prelude::*;

fn page(raw: &str) -> Document {
    read("a.html", raw.as_bytes(), &KnownLabels::default()).expect("a page")
}

/// The lines that rules see.
fn lines(document: &Document) -> Vec<&str> {
    document.blocks.iter().map(|block| block.span.of(&document.text)).collect()
}

/// The rows of all tables, fields parted by `|`.
fn rows(raw: &str) -> Vec<String> {
    page(raw).text.lines().filter(|line| line.contains('\t')).map(|line| line.replace('\t', "|")).collect()
}

/// A page as written after an edit that replaces the first `old` by `new`; none where it is refused.
fn mended(raw: &str, old: &str, new: &str) -> Option<String> {
    let document = page(raw);
    let at = document.text.find(old).expect("the words are there");
    let edit = Edit { span: Span::new(at, at + old.len()), insert: new.to_owned() };
    let (bytes, refused) = document.write(&[edit]).expect("it can be written");
    let written = String::from_utf8(bytes).expect("it is UTF-8");
    if refused.is_empty() {
        assert!(page(&written).text.contains(new), "{written}");
        return Some(written);
    }
    assert_eq!(written, raw);
    None
}

#[test]
fn lines_are_what_a_browser_shows() {
    for (raw, expected) in [
        ("<p>甲<p>乙<div>丙<br>丁</div>戊", vec!["甲", "乙", "丙", "丁", "戊"]),
        ("<p>&nbsp;&nbsp;　　甲&ldquo;乙&rdquo;&#20010;</p>", vec!["甲“乙”个"]),
        ("<p>公开\n   信息 12 件\r\nand  more</p>", vec!["公开信息 12 件 and more"]),
        ("<p><b>一、</b><span>20</span><span>24</span>年</p>", vec!["一、2024年"]),
        ("<p>甲<script>p('<p>')</script><style>p{}</style><!-- 乙 -->丙</p>", vec!["甲丙"]),
        ("<pre>甲 乙\n  丙</pre>", vec!["甲 乙", "丙"]),
        ("<ul><li>甲<li>乙</ul><dl><dt>丙<dd>丁</dl>", vec!["甲", "乙", "丙", "丁"]),
        ("<p>甲<img src=a.png>乙</p><p><img src=b.png></p>", vec!["甲\u{FFFC}乙"]),
    ] {
        assert_eq!(lines(&page(raw)), expected, "{raw}");
    }
}

#[test]
fn spanned_cells_stand_in_their_first_field() {
    for (raw, expected) in [
        ("<table><tr><td rowspan=2>甲<td colspan=2>乙<tr><td>1<td>2</table>", vec!["甲|乙|", "|1|2"]),
        (
            "<table><tr><td>甲<td>乙<tr hidden><td>丙<td>9<tr><td>丁<td>1<tbody style='display:none'><tr><td>戊<td>8</table>",
            vec!["甲|乙", "丁|1"],
        ),
        ("<table><tr><td rowspan=0>甲<td>1<tr><td>2<tr><td>3</table>", vec!["甲|1", "|2", "|3"]),
        ("<table><tr><td colspan=0>甲<td colspan=-3>乙<td colspan=x>丙</table>", vec!["甲|乙|丙"]),
        (
            "<table><tr><td>甲<td>乙<td rowspan=2>丙<tr><td>1<td>2<tr><td>3<td>4<td>5</table>",
            vec!["甲|乙|丙", "1|2|", "3|4|5"],
        ),
        ("<table><thead><tr><th rowspan=9>甲<th>乙<tbody><tr><td>1<td>2</table>", vec!["甲|乙", "1|2"]),
        ("<table><tr><td>本年<br>新收<td><p>3<p>4</table>", vec!["本年新收|3 4"]),
        ("<table><tr><td>甲<td><table><tr><td>乙<td>1</table></table>", vec!["乙|1"]),
    ] {
        assert_eq!(rows(raw), expected, "{raw}");
    }
    let wide = rows("<table><tr><td colspan=999999999>甲<td>乙</table>");
    assert_eq!(wide[0].matches('|').count(), 1000);
}

#[test]
fn tables_that_lay_out_a_page_are_read_as_paragraphs() {
    let article = "<p>甲乙丙丁戊己庚辛，壬癸。<p>子丑寅卯辰巳，午未。<p>申酉戌亥，完。";
    let raw = format!("<table><tr><td>左边<td>{article}<table><tr><td>项<td>数<tr><td>子<td>1</table></table>");
    let document = page(&raw);
    assert_eq!(document.tables.len(), 1);
    assert_eq!(rows(&raw), ["项|数", "子|1"]);
    assert!(lines(&document).contains(&"子丑寅卯辰巳，午未。"));
}

#[test]
fn mending_changes_the_words_alone() {
    for (raw, old, new, expected) in [
        (
            "<p><span>截</span><span>止</span>12月</p>",
            "截止",
            "截至",
            Some("<p><span>截</span><span>至</span>12月</p>"),
        ),
        ("<p>函[<i>20</i><b>20</b>]5号</p>", "[2020]", "〔2020〕", Some("<p>函〔<i>20</i><b>20</b>〕5号</p>")),
        ("<p><b>20</b><i>24</i>年</p>", "2024", "2025", Some("<p><b>20</b><i>25</i>年</p>")),
        ("<p>甲<b>乙</b>丙</p>", "甲乙丙", "丁", Some("<p>丁<b></b></p>")),
        ("<p>A&amp;B公&nbsp;开</p>", "公\u{A0}开", "公开", Some("<p>A&amp;B公开</p>")),
        ("<p>其它&hellip;</p>", "其它", "其他", Some("<p>其他&hellip;</p>")),
        ("<p>甲乙</p>", "甲", "<&>", Some("<p>&lt;&amp;&gt;乙</p>")),
        ("<p>甲</p><p>乙</p>", "甲\n乙", "丙", None),
        ("<table><tr><td>甲<td>乙</table>", "甲\t乙", "丙", None),
        ("<table><tr><td>甲<br>乙<td>丙</table>", "甲乙", "丁", None),
        ("<p>公 \n <b> 开</b></p>", "公开", "公示", Some("<p>公 \n <b> 示</b></p>")),
        ("<p>a&l t</p>", "l t", "lt", None),
    ] {
        assert_eq!(mended(raw, old, new).as_deref(), expected, "{raw}: {old} -> {new}");
    }
}

#[test]
fn an_element_can_be_asked_for() {
    let raw = "<body><div id=a>甲</div><div class='b c'>乙</div></body>";
    let ask = |selector: &str| {
        let html_root = Some(Selector::parse(selector).expect("a selector"));
        read_with("a.html", raw.as_bytes(), &KnownLabels::default(), &ReadOptions { html_root })
    };
    assert_eq!(lines(&ask("#a").unwrap()), ["甲"]);
    assert_eq!(lines(&ask("body .c").unwrap()), ["乙"]);
    assert_eq!(ask("#zoom").unwrap_err(), ReadError::NoRoot("#zoom".to_owned()));
}

#[test]
fn pages_are_known_by_name_and_by_content() {
    let known = KnownLabels::default();
    for (name, raw, format) in [
        ("a.HTM", "甲", Format::Html),
        ("a.shtml", "甲", Format::Html),
        ("stdin", "\n<!DOCTYPE html><p>甲", Format::Html),
        ("stdin", "<table><tr><td>甲", Format::Html),
        ("stdin", "<甲>", Format::Text),
        ("a.txt", "<html>", Format::Text),
    ] {
        assert_eq!(read(name, raw.as_bytes(), &known).unwrap().format, format, "{name} {raw}");
    }
}

#[test]
fn what_a_page_says_of_its_encoding_counts_where_bytes_leave_a_choice() {
    let known = KnownLabels::default();
    let says = |charset: &str, text: &[u8]| [format!("<meta charset={charset}><p>").as_bytes(), text].concat();
    // 联通 in GB 2312 is UTF-8, too.
    let bytes = says("gb2312", &[0xC1, 0xAA, 0xCD, 0xA8]);
    assert!(read("a.html", &bytes, &known).unwrap().text.contains("联通"));
    let bytes = says("gb2312", "年度报告".as_bytes());
    assert!(read("a.html", &bytes, &known).unwrap().text.contains("年度报告"), "UTF-8 under a stale declaration");
    let bytes = says("utf-8", &encoding_rs::GB18030.encode("年度报告").0);
    assert!(read("a.html", &bytes, &known).unwrap().text.contains("年度报告"), "GB18030 under a wrong one");
    let bytes = says("big5", &encoding_rs::BIG5.encode("年度報告").0);
    assert_eq!(read("a.html", &bytes, &known).unwrap_err(), ReadError::Charset("Big5"));
    let bytes = says("gbk", &encoding_rs::GB18030.encode("截止㐀").0);
    let document = read("a.html", &bytes, &known).unwrap();
    let at = document.text.find("止").unwrap();
    let edit = Edit { span: Span::new(at, at + "止".len()), insert: "至𠀀".to_owned() };
    let (written, _) = document.write(&[edit]).unwrap();
    assert_eq!(written, says("gbk", &encoding_rs::GB18030.encode("截至𠀀㐀").0));
}

/// What stands in the tables of a sample: for each row its labels and its values, by their columns.
fn table_rows(name: &str) -> Vec<String> {
    let bytes = std::fs::read(repository::root().join("tests/reports").join(name)).expect("a sample report");
    let document = checking::read(name, &bytes);
    let told = |table: &Table, row: &Row| {
        let columns = table.columns_of(row).map(|column| path_text(&table.columns[column].path));
        let values = row.cells.iter().map(|cell| cell.value.map_or_else(|| "·".to_owned(), |value| value.to_string()));
        let cells: Vec<String> = columns.zip(values).map(|(column, value)| format!("{column}={value}")).collect();
        format!("{}: {}", path_text(&row.path), cells.join(", "))
    };
    document.tables.iter().flat_map(|table| table.rows.iter().map(move |row| told(table, row))).collect()
}

/// The headings of a sample with their levels.
fn headings(name: &str) -> Vec<(usize, String)> {
    let bytes = std::fs::read(repository::root().join("tests/reports").join(name)).expect("a sample report");
    let document = checking::read(name, &bytes);
    (0..document.sections.len()).map(|at| (document.sections[at].level, document.heading_text(at).to_owned())).collect()
}

#[test]
fn sample_pages_have_the_outline_and_the_tables_of_their_twins() {
    for (page, twin, n_differing) in [
        ("cms-2023.html", "flawed-2023.md", 0),
        ("layout-2024.htm", "clean-2024.txt", 0),
        ("br-2024.html", "clean-2024.txt", 1),
    ] {
        assert_eq!(headings(page), headings(twin), "{page}");
        let (of_page, of_twin) = (table_rows(page), table_rows(twin));
        assert_eq!(of_page.len(), of_twin.len(), "{page}");
        let differing: Vec<_> = of_page.iter().zip(&of_twin).filter(|(page, twin)| page != twin).collect();
        assert_eq!(differing.len(), n_differing, "{page}: {differing:#?}");
    }
}

#[test]
fn the_article_of_a_sample_is_found_whatever_is_around_it() {
    for (name, element, n_left_out) in [
        ("cms-2023.html", "<div id=\"zoom\" class=\"TRS_Editor\">", 10),
        ("word-2025.html", "<div class=WordSection1 style='layout-grid:15.6pt'>", 0),
        ("layout-2024.htm", "<TD VALIGN=TOP>", 1),
        ("br-2024.html", "<article>", 4),
    ] {
        let bytes = std::fs::read(repository::root().join("tests/reports").join(name)).expect("a sample report");
        let document = checking::read(name, &bytes);
        let article = document.article.expect("a page has an article");
        assert_eq!((article.element.as_str(), article.left_out.len()), (element, n_left_out), "{:?}", article.left_out);
        let title = document.title.expect("the title is part of it");
        assert!(title.span.of(&document.text).ends_with("年度报告"));
        for around in ["首页", "上一篇", "ICP", "浏览次数", "版权", "供内部核对"] {
            assert!(!document.text.contains(around), "{name}: {around}");
        }
    }
}

/// A report of more than a hundred characters in three paragraphs and a table, without its title.
const REPORT: &str = "<p>根据条例的要求，青禾县水利局编制本报告，所列数据的统计期限自2024年1月1日起至2024年12月31日止。</p>\
    <p>一、总体情况</p><p>全年主动公开政府信息126条，其中通知公告54条，办事指南72条，均在形成之日起二十个工作日内公开。</p>\
    <table><tr><td>信息内容<td>本年制发件数<tr><td>规章<td>0<tr><td>行政规范性文件<td>17</table>\
    <p>二、存在的主要问题及改进情况</p><p>公开的内容不够全面，将继续加强对各科室的指导和培训，按季度通报。</p>";
const TITLE: &str = "青禾县水利局2024年政府信息公开工作年度报告";
const TAIL: &str = "<p>三、其他需要报告的事项</p>\
    <p>按照规定的收费标准，本机关2024年未收取政府信息公开信息处理费，也没有其他需要报告的事项。</p>";

/// A page with sixty links beside what is given.
fn beside_links(body: &str) -> String {
    let links: String =
        (0..60).map(|n| format!("<li><a href=/{n}>关于印发第{n}号工作方案的通知及其解读</a>")).collect();
    format!("<body><div class=left><ul>{links}</ul></div>{body}</body>")
}

#[test]
fn a_report_is_not_left_out_for_the_name_of_what_is_around_it() {
    for name in ["printArea", "share", "dayin", "header", "foot", "ziti"] {
        let raw = beside_links(&format!("<div id={name}><p>{TITLE}</p>{REPORT}{TAIL}</div>"));
        let document = page(&raw);
        assert!(lines(&document).contains(&TITLE) && document.tables.len() == 1, "{name}: {:?}", lines(&document));
    }
    for kept in ["<div class=foot><table><tr><td>规章<td>3<tr><td>文件<td>4</table></div>", "<div class=print>"] {
        let document = page(&format!("<div id=zoom>{REPORT}{kept}{TAIL}</div>"));
        assert!(document.text.contains("处理费"), "{kept}");
    }
    let raw = format!("<div id=zoom>{REPORT}<div class=foot><a href=/>首页</a>青禾县水利局主办。</div></div>");
    assert!(!page(&raw).text.contains("主办"));
}

#[test]
fn an_article_in_several_parts_is_read_to_its_end() {
    let head = format!("<p>{TITLE}</p>{}", REPORT.repeat(4));
    for (parts, choice) in [
        (format!("<div class=TRS_Editor>{head}</div><div class=TRS_Editor>{TAIL}</div>"), "like"),
        (format!("<div class=TRS_Editor>{head}</div><div class=TRS_Editor><p>三、处理费 无</div>"), "short"),
        (format!("<div><div>{head}</div></div>{TAIL}"), "beside"),
        (format!("<div class=top>{head}</div><div class=foot>{TAIL}</div>"), "foot"),
    ] {
        let document = page(&beside_links(&format!("<div class=wz>{parts}</div>")));
        assert!(document.text.contains(TITLE) && document.text.contains("处理费"), "{choice}");
        assert!(!document.text.contains("工作方案"), "{choice}");
    }
    for around in ["主办：青禾县人民政府。建议使用1024以上分辨率浏览本站，感谢您的支持。", "扫一扫在手机打开当前页。"]
    {
        let document = page(&format!("<div class=TRS_Editor>{head}</div><p>{around}</p>"));
        assert!(!document.text.contains(around), "{around}");
    }
}

#[test]
fn the_title_of_a_report_is_read_where_no_name_tells_of_it() {
    for before in [
        format!("<p>{TITLE}</p><div class=TRS_Editor>{REPORT}</div>"),
        format!("<div class=xl-tt>{TITLE}</div><div class=info>字体：大 中 小</div><div id=zoom>{REPORT}</div>"),
        format!("<h1>青禾县人民政府</h1><div class=a><span>{TITLE}</span></div><div id=zoom>{REPORT}</div>"),
        format!("<div class=header><p>{TITLE}</p></div>{REPORT}"),
    ] {
        let document = page(&format!("<body><div class=wz>{before}</div></body>"));
        assert_eq!(lines(&document)[0], TITLE, "{before}");
    }
    let linked = format!("<p><a href=/1>{TITLE}</a></p><div id=zoom>{REPORT}</div>");
    assert!(!page(&linked).text.contains(TITLE));
    let path = format!("<div class=bread>首页 &gt; 年报 &gt; {TITLE}</div><div id=zoom>{REPORT}</div>");
    assert!(!page(&path).text.contains(TITLE));
}

#[test]
fn much_text_outside_the_article_is_told() {
    let article = format!("<div id=zoom><p>{TITLE}</p>{}</div>", REPORT.repeat(4));
    let links = "<a href=/>关于印发工作方案的通知及其解读</a>".repeat(20);
    for (around, is_told) in [
        (format!("<div style='display:none'>{REPORT}</div>"), true),
        (format!("<ul><li>{}</ul>", "青禾县水利局内设科室".repeat(11)), true),
        (format!("<ul><li>{links}</ul>"), false),
        ("<p>青禾县水利局</p>".to_owned(), false),
    ] {
        let document = page(&format!("<body>{article}{around}</body>"));
        let told = document.notes.iter().any(|note| note.kind == NoteKind::OutsideSkipped);
        assert_eq!(told, is_told, "{around}");
    }
}

/// A text as compared: whether a line break of the file is shown as a space depends on the letters beside it, and whether
/// a table lays out the page on how much stands in it, so lines, fields and spaces may fall another way after an edit.
fn shown(text: &str) -> String {
    text.chars().filter(|c| !c.is_ascii_whitespace()).collect()
}

/// A page of a few words, tags, references and blanks.
fn any_page() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "公开",
        "信息",
        "2024",
        "年",
        "A",
        "b",
        " ",
        "\n  ",
        "\r\n",
        "&nbsp;",
        "&amp;",
        "&lt;",
        "&",
        "<",
        "&hellip;",
        "<span>",
        "</span>",
        "<b>",
        "</b>",
        "<p>",
        "</p>",
        "<br>",
        "<div class=x>",
        "</div>",
        "<table><tr><td>",
        "<td>",
        "<tr><td>",
        "</table>",
        "<!-- 注 -->",
        "<o:p></o:p>",
        "<img src=a>",
        "　",
        "，",
        "。",
        "&#20013;",
        "&nbsp",
        ";",
        "lt",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_edit_is_carried_back_or_refused(
        raw in any_page(),
        places in prop::collection::vec((any::<prop::sample::Index>(), 0..6usize, "[公开a3 &<;，]{0,3}"), 1..4),
    ) {
        let page = |raw: &str| {
            let options = ReadOptions { html_root: Selector::parse("main").ok() };
            read_with("a.html", raw.as_bytes(), &KnownLabels::default(), &options).expect("a page")
        };
        let raw = format!("<main>{raw}");
        let document = page(&raw);
        prop_assert_eq!(&document.write(&[]).unwrap().0, raw.as_bytes());
        let bounds: Vec<usize> =
            document.text.char_indices().map(|(at, _)| at).chain([document.text.len()]).collect();
        let mut edits: Vec<Edit> = places
            .iter()
            .map(|(place, len, insert)| {
                let from = place.index(bounds.len());
                let to = (from + len).min(bounds.len() - 1);
                Edit { span: Span::new(bounds[from], bounds[to]), insert: insert.clone() }
            })
            .collect();
        edits.sort();
        let mut end = None;
        edits.retain(|edit| {
            let free = end.is_none_or(|end| edit.span.start > end);
            end = if free { Some(edit.span.end) } else { end };
            free
        });
        let (written, refused) = document.write(&edits).unwrap();
        let mut at = 0..;
        edits.retain(|_| !refused.contains(&at.next().unwrap()));
        let expected = apply(&document.text, &edits);
        let written = String::from_utf8(written).unwrap();
        let again = page(&written);
        prop_assert_eq!(shown(&again.text), shown(&expected), "{:?} -> {:?} by {:?}", raw, written, edits);
    }
}
