//! Which tables hold data, and which only lay out a page.

use super::grid::{TablePart, for_each_part};
use super::page::Page;
use super::tags;
use super::tree::NodeKind;
use crate::label::is_blank;

/// From how many paragraphs on a cell that holds most of a table is an article.
const ARTICLE_PARAGRAPHS: usize = 3;
/// How much of a table's text such a cell holds, in percent.
const MOST: usize = 60;

/// What is in a cell.
#[derive(Default)]
struct Content {
    /// Characters that are not blank.
    n_chars: usize,
    /// Blocks and lines with text in them.
    n_paragraphs: usize,
    has_table: bool,
    has_heading: bool,
}

/// Whether the cells of a table are fields: not where it has one cell or one column only, and not where one cell holds
/// an article or the tables that matter.
pub(super) fn is_data(page: &Page<'_>, table: usize) -> bool {
    let tree = &page.tree;
    if matches!(tree.attribute(table, "role"), Some("presentation" | "none")) {
        return false;
    }
    let mut widest = 0;
    let mut cells = Vec::new();
    for_each_part(page, table, |part| {
        if let TablePart::Row(row) = part {
            widest = widest.max(row.len());
            cells.extend(row);
        }
    });
    if widest < 2 {
        return false;
    }
    let contents: Vec<Content> =
        cells.iter().filter(|&&cell| !page.is_left_out(cell)).map(|&cell| content(page, cell)).collect();
    let n_chars: usize = contents.iter().map(|content| content.n_chars).sum();
    let most = |n: usize| n * 100 > n_chars * MOST;
    let n_nesting: usize = contents.iter().filter(|content| content.has_table).map(|content| content.n_chars).sum();
    let is_article = |content: &Content| {
        most(content.n_chars) && (content.n_paragraphs >= ARTICLE_PARAGRAPHS || content.has_heading)
    };
    !most(n_nesting) && !contents.iter().any(is_article)
}

fn content(page: &Page<'_>, cell: usize) -> Content {
    let tree = &page.tree;
    let mut content = Content::default();
    let mut is_open = false;
    let mut at = cell + 1;
    while at < tree.nodes[cell].end {
        let node = &tree.nodes[at];
        let tag = tree.tag(at);
        match node.kind {
            NodeKind::Text => {
                let n_chars = node.span.of(tree.raw).chars().filter(|&c| !is_blank(c)).count();
                content.n_chars += n_chars;
                content.n_paragraphs += usize::from(n_chars > 0 && !is_open);
                is_open |= n_chars > 0;
            }
            NodeKind::Element { .. } if tags::is_no_text(tag) || page.is_left_out(at) => {
                at = node.end;
                continue;
            }
            NodeKind::Element { .. } => {
                is_open &= !(tag == "br" || tags::is_block(tag));
                if tag == "table" {
                    content.has_table = true;
                    content.n_chars += page.n_chars(at);
                    at = node.end;
                    continue;
                }
                content.has_heading |= tags::heading(tag).is_some();
            }
            NodeKind::Comment => {}
        }
        at += 1;
    }
    content
}
