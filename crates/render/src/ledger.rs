//! The ledger of a failed tie: each number with name, label path, sign, value and line, both sides, the difference.

use crate::layout::{cut_left, cut_right, one_line, pad, pad_left, width};
use crate::places::Places;
use crate::words::{self, pick};
use gouji_lint::finding::{Finding, Lang, Participant};

/// A tie with more numbers than this shows its zeros in one line.
const MANY: usize = 8;

/// One line of the table.
#[derive(Default)]
struct Line {
    name: String,
    path: String,
    sign: String,
    value: String,
    line: String,
}

/// The lines of the ledger, at most `columns` wide; none for a finding that is no tie.
pub(crate) fn lines(finding: &Finding, places: &Places<'_>, lang: Lang, columns: usize) -> Vec<String> {
    if finding.participants.is_empty() {
        return Vec::new();
    }
    let mut table = vec![Line {
        name: pick(lang, "项目", "item").to_owned(),
        path: pick(lang, "位置", "where").to_owned(),
        value: pick(lang, "数值", "value").to_owned(),
        line: pick(lang, "行", "line").to_owned(),
        ..Line::default()
    }];
    let sides = finding.sides.as_ref();
    for right in [false, true] {
        let side: Vec<&Participant> = finding.participants.iter().filter(|p| p.right == right).collect();
        table.extend(side_lines(&side, &finding.participants[0].path, places, lang));
        if let Some(sides) = sides.filter(|_| side.len() > 1) {
            let (name, value) = match right {
                false => (pick(lang, "左边", "left"), &sides.lhs),
                true => (pick(lang, "右边", "right"), &sides.rhs),
            };
            table.push(Line { name: name.to_owned(), value: value.clone(), ..Line::default() });
        }
    }
    if let Some(sides) = sides {
        let name = pick(lang, "相差", "off by").to_owned();
        table.push(Line { name, value: sides.delta.trim_start_matches('-').to_owned(), ..Line::default() });
    }
    set(&table, columns)
}

/// The lines of one side; the zeros of a long one together. `first`: the path of the first number of all, which numbers
/// of other files do not say again.
fn side_lines(side: &[&Participant], first: &str, places: &Places<'_>, lang: Lang) -> Vec<Line> {
    let is_zero = |p: &Participant| p.value.chars().all(|c| matches!(c, '0' | '.'));
    let folds_zeros = side.len() > MANY;
    let mut out = Vec::new();
    let (mut n_zeros, mut zeros) = (0, Vec::new());
    for participant in side {
        if folds_zeros && is_zero(participant) {
            n_zeros += 1;
            zeros.extend(participant.document.is_none().then(|| places.line(participant.span)));
            continue;
        }
        let sign = match participant.sign {
            ..0 => "-",
            // A number alone is not added to anything.
            _ if side.len() == 1 => "",
            _ => "+",
        };
        let line = match &participant.document {
            Some(name) => participant.line.map_or_else(|| one_line(name), |line| format!("{}:{line}", one_line(name))),
            None => places.line(participant.span).to_string(),
        };
        let is_elsewhere = participant.document.is_some();
        out.push(Line {
            name: one_line(&participant.name),
            path: if is_elsewhere && participant.path == first { String::new() } else { one_line(&participant.path) },
            sign: sign.to_owned(),
            value: participant.value.clone(),
            line,
        });
    }
    if n_zeros > 0 {
        let name = match lang {
            Lang::Zh => format!("另 {n_zeros} 项"),
            Lang::En => format!("{n_zeros} more"),
        };
        let path = if zeros.is_empty() { String::new() } else { words::lines(lang, &zeros, 8) };
        out.push(Line { name, path, value: "0".to_owned(), ..Line::default() });
    }
    out
}

/// The table as aligned lines; label paths give way first.
fn set(table: &[Line], columns: usize) -> Vec<String> {
    let widest = |of: fn(&Line) -> &str| table.iter().map(|line| width(of(line))).max().unwrap_or(0);
    let name = widest(|line| &line.name).min(columns / 4);
    let value = widest(|line| &line.value);
    let number = widest(|line| &line.line).min(columns / 4);
    let gaps = 8; // blanks between the columns, and the sign
    let room = columns.saturating_sub(name + value + number + gaps).max(10);
    let path = widest(|line| &line.path).min(room);
    table
        .iter()
        .map(|line| {
            let text = format!(
                "{}  {}  {} {}  {}",
                pad(&cut_right(&line.name, name), name),
                pad(&cut_left(&line.path, path), path),
                pad(&line.sign, 1),
                pad_left(&line.value, value),
                pad_left(&cut_left(&line.line, number), number),
            );
            text.trim_end().to_owned()
        })
        .collect()
}
