//! What every command needs before it starts: the rules, checked codes, what is known of the reports.

use crate::args::{RuleArgs, UnderstandingArgs};
use crate::{Stop, clock, files};
use gouji_lint::date;
use gouji_lint::engine::CheckOptions;
use gouji_lint::finding::{Lang, RuleError};
use gouji_lint::ruleset::{RuleSet, SourceFile};
use ignore::WalkBuilder;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The rules of a run.
#[derive(Debug)]
pub(crate) struct Loaded {
    /// Those without a fault.
    pub(crate) rules: RuleSet,
    /// The faults of the others.
    pub(crate) errors: Vec<RuleError>,
}

/// Loads the shipped rules and those of further paths.
pub(crate) fn load(extra: &[PathBuf], lang: Lang) -> Result<Loaded, Stop> {
    let mut sources = shipped();
    for path in extra {
        sources.extend(rule_files(path, lang)?);
    }
    let (rules, errors) = RuleSet::load(&sources);
    Ok(Loaded { rules, errors })
}

/// The shipped rule, form, data and pack files.
pub(crate) fn shipped() -> Vec<SourceFile> {
    gouji_rules::files()
        .iter()
        .map(|&(path, text)| SourceFile { path: path.to_owned(), text: Arc::from(text) })
        .collect()
}

/// The rule files at a path: the file itself, or all YAML and Rhai files of a folder, by path.
pub(crate) fn rule_files(path: &Path, lang: Lang) -> Result<Vec<SourceFile>, Stop> {
    let mut paths = Vec::new();
    if path.is_dir() {
        for entry in WalkBuilder::new(path).require_git(false).sort_by_file_path(Path::cmp).build() {
            let entry = entry.map_err(|error| unreadable(path, &error.to_string(), lang))?;
            let is_rule = entry
                .path()
                .extension()
                .is_some_and(|ending| ["yaml", "yml", "rhai"].iter().any(|known| ending == *known));
            if is_rule && entry.path().is_file() {
                paths.push(entry.into_path());
            }
        }
        if paths.is_empty() {
            let why = match lang {
                Lang::Zh => "文件夹里没有规则文件（.yaml）",
                Lang::En => "no rule files (.yaml) in the folder",
            };
            return Err(unreadable(path, why, lang));
        }
    } else {
        paths.push(path.to_owned());
    }
    paths.iter().map(|path| source(path, lang)).collect()
}

fn source(path: &Path, lang: Lang) -> Result<SourceFile, Stop> {
    let bytes = files::read(path, lang).map_err(|why| unreadable(path, &why, lang))?;
    let text = String::from_utf8(bytes).map_err(|_| {
        let why = match lang {
            Lang::Zh => "规则文件必须是 UTF-8 编码",
            Lang::En => "a rule file must be UTF-8",
        };
        unreadable(path, why, lang)
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    Ok(SourceFile { path: path.display().to_string(), text: Arc::from(text) })
}

fn unreadable(path: &Path, why: &str, lang: Lang) -> Stop {
    Stop(match lang {
        Lang::Zh => format!("无法读取规则 {}：{why}", path.display()),
        Lang::En => format!("rules {} can not be read: {why}", path.display()),
    })
}

/// The options of a check, each looked over: a code that no rule has would pass as a clean report.
pub(crate) fn options(
    rules: &RuleSet,
    known: &UnderstandingArgs,
    chosen: Option<&RuleArgs>,
    lang: Lang,
) -> Result<CheckOptions, Stop> {
    let today = match &known.today {
        Some(text) => Some(date::parse(text).ok_or_else(|| {
            Stop(match lang {
                Lang::Zh => format!("--today 要写成 2026-01-31 这样的日期，不是“{text}”"),
                Lang::En => format!("--today takes a date such as 2026-01-31, not `{text}`"),
            })
        })?),
        None => clock::today(),
    };
    if let Some(form) = &known.form {
        let ids: Vec<&str> = rules.form_ids().collect();
        if !ids.contains(&form.as_str()) {
            let ids = ids.join(", ");
            return Err(Stop(match lang {
                Lang::Zh => format!("没有表样“{form}”，可用的有：{ids}"),
                Lang::En => format!("there is no form `{form}`; there are: {ids}"),
            }));
        }
    }
    let select = codes(rules, chosen.map_or(&[], |chosen| &chosen.select), lang)?;
    let ignore = codes(rules, chosen.map_or(&[], |chosen| &chosen.ignore), lang)?;
    Ok(CheckOptions {
        lang,
        today,
        year: known.year,
        organ: known.organ.clone(),
        form: known.form.clone(),
        select,
        ignore,
        ..CheckOptions::default()
    })
}

/// Code prefixes in capitals, each the start of some rule's code.
fn codes(rules: &RuleSet, given: &[String], lang: Lang) -> Result<Vec<String>, Stop> {
    let mut codes = Vec::new();
    for code in given.iter().map(|code| code.trim().to_ascii_uppercase()) {
        if code.is_empty() || !rules.infos().any(|info| info.id.starts_with(&code)) {
            return Err(unknown_code(rules, &code, lang));
        }
        codes.push(code);
    }
    Ok(codes)
}

/// Says that no rule has this code, and which are near.
pub(crate) fn unknown_code(rules: &RuleSet, code: &str, lang: Lang) -> Stop {
    let start: String = code.chars().take(3).collect();
    let near: Vec<&str> =
        rules.infos().map(|info| &*info.id).filter(|id| !start.is_empty() && id.starts_with(&start)).take(8).collect();
    let hint = match (lang, near.is_empty()) {
        (Lang::Zh, true) => "gouji rules list 列出全部规则".to_owned(),
        (Lang::Zh, false) => format!("相近的有 {}", near.join("、")),
        (Lang::En, true) => "gouji rules list shows all rules".to_owned(),
        (Lang::En, false) => format!("near are {}", near.join(", ")),
    };
    Stop(match lang {
        Lang::Zh => format!("没有编号为“{code}”的规则；{hint}"),
        Lang::En => format!("no rule has the code `{code}`; {hint}"),
    })
}
