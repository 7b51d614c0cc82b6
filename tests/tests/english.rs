//! Whoever asks for English gets English: every shipped text has both languages, and what the rules say of their own
//! wrong examples has no Chinese but words of the report, of the form, and in quotation marks.

use gouji_lint::finding::{Lang, Report};
use gouji_lint::rule::{BilingualTemplate, Rule};
use gouji_lint::selftest;
use gouji_tests::checking;
use std::collections::BTreeSet;

/// The words of the forms: labels, titles, short names.
fn words_of_forms() -> Vec<String> {
    let mut words = Vec::new();
    for form in checking::rules().forms() {
        for section in &form.sections {
            words.extend([section.name.clone(), section.title.text.clone()]);
            for part in &section.parts {
                words.extend([part.name.clone(), part.title.text.clone()]);
            }
        }
        for table in &form.tables {
            words.push(table.name.clone());
            let paths = table.bands.iter().flat_map(|band| band.rows.iter().chain(&band.columns));
            words.extend(paths.flatten().map(|label| label.text.clone()));
        }
    }
    words
}

fn is_chinese(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c)
}

/// A text without what stands in quotation marks and titles, whatever is nested in them.
fn outside_of_marks(text: &str) -> String {
    let mut out = String::new();
    let mut depth = 0;
    for c in text.chars() {
        match c {
            '“' | '《' | '‘' | '〈' => depth += 1,
            '”' | '》' | '’' | '〉' => {
                depth -= 1;
                out.push(' ');
            }
            _ if depth <= 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// Chinese words in an English text that are neither quoted nor known.
fn foreign(text: &str, known: &[&str]) -> Vec<String> {
    let outside = outside_of_marks(text);
    let runs = outside.split(|c: char| !is_chinese(c)).filter(|run| !run.is_empty());
    runs.filter(|run| !known.iter().any(|words| words.contains(run))).map(str::to_owned).collect()
}

/// Every text of a report with the kind of it.
fn texts(report: &Report) -> Vec<(&'static str, &str)> {
    let mut texts = Vec::new();
    for finding in &report.findings {
        texts.extend([("name", finding.name.as_str()), ("say", &finding.message)]);
        texts.extend(finding.help.iter().map(|help| ("help", help.as_str())));
        texts.extend(finding.labels.iter().map(|label| ("label", label.text.as_str())));
        texts.extend(finding.fixes.iter().map(|fix| ("fix", fix.title.as_str())));
        texts.extend(finding.participants.iter().map(|party| ("names", party.name.as_str())));
    }
    texts.extend(report.ledger.iter().filter_map(|entry| Some(("why", entry.why.as_deref()?))));
    texts
}

#[test]
fn no_rule_speaks_chinese_where_english_is_asked_for() {
    let forms = words_of_forms();
    let mut wrong = BTreeSet::new();
    let mut n_texts = 0;
    for rule in checking::rules().rules() {
        for (document, report) in selftest::said(checking::rules(), rule, Lang::En) {
            let known: Vec<&str> = forms.iter().map(String::as_str).chain([document.text.as_str()]).collect();
            for (kind, text) in texts(&report) {
                n_texts += 1;
                let words = foreign(text, &known);
                // The name of a tie's party is said by the rule, whatever words the report has.
                let is_name = kind == "names" && rule.binding(text).is_some() && text.contains(is_chinese);
                if !words.is_empty() || is_name {
                    wrong.insert(format!("{} {kind}: {text} ({})", rule.info.id, words.join(" ")));
                }
            }
        }
    }
    assert!(n_texts > 1_000, "only {n_texts} texts were looked at");
    assert!(wrong.is_empty(), "{}", wrong.into_iter().collect::<Vec<_>>().join("\n"));
}

#[test]
fn what_english_says_is_not_what_chinese_says() {
    for rule in checking::rules().rules() {
        let chinese = selftest::said(checking::rules(), rule, Lang::Zh);
        for ((_, english), (_, chinese)) in selftest::said(checking::rules(), rule, Lang::En).iter().zip(&chinese) {
            assert_eq!(english.findings.len(), chinese.findings.len(), "{}", rule.info.id);
            for (english, chinese) in english.findings.iter().zip(&chinese.findings) {
                assert_ne!(english.message, chinese.message, "{}", rule.info.id);
                assert_ne!(english.help, chinese.help.clone().filter(|help| !help.is_empty()), "{}", rule.info.id);
            }
        }
    }
}

/// The texts of a rule that have no English.
fn missing(rule: &Rule) -> Vec<String> {
    let lacks = |what: &str, text: &BilingualTemplate| text.en.is_none().then(|| what.to_owned());
    let mut missing: Vec<String> = rule.info.name.en.is_empty().then(|| "name".to_owned()).into_iter().collect();
    missing.extend(rule.say.general.iter().filter_map(|say| lacks("say", say)));
    missing.extend(rule.say.cases.iter().filter_map(|(case, say)| lacks(&format!("say {}", case.word()), say)));
    missing.extend(rule.help.iter().filter_map(|help| lacks("help", help)));
    missing.extend(rule.labels.iter().filter_map(|(name, label)| lacks(&format!("label {name}"), label)));
    missing.extend(rule.fixes.iter().filter_map(|fix| lacks("fix", fix.title.as_ref()?)));
    let named = |name: &str| !name.contains(is_chinese) || rule.english.iter().any(|(own, _)| own == name);
    missing.extend(rule.bindings.iter().filter(|own| !named(&own.name)).map(|own| format!("names {}", own.name)));
    missing
}

#[test]
fn every_text_of_every_rule_and_form_has_its_english() {
    let mut wrong: Vec<String> = Vec::new();
    for rule in checking::rules().rules() {
        wrong.extend(missing(rule).into_iter().map(|what| format!("{}: {what}", rule.info.id)));
    }
    for form in checking::rules().forms() {
        if form.name.en.is_empty() || form.name.en.contains(is_chinese) {
            wrong.push(format!("{}: name", form.id));
        }
    }
    assert!(wrong.is_empty(), "no English\n{}", wrong.join("\n"));
}
