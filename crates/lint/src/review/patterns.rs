//! Patterns that nothing matches or that match nothing, and `unless` that takes everything away.

use super::Page;
use crate::fault::Fault;
use crate::finding::RuleError;
use crate::pattern::{Hay, Never, Pattern, Reach};
use crate::rule::{Find, On, Require, Select, Unless, Verb, What, Word};
use crate::yaml::{Key, Kind, Node};
use gouji_core::text::Span;

pub(super) fn look(page: &Page<'_>, remarks: &mut Vec<RuleError>) {
    for binding in &page.rule.bindings {
        let (Select::Number(mention) | Select::Text(mention)) = &binding.select else { continue };
        let is_number = matches!(binding.select, Select::Number(_));
        let node = page.node(&["let", &binding.name, if is_number { "number" } else { "text" }]);
        let reach = dead(page, node, &mention.pattern, Hay::Folded, remarks);
        if let Some(reach) = reach.filter(|_| is_number) {
            empty(page, node, &reach, "n", remarks);
        }
    }
    match &page.rule.verb {
        Verb::Find(find) => self::find(page, find, remarks),
        Verb::Require(Require { text: Some(pattern), .. }) => {
            let node = page.node(&["require", "text"]);
            dead(page, node, pattern, Hay::Text, remarks);
        }
        Verb::Script(script) => {
            let node = page.node(&["script"]);
            for (source, pattern) in script.patterns() {
                let at = node.and_then(|node| node.scalar()?.value.find(source)).unwrap_or(0);
                for (span, why) in Reach::of(pattern).map(|reach| reach.dead_parts(Hay::Text)).unwrap_or_default() {
                    page.tell_in(node, never(span, why).shift(at), remarks);
                }
            }
        }
        Verb::Require(_) | Verb::Assert(_) => {}
    }
}

/// Tells the parts of a pattern that nothing can match; where there are none, the pattern laid open.
fn dead(
    page: &Page<'_>,
    node: Option<&Node>,
    pattern: &Pattern,
    hay: Hay,
    remarks: &mut Vec<RuleError>,
) -> Option<Reach> {
    let reach = Reach::of(pattern)?;
    let parts = reach.dead_parts(hay);
    for &(span, why) in &parts {
        page.tell_in(node, never(span, why), remarks);
    }
    parts.is_empty().then_some(reach)
}

fn never(span: Span, why: Never) -> Fault {
    let (zh, en) = ("这里永远匹配不到", "nothing ever matches here");
    let (help_zh, help_en) = match why {
        Never::LineBreak => {
            ("匹配不跨段落，段落里没有换行", "a match never crosses blocks, and a block has no line break")
        }
        Never::Folded => (
            "查找之前已折叠：字母、数字和 % 是半角，括号是全角，没有空白",
            "folded before the search: letters, digits and % are half-width, brackets full-width, blanks are gone",
        ),
        Never::Empty => ("这个字符类里没有字符", "no character is in this class"),
        Never::Start => (
            "^ 只在段落开头成立，前面不能还有内容",
            "`^` holds at the start of a block only; nothing can stand before it",
        ),
        Never::End => (
            "$ 只在段落末尾成立，后面不能还有内容",
            "`$` holds at the end of a block only; nothing can stand behind it",
        ),
    };
    Fault::new(span, zh, en).with_help(help_zh, help_en)
}

/// Tells that the capture that counts may take no text. A whole pattern that may is refused when it is loaded.
fn empty(page: &Page<'_>, node: Option<&Node>, reach: &Reach, capture: &str, remarks: &mut Vec<RuleError>) {
    if !reach.capture_can_be_empty(capture) {
        return;
    }
    let span = node.map_or(page.rule.source.id, |node| node.span);
    let fault = Fault::new(span, format!("“{capture}”可以是空的"), format!("the capture `{capture}` may be empty"));
    page.tell(fault.with_help("至少要有一处不是可有可无的", "at least one part must not be optional"), remarks);
}

fn find(page: &Page<'_>, find: &Find, remarks: &mut Vec<RuleError>) {
    let node = page.node(&["find"]);
    let reach = match &find.what {
        What::Pattern(pattern) => {
            let hay = if page.rule.on == On::Folded { Hay::Folded } else { Hay::Text };
            let reach = dead(page, node, pattern, hay, remarks);
            if let (Some(reach), Some(at)) = (&reach, &page.rule.at) {
                empty(page, node, reach, at, remarks);
            }
            reach
        }
        What::Words(words) => {
            covered_words(page, node, words, &find.unless, remarks);
            None
        }
        What::Facts(_) => None,
    };
    unless(page, &find.unless, reach.as_ref(), remarks);
}

/// Tells what of an `unless` never holds, and what always does.
fn unless(page: &Page<'_>, unless: &Unless, found: Option<&Reach>, remarks: &mut Vec<RuleError>) {
    let whole = page.node(&["unless"]);
    let is_map = whole.is_some_and(|node| matches!(node.kind, Kind::Map(_)));
    let below = |key: &str| if is_map { page.node(&["unless", key]) } else { whole };
    let below = |key: &str| below(key).map(Node::items).unwrap_or_default();
    let groups = [("text", &unless.patterns), ("before", &unless.before), ("after", &unless.after)];
    for (key, patterns) in groups {
        let nodes = if key == "text" || is_map { below(key) } else { &[] };
        for (at, pattern) in patterns.iter().enumerate() {
            let node = nodes.get(at);
            let Some(reach) = dead(page, node, pattern, Hay::Text, remarks) else { continue };
            let whole_match = page.rule.at.is_none();
            let takes_all = key == "text" && found.is_some_and(|found| takes_all(found, &reach, pattern, whole_match));
            if takes_all {
                always(page, node, remarks);
            }
        }
    }
    let near = if is_map { below("near") } else { &[] };
    for (at, word) in unless.near.iter().enumerate() {
        if found.is_some_and(|found| found.always_holds(word)) {
            always(page, near.get(at), remarks);
        }
    }
}

fn always(page: &Page<'_>, node: Option<&Node>, remarks: &mut Vec<RuleError>) {
    let span = node.map_or(page.rule.source.id, |node| node.span);
    let fault =
        Fault::new(span, "这个 unless 总是成立，find 什么也报不出", "this `unless` always holds: `find` finds nothing");
    page.tell(fault.with_help("只写要放过的写法", "write only what is to be let pass"), remarks);
}

/// Whether an `unless` overlaps whatever is found: the same pattern, a word that is in every match, or, where all
/// matches can be spelt out, each of them.
fn takes_all(found: &Reach, unless: &Reach, pattern: &Pattern, whole_match: bool) -> bool {
    if found.is_same(unless) {
        return true;
    }
    let in_every = || unless.literal().is_some_and(|word| found.always_holds(&word));
    let in_each = || found.texts().is_some_and(|texts| texts.iter().all(|text| covers(pattern, text)));
    whole_match && (in_every() || in_each())
}

/// Whether a pattern matches inside a word, whatever stands around it.
fn covers(pattern: &Pattern, word: &str) -> bool {
    [("中", "中"), ("，", "。")].iter().all(|(before, after)| {
        let text = format!("{before}{word}{after}");
        let inner = before.len()..before.len() + word.len();
        let mut matches = pattern.regex().find_iter(&text);
        matches.any(|found| !found.is_empty() && inner.start <= found.start() && found.end() <= inner.end)
    })
}

/// Tells the words of a list that `unless` always takes away.
fn covered_words(page: &Page<'_>, node: Option<&Node>, words: &[Word], unless: &Unless, remarks: &mut Vec<RuleError>) {
    let keys: &[(Key, Node)] = match node.map(|node| &node.kind) {
        Some(Kind::Map(pairs)) => pairs,
        _ => &[],
    };
    for (at, word) in words.iter().enumerate() {
        let by_pattern = unless.patterns.iter().any(|pattern| covers(pattern, &word.wrong));
        let by_word = unless.near.iter().any(|near| word.wrong.contains(near.as_str()));
        if by_pattern || by_word {
            let span = keys.get(at).map_or(page.rule.source.id, |(key, _)| key.span);
            let fault = Fault::new(
                span,
                format!("“{}”总被 unless 放过，永远报不出", word.wrong),
                format!("`unless` always lets `{}` pass: it is never found", word.wrong),
            );
            page.tell(
                fault.with_help("去掉这个词，或缩小 unless", "take out the word, or narrow the `unless`"),
                remarks,
            );
        }
    }
}
