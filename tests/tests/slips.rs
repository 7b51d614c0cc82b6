//! Slips that were once read wrongly: what stands in a cell or beside a mark must not change what stands around it.

use gouji_core::encoding::Charset;
use gouji_lint::engine::CheckOptions;
use gouji_lint::finding::FixLevel;
use gouji_tests::checking;

/// The clean sample with one line replaced.
fn sample(line: &str, by: &str) -> String {
    let clean = include_str!("../reports/clean-2024.txt");
    let at = clean.lines().find(|own| own.starts_with(line)).expect("a line of the sample");
    clean.replace(at, by)
}

/// The codes told of a text at level warning and above, each once.
fn codes(text: &str) -> Vec<String> {
    let (_, report) = checking::check_text(text);
    let mut codes: Vec<String> = checking::at_least(&report, gouji_lint::finding::Level::Warning)
        .map(|finding| finding.rule.to_string())
        .collect();
    codes.dedup();
    codes
}

#[test]
fn the_only_value_of_a_band_is_told_when_it_is_no_number() {
    for words in ["五十七", "详见附件", "约3", "9999999999999999999999999999999999999999"] {
        assert_eq!(codes(&sample("行政许可", &format!("行政许可\t{words}\t\t"))), ["NB232"], "{words}");
    }
}

#[test]
fn the_only_value_of_a_band_is_told_when_it_is_blank() {
    for row in ["行政许可\t\t\t", "行政许可\t", "行政事业性收费\t\t\t"] {
        let label = row.split('\t').next().expect("a label");
        assert_eq!(codes(&sample(label, row)), ["NB231"], "{row:?}");
    }
}

#[test]
fn a_row_of_blank_cells_is_a_row() {
    let blank = "\t".repeat(14);
    assert_eq!(codes(&sample("0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0", &blank)), ["NB231"]);
}

#[test]
fn a_number_missing_in_every_row_is_one_thing() {
    let clean = include_str!("../reports/clean-2024.txt");
    let shorter = |line: &str| {
        let fields: Vec<&str> = line.split('\t').collect();
        let numbers: Vec<usize> = (0..fields.len()).filter(|&at| fields[at].parse::<u32>().is_ok()).collect();
        if numbers.len() != 7 {
            return line.to_owned();
        }
        let left = fields.iter().enumerate().filter(|(at, _)| *at != numbers[3]).map(|(_, field)| *field);
        left.collect::<Vec<_>>().join("\t")
    };
    let text: Vec<String> = clean.lines().map(shorter).collect();
    assert_eq!(codes(&text.join("\n")), ["NB226"]);
}

#[test]
fn what_markdown_leaves_out_joins_nothing() {
    let text = "# 青禾县水利局情况\n\n见图一，![](a.png)，再见图二。见附图：![图](a.png)。\n\n\
                见`代码,示例`；执行`cat 公告(第1号).txt`，注[^甲,乙]。\n\n[^甲,乙]: 说明文字，如此。\n";
    let document = checking::read("slips.md", text.as_bytes());
    let fixed =
        gouji_lint::fix::fix(&document, checking::rules(), &CheckOptions::default(), FixLevel::Unsafe).expect("a fix");
    assert_eq!(fixed.raw, text);
    assert!(checking::check(&document).findings.is_empty());
}

/// Nobody sees a comment: what stands around it is read as one, and what is mended leaves it where it is.
#[test]
fn a_comment_in_markdown_is_not_there() {
    let text = "# 青禾县水利局情况\n\n我局公开信息，<!-- 注 -->，答复申请1<!-- 注 -->2件。\n";
    let document = checking::read("slips.md", text.as_bytes());
    assert!(document.text.contains("我局公开信息，，答复申请12件。"), "{}", document.text);
    let fixed =
        gouji_lint::fix::fix(&document, checking::rules(), &CheckOptions::default(), FixLevel::Safe).expect("a fix");
    assert_eq!(fixed.raw.replace("，", ""), text.replace("，", ""));
    assert_eq!(fixed.raw.matches('，').count(), 1);
}

#[test]
fn carriage_returns_alone_end_lines() {
    let text = sample("一、总体情况", "一、总体情况").replace('\n', "\r");
    let (lf, _) = checking::check_text(&text.replace('\r', "\n"));
    let (cr, _) = checking::check_text(&text);
    assert_eq!(cr.sections.len(), lf.sections.len());
    assert_eq!(cr.tables.len(), lf.tables.len());
    assert_eq!(cr.place(cr.tables[2].span.start), lf.place(lf.tables[2].span.start));
}

#[test]
fn a_text_cut_inside_its_last_character_is_still_utf8() {
    let text = "我局公开信息，答复申请。".as_bytes();
    let document = checking::read("cut.txt", &text[..text.len() - 1]);
    assert_eq!(document.encoding.charset, Charset::Utf8);
}
