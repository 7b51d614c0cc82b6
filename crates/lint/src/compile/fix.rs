//! `fix`: a level, a level with a template, or a list of these.

use super::names::Names;
use crate::fault::Fault;
use crate::finding::FixLevel;
use crate::rule::{BilingualTemplate, FixSpec, Verb, What};
use crate::shape::KeyTie::OneOf;
use crate::shape::Shape::{Either, List, Map as Known, Text, Word};
use crate::shape::{Field, Map, Shape, words};
use crate::template::Template;
use crate::wire::Cx;
use crate::yaml::{Kind, Node};

/// What a `fix` may be.
pub(super) const FIX: Shape =
    Either(&[Word(|| words(&FixLevel::WORDS)), Known(&REPLACEMENT), List(&Known(&REPLACEMENT))]);

static REPLACEMENT: Map = Map::tied(
    &[
        Field::may("title", Text, "这个修正叫什么；不写则为“改为……”", "what it does"),
        Field::may("safe", Text, "由格式或标准决定、可自动执行：改成的内容", "decided by the form or a standard"),
        Field::may("unsafe", Text, "须人工核对：改成的内容", "needs a look"),
        Field::may("suggest", Text, "仅供参考：改成的内容", "shown only"),
    ],
    &[OneOf(&["safe", "unsafe", "suggest"])],
);

/// Reads a `fix`, with its English titles in the same order.
pub(super) fn fixes(cx: &mut Cx<'_>, node: &Node, en: Option<&Node>, verb: &Verb, names: &Names<'_>) -> Vec<FixSpec> {
    let titles = en.map(Node::items).unwrap_or_default();
    let items = if node.scalar().is_none() { node.items() } else { &[] };
    for (at, title) in titles.iter().enumerate() {
        let titled = items.get(at).is_some_and(has_title);
        if !titled && !title.is_null() {
            cx.tell(Fault::new(
                title.span,
                format!("第 {} 个修正没有 title，不用写英文标题", at + 1),
                format!("fix {} has no title to put into English", at + 1),
            ));
        }
    }
    if node.scalar().is_none() {
        let untitled = |item: &&Node| matches!(item.kind, Kind::Map(_)) && !has_title(item);
        if let Some(item) = items.iter().find(untitled).filter(|_| items.len() > 1) {
            cx.tell(
                Fault::new(item.span, "有几个修正时每个都要有 title", "of several fixes each needs a `title`")
                    .with_help("读者凭它选择", "people choose by it"),
            );
        }
        let english = |at: usize| titles.get(at).filter(|title| !title.is_null());
        return items.iter().enumerate().filter_map(|(at, item)| fix(cx, item, english(at), names)).collect();
    }
    let Some(level) = cx.word(node, ("修正级别", "fix level"), &FixLevel::WORDS) else { return Vec::new() };
    let of_words = matches!(verb, Verb::Find(find) if matches!(find.what, What::Words(_)));
    if !of_words {
        cx.tell(
            Fault::new(
                node.span,
                "只有词表可以只写级别，这里要写改成什么",
                "only a list of words may give the level alone",
            )
            .with_help(
                format!("写成 fix: {{{}: 改成的内容}}", level.word()),
                format!("write fix: {{{}: the new text}}", level.word()),
            ),
        );
        return Vec::new();
    }
    let template = Template::parse("<right>").expect("the template is a literal");
    vec![FixSpec { title: None, level, template }]
}

fn has_title(node: &Node) -> bool {
    matches!(&node.kind, Kind::Map(pairs) if pairs.iter().any(|(key, _)| key.name == "title"))
}

fn fix(cx: &mut Cx<'_>, node: &Node, en: Option<&Node>, names: &Names<'_>) -> Option<FixSpec> {
    let fields = cx.fields(node, &REPLACEMENT)?;
    let title = fields.get("title").and_then(|node| names.template(cx, node));
    let en = en.and_then(|node| names.template(cx, node));
    let title = title.map(|zh| BilingualTemplate { zh, en });
    let given: Vec<(FixLevel, &Node)> =
        FixLevel::WORDS.iter().filter_map(|(word, level)| Some((*level, fields.get(word)?))).collect();
    let [(level, own)] = given[..] else {
        let known_keys = matches!(&node.kind, Kind::Map(pairs) if pairs.iter().all(|(key, _)| key.name == "title" || FixLevel::WORDS.iter().any(|(word, _)| *word == key.name)));
        if known_keys {
            cx.tell(Fault::new(
                node.span,
                "一个修正要写 safe、unsafe、suggest 之一",
                "a fix has one of safe, unsafe, suggest",
            ));
        }
        return None;
    };
    let template = names.template(cx, own)?;
    Some(FixSpec { title, level, template })
}
