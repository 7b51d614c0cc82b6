//! Word: a zip of XML parts. The text is that of the paragraphs and cells as Word shows them; an edit touches the runs
//! it concerns and nothing else of the file.

mod body;
mod comment;
mod inline;
mod leftover;
mod numbering;
mod package;
mod styles;
mod table;
mod write;
mod xml;

pub use comment::Remark;
pub use package::{MAX_ENTRIES, MAX_PART, MAX_UNPACKED};
pub use write::{Stamp, Writing};
pub use xml::{MAX_DEPTH, MAX_ELEMENTS};

use crate::document::Document;
use crate::encoding::{self, Charset, Decoded, Encoding};
use crate::format::{Foreign, Format};
use crate::label::KnownLabels;
use crate::text::Span;
use crate::{ReadError, recognise};
use package::{Archive, ContentTypes, Part, Relationship};
use std::sync::Arc;
use xml::Id;

/// Why a file that should be Word's is none that can be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PackageFault {
    /// No zip file, or one that is cut off.
    #[error("not a whole .docx file: its zip directory can not be read")]
    NotZip,
    /// Nothing at all.
    #[error("an empty file")]
    Empty,
    /// A web page under the name of a Word file.
    #[error("a web page named .docx; name it .html")]
    Page,
    /// Text under the name of a Word file.
    #[error("plain text named .docx; name it .txt")]
    Text,
    /// More than [`MAX_ENTRIES`].
    #[error("the zip file has too many entries")]
    TooManyEntries,
    /// An entry whose name leads out of the file.
    #[error("the zip file has an entry with the unsafe name `{name}`")]
    UnsafeName {
        /// The name.
        name: String,
    },
    /// Two entries of one name.
    #[error("the zip file has two entries named `{name}`")]
    DoubledName {
        /// The name; empty where it can not be told.
        name: String,
    },
    /// Protected by a password.
    #[error("protected by a password")]
    Locked,
    /// A zip file, but none of Word's.
    #[error("a zip file that holds no Word document")]
    NoDocument,
    /// Two parts that claim to be the document.
    #[error("the file has two document parts")]
    TwoDocuments,
    /// A part that can not be unpacked.
    #[error("its part {part} is damaged")]
    Damaged {
        /// The part.
        part: String,
    },
    /// A part that unpacks to more than [`MAX_PART`], or the whole to more than [`MAX_UNPACKED`].
    #[error("its part {part} unpacks to more than the limit")]
    TooLarge {
        /// The part.
        part: String,
    },
    /// A part that is no well-formed XML.
    #[error("its part {part} is no well-formed XML")]
    Markup {
        /// The part.
        part: String,
    },
    /// A part that declares entities, which no Word file does.
    #[error("its part {part} has a document type declaration")]
    Entities {
        /// The part.
        part: String,
    },
    /// Elements nested deeper than [`MAX_DEPTH`].
    #[error("its part {part} is nested too deeply")]
    TooDeep {
        /// The part.
        part: String,
    },
    /// More than [`MAX_ELEMENTS`].
    #[error("its part {part} has too many elements")]
    TooMany {
        /// The part.
        part: String,
    },
}

/// The file a document was read from, and where in it each piece of the text stands.
#[derive(Debug)]
pub(crate) struct Package {
    archive: Archive,
    /// The document's text: what is shown of it may be masked, what is written may not.
    text: String,
    /// The parts whose text was read, the document first.
    parts: Vec<Part>,
    /// By their place in the text.
    pieces: Vec<Piece>,
    /// Every paragraph with the place where its text starts.
    anchors: Vec<Anchor>,
    relationships: Vec<Relationship>,
}

/// A stretch of the text that stands in one element of a run.
#[derive(Clone, Copy, Debug)]
struct Piece {
    span: Span,
    /// The part (index into [`Package::parts`]).
    part: usize,
    element: Id,
    run: Id,
    kind: PieceKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PieceKind {
    /// Characters that can be rewritten.
    Words,
    /// A tab or a break: one character that can be taken out.
    Mark,
    /// What can be read and not rewritten.
    Fixed,
}

/// A paragraph and the place where its text starts.
#[derive(Clone, Copy, Debug)]
struct Anchor {
    start: usize,
    part: usize,
    paragraph: Id,
}

/// Whether a file starts as a zip file does.
pub(crate) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Why a file that is no zip file is no Word file either.
pub(crate) fn of_no_zip(bytes: &[u8]) -> PackageFault {
    if bytes.is_empty() {
        return PackageFault::Empty;
    }
    let is_foreign = |c: char| c == '\u{FFFD}' || (c.is_control() && !c.is_whitespace());
    match encoding::decode(bytes, None) {
        Ok(decoded) if decoded.text.contains(is_foreign) => PackageFault::NotZip,
        Ok(decoded) if decoded.text.trim_start().starts_with('<') => PackageFault::Page,
        Ok(_) => PackageFault::Text,
        Err(_) => PackageFault::NotZip,
    }
}

/// Reads a Word file.
pub(crate) fn read(name: &str, bytes: &[u8], known: &KnownLabels) -> Result<Document, ReadError> {
    let mut archive = Archive::open(bytes)?;
    let (main, types) = main_part(&mut archive)?;
    let relationships = archive.relationships(&main)?;
    let mut reading = body::Reading::open(&mut archive, &main, &relationships)?;
    reading.body();
    reading.asides(&mut archive, &relationships)?;
    let leftovers = leftover::of_file(&mut archive, &types, &relationships, &reading)?;
    let body::Reading { mut draft, parts, pieces, anchors, leftovers: of_text, .. } = reading;
    crate::note_oddities(&mut draft);
    let encoding = Encoding { charset: Charset::Utf8, bom: false };
    let text = draft.text.clone();
    let decoded = Decoded { text: text.clone(), encoding };
    let mut document = recognise::document(name, Format::Docx, decoded, draft, known);
    document.leftovers = of_text.into_iter().chain(leftovers).collect();
    document.leftovers.sort_by_key(|leftover| (leftover.span, leftover.kind));
    document.package = Some(Arc::new(Package { archive, text, parts, pieces, anchors, relationships }));
    Ok(document)
}

/// The part that is the document. What other files in zips are is told by their content.
fn main_part(archive: &mut Archive) -> Result<(String, ContentTypes), ReadError> {
    if archive.has("OFD.xml") {
        return Err(ReadError::Foreign(Foreign::Ofd));
    }
    if archive.has("EncryptedPackage") {
        return Err(PackageFault::Locked.into());
    }
    if !archive.has(package::CONTENT_TYPES) {
        return Err(PackageFault::NoDocument.into());
    }
    let types = archive.content_types()?;
    let mut documents: Vec<String> = archive
        .relationships("")?
        .into_iter()
        .filter(|relationship| relationship.kind == "officeDocument" && !relationship.is_external)
        .map(|relationship| relationship.target)
        .collect();
    documents.dedup();
    let main = match documents.as_slice() {
        [one] => one.clone(),
        [] => return Err(PackageFault::NoDocument.into()),
        _ => return Err(PackageFault::TwoDocuments.into()),
    };
    let kind = types.of(&main).unwrap_or_default().to_owned();
    for (word, format) in [("spreadsheetml", Foreign::Sheet), ("presentationml", Foreign::Slides)] {
        if kind.contains(word) {
            return Err(ReadError::Foreign(format));
        }
    }
    let is_word = kind.contains("wordprocessingml") || kind.contains("ms-word");
    match is_word && kind.ends_with("main+xml") && archive.has(&main) {
        true => Ok((main, types)),
        false => Err(PackageFault::NoDocument.into()),
    }
}
