//! Rules against each other: fixes that differ or chase each other.

use super::Page;
use crate::engine::check_each;
use crate::fault::Fault;
use crate::finding::{Finding, Fix, FixLevel, RuleError};
use crate::rule::{Find, Rule, Unless, Verb, What, Word};
use crate::ruleset::RuleSet;
use crate::selftest::as_all_see_it;
use crate::yaml::Kind;
use gouji_core::text::{Edit, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub(super) fn look(rules: &RuleSet, pages: &[Page<'_>], remarks: &mut Vec<RuleError>) {
    let lists = Lists::new(pages);
    for (at, page) in pages.iter().enumerate() {
        let Some((words, _)) = list_of(page.rule) else { continue };
        for (word_idx, word) in words.iter().enumerate() {
            let Some(right) = &word.right else { continue };
            if let Some(other) = lists.other_right(at, word, right) {
                page.tell(differs(key_of(page, word_idx), word, other), remarks);
            }
            if let Some((other, wrong)) = lists.wrong_in(right) {
                page.tell(chases(right_of(page, word_idx), right, other, wrong), remarks);
            }
        }
    }
    fixes(rules, pages, remarks);
}

/// The word lists of all rules.
struct Lists<'a> {
    /// For each wrong word, the rules that list it.
    of: BTreeMap<&'a str, Vec<(usize, &'a Rule, &'a Word, &'a Unless)>>,
    longest: usize,
}

impl<'a> Lists<'a> {
    fn new(pages: &[Page<'a>]) -> Self {
        let mut of: BTreeMap<&str, Vec<_>> = BTreeMap::new();
        for (at, page) in pages.iter().enumerate() {
            let Some((words, unless)) = list_of(page.rule) else { continue };
            for word in words {
                of.entry(&word.wrong).or_default().push((at, page.rule, word, unless));
            }
        }
        let longest = of.keys().map(|word| word.len()).max().unwrap_or(0);
        Self { of, longest }
    }

    /// An earlier rule that mends the same word in another way.
    fn other_right(&self, at: usize, word: &Word, right: &str) -> Option<(&'a Rule, &'a str)> {
        let same = self.of.get(word.wrong.as_str())?;
        same.iter().filter(|(other, ..)| *other < at).find_map(|(_, rule, other, _)| {
            let other = other.right.as_deref()?;
            (other != right).then_some((*rule, other))
        })
    }

    /// A rule that finds a wrong word in a right one.
    fn wrong_in(&self, right: &str) -> Option<(&'a Rule, &'a str)> {
        let starts = right.char_indices().map(|(at, _)| at);
        starts
            .flat_map(|start| right[start..].char_indices().map(move |(at, c)| (start, start + at + c.len_utf8())))
            .find_map(|(start, end)| {
                let span = Span::new(start, end);
                let lists = self.of.get(span.of(right)).filter(|_| span.len() <= self.longest)?;
                let found = lists.iter().find(|(_, _, _, unless)| !lets_pass(unless, right, span))?;
                Some((found.1, found.2.wrong.as_str()))
            })
    }
}

fn list_of(rule: &Rule) -> Option<(&[Word], &Unless)> {
    match &rule.verb {
        Verb::Find(Find { what: What::Words(words), unless }) => Some((words, unless)),
        _ => None,
    }
}

/// Whether a pattern of an `unless` takes away a word at its place in a text.
fn lets_pass(unless: &Unless, text: &str, span: Span) -> bool {
    let overlaps = |found: regex::Match<'_>| Span::new(found.start(), found.end()).overlaps(span);
    unless.patterns.iter().any(|pattern| pattern.regex().find_iter(text).any(overlaps))
        || unless.before.iter().any(|pattern| pattern.regex().is_match(&text[..span.start]))
        || unless.after.iter().any(|pattern| pattern.regex().is_match(&text[span.end..]))
}

fn key_of(page: &Page<'_>, word: usize) -> Span {
    word_spans(page, word).map_or(page.rule.source.id, |(key, _)| key)
}

fn right_of(page: &Page<'_>, word: usize) -> Span {
    word_spans(page, word).map_or(page.rule.source.id, |(_, right)| right)
}

fn word_spans(page: &Page<'_>, word: usize) -> Option<(Span, Span)> {
    match &page.node(&["find"])?.kind {
        Kind::Map(pairs) => pairs.get(word).map(|(key, node)| (key.span, node.span)),
        _ => None,
    }
}

fn differs(span: Span, word: &Word, (rule, right): (&Rule, &str)) -> Fault {
    let id = &rule.info.id;
    Fault::new(
        span,
        format!("“{}”在 {id} 里改为“{right}”，两条规则改得不同", word.wrong),
        format!("{id} mends `{}` to `{right}`: the two rules differ", word.wrong),
    )
    .with_help("只留一条规则里的这个词", "keep the word in one of the rules only")
}

fn chases(span: Span, right: &str, rule: &Rule, wrong: &str) -> Fault {
    let id = &rule.info.id;
    Fault::new(
        span,
        format!("改好的“{right}”里有 {id} 的错词“{wrong}”，改了又会被报告"),
        format!("the right word `{right}` holds `{wrong}`, a wrong word of {id}: mended text is reported again"),
    )
    .with_help(
        "改这里的正词，或在那条规则里用 unless 放过",
        "change the right word, or let it pass there with `unless`",
    )
}

/// Tells safe fixes of different rules that overlap and differ, on the rules' own wrong examples.
fn fixes(rules: &RuleSet, pages: &[Page<'_>], remarks: &mut Vec<RuleError>) {
    let mut told: BTreeSet<(Arc<str>, Arc<str>)> = BTreeSet::new();
    for page in pages {
        for example in &page.rule.tests.bad {
            let Some((document, options, given)) = as_all_see_it(rules, page.rule, example) else { continue };
            let findings = check_each(&document, rules, &options, &given).findings;
            let safe: Vec<(&Finding, &Fix)> = findings
                .iter()
                .filter_map(|finding| Some((finding, finding.fixes.iter().find(|fix| fix.level == FixLevel::Safe)?)))
                .collect();
            for (at, (first, fix)) in safe.iter().enumerate() {
                let others = safe[at + 1..].iter().filter(|(other, _)| other.rule != first.rule);
                for (other, _) in others.filter(|(_, other)| clash(&document.text, fix, other)) {
                    let (a, b) =
                        (first.rule.clone().min(other.rule.clone()), first.rule.clone().max(other.rule.clone()));
                    if told.insert((a.clone(), b.clone()))
                        && let Some(own) = pages.iter().find(|page| page.rule.info.id == b)
                    {
                        own.tell(overlap(own, &a, first.span.of(&document.text)), remarks);
                    }
                }
            }
        }
    }
}

/// Whether two fixes change the same characters in different ways.
fn clash(text: &str, a: &Fix, b: &Fix) -> bool {
    let changes = |fix: &Fix| -> Vec<(Span, String)> { fix.edits.iter().map(|edit| change(text, edit)).collect() };
    let (a, b) = (changes(a), changes(b));
    a.iter().any(|a| b.iter().any(|b| a.0.overlaps(b.0) && a != b))
}

/// An edit without the characters that stay at its ends.
fn change(text: &str, edit: &Edit) -> (Span, String) {
    let (old, new) = (edit.span.of(text), edit.insert.as_str());
    let head: usize = old.chars().zip(new.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let rests = old[head..].chars().rev().zip(new[head..].chars().rev());
    let tail: usize = rests.take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    (Span::new(edit.span.start + head, edit.span.end - tail), new[head..new.len() - tail].to_owned())
}

fn overlap(page: &Page<'_>, other: &str, text: &str) -> Fault {
    let span = page.key(&[], "fix");
    Fault::new(
        span,
        format!("安全修正与 {other} 在“{text}”处重叠而改法不同"),
        format!("the safe fix overlaps that of {other} at `{text}` and differs"),
    )
    .with_help(
        "用 at 缩小所改的范围，或用 unless 让给另一条规则",
        "narrow what is replaced with `at`, or leave it to the other rule with `unless`",
    )
}
