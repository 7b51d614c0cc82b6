//! An invented report as Markdown: headings by `#`, tables as pipes, every row full.

use super::layout::Layout;
use super::report::{Piece, Report};

impl Report {
    /// The report as Markdown, its tables laid out by `layout`.
    #[must_use]
    pub fn to_markdown(&self, layout: &Layout) -> String {
        let mut out = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Title(_) => out += &format!("# {}\n", layout.line(piece)),
                Piece::Heading(depth, words) => out += &format!("{} {words}\n", "#".repeat(usize::from(*depth) + 1)),
                Piece::Paragraph(words) => out += &format!("{words}\n"),
                Piece::Table(table) => {
                    for (at, line) in layout.lines_of(self, *table).iter().enumerate() {
                        out += &format!("| {} |\n", line.join(" | "));
                        if at == 0 {
                            out += &format!("|{}\n", " --- |".repeat(line.len()));
                        }
                    }
                }
            }
            out.push('\n');
        }
        layout.with_line_ends(&out)
    }
}
