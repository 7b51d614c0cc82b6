//! `each`: what a rule is repeated for.

use crate::fault::Fault;
use crate::rule::{Binding, Each, Layout, Scope, Select};
use crate::wire::{Cx, unknown};
use crate::yaml::{Kind, Node};

/// The words of `each`, alone and together.
const LINES: [(&[&str], Each); 7] = [
    (&["row"], Each::Row),
    (&["col"], Each::Col),
    (&["parent"], Each::Parent),
    (&["table"], Each::Table),
    (&["row", "col"], Each::Cell),
    (&["col", "row"], Each::Cell),
    (&["parent", "col"], Each::ParentCell),
];

/// What authors may write for them.
const CHINESE: [(&str, &str); 3] = [("行", "row"), ("列", "col"), ("表", "table")];

/// Reads an `each`: a word, a name of `let`, or two words. None too where its fault makes names of `let` unsure.
pub(super) fn each(
    cx: &mut Cx<'_>,
    node: &Node,
    scope: &Scope,
    layout: Option<&Layout>,
    bindings: Option<&Node>,
) -> Option<Each> {
    let items = node.items();
    let mut words = Vec::new();
    for item in items {
        words.push(cx.text(item)?);
    }
    if let Some((_, each)) = LINES.iter().find(|(own, _)| *own == words) {
        // Where `in` could not be read, that was told.
        if layout.is_none() && scope.tables().next().is_none() && !cx.is_faulty() {
            cx.tell(
                Fault::new(
                    node.span,
                    "each 逐行逐列，要在 in 里写明是哪张表",
                    "rows and columns are those of a table, and `in` names none",
                )
                .with_help("例如 in: 申请办理表", "such as `in: 申请办理表`"),
            );
            return None;
        }
        return Some(each.clone());
    }
    if let [name] = words[..] {
        if bindings.is_none_or(|bindings| bindings.get(name).is_none()) {
            cx.tell(stranger(node, name, bindings));
            return None;
        }
        return Some(Each::Name(name.to_owned()));
    }
    cx.tell(Fault::new(node.span, "each 不能这样写", "this is no way to repeat a rule").with_help(
        "可用：row、col、parent、table、let 里的一个名字，或 [row, col]、[parent, col]",
        "known: row, col, parent, table, a name of `let`, or [row, col], [parent, col]",
    ));
    None
}

/// Checks that a name stands for more than one thing, and that what is `all` of it is mentions.
pub(super) fn check(cx: &mut Cx<'_>, node: &Node, each: &Each, bindings: &[Binding]) {
    let Each::Name(name) = each else { return };
    if bindings.iter().any(|binding| binding.name == *name && !binding.is_many()) {
        cx.tell(Fault::new(
            node.span,
            format!("“{name}”只对应一个数，不能逐个检查"),
            format!("`{name}` stands for one thing only"),
        ));
    }
    let is_mentions = |binding: &Binding| matches!(binding.select, Select::Number(_) | Select::Text(_));
    if bindings.iter().any(|binding| binding.name == *name && !is_mentions(binding)) {
        for all in bindings.iter().filter(|binding| matches!(binding.select, Select::All(_))) {
            cx.tell(Fault::new(
                all.span,
                format!("“{name}”不是文中的数或文字，没有各处"),
                format!("`{name}` is no number or text that is mentioned"),
            ));
        }
    }
}

/// The fault of a word that is neither one of `each` nor a name of `let`.
fn stranger(node: &Node, name: &str, bindings: Option<&Node>) -> Fault {
    let names = match bindings.map(|node| &node.kind) {
        Some(Kind::Map(pairs)) => pairs.as_slice(),
        _ => &[],
    };
    let words = ["row", "col", "parent", "table"];
    let names = words.into_iter().chain(names.iter().map(|(key, _)| key.name.as_str()));
    let fault = unknown(node.span, ("名字", "name"), name, names);
    match CHINESE.iter().find(|(own, _)| *own == name) {
        Some((_, meant)) => fault.meaning(Some(meant)),
        None if name.contains(['，', '、']) => {
            fault.with_help("逗号要用半角，如 [row, col]", "the comma must be an ASCII one, as in `[row, col]`")
        }
        None => fault,
    }
}
