//! The table of a rollup for spreadsheets: RFC 4180, with a byte order mark so that they know it is UTF-8.

use super::Rolled;
use super::rows;
use gouji_lint::finding::Lang;

/// The table.
#[must_use]
pub fn table(rolled: &Rolled<'_>, lang: Lang) -> String {
    let table = &rolled.rollup.table;
    let mut out = String::from("\u{feff}");
    let head = std::iter::once(rows::who(lang)).chain(table.columns.iter().map(String::as_str));
    out.push_str(&record(head.chain(rows::file_and_note(lang)).map(text)));
    for line in rows::lines(table, lang) {
        // A number is one that was read and reckoned with: it stands as it is, be it negative.
        let figures = line.figures.iter().map(|figure| figure.clone().unwrap_or_default());
        let cells = std::iter::once(text(line.who)).chain(figures).chain([text(line.file), text(line.note)]);
        out.push_str(&record(cells));
    }
    out
}

fn record(cells: impl Iterator<Item = String>) -> String {
    cells.collect::<Vec<_>>().join(",") + "\r\n"
}

/// Words as a field: what a spreadsheet would take for a formula is led by an apostrophe.
fn text(words: &str) -> String {
    let guard = if words.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) { "'" } else { "" };
    match words.contains([',', '"', '\r', '\n']) {
        true => format!("\"{guard}{}\"", words.replace('"', "\"\"")),
        false => format!("{guard}{words}"),
    }
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn fields_are_quoted_and_no_field_is_a_formula() {
        for (words, field) in [
            ("青禾县教育局", "青禾县教育局"),
            ("甲,乙", "\"甲,乙\""),
            ("“甲”\"乙\"\n丙", "\"“甲”\"\"乙\"\"\n丙\""),
            ("=1+1", "'=1+1"),
            ("@SUM(A1),2", "\"'@SUM(A1),2\""),
            ("-甲", "'-甲"),
            ("\t=1", "'\t=1"),
            ("", ""),
        ] {
            assert_eq!(text(words), field);
        }
    }
}
