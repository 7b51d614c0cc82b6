//! The words of a list: each must be found in some plain sentence.

use super::{Change, Mutant, MutantEnd};
use crate::rule::{Rule, Word};
use crate::ruleset::RuleSet;
use crate::selftest::case::Case;
use gouji_core::text::Lines;
use std::collections::BTreeSet;

/// Sentences to put a word into; what stands around it must not happen to excuse it everywhere.
const SENTENCES: [(&str, &str); 4] =
    [("本年工作中", "一事已经办理。"), ("县水利局", ""), ("", "，均已公开。"), ("甲", "乙")];
/// How many words are tried at once: a rule tells only so many findings of one document.
const AT_ONCE: usize = 300;

pub(super) fn mutants(rules: &RuleSet, rule: &Rule, words: &[Word]) -> Vec<Mutant> {
    words.chunks(AT_ONCE).flat_map(|words| of_some(rules, rule, words)).collect()
}

fn of_some(rules: &RuleSet, rule: &Rule, words: &[Word]) -> Vec<Mutant> {
    let mut text = String::new();
    // For each word, where it stands in each sentence.
    let mut places = Vec::new();
    for word in words {
        let mut own = Vec::new();
        for (before, after) in SENTENCES {
            text.push_str(before);
            own.push((text.len(), text.len() + word.wrong.len()));
            text.push_str(&format!("{}{after}\n\n", word.wrong));
        }
        places.push(own);
    }
    let case = Case::of_lines(rules, rule, text);
    let found: BTreeSet<(usize, usize)> = match case.read() {
        Ok(document) => {
            let findings = case.report(&document).findings;
            findings.iter().map(|finding| (finding.span.start, finding.span.end)).collect()
        }
        Err(_) => BTreeSet::new(),
    };
    let lines = Lines::new(&rule.source.text);
    let mutant = |(word, places): (&Word, &Vec<(usize, usize)>)| {
        let is_found = places.iter().any(|place| found.contains(place));
        Mutant {
            rule: rule.info.id.clone(),
            file: rule.info.file.clone(),
            line: lines.place(&rule.source.text, place_of(rule, &word.wrong)).line,
            case: None,
            change: Change::Word(word.wrong.clone()),
            end: if is_found { MutantEnd::Noticed } else { MutantEnd::Silent },
        }
    };
    words.iter().zip(&places).map(mutant).collect()
}

/// Where a word stands in the rule's list.
fn place_of(rule: &Rule, word: &str) -> usize {
    let own = rule.source.span.of(&rule.source.text);
    let list = own.find("\nfind:").unwrap_or(0);
    own[list..].find(word).map_or(rule.source.span.start, |at| rule.source.span.start + list + at)
}
