//! The end of the terminal output: faults in rule files, files not read or not checked, and the counts.

use super::{document, tagged};
use crate::excerpt::Excerpt;
use crate::layout::{hung, one_line, width, wrap};
use crate::paint::Ink;
use crate::run::{Closing, Gone, NotChecked, Options, Talk, Tally};
use crate::terminal::Snippet;
use crate::words::{self, counted, pick};
use gouji_core::text::Lines;
use gouji_lint::finding::{FaultKind, Lang, Level, RuleError};
use std::collections::BTreeMap;

/// Of more files than this left alone for one reason, the endings are counted.
const MOST_PATHS: usize = 12;
/// How many lines of what is gone are shown.
const MOST_GONE: usize = 20;

/// What a run came to.
#[must_use]
pub fn closing(closing: &Closing<'_>, options: &Options) -> String {
    let mut out: String = closing.accepting.iter().map(|checked| document(checked, options)).collect();
    for error in closing.rule_errors {
        out.push_str(&rule_error(error, options));
        out.push('\n');
    }
    let tag = words::level(options.lang, Level::Error);
    for (rule, why) in &closing.tally.errored {
        let text = words::rule_failed(options.lang, rule, why);
        let lead = format!("{} ", options.colour.paint(Ink::Level(Level::Error), tag));
        let indent = " ".repeat(width(tag) + 1);
        out.push_str(&hung(&lead, &indent, &text, options.width.saturating_sub(indent.len())));
    }
    for unread in closing.unread {
        let tag = options.colour.paint(Ink::Level(Level::Error), tag);
        out.push_str(&format!("{tag} {}\n", words::unread(options.lang, &unread.path, &unread.error)));
    }
    if options.talk == Talk::Quiet {
        return out;
    }
    out.push_str(&not_checked(closing.not_checked, options));
    out.push_str(&gone(closing.gone.unwrap_or_default(), options));
    for line in summary(closing, options.lang) {
        for part in wrap(&line, options.width) {
            out.push_str(&format!("{part}\n"));
        }
    }
    out
}

/// A fault in a rule file or a configuration, with the place in it.
#[must_use]
pub fn rule_error(error: &RuleError, options: &Options) -> String {
    let tag = match error.kind {
        FaultKind::Rules => pick(options.lang, "规则错误", "rule error"),
        FaultKind::Config => pick(options.lang, "配置错误", "configuration error"),
    };
    in_rule_file(error, tag, Level::Error, options)
}

/// A remark on a rule that works, with the place in its file.
#[must_use]
pub fn rule_remark(remark: &RuleError, options: &Options) -> String {
    in_rule_file(remark, pick(options.lang, "规则提示", "rule remark"), Level::Warning, options)
}

fn in_rule_file(error: &RuleError, tag: &str, level: Level, options: &Options) -> String {
    let source = &error.source;
    let span = error.span.on_characters(source);
    let lines = Lines::new(source);
    let place = lines.place(source, span.start);
    let gutter = place.line.to_string().len() + 2;
    let room = options.width.saturating_sub(gutter + 3);
    let line = lines.span(source, place.line - 1);
    let excerpt = Excerpt::new(source, line, span, room);
    let (message, help) = match options.lang {
        Lang::Zh => (&error.message, &error.help),
        Lang::En => (&error.message_en, &error.help_en),
    };

    let mut out = tagged(tag, level, message, options);
    let snippet = Snippet { path: &error.file, place, excerpt: &excerpt, labels: &[], level };
    for drawn in snippet.draw(options.colour) {
        out.push_str(&format!("{drawn}\n"));
    }
    if let Some(help) = help {
        let blank = " ".repeat(gutter);
        let text = format!("{}{}", pick(options.lang, "办法：", "help: "), one_line(help));
        out.push_str(&hung(&format!("{blank}= "), &format!("{blank}  "), &text, room));
    }
    out
}

/// Files that were left alone, by why.
fn not_checked(files: &[NotChecked], options: &Options) -> String {
    let mut reasons: Vec<(&str, Vec<String>)> = Vec::new();
    for file in files {
        match reasons.iter_mut().find(|(why, _)| *why == file.why) {
            Some((_, paths)) => paths.push(one_line(&file.path)),
            None => reasons.push((&file.why, vec![one_line(&file.path)])),
        }
    }
    let mut out = String::new();
    for (why, paths) in reasons {
        let n = paths.len();
        let shown = if n > MOST_PATHS { by_ending(&paths, options.lang) } else { paths };
        let text = match options.lang {
            Lang::Zh => format!("未检查 {n} 份文件（{why}）：{}", shown.join("、")),
            Lang::En => format!("{} not checked ({why}): {}", counted(n, "file"), shown.join(", ")),
        };
        out.push_str(&hung("", "  ", &text, options.width.saturating_sub(2)));
    }
    out
}

/// What the baseline has and no rule finds any more.
fn gone(gone: &[Gone], options: &Options) -> String {
    let lines = words::gone(options.lang, gone);
    if lines.is_empty() {
        return String::new();
    }
    let mut out = pick(options.lang, "基线里有、现在没有了：\n", "in the baseline, and no longer there:\n").to_owned();
    for line in lines.iter().take(MOST_GONE) {
        out.push_str(&hung("  ", "    ", line, options.width.saturating_sub(4)));
    }
    if let Some(rest) = lines.len().checked_sub(MOST_GONE).filter(|&rest| rest > 0) {
        out.push_str(&match options.lang {
            Lang::Zh => format!("  另有 {rest} 条，见 --format short\n"),
            Lang::En => format!("  and {rest} more: see --format short\n"),
        });
    }
    out
}

/// How many of the files have which ending, the most common first.
fn by_ending(paths: &[String], lang: Lang) -> Vec<String> {
    let mut endings: BTreeMap<String, usize> = BTreeMap::new();
    for path in paths {
        let name = path.rsplit('/').next().unwrap_or(path);
        let ending = name.rsplit_once('.').map_or_else(
            || pick(lang, "无扩展名", "no ending").to_owned(),
            |(_, ending)| format!(".{}", ending.to_lowercase()),
        );
        *endings.entry(ending).or_default() += 1;
    }
    let mut endings: Vec<(String, usize)> = endings.into_iter().collect();
    endings.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let rest: usize = endings.iter().skip(MOST_PATHS).map(|(_, n)| n).sum();
    endings.truncate(MOST_PATHS);
    if rest > 0 {
        endings.push((pick(lang, "其他", "others").to_owned(), rest));
    }
    let told = |(ending, n): &(String, usize)| match lang {
        Lang::Zh => format!("{ending} {n} 份"),
        Lang::En => format!("{n} {ending}"),
    };
    endings.iter().map(told).collect()
}

/// The counts, and the commands that mend.
fn summary(closing: &Closing<'_>, lang: Lang) -> Vec<String> {
    let Tally { documents, clean, errors, warnings, infos, fixable, fixable_unsafe, accepted, known, ref errored } =
        *closing.tally;
    let mut lines = Vec::new();
    let mut first = match (lang, errors + warnings + infos) {
        (Lang::Zh, 0) if documents == 0 => "没有检查任何文件".to_owned(),
        (Lang::En, 0) if documents == 0 => "no file was checked".to_owned(),
        (Lang::Zh, 0) if known > 0 => format!("共检查 {documents} 份文件，未发现新问题"),
        (Lang::En, 0) if known > 0 => format!("{} checked, nothing new", counted(documents, "file")),
        (Lang::Zh, 0) => format!("共检查 {documents} 份文件，未发现问题"),
        (Lang::En, 0) => format!("{} checked, nothing found", counted(documents, "file")),
        (Lang::Zh, _) => {
            format!("共检查 {documents} 份文件：{errors} 个错误，{warnings} 个警告，{infos} 个提示")
        }
        (Lang::En, _) => format!(
            "{} checked: {}, {}, {}",
            counted(documents, "file"),
            counted(errors, "error"),
            counted(warnings, "warning"),
            counted(infos, "info")
        ),
    };
    if clean > 0 && clean < documents {
        first.push_str(&match lang {
            Lang::Zh => format!("；{clean} 份未发现问题"),
            Lang::En => format!("; {clean} clean"),
        });
    }
    let (unread, faults) = (closing.unread.len(), closing.rule_errors.len());
    if unread > 0 {
        first.push_str(&match lang {
            Lang::Zh => format!("；{unread} 份无法读取"),
            Lang::En => format!("; {unread} unread"),
        });
    }
    if faults > 0 {
        first.push_str(&match lang {
            Lang::Zh => format!("；规则或配置有 {faults} 处错误"),
            Lang::En => format!("; {} in rules or configuration", counted(faults, "fault")),
        });
    }
    if !errored.is_empty() {
        first.push_str(&words::rules_failed(lang, errored.len()));
    }
    lines.push(first);
    if accepted > 0 {
        lines.push(match lang {
            Lang::Zh => format!("另有 {accepted} 处已按说明接受，--show-accepted 列出"),
            Lang::En => format!("{} accepted: --show-accepted lists them", counted(accepted, "more place")),
        });
    }
    if known > 0 {
        lines.push(match lang {
            Lang::Zh => format!("另有 {known} 处已知（在基线中），--show-known 列出"),
            Lang::En => format!("{} known (in the baseline): --show-known lists them", counted(known, "more place")),
        });
    }
    if let Some(n) = closing.gone.map(<[_]>::len).filter(|&n| n > 0) {
        lines.push(match lang {
            Lang::Zh => format!("基线中的 {n} 处已经没有了：gouji baseline prune"),
            Lang::En => format!("{} of the baseline gone: gouji baseline prune", counted(n, "place")),
        });
    }
    lines.extend(words::configs(lang, closing.configs));
    let command = |options: &str| {
        let target = closing.target.map(one_line)?;
        Some(format!("{}gouji fix {options}{target}", pick(lang, "：", ": ")))
    };
    if fixable > 0 {
        let command = command("").unwrap_or_default();
        lines.push(match lang {
            Lang::Zh => format!("其中 {fixable} 个可自动修正{command}"),
            Lang::En => format!("{fixable} can be fixed{command}"),
        });
    }
    if fixable_unsafe > 0 {
        let command = command("--unsafe ").unwrap_or_default();
        lines.push(match lang {
            Lang::Zh => format!("另有 {fixable_unsafe} 个修正须人工核对{command}"),
            Lang::En => format!("{fixable_unsafe} more need a look{command}"),
        });
    }
    lines
}
