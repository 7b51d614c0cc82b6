//! The parser: bytes of any format become a [`document::Document`], and edits become bytes again.
//!
//! It knows no rule and no finding: it states what stands where, and rules judge.

pub mod citation;
mod contents;
pub mod document;
pub mod encoding;
pub mod enumerator;
pub mod fold;
pub mod format;
mod grid;
pub mod label;
pub mod number;
mod outline;
mod recognise;
pub mod table;
pub mod text;
pub mod unit;

use document::{Document, Note, NoteKind};
use format::Foreign;
use format::docx::{self, PackageFault, Remark, Stamp, Writing};
use format::{Format, ReadOptions};
use label::KnownLabels;
use text::{Edit, Span};

/// Why bytes could not be read as a document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// More than [`SIZE_LIMIT`].
    #[error("larger than the limit of 100 MB ({0} bytes)")]
    TooLarge(u64),
    /// Not text in any encoding that is read.
    #[error("not text in UTF-8, UTF-16 or GB18030")]
    Binary,
    /// A format that is known but not read yet, such as Word's.
    #[error("{0} is not read yet")]
    NotYet(&'static str),
    /// Another format by its content, whatever its name.
    #[error("a file in the format {}, which is not read: save it as .docx", .0.ending())]
    Foreign(Foreign),
    /// A zip file that is no Word document, or one that is damaged or over a limit.
    #[error(transparent)]
    Package(#[from] PackageFault),
    /// A page that says it has an encoding that is not read.
    #[error("says it is encoded as {0}, which is not read")]
    Charset(&'static str),
    /// A page without the element that was asked for.
    #[error("no element of the page is `{0}`")]
    NoRoot(String),
}

/// Why edits could not be written back.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The file does not come back the same from its own encoding.
    #[error("the file holds bytes that its encoding can not give back")]
    NotRoundTrip,
    /// The zip file can not be put together again.
    #[error("the file can not be put together again")]
    Package,
    /// Only a Word file takes comments and tracked changes.
    #[error("only a Word file takes comments and tracked changes")]
    NotWord,
}

/// The largest file that is read, in bytes.
pub const SIZE_LIMIT: u64 = 100 * 1024 * 1024;

/// Reads a file: decides its format by name, then by content, decodes it and recognises what it holds.
/// `known` are the labels of the forms; without them all but the finest points are still recognised.
///
/// # Errors
/// When the bytes are no document: see [`ReadError`].
pub fn read(name: &str, bytes: &[u8], known: &KnownLabels) -> Result<Document, ReadError> {
    read_with(name, bytes, known, &ReadOptions::default())
}

/// As [`read`], where the reader leaves a choice as `options` say.
///
/// # Errors
/// When the bytes are no document, or have nothing that was asked for: see [`ReadError`].
pub fn read_with(name: &str, bytes: &[u8], known: &KnownLabels, options: &ReadOptions) -> Result<Document, ReadError> {
    if bytes.len() as u64 > SIZE_LIMIT {
        return Err(ReadError::TooLarge(bytes.len() as u64));
    }
    if docx::is_zip(bytes) {
        return docx::read(name, bytes, known);
    }
    if let Some(error) = format::foreign::of_content(bytes) {
        return Err(error);
    }
    let by_name = format::of_name(name)?;
    if by_name == Some(format::Format::Docx) {
        return Err(docx::of_no_zip(bytes).into());
    }
    let may_be_page = by_name.map_or_else(|| bytes.trim_ascii_start().starts_with(b"<"), |it| it == Format::Html);
    let declared = may_be_page.then(|| format::declared(bytes)).flatten();
    let decoded = encoding::decode(bytes, declared)?;
    let writable = decoded.encoding.charset == encoding::Charset::Utf8
        || encoding::encode(&decoded.text, decoded.encoding).is_ok_and(|again| again == bytes);
    let format = by_name.unwrap_or_else(|| format::of_content(&decoded.text));
    let mut draft = format::draft(format, &decoded.text, options)?;
    note_oddities(&mut draft);
    let mut document = recognise::document(name, format, decoded, draft, known);
    document.writable = writable && !document.notes.iter().any(|note| note.kind == NoteKind::Undecodable);
    Ok(document)
}

/// A text that is no report, as plain lines: so that what is found in a configuration can be shown like all else.
#[must_use]
pub fn plain(name: &str, text: &str) -> Document {
    let encoding = encoding::Encoding { charset: encoding::Charset::Utf8, bom: false };
    let decoded = encoding::Decoded { text: text.to_owned(), encoding };
    let draft = format::plain::draft(text);
    recognise::document(name, Format::Text, decoded, draft, &KnownLabels::default())
}

fn note_oddities(draft: &mut format::Draft) {
    for (mark, kind) in [("\u{FFFD}", NoteKind::Undecodable), ("\0", NoteKind::Nul)] {
        if let Some(at) = draft.text.find(mark) {
            draft.notes.push(Note { span: Span::new(at, at + mark.len()), kind });
        }
    }
    draft.notes.sort_by_key(|note| note.span);
}

impl Document {
    /// What an edit of the text comes to in the file as decoded; none where it can not be carried back.
    #[must_use]
    pub fn raw_edits(&self, edit: &Edit) -> Option<Vec<Edit>> {
        self.origin.to_raw_edits(&self.text, &self.raw, edit)
    }

    /// The file's bytes with `edits` (sorted, disjoint, in the document's text) carried out and all else as it was:
    /// encoding, byte order mark, line ends, marks. An edit that can not be carried back through the marks is
    /// left out and its index returned.
    ///
    /// # Errors
    /// See [`WriteError`].
    pub fn write(&self, edits: &[Edit]) -> Result<(Vec<u8>, Vec<usize>), WriteError> {
        if !self.writable {
            return Err(WriteError::NotRoundTrip);
        }
        if let Some(package) = &self.package {
            return package.write(edits, &Writing::Plain);
        }
        let mut refused = Vec::new();
        let mut raw_edits: Vec<Edit> = Vec::new();
        for (idx, edit) in edits.iter().enumerate() {
            let end = raw_edits.last().map_or(0, |last| last.span.end);
            match self.raw_edits(edit) {
                Some(edits) if edits.first().is_none_or(|first| end <= first.span.start) => raw_edits.extend(edits),
                _ => refused.push(idx),
            }
        }
        let raw = text::apply(&self.raw, &raw_edits);
        Ok((encoding::encode(&raw, self.encoding)?, refused))
    }

    /// As [`Document::write`], with every edit as a change that Word shows and can take back.
    ///
    /// # Errors
    /// See [`WriteError`].
    pub fn write_tracked(&self, edits: &[Edit], stamp: &Stamp) -> Result<(Vec<u8>, Vec<usize>), WriteError> {
        let package = self.package.as_ref().ok_or(WriteError::NotWord)?;
        package.write(edits, &Writing::Tracked(stamp.clone()))
    }

    /// The file's bytes with comments beside what they speak of. What no comment can stand beside is left out and its
    /// index returned.
    ///
    /// # Errors
    /// See [`WriteError`].
    pub fn annotate(&self, remarks: &[Remark], stamp: &Stamp) -> Result<(Vec<u8>, Vec<usize>), WriteError> {
        let package = self.package.as_ref().ok_or(WriteError::NotWord)?;
        package.annotate(remarks, stamp)
    }

    /// Whether an edit can be written back.
    #[must_use]
    pub fn can_write(&self, edit: &Edit) -> bool {
        match &self.package {
            Some(package) => package.can_write(edit),
            None => self.raw_edits(edit).is_some(),
        }
    }
}
