//! The body of an invented Word file: paragraphs whose text is split over runs, links, fields and tags, and tables.

use super::dice::Dice;
use super::docx::{Changes, Program};
use super::form::{NUMERALS, TableName};
use super::layout::{Cut, Layout};
use super::merged::Cell;
use super::report::{Piece, Report};

/// How headings are told from text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Headings {
    /// By their style.
    Styled,
    /// They are paragraphs in bold.
    Bold,
    /// By their style, which numbers them: 一、 and （一） do not stand in the text.
    Numbered,
}

impl Headings {
    /// The number that numbering.xml makes of a count.
    pub(super) fn number(level: usize, count: usize) -> Option<String> {
        let numeral = NUMERALS.get(count.checked_sub(1)?)?;
        Some(if level == 0 { format!("{numeral}、") } else { format!("（{numeral}）") })
    }
}

/// The author of changes left open, and their date.
const CHANGED: &str = "w:author=\"校对员\" w:date=\"2025-01-10T09:30:00Z\"";

/// Writes the paragraphs and tables of `w:body`.
pub(super) struct Body {
    dice: Dice,
    program: Program,
    headings: Headings,
    changes: Changes,
    /// How many in a hundred places text is split into runs.
    split: u64,
    next_id: u32,
    footnote_due: bool,
    out: String,
}

impl Body {
    pub(super) fn new(mut dice: Dice, program: Program, headings: Headings, changes: Changes) -> Self {
        let split = if dice.chance(70) { 15 } else { 2 };
        let footnote_due = dice.chance(30);
        Self { dice, program, headings, changes, split, next_id: 1, footnote_due, out: String::new() }
    }

    /// `word/document.xml` with what was written.
    pub(super) fn document(&self) -> String {
        let own = match self.program {
            Program::Word => {
                " xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\" mc:Ignorable=\"w14\""
            }
            Program::Wps => {
                " xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" xmlns:wpsCustomData=\"http://www.wps.cn/officeDocument/2013/wpsCustomData\" mc:Ignorable=\"wpsCustomData\""
            }
            Program::LibreOffice => "",
        };
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"{own}><w:body>{}<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId1\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1985\" w:left=\"1588\" w:header=\"851\" w:footer=\"1400\" w:gutter=\"0\"/><w:cols w:space=\"425\"/><w:docGrid w:type=\"lines\" w:linePitch=\"312\"/></w:sectPr></w:body></w:document>",
            self.out
        )
    }

    pub(super) fn piece(&mut self, report: &Report, layout: &Layout, piece: &Piece) {
        match piece {
            Piece::Table(table) => self.table(report, layout, *table),
            Piece::Title(_) => {
                let style = if self.dice.chance(50) { "<w:pStyle w:val=\"Title\"/>" } else { "" };
                let runs = self.runs(&layout.line(piece), "<w:b/><w:sz w:val=\"44\"/>");
                self.paragraph(&format!("{style}<w:jc w:val=\"center\"/>"), &runs);
            }
            Piece::Heading(depth, words) => self.heading(usize::from(*depth) - 1, words),
            Piece::Paragraph(words) => {
                let mut runs = self.runs(words, "");
                if std::mem::take(&mut self.footnote_due) {
                    runs += "<w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:footnoteReference w:id=\"1\"/></w:r>";
                }
                self.paragraph("<w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/>", &runs);
            }
        }
    }

    fn heading(&mut self, level: usize, words: &str) {
        let style = format!("<w:pStyle w:val=\"{}\"/>", self.program.heading_style(level));
        match self.headings {
            Headings::Bold => {
                let runs = self.runs(words, "<w:rFonts w:eastAsia=\"黑体\"/><w:b/>");
                self.paragraph("<w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/>", &runs);
            }
            Headings::Styled => {
                let runs = self.runs(words, "");
                self.paragraph(&style, &runs);
            }
            Headings::Numbered => {
                let number = words.find(['、', '）']).map_or(0, |at| at + '、'.len_utf8());
                let runs = self.runs(&words[number..], "");
                let numbered = format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"1\"/></w:numPr>");
                self.paragraph(&format!("{style}{numbered}"), &runs);
            }
        }
    }

    fn paragraph(&mut self, properties: &str, runs: &str) {
        let revision = if self.program == Program::Word { " w:rsidR=\"00A41F2B\"" } else { "" };
        self.out += &format!("<w:p{revision}><w:pPr>{properties}</w:pPr>{runs}</w:p>");
        if self.program == Program::Wps && self.dice.chance(5) {
            self.out += "<w:p><w:pPr><w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr></w:pPr></w:p>";
        }
    }

    fn table(&mut self, report: &Report, layout: &Layout, table: TableName) {
        let rows = layout.cells_of(report, table);
        let width = rows.first().map_or(0, |row| row.iter().map(|cell| cell.columns).sum());
        let start = format!(
            "<w:tbl><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>{}</w:tblGrid>",
            "<w:gridCol w:w=\"800\"/>".repeat(width)
        );
        self.out += &start;
        let cells: Vec<&Cell> = rows.iter().flatten().collect();
        for at in 0..rows.len() {
            if layout.cuts.contains(&Cut { table, before: at }) {
                self.out += &format!("</w:tbl><w:p/>{start}");
            }
            self.out += "<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val=\"400\"/></w:trPr>";
            let mut here: Vec<&&Cell> =
                cells.iter().filter(|cell| (cell.row..cell.row + cell.rows).contains(&at)).collect();
            here.sort_by_key(|cell| cell.column);
            for cell in here {
                self.cell(cell, at);
            }
            self.out += "</w:tr>";
        }
        self.out += "</w:tbl>";
    }

    /// A cell, or its continuation where it covers this row from above.
    fn cell(&mut self, cell: &Cell, row: usize) {
        let mut properties = format!("<w:tcW w:w=\"{}\" w:type=\"dxa\"/>", 800 * cell.columns);
        if cell.columns > 1 {
            properties += &format!("<w:gridSpan w:val=\"{}\"/>", cell.columns);
        }
        if cell.rows > 1 {
            properties += if cell.row == row { "<w:vMerge w:val=\"restart\"/>" } else { "<w:vMerge/>" };
        }
        let runs = if cell.row == row { self.runs(&cell.words, "<w:sz w:val=\"21\"/>") } else { String::new() };
        self.out += &format!(
            "<w:tc><w:tcPr>{properties}<w:vAlign w:val=\"center\"/></w:tcPr><w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>{runs}</w:p></w:tc>"
        );
    }

    /// Words as runs with these properties, split here and there.
    fn runs(&mut self, words: &str, properties: &str) -> String {
        let mut out = String::new();
        let mut part = String::new();
        for c in words.chars() {
            if !part.is_empty() && self.dice.chance(self.split) {
                let taken = std::mem::take(&mut part);
                // No paragraph starts with a change: LibreOffice joins it with one at the end of the paragraph before.
                out +=
                    &if out.is_empty() { self.wrapped(&taken, properties) } else { self.changed(&taken, properties) };
            }
            part.push(c);
        }
        if !part.is_empty() {
            out += &self.wrapped(&part, properties);
        }
        out
    }

    fn id(&mut self) -> u32 {
        self.next_id += 1;
        self.next_id
    }

    /// A run that was inserted, that something was deleted before, or neither.
    fn changed(&mut self, words: &str, properties: &str) -> String {
        if self.changes == Changes::Settled || !self.dice.chance(8) {
            return self.wrapped(words, properties);
        }
        let id = self.id();
        let run = self.run("t", words, properties);
        if self.dice.chance(50) {
            return format!("<w:ins w:id=\"{id}\" {CHANGED}>{run}</w:ins>");
        }
        let gone = self.run("delText", "旧稿", properties);
        format!("<w:del w:id=\"{id}\" {CHANGED}>{gone}</w:del>{run}")
    }

    /// A run, perhaps in something that nests runs.
    fn wrapped(&mut self, words: &str, properties: &str) -> String {
        let run = self.run("t", words, properties);
        let id = self.id();
        match self.dice.below(if self.split > 2 { 20 } else { 100 }) {
            0 => format!("<w:bookmarkStart w:id=\"{id}\" w:name=\"_Toc{id}\"/>{run}<w:bookmarkEnd w:id=\"{id}\"/>"),
            1 => format!("<w:hyperlink w:anchor=\"_Toc{id}\" w:history=\"1\">{run}</w:hyperlink>"),
            2 if self.program == Program::Word => {
                format!(
                    "<w:smartTag w:uri=\"urn:schemas-microsoft-com:office:smarttags\" w:element=\"chsdate\">{run}</w:smartTag>"
                )
            }
            3 => format!("<w:sdt><w:sdtPr><w:id w:val=\"{id}\"/></w:sdtPr><w:sdtContent>{run}</w:sdtContent></w:sdt>"),
            4 => format!("<w:fldSimple w:instr=\" QUOTE \">{run}</w:fldSimple>"),
            5 => format!(
                "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> QUOTE 截止 </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>{run}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
            ),
            6 if self.program == Program::Word => {
                format!("<w:proofErr w:type=\"spellStart\"/>{run}<w:proofErr w:type=\"spellEnd\"/>")
            }
            7 if self.program == Program::Wps => {
                format!("<w:r><w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr></w:r>{run}")
            }
            8 => format!("<w:r><w:lastRenderedPageBreak/></w:r>{run}"),
            _ => run,
        }
    }

    fn run(&mut self, tag: &str, words: &str, properties: &str) -> String {
        let own = match self.dice.below(4) {
            0 if properties.is_empty() => {
                "<w:rFonts w:hint=\"eastAsia\" w:ascii=\"仿宋_GB2312\" w:eastAsia=\"仿宋_GB2312\"/><w:color w:val=\"000000\"/>"
            }
            1 if properties.is_empty() => "<w:rFonts w:ascii=\"Times New Roman\"/><w:sz w:val=\"32\"/>",
            _ => properties,
        };
        let properties = if own.is_empty() { String::new() } else { format!("<w:rPr>{own}</w:rPr>") };
        let kept = if words.starts_with(' ') || words.ends_with(' ') { " xml:space=\"preserve\"" } else { "" };
        format!("<w:r>{properties}<w:{tag}{kept}>{}</w:{tag}></w:r>", escaped(words))
    }
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
