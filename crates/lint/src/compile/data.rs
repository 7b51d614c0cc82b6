//! Tables of facts and packs.

use crate::ruleset::{DataTable, Pack};
use crate::shape::Shape::{Either, Nothing, OneOrMore, Pairs, Text};
use crate::shape::{Field, Map};
use crate::wire::Cx;
use crate::yaml::Node;
use std::collections::BTreeMap;

/// The keys of a `pack.yaml`.
pub(crate) static PACK: Map = Map::of(&[
    Field::must("pack", Text, "规则包的名称", "name"),
    Field::must("version", Text, "版本", "version"),
    Field::may("engine", Text, "需要的程序版本，如 \">=0.1\"", "the program's version it needs"),
    Field::must("as_of", Text, "内容最后核对的年月，如 2026-11", "when it was last looked over"),
    Field::may("form", Text, "只用于这种报告，如 annual-report", "the kind of form its rules need"),
]);

/// The keys of a `data/NAME.yaml`.
pub(crate) static DATA: Map = Map::of(&[
    Field::must("name", Text, "脚本用来取它的名称", "what scripts ask for"),
    Field::may("source", Text, "资料的来源", "where the facts come from"),
    Field::may("as_of", Text, "最后核对的年月", "when they were last looked over"),
    Field::must("rows", OneOrMore(&Pairs(&Either(&[Text, Nothing]))), "各行：栏名: 值", "one map a row"),
]);

/// A pack as written.
pub(crate) struct PackFile {
    pub(crate) pack: Pack,
    /// The kind of form its rules need.
    pub(crate) form: Option<String>,
}

/// Reads a `pack.yaml`.
pub(crate) fn pack(cx: &mut Cx<'_>, root: &Node) -> Option<PackFile> {
    let fields = cx.fields(root, &PACK)?;
    let name = fields.need_text(cx, "pack");
    let version = fields.need_text(cx, "version");
    let as_of = fields.need_text(cx, "as_of");
    let form = fields.text(cx, "form").map(str::to_owned);
    let pack = Pack { name: name?.to_owned(), version: version?.to_owned(), as_of: as_of?.to_owned() };
    Some(PackFile { pack, form })
}

/// Reads a `data/NAME.yaml`.
pub(crate) fn table(cx: &mut Cx<'_>, root: &Node) -> Option<DataTable> {
    let fields = cx.fields(root, &DATA)?;
    let name = fields.need_text(cx, "name").map(str::to_owned);
    let source = fields.text(cx, "source").unwrap_or_default().to_owned();
    let as_of = fields.text(cx, "as_of").unwrap_or_default().to_owned();
    let items = fields.need(cx, "rows").map(|node| cx.list(node)).unwrap_or_default();
    let mut rows = Vec::new();
    for item in items {
        let mut row = BTreeMap::new();
        for (key, node) in cx.pairs(item)? {
            // A value that is not there is an empty one, so that a script may ask for every column.
            let value = if node.is_null() { "" } else { cx.text(node)? };
            row.insert(key.name.clone(), value.to_owned());
        }
        rows.push(row);
    }
    Some(DataTable { name: name?, source, as_of, rows })
}
