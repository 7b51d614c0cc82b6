//! Reading nodes: keys checked, values of the kind that is needed, every fault told with its place.
//!
//! Nothing here knows what a key means; `compile` does.

use crate::date::{self, Date};
use crate::fault::{Fault, nearest};
use crate::finding::{FaultKind, RuleError};
use crate::path::LabelPath;
use crate::pattern::Pattern;
use crate::shape::Map;
use crate::template::Template;
use crate::yaml::{Key, Kind, Node};
use gouji_core::text::Span;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A file being read, and the faults found in it.
pub(crate) struct Cx<'a> {
    pub(crate) path: &'a Arc<str>,
    pub(crate) source: &'a Arc<str>,
    kind: FaultKind,
    errors: &'a mut Vec<RuleError>,
    n_before: usize,
}

impl<'a> Cx<'a> {
    pub(crate) fn new(path: &'a Arc<str>, source: &'a Arc<str>, errors: &'a mut Vec<RuleError>) -> Self {
        let n_before = errors.len();
        Self { path, source, kind: FaultKind::Rules, errors, n_before }
    }

    /// The same of a configuration.
    pub(crate) fn of_config(path: &'a Arc<str>, source: &'a Arc<str>, errors: &'a mut Vec<RuleError>) -> Self {
        Self { kind: FaultKind::Config, ..Self::new(path, source, errors) }
    }

    /// Whether a fault was told since this was made.
    pub(crate) fn is_faulty(&self) -> bool {
        self.errors.len() > self.n_before
    }

    /// How many faults were told, of this document and those before it.
    pub(crate) fn n_errors(&self) -> usize {
        self.errors.len()
    }

    /// Tells a fault whose span is of the file.
    pub(crate) fn tell(&mut self, fault: Fault) {
        let error = fault.in_file(self.kind, self.path, self.source);
        if !self.errors[self.n_before..].contains(&error) {
            self.errors.push(error);
        }
    }

    /// Tells a fault whose span is of a node's value.
    pub(crate) fn tell_in(&mut self, node: &Node, mut fault: Fault) {
        fault.span = node.place(self.source, fault.span);
        self.tell(fault);
    }

    /// Unwraps what was parsed from a node's value, or tells the fault.
    pub(crate) fn parsed<T>(&mut self, node: &Node, result: Result<T, Fault>) -> Option<T> {
        result.map_err(|fault| self.tell_in(node, fault)).ok()
    }

    /// A scalar's words.
    pub(crate) fn text<'n>(&mut self, node: &'n Node) -> Option<&'n str> {
        match node.scalar() {
            Some(scalar) if !node.is_null() => Some(&scalar.value),
            _ => {
                self.tell(Fault::new(node.span, "这里要一段文字", "a text is needed here"));
                None
            }
        }
    }

    /// A text that people read: it says something, and no comment cuts it off.
    pub(crate) fn spoken<'n>(&mut self, node: &'n Node) -> Option<&'n str> {
        let text = self.text(node)?;
        if text.trim().is_empty() {
            self.tell(Fault::new(node.span, "这里不能是空的", "this must not be blank"));
            return None;
        }
        self.whole(node).then_some(text)
    }

    /// Whether a text is told as its author wrote it; a ` #` in it starts a comment.
    fn whole(&mut self, node: &Node) -> bool {
        let cut = node.cut_by(self.source);
        if let Some(span) = cut {
            self.tell(
                Fault::new(
                    span,
                    "“ #”后面的内容成了注释，没有读进来",
                    "what is behind ` #` is a comment and was not read",
                )
                .with_help("整个值加上引号", "quote the whole value"),
            );
        }
        cut.is_none()
    }

    /// One of a few words.
    pub(crate) fn word<T: Copy>(&mut self, node: &Node, what: (&str, &str), words: &[(&str, T)]) -> Option<T> {
        let known = || words.iter().map(|(word, _)| *word);
        let Some(text) = node.scalar().filter(|_| !node.is_null()).map(|scalar| scalar.value.as_str()) else {
            self.tell(Fault::new(node.span, "这里要一个词", "a word is needed here").expecting("", known()));
            return None;
        };
        match words.iter().find(|(word, _)| *word == text) {
            Some((_, value)) => Some(*value),
            None => {
                self.tell(unknown(node.span, what, text, known()));
                None
            }
        }
    }

    /// `true` or `false`.
    pub(crate) fn truth(&mut self, node: &Node) -> Option<bool> {
        self.word(node, ("写法", "truth value"), &[("true", true), ("false", false)])
    }

    pub(crate) fn integer<T: std::str::FromStr>(&mut self, node: &Node) -> Option<T> {
        let value = node.scalar().and_then(|scalar| scalar.value.parse().ok());
        if value.is_none() {
            self.tell(Fault::new(node.span, "这里要一个整数", "a whole number is needed here"));
        }
        value
    }

    /// A date such as `2026-01-31`.
    pub(crate) fn date(&mut self, node: &Node) -> Option<Date> {
        let date = date::parse(self.text(node)?);
        if date.is_none() {
            self.tell(Fault::new(
                node.span,
                "这里要一个日期，如 2026-01-31",
                "a date such as 2026-01-31 is needed here",
            ));
        }
        date
    }

    /// A month such as `2026-11`.
    pub(crate) fn month<'n>(&mut self, node: &'n Node) -> Option<&'n str> {
        let text = self.text(node)?;
        if !date::is_month(text) {
            self.tell(Fault::new(node.span, "这里要一个年月，如 2026-11", "a month such as 2026-11 is needed here"));
            return None;
        }
        Some(text)
    }

    pub(crate) fn texts(&mut self, node: &Node) -> Vec<String> {
        node.items().iter().filter_map(|item| self.text(item).map(str::to_owned)).collect()
    }

    /// A pattern that is searched for.
    pub(crate) fn pattern(&mut self, node: &Node) -> Option<Pattern> {
        let text = self.text(node)?;
        self.parsed(node, Pattern::solid(text))
    }

    pub(crate) fn template(&mut self, node: &Node) -> Option<Template> {
        let text = self.text(node)?;
        self.whole(node).then(|| self.parsed(node, Template::parse(text)))?
    }

    pub(crate) fn label_path(&mut self, node: &Node) -> Option<LabelPath> {
        let text = self.text(node)?;
        self.parsed(node, LabelPath::parse(text))
    }

    /// The pairs of a map whose keys the author chooses; doubled keys are told.
    pub(crate) fn pairs<'n>(&mut self, node: &'n Node) -> Option<&'n [(Key, Node)]> {
        let Kind::Map(pairs) = &node.kind else {
            self.tell(Fault::new(node.span, "这里要一个映射（键: 值）", "a map (`key: value`) is needed here"));
            return None;
        };
        // A set, because a word list may have thousands of keys.
        let mut seen = BTreeSet::new();
        for (key, _) in pairs {
            if !seen.insert(key.name.as_str()) {
                self.tell(Fault::new(
                    key.span,
                    format!("键“{}”重复", key.name),
                    format!("key `{}` is doubled", key.name),
                ));
            }
        }
        Some(pairs)
    }

    /// The fields of a map whose keys are known; unknown and doubled keys are told.
    pub(crate) fn fields<'n>(&mut self, node: &'n Node, known: &'static Map) -> Option<Fields<'n>> {
        let pairs = self.pairs(node)?;
        let names = || known.fields.iter().map(|field| field.name);
        if let Some(fault) = unindented(self.source, pairs, &names().collect::<Vec<_>>()) {
            self.tell(fault);
            return None;
        }
        for (key, _) in pairs {
            if !names().any(|name| name == key.name) {
                self.tell(unknown(key.span, ("键", "key"), &key.name, names()));
            }
        }
        Some(Fields { span: node.span, pairs, known })
    }
}

/// A key without a value, and right below it one that is no key of this map: what was meant to be inside.
fn unindented(source: &str, pairs: &[(Key, Node)], names: &[&str]) -> Option<Fault> {
    let is_own = |key: &Key| names.contains(&key.name.as_str());
    let inside = |((above, value), (key, _)): &(&(Key, Node), &(Key, Node))| {
        is_own(above)
            && value.is_null()
            && !is_own(key)
            && nearest(&key.name, names.iter().copied()).is_none()
            && source[above.span.end..key.span.start].contains('\n')
    };
    let ((above, _), (key, _)) = pairs.iter().zip(pairs.iter().skip(1)).find(inside)?;
    let (zh, en) = (format!("属于“{}”的行要缩进", above.name), format!("what is of `{}` must be indented", above.name));
    let fault = Fault::new(key.span, zh, en);
    Some(match key.name.starts_with('\u{3000}') {
        true => fault.with_help("全角空格不算缩进，要用半角空格", "full-width blanks do not indent; use ordinary ones"),
        false => fault.with_help("在行首加两个半角空格", "put two blanks before it"),
    })
}

/// The fault of a word that is not among those known.
pub(crate) fn unknown<'k>(
    span: Span,
    what: (&str, &str),
    given: &str,
    known: impl IntoIterator<Item = &'k str>,
) -> Fault {
    Fault::new(span, format!("没有{}“{given}”", what.0), format!("unknown {} `{given}`", what.1))
        .expecting(given, known)
}

/// A map with checked keys.
#[derive(Clone, Copy)]
pub(crate) struct Fields<'n> {
    pub(crate) span: Span,
    pub(crate) pairs: &'n [(Key, Node)],
    known: &'static Map,
}

impl<'n> Fields<'n> {
    pub(crate) fn get(&self, name: &str) -> Option<&'n Node> {
        self.pair(name).map(|(_, node)| node)
    }

    pub(crate) fn len(&self) -> usize {
        self.pairs.len()
    }

    pub(crate) fn pair(&self, name: &str) -> Option<(&'n Key, &'n Node)> {
        self.pairs.iter().find(|(key, _)| key.name == name).map(|(key, node)| (key, node))
    }

    /// The place of a key; of the whole map where it is not there.
    pub(crate) fn key_span(&self, name: &str) -> Span {
        self.pair(name).map_or(self.span, |(key, _)| key.span)
    }

    /// A field that has to be there.
    pub(crate) fn need(&self, cx: &mut Cx<'_>, name: &str) -> Option<&'n Node> {
        let found = self.get(name);
        if found.is_none() && !self.is_misspelt(name) {
            cx.tell(Fault::new(self.first(), format!("缺少键“{name}”"), format!("key `{name}` is missing")));
        }
        found
    }

    /// Whether a key that is told to be unknown seems to be meant for this one.
    fn is_misspelt(&self, name: &str) -> bool {
        self.strangers().any(|key| nearest(&key.name, self.names()) == Some(name))
    }

    /// Whether a key was told to be unknown: what is missing may be meant by it.
    pub(crate) fn has_strangers(&self) -> bool {
        self.strangers().next().is_some()
    }

    /// The keys that are told to be unknown.
    fn strangers(&self) -> impl Iterator<Item = &'n Key> {
        let known = self.known;
        let is_own = move |key: &Key| known.fields.iter().any(|field| field.name == key.name);
        self.pairs.iter().map(|(key, _)| key).filter(move |key| !is_own(key))
    }

    fn names(&self) -> impl Iterator<Item = &'static str> {
        self.known.fields.iter().map(|field| field.name)
    }

    /// A field's text that has to be there.
    pub(crate) fn need_text(&self, cx: &mut Cx<'_>, name: &str) -> Option<&'n str> {
        let node = self.need(cx, name)?;
        cx.text(node)
    }

    /// A field's text, where there is one.
    pub(crate) fn text(&self, cx: &mut Cx<'_>, name: &str) -> Option<&'n str> {
        let node = self.get(name)?;
        cx.text(node)
    }

    pub(crate) fn texts(&self, cx: &mut Cx<'_>, name: &str) -> Vec<String> {
        self.get(name).map(|node| cx.texts(node)).unwrap_or_default()
    }

    /// A short place that stands for the whole map: its first key.
    pub(crate) fn first(&self) -> Span {
        self.pairs.first().map_or(self.span, |(key, _)| key.span)
    }
}
