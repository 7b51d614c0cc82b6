//! The words that every output shares, in both languages.

use crate::layout::one_line;
use crate::package;
use crate::run::{FileNow, Gone};
use gouji_core::ReadError;
use gouji_core::document::NoteKind;
use gouji_core::table::Shape;
use gouji_lint::accept::Grounds;
use gouji_lint::date;
use gouji_lint::finding::{Basis, Finding, FixLevel, Lang, Level, Status, Strength};
use gouji_lint::rule::ParamKind;

/// One of two texts.
#[must_use]
pub fn pick<'a>(lang: Lang, zh: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// A counted English noun; the plural takes an s.
pub(crate) fn counted(n: usize, noun: &str) -> String {
    let s = if n == 1 { "" } else { "s" };
    format!("{n} {noun}{s}")
}

/// A level as people read it.
pub(crate) fn level(lang: Lang, level: Level) -> &'static str {
    match (lang, level) {
        (Lang::Zh, Level::Error) => "错误",
        (Lang::Zh, Level::Warning) => "警告",
        (Lang::Zh, Level::Info) => "提示",
        (Lang::En, level) => level.word(),
    }
}

/// How sure a fix is, and who carries it out.
pub(crate) fn fix_level(lang: Lang, level: FixLevel) -> &'static str {
    match (lang, level) {
        (Lang::Zh, FixLevel::Safe) => "可自动修正",
        (Lang::Zh, FixLevel::Unsafe) => "须人工核对，用 --unsafe",
        (Lang::Zh, FixLevel::Suggest) => "仅供参考",
        (Lang::En, FixLevel::Safe) => "automatic",
        (Lang::En, FixLevel::Unsafe) => "needs a look: --unsafe",
        (Lang::En, FixLevel::Suggest) => "a suggestion",
    }
}

/// What a rule rests on, led by how binding it is. House practice is never given out as law.
pub(crate) fn basis(lang: Lang, basis: &Basis) -> String {
    let lead = match (lang, basis.strength) {
        (Lang::Zh, Strength::Must) => "依据：",
        (Lang::Zh, Strength::Should) => "依据（推荐）：",
        (Lang::Zh, Strength::Practice) => "实践（非文件规定）：",
        (Lang::Zh, Strength::Logic) => "逻辑（数据或前后矛盾）：",
        (Lang::En, Strength::Must) => "basis: ",
        (Lang::En, Strength::Should) => "basis (recommended): ",
        (Lang::En, Strength::Practice) => "practice (no instrument demands it): ",
        (Lang::En, Strength::Logic) => "logic (figures or statements contradict): ",
    };
    let clause = basis.clause.as_deref().unwrap_or_default();
    let blank = if lang == Lang::Zh && basis.doc.ends_with('》') { "" } else { " " };
    format!("{lead}{}{blank}{clause}", basis.doc).trim_end().to_owned()
}

/// What a parameter takes.
pub(crate) fn param_kind(lang: Lang, kind: ParamKind) -> &'static str {
    match (lang, kind) {
        (Lang::Zh, ParamKind::Integer) => "整数",
        (Lang::Zh, ParamKind::Decimal) => "小数",
        (Lang::Zh, ParamKind::Text) => "文字",
        (Lang::Zh, ParamKind::Truth) => "真假",
        (Lang::Zh, ParamKind::Words) => "一组词",
        (Lang::En, kind) => kind.word(),
    }
}

/// How a rule ended, for those that did not judge.
pub(crate) fn status(lang: Lang, status: Status) -> &'static str {
    match (lang, status) {
        (Lang::Zh, Status::Ok) => "通过",
        (Lang::Zh, Status::Failed) => "未通过",
        (Lang::Zh, Status::Undetermined) => "无法判断",
        (Lang::Zh, Status::NotApplicable) => "不适用",
        (Lang::Zh, Status::Unbound) => "找不到对象",
        (Lang::Zh, Status::Skipped) => "未执行",
        (Lang::Zh, Status::Errored) => "运行出错",
        (Lang::En, status) => status.word(),
    }
}

/// That a rule failed when it ran, and why.
#[must_use]
pub fn rule_failed(lang: Lang, rule: &str, why: &str) -> String {
    match lang {
        Lang::Zh => format!("规则 {rule} 运行出错：{}", one_line(why)),
        Lang::En => format!("rule {rule} failed when it ran: {}", one_line(why)),
    }
}

/// How many rules failed when they ran.
pub(crate) fn rules_failed(lang: Lang, n: usize) -> String {
    match lang {
        Lang::Zh => format!("；运行出错的规则 {n} 条"),
        Lang::En => format!("; {} failed to run", counted(n, "rule")),
    }
}

/// That a finding is accepted, and why, by whom and until when.
fn accepted(lang: Lang, grounds: &Grounds) -> String {
    let Grounds { reason, by, until } = grounds;
    let until = until.map(date::text);
    let reason = one_line(reason);
    let by = by.as_deref().map(one_line);
    match lang {
        Lang::Zh => {
            let by = by.map_or(String::new(), |by| format!("，{by}"));
            let until = until.map_or(String::new(), |until| format!("，至 {until}"));
            format!("已接受：{reason}{by}{until}")
        }
        Lang::En => {
            let by = by.map_or(String::new(), |by| format!(", by {by}"));
            let until = until.map_or(String::new(), |until| format!(", until {until}"));
            format!("accepted: {reason}{by}{until}")
        }
    }
}

/// Why a finding is settled; none where it is still to be dealt with.
pub(crate) fn settled(lang: Lang, finding: &Finding) -> Option<String> {
    match &finding.accepted {
        Some(grounds) => Some(accepted(lang, grounds)),
        None => finding.known.then(|| pick(lang, "已知：在基线中", "known: in the baseline").to_owned()),
    }
}

/// Places that a baseline has and no rule finds any more, sorted by path; a missing file is told once.
#[must_use]
pub fn gone(lang: Lang, gone: &[Gone]) -> Vec<String> {
    let mut lines = Vec::new();
    for of_file in gone.chunk_by(|a, b| (&a.path, &a.file) == (&b.path, &b.file)) {
        let path = one_line(&of_file[0].path);
        let n = of_file.len();
        match (lang, &of_file[0].file) {
            (Lang::Zh, FileNow::There) => {
                lines.extend(of_file.iter().map(|gone| format!("{path}：[{}] {}", gone.rule, one_line(&gone.what))));
            }
            (Lang::En, FileNow::There) => {
                lines.extend(of_file.iter().map(|gone| format!("{path}: [{}] {}", gone.rule, one_line(&gone.what))));
            }
            (Lang::Zh, FileNow::Missing) => lines.push(format!("{path}：文件不在了，基线中有它的 {n} 处")),
            (Lang::En, FileNow::Missing) => {
                lines.push(format!("{path}: the file is gone, with {}", counted(n, "place")))
            }
            (Lang::Zh, FileNow::Moved(to)) => {
                lines.push(format!("{path}：文件不在了，基线中有它的 {n} 处；像是改名为 {}", one_line(to)));
            }
            (Lang::En, FileNow::Moved(to)) => {
                let n = counted(n, "place");
                lines.push(format!("{path}: the file is gone, with {n}; it seems to be {} now", one_line(to)));
            }
        }
    }
    lines
}

/// That a file could not be read, and why.
#[must_use]
pub fn unread(lang: Lang, path: &str, error: &str) -> String {
    let (path, error) = (one_line(path), one_line(error));
    match lang {
        Lang::Zh => format!("{path}：无法读取：{error}"),
        Lang::En => format!("{path} could not be read: {error}"),
    }
}

/// Which configurations counted; nothing where there was none.
#[must_use]
pub fn configs(lang: Lang, names: &[String]) -> Option<String> {
    const MOST: usize = 4;
    let shown: Vec<String> = names.iter().take(MOST).map(|name| one_line(name)).collect();
    let (shown, n) = (shown.join(pick(lang, "、", ", ")), names.len());
    match (lang, n) {
        (_, 0) => None,
        (Lang::Zh, ..=MOST) => Some(format!("配置：{shown}")),
        (Lang::En, ..=MOST) => Some(format!("configuration: {shown}")),
        (Lang::Zh, _) => Some(format!("配置：{shown} 等 {n} 份")),
        (Lang::En, _) => Some(format!("configuration: {shown} and {} more", n - MOST)),
    }
}

/// Why a file could not be read.
#[must_use]
pub fn read_error(lang: Lang, error: &ReadError) -> String {
    match (lang, error) {
        (Lang::Zh, ReadError::TooLarge(bytes)) => {
            format!("文件有 {bytes} 字节，超过 100 MB 的上限")
        }
        (Lang::Zh, ReadError::Binary) => "不是文本文件（UTF-8、UTF-16、GB18030 都读不通）".to_owned(),
        (Lang::Zh, ReadError::NotYet(format)) => format!("暂不支持 {format} 格式"),
        (Lang::Zh, ReadError::Foreign(format)) => package::foreign(*format),
        (Lang::Zh, ReadError::Package(fault)) => package::fault(fault),
        (Lang::Zh, ReadError::Charset(name)) => format!("网页声明的编码是 {name}，暂不支持"),
        (Lang::Zh, ReadError::NoRoot(root)) => format!("网页中没有 --html-root 所指的元素“{root}”"),
        (_, error) => error.to_string(),
    }
}

/// What is odd about the shape of a table.
pub(crate) fn shape(lang: Lang, shape: Shape) -> String {
    match (lang, shape) {
        (Lang::Zh, Shape::Shifted) => "行标签或数字错位".to_owned(),
        (Lang::Zh, Shape::Cut) => "表格被截断".to_owned(),
        (Lang::Zh, Shape::HeaderShort(n)) => format!("表头少 {n} 列"),
        (Lang::Zh, Shape::HeaderLong(n)) => format!("表头多 {n} 列"),
        (Lang::Zh, Shape::RowShort(n)) => format!("本行少 {n} 个数"),
        (Lang::Zh, Shape::RowLong(n)) => format!("本行多 {n} 个数"),
        (Lang::En, Shape::Shifted) => "label or numbers shifted".to_owned(),
        (Lang::En, Shape::Cut) => "table cut in two".to_owned(),
        (Lang::En, Shape::HeaderShort(n)) => format!("header short by {n}"),
        (Lang::En, Shape::HeaderLong(n)) => format!("header long by {n}"),
        (Lang::En, Shape::RowShort(n)) => format!("row short by {n}"),
        (Lang::En, Shape::RowLong(n)) => format!("row long by {n}"),
    }
}

/// The words for what is odd about a file: for programs, in Chinese, in English.
fn note_words(kind: NoteKind) -> [&'static str; 3] {
    match kind {
        NoteKind::Undecodable => [
            "undecodable",
            "有无法解码的字节，文件不能自动修正",
            "bytes that can not be decoded: the file can not be fixed",
        ],
        NoteKind::HtmlSkipped => ["html-skipped", "Markdown 中的 HTML 未读取", "HTML inside Markdown is not read"],
        NoteKind::HtmlTableSkipped => {
            ["html-table-skipped", "Markdown 中以 HTML 书写的表格未读取", "an HTML table inside Markdown is not read"]
        }
        NoteKind::CodeSkipped => ["code-skipped", "Markdown 中的代码未读取", "code inside Markdown is not read"],
        NoteKind::Nul => ["nul", "含有空字符（NUL）", "NUL characters"],
        NoteKind::HiddenText => ["hidden-text", "含有隐藏文字，未读取", "hidden text is not read"],
        NoteKind::HiddenSkipped => {
            ["hidden-skipped", "网页中不显示的文字未读取", "text that the page hides is not read"]
        }
        NoteKind::OutsideSkipped => [
            "outside-skipped",
            "正文从这里起；网页在正文之外还有较多文字未读取，见 gouji inspect",
            "the article starts here; much other text of the page is not read: see gouji inspect",
        ],
        NoteKind::SpanTooLarge => [
            "span-too-large",
            "表格单元格跨越的列数过大，只读到限度以内",
            "a cell of a table spans more columns than are read",
        ],
    }
}

/// What is odd about a file, for programs.
pub(crate) fn note_kind(kind: NoteKind) -> &'static str {
    let [word, ..] = note_words(kind);
    word
}

/// What is odd about a file.
pub(crate) fn note(lang: Lang, kind: NoteKind) -> &'static str {
    let [_, zh, en] = note_words(kind);
    pick(lang, zh, en)
}

/// What is odd about a file, and on which lines.
pub(crate) fn note_at(lang: Lang, kind: NoteKind, at: &[usize], most: usize) -> String {
    let (lines, text) = (lines(lang, at, most), note(lang, kind));
    match lang {
        // The lines are what has it: one sentence.
        Lang::Zh if text.starts_with('有') || text.starts_with("含有") => format!("{lines}{text}"),
        Lang::Zh => format!("{lines}：{text}"),
        Lang::En => format!("{lines}: {text}"),
    }
}

/// Lines as people name them, runs together, at most `most` lines or runs: `第 3、5、40–55 行`.
pub(crate) fn lines(lang: Lang, lines: &[usize], most: usize) -> String {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for &line in lines {
        match runs.last_mut() {
            Some((_, last)) if *last == line => {}
            Some((_, last)) if *last + 1 == line => *last = line,
            _ => runs.push((line, line)),
        }
    }
    let shown: Vec<String> = runs.iter().take(most).map(|&run| run_text(lang, run)).collect();
    let more = runs.len() > most;
    match lang {
        Lang::Zh => format!("第 {} 行{}", shown.join("、"), if more { "等" } else { "" }),
        Lang::En => {
            let noun = if matches!(runs[..], [(first, last)] if first == last) { "line" } else { "lines" };
            format!("{noun} {}{}", shown.join(", "), if more { " …" } else { "" })
        }
    }
}

fn run_text(lang: Lang, (first, last): (usize, usize)) -> String {
    match last - first {
        0 => first.to_string(),
        1 => format!("{first}{}{last}", pick(lang, "、", ", ")),
        _ => format!("{first}–{last}"),
    }
}

/// What looking over rules came to, in one line.
#[must_use]
pub fn rules_looked_over(lang: Lang, n_rules: usize, n_faults: usize, n_remarks: usize) -> String {
    match lang {
        Lang::Zh => format!("共查看 {n_rules} 条规则：{n_faults} 个错误，{n_remarks} 个提示"),
        Lang::En => {
            let (rules, faults) = (counted(n_rules, "rule"), counted(n_faults, "fault"));
            format!("{rules} looked over: {faults}, {}", counted(n_remarks, "remark"))
        }
    }
}
