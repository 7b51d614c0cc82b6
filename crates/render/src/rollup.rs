//! What a rollup came to: its summary here, its table for terminals, spreadsheets and browsers below.

use crate::layout::{one_line, wrap};
use crate::paint::Ink;
use crate::run::{Checked, Options, Talk};
use crate::words::counted;
use gouji_lint::finding::{Lang, Status};
use gouji_lint::rollup::Rollup;

pub mod csv;
pub mod html;
mod rows;
pub mod text;

/// A consolidated report with what the comparison came to.
#[derive(Clone, Copy, Debug)]
pub struct Rolled<'a> {
    /// The consolidated report with what is said of it.
    pub checked: Checked<'a>,
    /// The comparison.
    pub rollup: &'a Rollup,
}

/// How many reports were added up and numbers compared, in one line.
#[must_use]
pub fn summary(rolled: &Rolled<'_>, options: &Options) -> String {
    if options.talk == Talk::Quiet {
        return String::new();
    }
    let Rollup { n_given, n_counted, n_told, n_broken, n_open, .. } = *rolled.rollup;
    match options.lang {
        Lang::Zh => {
            let open = if n_open > 0 { format!("，{n_open} 个未能断定") } else { String::new() };
            format!(
                "汇总核对：各单位报告 {n_given} 份，计入 {n_counted} 份；核对 {n_told} 个数，不符 {n_broken} 个{open}\n"
            )
        }
        Lang::En => {
            let open = if n_open > 0 { format!(", {n_open} could not be told") } else { String::new() };
            let (reports, numbers) = (counted(n_given, "report"), counted(n_told, "number"));
            format!("rollup: {n_counted} of {reports} added up; {numbers} compared, {n_broken} not the sum{open}\n")
        }
    }
}

/// Why numbers could not be compared, of rules that ended so.
#[must_use]
pub fn open(rolled: &Rolled<'_>, ends: &[Status], options: &Options) -> String {
    let entries = rolled.checked.report.ledger.iter().filter(|entry| ends.contains(&entry.status));
    let whys = entries.filter_map(|entry| {
        let why = one_line(entry.why.as_deref()?);
        Some(match options.lang {
            Lang::Zh => format!("未能断定（{}）：{why}", entry.rule),
            Lang::En => format!("not told ({}): {why}", entry.rule),
        })
    });
    let lines = whys.flat_map(|why| wrap(&why, options.width));
    lines.map(|line| format!("{}\n", options.colour.paint(Ink::Dim, &line))).collect()
}
