//! Form files to forms.

use super::figure::{FIGURE, figure};
use super::keys::BASIS;
use super::labels::{LABELS, Titles, label, leaves};
use super::rule::basis;
use crate::fault::Fault;
use crate::form::{Form, FormBand, FormLabel, FormPart, FormSection, FormTable, ValueKind};
use crate::rule::SCOPE_WORDS;
use crate::ruleset::Bilingual;
use crate::shape::Shape::{Either, Integer, Map as Known, Named, OneOrMore, Text, Word};
use crate::shape::{Field, Map, Shape, words};
use crate::wire::{Cx, Fields, unknown};
use crate::yaml::Node;
use gouji_core::text::Span;
use std::collections::BTreeSet;
use std::sync::Arc;

const VALUES: [(&str, ValueKind); 2] = [("count", ValueKind::Count), ("money", ValueKind::Money)];

/// The keys of a form.
pub(crate) static FORM: Map = Map::of(&[
    Field::must("form", Text, "编号，如 annual-report-2021", "id"),
    Field::must("kind", Text, "种类，规则包的 form 和规则的 when 用它", "kind"),
    Field::must("name", NAME, "名称", "name"),
    Field::may("basis", Known(&BASIS), "依据", "basis"),
    Field::may("years", Known(&YEARS), "用于哪些年度的报告", "the years whose reports need it"),
    Field::may("title", Known(&TITLE), "大标题", "title"),
    Field::may("organ_kinds", OneOrMore(&Known(&ORGAN_KIND)), "机关的种类，依次试", "kinds of organs"),
    Field::may("superseded", OneOrMore(&Text), "旧表样的栏目名", "labels of an earlier form"),
    Field::may("sections", OneOrMore(&Known(&SECTION)), "各部分", "sections"),
    Field::may("tables", OneOrMore(&Known(&TABLE)), "各表", "tables"),
    Field::may("figures", OneOrMore(&Known(&FIGURE)), "主要数字：汇总表的各列", "the columns of a rollup's table"),
]);

pub(super) const NAME: Shape = Either(&[Text, Known(&BOTH)]);

static BOTH: Map = Map::of(&[Field::must("zh", Text, "中文", "Chinese"), Field::may("en", Text, "英文", "English")]);

static YEARS: Map = Map::of(&[
    Field::may("from", Integer, "起于哪一年", "first year"),
    Field::may("to", Integer, "止于哪一年；不写则至今有效", "last year"),
]);

static TITLE: Map = Map::of(&[
    Field::may("right", Text, "正确标题的模板，可用 <organ> <year>", "template of a right title"),
    Field::may("patterns", OneOrMore(&Text), "依次试的正则，可捕获 organ、year", "patterns tried in order"),
]);

static ORGAN_KIND: Map = Map::of(&[
    Field::must("kind", Text, "种类", "kind"),
    Field::must("pattern", Text, "机关名称的正则", "pattern on its name"),
]);

static SECTION: Map = Map::of(&[
    Field::must("name", Text, "短名，规则的 in 用它", "short name"),
    Field::must("title", Text, "正式的标题", "official title"),
    Field::may("variants", OneOrMore(&Text), "也认得的其他标题", "other titles"),
    Field::may("parts", OneOrMore(&Known(&PART)), "各方面", "parts"),
]);

static PART: Map = Map::of(&[
    Field::must("name", Text, "短名，规则的 in 用它", "short name"),
    Field::must("title", Text, "正式的标题", "official title"),
    Field::may("variants", OneOrMore(&Text), "也认得的其他标题", "other titles"),
]);

static TABLE: Map = Map::of(&[
    Field::must("name", Text, "短名，规则的 in 用它", "short name"),
    Field::may("section", Text, "在哪一部分", "its section"),
    Field::must("bands", OneOrMore(&Known(&BAND)), "各段：一个表头和它下面的行", "bands"),
]);

static BAND: Map = Map::of(&[
    Field::may("label", Text, "列标签之上的一行", "the header row above the column labels"),
    Field::may("corner", Text, "行标签那一列的表头", "the header of the label column"),
    Field::may("value", Word(|| words(&VALUES)), "值的种类：count 件数，money 金额", "kind of value"),
    Field::must("columns", Named("labels", &LABELS), "各列：标签，或“标签: [下级]”", "columns"),
    Field::may("rows", Named("labels", &LABELS), "各行：标签，或“标签: [下级]”", "rows"),
]);

/// Reads a form file.
pub(crate) fn form(cx: &mut Cx<'_>, root: &Node) -> Option<Form> {
    let fields = cx.fields(root, &FORM)?;
    let id = fields.need_text(cx, "form");
    let kind = fields.need_text(cx, "kind");
    let name = fields.need(cx, "name").and_then(|node| bilingual(cx, node));
    let basis = fields.get("basis").and_then(|node| basis(cx, node));
    let (mut from, mut to) = (None, None);
    if let Some(years) = fields.get("years").and_then(|node| cx.fields(node, &YEARS)) {
        from = years.get("from").and_then(|node| cx.integer(node));
        to = years.get("to").and_then(|node| cx.integer(node));
        if let (Some(first), Some(last), Some(node)) = (from, to, years.get("to")) {
            check_years(cx, node.span, first, last);
        }
    }
    let (mut title, mut titles) = (None, Vec::new());
    if let Some(own) = fields.get("title").and_then(|node| cx.fields(node, &TITLE)) {
        title = own.get("right").and_then(|node| {
            let template = cx.template(node)?;
            check_title_names(cx, node, template.slots().map(|slot| slot.name.as_str()));
            Some(template)
        });
        for node in own.get("patterns").map(Node::items).unwrap_or_default() {
            let Some(pattern) = cx.pattern(node) else { continue };
            check_title_names(cx, node, pattern.names().iter().map(String::as_str));
            titles.push(pattern);
        }
    }
    let mut organ_kinds = Vec::new();
    for item in fields.get("organ_kinds").map(Node::items).unwrap_or_default() {
        let Some(own) = cx.fields(item, &ORGAN_KIND) else { continue };
        let kind = own.need_text(cx, "kind");
        let pattern = own.need(cx, "pattern").and_then(|node| cx.pattern(node));
        if let (Some(kind), Some(pattern)) = (kind, pattern) {
            organ_kinds.push((kind.to_owned(), pattern));
        }
    }
    let superseded = fields.texts(cx, "superseded").iter().map(|text| label(text)).collect();
    let sections = fields.get("sections").map(Node::items).unwrap_or_default();
    let mut section_titles = Titles::default();
    let sections: Vec<FormSection> =
        sections.iter().filter_map(|node| section(cx, node, &mut section_titles)).collect();
    let tables = fields.get("tables").map(Node::items).unwrap_or_default();
    let tables: Vec<FormTable> = tables.iter().filter_map(|node| table(cx, node, &sections)).collect();
    let figures = fields.get("figures").map(Node::items).unwrap_or_default();
    let figures = figures.iter().filter_map(|node| figure(cx, node, &tables)).collect();
    names(cx, fields);
    Some(Form {
        id: Arc::from(id?),
        kind: kind?.to_owned(),
        name: name?,
        basis,
        from,
        to,
        title,
        titles,
        organ_kinds,
        superseded,
        sections,
        tables,
        figures,
    })
}

fn check_years(cx: &mut Cx<'_>, span: Span, first: i32, last: i32) {
    if last < first {
        cx.tell(Fault::new(
            span,
            format!("止于 {last} 年，早于起始的 {first} 年"),
            format!("the last year {last} is before the first, {first}"),
        ));
    }
}

/// `{zh, en}`, or the Chinese alone.
pub(super) fn bilingual(cx: &mut Cx<'_>, node: &Node) -> Option<Bilingual> {
    if let Some(scalar) = node.scalar() {
        return Some(Bilingual { zh: scalar.value.clone(), en: String::new() });
    }
    let fields = cx.fields(node, &BOTH)?;
    let zh = fields.need_text(cx, "zh")?.to_owned();
    let en = fields.text(cx, "en").unwrap_or_default().to_owned();
    Some(Bilingual { zh, en })
}

fn section(cx: &mut Cx<'_>, node: &Node, titles: &mut Titles) -> Option<FormSection> {
    let fields = cx.fields(node, &SECTION)?;
    let own = titled(cx, fields, titles);
    let mut parts = Vec::new();
    let mut titles_of_parts = Titles::default();
    for item in fields.get("parts").map(Node::items).unwrap_or_default() {
        let Some(own) = cx.fields(item, &PART) else { continue };
        if let Some((name, title, variants)) = titled(cx, own, &mut titles_of_parts) {
            parts.push(FormPart { name, title, variants });
        }
    }
    let (name, title, variants) = own?;
    Some(FormSection { name, title, variants, parts })
}

/// Short name, official title and other titles.
fn titled(cx: &mut Cx<'_>, fields: Fields<'_>, titles: &mut Titles) -> Option<(String, FormLabel, Vec<FormLabel>)> {
    let name = fields.need_text(cx, "name");
    let title = fields.need(cx, "title");
    let name = name?.to_owned();
    let title = titles.read(cx, title, &name).into_iter().next();
    let variants = titles.read(cx, fields.get("variants"), &name);
    Some((name, title?, variants))
}

fn table(cx: &mut Cx<'_>, node: &Node, sections: &[FormSection]) -> Option<FormTable> {
    let fields = cx.fields(node, &TABLE)?;
    let name = fields.need_text(cx, "name");
    let mut section = None;
    if let Some(node) = fields.get("section") {
        let words = cx.text(node)?;
        section = sections.iter().position(|own| own.name == words);
        if section.is_none() {
            let known = sections.iter().map(|own| own.name.as_str());
            cx.tell(unknown(node.span, ("部分", "section"), words, known));
        }
    }
    let n_errors = cx.n_errors();
    let bands = fields.need(cx, "bands")?;
    let bands: Vec<FormBand> = bands.items().iter().filter_map(|node| band(cx, node)).collect();
    if bands.is_empty() && cx.n_errors() == n_errors {
        let span = fields.key_span("bands");
        cx.tell(Fault::new(span, "表至少要有一段（bands）", "a table needs at least one band"));
    }
    Some(FormTable { name: name?.to_owned(), section, keys: FormTable::keys_of(&bands), bands })
}

fn band(cx: &mut Cx<'_>, node: &Node) -> Option<FormBand> {
    let fields = cx.fields(node, &BAND)?;
    let own = fields.text(cx, "label").map(label);
    let corner = fields.text(cx, "corner").map(label);
    let value =
        fields.get("value").and_then(|node| cx.word(node, ("值的种类", "value kind"), &VALUES)).unwrap_or_default();
    let root: Vec<FormLabel> = own.iter().cloned().collect();
    let n_errors = cx.n_errors();
    let written = fields.need(cx, "columns")?;
    let columns = leaves(cx, written, &root);
    if columns.is_empty() && cx.n_errors() == n_errors {
        let span = fields.key_span("columns");
        cx.tell(Fault::new(span, "一段至少要有一列", "a band needs at least one column"));
    }
    let rows = fields.get("rows").map(|node| leaves(cx, node, &[])).unwrap_or_default();
    Some(FormBand { label: own, corner, value, columns, rows })
}

/// The short names of sections, parts and tables stand in one `in`: no two are the same.
fn names(cx: &mut Cx<'_>, fields: Fields<'_>) {
    let mut named: Vec<&Node> = fields.get("sections").map(Node::items).unwrap_or_default().iter().collect();
    for section in named.clone() {
        named.extend(section.get("parts").map(Node::items).unwrap_or_default());
    }
    named.extend(fields.get("tables").map(Node::items).unwrap_or_default());
    named.sort_by_key(|node| node.span);
    let mut seen = BTreeSet::new();
    for node in named {
        let Some(node) = node.get("name") else { continue };
        let Some(scalar) = node.scalar() else { continue };
        let name = scalar.value.as_str();
        let [zh, en] = if SCOPE_WORDS.iter().any(|(word, _)| *word == name) {
            ["在 in 里另有所指", "means something else in `in`"]
        } else if !seen.insert(name) {
            ["已经有了", "is there already"]
        } else {
            continue;
        };
        let fault = Fault::new(node.span, format!("短名“{name}”{zh}"), format!("the short name `{name}` {en}"));
        cx.tell(fault.with_help(
            "部分、方面和表的短名各不相同，规则的 in 才知道指哪一个",
            "sections, parts and tables have different names, or `in` could mean any of them",
        ));
    }
}

/// What a title tells: a name that it can not tell would never be filled.
fn check_title_names<'n>(cx: &mut Cx<'_>, node: &Node, names: impl Iterator<Item = &'n str>) {
    const KNOWN: [&str; 2] = ["organ", "year"];
    for name in names.filter(|name| !KNOWN.contains(name)) {
        let text = node.scalar().map_or("", |scalar| scalar.value.as_str());
        let at = text.find(&format!("<{name}")).map_or(0, |at| at + 1);
        let fault = unknown(Span::new(at, at + name.len()), ("名字", "name"), name, KNOWN);
        cx.tell_in(node, fault);
    }
}
