//! The numbers of the three tables, built from the leaves up so that every tie holds.

use super::dice::Dice;
use super::form::{self, TableName};
use super::organ::Organ;

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// A count, in 件.
    Count(u64),
    /// Money, in 元; written in 万元.
    Money(u64),
}

impl Amount {
    /// As it stands in a cell: a bare number, money in 万元 without closing zeros.
    #[must_use]
    pub fn written(self) -> String {
        match self {
            Self::Count(n) => n.to_string(),
            Self::Money(yuan) if yuan % 10_000 == 0 => (yuan / 10_000).to_string(),
            Self::Money(yuan) => {
                let part = format!("{:04}", yuan % 10_000);
                format!("{}.{}", yuan / 10_000, part.trim_end_matches('0'))
            }
        }
    }
}

/// The numbers of one report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Values {
    /// Table 2: a list a row, in the order of the form's bands.
    pub disclosure: Vec<Vec<Amount>>,
    /// Table 3: seven columns a row; the last row but one is （七）总计.
    pub applications: Vec<[u64; 7]>,
    /// Table 4: three blocks of five.
    pub litigation: [u64; 15],
}

/// The column 总计 of table 3.
pub(super) const TOTAL: usize = 6;

impl Values {
    /// All zeros.
    #[must_use]
    pub fn zeros(year: i32) -> Self {
        let last = form::bands(year).len() - 1;
        let disclosure = form::bands(year)
            .iter()
            .enumerate()
            .flat_map(|(at, band)| {
                let zero = if at == last && year >= form::NEW_FORM { Amount::Money(0) } else { Amount::Count(0) };
                band.rows.iter().map(move |_| vec![zero; band.columns.len()])
            })
            .collect();
        Self { disclosure, applications: vec![[0; 7]; form::application_rows(year).len()], litigation: [0; 15] }
    }

    /// Numbers that an organ of this size may have; a quarter of the small ones had nothing to do.
    pub fn invent(dice: &mut Dice, organ: &Organ, year: i32) -> Self {
        let mut values = Self::zeros(year);
        values.invent_disclosure(dice, organ, year);
        let weight = organ.weight();
        let quiet = weight <= 2 && dice.chance(25);
        if !quiet {
            let rows = values.applications.len();
            for row in 2..rows - 2 {
                // Most lines of the form stay empty in most reports.
                for column in 0..TOTAL {
                    let likely = if column == 0 { 45 } else { 8 } + weight * 5;
                    if dice.chance(likely) {
                        values.applications[row][column] = dice.between(1, 3 * weight * weight);
                    }
                }
            }
            for column in 0..TOTAL {
                let done: u64 = values.applications[2..rows - 2].iter().map(|row| row[column]).sum();
                let next = if dice.chance(30) { dice.between(0, weight) } else { 0 };
                let before = if dice.chance(40) { dice.between(0, weight.min(done + next)) } else { 0 };
                values.applications[rows - 1][column] = next;
                values.applications[1][column] = before;
                values.applications[0][column] = done + next - before;
            }
            if weight >= 3 || dice.chance(20) {
                for (at, cell) in values.litigation.iter_mut().enumerate() {
                    *cell = if at % 5 != 4 && dice.chance(50) { dice.between(0, 4 * weight) } else { 0 };
                }
            }
        }
        values.add_up();
        values
    }

    fn invent_disclosure(&mut self, dice: &mut Dice, organ: &Organ, year: i32) {
        let weight = organ.weight();
        let may_write = weight >= 3;
        for (row, cells) in self.disclosure.iter_mut().enumerate() {
            match (row, year >= form::NEW_FORM) {
                (0, _) if !organ.makes_regulations() => {}
                (0 | 1, new) if may_write => {
                    let (made, gone, before) =
                        (dice.between(0, 3 * weight), dice.below(weight), dice.between(weight, 40));
                    let standing = before + made - gone;
                    let second = if new { gone } else { made };
                    *cells = [made, second, standing].map(Amount::Count).to_vec();
                }
                (0 | 1, _) => {}
                (_, false) => {
                    for (column, cell) in cells.iter_mut().enumerate() {
                        let high = if column == 1 { 3 } else { 20 * weight };
                        *cell = Amount::Count(dice.between(0, high));
                    }
                }
                (2..=4, true) => {
                    if dice.chance(70) {
                        cells[0] = Amount::Count(dice.between(0, 400 * weight * weight));
                    }
                }
                (_, true) => {
                    if dice.chance(40) {
                        cells[0] = Amount::Money(dice.between(1, 90_000) * 10 * weight);
                    }
                }
            }
        }
    }

    /// Makes every total what its parts say: rows and columns of table 3, blocks of table 4. The first two rows and
    /// the last one of table 3 keep their parts; （七） is the sum of the results.
    pub fn add_up(&mut self) {
        let rows = self.applications.len();
        for column in 0..TOTAL {
            self.applications[rows - 2][column] = self.applications[2..rows - 2].iter().map(|row| row[column]).sum();
        }
        for row in &mut self.applications {
            row[TOTAL] = row[..TOTAL].iter().sum();
        }
        for block in self.litigation.chunks_mut(5) {
            block[4] = block[..4].iter().sum();
        }
    }

    /// The cells of a table as they are written, row by row.
    #[must_use]
    pub fn written(&self, table: TableName) -> Vec<Vec<String>> {
        match table {
            TableName::Disclosure => {
                self.disclosure.iter().map(|row| row.iter().map(|a| a.written()).collect()).collect()
            }
            TableName::Applications => {
                self.applications.iter().map(|row| row.iter().map(u64::to_string).collect()).collect()
            }
            TableName::Litigation => vec![self.litigation.iter().map(u64::to_string).collect()],
        }
    }

    /// 一、本年新收, all applicants.
    #[must_use]
    pub fn received(&self) -> u64 {
        self.applications[0][TOTAL]
    }

    /// 二、上年结转, all applicants.
    #[must_use]
    pub fn carried_in(&self) -> u64 {
        self.applications[1][TOTAL]
    }

    /// （七）总计, all applicants.
    #[must_use]
    pub fn done(&self) -> u64 {
        self.applications[self.applications.len() - 2][TOTAL]
    }

    /// 四、结转下年度继续办理, all applicants.
    #[must_use]
    pub fn carried_out(&self) -> u64 {
        self.applications[self.applications.len() - 1][TOTAL]
    }

    /// The six kinds of results （一） to （六） with their names, all applicants.
    #[must_use]
    pub fn kinds(&self) -> [(&'static str, u64); 6] {
        let rows = self.applications.len();
        let sum = |from: usize, to: usize| self.applications[from..to].iter().map(|row| row[TOTAL]).sum();
        [
            ("予以公开", sum(2, 3)),
            ("部分公开", sum(3, 4)),
            ("不予公开", sum(4, 12)),
            ("无法提供", sum(12, 15)),
            ("不予处理", sum(15, 20)),
            ("其他处理", sum(20, rows - 2)),
        ]
    }

    /// Whether every tie of tables 3 and 4 holds.
    #[must_use]
    pub fn ties(&self) -> bool {
        let rows = self.applications.len();
        let all = &self.applications;
        let across = all.iter().all(|row| row[..TOTAL].iter().sum::<u64>() == row[TOTAL]);
        let down = (0..7).all(|column| {
            let results: u64 = all[2..rows - 2].iter().map(|row| row[column]).sum();
            let total = all[rows - 2][column];
            results == total && all[0][column] + all[1][column] == total + all[rows - 1][column]
        });
        across && down && self.litigation.chunks(5).all(|block| block[..4].iter().sum::<u64>() == block[4])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invented_numbers_tie() {
        for seed in 0..300 {
            let mut dice = Dice::new(seed);
            let organ = Organ::invent(&mut dice);
            assert!(Values::invent(&mut dice, &organ, 2019 + (seed % 7) as i32).ties(), "seed {seed}");
        }
    }

    #[test]
    fn money_is_written_in_ten_thousands() {
        let written = [0, 10_000, 265_500, 592_372_449].map(|yuan| Amount::Money(yuan).written());
        assert_eq!(written, ["0", "1", "26.55", "59237.2449"]);
    }
}
