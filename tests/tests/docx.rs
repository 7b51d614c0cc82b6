//! Word files: whatever the runs a text is cut into, what is written is what was meant, and nothing else changes.

use gouji_core::document::Document;
use gouji_core::format::docx::{Remark, Stamp};
use gouji_core::text::{Edit, Span, apply};
use gouji_tests::word::{self, Book, Run, body, with};
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

fn read(bytes: &[u8]) -> Document {
    gouji_core::read("a.docx", bytes, &Default::default()).expect("it is a Word file")
}

fn stamp() -> Stamp {
    Stamp { author: "gouji".to_owned(), date: "2026-01-31T00:00:00Z".to_owned() }
}

/// The text of a document as who takes all of gouji's changes, or refuses them, would have it.
fn settled(bytes: &[u8], taken: &str, dropped: &str) -> String {
    let xml = String::from_utf8(word::entry(bytes, "word/document.xml")).expect("it is UTF-8");
    let mut reader = Reader::from_str(&xml);
    let mut text = String::new();
    // Open elements, and how many of them are changes that are dropped.
    let mut open: Vec<String> = Vec::new();
    let mut skip = 0;
    loop {
        let event = reader.read_event().expect("it is well-formed");
        let name_of = |name: &str| name.to_owned();
        match &event {
            Event::Start(element) => {
                let name = name_of(element.name().as_ref());
                let ours = element.attributes().flatten().any(|a| a.key.as_ref() == "w:author" && &*a.value == "gouji");
                skip += usize::from(skip > 0 || (ours && name == dropped));
                assert!(!ours || name == taken || name == dropped, "{name}");
                open.push(name);
            }
            Event::Empty(element) if skip == 0 => match element.name().as_ref() {
                "w:tab" => text.push('\t'),
                "w:br" => text.push('\n'),
                "w:p" => text.push('\n'),
                _ => {}
            },
            Event::End(element) => {
                skip = skip.saturating_sub(1);
                open.pop();
                if element.name().as_ref() == "w:p" {
                    text.push('\n');
                }
            }
            Event::Text(words) if skip == 0 && in_text(&open) => text.push_str(words),
            Event::GeneralRef(entity) if skip == 0 && in_text(&open) => {
                text.push_str(quick_xml::escape::resolve_predefined_entity(entity).expect("a known entity"));
            }
            Event::Eof => return text,
            _ => {}
        }
    }
}

fn in_text(open: &[String]) -> bool {
    open.last().is_some_and(|name| name == "w:t" || name == "w:delText")
}

fn runs() -> impl Strategy<Value = Vec<Vec<Run>>> {
    let words = proptest::collection::vec(
        prop_oneof![Just("年"), Just("1"), Just("&"), Just("<"), Just(" "), Just("，"), Just("𠀀"), Just("a")],
        0..6,
    );
    let run = (words, 0usize..8).prop_map(|(words, kind)| {
        let words = words.concat();
        match kind {
            0 => Run::Bold(words),
            1 => Run::Tab(words),
            2 => Run::Break(words),
            3 => Run::Link(words),
            4 => Run::Inserted(words),
            5 => Run::Deleted(words),
            6 => Run::Several(words),
            _ => Run::Plain(words),
        }
    });
    proptest::collection::vec(proptest::collection::vec(run, 0..6), 1..6)
}

/// Sorted, disjoint edits of a text, by shares of its length.
fn edits_of(text: &str, wishes: &[(u16, u8, String)]) -> Vec<Edit> {
    let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mut wishes: Vec<(usize, usize, &String)> = wishes
        .iter()
        .map(|(at, len, insert)| {
            let at = usize::from(*at) * (bounds.len() - 1) / usize::from(u16::MAX);
            (at, (at + usize::from(*len)).min(bounds.len() - 1), insert)
        })
        .collect();
    wishes.sort();
    let mut edits: Vec<Edit> = Vec::new();
    for (from, to, insert) in wishes {
        let span = Span::new(bounds[from], bounds[to]);
        if edits.last().is_none_or(|last| last.span.end < span.start) {
            edits.push(Edit { span, insert: insert.clone() });
        }
    }
    edits
}

proptest! {
    #[test]
    fn what_is_written_is_what_was_meant(
        runs in runs(),
        wishes in proptest::collection::vec((any::<u16>(), 0u8..7, "[已<&\" 2]{0,3}"), 0..8),
    ) {
        let bytes = Book { paragraphs: runs, ..Book::default() }.bytes();
        let document = read(&bytes);
        let mut edits = edits_of(&document.text, &wishes);
        edits.retain(|edit| document.can_write(edit));
        let meant = apply(&document.text, &edits);
        let (plain, refused) = document.write(&edits).unwrap();
        prop_assert!(refused.is_empty());
        prop_assert_eq!(&read(&plain).text, &meant);
        let (tracked, refused) = document.write_tracked(&edits, &stamp()).unwrap();
        prop_assert!(refused.is_empty());
        prop_assert_eq!(&read(&tracked).text, &meant);
        prop_assert_eq!(settled(&tracked, "w:ins", "w:del"), settled(&plain, "w:ins", "w:del"));
        prop_assert_eq!(settled(&tracked, "w:del", "w:ins"), settled(&bytes, "w:del", "w:ins"));
        for name in word::entries(&bytes) {
            if name != "word/document.xml" {
                prop_assert_eq!(word::entry(&bytes, &name), word::entry(&tracked, &name), "{}", name);
            }
        }
    }

    #[test]
    fn comments_leave_the_text_alone(runs in runs(), at in any::<u16>(), len in 0u8..9) {
        let bytes = Book { paragraphs: runs, ..Book::default() }.bytes();
        let document = read(&bytes);
        let span = edits_of(&document.text, &[(at, len, String::new())])[0].span;
        let remarks = [Remark { span, text: "一处\n依据：<条例>".to_owned() }, Remark { span, text: "又一处".to_owned() }];
        let (annotated, refused) = document.annotate(&remarks, &stamp()).unwrap();
        prop_assert!(refused.is_empty());
        prop_assert_eq!(settled(&annotated, "", ""), settled(&bytes, "", ""));
        let again = read(&annotated);
        prop_assert_eq!(&again.text, &document.text);
        let words: Vec<&str> = again.leftovers.iter().map(|left| left.words.as_str()).filter(|w| w.starts_with("gouji")).collect();
        prop_assert_eq!(words, ["gouji：一处依据：<条例>", "gouji：又一处"]);
    }
}

#[test]
fn without_edits_the_file_is_the_same() {
    let bytes = Book::of(&["青禾县水利局", "一、总体情况"]).bytes();
    let (written, _) = read(&bytes).write(&[]).unwrap();
    assert!(written == bytes);
}

/// Runs of a paragraph with nothing but words.
fn p(words: &str) -> String {
    format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>")
}

fn cell(properties: &str, content: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>")
}

fn text_of(markup: &str) -> String {
    read(&body(markup)).text
}

#[test]
fn cells_stand_in_the_columns_of_their_grid() {
    let plain = |words: &str| cell("", &p(words));
    let head = format!(
        "<w:tr>{}{}</w:tr>",
        cell("<w:vMerge w:val=\"restart\"/>", &p("项目")),
        cell("<w:gridSpan w:val=\"3\"/>", &p("申请人"))
    );
    // The third column is only how some border was drawn: no cell starts there.
    let second = format!(
        "<w:tr>{}{}{}</w:tr>",
        cell("<w:vMerge/>", "<w:p/>"),
        cell("<w:gridSpan w:val=\"2\"/>", &p("自然人")),
        plain("法人")
    );
    let data = format!(
        "<w:tr>{}{}{}</w:tr>",
        plain("本年新收"),
        cell("<w:gridSpan w:val=\"2\"/>", &format!("{}{}", p("1"), p("2"))),
        plain("3")
    );
    let before = format!(
        "<w:tr><w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>{}{}</w:tr>",
        { cell("<w:gridSpan w:val=\"2\"/>", &p("4")) },
        plain("5")
    );
    let gone = format!("<w:tr><w:trPr><w:del w:id=\"1\"/></w:trPr>{}</w:tr>", plain("没有"));
    let old = format!(
        "<w:tr>{}{}{}</w:tr>",
        cell("<w:hMerge w:val=\"restart\"/>", &p("并")),
        cell("<w:gridSpan w:val=\"2\"/><w:hMerge/>", "<w:p/>"),
        plain("6")
    );
    let table = format!("<w:tbl>{head}{second}{data}{before}{gone}{old}</w:tbl>");
    assert_eq!(
        text_of(&format!("{}{table}", p("表前"))),
        "表前\n项目\t申请人\t\n\t自然人\t法人\n本年新收\t1 2\t3\n\t4\t5\n并\t\t6\n"
    );
    let arranging = format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", cell("", &format!("{}{table}", p("外层"))));
    assert!(text_of(&arranging).starts_with("外层\n项目\t申请人\t\n"));
}

#[test]
fn a_line_break_in_a_cell_is_no_character_between_chinese_ones_and_stays() {
    let broken = "<w:p><w:r><w:t>本年</w:t><w:br/><w:t>新攵</w:t><w:br/></w:r></w:p>";
    let row = [broken.to_owned(), format!("{}<w:p/>{}", p("自然"), p("人")), format!("{}{}", p("共2"), p("件"))];
    let row: String = row.iter().map(|content| cell("", content)).collect();
    let bytes = body(&format!("<w:tbl><w:tr>{row}</w:tr></w:tbl>"));
    let document = read(&bytes);
    assert_eq!(document.text, "本年新攵\t自然人\t共2 件\n");
    let edit = |from: &str, to: &str, insert: &str| {
        let start = document.text.find(from).expect("it is there");
        let end = document.text.find(to).expect("it is there") + to.len();
        Edit { span: Span::new(start, end), insert: insert.to_owned() }
    };
    assert!(!document.can_write(&edit("2", "件", "2件")), "the space is made of the break");
    let (written, refused) = document.write_tracked(&[edit("年", "攵", "度新收")], &stamp()).unwrap();
    assert!(refused.is_empty());
    assert_eq!(read(&written).text, "本度新收\t自然人\t共2 件\n");
    assert_eq!(
        settled(&written, "w:ins", "w:del").matches('\n').count(),
        settled(&bytes, "", "").matches('\n').count()
    );
    assert_eq!(settled(&written, "w:del", "w:ins"), settled(&bytes, "", ""));
}

#[test]
fn what_word_shows_is_read_once_and_what_it_hides_is_not() {
    let field = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let markup = format!(
        "<w:p>{}<w:r><w:instrText> PAGE </w:instrText></w:r>{}<w:r><w:t>1</w:t></w:r>{}</w:p>\
         <w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>露</w:t></w:r></w:p>\
         <w:p><w:fldSimple w:instr=\"X\"><w:r><w:t>域</w:t></w:r></w:fldSimple><w:smartTag><w:r><w:t>签</w:t></w:r></w:smartTag>\
         <w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>件</w:t></w:r></w:sdtContent></w:sdt></w:p>\
         <w:p><w:r><w:t>主</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing>\
         <w:txbxContent>{}</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{}</w:txbxContent>\
         </w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>\
         <w:p><w:moveFrom w:id=\"1\"><w:r><w:t>旧</w:t></w:r></w:moveFrom><w:moveTo w:id=\"2\"><w:r><w:t>新</w:t></w:r></w:moveTo>\
         <w:r><w:sym w:font=\"Wingdings\" w:char=\"F0FC\"/><w:softHyphen/><w:noBreakHyphen/><w:t>尾</w:t></w:r></w:p>",
        field("begin"),
        field("separate"),
        field("end"),
        p("框"),
        p("框")
    );
    let document = read(&body(&markup));
    assert_eq!(document.text, "1\n露\n域签件\n主\n框\n新\u{FFFC}-尾\n");
    let strict = Book { body: markup, ..Book::default() }
        .document()
        .replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        )
        .replace("w:", "x:")
        .replace("xmlns:w", "xmlns:x");
    assert_eq!(read(&with(&[("word/document.xml", &strict)])).text, document.text);
}

#[test]
fn numbers_that_word_shows_stand_in_the_text() {
    let level = |at: u8, format: &str, text: &str| {
        format!(
            "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    };
    let numbering = format!(
        "<w:numbering {}><w:abstractNum w:abstractNumId=\"0\">{}{}{}</w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>",
        word::SPACE,
        level(0, "chineseCountingThousand", "%1、"),
        level(1, "chineseCountingThousand", "（%2）"),
        level(2, "decimal", "%3.")
    );
    let item = |at: u8, words: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{at}\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>\
             <w:r><w:t>{words}</w:t></w:r></w:p>"
        )
    };
    let markup = [
        item(0, "总体情况"),
        item(1, "主动公开"),
        item(1, "依申请公开"),
        item(2, "12件"),
        item(0, "主动公开情况"),
        item(1, "又"),
    ];
    let bytes =
        Book { body: markup.concat(), parts: vec![("word/numbering.xml", "numbering", numbering)], ..Book::default() }
            .bytes();
    let document = read(&bytes);
    assert_eq!(document.text, "一、总体情况\n（一）主动公开\n（二）依申请公开\n1. 12件\n二、主动公开情况\n（一）又\n");
    assert_eq!(document.sections[0].heading.title.of(&document.text), "总体情况");
    let edit = Edit { span: Span::new(0, "一、总".len()), insert: "二、总".to_owned() };
    assert!(!document.can_write(&edit), "what Word counts is not in the file");
}

#[test]
fn notes_and_headers_stand_behind_the_body_in_no_section() {
    let part = |root: &str, inner: &str| format!("<w:{root} {}>{inner}</w:{root}>", word::SPACE);
    let notes = format!(
        "<w:footnote w:type=\"separator\" w:id=\"0\">{}</w:footnote><w:footnote w:id=\"2\">{}</w:footnote>",
        p("线"),
        p("脚注")
    );
    let book = Book {
        body: format!("{}{}", p("一、总体情况"), p("正文。")),
        parts: vec![
            ("word/footnotes.xml", "footnotes", part("footnotes", &notes)),
            ("word/header1.xml", "header", part("hdr", &p("页眉"))),
        ],
        ..Book::default()
    };
    let document = read(&book.bytes());
    assert_eq!(document.text, "一、总体情况\n正文。\n脚注\n页眉\n");
    let asides: Vec<&str> = document
        .blocks
        .iter()
        .filter(|block| block.section.is_none())
        .map(|block| block.span.of(&document.text))
        .collect();
    assert_eq!(asides, ["脚注", "页眉"]);
    assert_eq!(document.sections[0].span.of(&document.text).trim_end(), "一、总体情况\n正文。");
    let at = document.text.find("页眉").expect("it is there");
    let edit = Edit { span: Span::new(at, at + "页".len()), insert: "报".to_owned() };
    let (written, refused) = document.write_tracked(&[edit], &stamp()).unwrap();
    assert!(refused.is_empty());
    assert!(read(&written).text.ends_with("报眉\n"));
    let remark = Remark { span: Span::new(at, at + 3), text: "无".to_owned() };
    let (same, refused) = document.annotate(&[remark], &stamp()).unwrap();
    assert_eq!(refused, [0], "a header takes no comment");
    assert!(same == book.bytes());
}

#[test]
fn comments_and_names_that_are_left_are_told_with_their_place() {
    let markup = "<w:p><w:r><w:t>甲</w:t></w:r><w:commentRangeStart w:id=\"3\"/><w:r><w:t>乙</w:t></w:r><w:r><w:t>丙</w:t></w:r>\
                  <w:commentRangeEnd w:id=\"3\"/><w:r><w:commentReference w:id=\"3\"/></w:r><w:ins w:id=\"9\" w:author=\"张三\">\
                  <w:r><w:t>丁</w:t></w:r></w:ins><w:del w:id=\"10\"><w:r><w:delText>戊</w:delText></w:r></w:del></w:p>";
    let comments = format!(
        "<w:comments {}><w:comment w:id=\"3\" w:author=\"李四\">{}</w:comment></w:comments>",
        word::SPACE,
        p("请核")
    );
    let book = Book {
        body: markup.to_owned(),
        parts: vec![("word/comments.xml", "comments", comments), ("word/vbaProject.bin", "vbaProject", String::new())],
        ..Book::default()
    };
    let document = read(&book.bytes());
    let told: Vec<String> = document
        .leftovers
        .iter()
        .map(|left| format!("{:?} ‹{}› {}", left.kind, left.span.of(&document.text), left.words))
        .collect();
    assert_eq!(told, ["Macro ‹› ", "Comment ‹乙丙› 李四：请核", "Insertion ‹丁› 丁", "Deletion ‹› 戊"]);
    let (annotated, _) =
        document.annotate(&[Remark { span: Span::new(0, 3), text: "新".to_owned() }], &stamp()).unwrap();
    let comments = String::from_utf8(word::entry(&annotated, "word/comments.xml")).unwrap();
    assert!(comments.contains("李四") && comments.contains("w:id=\"11\" w:author=\"gouji\""), "{comments}");
}

#[test]
fn a_comment_is_named_and_numbered_as_its_part_needs() {
    let comments = format!(
        "<comments xmlns=\"{WORD}\"><comment xmlns:x=\"{WORD}\" x:id='30' x:author=\"李四\"><p><r><t>请核</t></r></p></comment></comments>"
    );
    let book =
        Book {
            body: p("青禾县水利局"), parts: vec![("word/comments.xml", "comments", comments)], ..Book::default()
        };
    let remark = Remark { span: Span::new(0, 3), text: "新".to_owned() };
    let (annotated, _) = read(&book.bytes()).annotate(std::slice::from_ref(&remark), &stamp()).unwrap();
    let comments = String::from_utf8(word::entry(&annotated, "word/comments.xml")).unwrap();
    assert!(comments.contains(&format!("<comment xmlns:w=\"{WORD}\" w:id=\"31\"")), "{comments}");
    let types = word::content_types().replace(
        "</Types>",
        "<Override PartName=\"/word/comments.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml\"/></Types>",
    );
    let (annotated, _) = read(&with(&[("[Content_Types].xml", &types)])).annotate(&[remark], &stamp()).unwrap();
    let types = String::from_utf8(word::entry(&annotated, "[Content_Types].xml")).unwrap();
    assert_eq!(types.matches("/word/comments.xml").count(), 1, "{types}");
}

#[test]
fn every_piece_of_a_changed_run_has_the_change_under_a_number_of_its_own() {
    let bytes = body(
        "<w:p><w:ins w:id='7' w:author='张三'><w:r><w:rPr><w:b/><w:rPrChange w:id='8'><w:rPr/></w:rPrChange></w:rPr>\
         <w:t>均己办结</w:t></w:r></w:ins></w:p>",
    );
    let edit = Edit { span: Span::new("均".len(), "均己".len()), insert: "已".to_owned() };
    let (written, _) = read(&bytes).write_tracked(&[edit], &stamp()).unwrap();
    let markup = String::from_utf8(word::entry(&written, "word/document.xml")).unwrap();
    let mut numbers: Vec<&str> =
        markup.split("w:id=").skip(1).map(|rest| rest[1..].split(['"', '\'']).next().unwrap()).collect();
    numbers.sort_unstable();
    let n_all = numbers.len();
    numbers.dedup();
    assert_eq!(numbers.len(), n_all, "{markup}");
    // 均, 己 deleted, 已 inserted, 办结: what 张三 did to the form of the run can be judged for each.
    assert_eq!(markup.matches("<w:rPrChange").count(), 4, "{markup}");
}

#[test]
fn a_paragraph_whose_end_is_deleted_goes_on_with_the_next() {
    let gone = "<w:p><w:pPr><w:rPr><w:del w:id=\"1\"/></w:rPr></w:pPr><w:r><w:t>前半</w:t></w:r></w:p>";
    assert_eq!(text_of(&format!("{gone}{}{}", p("后半"), p("下段"))), "前半后半\n下段\n");
    assert_eq!(text_of(gone), "前半\n");
}

#[test]
fn parts_keep_their_encoding_and_prefix() {
    let document = Book::of(&["均己办结"]).document();
    let utf16 = |text: &str| -> Vec<u8> {
        [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
    };
    let bare = format!(
        "<document xmlns=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
         xmlns:v=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><body>{}</body></document>",
        "<p><r><t>均己办结</t></r></p>"
    );
    let gb = document.replace("encoding=\"UTF-8\"", "encoding=\"GB18030\"");
    for bytes in [
        utf16(&document.replace("UTF-8", "UTF-16")),
        encoding_rs::GB18030.encode(&gb).0.into_owned(),
        format!("\u{FEFF}{document}").into_bytes(),
        bare.into_bytes(),
    ] {
        let file = word::with_entry(&Book::of(&[]).bytes(), "word/document.xml", &bytes);
        let read_again = read(&file);
        assert_eq!(read_again.text.trim_end(), "均己办结");
        let edit = Edit { span: Span::new("均".len(), "均己".len()), insert: "已".to_owned() };
        let (written, refused) = read_again.write_tracked(&[edit], &stamp()).unwrap();
        assert!(refused.is_empty());
        assert_eq!(read(&written).text.trim_end(), "均已办结");
        let part = word::entry(&written, "word/document.xml");
        assert_eq!(part[..2], bytes[..2], "its encoding is as it was");
    }
}
