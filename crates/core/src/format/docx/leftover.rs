//! What is left in a file beside its content: comments, who wrote it, macros.

use super::body::Reading;
use super::package::{Archive, ContentTypes, Relationship};
use super::xml::{Tag, Tree};
use super::{PackageFault, comment};
use crate::document::{Leftover, LeftoverKind};
use crate::text::Span;

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
        for (id, author, words) in comment::read(&part) {
            let words = if author.is_empty() { words } else { format!("{author}：{words}") };
            found.push(Leftover { kind: LeftoverKind::Comment, span: place(reading, id), words });
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

/// The words that a comment stands beside; empty at the start where they can not be told.
fn place(reading: &Reading, id: u64) -> Span {
    let tree = &reading.parts[0].tree;
    let marked = |name: &str| mark(tree, name, id);
    let Some(start) = marked("commentRangeStart").or_else(|| marked("commentReference")) else {
        return Span::empty(0);
    };
    let end = marked("commentRangeEnd").unwrap_or(start).max(start);
    let own = |piece: &&super::Piece| piece.part == 0 && tree.range(piece.element).start >= start;
    let mut pieces = reading.pieces.iter().filter(own);
    let Some(first) = pieces.next() else { return Span::empty(0) };
    if tree.range(first.element).start >= end {
        return Span::empty(first.span.start);
    }
    let last = pieces.take_while(|piece| tree.range(piece.element).end <= end).last().unwrap_or(first);
    first.span.cover(last.span)
}

/// Where in the markup a mark of a comment stands.
fn mark(tree: &Tree, name: &str, id: u64) -> Option<usize> {
    let found = tree.all().find(|&mark| {
        tree.tag(mark) == Tag::Other
            && tree.name(mark).rsplit(':').next() == Some(name)
            && tree.number(mark, "id").is_some_and(|number| u64::try_from(number) == Ok(id))
    });
    found.map(|mark| tree.range(mark).start)
}
