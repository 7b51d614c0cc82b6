//! Which number may be wrong, in words.

use crate::layout::one_line;
use crate::places::Places;
use crate::words;
use gouji_lint::finding::{Finding, Lang};
use gouji_lint::repair::{Repair, RepairedCell};

/// How many explanations are spelt out.
const MOST: usize = 2;

/// What the smallest changes that mend a failed tie say; nothing where none was found.
pub(crate) fn notes(finding: &Finding, places: &Places<'_>, lang: Lang) -> Vec<String> {
    let Some(first) = finding.repairs.first() else { return Vec::new() };
    let n_cells = first.cells.len();
    let mut notes = Vec::new();
    if first.only {
        let change = change(first, places, lang);
        notes.push(match (lang, n_cells) {
            (Lang::Zh, 1) => format!("线索：{change}；要使相连的勾稽都成立，改动最少的只有这一种改法，请核对"),
            (Lang::Zh, n) => format!("线索：{change}；至少要改 {n} 个数，这样改的只有一种，请核对"),
            (Lang::En, 1) => {
                format!("clue: {change}; no other change as small would mend all connected ties: verify")
            }
            (Lang::En, n) => format!("clue: {change}; it takes {n} numbers, and no other {n} would do: verify"),
        });
        return notes;
    }
    let n = finding.repairs.len();
    let listed: Vec<String> = finding.repairs.iter().take(MOST).map(|repair| change(repair, places, lang)).collect();
    let more = n.saturating_sub(MOST);
    notes.push(match lang {
        Lang::Zh => {
            let more = if more > 0 { format!("；另 {more} 种见 --format json") } else { String::new() };
            format!("线索：改 {n_cells} 个数，相连的勾稽就都成立的有 {n} 种：{}{more}", listed.join("；"))
        }
        Lang::En => {
            let more = if more > 0 { format!("; {more} more: see --format json") } else { String::new() };
            let numbers = words::counted(n_cells, "number");
            format!("clue: {n} ways to mend all connected ties by {numbers}: {}{more}", listed.join("; "))
        }
    });
    notes
}

/// What would change, and how the slip may have come about.
fn change(repair: &Repair, places: &Places<'_>, lang: Lang) -> String {
    let cells: Vec<String> = repair.cells.iter().map(|cell| cell_change(cell, places, lang)).collect();
    cells.join(if lang == Lang::Zh { "，" } else { ", " })
}

fn cell_change(cell: &RepairedCell, places: &Places<'_>, lang: Lang) -> String {
    let place = match &cell.document {
        Some(name) => one_line(name),
        None => words::lines(lang, &[places.line(cell.span)], 1),
    };
    let (path, slip) = (one_line(&cell.path), cell.slip.as_deref());
    match lang {
        Lang::Zh => {
            let slip = slip.map_or_else(String::new, |slip| format!("，{slip}"));
            format!("“{path}”（{place}）{} 改为 {}{slip}", cell.from, cell.to)
        }
        Lang::En => {
            let slip = slip.map_or_else(String::new, |slip| format!(", {slip}"));
            format!("{path} ({place}) from {} to {}{slip}", cell.from, cell.to)
        }
    }
}
