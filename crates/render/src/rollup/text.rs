//! The table of a rollup for terminals: numbers aligned, in blocks of columns where one line has no room for all.

use super::Rolled;
use super::rows::{self, Kind, Line};
use crate::layout::{cut_right, one_line, pad, pad_left, width, wrap};
use crate::paint::Ink;
use crate::run::Options;
use crate::words::pick;
use gouji_lint::finding::Level;

/// What stands where there is no number.
const NONE: &str = "–";

/// The table, with a note for each report that is not added up, and a blank line.
#[must_use]
pub fn table(rolled: &Rolled<'_>, options: &Options) -> String {
    let table = &rolled.rollup.table;
    let lines = rows::lines(table, options.lang);
    let names: Vec<String> = lines.iter().map(name).collect();
    let first = rows::who(options.lang);
    let widest = names.iter().map(|name| width(name)).chain([width(first)]).max().unwrap_or(0);
    let widest = widest.min(options.width / 3);
    let mut out = String::new();
    for block in blocks(&column_widths(&table.columns, &lines), options.width.saturating_sub(widest)) {
        if !out.is_empty() {
            out.push('\n');
        }
        let heads = block.iter().map(|&(at, wide)| pad_left(&one_line(&table.columns[at]), wide));
        let head = row(&pad(first, widest), heads);
        out.push_str(&format!("{}\n", options.colour.paint(Ink::Strong, &head)));
        for (line, name) in lines.iter().zip(&names) {
            let cells = block.iter().map(|&(at, wide)| {
                let figure = &line.figures[at];
                let cell = pad_left(figure.as_deref().unwrap_or(NONE), wide);
                match rows::is_off(line, figure) {
                    true => options.colour.paint(Ink::Level(Level::Warning), &cell),
                    false => cell,
                }
            });
            out.push_str(&format!("{}\n", row(&pad(&cut_right(name, widest), widest), cells)));
        }
    }
    out.push_str(&notes(&lines, options));
    out.push('\n');
    out
}

/// Whose line it is; a report that is not added up bears a mark.
fn name(line: &Line<'_>) -> String {
    let mark = if line.kind == Kind::LeftOut { "* " } else { "" };
    format!("{mark}{}", one_line(line.who))
}

fn row(first: &str, cells: impl Iterator<Item = String>) -> String {
    let rest: String = cells.map(|cell| format!("{GAP}{cell}")).collect();
    format!("{first}{rest}").trim_end().to_owned()
}

/// Between two columns.
const GAP: &str = "  ";

fn column_widths(columns: &[String], lines: &[Line<'_>]) -> Vec<usize> {
    let of = |at: usize| {
        let cells = lines.iter().map(|line| width(line.figures[at].as_deref().unwrap_or(NONE)));
        cells.chain([width(&one_line(&columns[at]))]).max().unwrap_or(0)
    };
    (0..columns.len()).map(of).collect()
}

/// The columns in blocks that fit into so many columns of the terminal, each with its width; a block has at least one.
fn blocks(widths: &[usize], room: usize) -> Vec<Vec<(usize, usize)>> {
    let mut blocks: Vec<Vec<(usize, usize)>> = Vec::new();
    let mut used = 0;
    for (at, &wide) in widths.iter().enumerate() {
        let needs = wide + GAP.len();
        match blocks.last_mut() {
            Some(block) if used + needs <= room => block.push((at, wide)),
            _ => {
                blocks.push(vec![(at, wide)]);
                used = 0;
            }
        }
        used += needs;
    }
    blocks
}

fn notes(lines: &[Line<'_>], options: &Options) -> String {
    let left_out = lines.iter().filter(|line| line.kind == Kind::LeftOut);
    let colon = pick(options.lang, "：", ": ");
    let told = left_out.map(|line| format!("* {}{colon}{}", one_line(line.file), one_line(line.note)));
    told.flat_map(|note| wrap(&note, options.width)).map(|line| format!("{line}\n")).collect()
}
