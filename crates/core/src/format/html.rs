//! HTML: the article of a page as lines and rows, tags off, every character mapped back to the file.

mod article;
pub(super) mod charset;
mod entity;
mod flow;
mod grid;
mod names;
mod page;
pub(super) mod selector;
mod tables;
mod tags;
mod tree;
pub(super) mod written;

use super::Draft;
use crate::ReadError;
use crate::document::{Note, NoteKind};
use crate::text::Span;
use flow::Flow;
pub(super) use flow::is_wide;
use page::Page;
use selector::Selector;

/// The content of a page, of the element that `root` means where it is given.
///
/// # Errors
/// When it means none.
pub(crate) fn draft(raw: &str, root: Option<&Selector>) -> Result<Draft, ReadError> {
    let page = Page::new(raw);
    let found = article::find(&page, root)
        .ok_or_else(|| ReadError::NoRoot(root.map_or_else(String::new, |root| root.written().to_owned())))?;
    let mut flow = Flow::new(&page);
    if let Some(title) = found.title {
        flow.element(title);
    }
    flow.element(found.root);
    let mut draft = flow.finish();
    if article::leaves_much(&page, &found) {
        draft.notes.push(Note { span: Span::empty(0), kind: NoteKind::OutsideSkipped });
    }
    draft.article = Some(Box::new(article::told(&page, &found)));
    Ok(draft)
}

/// The tags that a page opens with.
const OPENINGS: [&str; 8] = ["!doctype html", "html", "head", "body", "meta", "div", "table", "p"];

/// Whether a text that no name tells of is a page.
pub(crate) fn is_html(text: &str) -> bool {
    let Some(rest) = text.trim_start().strip_prefix('<') else { return false };
    OPENINGS.iter().any(|opening| {
        let behind = rest.get(opening.len()..).filter(|_| rest[..opening.len()].eq_ignore_ascii_case(opening));
        behind.is_some_and(|behind| !behind.starts_with(|c: char| c.is_alphanumeric()))
    })
}
