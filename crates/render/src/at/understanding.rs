//! What a line was taken as: title, heading, paragraph, row or header of a table, or nothing that rules see.

use super::Spot;
use crate::layout::{cut_right, one_line};
use crate::places::Places;
use crate::run::Checked;
use crate::words::{self, pick};
use gouji_core::document::{Block, BlockKind};
use gouji_core::table::{Row, Table, path_text};
use gouji_lint::finding::Lang;

/// How much of a text is shown.
const LONGEST: usize = 60;

/// The lines; never empty.
pub(super) fn lines(checked: &Checked<'_>, spot: Spot, places: &Places<'_>, lang: Lang) -> Vec<String> {
    let document = checked.document;
    let mut lines = Vec::new();
    for block in document.blocks.iter().filter(|block| spot.touches(block.span, places)) {
        let section = block.section.map(|at| one_line(document.heading_text(at)));
        let kind = kind(block, checked, lang);
        lines.push(match (section, lang) {
            (Some(section), Lang::Zh) => format!("{kind}，在“{section}”部分"),
            (Some(section), Lang::En) => format!("{kind}, in the section “{section}”"),
            (None, _) => kind,
        });
    }
    for (at, table) in document.tables.iter().enumerate() {
        for row in table.rows.iter().filter(|row| spot.touches(row.span, places)) {
            lines.extend(cells(table, row, spot, places, lang));
        }
        let name = checked.report.tables.iter().find(|(own, _)| *own == at).map(|(_, name)| name.as_str());
        lines.extend(header(table, name, spot, places, lang));
    }
    let notes = document.notes.iter().filter(|note| spot.touches(note.span, places));
    lines.extend(notes.map(|note| words::note(lang, note.kind).to_owned()));
    if lines.is_empty() {
        lines.push(pick(lang, "没有内容，规则看不到它", "no content: rules do not see it").to_owned());
    }
    lines
}

fn kind(block: &Block, checked: &Checked<'_>, lang: Lang) -> String {
    let text = cut_right(&one_line(block.span.of(&checked.document.text)), LONGEST);
    let kind = match block.kind {
        BlockKind::Title => pick(lang, "标题", "title"),
        BlockKind::Heading => pick(lang, "小标题", "heading"),
        BlockKind::Paragraph => pick(lang, "段落", "paragraph"),
        BlockKind::Aside => pick(lang, "页眉、页脚或注释", "header, footer or note"),
        BlockKind::Row(table) => {
            let name = checked.report.tables.iter().find(|(own, _)| *own == table).map(|(_, name)| name);
            return match (name, lang) {
                (Some(name), Lang::Zh) => format!("“{name}”的一行"),
                (Some(name), Lang::En) => format!("a row of the table “{name}”"),
                (None, Lang::Zh) => "表格的一行，不是格式中的表".to_owned(),
                (None, Lang::En) => "a row of a table that is none of the form's".to_owned(),
            };
        }
    };
    match lang {
        Lang::Zh => format!("{kind}“{text}”"),
        Lang::En => format!("{kind} “{text}”"),
    }
}

/// The row's label path, then each cell here with the column it was read as.
fn cells(table: &Table, row: &Row, spot: Spot, places: &Places<'_>, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    let path = path_text(&row.path);
    let colon = pick(lang, "：", ": ");
    if !path.is_empty() {
        lines.push(format!("{}{colon}{path}", pick(lang, "行", "row")));
    }
    if row.cells.is_empty() {
        let why = pick(
            lang,
            "数字的个数与表头不符，看不出各是哪一列",
            "the number of values does not fit the header: which column each belongs to can not be told",
        );
        lines.push(why.to_owned());
    }
    for (column, cell) in table.columns_of(row).zip(&row.cells) {
        if spot.column.is_some() && !spot.touches(cell.span, places) {
            continue;
        }
        let value = match cell.value {
            Some(value) => value.normalize().to_string(),
            None if cell.span.is_empty() => pick(lang, "空", "blank").to_owned(),
            None => {
                let written = one_line(cell.span.of(&places.document().text));
                format!("“{written}”{}", pick(lang, "，不是数", ", no number"))
            }
        };
        lines.push(format!("{} {}{colon}{value}", pick(lang, "列", "column"), path_text(&table.columns[column].path)));
    }
    lines
}

/// The labels of a header here.
fn header(table: &Table, name: Option<&str>, spot: Spot, places: &Places<'_>, lang: Lang) -> Option<String> {
    let labels = table.bands.iter().flat_map(|band| &band.header);
    let words: Vec<String> =
        labels.filter(|label| spot.touches(label.span, places)).map(|label| one_line(&label.text)).collect();
    if words.is_empty() {
        return None;
    }
    let name = name.map_or(String::new(), |name| format!("“{name}”"));
    Some(match lang {
        Lang::Zh => format!("{name}的表头：{}", words.join("、")),
        Lang::En => format!("header of the table {name}: {}", words.join(", ")),
    })
}
