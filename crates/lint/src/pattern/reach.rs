//! What a pattern can match, told without a text: parts that nothing can match, the empty text, words that are in
//! every match.

use super::{Pattern, Piece, expand};
use gouji_core::fold::Folded;
use gouji_core::text::Span;
use regex_syntax::ast::{self, Ast, GroupKind};
use regex_syntax::hir::translate::Translator;
use regex_syntax::hir::{Class, Hir, HirKind, Look};

/// What is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hay {
    /// A block as it stands: no line break.
    Text,
    /// Its shadow: no blanks, no full-width letters and digits, no half-width brackets.
    Folded,
}

/// Why nothing can match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Never {
    /// A line break: no block has one.
    LineBreak,
    /// What folding has taken away.
    Folded,
    /// A class without any character.
    Empty,
    /// The start of the block behind what takes text.
    Start,
    /// The end of the block before what takes text.
    End,
}

/// The most characters of a class that are tried.
const CLASS_LIMIT: usize = 20_000;
/// The most texts that are spelt out.
const TEXTS_LIMIT: usize = 400;

/// A pattern laid open.
#[derive(Debug)]
pub(crate) struct Reach {
    hir: Hir,
    tree: Ast,
    inner: String,
    pieces: Vec<Piece>,
    length: usize,
}

impl Reach {
    /// The pattern as written, without what holds it to a place.
    pub(crate) fn of(pattern: &Pattern) -> Option<Self> {
        let (inner, pieces) = expand(pattern.source());
        let tree = ast::parse::ParserBuilder::new().nest_limit(100).build().parse(&inner).ok()?;
        let hir = Translator::new().translate(&inner, &tree).ok()?;
        Some(Self { hir, tree, inner, pieces, length: pattern.source().len() })
    }

    /// The parts that nothing can match, each the smallest that tells, in the pattern's source.
    pub(crate) fn dead_parts(&self, hay: Hay) -> Vec<(Span, Never)> {
        let mut dead = Vec::new();
        self.walk(&self.tree, &mut Vec::new(), hay, &mut dead);
        dead
    }

    fn walk(&self, tree: &Ast, flags: &mut Vec<Ast>, hay: Hay, dead: &mut Vec<(Span, Never)>) {
        let n_flags = flags.len();
        match tree {
            Ast::Alternation(branches) => branches.asts.iter().for_each(|branch| self.walk(branch, flags, hay, dead)),
            Ast::Concat(parts) => {
                let mut hirs: Vec<(&Ast, Hir)> = Vec::new();
                for part in &parts.asts {
                    if let Ast::Flags(_) = part {
                        flags.push(part.clone());
                        continue;
                    }
                    self.walk(part, flags, hay, dead);
                    hirs.extend(self.translate(part, flags).map(|hir| (part, hir)));
                }
                dead.extend(conflict(&hirs).map(|(part, why)| (self.place(part), why)));
            }
            Ast::Group(group) => {
                if let GroupKind::NonCapturing(own) = &group.kind
                    && !own.items.is_empty()
                {
                    flags.push(Ast::flags(ast::SetFlags { span: own.span, flags: own.clone() }));
                }
                self.walk(&group.ast, flags, hay, dead);
            }
            // What is optional is not missed.
            Ast::Repetition(repetition) => {
                if self.translate(tree, flags).is_some_and(|hir| hir.properties().minimum_len() != Some(0)) {
                    self.walk(&repetition.ast, flags, hay, dead);
                }
            }
            leaf => {
                let why = self.translate(leaf, flags).and_then(|hir| leaf_never(&hir, hay));
                dead.extend(why.map(|why| (self.place(leaf), why)));
            }
        }
        flags.truncate(n_flags);
    }

    /// A part under the flags that hold there.
    fn translate(&self, part: &Ast, flags: &[Ast]) -> Option<Hir> {
        let span = *part.span();
        let asts = flags.iter().chain([part]).cloned().collect();
        Translator::new().translate(&self.inner, &Ast::concat(ast::Concat { span, asts })).ok()
    }

    fn place(&self, part: &Ast) -> Span {
        let back = |at: usize| self.pieces.iter().rev().find(|piece| piece.expanded <= at).map_or(0, |p| p.back(at));
        let span = part.span();
        let start = back(span.start.offset).min(self.length);
        Span::new(start, back(span.end.offset).min(self.length).max(start))
    }

    /// Whether a capture may take no text.
    pub(crate) fn capture_can_be_empty(&self, name: &str) -> bool {
        capture(&self.hir, name).is_some_and(|sub| sub.properties().minimum_len() == Some(0))
    }

    /// Whether both say the same, captures aside.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        bare(&self.hir) == bare(&other.hir)
    }

    /// The only text that it matches.
    pub(crate) fn literal(&self) -> Option<String> {
        match bare(&self.hir).kind() {
            HirKind::Literal(literal) => String::from_utf8(literal.0.to_vec()).ok(),
            _ => None,
        }
    }

    /// Whether every match holds a word.
    pub(crate) fn always_holds(&self, word: &str) -> bool {
        holds(&bare(&self.hir), word)
    }

    /// Every text that it matches, where they are few.
    pub(crate) fn texts(&self) -> Option<Vec<String>> {
        texts(&self.hir)
    }
}

/// Whether `^` stands behind or `$` before something that takes text.
fn conflict<'a>(parts: &[(&'a Ast, Hir)]) -> Option<(&'a Ast, Never)> {
    let takes = |(_, hir): &(&Ast, Hir)| hir.properties().minimum_len().is_some_and(|len| len > 0);
    parts.iter().enumerate().find_map(|(at, (part, hir))| {
        let head = hir.properties().look_set_prefix();
        let tail = hir.properties().look_set_suffix();
        if (head.contains(Look::Start) || head.contains(Look::StartLF)) && parts[..at].iter().any(takes) {
            Some((*part, Never::Start))
        } else if (tail.contains(Look::End) || tail.contains(Look::EndLF)) && parts[at + 1..].iter().any(takes) {
            Some((*part, Never::End))
        } else {
            None
        }
    })
}

/// Why nothing matches a literal or a class; none where something does.
fn leaf_never(hir: &Hir, hay: Hay) -> Option<Never> {
    let chars: Box<dyn Iterator<Item = char>> = match hir.kind() {
        HirKind::Literal(literal) => Box::new(std::str::from_utf8(&literal.0).ok()?.chars()),
        HirKind::Class(Class::Unicode(class)) if class.ranges().is_empty() => return Some(Never::Empty),
        HirKind::Class(Class::Bytes(class)) if class.ranges().is_empty() => return Some(Never::Empty),
        HirKind::Class(Class::Unicode(class)) => {
            Box::new(class.ranges().iter().flat_map(|range| range.start()..=range.end()).take(CLASS_LIMIT))
        }
        _ => return None,
    };
    let mut why = None;
    for c in chars {
        if c == '\n' {
            why.get_or_insert(Never::LineBreak);
        } else if hay == Hay::Folded && !Folded::new(c.encode_utf8(&mut [0; 4]), 0).text.starts_with(c) {
            why = Some(Never::Folded);
        } else {
            return None;
        }
    }
    why
}

fn capture<'h>(hir: &'h Hir, name: &str) -> Option<&'h Hir> {
    match hir.kind() {
        HirKind::Capture(own) if own.name.as_deref() == Some(name) => Some(&own.sub),
        HirKind::Capture(own) => capture(&own.sub, name),
        HirKind::Repetition(own) => capture(&own.sub, name),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().find_map(|part| capture(part, name)),
        _ => None,
    }
}

/// The same without captures.
fn bare(hir: &Hir) -> Hir {
    match hir.kind() {
        HirKind::Capture(own) => bare(&own.sub),
        HirKind::Repetition(own) => {
            let mut own = own.clone();
            own.sub = Box::new(bare(&own.sub));
            Hir::repetition(own)
        }
        HirKind::Concat(parts) => Hir::concat(parts.iter().map(bare).collect()),
        HirKind::Alternation(parts) => Hir::alternation(parts.iter().map(bare).collect()),
        _ => hir.clone(),
    }
}

fn holds(hir: &Hir, word: &str) -> bool {
    match hir.kind() {
        HirKind::Literal(literal) => std::str::from_utf8(&literal.0).is_ok_and(|text| text.contains(word)),
        HirKind::Repetition(own) => own.min > 0 && holds(&own.sub, word),
        HirKind::Capture(own) => holds(&own.sub, word),
        HirKind::Concat(parts) => parts.iter().any(|part| holds(part, word)),
        HirKind::Alternation(parts) => parts.iter().all(|part| holds(part, word)),
        HirKind::Empty | HirKind::Class(_) | HirKind::Look(_) => false,
    }
}

fn texts(hir: &Hir) -> Option<Vec<String>> {
    let found = match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => vec![String::new()],
        HirKind::Literal(literal) => vec![String::from_utf8(literal.0.to_vec()).ok()?],
        HirKind::Class(Class::Unicode(class)) => {
            let chars = class.ranges().iter().flat_map(|range| range.start()..=range.end());
            chars.take(TEXTS_LIMIT + 1).map(String::from).collect()
        }
        HirKind::Class(Class::Bytes(_)) => return None,
        HirKind::Capture(own) => texts(&own.sub)?,
        HirKind::Repetition(own) => {
            let one = texts(&own.sub)?;
            let (mut all, mut last) = (Vec::new(), vec![String::new()]);
            for n in 0..=own.max.filter(|max| *max <= 4)? {
                if n >= own.min {
                    all.extend(last.iter().cloned());
                }
                last = joined(&last, &one)?;
            }
            all
        }
        HirKind::Concat(parts) => {
            parts.iter().try_fold(vec![String::new()], |all, part| joined(&all, &texts(part)?))?
        }
        HirKind::Alternation(parts) => {
            let all: Option<Vec<Vec<String>>> = parts.iter().map(texts).collect();
            all?.concat()
        }
    };
    (found.len() <= TEXTS_LIMIT).then_some(found)
}

fn joined(heads: &[String], tails: &[String]) -> Option<Vec<String>> {
    let all = heads.iter().flat_map(|head| tails.iter().map(move |tail| format!("{head}{tail}")));
    (heads.len() * tails.len() <= TEXTS_LIMIT).then(|| all.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reach(source: &str) -> Reach {
        Reach::of(&Pattern::parse(source).unwrap()).unwrap()
    }

    fn dead(source: &str, hay: Hay) -> Vec<(&str, Never)> {
        reach(source).dead_parts(hay).into_iter().map(|(span, why)| (span.of(source), why)).collect()
    }

    #[test]
    fn parts_that_nothing_can_match() {
        let cases: [(&str, &[(&str, Never)]); 9] = [
            (r"第一行\n第二行", &[(r"\n", Never::LineBreak)]),
            (r"甲[^\s\S]乙", &[(r"[^\s\S]", Never::Empty)]),
            ("甲^乙", &[("^", Never::Start)]),
            ("甲$乙", &[("$", Never::End)]),
            ("(?:^|甲)乙", &[]),
            ("甲(?:$|乙)", &[]),
            ("(?m)甲$(?<余>乙)", &[("$", Never::End)]),
            (r"甲[\s]乙", &[]),
            (r"(?:\n|乙)NUM(\n)?", &[(r"\n", Never::LineBreak)]),
        ];
        for (source, expected) in cases {
            assert_eq!(dead(source, Hay::Text), expected, "{source}");
        }
    }

    #[test]
    fn what_folding_takes_away() {
        assert_eq!(dead("共 (?<n>NUM)件", Hay::Folded), [(" ", Never::Folded)]);
        assert_eq!(dead(r"\(一）[Ａ-Ｚ]", Hay::Folded), [(r"\(", Never::Folded), ("[Ａ-Ｚ]", Never::Folded)]);
        assert_eq!(dead(r"(?x) 共 \s? (?<n>[0-9０-９]+)，", Hay::Folded), []);
        assert_eq!(dead(r"(?x:共 \x20 件) 条", Hay::Folded), [(r"\x20 ", Never::Folded), (" ", Never::Folded)]);
    }

    #[test]
    fn the_empty_text_and_words_in_every_match() {
        assert!(reach("(?<空>甲?)乙").capture_can_be_empty("空"));
        assert!(reach("(?:截止|截止到)目前").always_holds("截止"));
        assert!(!reach("(?:截止|截至)目前").always_holds("截止"));
        assert_eq!(reach("甲[乙丙]丁?").texts().unwrap(), ["甲丙", "甲丙丁", "甲乙", "甲乙丁"]);
        assert_eq!(reach("甲.").texts(), None);
        assert!(reach("(?<甲>甲)乙").is_same(&reach("甲乙")));
    }
}
