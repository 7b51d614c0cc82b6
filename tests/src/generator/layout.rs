//! How a report's tables are laid out in plain text: straight, or ragged as they come out of a PDF or a web page.

use super::dice::Dice;
use super::form::{self, Path, TableName};
use super::report::{Piece, Report};

/// What became of merged cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merges {
    /// Table 3 has three label fields in every row; numbers stand under their headers.
    Kept,
    /// Lost: numbers start in field 2 or 3 and rows are filled up with blanks at their end.
    Lost,
}

/// How labels are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Labels {
    /// As in the official form.
    Official,
    /// `(一) 予以公开`, `1.属于国家秘密`, `结果 维持`.
    HalfWidth,
    /// As `HalfWidth`, and `1. 属于国家秘密`.
    Spaced,
}

/// How lines end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineEnd {
    /// `\n`.
    Lf,
    /// `\r\n`.
    CrLf,
}

/// An empty line inside a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The table.
    pub table: TableName,
    /// The line of the table, counted from 0 with its header, that the empty line stands before.
    pub before: usize,
}

/// How a report is laid out as plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// What became of merged cells.
    pub merges: Merges,
    /// The row of table 3 from which on labels and numbers stand further left, as after a page break.
    pub page_break: Option<usize>,
    /// Whether the numbers of （七）总计 start right behind its label (only behind a page break).
    pub total_far_left: bool,
    /// How labels are written.
    pub labels: Labels,
    /// Whether 总计 stands in the first header row of table 3, beside 申请人情况.
    pub total_beside: bool,
    /// Empty lines inside tables.
    pub cuts: Vec<Cut>,
    /// A leaf column that is missing, header and cells.
    pub omitted: Option<(TableName, usize)>,
    /// A row of table 3 whose label and numbers slid one field to the left.
    pub slid: Option<usize>,
    /// Whether blanks stand in the title, around the year.
    pub blank_title: bool,
    /// How lines end.
    pub line_end: LineEnd,
}

impl Layout {
    /// As the official form: nothing lost.
    #[must_use]
    pub fn straight() -> Self {
        Self {
            merges: Merges::Kept,
            page_break: None,
            total_far_left: false,
            labels: Labels::Official,
            total_beside: false,
            cuts: Vec::new(),
            omitted: None,
            slid: None,
            blank_title: false,
            line_end: LineEnd::Lf,
        }
    }

    /// Ragged as real reports are: merges lost, 总计 misplaced, labels half-width, perhaps a page break and a cut.
    pub fn ragged(dice: &mut Dice) -> Self {
        let page_break = dice.chance(80).then(|| dice.between(4, 22) as usize);
        Self {
            merges: Merges::Lost,
            page_break,
            total_far_left: page_break.is_some() && dice.chance(50),
            labels: if dice.chance(50) { Labels::HalfWidth } else { Labels::Spaced },
            total_beside: true,
            cuts: if dice.chance(50) { vec![Cut { table: TableName::Disclosure, before: 12 }] } else { Vec::new() },
            blank_title: true,
            ..Self::straight()
        }
    }

    /// `text` with this layout's line ends.
    #[must_use]
    pub fn with_line_ends(&self, text: &str) -> String {
        match self.line_end {
            LineEnd::Lf => text.to_owned(),
            LineEnd::CrLf => text.replace('\n', "\r\n"),
        }
    }

    /// A piece that is no table, as a line.
    #[must_use]
    pub fn line(&self, piece: &Piece) -> String {
        match piece {
            Piece::Title(words) if self.blank_title => {
                words.replacen("20", " 20", 1).replacen('年', " 年", 1).replace("年度报告", " 年度报告")
            }
            other => other.words().to_owned(),
        }
    }

    /// A table of a report as tab-separated lines, each with its line break.
    #[must_use]
    pub fn text_of(&self, report: &Report, table: TableName) -> String {
        let mut out = String::new();
        let mut narrow = false;
        for (at, line) in self.lines_of(report, table).iter().enumerate() {
            if self.cuts.contains(&Cut { table, before: at }) {
                out.push('\n');
                // Behind the cut of a real report the rows were as narrow as their contents.
                narrow = table == TableName::Disclosure;
            }
            let line = line.join("\t");
            out.push_str(if narrow { line.trim_end_matches('\t') } else { &line });
            out.push('\n');
        }
        out
    }

    /// A table of a report as lines of fields.
    #[must_use]
    pub fn lines_of(&self, report: &Report, table: TableName) -> Vec<Vec<String>> {
        match table {
            TableName::Disclosure => self.disclosure(report),
            TableName::Applications => self.applications(report),
            TableName::Litigation => self.litigation(report),
        }
    }

    fn disclosure(&self, report: &Report) -> Vec<Vec<String>> {
        let cells = report.written(TableName::Disclosure);
        let mut values = cells.iter();
        let mut lines = Vec::new();
        for band in form::bands(report.year) {
            lines.push(vec![report.label(band.label)]);
            let mut header = vec![form::CORNER.to_owned()];
            header.extend(band.columns.iter().map(|column| report.label(column)));
            lines.push(header);
            for row in band.rows {
                let mut line = vec![report.label(row)];
                line.extend(values.next().into_iter().flatten().cloned());
                lines.push(line);
            }
        }
        for line in &mut lines {
            line.resize(4, String::new());
        }
        lines
    }

    fn applications(&self, report: &Report) -> Vec<Vec<String>> {
        let kept = self.kept(TableName::Applications, 7);
        let n_labels = if self.merges == Merges::Kept { 3 } else { 2 };
        let width = n_labels + kept.len() + usize::from(self.merges == Merges::Lost);
        let mut lines = Vec::new();
        let mut columns: Vec<Path> = kept.iter().map(|at| form::APPLICATION_COLUMNS[*at]).collect();
        if self.total_beside {
            columns.last_mut().into_iter().for_each(|total| *total = &total[1..]);
        }
        for (at, header) in self.header(report, &columns).into_iter().enumerate() {
            let mut line = vec![String::new(); n_labels];
            if at == 0 {
                line[0] = self.styled(&report.label(form::NOTE));
            }
            line.extend(header);
            lines.push(line);
        }
        let cells = report.written(TableName::Applications);
        let mut before: Path = &[];
        let mut new_group = false;
        for (row, path) in report.application_rows() {
            let behind = self.page_break.is_some_and(|at| row >= at);
            if behind && before.get(1) != path.get(1) && path.len() == 3 {
                new_group = true;
            }
            let mut line: Vec<String> = self
                .labels(path, before, behind, new_group)
                .into_iter()
                .map(|label| if label.is_empty() { String::new() } else { self.styled(&report.label(label)) })
                .collect();
            line.extend(kept.iter().map(|column| cells[row][*column].clone()));
            if self.slid == Some(row)
                && let Some(blank) = line.iter().position(String::is_empty)
            {
                line.remove(blank);
            }
            lines.push(line);
            before = path;
        }
        for line in &mut lines {
            line.resize(width.max(line.len()), String::new());
        }
        lines
    }

    /// The label fields of a row of table 3, the one before it being `before`.
    fn labels(&self, path: Path, before: Path, behind: bool, new_group: bool) -> Vec<&'static str> {
        let shown = |depth: usize| {
            if before.get(..=depth) == path.get(..=depth) { "" } else { path[depth] }
        };
        match (self.merges, behind, path) {
            (Merges::Kept, _, [_]) => vec![path[0], "", ""],
            (Merges::Kept, _, [_, leaf]) => vec![shown(0), leaf, ""],
            (Merges::Lost, _, [leaf]) => vec![leaf, ""],
            (Merges::Lost, false, [_, leaf]) => vec![shown(0), leaf],
            (Merges::Lost, true, [_, leaf]) if self.total_far_left && leaf.ends_with("总计") => {
                vec![leaf]
            }
            (Merges::Lost, true, [_, leaf]) => vec![leaf, ""],
            (Merges::Lost, true, [_, _, leaf]) if new_group => vec![shown(1), leaf],
            (Merges::Lost, true, [_, _, leaf]) => vec![leaf, ""],
            (_, _, [.., leaf]) => vec![shown(0), shown(1), leaf],
            (_, _, []) => vec![""],
        }
    }

    fn litigation(&self, report: &Report) -> Vec<Vec<String>> {
        let kept = self.kept(TableName::Litigation, 15);
        let columns: Vec<Path> = kept.iter().map(|at| form::LITIGATION_COLUMNS[*at]).collect();
        let mut lines = self.header(report, &columns);
        for row in report.written(TableName::Litigation) {
            lines.push(kept.iter().map(|column| row[*column].clone()).collect());
        }
        lines
    }

    /// The leaf columns of a table that this layout shows.
    fn kept(&self, table: TableName, n_columns: usize) -> Vec<usize> {
        (0..n_columns).filter(|at| self.omitted != Some((table, *at))).collect()
    }

    /// Three header rows over these columns; a label stands over the first column it covers.
    fn header(&self, report: &Report, columns: &[Path]) -> Vec<Vec<String>> {
        (0..3)
            .map(|depth| {
                columns
                    .iter()
                    .enumerate()
                    .map(|(at, path)| {
                        let same = at > 0 && columns[at - 1].get(..=depth) == path.get(..=depth);
                        match path.get(depth) {
                            Some(label) if !same => self.styled(&report.label(label)),
                            _ => String::new(),
                        }
                    })
                    .collect()
            })
            .collect()
    }

    /// A label of table 3 or 4 as this layout writes it.
    fn styled(&self, label: &str) -> String {
        const HALVES: [(&str, &str); 4] = [
            ("结果维持", "结果 维持"),
            ("结果纠正", "结果 纠正"),
            ("其他结果", "其他 结果"),
            ("尚未审结", "尚未 审结"),
        ];
        if self.labels == Labels::Official {
            return label.to_owned();
        }
        if let Some((_, written)) = HALVES.iter().find(|(official, _)| *official == label) {
            return (*written).to_owned();
        }
        let mut out = label.to_owned();
        if label == form::NOTE {
            return out.replace('（', "(").replace('）', ")");
        }
        for numeral in form::NUMERALS {
            if let Some(rest) = out.strip_prefix(&format!("（{numeral}）")) {
                out = format!("({numeral}) {rest}");
            }
        }
        if self.labels == Labels::Spaced {
            let digit = out.starts_with(|c: char| c.is_ascii_digit());
            out = if digit {
                out.replacen('.', ". ", 1)
            } else {
                out.replace('（', " (").replace('）', ")").replace('，', ", ")
            };
        }
        out
    }
}
