//! Form files to forms.

use crate::compile::keys::BASIS;
use crate::compile::rule::basis;
use crate::fault::Fault;
use crate::form::{Form, FormBand, FormLabel, FormPart, FormSection, FormTable, ValueKind};
use crate::ruleset::Bilingual;
use crate::shape::Shape::{Either, Integer, Map as Known, Named, OneOrMore, Pairs, Text, Word};
use crate::shape::{Field, Map, Shape, words};
use crate::wire::{Cx, unknown};
use crate::yaml::{Kind, Node};
use gouji_core::label::fold;
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
]);

const NAME: Shape = Either(&[Text, Known(&BOTH)]);

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

static LABELS: Shape = OneOrMore(&LABEL);
static LABEL: Shape = Either(&[Text, Pairs(&LOWER_LABELS)]);
static LOWER_LABELS: Shape = Named("labels", &LABELS);

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
    }
    let (mut title, mut titles) = (None, Vec::new());
    if let Some(own) = fields.get("title").and_then(|node| cx.fields(node, &TITLE)) {
        title = own.get("right").and_then(|node| cx.template(node));
        let patterns = own.get("patterns").map(|node| cx.list(node)).unwrap_or_default();
        titles = patterns.into_iter().filter_map(|node| cx.pattern(node)).collect();
    }
    let mut organ_kinds = Vec::new();
    for item in fields.get("organ_kinds").map(|node| cx.list(node)).unwrap_or_default() {
        let Some(own) = cx.fields(item, &ORGAN_KIND) else { continue };
        let kind = own.need_text(cx, "kind");
        let pattern = own.need(cx, "pattern").and_then(|node| cx.pattern(node));
        if let (Some(kind), Some(pattern)) = (kind, pattern) {
            organ_kinds.push((kind.to_owned(), pattern));
        }
    }
    let superseded = fields.texts(cx, "superseded").iter().map(|text| label(text)).collect();
    let sections = fields.get("sections").map(|node| cx.list(node)).unwrap_or_default();
    let sections: Vec<FormSection> = sections.into_iter().filter_map(|node| section(cx, node)).collect();
    let tables = fields.get("tables").map(|node| cx.list(node)).unwrap_or_default();
    let tables = tables.into_iter().filter_map(|node| table(cx, node, &sections)).collect();
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
    })
}

/// `{zh, en}`, or the Chinese alone.
fn bilingual(cx: &mut Cx<'_>, node: &Node) -> Option<Bilingual> {
    if let Some(scalar) = node.scalar() {
        return Some(Bilingual { zh: scalar.value.clone(), en: String::new() });
    }
    let fields = cx.fields(node, &BOTH)?;
    let zh = fields.need_text(cx, "zh")?.to_owned();
    let en = fields.text(cx, "en").unwrap_or_default().to_owned();
    Some(Bilingual { zh, en })
}

fn label(text: &str) -> FormLabel {
    FormLabel { text: text.to_owned(), key: fold(text) }
}

fn labels(texts: &[String]) -> Vec<FormLabel> {
    texts.iter().map(|text| label(text)).collect()
}

fn section(cx: &mut Cx<'_>, node: &Node) -> Option<FormSection> {
    let fields = cx.fields(node, &SECTION)?;
    let name = fields.need_text(cx, "name");
    let title = fields.need_text(cx, "title");
    let variants = labels(&fields.texts(cx, "variants"));
    let mut parts = Vec::new();
    for item in fields.get("parts").map(|node| cx.list(node)).unwrap_or_default() {
        let Some(own) = cx.fields(item, &PART) else { continue };
        let (name, title) = (own.need_text(cx, "name"), own.need_text(cx, "title"));
        let variants = labels(&own.texts(cx, "variants"));
        if let (Some(name), Some(title)) = (name, title) {
            parts.push(FormPart { name: name.to_owned(), title: label(title), variants });
        }
    }
    Some(FormSection { name: name?.to_owned(), title: label(title?), variants, parts })
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
    let bands = fields.need(cx, "bands")?;
    let bands: Vec<FormBand> = cx.list(bands).into_iter().filter_map(|node| band(cx, node)).collect();
    if bands.is_empty() {
        cx.tell(Fault::new(fields.first(), "表至少要有一段（bands）", "a table needs at least one band"));
    }
    Some(FormTable { name: name?.to_owned(), section, keys: FormTable::keys_of(&bands), bands })
}

fn band(cx: &mut Cx<'_>, node: &Node) -> Option<FormBand> {
    let fields = cx.fields(node, &BAND)?;
    let own = fields.text(cx, "label").map(label);
    let corner = fields.text(cx, "corner").map(label);
    let value =
        fields.get("value").and_then(|node| cx.word(node, ("值的种类", "value kind"), &VALUES)).unwrap_or_default();
    let mut columns = Vec::new();
    let mut rows = Vec::new();
    let root: Vec<FormLabel> = own.iter().cloned().collect();
    let written = fields.need(cx, "columns")?;
    leaves(cx, written, &root, &mut columns);
    if let Some(node) = fields.get("rows") {
        leaves(cx, node, &[], &mut rows);
    }
    for paths in [&columns, &rows] {
        doubled(cx, fields.first(), paths);
    }
    Some(FormBand { label: own, corner, value, columns, rows })
}

/// The leaves of a list of labels, each a string or a map of a label to its children.
fn leaves(cx: &mut Cx<'_>, node: &Node, above: &[FormLabel], out: &mut Vec<Vec<FormLabel>>) {
    for item in cx.list(node) {
        match &item.kind {
            Kind::Map(pairs) => {
                for (key, children) in pairs {
                    let path = [above, &[label(&key.name)]].concat();
                    leaves(cx, children, &path, out);
                }
            }
            _ => {
                if let Some(text) = cx.text(item) {
                    out.push([above, &[label(text)]].concat());
                }
            }
        }
    }
}

fn doubled(cx: &mut Cx<'_>, span: gouji_core::text::Span, paths: &[Vec<FormLabel>]) {
    for (idx, path) in paths.iter().enumerate() {
        let same = |other: &Vec<FormLabel>| other.iter().map(|l| &l.key).eq(path.iter().map(|l| &l.key));
        if paths[..idx].iter().any(same) {
            let words: Vec<&str> = path.iter().map(|label| label.text.as_str()).collect();
            let words = words.join(" > ");
            cx.tell(Fault::new(span, format!("表样里有两个“{words}”"), format!("the form has `{words}` twice")));
        }
    }
}
