//! The labels of a form: titles and their variants, trees of row and column labels.

use crate::fault::Fault;
use crate::form::FormLabel;
use crate::shape::Shape::{self, Either, Named, OneOrMore, Pairs, Text};
use crate::wire::Cx;
use crate::yaml::{Kind, Node};
use gouji_core::label::fold;
use gouji_core::text::Span;
use std::collections::BTreeMap;

/// A list of labels, each a string or a map of a label to those below it.
pub(super) static LABELS: Shape = OneOrMore(&LABEL);
static LABEL: Shape = Either(&[Text, Pairs(&LOWER_LABELS)]);
static LOWER_LABELS: Shape = Named("labels", &LABELS);

/// Words as a label.
pub(super) fn label(text: &str) -> FormLabel {
    FormLabel { text: text.to_owned(), key: fold(text) }
}

/// Titles that are understood as one section or part each: a title of two could not be told.
#[derive(Default)]
pub(super) struct Titles {
    seen: BTreeMap<String, String>,
}

impl Titles {
    /// The labels of a list of titles; `name` is what they are titles of.
    pub(super) fn read(&mut self, cx: &mut Cx<'_>, node: Option<&Node>, name: &str) -> Vec<FormLabel> {
        let mut labels = Vec::new();
        for item in node.map(Node::items).unwrap_or_default() {
            let Some(text) = cx.text(item) else { continue };
            let label = label(text);
            let owner = self.seen.entry(label.key.clone()).or_insert_with(|| name.to_owned());
            if label.key.is_empty() {
                cx.tell(empty(item.span));
            } else if owner != name {
                cx.tell(Fault::new(
                    item.span,
                    format!("“{text}”已是“{owner}”的标题"),
                    format!("`{text}` is a title of `{owner}` already"),
                ));
            }
            labels.push(label);
        }
        labels
    }
}

/// The leaves of a tree of labels, each with the labels above it.
pub(super) fn leaves(cx: &mut Cx<'_>, node: &Node, above: &[FormLabel]) -> Vec<Vec<FormLabel>> {
    let mut found = Vec::new();
    walk(cx, node, above, &mut found);
    let mut seen = BTreeMap::new();
    for (path, span) in &found {
        let keys: Vec<&str> = path.iter().map(|label| label.key.as_str()).collect();
        if let Some(first) = seen.insert(keys, *span) {
            let words: Vec<&str> = path.iter().map(|label| label.text.as_str()).collect();
            let words = words.join(" > ");
            cx.tell(
                Fault::new(*span, format!("表样里已有“{words}”"), format!("the form has `{words}` already")).with_help(
                    format!("序号、括注、空格和全半角不算区别，前面写的是“{}”", first.of(cx.source)),
                    format!("numbers, notes, blanks and width make no difference from `{}` above", first.of(cx.source)),
                ),
            );
        }
    }
    found.into_iter().map(|(path, _)| path).collect()
}

fn walk(cx: &mut Cx<'_>, node: &Node, above: &[FormLabel], out: &mut Vec<(Vec<FormLabel>, Span)>) {
    for item in node.items() {
        let Kind::Map(pairs) = &item.kind else {
            let Some(text) = cx.text(item) else { continue };
            if text.trim().is_empty() {
                cx.tell(empty(item.span));
            }
            out.push(([above, &[label(text)]].concat(), item.span));
            continue;
        };
        for (key, below) in pairs {
            if below.items().is_empty() {
                let name = &key.name;
                cx.tell(
                    Fault::new(key.span, format!("“{name}”下面没有栏目"), format!("there is nothing below `{name}`"))
                        .with_help("没有下级的栏目，后面不写冒号", "a label without lower ones has no colon behind it"),
                );
            }
            walk(cx, below, &[above, &[label(&key.name)]].concat(), out);
        }
    }
}

fn empty(span: Span) -> Fault {
    Fault::new(span, "栏目名是空的", "a label is empty")
}
