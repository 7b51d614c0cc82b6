//! `require`.

use super::param::PARAMETER;
use super::resolve::{Sought, at_least_one, tables_of};
use super::scope::section_names;
use crate::fault::Fault;
use crate::form::Form;
use crate::path::LabelPath;
use crate::rule::{Demand, Extra, Order, Require, Scope};
use crate::shape::KeyTie::SomeOf;
use crate::shape::Shape::{Either, OneOrMore, Text, Word};
use crate::shape::{Field, Map, words};
use crate::wire::{Cx, unknown};
use crate::yaml::Node;

/// What may be demanded.
const DEMANDS: [&str; 6] = ["sections", "parts", "tables", "rows", "cols", "text"];
const ORDERS: [(&str, Order); 2] = [("any", Order::Any), ("strict", Order::Strict)];
const EXTRAS: [(&str, Extra); 2] = [("allow", Extra::Allow), ("forbid", Extra::Forbid)];

/// The keys of a `require`.
pub(super) static REQUIRE: Map = Map::tied(
    &[
        Field::may("sections", OneOrMore(&Text), "部分的短名，或 form（表样的全部）", "sections"),
        Field::may("parts", OneOrMore(&Text), "方面的短名，或 form", "parts of sections"),
        Field::may("tables", OneOrMore(&Text), "表的短名，或 form", "tables"),
        Field::may("rows", OneOrMore(&Text), "行的标签路径，或 form", "rows"),
        Field::may("cols", OneOrMore(&Text), "列的标签路径，或 form", "columns"),
        Field::may("text", Text, "必须出现的文字（正则）", "a text that must be there"),
        Field::may(
            "order",
            Either(&[Word(|| words(&ORDERS)), PARAMETER]),
            "次序：any 不论，strict 必须一致",
            "whether the order counts",
        ),
        Field::may(
            "extra",
            Either(&[Word(|| words(&EXTRAS)), PARAMETER]),
            "多出的：allow 允许，forbid 不允许",
            "whether more is allowed",
        ),
        Field::may("except", OneOrMore(&Text), "不要求的、多出也不报告的", "not demanded"),
    ],
    &[SomeOf(&DEMANDS)],
);

/// Reads a `require`.
pub(super) fn require(cx: &mut Cx<'_>, node: &Node, scope: &Scope, forms: &[&Form]) -> Option<Require> {
    let fields = cx.fields(node, &REQUIRE)?;
    let demanded = DEMANDS.iter().filter(|key| fields.get(key).is_some()).count();
    if demanded == 0 {
        if fields.has_strangers() {
            return None;
        }
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
    let order = fields.get("order").and_then(|node| cx.word(node, ("顺序", "order"), &ORDERS)).unwrap_or_default();
    let extra = fields.get("extra").and_then(|node| cx.word(node, ("取值", "value"), &EXTRAS)).unwrap_or_default();
    let mut except_names = Vec::new();
    let mut except_paths = Vec::new();
    if let Some(node) = fields.get("except") {
        if rows.is_some() || cols.is_some() {
            except_paths = node.items().iter().filter_map(|item| cx.label_path(item)).collect();
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
    for item in node.items() {
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
    for item in node.items() {
        let Some(path) = cx.label_path(item) else { continue };
        let tables: Vec<_> = forms.iter().flat_map(|form| tables_of(form, &tables)).collect();
        if let Err(fault) = at_least_one(&path, sought, &tables) {
            cx.tell_in(item, fault);
        }
        paths.push(path);
    }
    Demand::These(paths)
}
