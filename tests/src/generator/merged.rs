//! The cells of a table with what the official form merges, for formats that can say it.

use super::form::{self, TableName};
use super::layout::{Layout, Merges};
use super::report::Report;

/// A cell that covers one or more slots of its table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its first row.
    pub row: usize,
    /// Its first column.
    pub column: usize,
    /// How many rows it covers.
    pub rows: usize,
    /// How many columns it covers.
    pub columns: usize,
    /// What stands in it.
    pub words: String,
}

/// What a label may spread over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spread {
    /// To the right as far as the label above, then down.
    Header,
    /// To the right, then down as far as the label on its left.
    Labels,
}

/// A part of a table in which labels cover the blanks beside them.
struct Area {
    rows: std::ops::Range<usize>,
    columns: std::ops::Range<usize>,
    spread: Spread,
}

impl Layout {
    /// The cells of a table row by row, merged as in the official form where this layout keeps merges.
    #[must_use]
    pub fn cells_of(&self, report: &Report, table: TableName) -> Vec<Vec<Cell>> {
        let lines = self.lines_of(report, table);
        let areas = if self.merges == Merges::Kept && !self.total_beside && self.slid.is_none() {
            areas(report.year, table, &lines)
        } else {
            Vec::new()
        };
        // A table that is cut is two, and no cell stands in both.
        let cuts: Vec<usize> = self.cuts.iter().filter(|cut| cut.table == table).map(|cut| cut.before).collect();
        merge(&lines, &areas, &cuts)
    }
}

fn areas(year: i32, table: TableName, lines: &[Vec<String>]) -> Vec<Area> {
    let width = lines.first().map_or(0, Vec::len);
    let header = Area { rows: 0..3, columns: 0..width, spread: Spread::Header };
    match table {
        TableName::Litigation => vec![header],
        TableName::Applications => {
            vec![header, Area { rows: 3..lines.len(), columns: 0..3, spread: Spread::Labels }]
        }
        // The last cell of a row covers what the band has no columns for.
        TableName::Disclosure => form::bands(year)
            .iter()
            .flat_map(|band| std::iter::once(0).chain(std::iter::repeat_n(band.columns.len(), band.rows.len() + 1)))
            .enumerate()
            .map(|(row, last)| Area { rows: row..row + 1, columns: last..width, spread: Spread::Labels })
            .collect(),
    }
}

fn merge(lines: &[Vec<String>], areas: &[Area], cuts: &[usize]) -> Vec<Vec<Cell>> {
    // The cell that covers each slot, by its first slot.
    let mut owner: Vec<Vec<Option<(usize, usize)>>> = lines.iter().map(|line| vec![None; line.len()]).collect();
    let mut all = Vec::new();
    for (row, line) in lines.iter().enumerate() {
        let mut cells = Vec::new();
        for (column, words) in line.iter().enumerate() {
            if owner[row][column].is_some() {
                continue;
            }
            let area = areas.iter().find(|area| area.rows.contains(&row) && area.columns.contains(&column));
            let (rows, columns) = match area {
                Some(area) if !words.is_empty() => {
                    let end = cuts.iter().copied().find(|cut| *cut > row).unwrap_or(lines.len()).min(area.rows.end);
                    spread(lines, &owner, area, (row, column), end)
                }
                _ => (1, 1),
            };
            for line in &mut owner[row..row + rows] {
                line[column..column + columns].fill(Some((row, column)));
            }
            cells.push(Cell { row, column, rows, columns, words: words.clone() });
        }
        all.push(cells);
    }
    all
}

/// How many rows, up to `end`, and columns the label at a slot covers.
fn spread(
    lines: &[Vec<String>],
    owner: &[Vec<Option<(usize, usize)>>],
    area: &Area,
    (row, column): (usize, usize),
    end: usize,
) -> (usize, usize) {
    let free = |row: usize, column: usize| lines[row][column].is_empty() && owner[row][column].is_none();
    let under = |at: usize| {
        area.spread == Spread::Labels || row == area.rows.start || owner[row - 1][at] == owner[row - 1][column]
    };
    let columns = 1 + (column + 1..area.columns.end).take_while(|&at| free(row, at) && under(at)).count();
    let beside = |at: usize| {
        area.spread == Spread::Header || column == area.columns.start || owner[at][column - 1] == owner[row][column - 1]
    };
    let rows = 1
        + (row + 1..end)
            .take_while(|&at| beside(at) && (column..column + columns).all(|column| free(at, column)))
            .count();
    (rows, columns)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(table: TableName) -> Vec<String> {
        let cells = Layout::straight().cells_of(&Report::clean(1), table);
        let wide = cells.into_iter().flatten().filter(|cell| cell.rows * cell.columns > 1);
        wide.map(|cell| format!("{} {}x{}", form::plain(&cell.words), cell.rows, cell.columns)).collect()
    }

    #[test]
    fn labels_cover_what_the_official_form_merges() {
        let applications = told(TableName::Applications);
        for cell in ["申请人情况 1x7", "自然人 2x1", "法人或其他组织 1x5", "总计 2x1", "本年度办理结果 22x1"]
        {
            assert!(applications.iter().any(|told| told == cell), "{cell} of {applications:?}");
        }
        for cell in ["予以公开 1x2", "不予公开 8x1", "其他处理 3x1", "总计 1x2", "结转下年度继续办理 1x3"]
        {
            assert!(applications.iter().any(|told| told == cell), "{cell} of {applications:?}");
        }
        let litigation = told(TableName::Litigation);
        assert_eq!(litigation[..2], ["行政复议 1x5", "行政诉讼 1x10"]);
        assert!(litigation.contains(&"复议后起诉 1x5".to_owned()), "{litigation:?}");
        let disclosure = told(TableName::Disclosure);
        assert!(disclosure.contains(&"第二十条第(一)项 1x4".to_owned()), "{disclosure:?}");
        assert!(disclosure.contains(&"本年处理决定数量 1x3".to_owned()), "{disclosure:?}");
    }
}
