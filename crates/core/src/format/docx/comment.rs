//! Comments: each finding beside the words it speaks of, behind those that readers wrote before.

use super::package::{CONTENT_TYPES, Part, relationships_of, with_content_type};
use super::write::{Changes, Splice, Stamp, Writing, highest_id};
use super::xml::{Tag, Tree, WORD, escaped};
use super::{Package, PieceKind};
use crate::WriteError;
use crate::text::Span;
use std::collections::BTreeMap;

/// What a comment says of a stretch of the text; every line of it is a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The stretch.
    pub span: Span,
    /// The words.
    pub text: String,
}

const KIND: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const LINK: [&str; 2] = [
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/comments",
];

/// Where a comment goes.
enum Place {
    /// From a place in one piece to a place in another.
    Pieces((usize, usize), (usize, usize)),
    /// At the end of a paragraph (index into [`Package::anchors`]).
    Paragraph(usize),
}

impl Package {
    /// The file with comments, and the indices of those that no place takes: notes, headers and footers hold none.
    pub(crate) fn annotate(&self, remarks: &[Remark], stamp: &Stamp) -> Result<(Vec<u8>, Vec<usize>), WriteError> {
        let mut archive = self.archive.clone();
        let link = self.relationships.iter().find(|link| link.kind == "comments" && !link.is_external);
        let old = match link {
            Some(link) => archive.part(&link.target).map_err(|_| WriteError::Package)?,
            None => None,
        };
        let mut id = self.next_id().max(old.as_ref().map_or(0, |part| highest_id(&part.tree.text) + 1));
        let tree = &self.parts[0].tree;
        let prefix = tree.prefix(tree.root()).to_owned();
        let Names { own, declared, .. } = Names::of(tree);
        let mut changes: BTreeMap<usize, Changes> = BTreeMap::new();
        let mut splices: Vec<Splice> = Vec::new();
        let mut refused = Vec::new();
        let mut comments = String::new();
        let names = old.as_ref().map_or_else(|| Names::new(prefix.clone()), |part| Names::of(&part.tree));
        for (idx, remark) in remarks.iter().enumerate() {
            let Some(place) = self.place(remark.span) else {
                refused.push(idx);
                continue;
            };
            let start = format!("<{prefix}commentRangeStart{declared} {own}id=\"{id}\"/>");
            let end = format!(
                "<{prefix}commentRangeEnd{declared} {own}id=\"{id}\"/><{prefix}r><{prefix}commentReference{declared} {own}id=\"{id}\"/>\
                 </{prefix}r>"
            );
            match place {
                Place::Paragraph(at) => splices.push(self.at_end(at, &format!("{start}{end}"))),
                Place::Pieces(first, last) if first == last => {
                    changes.entry(first.0).or_default().marks.push((first.1, format!("{start}{end}")));
                }
                Place::Pieces(first, last) => {
                    changes.entry(first.0).or_default().marks.push((first.1, start));
                    changes.entry(last.0).or_default().marks.push((last.1, end));
                }
            }
            comments.push_str(&comment(&names, id, remark, stamp));
            id += 1;
        }
        if refused.len() == remarks.len() {
            return Ok((self.archive.bytes().to_vec(), refused));
        }
        for change in changes.values_mut() {
            change.marks.sort_by_key(|&(at, _)| at);
        }
        let mut all = self.splices(&changes, &Writing::Plain);
        all.entry(0).or_default().extend(splices);
        let mut parts = self.spliced(all)?;
        match old {
            Some(old) => {
                let tree = &old.tree;
                let root = tree.root();
                let text = match tree.closing(root) {
                    Some(at) => format!("{}{comments}{}", &tree.text[..at], &tree.text[at..]),
                    None => {
                        let opening = tree.opening(root).trim_end_matches("/>");
                        let before = &tree.text[..tree.range(root).start];
                        format!("{before}{opening}>{comments}</{}>", tree.name(root))
                    }
                };
                parts.insert(old.name.clone(), old.encoded(&text)?);
            }
            None => self.add_part(&comments, &prefix, &mut archive, &mut parts)?,
        }
        Ok((self.rewritten(&parts)?, refused))
    }

    /// Where a remark goes; none where no comment may stand.
    fn place(&self, span: Span) -> Option<Place> {
        let first = self.pieces.partition_point(|piece| piece.span.end < span.start + usize::from(!span.is_empty()));
        let inside = |end: usize| self.pieces[first..].iter().take_while(move |piece| piece.span.start <= end);
        let end = if span.is_empty() { span.end } else { span.end - 1 };
        let mut own = inside(end).enumerate().filter(|(_, piece)| piece.kind == PieceKind::Words);
        if let Some((at, from)) = own.next() {
            let (last, to) = own.last().unwrap_or((at, from));
            if from.part != 0 {
                return None;
            }
            let (last, to) = if to.part == 0 { (last, to) } else { (at, from) };
            let start = span.start.max(from.span.start) - from.span.start;
            let end = span.end.min(to.span.end).max(to.span.start) - to.span.start;
            return Some(Place::Pieces((first + at, start), (first + last, end)));
        }
        let at = self.anchors.partition_point(|anchor| anchor.start <= span.start).saturating_sub(1);
        self.anchors.get(at).filter(|anchor| anchor.part == 0).map(|_| Place::Paragraph(at))
    }

    /// Markup at the end of a paragraph.
    fn at_end(&self, anchor: usize, markup: &str) -> Splice {
        let anchor = &self.anchors[anchor];
        let tree = &self.parts[anchor.part].tree;
        match tree.closing(anchor.paragraph) {
            Some(at) => Splice { range: at..at, text: markup.to_owned() },
            None => {
                let opening = tree.opening(anchor.paragraph).trim_end_matches("/>");
                let text = format!("{opening}>{markup}</{}>", tree.name(anchor.paragraph));
                Splice { range: tree.range(anchor.paragraph), text }
            }
        }
    }

    /// The first comments of a file: a part, what it is, and the way to it.
    fn add_part(
        &self,
        comments: &str,
        prefix: &str,
        archive: &mut super::package::Archive,
        parts: &mut BTreeMap<String, Vec<u8>>,
    ) -> Result<(), WriteError> {
        let main = &self.parts[0];
        let folder = main.name.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        let free = |n: &u32| !archive.has(&format!("{folder}comments{}.xml", number(*n)));
        let file = (1..).find(free).map(|n| format!("comments{}.xml", number(n))).unwrap_or_default();
        let name = format!("{folder}{file}");
        let is_strict = main.tree.opening(main.tree.root()).contains(WORD[1]);
        let space = WORD[usize::from(is_strict)];
        let declared = if prefix.is_empty() { String::new() } else { format!(":{}", prefix.trim_end_matches(':')) };
        let also = if prefix.is_empty() { format!(" xmlns:w=\"{space}\"") } else { String::new() };
        let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
        let body = format!("<{prefix}comments xmlns{declared}=\"{space}\"{also}>{comments}</{prefix}comments>");
        parts.insert(name.clone(), format!("{head}{body}").into_bytes());
        let types = archive.part(CONTENT_TYPES).map_err(|_| WriteError::Package)?.ok_or(WriteError::Package)?;
        let text = with_content_type(&types, &name, KIND);
        parts.insert(CONTENT_TYPES.to_owned(), types.encoded(&text)?);
        let links = relationships_of(&main.name);
        let kind = LINK[usize::from(is_strict)];
        let known: Vec<&str> = self.relationships.iter().map(|link| link.id.as_str()).collect();
        let id = (1..).map(|n: u32| format!("rIdGouji{n}")).find(|id| !known.contains(&id.as_str()));
        let id = id.unwrap_or_default();
        let old = archive.part(&links).map_err(|_| WriteError::Package)?;
        let bytes = match &old {
            Some(Part { tree, .. }) if tree.closing(tree.root()).is_some() => {
                let at = tree.closing(tree.root()).unwrap_or(tree.text.len());
                let own = tree.prefix(tree.root());
                let line = format!("<{own}Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{file}\"/>");
                old.as_ref().map_or(Ok(Vec::new()), |part| {
                    part.encoded(&format!("{}{line}{}", &tree.text[..at], &tree.text[at..]))
                })?
            }
            _ => {
                let line = format!("<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{file}\"/>");
                format!("{head}<Relationships xmlns=\"{RELATIONSHIPS}\">{line}</Relationships>").into_bytes()
            }
        };
        parts.insert(links, bytes);
        Ok(())
    }
}

fn number(n: u32) -> String {
    if n == 1 { String::new() } else { n.to_string() }
}

/// How the elements and attributes of comments are named in a part.
struct Names {
    prefix: String,
    /// The prefix of attributes.
    own: String,
    /// What declares that prefix where the part does not.
    declared: String,
}

impl Names {
    /// In a new part.
    fn new(prefix: String) -> Self {
        let own = if prefix.is_empty() { "w:".to_owned() } else { prefix.clone() };
        Self { prefix, own, declared: String::new() }
    }

    /// In a part that is there.
    fn of(tree: &Tree) -> Self {
        let own = tree.attribute_prefix(tree.root());
        if !own.is_empty() {
            return Self { prefix: tree.prefix(tree.root()).to_owned(), own, declared: String::new() };
        }
        let is_strict = tree.opening(tree.root()).contains(WORD[1]);
        let declared = format!(" xmlns:w=\"{}\"", WORD[usize::from(is_strict)]);
        Self { declared, ..Self::new(String::new()) }
    }
}

fn comment(Names { prefix, own, declared }: &Names, id: u64, remark: &Remark, stamp: &Stamp) -> String {
    let lines: String = remark
        .text
        .lines()
        .map(|line| {
            let words: String = line.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            let words = escaped(&words);
            format!(
                "<{prefix}p><{prefix}r><{prefix}t xml:space=\"preserve\">{words}</{prefix}t></{prefix}r></{prefix}p>"
            )
        })
        .collect();
    let (author, date) = (escaped(&stamp.author), &stamp.date);
    let initials: String = stamp.author.chars().take(1).collect();
    format!(
        "<{prefix}comment{declared} {own}id=\"{id}\" {own}author=\"{author}\" {own}date=\"{date}\" {own}initials=\"{}\">{lines}\
         </{prefix}comment>",
        escaped(&initials)
    )
}

/// The comments that stand in a part, each with who wrote it and what.
pub(super) fn read(part: &Part) -> Vec<(i64, String, String)> {
    let tree = &part.tree;
    let comments = tree.children(tree.root()).filter(|&id| tree.tag(id) == Tag::Comment);
    comments
        .map(|id| {
            let author = tree.attribute(id, "author").unwrap_or_default().into_owned();
            (tree.number(id, "id").unwrap_or(-1), author, super::inline::all_words(tree, id))
        })
        .collect()
}
