//! Writes the same invented reports as text, Markdown, HTML and Word files into a folder:
//! `cargo run -p gouji-tests --example twins -- FOLDER`.
//!
//! One for every third defect, some ragged ones, and some with slips in every paragraph. In every second Word file
//! changes of another author are still open.

use gouji_tests::generator::{Changes, Defect, Dice, Flawed, Layout, Piece, Report};
use std::path::PathBuf;

/// How many ragged reports there are, and how many with slips.
const N_EACH: u64 = 5;
/// What a careless hand makes of a paragraph.
const SLIPS: [(&str, &str); 5] = [("，", ","), ("（", "("), ("）", ")"), ("〔", "["), ("年，", " 年，")];

fn main() -> std::io::Result<()> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "twins".to_owned()));
    std::fs::create_dir_all(&folder)?;
    let mut reports: Vec<(String, Flawed)> = Defect::ALL
        .into_iter()
        .zip(1..)
        .step_by(3)
        .map(|(defect, seed)| (format!("{seed:02}-{defect:?}"), defect.inject(seed)))
        .collect();
    for seed in 100..100 + N_EACH {
        let layout = Layout::ragged(&mut Dice::new(seed));
        reports.push((format!("{seed}-ragged"), Flawed { report: Report::clean(seed), layout }));
    }
    for seed in 200..200 + N_EACH {
        reports.push((format!("{seed}-slips"), Flawed { report: careless(seed), layout: Layout::straight() }));
    }
    for (at, (name, Flawed { report, layout })) in reports.into_iter().enumerate() {
        let changes = if at % 2 == 0 { Changes::Open } else { Changes::Settled };
        std::fs::write(folder.join(format!("{name}.txt")), report.to_text(&layout))?;
        std::fs::write(folder.join(format!("{name}.md")), report.to_markdown(&layout))?;
        std::fs::write(folder.join(format!("{name}.html")), report.to_html(&layout))?;
        std::fs::write(folder.join(format!("{name}.docx")), report.to_docx(&layout, changes))?;
    }
    Ok(())
}

fn careless(seed: u64) -> Report {
    let mut report = Report::clean(seed);
    for piece in &mut report.pieces {
        if let Piece::Paragraph(words) = piece {
            *words = SLIPS.iter().fold(words.clone(), |words, (right, wrong)| words.replacen(right, wrong, 2));
        }
    }
    report
}
