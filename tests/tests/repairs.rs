//! Which number is wrong: what gouji says of it against an oracle that tries every cell, and every pair of cells.

use gouji_core::document::Document;
use gouji_core::text::Span;
use gouji_lint::engine::{self, CheckOptions};
use gouji_lint::finding::{Finding, Report as Checked};
use gouji_lint::repair::Repair;
use gouji_tests::checking;
use gouji_tests::generator::form::TableName;
use gouji_tests::generator::{Dice, Layout, Organ, OrganKind, Report, Values, relabel};
use std::collections::BTreeSet;

const YEAR: i32 = 2024;

/// A cell of tables 3 and 4.
type Cell = (TableName, usize, usize);
/// Cells with what they should hold.
type Change = BTreeSet<(Cell, i64)>;

/// Numbers of a busy report.
fn busy(seed: u64) -> (Organ, Values) {
    let mut dice = Dice::new(seed);
    let organ = Organ::of(OrganKind::CityGovernment, &mut dice);
    let values = Values::invent(&mut dice, &organ, YEAR);
    (organ, values)
}

fn cells(values: &Values) -> Vec<Cell> {
    let rows = 0..values.applications.len();
    let applications = rows.flat_map(|row| (0..7).map(move |column| (TableName::Applications, row, column)));
    applications.chain((0..15).map(|column| (TableName::Litigation, 0, column))).collect()
}

fn value(values: &Values, (table, row, column): Cell) -> i64 {
    let number = match table {
        TableName::Applications => values.applications[row][column],
        _ => values.litigation[column],
    };
    i64::try_from(number).expect("a small number")
}

fn set(values: &mut Values, (table, row, column): Cell, number: i64) {
    let number = u64::try_from(number).expect("no negative number");
    match table {
        TableName::Applications => values.applications[row][column] = number,
        _ => values.litigation[column] = number,
    }
}

/// A tie as cells with their signs.
fn signed_ties() -> Vec<Vec<(Cell, i64)>> {
    let n_rows = relabel::ties(YEAR).into_iter().flatten().filter(|cell| cell.0 == TableName::Applications);
    let last = n_rows.map(|cell| cell.1).max().expect("rows");
    relabel::ties(YEAR)
        .into_iter()
        .map(|tie| {
            // First and second item against third and fourth; every other tie is parts against their total.
            let balance = tie.len() == 4;
            let n_left = if balance { 2 } else { tie.len() - 1 };
            assert!(!balance || tie[2].1 == last);
            tie.into_iter().enumerate().map(|(at, cell)| (cell, if at < n_left { 1 } else { -1 })).collect()
        })
        .collect()
}

/// The smallest changes, of one cell or of two, that make every tie hold; none where two are not enough.
struct Oracle {
    ties: Vec<Vec<(Cell, i64)>>,
    cells: Vec<Cell>,
}

impl Oracle {
    fn new(values: &Values) -> Self {
        Self { ties: signed_ties(), cells: cells(values) }
    }

    fn holds(&self, values: &Values) -> bool {
        self.ties.iter().all(|tie| tie.iter().map(|(cell, sign)| sign * value(values, *cell)).sum::<i64>() == 0)
    }

    /// How far each tie is off that is.
    fn off(&self, values: &Values) -> Vec<(usize, i64)> {
        let off = |tie: &Vec<(Cell, i64)>| tie.iter().map(|(cell, sign)| sign * value(values, *cell)).sum::<i64>();
        self.ties.iter().map(off).enumerate().filter(|(_, off)| *off != 0).collect()
    }

    /// The value of a cell that makes one tie hold.
    fn forced(&self, values: &Values, tie: usize, cell: Cell) -> Option<i64> {
        let sign = self.ties[tie].iter().find(|(own, _)| *own == cell)?.1;
        let off: i64 = self.ties[tie].iter().map(|(cell, sign)| sign * value(values, *cell)).sum();
        Some(value(values, cell) - sign * off)
    }

    fn singles(&self, values: &Values) -> Vec<Change> {
        let Some((tie, _)) = self.off(values).into_iter().next() else { return Vec::new() };
        let one = |&cell: &Cell| {
            let to = self.forced(values, tie, cell).filter(|to| *to >= 0)?;
            let mut mended = values.clone();
            set(&mut mended, cell, to);
            self.holds(&mended).then(|| Change::from([(cell, to)]))
        };
        self.cells.iter().filter_map(one).collect()
    }

    /// One cell of a tie that is off gets every value that another cell could leave it with: those that mend a tie.
    fn pairs(&self, values: &Values) -> Vec<Change> {
        let off = self.off(values);
        let Some((first, _)) = off.first() else { return Vec::new() };
        let mut found = BTreeSet::new();
        for &(one, _) in &self.ties[*first] {
            // What mends one of the ties that are off, if this cell alone mends it.
            let wanted: BTreeSet<i64> = off.iter().filter_map(|(tie, _)| self.forced(values, *tie, one)).collect();
            for to in wanted.into_iter().filter(|to| *to >= 0) {
                let mut mended = values.clone();
                set(&mut mended, one, to);
                for rest in self.singles(&mended) {
                    found.insert(Change::from([(one, to)]).union(&rest).copied().collect());
                }
            }
        }
        found.into_iter().collect()
    }

    fn smallest(&self, values: &Values) -> Vec<Change> {
        let singles = self.singles(values);
        if singles.is_empty() { self.pairs(values) } else { singles }
    }
}

/// A report with these numbers, checked by the rules on ties alone.
fn check(organ: &Organ, values: &Values) -> (Document, Checked) {
    let report = Report::compose(1, organ.clone(), YEAR, values.clone());
    let document = checking::read("report.txt", report.to_text(&Layout::straight()).as_bytes());
    let options = CheckOptions { select: vec!["NB30".to_owned()], ..CheckOptions::default() };
    let checked = engine::check(&document, checking::rules(), &options);
    (document, checked)
}

/// The cell that stands at a span.
fn cell_at(document: &Document, checked: &Checked, span: Span) -> Cell {
    for (at, name) in &checked.tables {
        let table = TableName::ALL.into_iter().find(|table| table.short() == name).expect("a table of the form");
        let own = &document.tables[*at];
        for row in 0..own.rows.len() {
            let mut columns = own.columns_of(&own.rows[row]);
            if let Some(column) = columns.find(|&column| own.cell(row, column).is_some_and(|cell| cell.span == span)) {
                return (table, row, column);
            }
        }
    }
    panic!("no cell at {span:?}");
}

/// The cells of a repair with what they should hold.
fn change(document: &Document, checked: &Checked, repair: &Repair) -> Change {
    let cells = repair.cells.iter();
    cells.map(|cell| (cell_at(document, checked, cell.span), cell.to.parse().expect("a whole number"))).collect()
}

/// The certain repair of a finding.
fn certain(document: &Document, checked: &Checked, finding: &Finding) -> Option<Change> {
    let [repair] = finding.repairs.as_slice() else { return None };
    repair.only.then(|| change(document, checked, repair))
}

/// Every way a number is commonly mistyped: (kind, what is written).
fn slips(values: &Values, cell: Cell) -> Vec<(&'static str, i64)> {
    let right = value(values, cell);
    let digits = right.to_string();
    let mut slips = vec![("one more", right + 1), ("shifted", right * 10), ("digit too many", right * 10 + 7)];
    if digits.len() > 1 {
        let mut swapped = digits.clone().into_bytes();
        swapped.swap(0, 1);
        let swapped = String::from_utf8(swapped).expect("digits");
        slips.push(("swapped", swapped.parse().expect("digits")));
        slips.push(("digit missing", right / 10));
        slips.push(("digit wrong", right - right % 10 + (right + 3) % 10));
    }
    let (table, row, column) = cell;
    let width = if table == TableName::Applications { 7 } else { 15 };
    slips.push(("next column", value(values, (table, row, (column + 1) % width))));
    if table == TableName::Applications {
        slips.push(("next row", value(values, (table, (row + 1) % values.applications.len(), column))));
    }
    slips.into_iter().filter(|(_, wrong)| *wrong != right).collect()
}

/// What came of many reports.
#[derive(Debug, Default)]
struct Tally {
    n: usize,
    sole: usize,
    several: usize,
    untold: usize,
}

#[test]
#[expect(clippy::print_stdout, reason = "the shares are worth reading")]
fn one_wrong_cell_is_named_whenever_the_ties_tell_it() {
    let mut tally = Tally::default();
    let mut faults = Vec::new();
    for seed in 0..3 {
        let (organ, right) = busy(seed);
        let oracle = Oracle::new(&right);
        assert!(oracle.holds(&right), "seed {seed}");
        for (at, &cell) in oracle.cells.iter().enumerate() {
            for (nth, (kind, wrong)) in slips(&right, cell).into_iter().enumerate() {
                // Every cell with every kind once over the seeds.
                if (at + nth) % 3 != usize::try_from(seed).expect("small") {
                    continue;
                }
                let name = format!("seed {seed} {cell:?} {kind}");
                let mut values = right.clone();
                set(&mut values, cell, wrong);
                let explanations = oracle.singles(&values);
                assert!(explanations.contains(&Change::from([(cell, value(&right, cell))])), "{name}");
                let (document, checked) = check(&organ, &values);
                assert!(!checked.findings.is_empty(), "{name}: nothing found");
                tally.n += 1;
                if explanations.len() == 1 {
                    tally.sole += 1
                } else {
                    tally.several += 1
                }
                for finding in &checked.findings {
                    let said = certain(&document, &checked, finding);
                    let wanted = (explanations.len() == 1).then(|| explanations[0].clone());
                    if said != wanted {
                        faults.push(format!("{name} {}: said {said:?}, the oracle {wanted:?}", finding.rule));
                    }
                    let named: Change =
                        finding.repairs.iter().flat_map(|repair| change(&document, &checked, repair)).collect();
                    let all: Change = explanations.iter().flatten().copied().collect();
                    if named != all {
                        faults.push(format!("{name} {}: named {named:?}, the oracle {all:?}", finding.rule));
                    }
                }
            }
        }
    }
    println!("one wrong cell: {tally:?}");
    assert!(tally.n > 1_000 && tally.sole * 10 > tally.n * 8, "{tally:?}");
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults[..faults.len().min(20)].join("\n"));
}

#[test]
#[expect(clippy::print_stdout, reason = "the shares are worth reading")]
fn two_wrong_cells_are_never_told_as_another_with_certainty() {
    let (mut tally, mut mimics) = (Tally::default(), 0);
    let mut faults = Vec::new();
    for seed in 10..410 {
        let (organ, right) = busy(seed % 7);
        let oracle = Oracle::new(&right);
        let mut dice = Dice::new(seed);
        let mut values = right.clone();
        let mut truth = Change::new();
        while truth.len() < 2 {
            let cell = oracle.cells[dice.index(oracle.cells.len())];
            let slips = slips(&right, cell);
            let wrong = slips[dice.index(slips.len())].1;
            if truth.insert((cell, value(&right, cell))) {
                set(&mut values, cell, wrong);
            }
        }
        let name = format!("seed {seed} {truth:?}");
        let explanations = oracle.smallest(&values);
        let (document, checked) = check(&organ, &values);
        tally.n += 1;
        match explanations.len() {
            0 => tally.untold += 1,
            1 => tally.sole += 1,
            _ => tally.several += 1,
        }
        if explanations.len() == 1 && explanations[0] != truth {
            mimics += 1;
        }
        for finding in &checked.findings {
            let Some(said) = certain(&document, &checked, finding) else {
                if explanations.len() == 1 {
                    faults.push(format!("{name} {}: not told, the oracle {explanations:?}", finding.rule));
                }
                continue;
            };
            // Every smallest explanation has what is told as certain.
            if explanations.is_empty() || !explanations.iter().all(|own| own.is_superset(&said)) {
                faults.push(format!("{name} {}: said {said:?}, the oracle {explanations:?}", finding.rule));
            }
        }
    }
    println!("two wrong cells: {tally:?}, of which {mimics} look like another smallest change");
    assert!(tally.sole * 2 > tally.n, "{tally:?}");
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults[..faults.len().min(20)].join("\n"));
}
