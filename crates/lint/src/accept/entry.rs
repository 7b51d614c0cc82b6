//! Entries of `accept:` read from a configuration, every fault told at its place.

use super::{Acceptance, Anchor, Grounds, Quote};
use crate::config::{place, words};
use crate::fault::Fault;
use crate::own;
use crate::ruleset::is_code;
use crate::shape::Shape::{Map as Known, OneOrMore, Text};
use crate::shape::{DATE, Field, Map};
use crate::wire::{Cx, Fields};
use crate::yaml::Node;
use gouji_core::fold::Folded;
use gouji_core::label::{fold, fold_width};
use gouji_core::text::Span;
use std::sync::Arc;

/// The keys of an entry.
pub(crate) static ENTRY: Map = Map::of(&[
    Field::must("rule", Text, "规则编号", "the rule's code"),
    Field::must("at", Known(&ANCHOR), "接受哪一处", "where"),
    Field::must("reason", Text, "为什么接受", "why"),
    Field::may("by", Text, "谁核实的", "who looked"),
    Field::may("until", DATE, "到哪一天为止，如 2026-12-31", "the last day"),
    Field::may("files", OneOrMore(&Text), "只对哪些文件，写法同 .gitignore", "path patterns"),
]);

static ANCHOR: Map = Map::of(&[
    Field::may("text", Text, "引文：前文-,原文,-后文", "a quotation: before-,words,-after"),
    Field::may("section", Text, "部分的标题", "a section's title"),
    Field::may("table", Text, "表的名称", "a table's name"),
    Field::may("row", Text, "行的标签路径", "a row's label path"),
    Field::may("col", Text, "列的标签路径", "a column's label path"),
]);

/// The acceptances of a list; those with a fault are left out.
pub(crate) fn entries(cx: &mut Cx<'_>, node: &Node) -> Vec<Arc<Acceptance>> {
    node.items().iter().filter_map(|item| entry(cx, item).map(Arc::new)).collect()
}

fn entry(cx: &mut Cx<'_>, node: &Node) -> Option<Acceptance> {
    let n_before = cx.n_errors();
    let fields = cx.fields(node, &ENTRY)?;
    let rule = fields.need(cx, "rule").and_then(|node| Some((code(cx, node)?, place(cx, node.span))));
    let anchor = anchor(cx, fields);
    let reason = reason(cx, fields);
    let by = fields.text(cx, "by").map(str::to_owned);
    let until = fields.get("until").and_then(|node| cx.date(node));
    let files = fields.get("files").map(|node| words(cx, node)).unwrap_or_default();
    if let Some(node) = fields.get("files").filter(|_| files.is_empty()) {
        cx.tell(Fault::new(node.span, "没有写任何路径模式", "no path pattern is given"));
    }
    if cx.n_errors() > n_before {
        return None;
    }
    let (rule, place) = rule?;
    Some(Acceptance { rule, anchor: anchor?, grounds: Arc::new(Grounds { reason: reason?, by, until }), files, place })
}

fn code(cx: &mut Cx<'_>, node: &Node) -> Option<String> {
    let code = cx.text(node)?;
    if !is_code(code) {
        cx.tell(
            Fault::new(
                node.span,
                format!("“{code}”不是完整的规则编号"),
                format!("`{code}` is not the whole code of a rule"),
            )
            .with_help("一条说明只接受一条规则，例如 rule: GW301", "an entry accepts one rule, such as rule: GW301"),
        );
        return None;
    }
    if own::is_own(code) {
        let help = (format!("可在 rules 里写 {code}: off"), format!("`rules: {{{code}: off}}` turns it off"));
        let fault = Fault::new(node.span, format!("{code} 不能接受"), format!("{code} can not be accepted"));
        cx.tell(fault.with_help(help.0, help.1));
        return None;
    }
    Some(code.to_owned())
}

fn reason(cx: &mut Cx<'_>, fields: Fields<'_>) -> Option<String> {
    let reason = fields.need_text(cx, "reason")?.trim();
    if reason.is_empty() {
        let span = fields.get("reason").map_or(fields.span, |node| node.span);
        cx.tell(Fault::new(span, "原因不能是空的", "the reason is empty"));
        return None;
    }
    Some(reason.to_owned())
}

fn anchor(cx: &mut Cx<'_>, fields: Fields<'_>) -> Option<Anchor> {
    let help = (
        "写 at: {text: \"前文-,原文,-后文\"}，或用 section、table、row、col 指明一处",
        "write at: {text: \"before-,words,-after\"}, or name a place by section, table, row, col",
    );
    let Some(node) = fields.get("at") else {
        let fault = Fault::new(fields.first(), "缺少键“at”：要指明接受哪一处", "key `at` is missing: name the place");
        cx.tell(fault.with_help(help.0, help.1));
        return None;
    };
    let at = cx.fields(node, &ANCHOR)?;
    if at.pairs.is_empty() {
        cx.tell(Fault::new(node.span, "“at”没有指明任何一处", "`at` names no place").with_help(help.0, help.1));
        return None;
    }
    Some(Anchor {
        text: at.get("text").and_then(|node| quote(cx, node)),
        section: label(cx, at.get("section"), fold),
        table: label(cx, at.get("table"), fold_width),
        row: at.get("row").and_then(|node| cx.label_path(node)),
        col: at.get("col").and_then(|node| cx.label_path(node)),
    })
}

/// A name, folded; an empty one would hold nowhere, and is told.
fn label(cx: &mut Cx<'_>, node: Option<&Node>, fold: impl Fn(&str) -> String) -> Option<String> {
    let node = node?;
    let folded = fold(cx.text(node)?);
    if folded.is_empty() {
        cx.tell(Fault::new(node.span, "这里要一个名称", "a name is needed here"));
        return None;
    }
    Some(folded)
}

/// `前文-,原文,-后文`; what stands before and behind may be left out.
fn quote(cx: &mut Cx<'_>, node: &Node) -> Option<Quote> {
    let source = cx.text(node)?;
    let (before, rest) = source.split_once("-,").map_or((None, source), |(before, rest)| (Some(before), rest));
    let (text, after) = rest.rsplit_once(",-").map_or((rest, None), |(text, after)| (text, Some(after)));
    // Between words on both sides blanks, or nothing, are a place, too.
    let words = (before.is_none() || after.is_none()).then_some(text);
    let empty = [before, words, after].into_iter().flatten().find(|part| folded(part).is_empty());
    if let Some(empty) = empty {
        let fault = Fault::new(Span::of_slice(source, empty), "引文有一段是空的", "a part of the quotation is empty");
        cx.tell_in(node, fault.with_help("写成 前文-,原文,-后文", "write before-,words,-after"));
        return None;
    }
    let part = |part: Option<&str>| part.map(folded).unwrap_or_default();
    Some(Quote { before: part(before), text: folded(text), after: part(after) })
}

fn folded(text: &str) -> String {
    Folded::new(text, 0).text
}
