//! An invented report as a Word file, put together part by part as Word, WPS and LibreOffice each do.

use super::dice::Dice;
use super::docx_body::{Body, Headings};
use super::layout::Layout;
use super::report::{Piece, Report};
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The program that a file looks as if it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Program {
    /// Word: revision numbers on paragraphs, smart tags, spelling marks.
    Word,
    /// WPS: a part of its own, empty runs.
    Wps,
    /// LibreOffice: styles by English name, none of the marks.
    LibreOffice,
}

/// What changes left open are in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changes {
    /// None.
    Settled,
    /// Insertions, which count, and deletions, which do not.
    Open,
}

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const KIND: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

impl Report {
    /// The report as the bytes of a Word file, its tables laid out by `layout`; the seed decides what it looks like inside.
    ///
    /// # Panics
    /// Never: a zip in memory takes whatever is written to it.
    #[must_use]
    pub fn to_docx(&self, layout: &Layout, changes: Changes) -> Vec<u8> {
        let mut dice = Dice::new(self.seed ^ 0x444F_4358);
        let program = [Program::Word, Program::Wps, Program::LibreOffice][dice.index(3)];
        let headings = match dice.below(3) {
            0 if in_order(&self.pieces) => Headings::Numbered,
            1 => Headings::Bold,
            _ => Headings::Styled,
        };
        let mut body = Body::new(dice, program, headings, changes);
        for piece in &self.pieces {
            body.piece(self, layout, piece);
        }
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts(program, &body.document(), &self.organ.name) {
            zip.start_file(name, SimpleFileOptions::default()).expect("a zip in memory takes entries");
            zip.write_all(text.as_bytes()).expect("a zip in memory takes bytes");
        }
        zip.finish().expect("a zip in memory can be closed").into_inner()
    }
}

/// Whether headings count 一、二、三… and （一）（二）… below each, so that automatic numbers say the same.
fn in_order(pieces: &[Piece]) -> bool {
    let mut counts = [0, 0];
    pieces.iter().all(|piece| match piece {
        Piece::Heading(depth, words) => {
            let level = usize::from(*depth) - 1;
            counts[level] += 1;
            if level == 0 {
                counts[1] = 0;
            }
            Headings::number(level, counts[level]).is_some_and(|number| words.starts_with(&number))
        }
        _ => true,
    })
}

fn parts(program: Program, document: &str, organ: &str) -> Vec<(&'static str, String)> {
    let mut parts = vec![
        ("[Content_Types].xml", content_types(program)),
        ("_rels/.rels", package_relations(program)),
        ("word/document.xml", document.to_owned()),
        ("word/_rels/document.xml.rels", document_relations()),
        ("word/styles.xml", styles(program)),
        ("word/numbering.xml", numbering()),
        (
            "word/settings.xml",
            format!(
                "{DECLARATION}<w:settings {W}><w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"420\"/></w:settings>"
            ),
        ),
        (
            "word/fontTable.xml",
            format!(
                "{DECLARATION}<w:fonts {W}><w:font w:name=\"仿宋_GB2312\"><w:charset w:val=\"86\"/></w:font></w:fonts>"
            ),
        ),
        ("word/footnotes.xml", footnotes()),
        ("word/footer1.xml", footer()),
        ("docProps/core.xml", core_properties(organ)),
        ("docProps/app.xml", app_properties(program)),
    ];
    if program == Program::Wps {
        parts.push(("docProps/custom.xml", format!("{DECLARATION}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\" xmlns:vt=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\"><property fmtid=\"{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}\" pid=\"2\" name=\"KSOProductBuildVer\"><vt:lpwstr>2052-12.1.0.16250</vt:lpwstr></property></Properties>")));
    }
    parts
}

fn content_types(program: Program) -> String {
    let kinds = [
        ("document", "document.main"),
        ("styles", "styles"),
        ("numbering", "numbering"),
        ("settings", "settings"),
        ("fontTable", "fontTable"),
        ("footnotes", "footnotes"),
        ("footer1", "footer"),
    ];
    let mut out = format!(
        "{DECLARATION}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    );
    for (part, kind) in kinds {
        out += &format!("<Override PartName=\"/word/{part}.xml\" ContentType=\"{KIND}.{kind}+xml\"/>");
    }
    out += "<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>";
    out += "<Override PartName=\"/docProps/app.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.extended-properties+xml\"/>";
    if program == Program::Wps {
        out += "<Override PartName=\"/docProps/custom.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.custom-properties+xml\"/>";
    }
    out + "</Types>"
}

fn relations(all: &[(String, &str)]) -> String {
    let mut out = format!("{DECLARATION}<Relationships xmlns=\"{PACKAGE}/relationships\">");
    for (at, (kind, target)) in all.iter().enumerate() {
        out += &format!("<Relationship Id=\"rId{}\" Type=\"{kind}\" Target=\"{target}\"/>", at + 1);
    }
    out + "</Relationships>"
}

fn package_relations(program: Program) -> String {
    let mut all = vec![
        (format!("{R}/officeDocument"), "word/document.xml"),
        (format!("{PACKAGE}/relationships/metadata/core-properties"), "docProps/core.xml"),
        (format!("{R}/extended-properties"), "docProps/app.xml"),
    ];
    if program == Program::Wps {
        all.push((format!("{R}/custom-properties"), "docProps/custom.xml"));
    }
    relations(&all)
}

/// The footer comes first: the body names it rId1.
fn document_relations() -> String {
    let parts = ["footer1", "styles", "numbering", "settings", "fontTable", "footnotes"];
    let targets: Vec<String> = parts.iter().map(|part| format!("{part}.xml")).collect();
    let all: Vec<(String, &str)> = parts
        .iter()
        .zip(&targets)
        .map(|(part, target)| (format!("{R}/{}", part.trim_end_matches('1')), target.as_str()))
        .collect();
    relations(&all)
}

fn styles(program: Program) -> String {
    let mut out = format!(
        "{DECLARATION}<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:eastAsia=\"仿宋_GB2312\"/><w:sz w:val=\"32\"/></w:rPr></w:rPrDefault></w:docDefaults>"
    );
    out += "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\"><w:name w:val=\"Normal\"/></w:style>";
    for (level, name) in ["heading 1", "heading 2"].iter().enumerate() {
        let id = program.heading_style(level);
        out += &format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"a\"/><w:pPr><w:outlineLvl w:val=\"{level}\"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>"
        );
    }
    out += "<w:style w:type=\"paragraph\" w:styleId=\"Title\"><w:name w:val=\"Title\"/><w:basedOn w:val=\"a\"/><w:pPr><w:jc w:val=\"center\"/></w:pPr></w:style>";
    out + "</w:styles>"
}

impl Program {
    /// The id of the style of headings of a level: Word's Chinese edition numbers them.
    pub(super) fn heading_style(self, level: usize) -> String {
        match self {
            Self::LibreOffice => format!("Heading{}", level + 1),
            _ => (level + 1).to_string(),
        }
    }
}

fn numbering() -> String {
    let level = |at: usize, text: &str| {
        format!(
            "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCounting\"/><w:suff w:val=\"nothing\"/><w:lvlText w:val=\"{text}\"/><w:lvlJc w:val=\"left\"/></w:lvl>"
        )
    };
    format!(
        "{DECLARATION}<w:numbering {W}><w:abstractNum w:abstractNumId=\"0\"><w:multiLevelType w:val=\"multilevel\"/>{}{}</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>",
        level(0, "%1、"),
        level(1, "（%2）")
    )
}

fn footnotes() -> String {
    let line = |id: i32, kind: &str, mark: &str| {
        format!("<w:footnote w:type=\"{kind}\" w:id=\"{id}\"><w:p><w:r><w:{mark}/></w:r></w:p></w:footnote>")
    };
    format!(
        "{DECLARATION}<w:footnotes {W}>{}{}<w:footnote w:id=\"1\"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>数据来源：各科室统计。</w:t></w:r></w:p></w:footnote></w:footnotes>",
        line(-1, "separator", "separator"),
        line(0, "continuationSeparator", "continuationSeparator")
    )
}

fn footer() -> String {
    format!(
        "{DECLARATION}<w:ftr {W}><w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:t xml:space=\"preserve\">— </w:t></w:r><w:fldSimple w:instr=\" PAGE \"><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t xml:space=\"preserve\"> —</w:t></w:r></w:p></w:ftr>"
    )
}

fn core_properties(organ: &str) -> String {
    format!(
        "{DECLARATION}<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{organ}年度报告</dc:title></cp:coreProperties>"
    )
}

fn app_properties(program: Program) -> String {
    let name = match program {
        Program::Word => "Microsoft Office Word",
        Program::Wps => "WPS Office_12.1.0.16250",
        Program::LibreOffice => "LibreOffice/7.4.7.2",
    };
    format!(
        "{DECLARATION}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"><Application>{name}</Application></Properties>"
    )
}
