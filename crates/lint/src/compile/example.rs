//! `tests`: a rule's own examples.

use super::rule::LEVELS;
use crate::fault::Fault;
use crate::form::Form;
use crate::rule::{Example, ExampleText, Given, Party, Tests};
use crate::wire::{Cx, Fields, unknown};
use crate::yaml::{Kind, Node};

const OK_KEYS: [&str; 4] = ["text", "file", "given", "title"];
const BAD_KEYS: [&str; 12] =
    ["text", "file", "given", "title", "count", "at", "row", "col", "level", "message", "fixed", "participants"];

/// Whether examples are right or wrong: what may be expected of them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Ok,
    Bad,
}

/// Reads a `tests`.
pub(super) fn tests(cx: &mut Cx<'_>, node: &Node, forms: &[Form]) -> Tests {
    let Some(fields) = cx.fields(node, &["ok", "bad", "todo"]) else { return Tests::default() };
    let (ok, bad) = both(cx, fields, forms);
    let todo = fields.get("todo").and_then(|node| cx.fields(node, &["ok", "bad"]));
    let (todo_ok, todo_bad) = todo.map(|fields| both(cx, fields, forms)).unwrap_or_default();
    Tests { ok, bad, todo_ok, todo_bad }
}

fn both(cx: &mut Cx<'_>, fields: Fields<'_>, forms: &[Form]) -> (Vec<Example>, Vec<Example>) {
    let mut read = |name, side| fields.get(name).map(|node| examples(cx, node, side, forms)).unwrap_or_default();
    (read("ok", Side::Ok), read("bad", Side::Bad))
}

fn examples(cx: &mut Cx<'_>, node: &Node, side: Side, forms: &[Form]) -> Vec<Example> {
    let Kind::Map(pairs) = &node.kind else {
        let items = cx.list(node);
        return items.into_iter().filter_map(|item| example(cx, item, side, forms)).collect();
    };
    if pairs.iter().any(|(key, _)| ["text", "file"].contains(&key.name.as_str())) {
        return example(cx, node, side, forms).into_iter().collect();
    }
    if side == Side::Ok {
        let fault = Fault::new(node.span, "ok 要写成列表", "`ok` is a list");
        cx.tell(fault.with_help("只有 bad 可以写成“错的: 改好的”", "only `bad` may be a map of wrong to mended"));
        return Vec::new();
    }
    let pairs = cx.pairs(node).unwrap_or_default();
    let pair = |(key, value): &(crate::yaml::Key, Node)| Example {
        text: ExampleText::Written(key.name.clone()),
        fixed: if value.is_null() { None } else { cx.text(value).map(str::to_owned) },
        span: key.span,
        ..Example::default()
    };
    pairs.iter().map(pair).collect()
}

fn example(cx: &mut Cx<'_>, node: &Node, side: Side, forms: &[Form]) -> Option<Example> {
    if node.scalar().is_some() {
        let text = ExampleText::Written(words(cx, node)?);
        return Some(Example { text, span: node.span, ..Example::default() });
    }
    let fields = cx.fields(node, if side == Side::Ok { &OK_KEYS } else { &BAD_KEYS })?;
    let text = text(cx, fields)?;
    let given = fields.get("given").map(|node| given(cx, node, forms)).unwrap_or_default();
    let mut own = |name| fields.text(cx, name).map(str::to_owned);
    let (title, at, row, col) = (own("title"), own("at"), own("row"), own("col"));
    let (message, fixed) = (own("message"), own("fixed"));
    let level = fields.get("level").and_then(|node| cx.word(node, ("级别", "level"), &LEVELS));
    let count = fields.get("count").and_then(|node| count(cx, node));
    let participants = fields.get("participants").and_then(|node| party(cx, node));
    let span = fields.first();
    Some(Example { text, given, title, count, at, row, col, level, message, fixed, participants, span })
}

/// Exactly one of `text` and `file`; a title goes with a text only.
fn text(cx: &mut Cx<'_>, fields: Fields<'_>) -> Option<ExampleText> {
    let Some((key, node)) = fields.pair("file") else {
        if fields.get("text").is_none() {
            let fault = Fault::new(fields.first(), "例子缺少 text 或 file", "the example has no `text` or `file`");
            cx.tell(fault.with_help("text 是例文，file 是旁边的文件", "`text` is the example, `file` a file beside"));
        }
        return fields.get("text").and_then(|node| words(cx, node)).map(ExampleText::Written);
    };
    for other in ["text", "title"] {
        if fields.get(other).is_some() {
            cx.tell(Fault::new(
                key.span,
                format!("file 不能与 {other} 同用"),
                format!("`file` does not go with `{other}`"),
            ));
            return None;
        }
    }
    let name = cx.text(node)?;
    let folder = cx.path.rfind(['/', '\\']).map_or("", |at| &cx.path[..=at]);
    Some(ExampleText::File { path: format!("{folder}{name}"), span: node.span })
}

/// A text that is not empty: what nothing is said of tests nothing.
fn words(cx: &mut Cx<'_>, node: &Node) -> Option<String> {
    let text = cx.text(node)?;
    if text.trim().is_empty() {
        cx.tell(Fault::new(node.span, "例文是空的", "the example is empty"));
        return None;
    }
    Some(text.to_owned())
}

fn count(cx: &mut Cx<'_>, node: &Node) -> Option<usize> {
    let count = cx.integer(node)?;
    if count == 0 {
        let fault = Fault::new(node.span, "错例至少要有 1 处", "a wrong example has at least one finding");
        cx.tell(fault.with_help("不应报告的例子写在 ok 里", "what must not be reported stands under `ok`"));
        return None;
    }
    Some(count)
}

/// A number, or a list of names and values.
fn party(cx: &mut Cx<'_>, node: &Node) -> Option<Party> {
    match &node.kind {
        Kind::Scalar(_) => cx.integer(node).map(Party::Count),
        Kind::List(_) => Some(Party::These(cx.texts(node))),
        Kind::Map(_) => {
            let fault = Fault::new(node.span, "这里要一个整数或一个列表", "a whole number or a list is needed here");
            cx.tell(fault.with_help("例如 2，或 [新收, 总计]", "such as 2, or [新收, 总计]"));
            None
        }
    }
}

fn given(cx: &mut Cx<'_>, node: &Node, forms: &[Form]) -> Given {
    let Some(fields) = cx.fields(node, &["year", "organ", "form", "today"]) else { return Given::default() };
    let year = fields.get("year").and_then(|node| cx.integer(node));
    let organ = fields.text(cx, "organ").map(str::to_owned);
    let form = fields.text(cx, "form").map(str::to_owned);
    if let (Some(id), Some(node)) = (&form, fields.get("form"))
        && !forms.iter().any(|form| *form.id == **id)
    {
        cx.tell(unknown(node.span, ("表样", "form"), id, forms.iter().map(|form| &*form.id)));
    }
    let today = fields.get("today").and_then(|node| today(cx, node));
    Given { year, organ, form, today }
}

/// A date such as `2026-01-31`.
fn today(cx: &mut Cx<'_>, node: &Node) -> Option<(i32, u8, u8)> {
    let parts: Vec<&str> = cx.text(node)?.split('-').collect();
    let date = match parts[..] {
        [year, month, day] => year.parse().ok().zip(month.parse().ok()).zip(day.parse().ok()),
        _ => None,
    };
    let date = date.map(|((year, month), day)| (year, month, day));
    let date = date.filter(|(_, month, day)| (1..=12).contains(month) && (1..=31).contains(day));
    if date.is_none() {
        cx.tell(Fault::new(node.span, "这里要一个日期，如 2026-01-31", "a date such as 2026-01-31 is needed here"));
    }
    date
}
