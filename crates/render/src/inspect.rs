//! What was understood of a report: title, organ, year, form, outline, tables by label path, odd shapes, figures.

use crate::layout::{cut_left, cut_right, hung, one_line, pad, pad_left, width};
use crate::paint::Ink;
use crate::places::Places;
use crate::run::{Checked, Options};
use crate::words::{self, pick};
use gouji_core::document::Document;
use gouji_core::table::{Row, Shape, Table, path_text};
use gouji_lint::finding::Lang;

mod article;
mod figures;
mod json;

pub use json::json;

/// How many lines or runs of lines are named.
const MOST_RUNS: usize = 12;

/// What was understood, for people.
#[must_use]
pub fn text(checked: &Checked<'_>, options: &Options) -> String {
    let document = checked.document;
    let places = Places::new(document);
    let lang = options.lang;
    let mut out = head(checked, options);

    part(&mut out, pick(lang, "提纲", "Outline"), document.sections.len(), options);
    for section in &document.sections {
        let line = places.line(section.heading.span).to_string();
        let indent = "  ".repeat(section.level);
        let run_in = if section.heading.run_in { pick(lang, "（接排）", " (run in)") } else { "" };
        let heading = one_line(section.heading.span.of(&document.text));
        let text = format!("{}{indent}{heading}{run_in}", pad_left(&line, 5));
        out.push_str(&format!("{}\n", cut_right(&text, options.width)));
    }

    part(&mut out, pick(lang, "表格", "Tables"), document.tables.len(), options);
    for (at, table) in document.tables.iter().enumerate() {
        let form_name = checked.report.tables.iter().find(|(bound, _)| *bound == at).map(|(_, name)| name.as_str());
        out.push_str(&table_text(at, table, form_name, &places, options));
    }

    let figures = figures::of(document);
    part(&mut out, pick(lang, "正文中的数字", "Figures in the text"), figures.len(), options);
    for figure in &figures {
        let line = pad_left(&places.line(figure.figure.span).to_string(), 5);
        let context = one_line(figure.context.of(&document.text));
        let number = pad_left(&one_line(figure.figure.span.of(&document.text)), 8);
        out.push_str(&format!("{}\n", cut_right(&format!("{line}  {number}  {context}"), options.width)));
    }
    out
}

/// The first lines: file, title, organ, year, form, oddities of the file.
fn head(checked: &Checked<'_>, options: &Options) -> String {
    let Checked { path, document, report, .. } = *checked;
    let lang = options.lang;
    let none = || pick(lang, "（未识别）", "(not recognised)").to_owned();
    let encoding = document.encoding;
    let bom = if encoding.bom { "+BOM" } else { "" };
    let n_lines = document.raw_lines.n_lines();
    let file = match lang {
        Lang::Zh => {
            format!("{}，{}{bom}，{n_lines} 行", document.format.word(), encoding.charset.word())
        }
        Lang::En => {
            format!("{}, {}{bom}, {}", document.format.word(), encoding.charset.word(), words::counted(n_lines, "line"))
        }
    };
    let mut rows = vec![
        (pick(lang, "文件", "file"), format!("{}  {file}", one_line(path))),
        (pick(lang, "标题", "title"), report.title.as_deref().map_or_else(none, one_line)),
        (pick(lang, "机关", "organ"), report.organ.as_deref().map_or_else(none, one_line)),
        (pick(lang, "年份", "year"), report.year.map_or_else(none, |year| year.to_string())),
        (pick(lang, "表样", "form"), report.form.clone().unwrap_or_else(none)),
    ];
    if let Some(article) = &document.article {
        rows.extend(article::rows(document, article, lang));
    }
    let places = Places::new(document);
    for note in &document.notes {
        let line = words::lines(lang, &[places.line(note.span)], 1);
        let text = format!("{line}  {}", words::note(lang, note.kind));
        rows.push((pick(lang, "异常", "odd"), text));
    }
    let mut out = String::new();
    for (name, value) in rows {
        let lead = format!("{}  ", options.colour.paint(Ink::Place, &pad(name, 6)));
        out.push_str(&hung(&lead, "        ", &value, options.width.saturating_sub(8)));
    }
    out
}

fn part(out: &mut String, title: &str, n: usize, options: &Options) {
    let title = options.colour.paint(Ink::Strong, title);
    let (open, close) = (pick(options.lang, "（", " ("), pick(options.lang, "）", ")"));
    out.push_str(&format!("\n{title}{open}{n}{close}\n"));
}

fn table_text(at: usize, table: &Table, form_name: Option<&str>, places: &Places<'_>, options: &Options) -> String {
    let lang = options.lang;
    let document = places.document();
    let (start, end) = places.of(table.span);
    let section = table.section.map_or_else(String::new, |at| one_line(document.heading_text(at)));
    let form_name = |gap: &str| form_name.map_or_else(String::new, |name| format!("{name}{gap}"));
    let name = match lang {
        Lang::Zh => format!("表 {}  {}第 {}–{} 行  {section}", at + 1, form_name("  "), start.line, end.line),
        Lang::En => format!("Table {}  {}lines {}–{}  {section}", at + 1, form_name("  "), start.line, end.line),
    };
    let mut out = format!("  {}\n", options.colour.paint(Ink::Place, name.trim_end()));
    let paths: Vec<String> = table.rows.iter().map(|row| path_text(&row.path)).collect();
    let values: usize =
        table.rows.iter().map(|row| row_values(row, document)).map(|row| width(&row)).max().unwrap_or(0);
    let room = options.width.saturating_sub(values + 11).max(20);
    let widest = paths.iter().map(|path| width(path)).max().unwrap_or(0).min(room);
    let mut band = None;
    for (row, path) in table.rows.iter().zip(&paths) {
        if band != Some(row.band) {
            band = Some(row.band);
            out.push_str(&columns_text(table, row, options));
        }
        let line = pad_left(&places.line(row.span).to_string(), 5);
        let path = pad(&cut_left(path, widest), widest);
        let values = match row.cells.is_empty() {
            true => pick(lang, "（无法对应到列）", "(undetermined)").to_owned(),
            false => row_values(row, document),
        };
        out.push_str(&format!("{line}    {path}  {values}\n"));
    }
    out.push_str(&facts_text(table, places, lang));
    out
}

/// What is odd about a table's shape, the lines of one kind together.
fn facts_text(table: &Table, places: &Places<'_>, lang: Lang) -> String {
    let mut kinds: Vec<(Shape, Vec<usize>)> = Vec::new();
    for fact in &table.facts {
        let line = places.line(fact.span);
        match kinds.iter_mut().find(|(kind, _)| *kind == fact.kind) {
            Some((_, lines)) => lines.push(line),
            None => kinds.push((fact.kind, vec![line])),
        }
    }
    let mut out = String::new();
    for (kind, lines) in kinds {
        let lines = words::lines(lang, &lines, MOST_RUNS);
        let colon = pick(lang, "：", ": ");
        out.push_str(&format!("      ! {lines}{colon}{}\n", words::shape(lang, kind)));
    }
    out
}

/// The columns of a band, numbered as the values below them stand; no label is broken over lines.
fn columns_text(table: &Table, row: &Row, options: &Options) -> String {
    let lead = pick(options.lang, "列", "columns");
    let room = options.width.saturating_sub(width(lead) + 8);
    let mut lines = vec![String::new()];
    for (at, column) in table.columns_of(row).enumerate() {
        let path = path_text(&table.columns[column].path);
        let path = if path.is_empty() { "?".to_owned() } else { path };
        let item = cut_left(&format!("[{}] {path}", at + 1), room);
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(&item),
            Some(line) if width(line) + 2 + width(&item) <= room => line.push_str(&format!("  {item}")),
            _ => lines.push(item),
        }
    }
    let mut out = String::new();
    for (at, line) in lines.iter().enumerate() {
        let lead = if at == 0 { lead.to_owned() } else { " ".repeat(width(lead)) };
        let text = format!("{lead}  {line}");
        out.push_str(&format!("      {}\n", options.colour.paint(Ink::Dim, &text)));
    }
    out
}

fn row_values(row: &Row, document: &Document) -> String {
    let cells: Vec<String> = row
        .cells
        .iter()
        .map(|cell| {
            let text = one_line(cell.span.of(&document.text));
            let text = if text.is_empty() { "·".to_owned() } else { cut_right(&text, 12) };
            pad_left(&text, 3)
        })
        .collect();
    cells.join(" ")
}
