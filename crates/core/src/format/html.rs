//! HTML: the article of a page as lines and rows, tags off, every character mapped back to the file.

mod entity;
mod flow;
mod grid;
mod tables;
mod tags;
mod tree;
pub(super) mod written;

use super::Draft;
use flow::Flow;
use tree::Tree;

pub(crate) fn draft(raw: &str) -> Draft {
    let tree = Tree::new(raw);
    let mut flow = Flow::new(&tree, &|_| false);
    flow.element(0);
    flow.finish()
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
