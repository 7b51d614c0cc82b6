//! Fixes carried out round by round, until nothing changes.

mod rope;

use crate::bind::Given;
use crate::engine::{CheckOptions, check_each};
use crate::finding::{Fix, FixLevel, Lang};
use crate::ruleset::RuleSet;
use gouji_core::document::Document;
use gouji_core::text::Edit;
use gouji_core::{ReadError, WriteError};
use rope::Rope;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The most rounds; each round's fixes may bring others to light.
pub const MAX_ROUNDS: usize = 10;

/// What fixing a document came to.
#[derive(Clone, Debug, Default)]
pub struct Fixed {
    /// The file's new bytes; none where nothing changed.
    pub bytes: Option<Vec<u8>>,
    /// The file's new text as decoded (marks and all), for a diff; equal to the old one where nothing changed.
    pub raw: String,
    /// What all rounds come to as edits of the document's text.
    pub edits: Vec<Edit>,
    /// How many fixes were carried out, by rule, in order of code.
    pub applied: Vec<(Arc<str>, usize)>,
    /// How many rounds it took.
    pub rounds: usize,
    /// The rules whose fixes undo each other; the document is then as before the loop.
    pub loop_between: Vec<Arc<str>>,
    /// Fixes that could not be written back, as (rule, reason in the language of the check).
    pub refused: Vec<(Arc<str>, String)>,
}

/// The fixes of one round.
#[derive(Default)]
struct Round {
    edits: Vec<Edit>,
    by_rule: BTreeMap<Arc<str>, usize>,
    refused: BTreeMap<Arc<str>, usize>,
}

/// A state of the document, and what led to it from the one before.
struct State {
    raw: String,
    bytes: Option<Vec<u8>>,
    rope: Rope,
    by_rule: BTreeMap<Arc<str>, usize>,
}

/// Carries out the fixes at or above `least`, at most [`MAX_ROUNDS`] rounds.
///
/// # Errors
/// When the document can not be written back in its encoding.
pub fn fix(document: &Document, rules: &RuleSet, options: &CheckOptions, least: FixLevel) -> Result<Fixed, WriteError> {
    let first = Rope::new(document.text.len());
    let mut states =
        vec![State { raw: document.raw.clone(), bytes: None, rope: first.clone(), by_rule: BTreeMap::new() }];
    let mut rope = first;
    let mut refused = BTreeMap::new();
    let mut loop_between = Vec::new();
    let mut now = document.clone();
    while states.len() <= MAX_ROUNDS {
        let round = choose(&now, rules, options, least);
        refused = round.refused;
        if round.edits.is_empty() {
            break;
        }
        let (bytes, _) = now.write(&round.edits)?;
        let Ok(next) = gouji_core::read_with(&document.name, &bytes, rules.known_labels(), &options.reading) else {
            // Bytes that were just written as a document are one.
            return Err(WriteError::NotRoundTrip);
        };
        if let Some(same) = states.iter().position(|state| state.raw == next.raw) {
            let between = states[same + 1..].iter().flat_map(|state| state.by_rule.keys()).chain(round.by_rule.keys());
            loop_between = between.cloned().collect();
            loop_between.sort();
            loop_between.dedup();
            states.truncate(same + 1);
            break;
        }
        rope.apply(&round.edits);
        let state = State { raw: next.raw.clone(), bytes: Some(bytes), rope: rope.clone(), by_rule: round.by_rule };
        states.push(state);
        now = next;
    }
    if states.len() > MAX_ROUNDS && loop_between.is_empty() {
        let round = choose(&now, rules, options, least);
        loop_between = round.by_rule.into_keys().collect();
    }
    Ok(sum_up(states, loop_between, refused, options.lang))
}

fn sum_up(
    mut states: Vec<State>,
    loop_between: Vec<Arc<str>>,
    refused: BTreeMap<Arc<str>, usize>,
    lang: Lang,
) -> Fixed {
    let rounds = states.len() - 1;
    let mut applied: BTreeMap<Arc<str>, usize> = BTreeMap::new();
    for state in &states {
        for (rule, n) in &state.by_rule {
            *applied.entry(rule.clone()).or_default() += n;
        }
    }
    let last = states.pop().expect("the state before the first round is never taken away");
    let why = |n: usize| match lang {
        Lang::Zh => format!("{n} 处跨过了文件中的标记，不能自动改写"),
        Lang::En => format!("{n} of them reach across marks of the file and can not be written back"),
    };
    Fixed {
        bytes: last.bytes,
        raw: last.raw,
        edits: last.rope.edits(),
        applied: applied.into_iter().collect(),
        rounds,
        loop_between,
        refused: refused.into_iter().map(|(rule, n)| (rule, why(n))).collect(),
    }
}

/// The fixes of a document that can be carried out together: each whole or not at all, none over another.
fn choose(document: &Document, rules: &RuleSet, options: &CheckOptions, least: FixLevel) -> Round {
    let given = Given::of(rules, options);
    let findings = check_each(document, rules, options, &given).findings;
    let mut wanted: Vec<(&Arc<str>, &Fix)> = findings
        .iter()
        .filter(|finding| finding.accepted.is_none())
        .filter_map(|finding| Some((&finding.rule, finding.fixes.iter().find(|fix| fix.level >= least)?)))
        .collect();
    wanted.sort_by(|(a_rule, a), (b_rule, b)| (&a.edits, a_rule).cmp(&(&b.edits, b_rule)));
    choose_from(document, &wanted)
}

fn choose_from(document: &Document, wanted: &[(&Arc<str>, &Fix)]) -> Round {
    let mut round = Round::default();
    let mut end = 0;
    for &(rule, fix) in wanted {
        let (Some(first), Some(last)) = (fix.edits.first(), fix.edits.last()) else { continue };
        // Two insertions at one place would come in an order that nobody chose: the second waits for the next round.
        let free = first.span.start > end || (first.span.start == end && (end == 0 || !first.span.is_empty()));
        if !free || (end > 0 && first.span.start == end && round.edits.last().is_some_and(|edit| edit.span.is_empty()))
        {
            continue;
        }
        if !fix.edits.iter().all(|edit| document.can_write(edit)) {
            *round.refused.entry(rule.clone()).or_default() += 1;
            continue;
        }
        end = last.span.end;
        round.edits.extend(fix.edits.iter().cloned());
        *round.by_rule.entry(rule.clone()).or_default() += 1;
    }
    round
}

/// A text with the fixes of all levels from `least` up carried out in as many rounds as needed: for a rule's tests,
/// where the document is made by the caller.
pub(crate) fn settle(
    text: &str,
    least: FixLevel,
    read: impl Fn(&str) -> Result<Document, ReadError>,
    findings: impl Fn(&Document) -> Vec<crate::finding::Finding>,
) -> Option<String> {
    let mut raw = text.to_owned();
    for _ in 0..MAX_ROUNDS {
        let document = read(&raw).ok()?;
        let found = findings(&document);
        let mut wanted: Vec<(&Arc<str>, &Fix)> =
            found.iter().filter_map(|f| Some((&f.rule, f.fixes.iter().find(|fix| fix.level >= least)?))).collect();
        wanted.sort_by(|(a_rule, a), (b_rule, b)| (&a.edits, a_rule).cmp(&(&b.edits, b_rule)));
        let round = choose_from(&document, &wanted);
        if round.edits.is_empty() {
            return Some(raw);
        }
        let (bytes, _) = document.write(&round.edits).ok()?;
        raw = String::from_utf8(bytes).ok()?;
    }
    None
}
