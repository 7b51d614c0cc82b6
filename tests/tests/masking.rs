//! A masked document is as long as the document, character by character, and nothing of it shows what was hit.

use gouji_core::fold::Folded;
use gouji_core::text::Span;
use gouji_lint::earlier::{Earlier, Prev};
use gouji_lint::engine::{self, CheckOptions};
use gouji_lint::finding::{Finding, Report};
use gouji_lint::ruleset::{RuleSet, SourceFile};
use gouji_tests::checking;
use proptest::prelude::*;
use std::sync::{Arc, LazyLock};

/// One rule that masks, and two that speak of the same words and of those beside them.
const RULES: &str = r"
id: ZZ931
name: 打码
level: warning
basis: {doc: 测试用规则, strength: practice}
mask: true
find: '[0-9é٣𠮷密]+( ?[0-9密])*'
say: 有<text>
---
id: ZZ932
name: 说别的
level: warning
basis: {doc: 测试用规则, strength: practice}
find: '.{0,3}[，*|].{0,3}'
say: 在<text>
---
id: ZZ933
name: 打码两字
level: warning
basis: {doc: 测试用规则, strength: practice}
mask: true
find: '密.甲'
say: 有<text>
";

static OWN: LazyLock<RuleSet> = LazyLock::new(|| {
    let own = SourceFile { path: "own.yaml".to_owned(), text: RULES.into() };
    let (rules, faults) = RuleSet::load(&[own]);
    assert_eq!(faults, []);
    rules
});

/// What is hit, in the text as it stands.
fn hits(report: &Report) -> impl Iterator<Item = Span> + '_ {
    let own = report.findings.iter().filter(|finding| *finding.rule != *"ZZ932");
    own.flat_map(|finding| std::iter::once(finding.span).chain(finding.places.iter().map(|place| place.span)))
}

fn said(finding: &Finding) -> impl Iterator<Item = &str> {
    let titles = finding.fixes.iter().map(|fix| fix.title.as_str());
    [finding.message.as_str()].into_iter().chain(finding.place.section.as_deref()).chain(titles)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn spans_hold_in_a_masked_document(
        text in "(一、|\n|\n\n|\r\n|[0-9]{1,9}|０１|密|甲|乙，|é|٣|𠮷| |\t|[*]{2}|[|]|。|139){0,40}",
        name in prop_oneof![Just("a.txt"), Just("a.md")],
    ) {
        let Ok(document) = gouji_core::read(name, text.as_bytes(), OWN.known_labels()) else { return Ok(()) };
        let report = engine::check(&document, &OWN, &CheckOptions::default());
        let view = report.mask.document(document.clone());
        let lengths = |text: &str| text.chars().map(char::len_utf8).collect::<Vec<usize>>();
        prop_assert_eq!(lengths(&document.text), lengths(&view.text));
        prop_assert_eq!(lengths(&document.raw), lengths(&view.raw));
        prop_assert_eq!(view.raw_lines.n_lines(), document.raw_lines.n_lines());
        let shown = |text: &str| Folded::new(text, 0).text;
        for span in hits(&report) {
            let secret = shown(span.of(&document.text));
            // What is legible of two long ones side by side may be a short one.
            if secret.chars().count() < 7 {
                continue;
            }
            for text in [&view.text, &view.raw].into_iter().map(String::as_str).chain(report.findings.iter().flat_map(said)) {
                prop_assert!(!shown(text).contains(&secret), "{:?} shows {:?}", text, secret);
            }
        }
    }
}

#[test]
fn fingerprints_do_not_tell_one_secret_from_another_that_is_shown_alike() {
    let prints = |number: &str| {
        let text = format!("某某情况的报告\n\n一、总体情况\n\n王某某用手机{number}反映，我局截止目前已经答复。\n");
        let (_, report) = checking::check_text(&text);
        let of = |finding: &Finding| (finding.rule.to_string(), finding.fingerprint.clone());
        report.findings.iter().map(of).collect::<Vec<_>>()
    };
    let one = prints("13987650017");
    assert!(one.iter().any(|(rule, _)| rule == "AQ102") && one.iter().any(|(rule, _)| rule == "GW305"), "{one:?}");
    assert_eq!(one, prints("13912340017"));
    assert_ne!(one, prints("13987650025"));
}

#[test]
fn what_stood_in_the_report_before_is_masked_where_it_is_quoted() {
    let quoting = "id: ZZ934\nname: 引用去年\nlevel: info\nbasis: {doc: 测试用规则, strength: practice}\nneeds: prev\nscript: |\n  \
                   for m in prev.find(`去年.{4}`) { report(#{at: doc.title, say: m.str}); }\n";
    let own = SourceFile { path: "own.yaml".to_owned(), text: format!("{RULES}---\n{quoting}").into() };
    let (rules, faults) = RuleSet::load(&[own]);
    assert_eq!(faults, []);
    let read = |text: &str| gouji_core::plain("a.txt", text);
    let earlier = Earlier { document: read("某某情况的报告\n\n去年0017号。\n"), path: "b.txt".into() };
    let options = CheckOptions { prev: Arc::new(Prev::Given(Box::new(earlier))), ..CheckOptions::default() };
    let report = engine::check(&read("某某情况的报告\n\n没有号码。\n"), &rules, &options);
    let said: Vec<&str> = report.findings.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(said, ["去年0***"], "{:?}", report.ledger);
}

#[test]
fn more_hits_than_are_told_are_masked_all_the_same() {
    let lines: Vec<String> = (0..700).map(|n| format!("第{n}人用手机1398765{n:04}反映。")).collect();
    let text = format!("某某情况的报告\n\n一、总体情况\n\n{}\n", lines.join("\n\n"));
    let (document, report) = checking::check_text(&text);
    let view = report.mask.document(document);
    assert!(
        !view.text.contains("1398765"),
        "{}",
        view.text.lines().find(|line| line.contains("1398765")).unwrap_or("")
    );
    let entry = report.ledger.iter().find(|entry| *entry.rule == *"AQ102").expect("it ran");
    assert_eq!((entry.status.word(), entry.why.as_deref()), ("failed", None));
}
