//! One automaton for all words and literals of all rules: which rule may match in which block.

use crate::rule::{On, Rule, Select, Verb, What};
use crate::ruleset::RuleSet;
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use gouji_core::document::{BlockKind, Document};
use gouji_core::fold::Folded;
use gouji_core::text::Span;
use std::collections::BTreeMap;

/// Which of a rule's patterns a literal belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    /// The pattern of `find`.
    Find,
    /// A word of `find`'s list.
    Word(usize),
    /// The pattern of a binding (its index).
    Binding(usize),
    /// The pattern of `require: text`.
    Require,
    /// A pattern of the script, by its order there.
    Script(usize),
}

/// The automata of a rule set.
#[derive(Debug)]
pub(crate) struct Scanner {
    plain: Automaton,
    folded: Automaton,
}

#[derive(Debug, Default)]
struct Automaton {
    search: Option<AhoCorasick>,
    /// For each literal, whose it is: (rule, part).
    owners: Vec<Vec<(usize, Part)>>,
}

impl Automaton {
    fn new(literals: BTreeMap<&str, Vec<(usize, Part)>>) -> Self {
        if literals.is_empty() {
            return Self::default();
        }
        let search = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(literals.keys())
            .ok();
        Self { search, owners: literals.into_values().collect() }
    }

    /// Calls `hit` for every literal found, overlapping ones too, with its span and each of its owners.
    fn each(&self, text: &str, mut hit: impl FnMut(Span, usize, Part)) {
        let Some(search) = &self.search else { return };
        for found in search.find_overlapping_iter(text) {
            for &(rule, part) in &self.owners[found.pattern().as_usize()] {
                hit(Span::new(found.start(), found.end()), rule, part);
            }
        }
    }
}

impl Scanner {
    pub(crate) fn new(rules: &[Rule]) -> Self {
        let mut plain: BTreeMap<&str, Vec<(usize, Part)>> = BTreeMap::new();
        let mut folded: BTreeMap<&str, Vec<(usize, Part)>> = BTreeMap::new();
        for (idx, rule) in rules.iter().enumerate() {
            if let Verb::Find(find) = &rule.verb {
                let literals = if rule.on == On::Folded { &mut folded } else { &mut plain };
                match &find.what {
                    What::Pattern(pattern) => {
                        for literal in pattern.required() {
                            literals.entry(literal).or_default().push((idx, Part::Find));
                        }
                    }
                    What::Words(words) => {
                        for (at, word) in words.iter().enumerate() {
                            literals.entry(&word.wrong).or_default().push((idx, Part::Word(at)));
                        }
                    }
                    What::Facts(_) => {}
                }
            }
            if let Verb::Require(require) = &rule.verb {
                for literal in require.text.iter().flat_map(|pattern| pattern.required()) {
                    plain.entry(literal).or_default().push((idx, Part::Require));
                }
            }
            if let Verb::Script(script) = &rule.verb {
                for (at, (_, pattern)) in script.patterns().enumerate() {
                    for literal in pattern.required() {
                        plain.entry(literal).or_default().push((idx, Part::Script(at)));
                    }
                }
            }
            for (at, binding) in rule.bindings.iter().enumerate() {
                if let Select::Number(mention) | Select::Text(mention) = &binding.select {
                    for literal in mention.pattern.required() {
                        folded.entry(literal).or_default().push((idx, Part::Binding(at)));
                    }
                }
            }
        }
        Self { plain: Automaton::new(plain), folded: Automaton::new(folded) }
    }
}

/// The folded text of all blocks but table rows.
#[derive(Debug)]
pub(crate) struct FoldedText {
    pub(crate) folded: Folded,
    /// For each block its span in the shadow; none for table rows.
    pub(crate) blocks: Vec<Option<Span>>,
}

impl FoldedText {
    fn new(document: &Document) -> Self {
        let mut folded = Folded::default();
        let fold = |block: &gouji_core::document::Block| {
            if matches!(block.kind, BlockKind::Row(_)) {
                return None;
            }
            let span = folded.push(block.span.of(&document.text), block.span.start);
            folded.separate(block.span.end);
            Some(span)
        };
        let blocks = document.blocks.iter().map(fold).collect();
        Self { folded, blocks }
    }
}

/// A word of a list at its place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WordHit {
    pub(crate) block: usize,
    pub(crate) span: Span,
    pub(crate) word: usize,
}

/// What the automata found in a document.
#[derive(Debug)]
pub(crate) struct Hits {
    /// By rule and part: the blocks with one of its literals, in order.
    blocks: BTreeMap<(usize, Part), Vec<usize>>,
    /// By rule: its words, by end of match.
    words: BTreeMap<usize, Vec<WordHit>>,
    pub(crate) folded: FoldedText,
    n_blocks: usize,
}

impl Hits {
    pub(crate) fn new(document: &Document, rules: &RuleSet) -> Self {
        let scanner = rules.scanner();
        let mut hits = Self {
            blocks: BTreeMap::new(),
            words: BTreeMap::new(),
            folded: FoldedText::new(document),
            n_blocks: document.blocks.len(),
        };
        let mut at = 0;
        scanner.plain.each(&document.text, |span, rule, part| {
            while at < document.blocks.len() && document.blocks[at].span.end < span.end {
                at += 1;
            }
            let inside = document.blocks.get(at).is_some_and(|block| block.span.start <= span.start);
            match part {
                _ if !inside => {}
                Part::Word(word) => hits.words.entry(rule).or_default().push(WordHit { block: at, span, word }),
                part => hits.mark(rule, part, at),
            }
        });
        let ranges = std::mem::take(&mut hits.folded.blocks);
        let text = std::mem::take(&mut hits.folded.folded.text);
        let mut at = 0;
        scanner.folded.each(&text, |span, rule, part| {
            while at < ranges.len() && ranges[at].is_none_or(|range| range.end < span.end) {
                at += 1;
            }
            if ranges.get(at).copied().flatten().is_some_and(|range| range.start <= span.start) {
                hits.mark(rule, part, at);
            }
        });
        hits.folded.blocks = ranges;
        hits.folded.folded.text = text;
        hits
    }

    fn mark(&mut self, rule: usize, part: Part, block: usize) {
        let blocks = self.blocks.entry((rule, part)).or_default();
        if blocks.last() != Some(&block) {
            blocks.push(block);
        }
    }

    /// The blocks in which a pattern may match: those with one of its literals, or all where it has none.
    pub(crate) fn candidates(&self, rule: usize, part: Part, required: &[String]) -> Vec<usize> {
        if required.is_empty() {
            return (0..self.n_blocks).collect();
        }
        self.blocks.get(&(rule, part)).cloned().unwrap_or_default()
    }

    /// The words of a rule's list, longest first where they overlap, by place.
    pub(crate) fn words(&self, rule: usize) -> Vec<WordHit> {
        let mut hits = self.words.get(&rule).cloned().unwrap_or_default();
        hits.sort_by_key(|hit| (hit.span.start, std::cmp::Reverse(hit.span.end)));
        let mut end = 0;
        hits.retain(|hit| {
            let free = hit.span.start >= end;
            if free {
                end = hit.span.end;
            }
            free
        });
        hits
    }
}
