//! The formats that can be read: which one a file is, and its way from text to blocks and back.
//!
//! A format is one file here and one line in each `match`.

pub(crate) mod aligned;
mod bold;
pub mod docx;
pub(crate) mod foreign;
mod html;
pub(crate) mod markdown;
pub(crate) mod origin;
pub(crate) mod plain;

pub use foreign::Foreign;
pub(crate) use html::charset::declared;
use html::is_wide;
pub use html::selector::{Selector, SelectorError};
pub use origin::Origin;

use crate::ReadError;
use crate::document::{Article, Comment, Note};
use crate::text::Span;

/// A format of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text, one paragraph a line, tables as tab-separated lines.
    Text,
    /// Markdown with pipe tables.
    Markdown,
    /// Word's .docx.
    Docx,
    /// An HTML page, of which the article is read.
    Html,
}

impl Format {
    /// The word in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Markdown => "md",
            Self::Docx => "docx",
            Self::Html => "html",
        }
    }

    /// Whether rows come with all their cells, so that a cell's position tells its column.
    pub(crate) fn full_rows(self) -> bool {
        match self {
            Self::Text => false,
            Self::Markdown | Self::Html | Self::Docx => true,
        }
    }
}

/// Endings of formats that are known but not read yet.
const NOT_YET: [&str; 9] = ["doc", "wps", "wpt", "pdf", "ofd", "xls", "xlsx", "et", "rtf"];

/// The format that a file name tells by its ending; none where it tells nothing.
///
/// # Errors
/// [`ReadError::NotYet`] for a format that is known but not read yet.
pub fn of_name(name: &str) -> Result<Option<Format>, ReadError> {
    let Some((_, ending)) = name.rsplit_once('.') else {
        return Ok(None);
    };
    let ending = ending.to_ascii_lowercase();
    if let Some(known) = NOT_YET.iter().find(|&&known| known == ending) {
        return Err(ReadError::NotYet(known));
    }
    Ok(match ending.as_str() {
        "txt" | "text" => Some(Format::Text),
        "md" | "markdown" => Some(Format::Markdown),
        "docx" | "docm" => Some(Format::Docx),
        "html" | "htm" | "shtml" | "xhtml" => Some(Format::Html),
        _ => None,
    })
}

/// The format of a decoded text whose name told none: HTML where it opens with a tag of a page, Markdown where a line is a
/// table's rule or a `#` heading.
pub(crate) fn of_content(text: &str) -> Format {
    if html::is_html(text) {
        return Format::Html;
    }
    let marked = |line: &str| {
        let line = line.trim();
        (line.starts_with('|') && line.contains("---")) || line.starts_with("# ") || line.starts_with("## ")
    };
    if text.lines().take(400).any(marked) { Format::Markdown } else { Format::Text }
}

/// What a format makes of a decoded file: the content and its lines, before anything is recognised in them.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) text: String,
    pub(crate) origin: Origin,
    pub(crate) lines: Vec<DraftLine>,
    pub(crate) notes: Vec<Note>,
    pub(crate) comments: Vec<Comment>,
    pub(crate) article: Option<Box<Article>>,
}

/// A line or paragraph that is not blank.
#[derive(Clone, Debug)]
pub(crate) struct DraftLine {
    /// Without line break and outer blanks.
    pub(crate) span: Span,
    pub(crate) kind: DraftKind,
    /// Whether empty lines stand before it that have no business there in this format.
    pub(crate) blank_before: bool,
}

#[derive(Clone, Debug)]
pub(crate) enum DraftKind {
    /// A line or paragraph.
    Line,
    /// A heading by `#`, with its depth.
    Heading(u8),
    /// A line that opens a list item, with its marker.
    Item(Span),
    /// A table row: every field without outer blanks, empty ones at their place.
    Row(Vec<Span>),
    /// A table row whose empty fields can not be seen: which column a field belongs to is not told by its place.
    LooseRow(Vec<Span>),
    /// A line outside the body: a note, a header, a footer. All such lines stand behind the body.
    Aside,
}

impl DraftKind {
    /// The fields of a table row; none of anything else.
    pub(crate) fn fields(&self) -> Option<&[Span]> {
        match self {
            Self::Row(fields) | Self::LooseRow(fields) => Some(fields),
            Self::Line | Self::Heading(_) | Self::Item(_) | Self::Aside => None,
        }
    }
}

/// How a file is read where it leaves a choice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// The element of a page that is read, instead of the one that is taken for the article.
    pub html_root: Option<Selector>,
}

/// The content of a decoded file.
///
/// # Errors
/// When the file has nothing that was asked for.
pub(crate) fn draft(format: Format, raw: &str, options: &ReadOptions) -> Result<Draft, ReadError> {
    Ok(match format {
        // Word's text is made with the file at hand; as text alone it is lines.
        Format::Text | Format::Docx => plain::draft(raw),
        Format::Markdown => markdown::draft(raw),
        Format::Html => return html::draft(raw, options.html_root.as_ref()),
    })
}
