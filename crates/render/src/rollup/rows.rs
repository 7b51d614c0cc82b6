//! The lines of a rollup's table, the same in every output.

use crate::words::pick;
use gouji_lint::finding::Lang;
use gouji_lint::rollup::{Figure, Table};

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A member that is added up.
    Member,
    /// A report that is not.
    LeftOut,
    Sum,
    Consolidated,
    Difference,
}

/// A line of the table.
pub(super) struct Line<'a> {
    pub(super) kind: Kind,
    pub(super) who: &'a str,
    /// The member's file; empty for the lines below the members.
    pub(super) file: &'a str,
    /// Why it is not added up; empty where it is.
    pub(super) note: &'a str,
    pub(super) figures: &'a [Figure],
}

/// The members in their order, then sum, consolidated report and difference.
pub(super) fn lines(table: &Table, lang: Lang) -> Vec<Line<'_>> {
    let members = table.rows.iter().map(|row| Line {
        kind: if row.left_out.is_some() { Kind::LeftOut } else { Kind::Member },
        who: &row.who,
        file: &row.file,
        note: row.left_out.as_deref().unwrap_or_default(),
        figures: &row.figures,
    });
    let below = [
        (Kind::Sum, pick(lang, "各单位之和", "sum"), &table.sum),
        (Kind::Consolidated, pick(lang, "汇总报告", "consolidated"), &table.consolidated),
        (Kind::Difference, pick(lang, "相差", "off by"), &table.difference),
    ];
    let below = below.map(|(kind, who, figures)| Line { kind, who, file: "", note: "", figures });
    members.chain(below).collect()
}

/// Whether a figure of a line is a difference that is none.
pub(super) fn is_off(line: &Line<'_>, figure: &Figure) -> bool {
    line.kind == Kind::Difference && figure.as_deref().is_some_and(|number| number != "0")
}

/// What the first column is called.
pub(super) fn who(lang: Lang) -> &'static str {
    pick(lang, "单位", "member")
}

/// What the columns behind the figures are called, where there is room for them: file and note.
pub(super) fn file_and_note(lang: Lang) -> [&'static str; 2] {
    [pick(lang, "文件", "file"), pick(lang, "没有计入的原因", "why not counted")]
}
