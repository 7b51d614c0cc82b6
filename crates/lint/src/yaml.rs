//! YAML files as trees of located nodes. The only file that names the YAML library.
//!
//! The library's events are used, not its serde layer: they tell the place and the style of every node, and a fault in
//! one document of a file leaves the others readable. Anchors, aliases and tags are refused: a rule is read by people,
//! and aliases are how a small file becomes a large one.

mod slip;

use crate::fault::Fault;
use gouji_core::text::Span;
use serde_yaml::granit_parser::{self as granit, ErrorKind, Event, Parser, ScalarStyle, ScanError};

/// The largest file that is read, in bytes.
const FILE_LIMIT: usize = 1 << 20;
/// The most nodes of a file: far more than any rule pack's largest file has.
const NODE_LIMIT: usize = 100_000;
/// The deepest nesting.
const DEPTH_LIMIT: usize = 32;

/// A node with its place in the file.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    /// A scalar with its quotes; a list or map from its first to its last byte.
    pub(crate) span: Span,
    pub(crate) kind: Kind,
}

/// The kinds of [`Node`].
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    Scalar(Scalar),
    List(Vec<Node>),
    /// Pairs in the order written.
    Map(Vec<(Key, Node)>),
}

/// A key of a map.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    pub(crate) span: Span,
    pub(crate) name: String,
}

/// A scalar: what it says and how it was written.
#[derive(Clone, Debug)]
pub(crate) struct Scalar {
    pub(crate) value: String,
    style: ScalarStyle,
    /// Whether the value stands at its span as written; not after something was put in or it was taken from elsewhere.
    verbatim: bool,
}

/// One document of a file, or why it could not be read.
pub(crate) type Document = Result<Node, Fault>;

impl Node {
    pub(crate) fn scalar(&self) -> Option<&Scalar> {
        match &self.kind {
            Kind::Scalar(scalar) => Some(scalar),
            _ => None,
        }
    }

    /// The same as if it stood at another place as a whole.
    pub(crate) fn at(&self, span: Span) -> Self {
        let kind = match &self.kind {
            Kind::Scalar(scalar) => Kind::Scalar(Scalar { verbatim: false, ..scalar.clone() }),
            Kind::List(items) => Kind::List(items.iter().map(|item| item.at(span)).collect()),
            Kind::Map(pairs) => {
                let moved = |(key, node): &(Key, Self)| (Key { span, name: key.name.clone() }, node.at(span));
                Kind::Map(pairs.iter().map(moved).collect())
            }
        };
        Self { span, kind }
    }

    /// A scalar that says something else at this place.
    pub(crate) fn saying(&self, value: String) -> Self {
        let style = self.scalar().map_or(ScalarStyle::Literal, |scalar| scalar.style);
        Self { span: self.span, kind: Kind::Scalar(Scalar { value, style, verbatim: false }) }
    }

    /// The value of a key of this map.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        let Kind::Map(pairs) = &self.kind else { return None };
        pairs.iter().find(|(own, _)| own.name == key).map(|(_, node)| node)
    }

    /// The items of this list; anything else is a list of itself, nothing is none.
    pub(crate) fn items(&self) -> &[Self] {
        match &self.kind {
            Kind::List(items) => items,
            _ if self.is_null() => &[],
            _ => std::slice::from_ref(self),
        }
    }

    /// The scalars among [`Self::items`].
    pub(crate) fn words(&self) -> Vec<String> {
        self.items().iter().filter_map(|item| Some(item.scalar()?.value.clone())).collect()
    }

    /// Whether nothing was written, or `null` or `~`.
    pub(crate) fn is_null(&self) -> bool {
        self.scalar().is_some_and(|scalar| {
            scalar.style == ScalarStyle::Plain && matches!(scalar.value.as_str(), "" | "null" | "~")
        })
    }

    /// The comment right behind this text, written without quotes, where it holds what the text lacks: a name in angle
    /// brackets or a closing quotation mark.
    pub(crate) fn cut_by(&self, source: &str) -> Option<Span> {
        let value =
            self.scalar().filter(|scalar| scalar.verbatim && scalar.style == ScalarStyle::Plain)?.value.as_str();
        let rest = source[self.span.end..].lines().next()?;
        let comment = rest.trim_start().strip_prefix('#')?;
        let is_open = |[open, close]: [char; 2]| {
            value.matches(open).count() > value.matches(close).count() && comment.contains(close)
        };
        let has_name = comment.split_once('<').is_some_and(|(_, behind)| behind.contains('>'));
        let lacks = has_name || [['“', '”'], ['「', '」'], ['《', '》'], ['（', '）']].into_iter().any(is_open);
        let start = self.span.end + rest.len() - comment.len() - 1;
        lacks.then(|| Span::new(start, self.span.end + rest.trim_end().len()))
    }

    /// The place in the file of a stretch of this scalar's value. Where it can not be told (folded or escaped text),
    /// the whole scalar.
    pub(crate) fn place(&self, source: &str, inside: Span) -> Span {
        let Some(scalar) = self.scalar() else {
            return self.span;
        };
        let map = |at| scalar.offset(source, self.span, at);
        match (map(inside.start), map(inside.end)) {
            (Some(start), Some(end)) if start <= end => Span::new(start, end),
            _ => self.span,
        }
    }
}

impl Scalar {
    /// Where byte `at` of the value stands in the file.
    fn offset(&self, source: &str, span: Span, at: usize) -> Option<usize> {
        if !self.verbatim {
            return None;
        }
        match self.style {
            ScalarStyle::Plain => (span.of(source) == self.value).then_some(span.start + at),
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                let inner = Span::new(span.start + 1, span.end.checked_sub(1)?);
                let mut chars = inner.of(source).char_indices().peekable();
                let mut value_at = 0;
                while let Some((source_at, c)) = chars.next() {
                    if value_at >= at {
                        return Some(inner.start + source_at);
                    }
                    match (c, self.style, chars.peek()) {
                        ('\n', _, _) => return None,
                        ('\'', ScalarStyle::SingleQuoted, Some((_, '\''))) => {
                            chars.next();
                        }
                        ('\\', ScalarStyle::DoubleQuoted, Some((_, 'x' | 'u' | 'U' | '\n'))) => return None,
                        ('\\', ScalarStyle::DoubleQuoted, _) => {
                            chars.next();
                            value_at += 1;
                            continue;
                        }
                        _ => {}
                    }
                    value_at += c.len_utf8();
                }
                (value_at >= at).then_some(inner.end)
            }
            ScalarStyle::Literal => self.literal_offset(source, span, at),
            ScalarStyle::Folded => None,
        }
    }

    /// Line by line: a source line is its indentation and the value's line.
    fn literal_offset(&self, source: &str, span: Span, at: usize) -> Option<usize> {
        let line_idx = self.value[..at].matches('\n').count();
        let column = at - self.value[..at].rfind('\n').map_or(0, |found| found + 1);
        let value_line = self.value.split('\n').nth(line_idx)?;
        let first = source[..span.start].rfind('\n').map_or(0, |found| found + 1);
        let mut start = first;
        for _ in 0..line_idx {
            start += source[start..].find('\n')? + 1;
        }
        let line = source[start..].split('\n').next()?.trim_end_matches('\r');
        let indent = line.len().checked_sub(value_line.len())?;
        line.ends_with(value_line).then_some(start + indent + column)
    }
}

/// Reads all documents of a file. Empty documents are left out.
pub(crate) fn read(source: &str) -> Vec<Document> {
    if source.len() > FILE_LIMIT {
        return vec![Err(Fault::new(Span::empty(0), "文件超过 1 MiB", "the file is larger than 1 MiB"))];
    }
    let mut options = granit::Options::default();
    options.set_emit_comments(false);
    options.emit_unresolved_aliases = true;
    options.disallow_directives = true;
    options.flow_nesting_limit = DEPTH_LIMIT;
    options.block_nesting_limit = DEPTH_LIMIT;
    let mut reader = Reader { source, parser: Parser::new_from_str_with_options(source, options), n_nodes: 0 };
    let mut documents = Vec::new();
    loop {
        match reader.document() {
            Ok(Some(node)) if node.is_null() => {}
            Ok(Some(node)) => documents.push(Ok(node)),
            Ok(None) => return documents,
            Err(fault) => {
                documents.push(Err(fault));
                if reader.n_nodes > NODE_LIMIT || !matches!(reader.parser.proceed_next_document(), Ok(true)) {
                    return documents;
                }
            }
        }
    }
}

struct Reader<'a> {
    source: &'a str,
    parser: Parser<'a, granit::StrInput<'a>>,
    n_nodes: usize,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Result<(Event<'a>, Span), Fault> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => {
                let range = span.byte_range().unwrap_or(0..0);
                Ok((event, clamp(self.source, range.start, range.end)))
            }
            Some(Err(error)) => Err(slip::fault(self.source, &error)),
            None => Ok((Event::StreamEnd, Span::empty(self.source.len()))),
        }
    }

    /// The next document's root; none at the end of the file.
    fn document(&mut self) -> Result<Option<Node>, Fault> {
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamEnd => return Ok(None),
                Event::StreamStart | Event::DocumentStart(..) | Event::DocumentEnd => {}
                event => return self.node(event, span, 0).map(Some),
            }
        }
    }

    fn node(&mut self, event: Event<'a>, span: Span, depth: usize) -> Result<Node, Fault> {
        self.n_nodes += 1;
        if self.n_nodes > NODE_LIMIT || depth > DEPTH_LIMIT {
            return Err(Fault::new(span, "文件内容过多或嵌套过深", "the file has too many nodes or nests too deep"));
        }
        if event.alias_id().is_some() || matches!(event, Event::UnresolvedAlias(_)) {
            return Err(Fault::new(span, "不支持 YAML 别名（*名）", "YAML aliases (`*name`) are not supported")
                .with_help("以 * 开头的内容要加引号", "quote a value that starts with `*`"));
        }
        if event.anchor_id().is_some() || event.tag().is_some() {
            return Err(Fault::new(
                mark_before(self.source, span),
                "不支持 YAML 锚点（&名）和标记（!名）",
                "YAML anchors (`&name`) and tags (`!name`) are not supported",
            )
            .with_help("以 & 或 ! 开头的内容要加引号", "quote a value that starts with `&` or `!`"));
        }
        match event {
            Event::Scalar(value, style, ..) => {
                let kind = Kind::Scalar(Scalar { value: value.into_owned(), style, verbatim: true });
                Ok(Node { span: trim_scalar(self.source, span, style), kind })
            }
            Event::SequenceStart(..) => {
                let mut items = Vec::new();
                loop {
                    match self.next()? {
                        (Event::SequenceEnd, end) => {
                            let span = cover(span, end, items.last().map(|node: &Node| node.span));
                            return Ok(Node { span, kind: Kind::List(items) });
                        }
                        (event, span) => items.push(self.node(event, span, depth + 1)?),
                    }
                }
            }
            Event::MappingStart(..) => {
                let mut pairs: Vec<(Key, Node)> = Vec::new();
                loop {
                    match self.next()? {
                        (Event::MappingEnd, end) => {
                            let span = cover(span, end, pairs.last().map(|(_, node)| node.span));
                            return Ok(Node { span, kind: Kind::Map(pairs) });
                        }
                        (event, span) => {
                            let key = self.node(event, span, depth + 1)?;
                            let Kind::Scalar(scalar) = key.kind else {
                                return Err(Fault::new(key.span, "键要是一个词", "a key must be a word"));
                            };
                            let (event, span) = self.next()?;
                            let value = self.node(event, span, depth + 1)?;
                            pairs.push((Key { span: key.span, name: scalar.value }, value));
                        }
                    }
                }
            }
            _ => Err(Fault::new(span, "YAML 语法有误", "bad YAML")),
        }
    }
}

/// A span of the library, which may point past the end, on boundaries of the text.
fn clamp(source: &str, start: usize, end: usize) -> Span {
    let fit = |mut at: usize| {
        at = at.min(source.len());
        while !source.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = fit(start);
    Span::new(start, fit(end).max(start))
}

/// The anchor or tag that stands before a node.
fn mark_before(source: &str, node: Span) -> Span {
    let before = source[..node.start].trim_end();
    before.rfind(['&', '!']).map_or(node, |start| Span::new(start, before.len()))
}

/// A block's span ends with its last child; a flow's with its closing mark.
fn cover(start: Span, end: Span, last: Option<Span>) -> Span {
    let span = last.map_or(start, |last| start.cover(last));
    if end.is_empty() { span } else { span.cover(end) }
}

/// A block scalar's span runs on over the indentation that follows it.
fn trim_scalar(source: &str, span: Span, style: ScalarStyle) -> Span {
    match style {
        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => span,
        _ => Span::new(span.start, span.start + span.of(source).trim_end().len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(source: &str) -> Node {
        read(source).remove(0).unwrap()
    }

    fn get<'a>(node: &'a Node, key: &str) -> &'a Node {
        let Kind::Map(pairs) = &node.kind else { panic!("no map") };
        &pairs.iter().find(|(own, _)| own.name == key).unwrap().1
    }

    #[test]
    fn places_inside_scalars_of_every_style() {
        let source = "甲: 一二三\n乙: '一''二三'\n丙: \"一\\\"二三\"\n丁: |\n  一\n  一二三\n戊: {己: 一二三}\n";
        let root = one(source);
        for key in ["甲", "乙", "丙", "丁"] {
            let node = get(&root, key);
            let value = &node.scalar().unwrap().value;
            let at = value.find("二三").unwrap();
            let place = node.place(source, Span::new(at, at + 6));
            assert_eq!(place.of(source), "二三", "{key}: {value:?}");
        }
        assert_eq!(get(&root, "戊").span.of(source), "{己: 一二三}");
        assert_eq!(get(&root, "丁").span.of(source), "一\n  一二三");
    }

    #[test]
    fn a_bad_document_leaves_the_others() {
        let source = "甲: 1\n---\n乙: [1\n---\n丙: 3\n";
        let documents = read(source);
        assert_eq!(documents.len(), 3);
        assert!(documents[0].is_ok() && documents[1].is_err() && documents[2].is_ok());
    }

    #[test]
    fn aliases_are_refused() {
        let source = "甲: &a [1]\n乙: *a\n";
        assert!(read(source)[0].is_err());
        assert!(read("甲: **\n")[0].is_err());
    }
}
