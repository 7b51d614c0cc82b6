//! Prints what was recognised in a file: `cargo run -p gouji-core --example dump FILE`.
#![expect(clippy::print_stdout, reason = "an example prints")]

use gouji_core::label::{KnownLabels, fold};
use gouji_core::table::path_text;

fn main() {
    for name in std::env::args().skip(1) {
        let bytes = std::fs::read(&name).expect("a file that can be read");
        let mut known = KnownLabels::default();
        known.rows.extend(["规章", "行政规范性文件", "行政许可", "其他", "总计"].map(fold));
        let doc = gouji_core::read(&name, &bytes, &known).expect("a document");
        println!("title {:?}", doc.title.as_ref().map(|t| t.span.of(&doc.text)));
        for section in &doc.sections {
            println!(
                "{}{} run_in={}",
                "  ".repeat(section.level),
                section.heading.span.of(&doc.text),
                section.heading.run_in
            );
        }
        for table in &doc.tables {
            println!("TABLE in {:?}", table.section.map(|s| doc.heading_text(s)));
            for column in &table.columns {
                println!("  col [{}] {}", column.band, path_text(&column.path));
            }
            for row in &table.rows {
                let values: Vec<String> =
                    row.cells.iter().map(|c| c.value.map_or_else(|| "?".into(), |v| v.to_string())).collect();
                println!("  row [{}] {} = {}", row.band, path_text(&row.path), values.join(" "));
            }
            for fact in &table.facts {
                println!("  fact {:?} {} {:?}", fact.kind, doc.place(fact.span.start).line, fact.span.of(&doc.text));
            }
        }
    }
}
