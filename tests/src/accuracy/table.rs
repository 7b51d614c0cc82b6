//! Figures in columns.

/// Lines of figures below their headings.
pub(super) struct Table {
    lines: Vec<Vec<String>>,
}

impl Table {
    pub(super) fn new(headings: &[&str]) -> Self {
        Self { lines: vec![headings.iter().map(|&heading| heading.to_owned()).collect()] }
    }

    /// A name, how many were to be found, how many were, the share of these, and counts of false alarms.
    pub(super) fn row(&mut self, name: &str, cases: usize, found: usize, alarms: &[usize]) {
        let mut line = vec![name.to_owned(), cases.to_string(), found.to_string(), share(found, cases)];
        line.extend(alarms.iter().map(usize::to_string));
        self.lines.push(line);
    }

    /// Names to the left, figures to the right.
    pub(super) fn text(&self) -> String {
        let width = |column: usize| self.lines.iter().map(|line| line[column].len()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..self.lines[0].len()).map(width).collect();
        let mut out = String::new();
        for line in &self.lines {
            out.push_str(&format!("{:<width$}", line[0], width = widths[0]));
            for (cell, width) in line.iter().zip(&widths).skip(1) {
                out.push_str(&format!("  {cell:>width$}"));
            }
            out.push('\n');
        }
        out
    }
}

/// In per cent with one decimal, rounded down: all of them alone are 100.
fn share(part: usize, whole: usize) -> String {
    match (part * 1000).checked_div(whole) {
        None => "-".to_owned(),
        Some(1000) => "100%".to_owned(),
        Some(mille) => format!("{}.{}%", mille / 10, mille % 10),
    }
}
