//! What is left in a file beside its content: comments, who wrote it, macros.

use super::body::Reading;
use super::package::{Archive, ContentTypes, Relationship};
use super::xml::Tag;
use super::{PackageFault, comment};
use crate::document::{Leftover, LeftoverKind};
use crate::text::Span;
use std::collections::BTreeMap;

/// The properties that name somebody.
const NAMING: [(&str, LeftoverKind); 4] = [
    ("creator", LeftoverKind::Author),
    ("lastModifiedBy", LeftoverKind::Author),
    ("Company", LeftoverKind::Company),
    ("Manager", LeftoverKind::Author),
];

/// What is left in the parts beside the text.
pub(super) fn of_file(
    archive: &mut Archive,
    types: &ContentTypes,
    links: &[Relationship],
    reading: &Reading,
) -> Result<Vec<Leftover>, PackageFault> {
    let mut found = Vec::new();
    let nowhere = Span::empty(0);
    if let Some(link) = links.iter().find(|link| link.kind == "comments" && !link.is_external)
        && let Some(part) = archive.part(&link.target)?
    {
        let marks = Marks::of(reading);
        for (id, author, words) in comment::read(&part) {
            let words = if author.is_empty() { words } else { format!("{author}：{words}") };
            found.push(Leftover { kind: LeftoverKind::Comment, span: marks.place(id), words });
        }
    }
    for link in archive.relationships("")? {
        if !matches!(link.kind.as_str(), "core-properties" | "extended-properties") || link.is_external {
            continue;
        }
        let Some(part) = archive.part(&link.target)? else { continue };
        let tree = &part.tree;
        for id in tree.children(tree.root()) {
            let name = tree.name(id);
            let own = name.rsplit(':').next().unwrap_or(name);
            let Some(&(_, kind)) = NAMING.iter().find(|(word, _)| *word == own) else { continue };
            let words = tree.words(id).trim().to_owned();
            let is_new = !found.iter().any(|other: &Leftover| other.kind == kind && other.words == words);
            if !words.is_empty() && is_new {
                found.push(Leftover { kind, span: nowhere, words });
            }
        }
    }
    let has_macros = types.kinds().any(|kind| kind.contains("vbaProject"))
        || archive.names().any(|name| name.to_ascii_lowercase().ends_with("vbaproject.bin"));
    if has_macros {
        found.push(Leftover { kind: LeftoverKind::Macro, span: nowhere, words: String::new() });
    }
    Ok(found)
}

/// Where in the markup the marks of comments stand, and the pieces of the text by their place there.
struct Marks {
    /// By comment: where its words start, end, and are referred to.
    by_id: BTreeMap<i64, [Option<usize>; 3]>,
    /// Start and end in the markup, and the span in the text.
    pieces: Vec<(usize, usize, Span)>,
}

const MARKS: [&str; 3] = ["commentRangeStart", "commentRangeEnd", "commentReference"];

impl Marks {
    fn of(reading: &Reading) -> Self {
        let tree = &reading.parts[0].tree;
        let mut by_id: BTreeMap<i64, [Option<usize>; 3]> = BTreeMap::new();
        for mark in tree.all().filter(|&mark| tree.tag(mark) == Tag::Other) {
            let name = tree.name(mark).rsplit(':').next();
            let Some(kind) = MARKS.iter().position(|own| name == Some(own)) else { continue };
            if let Some(id) = tree.number(mark, "id") {
                by_id.entry(id).or_default()[kind].get_or_insert(tree.range(mark).start);
            }
        }
        let own = reading.pieces.iter().filter(|piece| piece.part == 0);
        let mut pieces: Vec<(usize, usize, Span)> = own
            .map(|piece| {
                let range = tree.range(piece.element);
                (range.start, range.end, piece.span)
            })
            .collect();
        pieces.sort_unstable_by_key(|&(start, ..)| start);
        Self { by_id, pieces }
    }

    /// The words that a comment stands beside; empty at the start where they can not be told.
    fn place(&self, id: i64) -> Span {
        let [start, end, reference] = self.by_id.get(&id).copied().unwrap_or_default();
        let Some(start) = start.or(reference) else { return Span::empty(0) };
        let first = self.pieces.partition_point(|&(at, ..)| at < start);
        let Some(&(_, _, span)) = self.pieces.get(first) else { return Span::empty(0) };
        let behind = self.pieces.partition_point(|&(_, to, _)| Some(to) <= end);
        match self.pieces.get(first..behind) {
            Some([.., (_, _, last)]) => span.cover(*last),
            _ => Span::empty(span.start),
        }
    }
}
