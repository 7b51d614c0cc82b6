//! `require`.

use super::resolve::{Sought, at_least_one, tables_of};
use super::scope::section_names;
use crate::fault::Fault;
use crate::form::Form;
use crate::path::LabelPath;
use crate::rule::{Demand, Extra, Order, Require, Scope};
use crate::wire::{Cx, unknown};
use crate::yaml::Node;

const KEYS: [&str; 9] = ["sections", "parts", "tables", "rows", "cols", "text", "order", "extra", "except"];

/// Reads a `require`.
pub(super) fn require(cx: &mut Cx<'_>, node: &Node, scope: &Scope, forms: &[&Form]) -> Option<Require> {
    let fields = cx.fields(node, &KEYS)?;
    let demanded = KEYS[..6].iter().filter(|key| fields.get(key).is_some()).count();
    if demanded == 0 {
        cx.tell(
            Fault::new(fields.first(), "require 没有写要求什么", "the `require` demands nothing")
                .with_help("可用：sections parts tables rows cols text", "known: sections parts tables rows cols text"),
        );
        return None;
    }
    let section_like = section_names(forms);
    let tables: Vec<&str> = forms.iter().flat_map(|form| form.tables.iter().map(|table| table.name.as_str())).collect();
    let sections = fields.get("sections").map(|node| names(cx, node, ("部分", "section"), &section_like));
    let parts = fields.get("parts").map(|node| names(cx, node, ("方面", "part"), &section_like));
    let wanted_tables = fields.get("tables").map(|node| names(cx, node, ("表", "table"), &tables));
    let rows = fields.get("rows").map(|node| paths(cx, node, Sought::Rows, scope, forms));
    let cols = fields.get("cols").map(|node| paths(cx, node, Sought::Columns, scope, forms));
    let text = fields.get("text").and_then(|node| cx.pattern(node));
    let orders = [("any", Order::Any), ("strict", Order::Strict)];
    let order = fields.get("order").and_then(|node| cx.word(node, ("顺序", "order"), &orders)).unwrap_or_default();
    let extras = [("allow", Extra::Allow), ("forbid", Extra::Forbid)];
    let extra = fields.get("extra").and_then(|node| cx.word(node, ("取值", "value"), &extras)).unwrap_or_default();
    let mut except_names = Vec::new();
    let mut except_paths = Vec::new();
    if let Some(node) = fields.get("except") {
        if rows.is_some() || cols.is_some() {
            except_paths = cx.list(node).into_iter().filter_map(|item| cx.label_path(item)).collect();
        } else {
            except_names = cx.texts(node);
        }
    }
    Some(Require { sections, parts, tables: wanted_tables, rows, cols, text, order, extra, except_names, except_paths })
}

/// `form` or short names.
fn names(cx: &mut Cx<'_>, node: &Node, what: (&str, &str), known: &[&str]) -> Demand<String> {
    if node.scalar().is_some_and(|scalar| scalar.value == "form") {
        return Demand::Form;
    }
    let mut names = Vec::new();
    for item in cx.list(node) {
        let Some(name) = cx.text(item) else { continue };
        if !known.contains(&name) && !known.is_empty() {
            cx.tell(unknown(item.span, what, name, known.iter().copied()));
        }
        names.push(name.to_owned());
    }
    Demand::These(names)
}

/// `form` or label paths, each of which some form knows.
fn paths(cx: &mut Cx<'_>, node: &Node, sought: Sought, scope: &Scope, forms: &[&Form]) -> Demand<LabelPath> {
    if node.scalar().is_some_and(|scalar| scalar.value == "form") {
        return Demand::Form;
    }
    let tables: Vec<&str> = scope.tables().collect();
    let mut paths = Vec::new();
    for item in cx.list(node) {
        let Some(path) = cx.label_path(item) else { continue };
        let tables: Vec<_> = forms.iter().flat_map(|form| tables_of(form, &tables)).collect();
        if let Err(fault) = at_least_one(&path, sought, &tables) {
            cx.tell_in(item, fault);
        }
        paths.push(path);
    }
    Demand::These(paths)
}
