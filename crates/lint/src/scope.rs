//! Which stretches of a document each word of `in` means.

use crate::bind::Bound;
use crate::rule::{Scope, ScopePart};
use gouji_core::citation::{self, Citation, citations};
use gouji_core::document::{Block, BlockKind};
use gouji_core::text::Span;
use std::cell::{OnceCell, RefCell};
use std::sync::Arc;

/// What the blocks of a document are, as far as scopes ask.
#[derive(Debug)]
pub(crate) struct Regions<'a> {
    bound: &'a Bound<'a>,
    blocks: Vec<Region>,
    /// Of all blocks, in order; read when a rule first asks for them.
    citations: OnceCell<Arc<[Citation]>>,
    /// What the scopes of scripts came to: many rules have the same.
    scopes: RefCell<Vec<(Scope, Stretches)>>,
    /// In a rule's own test a single line is whatever `in` names.
    anything_goes: bool,
}

/// Stretches of a document in order, each with its block.
type Stretches = Arc<[(usize, Span)]>;

#[derive(Debug)]
struct Region {
    /// A heading on a line of its own, or the run-in one with its mark.
    heading: Option<Span>,
    /// The paragraph behind a run-in heading, or the whole one.
    body: Span,
    is_prose: bool,
    /// The sections it lies in (indices into the document's), innermost first, end at a section without parent.
    section: Option<usize>,
}

impl<'a> Regions<'a> {
    pub(crate) fn new(bound: &'a Bound<'a>, anything_goes: bool) -> Self {
        let document = bound.document;
        let region = |block: &Block| {
            let section = block.section.map(|section| &document.sections[section]);
            let own = section.filter(|section| section.heading.span.start == block.span.start);
            let heading = match block.kind {
                BlockKind::Heading => Some(block.span),
                _ => own.map(|section| section.heading.span.cover(section.heading.mark)),
            };
            let body = match (block.kind, heading) {
                (BlockKind::Paragraph, Some(heading)) => Span::new(heading.end.min(block.span.end), block.span.end),
                _ => block.span,
            };
            let is_prose = block.kind == BlockKind::Paragraph && is_prose(body.of(&document.text));
            Region { heading, body, is_prose, section: block.section }
        };
        let blocks = document.blocks.iter().map(region).collect();
        Self { bound, blocks, citations: OnceCell::new(), scopes: RefCell::default(), anything_goes }
    }

    /// The paragraph behind a run-in heading or the whole one, where a block is prose.
    pub(crate) fn prose(&self, block: usize) -> Option<Span> {
        let region = &self.blocks[block];
        (self.anything_goes || region.is_prose).then_some(region.body)
    }

    /// The sections and tables that a scope names when the document has none of them, in Chinese and English. Where it
    /// has some, the rule looks there; that others are missing is told by the rules that demand them.
    pub(crate) fn missing(&self, scope: &Scope) -> Vec<(String, String)> {
        let missing = |part: &ScopePart| match part {
            ScopePart::Table(name) => self.bound.table(name).err(),
            ScopePart::Section(name) | ScopePart::Part(name) if self.section_of(part).is_none() => {
                Some((format!("没有找到“{name}”部分"), format!("the section {name} was not found")))
            }
            _ => None,
        };
        let reasons: Vec<_> = scope.parts.iter().filter_map(missing).collect();
        if self.anything_goes || reasons.len() < scope.parts.len() { Vec::new() } else { reasons }
    }

    /// The document's section that a scope word names.
    fn section_of(&self, part: &ScopePart) -> Option<usize> {
        let form = self.bound.form?;
        match part {
            ScopePart::Section(name) => self.bound.sections[form.section(name)?].map(|bound| bound.section),
            ScopePart::Part(name) => {
                let (section, part) = form.part(name)?;
                self.bound.parts[section][part].map(|bound| bound.section)
            }
            _ => None,
        }
    }

    /// The stretches of a block that a scope means, in order.
    pub(crate) fn stretches(&self, scope: &Scope, block: usize) -> Vec<Span> {
        self.stretches_in_parts(scope, block).into_iter().map(|(_, stretch)| stretch).collect()
    }

    /// The same, each behind the part that it lies in: the whole of it, or a number cited there.
    pub(crate) fn stretches_in_parts(&self, scope: &Scope, block: usize) -> Vec<(Span, Span)> {
        let cited_in = |part: Span| match &scope.cited {
            None => vec![(part, part)],
            Some(cited) => {
                let numbers = citation::within(self.citations(), part).filter_map(|citation| cited.number(citation));
                numbers.map(|number| (part, number)).collect()
            }
        };
        self.parts(scope, block).into_iter().flat_map(cited_in).collect()
    }

    /// The stretches of all blocks that a scope means, each with its block.
    pub(crate) fn all_stretches(&self, scope: &Scope) -> Stretches {
        if let Some((_, known)) = self.scopes.borrow().iter().find(|(own, _)| own == scope) {
            return Arc::clone(known);
        }
        let of_block = |block: usize| self.stretches(scope, block).into_iter().map(move |span| (block, span));
        let made: Stretches = (0..self.blocks.len()).flat_map(of_block).collect();
        self.scopes.borrow_mut().push((scope.clone(), Arc::clone(&made)));
        made
    }

    /// The citations of the document, those of a table cell by cell.
    pub(crate) fn citations(&self) -> &Arc<[Citation]> {
        let read = |span: Span| citations(span.of(&self.bound.document.text), span.start);
        self.citations
            .get_or_init(|| (0..self.blocks.len()).flat_map(|block| self.all_of(block)).flat_map(read).collect())
    }

    /// The stretches of a block that a scope means, be they citations or not, in order.
    pub(crate) fn parts(&self, scope: &Scope, block: usize) -> Vec<Span> {
        let kind = self.bound.document.blocks[block].kind;
        let region = &self.blocks[block];
        let is_row = matches!(kind, BlockKind::Row(_));
        if scope.parts.is_empty() || self.anything_goes {
            return self.all_of(block);
        }
        let mut stretches: Vec<Span> = Vec::new();
        for part in &scope.parts {
            let found = match part {
                ScopePart::Prose if region.is_prose => vec![region.body],
                ScopePart::Paragraphs if kind == BlockKind::Paragraph => self.all_of(block),
                ScopePart::Headings => region.heading.into_iter().collect(),
                ScopePart::Title if kind == BlockKind::Title => self.all_of(block),
                ScopePart::Text if !is_row => self.all_of(block),
                ScopePart::Cells if is_row => self.all_of(block),
                ScopePart::Table(name) if self.is_in_table(kind, name) => self.all_of(block),
                ScopePart::Section(_) | ScopePart::Part(_) if self.is_in_section(region, part) => self.all_of(block),
                _ => Vec::new(),
            };
            for span in found {
                if !stretches.iter().any(|stretch| stretch.contains(span)) {
                    stretches.retain(|stretch| !span.contains(*stretch));
                    stretches.push(span);
                }
            }
        }
        stretches.sort();
        stretches
    }

    fn is_in_table(&self, kind: BlockKind, name: &str) -> bool {
        let BlockKind::Row(table) = kind else { return false };
        self.bound.table(name).is_ok_and(|bound| bound.table == table)
    }

    fn is_in_section(&self, region: &Region, part: &ScopePart) -> bool {
        let Some(wanted) = self.section_of(part) else { return false };
        let mut section = region.section;
        while let Some(at) = section {
            if at == wanted {
                return true;
            }
            section = self.bound.document.sections[at].parent;
        }
        false
    }

    /// A whole block; a row's cells one by one.
    fn all_of(&self, block: usize) -> Vec<Span> {
        let block = &self.bound.document.blocks[block];
        if !matches!(block.kind, BlockKind::Row(_)) {
            return vec![block.span];
        }
        let text = block.span.of(&self.bound.document.text);
        let cells = text.split(['\t', '|']).map(|cell| Span::of_slice(text, cell.trim()).shift(block.span.start));
        cells.filter(|cell| !cell.is_empty()).collect()
    }
}

/// A paragraph with ， or 。 inside that is no signature, contact block, caption or list of attachments.
fn is_prose(text: &str) -> bool {
    let marked = text.contains(['，', '。', '；']) || (text.contains([',', ';']) && text.chars().nth(20).is_some());
    if !marked {
        return false;
    }
    if text.contains('。') {
        return true;
    }
    let listed = ["附件", "附：", "附表", "图", "注：", "来源："];
    let contact = ["联系电话", "邮政编码", "邮编", "联系人"];
    !contact.iter().any(|word| text.contains(word)) && !listed.iter().any(|word| text.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::is_prose;

    #[test]
    fn prose_is_told_from_what_stands_around_it() {
        assert!(is_prose("2024年，我局收到申请3件。"));
        for text in ["青禾县水利局", "2025年1月10日", "联系电话：0379-6543210，邮编：471000", "附件：1.报表，2.说明"]
        {
            assert!(!is_prose(text), "{text}");
        }
    }
}
