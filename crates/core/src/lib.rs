//! The parser: bytes of any format become a [`document::Document`], and edits become bytes again.
//!
//! It knows no rule and no finding: it states what stands where, and rules judge.

pub mod document;
pub mod encoding;
pub mod format;
pub mod label;
pub mod number;
pub mod table;
pub mod text;

use document::Document;
use label::KnownLabels;
use text::Edit;

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
}

/// Why edits could not be written back.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The file does not come back the same from its own encoding.
    #[error("the file holds bytes that its encoding can not give back")]
    NotRoundTrip,
}

/// The largest file that is read, in bytes.
pub const SIZE_LIMIT: u64 = 100 * 1024 * 1024;

/// Whether a file with this name is read, by its ending; none where its ending says nothing.
/// `Err` names a format that is known but not read yet.
///
/// # Errors
/// [`ReadError::NotYet`] with the format's name.
pub fn format_of_name(name: &str) -> Result<Option<format::Format>, ReadError> {
    let _ = name;
    todo!()
}

/// Reads a file: decides its format by name, then by content, decodes it and recognises what it holds.
///
/// # Errors
/// When the bytes are no document: see [`ReadError`].
pub fn read(name: &str, bytes: &[u8], known: &KnownLabels) -> Result<Document, ReadError> {
    let _ = (name, bytes, known);
    todo!()
}

impl Document {
    /// The file's bytes with `edits` (sorted, disjoint, in the document's text) carried out and all else as it was:
    /// encoding, byte order mark, line ends, marks. An edit that can not be carried back through the marks is
    /// left out and its index returned.
    ///
    /// # Errors
    /// See [`WriteError`].
    pub fn write(&self, edits: &[Edit]) -> Result<(Vec<u8>, Vec<usize>), WriteError> {
        let _ = edits;
        todo!()
    }
}
