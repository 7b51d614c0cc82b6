//! What every command needs before it starts: the rules, checked codes, what is known of the reports.

use crate::args::{ExtraRules, RuleArgs, UnderstandingArgs};
use crate::config::show;
use crate::rulesets::{Loaded, RuleSets};
use crate::sources::{self, RuleFiles};
use crate::{Stop, clock, output};
use gouji_core::format::{ReadOptions, Selector, SelectorError};
use gouji_lint::date;
use gouji_lint::engine::CheckOptions;
use gouji_lint::fault;
use gouji_lint::finding::Lang;
use gouji_lint::ruleset::RuleSet;
use std::collections::BTreeSet;
use std::path::Path;

/// Loads the rules for the current folder: those of its configuration, and those of further paths.
pub(crate) fn load(extra: &ExtraRules, lang: Lang) -> Result<Loaded, Stop> {
    RuleSets::load(&[], extra, lang).map(RuleSets::into_first)
}

/// The rule files at a path: the file itself, or all YAML and Rhai files of a folder, by path.
pub(crate) fn rule_files(path: &Path, lang: Lang) -> Result<RuleFiles, Stop> {
    sources::at(path).map_err(|why| {
        let (path, why) = (path.display(), why.of(lang));
        Stop(match lang {
            Lang::Zh => format!("无法读取规则 {path}：{why}"),
            Lang::En => format!("rules {path} can not be read: {why}"),
        })
    })
}

/// The options of a check, each looked over: a code that no rule has would pass as a clean report.
pub(crate) fn options(
    sets: &[Loaded],
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
        let ids: BTreeSet<&str> = sets.iter().flat_map(|set| set.rules.form_ids()).collect();
        if !ids.contains(form.as_str()) {
            let ids = Vec::from_iter(ids).join(", ");
            return Err(Stop(match lang {
                Lang::Zh => format!("没有表样“{form}”，可用的有：{ids}"),
                Lang::En => format!("there is no form `{form}`; there are: {ids}"),
            }));
        }
    }
    let select = codes(sets, chosen.map_or(&[], |chosen| &chosen.select), lang)?;
    let ignore = codes(sets, chosen.map_or(&[], |chosen| &chosen.ignore), lang)?;
    Ok(CheckOptions {
        lang,
        today,
        year: known.year,
        organ: known.organ.clone(),
        form: known.form.clone(),
        reading: ReadOptions { html_root: html_root(known, lang)? },
        select,
        ignore,
        ..CheckOptions::default()
    })
}

/// The element of a page that is to be read.
fn html_root(known: &UnderstandingArgs, lang: Lang) -> Result<Option<Selector>, Stop> {
    let Some(written) = &known.html_root else { return Ok(None) };
    Selector::parse(written).map(Some).map_err(|SelectorError(rest)| {
        Stop(match lang {
            Lang::Zh => format!(
                "--html-root“{written}”：从“{rest}”起看不懂；可以写 div、#zoom、.article、[name=zoom] 或它们连写，空格表示在里层"
            ),
            Lang::En => format!(
                "--html-root `{written}` is not understood from `{rest}` on: write div, #zoom, .article, [name=zoom] or these together, a blank for inside"
            ),
        })
    })
}

/// The codes to trace. One whose rules are all left out would come to nothing, so it is refused.
pub(crate) fn traced(
    sets: &[Loaded],
    checking: &CheckOptions,
    given: &[String],
    lang: Lang,
) -> Result<Vec<String>, Stop> {
    let codes = codes(sets, given, lang)?;
    let infos = sets.iter().flat_map(|set| set.rules.infos());
    let run: BTreeSet<&str> = infos.map(|info| &*info.id).filter(|id| checking.selects(id)).collect();
    match codes.iter().find(|code| !run.iter().any(|id| id.starts_with(code.as_str()))) {
        None => Ok(codes),
        Some(code) => Err(Stop(match lang {
            Lang::Zh => format!("--trace {code}：这条规则被 --select、--ignore 或配置排除了，不会运行"),
            Lang::En => format!(
                "--trace {code}: --select, --ignore or the configuration leaves this rule out, so it does not run"
            ),
        })),
    }
}

/// Code prefixes in capitals, each the start of some rule's code, be it off or not.
fn codes(sets: &[Loaded], given: &[String], lang: Lang) -> Result<Vec<String>, Stop> {
    let mut codes = Vec::new();
    for code in given.iter().map(|code| code.trim().to_ascii_uppercase()) {
        if code.is_empty() || !ids(sets).iter().any(|id| id.starts_with(&code)) {
            return Err(unknown_code(sets, &code, lang));
        }
        codes.push(code);
    }
    Ok(codes)
}

/// The codes of all rules, those that are off or faulty included.
fn ids(sets: &[Loaded]) -> BTreeSet<&str> {
    let rules = sets.iter().map(|set| &set.rules);
    let infos = rules.clone().flat_map(|rules| rules.infos().chain(rules.off()).map(|info| &*info.id));
    infos.chain(rules.flat_map(RuleSet::codes)).collect()
}

/// Says that no rule has this code, and which are near.
pub(crate) fn unknown_code(sets: &[Loaded], code: &str, lang: Lang) -> Stop {
    let ids = ids(sets);
    let start: String = code.chars().take(3).collect();
    let near: Vec<&str> = match fault::nearest(code, ids.iter().copied()) {
        _ if start.is_empty() => Vec::new(),
        found => ids.into_iter().filter(|id| id.starts_with(&start) || Some(*id) == found).take(8).collect(),
    };
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

/// Says what a configuration leaves unchecked though it was asked for: selected codes of which every rule is off, and
/// reports that no rule looks at.
pub(crate) fn tell_of_unchecked(sets: &[Loaded], selected: &[String], lang: Lang) {
    // One that is off for some reports only was turned off for them, and looks at the others.
    let any_runs = |code: &str| sets.iter().flat_map(|set| set.rules.infos()).any(|info| info.id.starts_with(code));
    let told: BTreeSet<String> = sets.iter().flat_map(|set| unchecked(set, selected, any_runs, lang)).collect();
    told.iter().for_each(|line| output::complain(line));
}

fn unchecked(set: &Loaded, selected: &[String], any_runs: impl Fn(&str) -> bool, lang: Lang) -> Vec<String> {
    if let (Some(config), []) = (set.config_name(), set.rules.rules()) {
        return vec![match lang {
            Lang::Zh => format!("gouji：{config} 没有留下任何规则，用它的报告没有检查"),
            Lang::En => format!("gouji: {config} leaves no rule; its reports were not checked"),
        }];
    }
    let mut told = Vec::new();
    for code in selected {
        let off = set.rules.off().iter().find(|info| info.id.starts_with(code.as_str()));
        if let Some(off) = off.filter(|_| !any_runs(code)) {
            let who = show::who(off, set, lang);
            told.push(match lang {
                Lang::Zh => format!("gouji：--select 选中的 {code} 已关闭，没有检查（{who}）"),
                Lang::En => format!("gouji: {code}, which --select names, is off and was not checked ({who})"),
            });
        }
    }
    told
}
