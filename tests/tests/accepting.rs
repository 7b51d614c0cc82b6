//! Findings that are accepted, by a configuration or by a comment, and what is said of acceptances that are no use.

use gouji_core::document::Document;
use gouji_core::text::{Edit, Span};
use gouji_lint::accept::{self, Acceptance, Fate};
use gouji_lint::config::Config;
use gouji_lint::engine::{self, CheckOptions};
use gouji_lint::finding::{Finding, FixLevel, Report};
use gouji_lint::fix;
use gouji_lint::ruleset::RuleSet;
use gouji_lint::settings::Settings;
use gouji_tests::checking;
use gouji_tests::generator::Defect;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A report with one wrong word in each of two paragraphs.
const TEXT: &str = "青禾县水利局工作情况\n\n一、总体情况\n\n部份信息，我局已公开信息12条，其它收入不计。\n\n\
二、存在的问题\n\n部份信息，尚有3条没有公开，正在办理。\n";

/// The same as Markdown, with something between its first heading and the first paragraph, and at the end of that.
fn markdown(before: &str, inside: &str) -> String {
    format!(
        "# 青禾县水利局工作情况\n\n## 一、总体情况\n\n{before}\n\n部份信息，我局已公开信息12条，其它收入不计。{inside}\n\n\
         ## 二、存在的问题\n\n部份信息，尚有3条没有公开，正在办理。\n"
    )
}

fn entries(accept: &str) -> (Vec<Arc<Acceptance>>, Vec<(String, String)>) {
    let (config, errors) = Config::read(&Arc::from("gouji.yaml"), &Arc::from(accept));
    let told = errors.iter().map(|error| (error.span.of(&error.source).to_owned(), error.message.clone())).collect();
    (config.accept, told)
}

/// A report under entries that are right.
fn under(name: &str, text: &str, accept: &str) -> (Document, Report) {
    let (acceptances, errors) = entries(accept);
    assert_eq!(errors, []);
    let options = CheckOptions { acceptances, today: Some((2026, 11, 21)), ..CheckOptions::default() };
    let document = checking::read(name, text.as_bytes());
    let report = engine::check(&document, checking::rules(), &options);
    (document, report)
}

/// The words found at every place of the findings of a rule, accepted or not.
fn words<'a>(document: &'a Document, report: &Report, rule: &str, accepted: bool) -> Vec<&'a str> {
    let of_rule = report.findings.iter().filter(|f| &*f.rule == rule && f.accepted.is_some() == accepted);
    let spans = of_rule.flat_map(|f| std::iter::once(f.span).chain(f.places.iter().map(|place| place.span)));
    spans.map(|span| span.of(&document.text)).collect()
}

fn of<'a>(report: &'a Report, rule: &'a str) -> Vec<&'a Finding> {
    report.findings.iter().filter(|finding| &*finding.rule == rule).collect()
}

#[test]
fn an_entry_accepts_what_its_anchor_names_and_nothing_else() {
    let all = ["部份", "其它", "部份"];
    for (at, accepted) in [
        ("{text: 其它}", &["其它"][..]),
        ("{text: \"条，-,其它,-收入\"}", &["其它"]),
        ("{text: \"条，-,其 它,-收入\"}", &["其它"]),
        ("{text: \"条，-,其它\"}", &["其它"]),
        ("{text: \"其它,-费用\"}", &[]),
        ("{text: \"条，其它-,,-收入\"}", &[]),
        ("{text: 部份}", &["部份", "部份"]),
        ("{text: \"部份,-信息，尚有３条\"}", &["部份"]),
        ("{section: 总体情况}", &["部份", "其它"]),
        ("{section: 二、存在的问题}", &["部份"]),
        ("{section: 总体情况, text: 部份}", &["部份"]),
        ("{table: 申请办理表}", &[]),
    ] {
        let (document, report) = under("a.txt", TEXT, &format!("accept: [{{rule: GW306, at: {at}, reason: 引文}}]"));
        assert_eq!(words(&document, &report, "GW306", true), accepted, "{at}");
        let n_open = words(&document, &report, "GW306", false).len();
        assert_eq!(n_open + accepted.len(), all.len(), "{at}");
        let fate = if accepted.is_empty() { Fate::Unused } else { Fate::Used };
        assert_eq!(report.fates, [fate], "{at}");
    }
}

#[test]
fn a_tie_is_accepted_by_its_row_and_column() {
    let text = Defect::ColumnTotal.inject(11).to_text();
    let (_, plain) = under("a.txt", &text, "");
    let tie = plain.findings.iter().find(|f| f.rule.starts_with("NB3")).expect("a tie is broken");
    let (row, col) = (tie.place.row.as_deref().expect("a row"), tie.place.col.as_deref().expect("a column"));
    let leaf = |path: &str| path.rsplit(" > ").next().unwrap_or_default().to_owned();
    for (row, col, holds) in [
        (row.to_owned(), col.to_owned(), true),
        (leaf(row), leaf(col), true),
        (leaf(row), "没有这一列".to_owned(), false),
    ] {
        let accept = format!(
            "accept: [{{rule: {}, at: {{table: 申请办理表, row: {row}, col: {col}}}, reason: 口径更正, by: 办公室}}]",
            tie.rule
        );
        let (_, report) = under("a.txt", &text, &accept);
        let same = report.findings.iter().find(|f| f.fingerprint == tie.fingerprint).expect("it stays in the report");
        assert_eq!(same.accepted.as_ref().and_then(|grounds| grounds.by.as_deref()), holds.then_some("办公室"));
    }
}

#[test]
fn a_comment_accepts_in_its_block_or_the_next() {
    let comment = "<!-- gouji-accept GW306: 原文如此 -->";
    for (before, inside) in [(comment, ""), ("", comment)] {
        let (document, report) = under("a.md", &markdown(before, inside), "");
        assert_eq!(words(&document, &report, "GW306", true), ["部份", "其它"]);
        assert_eq!(words(&document, &report, "GW306", false), ["部份"]);
        assert!(report.findings.iter().all(|finding| !finding.rule.starts_with("XT")), "{:?}", report.findings);
    }
    let table = "<!-- gouji-accept NB301, NB302: 口径更正 -->\n\n| 项目 | 数 |\n|---|---|\n| 甲 | 3 |\n";
    let document = checking::read("a.md", table.as_bytes());
    assert_eq!(document.tables.len(), 1);
    assert_eq!(document.block_of(&document.comments[0]), Some(0));
}

#[test]
fn a_comment_changes_neither_text_nor_fingerprints() {
    let (_, plain) = under("a.md", &markdown("", ""), "");
    let (_, noted) = under("a.md", &markdown("", "<!-- gouji-accept GW306: 原文如此 -->"), "");
    let fingerprints = |report: &Report| -> BTreeSet<String> {
        report.findings.iter().flat_map(Finding::fingerprints).map(str::to_owned).collect()
    };
    assert_eq!(fingerprints(&plain), fingerprints(&noted));
}

#[test]
fn a_comment_that_is_almost_right_is_an_error_and_accepts_nothing() {
    for comment in [
        "<!-- gouji-accept GW306 原文如此 -->",
        "<!-- gouji-accept GW390: 原文如此 -->",
        "<!-- gouji-acept GW306: 原文如此 -->",
        "<!-- gouji-accept GW306: -->",
    ] {
        for text in [markdown(comment, ""), markdown("", comment)] {
            let (document, report) = under("a.md", &text, "");
            assert_eq!(words(&document, &report, "GW306", true), [""; 0], "{comment}");
            let [slip] = of(&report, "XT003")[..] else { panic!("{comment}: {:?}", report.findings) };
            assert_eq!(slip.level.word(), "error");
            let line = text[..text.find("<!--").expect("it is there")].matches('\n').count() + 1;
            assert_eq!(document.place(slip.span.start).line, line);
            assert!(slip.help.as_ref().is_some_and(|help| help.contains("<!-- gouji-accept GW301: 原因 -->")));
        }
    }
    let (document, report) = under("a.md", &markdown("", "<!-- gouji-accept GW306, GW390: 原文如此 -->"), "");
    assert_eq!(words(&document, &report, "GW306", true), ["部份", "其它"], "the code that is right holds");
    assert!(of(&report, "XT003")[0].message.contains("GW390"));
}

#[test]
fn prose_about_acceptance_is_none() {
    let (document, report) = under("a.md", &markdown("<!-- 可用 gouji-accept GW306: 原因 接受 -->", ""), "");
    assert_eq!(words(&document, &report, "GW306", true), [""; 0]);
    assert!(of(&report, "XT003").is_empty());
}

#[test]
fn a_comment_that_accepts_nothing_is_told_where_its_rule_ran() {
    let comment = "<!-- gouji-accept GW201, NB301: 原文如此 -->";
    let (_, report) = under("a.md", &markdown(comment, ""), "");
    let told: Vec<&str> = of(&report, "XT001").into_iter().map(|finding| finding.message.as_str()).collect();
    // NB301 is not meant for such a document: nothing can be said of it.
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("GW201"), "{told:?}");
}

#[test]
fn an_entry_whose_day_is_over_accepts_nothing() {
    let of_day = |until: &str| format!("accept: [{{rule: GW306, at: {{text: 其它}}, reason: 引文, until: {until}}}]");
    let (_, report) = under("a.txt", TEXT, &of_day("2026-11-21"));
    assert_eq!(report.fates, [Fate::Used]);
    let (document, report) = under("a.txt", TEXT, &of_day("2026-11-20"));
    assert_eq!(report.fates, [Fate::Expired]);
    assert_eq!(words(&document, &report, "GW306", true), [""; 0]);
}

#[test]
fn what_is_said_of_entries_is_said_at_their_place() {
    let accept = "accept:\n  - {rule: GW306, at: {text: 其它}, reason: 引文}\n  - {rule: GW201, at: {text: 其它}, \
        reason: 引文}\n  - {rule: NB301, at: {text: 其它}, reason: 引文}\n  - {rule: GW306, at: {text: 其它}, \
        reason: 引文, until: 2020-01-01}\n";
    let (acceptances, _) = entries(accept);
    let (_, report) = under("a.txt", TEXT, accept);
    let pairs: Vec<(&Acceptance, Fate)> =
        acceptances.iter().map(Arc::as_ref).zip(report.fates.iter().copied()).collect();
    let told = accept::of_entries(&pairs, checking::rules(), &CheckOptions::default());
    let said: Vec<(&str, &str)> = told.findings.iter().map(|f| (&*f.rule, f.span.of(accept))).collect();
    assert_eq!(said, [("XT001", "GW201"), ("XT002", "GW306")]);
    // What was unused in one file may be used in another.
    assert_eq!(Fate::Unused.and(Fate::Used), Fate::Used);
    assert_eq!(Fate::Unused.and(Fate::Unjudged), Fate::Unjudged);
    assert_eq!(Fate::Unused.and(Fate::Unused), Fate::Unused);
    assert_eq!(Fate::Unused.and(Fate::NotApplicable), Fate::Unused, "a rule has nothing to look for in a file beside");
    assert_eq!(Fate::NotApplicable.and(Fate::NotApplicable), Fate::NotApplicable);
}

#[test]
fn an_entry_that_names_no_rule_is_a_fault_with_the_nearest() {
    let (acceptances, _) = entries("accept: [{rule: GW360, at: {text: 其它}, reason: 引文}]");
    let faults = accept::unknown_rules(acceptances.iter().map(Arc::as_ref), checking::rules());
    let [fault] = &faults[..] else { panic!("{faults:?}") };
    assert_eq!((fault.span.of(&fault.source), fault.message.as_str()), ("GW360", "没有规则“GW360”"));
    assert!(fault.help.as_ref().is_some_and(|help| help.starts_with("是不是“GW3")), "{:?}", fault.help);
}

#[test]
fn a_faulty_entry_is_told_at_its_place() {
    for (entry, place, words) in [
        ("{rule: GW306, at: {text: 其它}}", "rule", "reason"),
        ("{rule: GW306, at: {text: 其它}, reason: ' '}", "' '", "空"),
        ("{rule: GW306, reason: 引文}", "rule", "at"),
        ("{rule: GW306, at: {}, reason: 引文}", "{}", "没有指明"),
        ("{rule: GW3, at: {text: 其它}, reason: 引文}", "GW3", "完整的规则编号"),
        ("{rule: XT001, at: {text: 其它}, reason: 引文}", "XT001", "不能接受"),
        ("{rule: GW306, at: {text: 其它}, reason: 引文, until: 2026-02-30}", "2026-02-30", "日期"),
        ("{rule: GW306, at: {text: 其它}, reason: 引文, untill: 2026-02-20}", "untill", "键"),
        ("{rule: GW306, at: {words: 其它}, reason: 引文}", "words", "键"),
        ("{rule: GW306, at: {text: 其它}, reason: 引文, files: []}", "[]", "路径模式"),
        ("{rule: GW306, at: {text: \"前-, \"}, reason: 引文}", " ", "空"),
        ("{rule: GW306, at: {row: \"总计 >\"}, reason: 引文}", "", "空的一级"),
    ] {
        let (acceptances, errors) = entries(&format!("accept: [{entry}]"));
        assert!(acceptances.is_empty(), "{entry}");
        let [(at, message)] = &errors[..] else { panic!("{entry}: {errors:?}") };
        assert_eq!(at, place, "{entry}: {message}");
        assert!(message.contains(words), "{entry}: {message}");
    }
}

#[test]
fn the_tools_own_rules_can_be_turned_off_and_are_nobody_elses() {
    let (config, _) = Config::read(&Arc::from("gouji.yaml"), &Arc::from("rules: {XT001: off, XT003: warning}"));
    let settings =
        Settings { profile: config.profile.map(|(profile, _)| profile).unwrap_or_default(), entries: config.rules };
    let (rules, errors) = RuleSet::load_with(&checking::files(), &settings);
    assert_eq!(errors, []);
    let text = markdown("<!-- gouji-accept GW201: 原文如此 -->\n<!-- gouji-accept GW201 -->", "");
    let report = engine::check(&checking::read("a.md", text.as_bytes()), &rules, &CheckOptions::default());
    assert!(of(&report, "XT001").is_empty());
    assert_eq!(of(&report, "XT003")[0].level.word(), "warning");
    let own: Vec<&str> = report.ledger.iter().map(|e| &*e.rule).filter(|rule| rule.starts_with("XT")).collect();
    assert_eq!(own, ["XT002", "XT003"]);
}

#[test]
fn what_is_accepted_is_not_mended() {
    let text = markdown("<!-- gouji-accept GW306: 原文如此 -->", "");
    let document = checking::read("a.md", text.as_bytes());
    let fixed =
        fix::fix(&document, checking::rules(), &CheckOptions::default(), FixLevel::Unsafe).expect("it is UTF-8");
    assert!(fixed.raw.contains("部份信息，我局已公开信息12条，其它收入不计。"), "{}", fixed.raw);
    assert!(!fixed.raw.contains("部份信息，尚有"), "{}", fixed.raw);
    assert!(fixed.raw.contains("<!-- gouji-accept GW306: 原文如此 -->"));
}

#[test]
fn comments_are_written_back_as_they_were() {
    let text = markdown("<!-- 甲 -->\n<!-- 乙\n丙 -->", "<!-- 丁 -->");
    let document = checking::read("a.md", text.as_bytes());
    let at = document.text.find("尚有").expect("it is there");
    let edit = Edit { span: Span::new(at, at + "尚有".len()), insert: "还有".to_owned() };
    let (bytes, refused) = document.write(&[edit]).expect("it is UTF-8");
    assert_eq!((bytes, refused), (text.replace("尚有", "还有").into_bytes(), Vec::new()));
}

/// The fingerprints of all places where a rule finds something.
fn fingerprints(text: &str, rule: &str) -> BTreeSet<String> {
    let (_, report) = under("a.txt", text, "");
    of(&report, rule).into_iter().flat_map(Finding::fingerprints).map(str::to_owned).collect()
}

#[test]
fn a_fingerprint_outlives_what_changes_around_it() {
    let paragraphs = "部份信息，我局已公开信息12条。\n\n其它收入按规定办理，不再列出。";
    let report = |body: &str, heading: &str| format!("青禾县水利局工作情况\n\n{heading}\n\n{body}\n");
    let before = fingerprints(&report(paragraphs, "一、总体情况"), "GW306");
    assert_eq!(before.len(), 2);
    let (first, second) = paragraphs.split_once("\n\n").expect("two paragraphs");
    for after in [
        report(&format!("{second}\n\n{first}"), "一、总体情况"),
        report(&format!("新加的一段，没有问题。\n\n{paragraphs}"), "一、总体情况"),
        report(paragraphs, "二、总体情况"),
        report(&format!("1. {first}\n\n2. {second}"), "一、总体情况"),
    ] {
        assert_eq!(fingerprints(&after, "GW306"), before, "{after}");
    }
    let other = report(&paragraphs.replace("其它收入", "其它支出"), "一、总体情况");
    assert_eq!(fingerprints(&other, "GW306").intersection(&before).count(), 1);
}

#[test]
fn equal_findings_are_told_apart() {
    let line = "部份信息，尚有3条没有公开。";
    let twice = fingerprints(&format!("青禾县水利局工作情况\n\n一、总体情况\n\n{line}\n\n{line}\n"), "GW306");
    let once = fingerprints(&format!("青禾县水利局工作情况\n\n一、总体情况\n\n{line}\n"), "GW306");
    assert_eq!(twice.len(), 2);
    assert!(once.is_subset(&twice));
}

#[test]
fn one_mended_and_one_made_is_one_new_and_one_gone() {
    let old = TEXT;
    let new = TEXT.replace("其它收入", "其他收入").replace("正在办理", "正在办理，其它不计");
    let known = Arc::new(fingerprints(old, "GW306"));
    let options = CheckOptions { known: Arc::clone(&known), ..CheckOptions::default() };
    let document = checking::read("a.txt", new.as_bytes());
    let report = engine::check(&document, checking::rules(), &options);
    let open: Vec<&str> = report.open().filter(|f| &*f.rule == "GW306").map(|f| f.span.of(&document.text)).collect();
    assert_eq!(open, ["其它"]);
    let still: BTreeSet<String> =
        of(&report, "GW306").into_iter().flat_map(Finding::fingerprints).map(str::to_owned).collect();
    assert_eq!(known.difference(&still).count(), 1);
}
