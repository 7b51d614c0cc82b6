//! One automaton for all words and literals of all rules: which rule may match in which block.

use crate::pattern::Pattern;
use crate::rule::{Find, On, Require, Rule, Select, Verb, What};
use crate::ruleset::RuleSet;
use aho_corasick::{AhoCorasick, MatchKind};
use gouji_core::document::{BlockKind, Document};
use gouji_core::fold::Folded;
use gouji_core::text::Span;
use std::collections::BTreeMap;

/// Which of a rule's patterns a literal belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    /// The pattern of `find`.
    Find,
    /// The pattern of a binding (its index).
    Binding(usize),
    /// The pattern of `require: text`.
    Require,
    /// A pattern of the script, by its order there.
    Script(usize),
}

/// Whose a literal is.
#[derive(Clone, Copy, Debug)]
enum Owner {
    /// A pattern: it may match in the block. The slot of its (rule, part).
    Pattern(usize),
    /// A word of a rule's list.
    Word { rule: usize, word: usize },
}

/// The automata of a rule set.
#[derive(Debug)]
pub(crate) struct Scanner {
    plain: Automaton,
    folded: Automaton,
    /// Words of one character, which would swell the automaton: a list of traditional characters has thousands.
    singles: Singles,
    /// Every pattern with literals, and its slot.
    slots: BTreeMap<(usize, Part), usize>,
}

#[derive(Debug, Default)]
struct Automaton {
    search: Option<AhoCorasick>,
    /// For each literal, whose it is.
    owners: Vec<Vec<Owner>>,
}

#[derive(Debug, Default)]
struct Singles {
    /// One bit for each character of the basic plane that is one.
    bits: Vec<u64>,
    owners: BTreeMap<char, Vec<Owner>>,
}

impl Automaton {
    fn new(literals: BTreeMap<&str, Vec<Owner>>) -> Self {
        if literals.is_empty() {
            return Self::default();
        }
        let search = AhoCorasick::builder().match_kind(MatchKind::Standard).build(literals.keys()).ok();
        Self { search, owners: literals.into_values().collect() }
    }

    /// Calls `hit` for every literal found, overlapping ones too, with its span and each of its owners.
    fn each(&self, text: &str, mut hit: impl FnMut(Span, Owner)) {
        let Some(search) = &self.search else { return };
        for found in search.find_overlapping_iter(text) {
            for &owner in &self.owners[found.pattern().as_usize()] {
                hit(Span::new(found.start(), found.end()), owner);
            }
        }
    }
}

impl Singles {
    fn add(&mut self, c: char, owner: Owner) {
        let (word, bit) = (c as usize / 64, c as usize % 64);
        if self.bits.len() <= word {
            self.bits.resize(word + 1, 0);
        }
        self.bits[word] |= 1 << bit;
        self.owners.entry(c).or_default().push(owner);
    }

    fn each(&self, text: &str, mut hit: impl FnMut(Span, Owner)) {
        if self.bits.is_empty() {
            return;
        }
        for (at, c) in text.char_indices() {
            let code = c as usize;
            if self.bits.get(code / 64).is_some_and(|word| word >> (code % 64) & 1 == 1) {
                for &owner in self.owners.get(&c).into_iter().flatten() {
                    hit(Span::new(at, at + c.len_utf8()), owner);
                }
            }
        }
    }
}

impl Scanner {
    pub(crate) fn new(rules: &[Rule]) -> Self {
        let mut builder = Builder::default();
        for (rule, own) in rules.iter().enumerate() {
            match &own.verb {
                Verb::Find(Find { what: What::Pattern(pattern), .. }) if own.on == On::Folded => {
                    builder.folded(rule, Part::Find, pattern);
                }
                Verb::Find(Find { what: What::Pattern(pattern), .. }) => builder.plain(rule, Part::Find, pattern),
                Verb::Find(Find { what: What::Words(words), .. }) => {
                    words.iter().enumerate().for_each(|(word, own)| builder.word(rule, word, &own.wrong));
                }
                Verb::Require(Require { text: Some(pattern), .. }) => builder.plain(rule, Part::Require, pattern),
                Verb::Script(script) => {
                    let patterns = script.patterns().enumerate();
                    patterns.for_each(|(at, (_, pattern))| builder.plain(rule, Part::Script(at), pattern));
                }
                Verb::Find(_) | Verb::Require(_) | Verb::Assert(_) => {}
            }
            for (at, binding) in own.bindings.iter().enumerate() {
                if let Select::Number(mention) | Select::Text(mention) = &binding.select {
                    builder.folded(rule, Part::Binding(at), &mention.pattern);
                }
            }
        }
        Self {
            plain: Automaton::new(builder.plain),
            folded: Automaton::new(builder.folded),
            singles: builder.singles,
            slots: builder.slots,
        }
    }
}

/// The literals of all rules while they are gathered.
#[derive(Default)]
struct Builder<'a> {
    plain: BTreeMap<&'a str, Vec<Owner>>,
    folded: BTreeMap<&'a str, Vec<Owner>>,
    singles: Singles,
    slots: BTreeMap<(usize, Part), usize>,
}

impl<'a> Builder<'a> {
    fn slot(&mut self, rule: usize, part: Part) -> Owner {
        let next = self.slots.len();
        Owner::Pattern(*self.slots.entry((rule, part)).or_insert(next))
    }

    fn plain(&mut self, rule: usize, part: Part, pattern: &'a Pattern) {
        let owner = self.slot(rule, part);
        pattern.required().iter().for_each(|literal| self.plain.entry(literal).or_default().push(owner));
    }

    fn folded(&mut self, rule: usize, part: Part, pattern: &'a Pattern) {
        let owner = self.slot(rule, part);
        pattern.required().iter().for_each(|literal| self.folded.entry(literal).or_default().push(owner));
    }

    fn word(&mut self, rule: usize, word: usize, wrong: &'a str) {
        let owner = Owner::Word { rule, word };
        let mut chars = wrong.chars();
        match (chars.next(), chars.next()) {
            (Some(only), None) => self.singles.add(only, owner),
            _ => self.plain.entry(wrong).or_default().push(owner),
        }
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
pub(crate) struct Hits<'a> {
    scanner: &'a Scanner,
    /// By slot: the blocks with one of the pattern's literals, in order.
    blocks: Vec<Vec<usize>>,
    /// By rule: its words, by end of match within each scan.
    words: BTreeMap<usize, Vec<WordHit>>,
    pub(crate) folded: FoldedText,
    n_blocks: usize,
}

impl<'a> Hits<'a> {
    pub(crate) fn new(document: &Document, rules: &'a RuleSet) -> Self {
        let scanner = rules.scanner();
        let mut hits = Self {
            scanner,
            blocks: vec![Vec::new(); scanner.slots.len()],
            words: BTreeMap::new(),
            folded: FoldedText { folded: Folded::default(), blocks: Vec::new() },
            n_blocks: document.blocks.len(),
        };
        let spans: Vec<Span> = document.blocks.iter().map(|block| block.span).collect();
        let mut at = 0;
        scanner.plain.each(&document.text, |span, owner| hits.note(&spans, &mut at, span, owner));
        at = 0;
        scanner.singles.each(&document.text, |span, owner| hits.note(&spans, &mut at, span, owner));
        let folded = FoldedText::new(document);
        // A table row has no place in the shadow: an empty span that nothing lies in.
        let mut end = 0;
        let ranges = folded.blocks.iter().map(|range| {
            let range = range.unwrap_or(Span::empty(end));
            end = range.end;
            range
        });
        let ranges: Vec<Span> = ranges.collect();
        at = 0;
        scanner.folded.each(&folded.folded.text, |span, owner| hits.note(&ranges, &mut at, span, owner));
        hits.folded = folded;
        hits
    }

    /// Notes a literal at its block; `at` is the block of the one before. A literal across blocks is none.
    fn note(&mut self, blocks: &[Span], at: &mut usize, span: Span, owner: Owner) {
        while blocks.get(*at).is_some_and(|block| block.end < span.end) {
            *at += 1;
        }
        if blocks.get(*at).is_none_or(|block| block.start > span.start) {
            return;
        }
        match owner {
            Owner::Pattern(slot) if self.blocks[slot].last() == Some(at) => {}
            Owner::Pattern(slot) => self.blocks[slot].push(*at),
            Owner::Word { rule, word } => {
                self.words.entry(rule).or_default().push(WordHit { block: *at, span, word });
            }
        }
    }

    /// The blocks in which a pattern may match: those with one of its literals, or all where it has none.
    pub(crate) fn candidates(&self, rule: usize, part: Part, required: &[String]) -> Vec<usize> {
        match self.scanner.slots.get(&(rule, part)) {
            Some(&slot) if !required.is_empty() => self.blocks[slot].clone(),
            _ => (0..self.n_blocks).collect(),
        }
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
