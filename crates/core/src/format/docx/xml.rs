//! A part's XML as a tree that knows the bytes of every element: what is written back is cut out and put in by them.
//!
//! The tree is built without recursion and its depth is bounded, so that whoever walks it may recurse.

use super::PackageFault;
use quick_xml::events::attributes::Attributes;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::{NsReader, XmlVersion, escape};
use std::borrow::Cow;
use std::ops::Range;

/// The deepest nesting that is read.
pub const MAX_DEPTH: usize = 256;
/// The most elements of one part.
pub const MAX_ELEMENTS: usize = 4_000_000;

macro_rules! tags {
    ($($name:ident = $word:literal,)*) => {
        /// The elements that are looked for; all others are [`Tag::Other`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Tag {
            $($name,)*
            /// Text of a formula.
            MathText,
            AlternateContent,
            Choice,
            Fallback,
            Other,
        }

        impl Tag {
            fn of_word(local: &str) -> Self {
                match local {
                    $($word => Self::$name,)*
                    _ => Self::Other,
                }
            }
        }
    };
}

tags! {
    Document = "document",
    Body = "body",
    Paragraph = "p",
    ParagraphProperties = "pPr",
    ParagraphStyle = "pStyle",
    Run = "r",
    RunProperties = "rPr",
    RunStyle = "rStyle",
    Text = "t",
    Tab = "tab",
    PositionTab = "ptab",
    Break = "br",
    Return = "cr",
    NoBreakHyphen = "noBreakHyphen",
    SoftHyphen = "softHyphen",
    Symbol = "sym",
    Drawing = "drawing",
    Picture = "pict",
    Object = "object",
    FootnoteReference = "footnoteReference",
    EndnoteReference = "endnoteReference",
    Vanish = "vanish",
    Insertion = "ins",
    Deletion = "del",
    MoveFrom = "moveFrom",
    MoveTo = "moveTo",
    FieldChar = "fldChar",
    InstructionText = "instrText",
    PhoneticText = "rt",
    TextBox = "txbxContent",
    Table = "tbl",
    Row = "tr",
    RowProperties = "trPr",
    Cell = "tc",
    CellProperties = "tcPr",
    GridSpan = "gridSpan",
    GridBefore = "gridBefore",
    VerticalMerge = "vMerge",
    HorizontalMerge = "hMerge",
    NumberingProperties = "numPr",
    NumberingLevel = "ilvl",
    NumberingId = "numId",
    OutlineLevel = "outlineLvl",
    Style = "style",
    BasedOn = "basedOn",
    AbstractNumbering = "abstractNum",
    AbstractNumberingId = "abstractNumId",
    Numbering = "num",
    Level = "lvl",
    LevelOverride = "lvlOverride",
    StartOverride = "startOverride",
    Start = "start",
    NumberFormat = "numFmt",
    LevelText = "lvlText",
    LevelRestart = "lvlRestart",
    Footnote = "footnote",
    Endnote = "endnote",
    OtherFile = "altChunk",
    Comments = "comments",
    Comment = "comment",
}

/// The namespaces of WordprocessingML, transitional and strict.
pub(super) const WORD: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];
const MATH: [&str; 2] =
    ["http://schemas.openxmlformats.org/officeDocument/2006/math", "http://purl.oclc.org/ooxml/officeDocument/math"];
const COMPATIBILITY: &str = "http://schemas.openxmlformats.org/markup-compatibility/2006";

/// An element of a [`Tree`], by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Id(u32);

#[derive(Clone, Copy, Debug)]
struct Node {
    tag: Tag,
    parent: u32,
    first: u32,
    next: u32,
    start: u32,
    /// Behind the start tag.
    open_end: u32,
    /// Before the end tag.
    close: u32,
    end: u32,
}

/// No element.
const NONE: u32 = u32::MAX;

/// A part as text and its elements.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) text: String,
    nodes: Vec<Node>,
}

impl Tree {
    /// Reads a part. `part` is its name, for what is said of it.
    pub(super) fn read(part: &str, text: String) -> Result<Self, PackageFault> {
        let fault = |make: fn(String) -> PackageFault| make(part.to_owned());
        let mut nodes: Vec<Node> = Vec::with_capacity(text.len() / 32);
        // The open elements, each with its last child.
        let mut open: Vec<(u32, u32)> = Vec::new();
        let mut reader = NsReader::from_str(&text);
        loop {
            let start = at(reader.buffer_position());
            let (space, event) =
                reader.read_resolved_event().map_err(|_| fault(|part| PackageFault::Markup { part }))?;
            let (element, is_empty) = match &event {
                Event::Start(element) => (element, false),
                Event::Empty(element) => (element, true),
                Event::End(_) => {
                    let end = at(reader.buffer_position());
                    let (id, _) = open.pop().ok_or_else(|| fault(|part| PackageFault::Markup { part }))?;
                    let node = &mut nodes[id as usize];
                    (node.close, node.end) = (start, end);
                    continue;
                }
                Event::DocType(_) => return Err(fault(|part| PackageFault::Entities { part })),
                Event::Eof => break,
                _ => continue,
            };
            if open.len() >= MAX_DEPTH {
                return Err(fault(|part| PackageFault::TooDeep { part }));
            }
            if nodes.len() >= MAX_ELEMENTS {
                return Err(fault(|part| PackageFault::TooMany { part }));
            }
            let tag = tag(space, element);
            let end = at(reader.buffer_position());
            let id = at(nodes.len() as u64);
            let parent = open.last().map_or(NONE, |&(parent, _)| parent);
            nodes.push(Node { tag, parent, first: NONE, next: NONE, start, open_end: end, close: end, end });
            if let Some((parent, last)) = open.last_mut() {
                match *last {
                    NONE => nodes[*parent as usize].first = id,
                    last => nodes[last as usize].next = id,
                }
                *last = id;
            }
            if !is_empty {
                open.push((id, NONE));
            }
        }
        if nodes.is_empty() || !open.is_empty() {
            return Err(fault(|part| PackageFault::Markup { part }));
        }
        Ok(Self { text, nodes })
    }

    /// The outermost element.
    pub(super) fn root(&self) -> Id {
        Id(0)
    }

    /// All elements in order.
    pub(super) fn all(&self) -> impl Iterator<Item = Id> + '_ {
        (0..at(self.nodes.len() as u64)).map(Id)
    }

    fn node(&self, id: Id) -> &Node {
        &self.nodes[id.0 as usize]
    }

    pub(super) fn tag(&self, id: Id) -> Tag {
        self.node(id).tag
    }

    pub(super) fn parent(&self, id: Id) -> Option<Id> {
        Some(Id(self.node(id).parent)).filter(|id| id.0 != NONE)
    }

    pub(super) fn children(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        let mut next = self.node(id).first;
        std::iter::from_fn(move || {
            let id = Some(Id(next)).filter(|id| id.0 != NONE)?;
            next = self.node(id).next;
            Some(id)
        })
    }

    /// The first child with a tag.
    pub(super) fn child(&self, id: Id, tag: Tag) -> Option<Id> {
        self.children(id).find(|&child| self.tag(child) == tag)
    }

    /// The bytes of the whole element.
    pub(super) fn range(&self, id: Id) -> Range<usize> {
        let node = self.node(id);
        node.start as usize..node.end as usize
    }

    /// The start tag as written.
    pub(super) fn opening(&self, id: Id) -> &str {
        let node = self.node(id);
        &self.text[node.start as usize..node.open_end as usize]
    }

    /// Where its end tag stands; none where it is written as an empty element.
    pub(super) fn closing(&self, id: Id) -> Option<usize> {
        let node = self.node(id);
        (node.close < node.end).then_some(node.close as usize)
    }

    /// The whole element as written.
    pub(super) fn source(&self, id: Id) -> &str {
        &self.text[self.range(id)]
    }

    /// Its name as written, with the prefix.
    pub(super) fn name(&self, id: Id) -> &str {
        let opening = &self.opening(id)[1..];
        &opening[..opening.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).unwrap_or(opening.len())]
    }

    /// The prefix of its name, with the colon; empty where there is none.
    pub(super) fn prefix(&self, id: Id) -> &str {
        let name = self.name(id);
        name.find(':').map_or("", |colon| &name[..=colon])
    }

    /// The prefix of Word's attributes, with the colon: that of elements, or another where these have none.
    pub(super) fn attribute_prefix(&self, id: Id) -> String {
        let own = self.prefix(id);
        if !own.is_empty() {
            return own.to_owned();
        }
        let opening = self.opening(self.root());
        let declared = opening.split_whitespace().find_map(|word| {
            let (name, space) = word.strip_prefix("xmlns:")?.split_once('=')?;
            let space = space.trim_end_matches(['/', '>']).trim_matches(['"', '\'']);
            WORD.contains(&space).then(|| format!("{name}:"))
        });
        declared.unwrap_or_default()
    }

    /// An attribute by its name without prefix.
    pub(super) fn attribute(&self, id: Id, local: &str) -> Option<Cow<'_, str>> {
        let opening = self.opening(id);
        let name_end = 1 + self.name(id).len();
        let inner = opening[..opening.len() - 1].trim_end_matches('/');
        Attributes::new(inner, name_end).with_checks(false).flatten().find_map(|attribute| {
            let key = attribute.key.as_ref();
            (key.rsplit(':').next() == Some(local) && !key.starts_with("xmlns")).then(|| {
                let value = attribute.normalized_value(XmlVersion::Implicit1_0);
                value.unwrap_or(Cow::Borrowed(""))
            })
        })
    }

    /// An attribute that is a number.
    pub(super) fn number(&self, id: Id, local: &str) -> Option<i64> {
        self.attribute(id, local)?.trim().parse().ok()
    }

    /// The `val` of the first child with a tag.
    pub(super) fn value(&self, id: Id, tag: Tag) -> Option<Cow<'_, str>> {
        self.attribute(self.child(id, tag)?, "val")
    }

    /// Whether a child that turns something on is there and does not say off.
    pub(super) fn is_on(&self, id: Id, tag: Tag) -> bool {
        let Some(child) = self.child(id, tag) else { return false };
        !matches!(self.attribute(child, "val").as_deref(), Some("0" | "false" | "off" | "none"))
    }

    /// The characters between its tags, of itself and not of its children.
    pub(super) fn words(&self, id: Id) -> Cow<'_, str> {
        let node = self.node(id);
        let inner = &self.text[node.open_end as usize..node.close as usize];
        if !inner.contains(['&', '<', '\n', '\r', '\t']) {
            return Cow::Borrowed(inner);
        }
        let mut reader = quick_xml::Reader::from_str(inner);
        let mut words = String::with_capacity(inner.len());
        let mut depth = 0usize;
        loop {
            match reader.read_event() {
                Ok(Event::Start(_)) => depth += 1,
                Ok(Event::End(_)) => depth = depth.saturating_sub(1),
                Ok(Event::Text(text)) if depth == 0 => words.push_str(&text),
                Ok(Event::CData(text)) if depth == 0 => words.push_str(&text),
                Ok(Event::GeneralRef(entity)) if depth == 0 => match entity.resolve_char_ref() {
                    Ok(Some(c)) => words.push(c),
                    _ => words.push_str(escape::resolve_predefined_entity(&entity).unwrap_or("\u{FFFD}")),
                },
                Ok(Event::Eof) | Err(_) => break,
                Ok(_) => {}
            }
        }
        // A line break in the markup is a blank, as everywhere in XML text that is not preformatted.
        if words.contains(char::is_control) {
            words = words.replace("\r\n", " ").chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        }
        Cow::Owned(words)
    }
}

fn tag(space: ResolveResult<'_>, element: &BytesStart<'_>) -> Tag {
    let ResolveResult::Bound(Namespace(space)) = space else { return Tag::Other };
    let local = element.local_name();
    let local: &str = local.as_ref();
    if WORD.contains(&space) {
        return Tag::of_word(local);
    }
    match local {
        "t" if MATH.contains(&space) => Tag::MathText,
        "AlternateContent" if space == COMPATIBILITY => Tag::AlternateContent,
        "Choice" if space == COMPATIBILITY => Tag::Choice,
        "Fallback" if space == COMPATIBILITY => Tag::Fallback,
        _ => Tag::Other,
    }
}

/// Parts are far smaller than what 32 bits count.
fn at(position: u64) -> u32 {
    u32::try_from(position).unwrap_or(NONE)
}

/// Text as it stands between tags.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    escape::escape(text)
}
