//! Form files to forms.

use crate::compile::rule::basis;
use crate::fault::Fault;
use crate::form::{Form, FormBand, FormLabel, FormPart, FormSection, FormTable, ValueKind};
use crate::ruleset::Bilingual;
use crate::wire::{Cx, unknown};
use crate::yaml::{Kind, Node};
use gouji_core::label::fold;
use std::sync::Arc;

const KEYS: [&str; 10] =
    ["form", "kind", "name", "basis", "years", "title", "organ_kinds", "superseded", "sections", "tables"];

/// Reads a form file.
pub(crate) fn form(cx: &mut Cx<'_>, root: &Node) -> Option<Form> {
    let fields = cx.fields(root, &KEYS)?;
    let id = fields.need_text(cx, "form");
    let kind = fields.need_text(cx, "kind");
    let name = fields.need(cx, "name").and_then(|node| bilingual(cx, node));
    let basis = fields.get("basis").and_then(|node| basis(cx, node));
    let (mut from, mut to) = (None, None);
    if let Some(years) = fields.get("years").and_then(|node| cx.fields(node, &["from", "to"])) {
        from = years.get("from").and_then(|node| cx.integer(node));
        to = years.get("to").and_then(|node| cx.integer(node));
    }
    let (mut title, mut titles) = (None, Vec::new());
    if let Some(own) = fields.get("title").and_then(|node| cx.fields(node, &["right", "patterns"])) {
        title = own.get("right").and_then(|node| cx.template(node));
        let patterns = own.get("patterns").map(|node| cx.list(node)).unwrap_or_default();
        titles = patterns.into_iter().filter_map(|node| cx.pattern(node)).collect();
    }
    let mut organ_kinds = Vec::new();
    for item in fields.get("organ_kinds").map(|node| cx.list(node)).unwrap_or_default() {
        let Some(own) = cx.fields(item, &["kind", "pattern"]) else { continue };
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
    let fields = cx.fields(node, &["zh", "en"])?;
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
    let fields = cx.fields(node, &["name", "title", "variants", "parts"])?;
    let name = fields.need_text(cx, "name");
    let title = fields.need_text(cx, "title");
    let variants = labels(&fields.texts(cx, "variants"));
    let mut parts = Vec::new();
    for item in fields.get("parts").map(|node| cx.list(node)).unwrap_or_default() {
        let Some(own) = cx.fields(item, &["name", "title", "variants"]) else { continue };
        let (name, title) = (own.need_text(cx, "name"), own.need_text(cx, "title"));
        let variants = labels(&own.texts(cx, "variants"));
        if let (Some(name), Some(title)) = (name, title) {
            parts.push(FormPart { name: name.to_owned(), title: label(title), variants });
        }
    }
    Some(FormSection { name: name?.to_owned(), title: label(title?), variants, parts })
}

fn table(cx: &mut Cx<'_>, node: &Node, sections: &[FormSection]) -> Option<FormTable> {
    let fields = cx.fields(node, &["name", "section", "bands"])?;
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
    let fields = cx.fields(node, &["label", "corner", "value", "columns", "rows"])?;
    let own = fields.text(cx, "label").map(label);
    let corner = fields.text(cx, "corner").map(label);
    let words = [("count", ValueKind::Count), ("money", ValueKind::Money)];
    let value =
        fields.get("value").and_then(|node| cx.word(node, ("值的种类", "value kind"), &words)).unwrap_or_default();
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
