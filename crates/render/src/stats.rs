//! What every rule did over all documents, and how long it took: a table, the slowest first.

use crate::layout::{pad, pad_left, width};
use crate::paint::Ink;
use crate::run::Options;
use crate::words::{counted, pick};
use gouji_lint::finding::{Lang, Report, Status};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// What rules did over documents.
#[derive(Clone, Debug, Default)]
pub struct Stats {
    rules: BTreeMap<Arc<str>, Count>,
    documents: usize,
    /// What was spent on documents beside the rules: reading, understanding, the search that rules share.
    shared: Duration,
}

/// What a rule did over documents.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    /// How many things it was applied to.
    bound: usize,
    /// How many of them failed.
    failed: usize,
    /// In how many documents it could not judge, by how it ended: unbound to errored.
    ended: [usize; 5],
    took: Duration,
}

/// How a rule can end without judging, in the order of the columns.
const ENDS: [Status; 5] =
    [Status::Unbound, Status::Undetermined, Status::NotApplicable, Status::Skipped, Status::Errored];

impl Stats {
    /// Counts a document in; `took` is what it took in all.
    pub fn add(&mut self, report: &Report, took: Duration) {
        let mut own = Duration::ZERO;
        for entry in &report.ledger {
            let count = self.rules.entry(entry.rule.clone()).or_default();
            count.bound += entry.bound;
            count.failed += entry.failed;
            if let Some(at) = ENDS.iter().position(|&end| end == entry.status) {
                count.ended[at] += 1;
            }
            let spent = entry.took.unwrap_or_default();
            count.took += spent;
            own += spent;
        }
        self.documents += 1;
        self.shared += took.saturating_sub(own);
    }

    /// The sum of two counts.
    pub fn merge(&mut self, other: &Self) {
        for (rule, count) in &other.rules {
            self.rules.entry(rule.clone()).or_default().merge(count);
        }
        self.documents += other.documents;
        self.shared += other.shared;
    }
}

impl Count {
    fn merge(&mut self, other: &Self) {
        self.bound += other.bound;
        self.failed += other.failed;
        self.took += other.took;
        for (own, other) in self.ended.iter_mut().zip(other.ended) {
            *own += other;
        }
    }

    fn cells(&self, name: &str) -> Vec<String> {
        let counts = [self.bound, self.failed].into_iter().chain(self.ended);
        let mut cells = vec![name.to_owned()];
        cells.extend(counts.map(|n| n.to_string()));
        cells.push(milliseconds(self.took));
        cells
    }
}

/// The table: what took longest first, the totals, and what belongs to no rule.
#[must_use]
pub fn table(stats: &Stats, options: &Options) -> String {
    let lang = options.lang;
    let mut rules: Vec<(&Arc<str>, &Count)> = stats.rules.iter().collect();
    rules.sort_by(|(a_rule, a), (b_rule, b)| (b.took, a_rule).cmp(&(a.took, b_rule)));
    let mut total = Count::default();
    rules.iter().for_each(|(_, count)| total.merge(count));

    let heads: [&str; 9] = match lang {
        Lang::Zh => ["规则", "核对", "未通过", "找不到对象", "无法判断", "不适用", "未执行", "出错", "毫秒"],
        Lang::En => ["rule", "bound", "failed", "unbound", "undet.", "n/a", "skipped", "errored", "ms"],
    };
    let mut rows = vec![heads.map(str::to_owned).to_vec()];
    rows.extend(rules.iter().map(|(rule, count)| count.cells(rule)));
    rows.push(total.cells(pick(lang, "合计", "total")));
    let widths: Vec<usize> =
        (0..heads.len()).map(|at| rows.iter().map(|row| width(&row[at])).max().unwrap_or(0)).collect();

    let title = match lang {
        Lang::Zh => format!("各规则统计（{} 份文件，按用时排列）", stats.documents),
        Lang::En => format!("What rules did ({}, by time)", counted(stats.documents, "file")),
    };
    let mut out = format!("{}\n", options.colour.paint(Ink::Strong, &title));
    for row in &rows {
        let cells = row.iter().zip(&widths).enumerate().map(|(at, (cell, &width))| match at {
            0 => pad(cell, width),
            _ => pad_left(cell, width),
        });
        out.push_str(&format!("{}\n", cells.collect::<Vec<_>>().join("  ")));
    }
    let shared = milliseconds(stats.shared);
    out.push_str(&match lang {
        Lang::Zh => format!(
            "核对、未通过按处计，其余按文件计；另用 {shared} 毫秒读取文件、理解结构和各规则共用的查找\n"
        ),
        Lang::En => format!(
            "bound and failed count things, the rest files; another {shared} ms went into reading, understanding and the search that rules share\n"
        ),
    });
    out
}

/// Milliseconds with two decimals.
fn milliseconds(time: Duration) -> String {
    let hundredths = time.as_micros() / 10;
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}
