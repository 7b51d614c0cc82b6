//! Writes generated reports into a folder: `cargo run -p gouji-tests --example generate -- FOLDER [COUNT]`.
//!
//! Every fifth is ragged, every seventh has a defect, every tenth is Markdown.

use gouji_tests::generator::{Defect, Dice, Layout, Report};
use std::path::PathBuf;

fn main() -> std::io::Result<()> {
    let mut args = std::env::args().skip(1);
    let folder = PathBuf::from(args.next().unwrap_or_else(|| "generated".to_owned()));
    let count: u64 = args.next().and_then(|count| count.parse().ok()).unwrap_or(100);
    std::fs::create_dir_all(&folder)?;
    for seed in 0..count {
        let mut dice = Dice::new(seed);
        let (report, straight) = match seed % 7 {
            3 => {
                let flawed = Defect::ALL[(seed / 7) as usize % Defect::ALL.len()].inject(seed);
                (flawed.report, flawed.layout)
            }
            _ => (Report::clean(seed), Layout::straight()),
        };
        let layout = if seed % 5 == 4 { Layout::ragged(&mut dice) } else { straight };
        let (text, ending) = match seed % 10 {
            9 => (report.to_markdown(&Layout::straight()), "md"),
            _ => (report.to_text(&layout), "txt"),
        };
        std::fs::write(folder.join(format!("{seed:04}.{ending}")), text)?;
    }
    Ok(())
}
