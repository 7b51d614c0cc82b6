//! What a report was understood to be: one text, its blocks, its outline, its tables, and what was odd.

use crate::format::docx::Package;
use crate::format::{Format, Origin};
use crate::table::Table;
use crate::text::{Lines, Place, Span};
use std::sync::Arc;

/// A report as read. Every span but those called "raw" lies in [`Document::text`].
#[derive(Clone, Debug)]
pub struct Document {
    /// The name it was read under, as given.
    pub name: String,
    /// The format it was read as.
    pub format: Format,
    /// The encoding it was decoded from.
    pub encoding: crate::encoding::Encoding,
    /// Whether its encoding gives the file's bytes back unchanged, so that edits can be written.
    pub writable: bool,
    /// The content alone: no Markdown marks, no byte order mark; line ends as in the file.
    pub text: String,
    /// The file as decoded, marks and all; lines and columns told to people are of this text.
    pub raw: String,
    /// The lines of [`Document::raw`].
    pub raw_lines: Lines,
    /// Where each piece of the text came from in the raw text.
    pub origin: Origin,
    /// Headings, paragraphs and table rows in order; together they hold all content.
    pub blocks: Vec<Block>,
    /// The lines before the first heading that may be the title, joined: see [`Title`].
    pub title: Option<Title>,
    /// The sections in order of their headings, parents before children.
    pub sections: Vec<Section>,
    /// The tables in order.
    pub tables: Vec<Table>,
    /// What was odd about the file itself, in order.
    pub notes: Vec<Note>,
    /// The comments of the file, in order.
    pub comments: Vec<Comment>,
    /// What is left in the file beside its content, in order.
    pub leftovers: Vec<Leftover>,
    /// The file itself, where it is no text.
    pub(crate) package: Option<Arc<Package>>,
    /// Which part of a page was read; none in other formats.
    pub article: Option<Box<Article>>,
}

/// The part of a page that was read, and what was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// The start tag of the element that holds it; empty for the whole page.
    pub element: String,
    /// Where that tag stands in [`Document::raw`].
    pub raw: Span,
    /// Why this element.
    pub choice: ArticleChoice,
    /// What was left out on the page, in order.
    pub left_out: Vec<LeftOut>,
    /// How many characters beside that stand on the page outside the article.
    pub elsewhere: usize,
}

/// Why an element was taken for the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArticleChoice {
    /// A selector asked for it.
    Asked,
    /// It has a name that articles have.
    Named,
    /// It holds most of the text.
    Heaviest,
}

/// A part of a page that was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// What it is.
    pub kind: LeftOutKind,
    /// Its start tag in [`Document::raw`].
    pub raw: Span,
}

/// The kinds of [`LeftOut`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOutKind {
    /// Links to other pages.
    Navigation,
    /// The head of the site.
    Header,
    /// The foot of the site.
    Footer,
    /// What stands beside the article.
    Sidebar,
    /// Where the page stands on the site.
    Breadcrumb,
    /// Buttons to share, print, resize, turn the page.
    Tools,
    /// Source, date, number of readers.
    Byline,
    /// Fields to fill in.
    Form,
    /// What is not shown.
    Hidden,
}

/// The lines that stand where a title stands: before the first heading and the first sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// From the first to the last title line.
    pub span: Span,
    /// Each line, without blanks at its ends; at least one, at most three.
    pub lines: Vec<Span>,
}

/// A stretch of content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it covers: a line or paragraph without its final line break and outer blanks.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
    /// The innermost section it lies in (index into [`Document::sections`]); none before the first heading.
    pub section: Option<usize>,
    /// A Markdown list marker at its start, which no safe fix may touch.
    pub list_marker: Option<Span>,
}

/// The kinds of [`Block`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A line of the title.
    Title,
    /// A heading on a line of its own.
    Heading,
    /// A paragraph of text. Where its section's heading is run in, the heading stands at its start.
    Paragraph,
    /// A row of the table with this index.
    Row(usize),
    /// A line outside the body: a note, a header, a footer. It stands in no section, behind all else.
    Aside,
}

/// A heading and what stands below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The heading.
    pub heading: Heading,
    /// The section around it (index), none at the top.
    pub parent: Option<usize>,
    /// Depth: 1 for a top section.
    pub level: usize,
    /// From the heading to the start of the next section that is no descendant.
    pub span: Span,
}

/// A heading: enumerator, title, and how it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// The whole heading with its enumerator; without the mark that ends a run-in one.
    pub span: Span,
    /// The enumerator, where there is one.
    pub enumerator: Option<Enumerator>,
    /// The words alone: no enumerator, no final mark, no outer blanks.
    pub title: Span,
    /// The mark that ends it (`：` or `。`); empty where there is none.
    pub mark: Span,
    /// Whether text follows on the same line.
    pub run_in: bool,
    /// How many `#` it has in Markdown; none in plain text.
    pub depth: Option<u8>,
}

/// A numbering such as 一、 （二） 3. (4) ①.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Enumerator {
    /// 1 for 一、; 2 for （一）; 3 for 1. and 1、; 4 for （1）; 5 for ①.
    pub rank: u8,
    /// The number it says.
    pub number: u32,
    /// The enumerator with its marks, without blanks behind it.
    pub span: Span,
}

/// A comment of the file (`<!-- … -->`): no content, but it may speak to those who read the content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Where it stands in the text; what is there is in no block, and empty where the comment stands in one.
    pub span: Span,
    /// The whole comment in [`Document::raw`], with its marks; without the closing one where it is not closed.
    pub raw: Span,
    /// Whether it stands inside a block, not between blocks.
    pub inside: bool,
}

/// Something odd about a file that is no matter for a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Where.
    pub span: Span,
    /// What.
    pub kind: NoteKind,
}

/// The kinds of [`Note`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteKind {
    /// Bytes that the encoding does not know; they were replaced, and the file can not be written back.
    Undecodable,
    /// HTML inside Markdown: not read.
    HtmlSkipped,
    /// The first line of an HTML table inside Markdown: not read.
    HtmlTableSkipped,
    /// Code inside Markdown: not read.
    CodeSkipped,
    /// NUL characters in the text.
    Nul,
    /// A table of a page with cells that span more columns than are read.
    SpanTooLarge,
    /// Text of a page that is not shown: not read.
    HiddenSkipped,
    /// Much text of a page that stands outside its article: not read.
    OutsideSkipped,
    /// Text that Word does not show: not read.
    HiddenText,
}

/// Something in a file that is not its content and that nobody outside should get to see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leftover {
    /// What.
    pub kind: LeftoverKind,
    /// Where in the text; empty where it stands in none.
    pub span: Span,
    /// What it says: the words of a comment, what was deleted, who the author is; empty where it has no words.
    pub words: String,
}

/// The kinds of [`Leftover`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftoverKind {
    /// An insertion that was neither taken nor refused.
    Insertion,
    /// A deletion that was neither taken nor refused.
    Deletion,
    /// A comment of a reader.
    Comment,
    /// Text that is not shown.
    HiddenText,
    /// Somebody's name in the properties of the file.
    Author,
    /// The name of a company in the properties of the file.
    Company,
    /// A file inside the file.
    Embedded,
    /// Macros.
    Macro,
}

impl Document {
    /// Where a byte of the text stands in the file.
    #[must_use]
    pub fn place(&self, byte: usize) -> Place {
        self.raw_lines.place(&self.raw, self.origin.to_raw(byte))
    }

    /// The raw span that a span of the text came from, from its first to its last piece.
    #[must_use]
    pub fn raw_span(&self, span: Span) -> Span {
        self.origin.raw_span(span)
    }

    /// The block that holds a byte (index into [`Document::blocks`]), or the last one before it.
    #[must_use]
    pub fn block_at(&self, byte: usize) -> Option<usize> {
        self.blocks.partition_point(|block| block.span.start <= byte).checked_sub(1)
    }

    /// The block that a comment speaks of (index into [`Document::blocks`]): the one it stands in, else the next one.
    #[must_use]
    pub fn block_of(&self, comment: &Comment) -> Option<usize> {
        if comment.inside {
            return self.block_at(comment.span.start);
        }
        let next = self.blocks.partition_point(|block| block.span.start < comment.span.start);
        (next < self.blocks.len()).then_some(next)
    }

    /// The innermost section that holds a byte.
    #[must_use]
    pub fn section_at(&self, byte: usize) -> Option<usize> {
        self.block_at(byte).and_then(|at| self.blocks[at].section)
    }

    /// The words of a section's heading as written, with its enumerator.
    ///
    /// # Panics
    /// When there is no such section.
    #[must_use]
    pub fn heading_text(&self, section: usize) -> &str {
        self.sections[section].heading.span.of(&self.text)
    }
}
