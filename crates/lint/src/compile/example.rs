//! `tests`: a rule's own examples.

use crate::form::Form;
use crate::rule::{Example, Given, Tests};
use crate::wire::{Cx, unknown};
use crate::yaml::{Kind, Node};

const KEYS: [&str; 8] = ["text", "given", "title", "count", "at", "message", "fixed", "participants"];

/// Reads a `tests`.
pub(super) fn tests(cx: &mut Cx<'_>, node: &Node, forms: &[Form]) -> Tests {
    let Some(fields) = cx.fields(node, &["ok", "bad"]) else { return Tests::default() };
    let mut read = |name| fields.get(name).map(|node| examples(cx, node, forms)).unwrap_or_default();
    Tests { ok: read("ok"), bad: read("bad") }
}

fn examples(cx: &mut Cx<'_>, node: &Node, forms: &[Form]) -> Vec<Example> {
    if let Kind::Map(pairs) = &node.kind
        && !pairs.iter().any(|(key, _)| key.name == "text")
    {
        let pairs = cx.pairs(node).unwrap_or_default();
        return pairs
            .iter()
            .map(|(key, value)| Example {
                text: key.name.clone(),
                fixed: if value.is_null() { None } else { cx.text(value).map(str::to_owned) },
                span: key.span,
                ..Example::default()
            })
            .collect();
    }
    let items = cx.list(node);
    items.into_iter().filter_map(|item| example(cx, item, forms)).collect()
}

fn example(cx: &mut Cx<'_>, node: &Node, forms: &[Form]) -> Option<Example> {
    if node.scalar().is_some() {
        let text = cx.text(node)?.to_owned();
        return Some(Example { text, span: node.span, ..Example::default() });
    }
    let fields = cx.fields(node, &KEYS)?;
    let text = fields.need_text(cx, "text")?.to_owned();
    let given = fields.get("given").map(|node| given(cx, node, forms)).unwrap_or_default();
    let mut own = |name| fields.text(cx, name).map(str::to_owned);
    let (title, at, message, fixed) = (own("title"), own("at"), own("message"), own("fixed"));
    let count = fields.get("count").and_then(|node| cx.integer(node));
    let participants = fields.get("participants").and_then(|node| cx.integer(node));
    Some(Example { text, given, title, count, at, message, fixed, participants, span: node.span })
}

fn given(cx: &mut Cx<'_>, node: &Node, forms: &[Form]) -> Given {
    let Some(fields) = cx.fields(node, &["year", "organ", "form"]) else { return Given::default() };
    let year = fields.get("year").and_then(|node| cx.integer(node));
    let organ = fields.text(cx, "organ").map(str::to_owned);
    let form = fields.text(cx, "form").map(str::to_owned);
    if let (Some(id), Some(node)) = (&form, fields.get("form"))
        && !forms.iter().any(|form| *form.id == **id)
    {
        cx.tell(unknown(node.span, ("表样", "form"), id, forms.iter().map(|form| &*form.id)));
    }
    Given { year, organ, form }
}
