//! `tests`: a rule's own examples.

use crate::bind::LEFTOVERS;
use crate::fault::Fault;
use crate::finding::Level;
use crate::form::Form;
use crate::rule::{Example, ExampleText, Given, Party, Tests};
use crate::shape::KeyTie::{NotBoth, OneOf};
use crate::shape::Shape::{
    AtLeast, Either, Integer, List, Map as Known, Nothing, OneOrMore, PairsBut, Text, Word, Written,
};
use crate::shape::{self, DATE, Field, Map, Shape};
use crate::wire::{Cx, Fields, unknown};
use crate::yaml::{Kind, Node};
use gouji_core::document::LeftoverKind;

/// The keys of a `tests`.
pub(super) static TESTS: Map = Map::of(&[
    Field::may("ok", RIGHT, "不该报告的例子", "right examples"),
    Field::may("bad", WRONG, "应该报告的例子：列表，或“错的: 改好的”", "wrong examples"),
    Field::may("todo", Known(&TODO), "还没有做到的例子，通过时会提醒", "examples that do not pass yet"),
]);

static TODO: Map = Map::of(&[
    Field::may("ok", RIGHT, "不该报告、现在还会报告的例子", "right ones that are reported"),
    Field::may("bad", WRONG, "应该报告、现在还漏掉的例子", "wrong ones that are missed"),
]);

const RIGHT: Shape = OneOrMore(&Either(&[Written, Known(&OK)]));
const WRONG: Shape =
    Either(&[OneOrMore(&Either(&[Written, Known(&BAD)])), PairsBut(&["text", "file"], &Either(&[Text, Nothing]))]);

const TEXT: Field = Field::may("text", Written, "例文：一行为一段，多行为一份报告", "the example");
const FILE: Field = Field::may("file", Text, "规则文件旁边的报告文件", "a file beside the rule file");
const GIVEN_KEY: Field = Field::may("given", Known(&GIVEN), "例文没有说的：年份、机关、表样", "what is given");
const TITLE: Field = Field::may("title", Text, "放在例文前面的标题", "a title before the text");
const PREV: Field = Field::may("prev", Text, "上年年报，读法同例文", "last year's report");

static OK: Map =
    Map::tied(&[TEXT, FILE, GIVEN_KEY, TITLE, PREV], &[OneOf(&["text", "file"]), NotBoth("file", "title")]);

static BAD: Map = Map::tied(
    &[
        TEXT,
        FILE,
        GIVEN_KEY,
        TITLE,
        PREV,
        Field::may("count", AtLeast(1), "应有几处；不写则至少一处", "how many findings"),
        Field::may("at", Text, "第一处所指的文字", "the text at the first finding"),
        Field::may("row", Text, "第一处所在的行", "its row"),
        Field::may("col", Text, "第一处所在的列", "its column"),
        Field::may("level", Word(|| shape::words(&Level::WORDS)), "第一处的级别", "its level"),
        Field::may("message", Text, "第一处的话里应有的文字", "a part of its message"),
        Field::may("fixed", Text, "改好之后的全文", "the text after the fixes"),
        Field::may("participants", PARTY, "参与的数：几个，或它们的名字或值", "its participants"),
    ],
    &[OneOf(&["text", "file"]), NotBoth("file", "title")],
);

const PARTY: Shape = Either(&[Integer, List(&Text)]);

static GIVEN: Map = Map::of(&[
    Field::may("year", Integer, "报告的年份", "year"),
    Field::may("organ", Text, "机关名称", "organ"),
    Field::may("form", Text, "表样的编号", "form"),
    Field::may("today", DATE, "今天的日期，如 2026-01-31", "today's date"),
    Field::may(
        "left",
        OneOrMore(&Word(left_words)),
        "文件里遗留的内容，如 comment（批注）",
        "what is left in the file",
    ),
]);

/// Whether examples are right or wrong: what may be expected of them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Ok,
    Bad,
}

/// Reads a `tests`.
pub(super) fn tests(cx: &mut Cx<'_>, node: &Node, forms: &[Form]) -> Tests {
    let Some(fields) = cx.fields(node, &TESTS) else { return Tests::default() };
    let (ok, bad) = both(cx, fields, forms);
    let todo = fields.get("todo").and_then(|node| cx.fields(node, &TODO));
    let (todo_ok, todo_bad) = todo.map(|fields| both(cx, fields, forms)).unwrap_or_default();
    Tests { ok, bad, todo_ok, todo_bad }
}

fn both(cx: &mut Cx<'_>, fields: Fields<'_>, forms: &[Form]) -> (Vec<Example>, Vec<Example>) {
    let mut read = |name, side| fields.get(name).map(|node| examples(cx, node, side, forms)).unwrap_or_default();
    (read("ok", Side::Ok), read("bad", Side::Bad))
}

fn examples(cx: &mut Cx<'_>, node: &Node, side: Side, forms: &[Form]) -> Vec<Example> {
    let Kind::Map(pairs) = &node.kind else {
        let items = node.items();
        return items.iter().filter_map(|item| example(cx, item, side, forms)).collect();
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
    let fields = cx.fields(node, if side == Side::Ok { &OK } else { &BAD })?;
    let text = text(cx, fields)?;
    let given = fields.get("given").map(|node| given(cx, node, forms)).unwrap_or_default();
    let mut own = |name| fields.text(cx, name).map(str::to_owned);
    let (title, prev, at, row, col) = (own("title"), own("prev"), own("at"), own("row"), own("col"));
    let (message, fixed) = (own("message"), own("fixed"));
    let level = fields.get("level").and_then(|node| cx.word(node, ("级别", "level"), &Level::WORDS));
    let count = fields.get("count").and_then(|node| count(cx, node));
    let participants = fields.get("participants").and_then(|node| party(cx, node));
    let span = fields.first();
    Some(Example { text, given, title, prev, count, at, row, col, level, message, fixed, participants, span })
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
    let is_elsewhere = name.starts_with('/') || name.contains(':') || name.split(['/', '\\']).any(|part| part == "..");
    if is_elsewhere || name.starts_with('\\') {
        let fault = Fault::new(
            node.span,
            "file 只能是规则文件所在文件夹里的文件",
            "`file` lies in the folder of the rule file",
        );
        cx.tell(fault.with_help("不能是绝对路径，不能有 ..", "it is no absolute path and has no `..`"));
        return None;
    }
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
    let Some(fields) = cx.fields(node, &GIVEN) else { return Given::default() };
    let year = fields.get("year").and_then(|node| cx.integer(node));
    let organ = fields.text(cx, "organ").map(str::to_owned);
    let form = fields.text(cx, "form").map(str::to_owned);
    if let (Some(id), Some(node)) = (&form, fields.get("form"))
        && !forms.iter().any(|form| *form.id == **id)
    {
        cx.tell(unknown(node.span, ("表样", "form"), id, forms.iter().map(|form| &*form.id)));
    }
    let today = fields.get("today").and_then(|node| cx.date(node));
    let left = fields.get("left").map(|node| left(cx, node)).unwrap_or_default();
    Given { year, organ, form, today, left }
}

/// What is left in a Word file beside its text, by the words of the facts.
fn left(cx: &mut Cx<'_>, node: &Node) -> Vec<LeftoverKind> {
    let words = LEFTOVERS.map(|(kind, fact)| (fact.word(), kind));
    node.items().iter().filter_map(|item| cx.word(item, ("遗留内容", "leftover"), &words)).collect()
}

fn left_words() -> Vec<&'static str> {
    LEFTOVERS.iter().map(|(_, fact)| fact.word()).collect()
}
