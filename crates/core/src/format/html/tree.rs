//! The elements of a page as browsers nest them: end tags that are missing are supplied, those too many ignored.
//!
//! Nodes stand in the order of the file, each knowing where its content ends, so nothing here or after it recurses.

use super::tags;
use crate::text::Span;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span as GumSpan, Tokenizer};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::ops::Range;

/// Elements inside one another; deeper ones are read as if they stood beside one another, as browsers do.
const MAX_DEPTH: usize = 512;
/// What an end tag inside a cell does not reach out of.
const CELL_WALLS: [&str; 4] = ["table", "td", "th", "caption"];

/// A page.
#[derive(Debug)]
pub(super) struct Tree<'a> {
    pub(super) raw: &'a str,
    pub(super) nodes: Vec<Node>,
    attributes: Vec<Attribute>,
}

/// An element, a text, a comment.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) kind: NodeKind,
    pub(super) parent: usize,
    /// One past the last node inside it.
    pub(super) end: usize,
    /// The start tag, the text, the comment; in the file.
    pub(super) span: Span,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NodeKind {
    Element {
        /// Its name, where it means something here.
        tag: &'static str,
        /// Its name as written.
        name: Span,
        attributes: Range<usize>,
    },
    Text,
    Comment,
}

/// An attribute: name and value as written.
#[derive(Debug)]
struct Attribute {
    name: Span,
    value: Span,
}

impl<'a> Tree<'a> {
    /// Reads a page.
    pub(super) fn new(raw: &'a str) -> Self {
        let mut builder = Builder::new(raw);
        let mut emitter =
            CallbackEmitter::new(|event: CallbackEvent<'_>, span: GumSpan<usize>| -> Option<Infallible> {
                builder.event(&event, span.start.min(raw.len())..span.end.min(raw.len()));
                None
            });
        // Without it what is inside script and style would be taken for tags.
        emitter.naively_switch_states(true);
        let Ok(()) = Tokenizer::new_with_emitter(raw, emitter).finish();
        builder.finish()
    }

    /// The name of an element that means something here; empty for all other nodes.
    pub(super) fn tag(&self, at: usize) -> &'static str {
        match self.nodes[at].kind {
            NodeKind::Element { tag, .. } => tag,
            NodeKind::Text | NodeKind::Comment => "",
        }
    }

    /// An element's name as written; empty for all other nodes.
    pub(super) fn name(&self, at: usize) -> &'a str {
        match self.nodes[at].kind {
            NodeKind::Element { name, .. } => name.of(self.raw),
            NodeKind::Text | NodeKind::Comment => "",
        }
    }

    /// The value of an attribute as written; empty where it has none.
    pub(super) fn attribute(&self, at: usize, name: &str) -> Option<&'a str> {
        let NodeKind::Element { attributes, .. } = &self.nodes[at].kind else { return None };
        let own = &self.attributes[attributes.clone()];
        let found = own.iter().find(|attribute| attribute.name.of(self.raw).eq_ignore_ascii_case(name))?;
        Some(found.value.of(self.raw))
    }

    /// The nodes inside a node, itself not among them.
    pub(super) fn inside(&self, at: usize) -> Range<usize> {
        at + 1..self.nodes[at].end
    }

    /// The node around a node, the one around that, up to the page.
    pub(super) fn ancestors(&self, at: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(at), |&at| (at > 0).then(|| self.nodes[at].parent)).skip(1)
    }
}

/// The page under way.
struct Builder<'a> {
    tree: Tree<'a>,
    /// The open elements, outermost first; the page itself is always open.
    open: Vec<usize>,
    /// The start tag under way: where it starts, its name, its first attribute.
    tag: Option<(usize, Span, usize)>,
    /// How many elements of each name are open: what is not need not be looked for.
    n_open: BTreeMap<&'static str, usize>,
}

impl<'a> Builder<'a> {
    fn new(raw: &'a str) -> Self {
        let kind = NodeKind::Element { tag: "", name: Span::empty(0), attributes: 0..0 };
        let page = Node { kind, parent: 0, end: 0, span: Span::empty(0) };
        Self {
            tree: Tree { raw, nodes: vec![page], attributes: Vec::new() },
            open: vec![0],
            tag: None,
            n_open: BTreeMap::new(),
        }
    }

    fn finish(mut self) -> Tree<'a> {
        self.close_from(0);
        self.tree
    }

    fn event(&mut self, event: &CallbackEvent<'_>, at: Range<usize>) {
        match *event {
            CallbackEvent::OpenStartTag { name } => {
                let start = at.start + 1;
                let name = Span::new(start, start + name.len()).on_characters(self.tree.raw);
                self.tag = Some((at.start, name, self.tree.attributes.len()));
            }
            CallbackEvent::AttributeName { .. } if self.tag.is_some() => {
                let name = Span::from(at).on_characters(self.tree.raw);
                self.tree.attributes.push(Attribute { name, value: Span::empty(name.end) });
            }
            CallbackEvent::AttributeValue { .. } if self.tag.is_some() => {
                let value = Span::from(at).on_characters(self.tree.raw);
                if let Some(attribute) = self.tree.attributes.last_mut() {
                    attribute.value = value;
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                if let Some((start, name, attributes)) = self.tag.take() {
                    let kind = NodeKind::Element {
                        tag: tags::known(name.of(self.tree.raw).as_bytes()),
                        name,
                        attributes: attributes..self.tree.attributes.len(),
                    };
                    let span = Span::new(start, at.end.max(start)).on_characters(self.tree.raw);
                    self.start(kind, span);
                    // In a drawing a tag may close itself.
                    if self_closing && (self.is_open("svg") || self.is_open("math")) {
                        self.end(name.of(self.tree.raw));
                    }
                }
            }
            CallbackEvent::EndTag { .. } => {
                let written = &self.tree.raw.as_bytes()[at];
                let name = written.strip_prefix(b"</").unwrap_or(written);
                let len = name.iter().take_while(|byte| !byte.is_ascii_whitespace() && !b"/>".contains(byte)).count();
                if let Ok(name) = std::str::from_utf8(&name[..len]) {
                    self.end(name);
                }
            }
            CallbackEvent::String { .. } => {
                self.leave_head_for("");
                self.leaf(NodeKind::Text, at);
            }
            CallbackEvent::Comment { .. } => self.leaf(NodeKind::Comment, at),
            _ => {}
        }
    }

    fn leaf(&mut self, kind: NodeKind, at: Range<usize>) {
        let span = Span::from(at).on_characters(self.tree.raw);
        let end = self.tree.nodes.len() + 1;
        self.tree.nodes.push(Node { kind, parent: self.current(), end, span });
    }

    fn current(&self) -> usize {
        self.open.last().copied().unwrap_or(0)
    }

    fn start(&mut self, kind: NodeKind, span: Span) {
        let NodeKind::Element { tag, .. } = kind else { return };
        if matches!(tag, "html" | "body") && self.find(&[tag], &[]).is_some() {
            return;
        }
        self.leave_head_for(tag);
        self.supply_ends_before(tag);
        if matches!(tag, "td" | "th") && matches!(self.tree.tag(self.current()), "table" | "tbody" | "thead" | "tfoot")
        {
            let row = NodeKind::Element { tag: "tr", name: Span::empty(span.start), attributes: 0..0 };
            self.push(row, Span::empty(span.start));
        }
        self.push(kind, span);
        if tags::is_void(tag) {
            self.close_from(self.open.len() - 1);
        }
    }

    fn push(&mut self, kind: NodeKind, span: Span) {
        let node = self.tree.nodes.len();
        self.tree.nodes.push(Node { kind, parent: self.current(), end: node + 1, span });
        if self.open.len() >= MAX_DEPTH {
            self.close_from(self.open.len() - 1);
        }
        *self.n_open.entry(self.tree.tag(node)).or_default() += 1;
        self.open.push(node);
    }

    /// Supplies the end tags that a start tag tells are missing.
    fn supply_ends_before(&mut self, tag: &str) {
        match tag {
            "td" | "th" => self.close(&["td", "th"], &["table", "tr"]),
            "tr" => self.close(&["tr"], &["table"]),
            "tbody" | "thead" | "tfoot" => {
                self.close(&["tr"], &["table"]);
                self.close(&["tbody", "thead", "tfoot", "caption", "colgroup"], &["table"]);
            }
            "caption" | "colgroup" => self.close(&["caption", "colgroup"], &["table"]),
            "option" | "optgroup" => self.close(&["option"], &["select", "table", "td", "th"]),
            _ => {}
        }
        if tags::ends_paragraph(tag) {
            self.close(&["p"], &["table", "td", "th", "caption", "button", "object"]);
        }
        match tag {
            "li" => self.close(&["li"], &["ul", "ol", "menu", "dir", "table", "td", "th"]),
            "dd" | "dt" => self.close(&["dd", "dt"], &["dl", "table", "td", "th"]),
            // A table beside the cells of another ends it.
            "table" if matches!(self.tree.tag(self.current()), "table" | "tbody" | "thead" | "tfoot" | "tr") => {
                self.close(&["table"], &[]);
            }
            _ if tags::heading(tag).is_some() && tags::heading(self.tree.tag(self.current())).is_some() => {
                self.close_from(self.open.len() - 1);
            }
            _ => {}
        }
    }

    /// What does not stand in the head of a page ends it.
    fn leave_head_for(&mut self, tag: &str) {
        let in_head = self.tree.tag(self.current()) == "head";
        if in_head && !tag.is_empty() && !tags::is_of_head(tag) {
            self.close(&["head"], &[]);
        }
    }

    fn end(&mut self, name: &str) {
        let tag = tags::known(name.as_bytes());
        match tag {
            "html" | "body" => {}
            "br" => self.push_alone("br"),
            "p" if self.find(&["p"], &CELL_WALLS).is_none() => self.push_alone("p"),
            "table" => self.close(&["table"], &[]),
            "tr" | "tbody" | "thead" | "tfoot" | "td" | "th" | "caption" => self.close(&[tag], &["table"]),
            "" => {
                let raw = self.tree.raw;
                let nearest = self.open.iter().rposition(|&at| {
                    let tag = self.tree.tag(at);
                    tags::is_block(tag) || self.tree.name(at).eq_ignore_ascii_case(name)
                });
                let is_own = |at: usize| match &self.tree.nodes[at].kind {
                    NodeKind::Element { name: own, .. } => own.of(raw).eq_ignore_ascii_case(name),
                    _ => false,
                };
                if let Some(at) = nearest.filter(|&at| at > 0 && is_own(self.open[at])) {
                    self.close_from(at);
                }
            }
            _ if tags::heading(tag).is_some() => self.close(&["h1", "h2", "h3", "h4", "h5", "h6"], &CELL_WALLS),
            _ if tags::is_block(tag) => self.close(&[tag], &CELL_WALLS),
            _ => {
                // A mark of a stretch of text, such as span: it does not reach out of its paragraph.
                let nearest = self.open.iter().rposition(|&at| {
                    let own = self.tree.tag(at);
                    own == tag || tags::is_block(own)
                });
                if let Some(at) = nearest.filter(|&at| self.tree.tag(self.open[at]) == tag) {
                    self.close_from(at);
                }
            }
        }
    }

    /// An element that is nothing but its end tag.
    fn push_alone(&mut self, tag: &'static str) {
        let at = self.tree.nodes.last().map_or(0, |node| node.span.end);
        self.push(NodeKind::Element { tag, name: Span::empty(at), attributes: 0..0 }, Span::empty(at));
        self.close_from(self.open.len() - 1);
    }

    /// Where the innermost open element with one of these names is among the open ones, none beyond a wall.
    fn find(&self, names: &[&str], walls: &[&str]) -> Option<usize> {
        if !names.iter().any(|name| self.is_open(name)) {
            return None;
        }
        let nearest = self.open.iter().rposition(|&at| {
            let tag = self.tree.tag(at);
            names.contains(&tag) || walls.contains(&tag)
        })?;
        names.contains(&self.tree.tag(self.open[nearest])).then_some(nearest)
    }

    fn is_open(&self, tag: &str) -> bool {
        self.n_open.get(tag).is_some_and(|&n| n > 0)
    }

    fn close(&mut self, names: &[&str], walls: &[&str]) {
        if let Some(at) = self.find(names, walls) {
            self.close_from(at);
        }
    }

    /// Closes the open elements from this one on.
    fn close_from(&mut self, first: usize) {
        let end = self.tree.nodes.len();
        for at in self.open.drain(first..) {
            if let Some(n) = self.n_open.get_mut(self.tree.tag(at)) {
                *n = n.saturating_sub(1);
            }
            self.tree.nodes[at].end = end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tree in one line: names with what is inside them in brackets.
    fn told(raw: &str) -> String {
        let tree = Tree::new(raw);
        let mut out = String::new();
        let mut open: Vec<usize> = Vec::new();
        for at in 1..tree.nodes.len() {
            while let Some(&last) = open.last()
                && tree.nodes[last].end <= at
            {
                out.push(')');
                open.pop();
            }
            match &tree.nodes[at].kind {
                NodeKind::Element { .. } => {
                    out.push_str(&format!(" {}(", tree.tag(at)));
                    open.push(at);
                }
                _ => out.push_str(tree.nodes[at].span.of(raw)),
            }
        }
        out + &")".repeat(open.len())
    }

    #[test]
    fn missing_ends_are_supplied_and_stray_ones_ignored() {
        for (raw, tree) in [
            ("<p>甲<p>乙<div>丙</div>", " p(甲) p(乙) div(丙)"),
            ("<ul><li>甲<li>乙<ul><li>丙</ul></ul>", " ul( li(甲) li(乙 ul( li(丙))))"),
            ("<TABLE><TR><TD>甲<TD>乙<TR><TD>丙</TABLE>丁", " table( tr( td(甲) td(乙)) tr( td(丙)))丁"),
            ("<table><td>甲</div></p>乙</table>", " table( tr( td(甲 p()乙)))"),
            ("<div><table><tr><td></div>甲</td></tr></table>乙</div>", " div( table( tr( td(甲)))乙)"),
            ("甲<br>乙</br>丙</span>丁", "甲 br()乙 br()丙丁"),
            ("<head><title><b>甲</b></title><div>乙", " head( title(<b>甲</b>)) div(乙"),
            ("<script>if (a<b) '<td>'</script>甲", " script(if (a<b) '<td>')甲"),
            ("<h2>甲<h3>乙</h2>丙", " h2(甲) h3(乙)丙"),
            ("<o:p>甲<o:p>乙</o:p></o:p>丙", " (甲 (乙))丙"),
        ] {
            let told = told(raw);
            assert_eq!(told.trim_end_matches(')'), tree.trim_end_matches(')'), "{raw}");
        }
    }
}
