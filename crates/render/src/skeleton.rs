//! Rules to start from: an empty one, and rules over a table of a report.
//!
//! For a table several rules are offered, the best guess first. Whether one loads and holds is for the caller to try:
//! the table's own text is the right example of each.

mod guess;

use crate::layout::one_line;
use gouji_core::document::Document;
use gouji_core::label::words;
use gouji_core::table::{Cell, Row, Table, path_text};
use gouji_core::text::Span;
use gouji_lint::form::{FormLabel, FormTable};
use guess::Guess;

/// How many labels of a table of no form it is known by, on each axis.
const MARKS: usize = 3;

/// A table of a report.
#[derive(Clone, Copy, Debug)]
pub struct Sample<'a> {
    /// The report.
    pub document: &'a Document,
    /// Index into its tables.
    pub table: usize,
    /// What it is of a form; none where no form knows it.
    pub known: Option<Known<'a>>,
}

/// A table that a form knows.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The form's id.
    pub form: &'a str,
    /// The form's table.
    pub table: &'a FormTable,
}

impl Sample<'_> {
    fn table(&self) -> &Table {
        &self.document.tables[self.table]
    }
}

/// A rule that looks for a word, with every key explained that authors need first.
#[must_use]
pub fn blank(code: &str) -> String {
    format!(
        "\
# 一条新规则。改好编号、名称、依据和话，再运行：gouji rules test 本文件
id: {code}
name: 不用某种写法
# error 错误，warning 警告，info 提示
level: warning
# strength：must 文件要求，should 文件推荐，practice 习惯，logic 算术或前后矛盾
basis: {{doc: 本单位要求, strength: practice}}
# 在哪里找：prose 正文段落，headings 标题行，cells 表格，或部分、表的名称；不写则为全文
in: prose
# 动作四选一：find 不该出现的，require 必须有的，assert 必须成立的式子，script 脚本
find: 不该出现的写法
say: 不用“<text>”
help: 写明怎么改。
tests:
  ok: [这里没有要找的写法。]
  bad: [这里有不该出现的写法。]
"
    )
}

/// Rules over a table, the best guess first. Empty where the table has no number with labels.
#[must_use]
pub fn of_table(code: &str, sample: &Sample<'_>) -> Vec<String> {
    guess::guesses(sample.table()).iter().map(|guess| rule(code, sample, guess)).collect()
}

fn rule(code: &str, sample: &Sample<'_>, guess: &Guess) -> String {
    let example = example(sample, None);
    let wrong = example_with(sample, guess);
    let given = sample.known.map(|known| format!("given: {{form: {}}}", known.form));
    let mut out = format!(
        "# 根据“{}”的第 {} 张表写成。改好编号、名称、依据和话，再运行：gouji rules test 本文件\n",
        one_line(&sample.document.name),
        sample.table + 1
    );
    out.push_str(&format!("id: {code}\nname: {}\nlevel: warning\n", guess.name()));
    out.push_str("# strength：must 文件要求，should 文件推荐，practice 习惯，logic 算术或前后矛盾\n");
    out.push_str("basis: {doc: 算术关系, strength: logic}\n");
    out.push_str(&place(sample));
    out.push_str(&guess.body());
    out.push_str("help: 对照底册核对这些数。\ntests:\n  ok:\n");
    out.push_str(&case(&example, given.as_deref()));
    out.push_str("  bad:\n");
    out.push_str(&case(&wrong, given.as_deref()));
    out.push_str(&labels(sample));
    out
}

/// The `in`: the form's name of the table, or what it is known by.
fn place(sample: &Sample<'_>) -> String {
    if let Some(known) = sample.known {
        return format!("in: {}\n", known.table.name);
    }
    let table = sample.table();
    let rows = marks(table.rows.iter().map(|row| path_text(&row.path)));
    let cols = marks(table.columns.iter().map(|column| path_text(&column.path)));
    let mut keys = vec![format!("name: {}", quoted(&name(sample)))];
    for (key, marks) in [("rows", rows), ("cols", cols)] {
        if !marks.is_empty() {
            keys.push(format!("{key}: [{}]", marks.join(", ")));
        }
    }
    format!("# 凭这些行、列认出这张表；报告里的表不一定都有的，从这里去掉\nin: {{table: {{{}}}}}\n", keys.join(", "))
}

fn marks(paths: impl Iterator<Item = String>) -> Vec<String> {
    let mut marks: Vec<String> = Vec::new();
    for path in paths.filter(|path| !path.is_empty()).map(|path| quoted(&path)) {
        if marks.len() < MARKS && !marks.contains(&path) {
            marks.push(path);
        }
    }
    marks
}

/// What messages call the table: the heading it stands below.
fn name(sample: &Sample<'_>) -> String {
    let section = sample.table().section.map(|at| &sample.document.sections[at].heading);
    match section {
        Some(heading) => format!("{}表", heading.title.of(&sample.document.text).trim_end_matches('表')),
        None => format!("第{}张表", sample.table + 1),
    }
}

/// A case of the tests: its text as a block where YAML can hold it so.
fn case(text: &str, given: Option<&str>) -> String {
    let plain = |line: &str| !line.starts_with(' ') && line.chars().all(|c| c == '\t' || !c.is_control());
    let block = text.lines().all(plain) && !text.starts_with('\n');
    let mut out = match block {
        true => text.lines().fold("    - text: |\n".to_owned(), |out, line| match line {
            "" => out + "\n",
            line => format!("{out}        {line}\n"),
        }),
        false => format!("    - text: {}\n", quoted(text)),
    };
    if let Some(given) = given {
        out.push_str(&format!("      {given}\n"));
    }
    out
}

/// The table as it stands in the report, one cell put otherwise.
fn example_with(sample: &Sample<'_>, guess: &Guess) -> String {
    example(sample, Some((guess.wrong_at, &guess.wrong)))
}

fn example(sample: &Sample<'_>, change: Option<(Span, &str)>) -> String {
    let raw = &sample.document.raw;
    let span = sample.document.raw_span(sample.table().span);
    let start = raw[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let end = raw[span.end..].find('\n').map_or(raw.len(), |at| span.end + at);
    let text = match change {
        None => raw[start..end].to_owned(),
        Some((at, new)) => {
            let at = sample.document.raw_span(at);
            format!("{}{new}{}", &raw[start..at.start], &raw[at.end..end])
        }
    };
    let lines: Vec<&str> = text.lines().map(|line| line.trim_end_matches('\r')).collect();
    format!("{}\n", lines.join("\n"))
}

/// All rows and columns, to choose from.
fn labels(sample: &Sample<'_>) -> String {
    let (rows, cols) = match sample.known {
        Some(known) => {
            let bands = &known.table.bands;
            let form_path =
                |path: &Vec<FormLabel>| path.iter().map(|label| words(&label.text)).collect::<Vec<&str>>().join(" > ");
            let rows: Vec<String> = bands.iter().flat_map(|band| &band.rows).map(form_path).collect();
            (rows, bands.iter().flat_map(|band| &band.columns).map(form_path).collect())
        }
        None => {
            let table = sample.table();
            let rows: Vec<String> = table.rows.iter().map(|row| path_text(&row.path)).collect();
            let cols: Vec<String> = table.columns.iter().map(|column| path_text(&column.path)).collect();
            (rows, cols)
        }
    };
    let mut out = String::new();
    for (title, paths) in [("行", rows), ("列", cols)] {
        let paths: Vec<String> = paths.into_iter().filter(|path| !path.is_empty()).collect();
        if !paths.is_empty() {
            out.push_str(&format!("# 表里的{title}，let 里可以用：\n"));
            out.extend(paths.iter().map(|path| format!("#   {}\n", path.replace(['\n', '\r'], " "))));
        }
    }
    out
}

/// A scalar as YAML reads it back: bare where nothing in it means anything to YAML.
fn quoted(text: &str) -> String {
    let is_bare = |c: char| c.is_alphanumeric() && !c.is_ascii_digit() || matches!(c, '（' | '）' | '、' | '，');
    let words: Vec<&str> = text.split(' ').collect();
    let bare =
        !text.is_ascii() && words.iter().all(|word| *word == ">" || (!word.is_empty() && word.chars().all(is_bare)));
    match bare && !text.starts_with('>') {
        true => text.to_owned(),
        false => serde_json::Value::from(text).to_string(),
    }
}

/// The cells of a row with their columns (indices into the table's).
fn cells_of<'a>(table: &'a Table, row: &'a Row) -> impl Iterator<Item = (usize, &'a Cell)> {
    table.columns_of(row).zip(&row.cells)
}
