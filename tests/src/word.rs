//! Word files made part by part: what a reader may meet, good and bad.

use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// A run, or what holds one.
#[derive(Clone, Debug)]
pub enum Run {
    /// Words and nothing else.
    Plain(String),
    /// Words in bold.
    Bold(String),
    /// A tab before the words.
    Tab(String),
    /// A line break behind the words.
    Break(String),
    /// Words of a link.
    Link(String),
    /// Words that somebody inserted.
    Inserted(String),
    /// Words that somebody deleted.
    Deleted(String),
    /// A run with several elements of words.
    Several(String),
}

impl Run {
    fn xml(&self) -> String {
        let t = |words: &str| format!("<w:t xml:space=\"preserve\">{}</w:t>", escaped(words));
        let by = "w:id=\"7\" w:author=\"张三\" w:date=\"2026-01-01T00:00:00Z\"";
        match self {
            Self::Plain(words) => format!("<w:r>{}</w:r>", t(words)),
            Self::Bold(words) => format!("<w:r w:rsidR=\"00A1\"><w:rPr><w:b/></w:rPr>{}</w:r>", t(words)),
            Self::Tab(words) => format!("<w:r><w:tab/>{}</w:r>", t(words)),
            Self::Break(words) => format!("<w:r>{}<w:br/></w:r>", t(words)),
            Self::Link(words) => format!("<w:hyperlink w:anchor=\"a\"><w:r>{}</w:r></w:hyperlink>", t(words)),
            Self::Inserted(words) => format!("<w:ins {by}><w:r>{}</w:r></w:ins>", t(words)),
            Self::Deleted(words) => {
                format!("<w:del {by}><w:r><w:delText>{}</w:delText></w:r></w:del>", escaped(words))
            }
            Self::Several(words) => {
                let middle = words.char_indices().nth(1).map_or(words.len(), |(at, _)| at);
                let (one, two) = words.split_at(middle);
                format!("<w:r><w:rPr><w:i/></w:rPr>{}<w:noBreakHyphen/>{}</w:r>", t(one), t(two))
            }
        }
    }
}

/// A Word file to be made.
#[derive(Clone, Debug, Default)]
pub struct Book {
    /// The paragraphs of the body.
    pub paragraphs: Vec<Vec<Run>>,
    /// Markup of the body behind them.
    pub body: String,
    /// Further parts: entry, the last word of the relationship's type (none for a part that the document does not name),
    /// and what is in it.
    pub parts: Vec<(&'static str, &'static str, String)>,
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The namespace declaration that every part of Word's begins with.
pub const SPACE: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
                         xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"";

impl Book {
    /// A file of plain paragraphs.
    #[must_use]
    pub fn of(paragraphs: &[&str]) -> Self {
        let paragraphs = paragraphs.iter().map(|words| vec![Run::Plain((*words).to_owned())]).collect();
        Self { paragraphs, ..Self::default() }
    }

    /// The markup of the document.
    #[must_use]
    pub fn document(&self) -> String {
        let paragraph = |runs: &Vec<Run>| format!("<w:p>{}</w:p>", runs.iter().map(Run::xml).collect::<String>());
        let paragraphs: String = self.paragraphs.iter().map(paragraph).collect();
        format!("{HEAD}<w:document {SPACE}><w:body>{paragraphs}{}<w:sectPr/></w:body></w:document>", self.body)
    }

    /// The file.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let mut entries = vec![
            ("[Content_Types].xml".to_owned(), content_types()),
            ("_rels/.rels".to_owned(), relationships(&[("word/document.xml", "officeDocument")])),
            ("word/document.xml".to_owned(), self.document()),
        ];
        let links: Vec<(&str, &str)> = self
            .parts
            .iter()
            .filter(|(_, kind, _)| !kind.is_empty())
            .map(|(entry, kind, _)| (entry.trim_start_matches("word/"), *kind))
            .collect();
        entries.push(("word/_rels/document.xml.rels".to_owned(), relationships(&links)));
        entries.extend(self.parts.iter().map(|(entry, _, text)| ((*entry).to_owned(), text.clone())));
        zipped(&entries)
    }
}

/// What the parts of a Word file are.
#[must_use]
pub fn content_types() -> String {
    let main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    format!(
        "{HEAD}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/word/document.xml\" ContentType=\"{main}\"/></Types>"
    )
}

/// The relationships of a part: targets with the last words of their types.
#[must_use]
pub fn relationships(links: &[(&str, &str)]) -> String {
    let link = |(at, (target, kind)): (usize, &(&str, &str))| {
        format!("<Relationship Id=\"rId{at}\" Type=\"{TYPES}/{kind}\" Target=\"{target}\"/>")
    };
    let links: String = links.iter().enumerate().map(link).collect();
    format!(
        "{HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{links}\
         </Relationships>"
    )
}

/// A zip file of entries.
///
/// # Panics
/// When an entry can not be written, as when two have one name.
#[must_use]
pub fn zipped(entries: &[(String, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in entries {
        zip.start_file(name.as_str(), SimpleFileOptions::default()).expect("an entry can be begun");
        zip.write_all(text.as_bytes()).expect("an entry can be written");
    }
    zip.finish().expect("a zip file can be ended").into_inner()
}

/// A zip file with other bytes in one of its entries.
///
/// # Panics
/// When it is no zip file.
#[must_use]
pub fn with_entry(bytes: &[u8], name: &str, content: &[u8]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for own in entries(bytes) {
        let kept = entry(bytes, &own);
        let content = if own == name { content } else { &kept };
        zip.start_file(own.as_str(), SimpleFileOptions::default()).expect("an entry can be begun");
        zip.write_all(content).expect("an entry can be written");
    }
    zip.finish().expect("a zip file can be ended").into_inner()
}

/// The names of a zip file's entries.
///
/// # Panics
/// When it is no zip file.
#[must_use]
pub fn entries(bytes: &[u8]) -> Vec<String> {
    let zip = ZipArchive::new(Cursor::new(bytes)).expect("a zip file");
    (0..zip.len()).map(|at| zip.name_for_index(at).expect("an entry").expect("a name").into_owned()).collect()
}

/// An entry of a zip file.
///
/// # Panics
/// When there is no such entry.
#[must_use]
pub fn entry(bytes: &[u8], name: &str) -> Vec<u8> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("a zip file");
    let mut content = Vec::new();
    zip.by_name(name).expect("the entry is there").read_to_end(&mut content).expect("it can be unpacked");
    content
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A file with other entries beside or in place of those of a Word file.
#[must_use]
pub fn with(changes: &[(&str, &str)]) -> Vec<u8> {
    let whole = Book::of(&["青禾县水利局"]).bytes();
    let mut all: Vec<(String, String)> = entries(&whole)
        .into_iter()
        .map(|name| (name.clone(), String::from_utf8(entry(&whole, &name)).expect("it is UTF-8")))
        .collect();
    for (name, text) in changes {
        all.retain(|(own, _)| own != name);
        all.push(((*name).to_owned(), (*text).to_owned()));
    }
    zipped(&all)
}

/// A Word file with this markup for its body.
#[must_use]
pub fn body(markup: &str) -> Vec<u8> {
    with(&[("word/document.xml", &Book { body: markup.to_owned(), ..Book::default() }.document())])
}
