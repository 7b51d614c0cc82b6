//! `pack.yaml`: what a folder of rules is called, and what its rules need.

use crate::fault::Fault;
use crate::ruleset::{LOCAL, Pack};
use crate::shape::Shape::{Like, Text};
use crate::shape::{Field, MONTH, Map};
use crate::wire::{Cx, Fields, unknown};
use crate::yaml::Node;
use std::collections::BTreeSet;

/// The keys of a `pack.yaml`.
pub(crate) static PACK: Map = Map::of(&[
    Field::must("pack", Like(r"^[^\s/\\:,]+$"), "规则包的名称，配置里用它", "name"),
    Field::must("version", Text, "版本", "version"),
    Field::may(
        "engine",
        Like(r"^>=\d+(\.\d+){0,2}$"),
        "需要的程序版本，如 \">=0.1\"",
        "the program's version it needs",
    ),
    Field::must("as_of", MONTH, "内容最后核对的年月，如 2026-11", "when it was last looked over"),
    Field::may("form", Text, "只用于这种报告，如 annual-report", "the kind of form its rules need"),
]);

/// Names that something else has: rules outside any pack, and the tool's own.
const TAKEN: [&str; 2] = [LOCAL, crate::own::PACK];

/// A pack as written.
pub(crate) struct PackFile {
    pub(crate) pack: Pack,
    /// The kind of form its rules need.
    pub(crate) form: Option<String>,
}

/// Reads a `pack.yaml`; `kinds` are those of all forms.
pub(crate) fn pack(cx: &mut Cx<'_>, root: &Node, kinds: &BTreeSet<String>) -> Option<PackFile> {
    let fields = cx.fields(root, &PACK)?;
    let name = name(cx, fields);
    let version = fields.need_text(cx, "version");
    let as_of = fields.need(cx, "as_of").and_then(|node| cx.month(node));
    engine(cx, fields);
    let form = fields.get("form").and_then(|node| {
        let kind = cx.text(node)?;
        if !kinds.contains(kind) {
            cx.tell(unknown(node.span, ("表样种类", "kind of form"), kind, kinds.iter().map(String::as_str)));
        }
        Some(kind.to_owned())
    });
    let pack = Pack { name: name?.to_owned(), version: version?.to_owned(), as_of: as_of?.to_owned() };
    Some(PackFile { pack, form })
}

/// The name, which lines of a configuration go by: none that they could not mean.
fn name<'n>(cx: &mut Cx<'_>, fields: Fields<'n>) -> Option<&'n str> {
    let node = fields.need(cx, "pack")?;
    let name = cx.text(node)?;
    let is_start_of_code = name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    let fault = if name.is_empty() || name.contains(|c: char| c.is_whitespace() || "/\\:,".contains(c)) {
        Fault::new(
            node.span,
            format!("规则包的名称“{name}”里不能有空格和 / \\ : ,"),
            format!("the name `{name}` of a pack may hold no blanks and none of / \\ : ,"),
        )
    } else if TAKEN.contains(&name) {
        Fault::new(node.span, format!("“{name}”这个名称另有所指"), format!("the name `{name}` means something else"))
            .with_help(
                "local 指不在规则包里的规则，gouji 指程序自带的规则",
                "local are the rules outside any pack, gouji those of the program itself",
            )
    } else if is_start_of_code {
        Fault::new(
            node.span,
            format!("规则包的名称“{name}”会被当作规则编号的开头"),
            format!("the name `{name}` of a pack would be taken for the start of a code"),
        )
        .with_help("名称里要有小写字母或汉字，如 my-rules、本局规则", "use small letters, as in my-rules")
    } else {
        return Some(name);
    };
    cx.tell(fault);
    None
}

/// A pack for a later program may say what this one does not understand.
fn engine(cx: &mut Cx<'_>, fields: Fields<'_>) {
    let Some(node) = fields.get("engine") else { return };
    let Some(text) = cx.text(node) else { return };
    let own = env!("CARGO_PKG_VERSION");
    let Some(least) = text.strip_prefix(">=").and_then(version) else {
        cx.tell(
            Fault::new(
                node.span,
                format!("不认识程序版本“{text}”"),
                format!("`{text}` says no version of the program"),
            )
            .with_help("写成 \">=0.1\"，表示 0.1 及以上", "write \">=0.1\" for 0.1 and later"),
        );
        return;
    };
    if version(own).is_some_and(|own| own < least) {
        cx.tell(
            Fault::new(
                node.span,
                format!("这个规则包需要 {} 以上的 gouji，这里是 {own}", &text[2..]),
                format!("this pack needs gouji {} or later, and this is {own}", &text[2..]),
            )
            .with_help("升级 gouji，或改用早一些的规则包", "upgrade gouji, or use an earlier pack"),
        );
    }
}

/// One to three numbers; those left out are 0.
fn version(text: &str) -> Option<[u32; 3]> {
    let mut version = [0; 3];
    for (idx, part) in text.split('.').enumerate() {
        *version.get_mut(idx)? = part.parse().ok()?;
    }
    Some(version)
}
