//! What is recognised, and that nothing breaks it.

use super::{Citation, Number, Stands, citations, numbers};

fn parts(text: &str) -> Vec<String> {
    let tell = |number: Number| {
        let of = |part: Option<crate::text::Span>| part.map_or("", |part| part.of(text));
        let brackets =
            number.brackets.map_or(String::new(), |(open, close)| format!("{}{}", open.of(text), close.of(text)));
        let (code, year, di, serial) = (of(number.code), of(number.year), of(number.di), of(number.serial));
        format!(
            "{} {} {code}|{brackets}|{year}|{di}|{serial}|{}",
            number.kind.word(),
            number.span.of(text),
            of(number.tail)
        )
    };
    numbers(text, 0).into_iter().map(tell).collect()
}

#[test]
fn each_kind_is_told_by_its_form() {
    for (text, told) in [
        ("依据国办函〔2020〕109号执行", "document 国办函〔2020〕109号 国办函|〔〕|2020||109|"),
        ("依据青政办[2023]12号文件执行", "document 青政办[2023]12号文件 青政办|[]|2023||12|文件"),
        (
            "（国办公开办函 〔 2020 〕 第 009 号）",
            "document 国办公开办函 〔 2020 〕 第 009 号 国办公开办函|〔〕|2020|第|009|",
        ),
        ("《甲》和青政办﹝2023〕7号", "document 青政办﹝2023〕7号 青政办|﹝〕|2023||7|"),
        ("（和政发〔2023〕7号）", "document 和政发〔2023〕7号 和政发|〔〕|2023||7|"),
        ("厅字〔2019〕第5号", "document 厅字〔2019〕第5号 厅字|〔〕|2019|第|5|"),
        ("青政办〔202〕12号", "document 青政办〔202〕12号 青政办|〔〕|202||12|"),
        ("依据国务院令第711号办理", "order 国务院令第711号 国务院|||第|711|"),
        ("（国令第 711 号）", "order 国令第 711 号 国|||第|711|"),
        ("按国务院令711号办理", "order 国务院令711号 国务院||||711|"),
        ("依据国务院第711号令", "order 国务院第711号令 国务院|||第|711|"),
        ("主席令第八十一号", "order 主席令第八十一号 主席|||第|八十一|"),
        ("依照中国人民银行令〔2019〕第3号", "order 中国人民银行令〔2019〕第3号 中国人民银行令|〔〕|2019|第|3|"),
        ("国家税务总局公告2018年第31号", "announcement 国家税务总局公告2018年第31号 国家税务总局公告||2018|第|31|"),
        ("青禾县人民政府2023年第5号通告", "announcement 青禾县人民政府2023年第5号通告 青禾县人民政府||2023|第|5|"),
        (
            "中国人民银行公告〔2018〕第7号",
            "announcement 中国人民银行公告〔2018〕第7号 中国人民银行公告|〔〕|2018|第|7|",
        ),
        ("法院作出（2020）豫01行初5号判决", "case （2020）豫01行初5号 豫01行初|（）|2020||5|"),
        ("(2021)最高法民申第123号", "case (2021)最高法民申第123号 最高法民申|()|2021|第|123|"),
        ("青环罚决字〔2019〕第045号", "enforcement 青环罚决字〔2019〕第045号 青环罚决字|〔〕|2019|第|045|"),
        ("青环责改〔2021〕第12号", "enforcement 青环责改〔2021〕第12号 青环责改|〔〕|2021|第|12|"),
        ("青禾县磋商采购（2023）12号项目", "procurement 青禾县磋商采购（2023）12号 青禾县磋商采购|（）|2023||12|"),
        ("执行GB/T 9704-2012，", "standard GB/T 9704-2012 GB/T||2012||9704|"),
        ("DB41/T 2021—2020", "standard DB41/T 2021—2020 DB41/T||2020||2021|"),
        ("参照（81）卫防字26号", "historic （81）卫防字26号 卫防字|（）|81||26|"),
        ("卫防字〔81〕26号", "historic 卫防字〔81〕26号 卫防字|〔〕|81||26|"),
        ("按国办发(1985)49号文件", "historic 国办发(1985)49号文件 国办发|()|1985||49|文件"),
        ("青水某〔2023〕第5号", "other 青水某〔2023〕第5号 青水某|〔〕|2023|第|5|"),
    ] {
        assert_eq!(parts(text), [told], "{text}");
    }
}

#[test]
fn what_is_no_number_is_none() {
    for text in [
        "全年（2023）共受理申请12件，5号答复",
        "青禾县（2023）12号地块已经公示",
        "口令第3次，12号楼，3号线",
        "第二十条第（五）项，1号文件",
        "GB2312、A4、PM2.5、COVID-19",
        "〔2023〕12号",
        "公告12号，命令3号",
        "",
    ] {
        assert!(parts(text).is_empty(), "{text}: {:?}", parts(text));
    }
}

fn told(text: &str) -> Vec<(Stands, String, String)> {
    let tell = |own: Citation| {
        let title = own.title.map_or("", |title| title.words.of(text));
        let number = own.number.map_or("", |number| number.bare.of(text));
        assert!(!title.is_empty() || !number.is_empty());
        (own.stands, title.to_owned(), number.to_owned())
    };
    citations(text, 0).into_iter().map(tell).collect()
}

#[test]
fn a_number_goes_with_its_title() {
    for (text, stands, title, number) in [
        ("《甲〈乙〉的通知》（青政办〔2023〕12号）", Stands::Bracketed, "甲〈乙〉的通知", "青政办〔2023〕12号"),
        (
            "《甲办法》（试行）（青政办〔2023〕12号文，以下简称《办法》）",
            Stands::Bracketed,
            "甲办法",
            "青政办〔2023〕12号",
        ),
        ("《甲办法》（青政办〔2023〕12号印发）", Stands::Bracketed, "甲办法", "青政办〔2023〕12号"),
        ("《甲条例》（2007年国务院令第492号公布）", Stands::Bracketed, "甲条例", "国务院令第492号"),
        ("《甲办法》青政办〔2023〕12号", Stands::Bare, "甲办法", "青政办〔2023〕12号"),
        ("学习青政办〔2023〕12号文件《甲办法》", Stands::Leading, "甲办法", "青政办〔2023〕12号"),
        ("依据《青府办函》（〔2002〕60号）执行", Stands::Split, "", "《青府办函》（〔2002〕60号）"),
        ("依据青政办函（〔2022〕60 号）执行", Stands::Split, "", "青政办函（〔2022〕60 号）"),
    ] {
        assert_eq!(told(text)[0], (stands, title.to_owned(), number.to_owned()), "{text}");
    }
    for text in [
        "《甲》即青政办〔2023〕12号文件",
        "《甲》、青政办〔2023〕12号",
        "《甲》（见青政办〔2023〕12号文件第三条）",
        "《甲》（青政办〔2023〕12号文件第三条）",
        "青政办〔2023〕12号和《甲》",
    ] {
        assert!(told(text).iter().all(|own| own.0 == Stands::Alone), "{text}: {:?}", told(text));
    }
}

#[test]
fn titles_nest_and_unclosed_ones_are_none() {
    let titles =
        |text: &str| super::titles(text, 0).iter().map(|title| title.words.of(text).to_owned()).collect::<Vec<_>>();
    assert_eq!(titles("《甲《乙》丙》和《丁》"), ["甲《乙》丙", "丁"]);
    assert_eq!(titles("《甲，落实《乙》。"), ["乙"]);
    assert_eq!(titles("甲》乙《"), Vec::<String>::new());
}

#[test]
fn a_document_number_is_written_in_form() {
    let text = "（青政办[２０２３] 第 012 号）";
    assert_eq!(numbers(text, 0)[0].in_form(text).as_deref(), Some("青政办〔2023〕12号"));
    let text = "国务院令第711号";
    assert_eq!(numbers(text, 0)[0].in_form(text), None);
}

/// Pieces that make and break citations, put together at random.
const PIECES: &str = "国办函〔|（2020）|卫防字〔81〕|合同|〔|〕|[|]|（|）|(|)|2020|２０２１|81|第|009|12|号|文件|令|国务院|公告|年|字|罚决|豫01行初|GB/T| |\u{3000}|9704|-|2012|《|》|〈|〉|，|。|和|甲";

#[test]
fn any_text_is_read_and_every_part_lies_inside() {
    let pieces: Vec<&str> = PIECES.split('|').collect();
    let mut seed = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = |n: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % n as u64).unwrap()
    };
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..20_000 {
        let text: String = (0..1 + next(24)).map(|_| pieces[next(pieces.len())]).collect();
        let mut end = 0;
        for number in numbers(&text, 0) {
            assert!(number.span.start >= end, "{text}");
            end = number.span.end;
            let (open, close) = number.brackets.unzip();
            let parts = [number.code, open, number.year, close, number.di, number.serial, number.tail];
            for part in parts.into_iter().flatten() {
                assert!(number.span.contains(part), "{text}: {part:?} of {number:?}");
                let _ = part.of(&text);
            }
            seen.insert(number.kind);
        }
        for citation in citations(&text, 0) {
            let _ = citation.span.of(&text);
            let inner =
                citation.title.map(|title| title.span).into_iter().chain(citation.number.map(|number| number.span));
            inner.for_each(|part| assert!(citation.span.contains(part), "{text}"));
        }
    }
    assert!(seen.len() >= 8, "the pieces make too few kinds: {seen:?}");
}

#[test]
fn a_long_text_takes_no_longer_by_the_character() {
    // Quadratic reading would take minutes.
    for piece in [
        "《",
        "》",
        "（",
        "《甲》（",
        "国办函〔2020〕1号",
        "（2020",
        "〔2020〕第",
        "甲",
        "《甲》国务院令第1号",
        " ",
        "GB/T 1.",
    ] {
        let text = piece.repeat(20_000);
        assert!(citations(&text, 0).len() <= text.len());
    }
}
