//! `gouji config`: which configuration counts, what it changes, and who decides what becomes of a rule.

use super::{Configuration, find};
use crate::args::config::ShowConfigArgs;
use crate::output::{self, Output};
use crate::rulesets::{self, Loaded};
use crate::{Exit, Stop, files, sources};
use gouji_core::text::Lines;
use gouji_lint::accept::Acceptance;
use gouji_lint::config::Override;
use gouji_lint::finding::Lang;
use gouji_lint::ruleset::RuleInfo;
use gouji_lint::settings::{Entry, Place, Said, Verdict};
use gouji_render::run::Talk;
use gouji_render::words::pick;

/// Runs the command.
pub(crate) fn run(args: &ShowConfigArgs, lang: Lang) -> Result<Exit, Stop> {
    let options = output::options(&args.show, lang, Talk::Full);
    let loaded = rulesets::for_path(&args.path, &args.extra, lang)?;
    output::complain_of_rules(&loaded.errors, &options);
    let text = match &args.why {
        Some(code) => why(&code.trim().to_ascii_uppercase(), &loaded, lang)?,
        None => whole(&loaded, lang),
    };
    let mut out = Output::open(&args.show, lang);
    out.write(text.as_bytes())?;
    out.finish()?;
    Ok(Exit::of(!loaded.errors.is_empty(), false, false))
}

/// The configuration: where it comes from, what it says, what it comes to.
fn whole(loaded: &Loaded, lang: Lang) -> String {
    let mut out = String::new();
    let mut part = |zh: &str, en: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            out.push_str(&format!("{}\n", pick(lang, zh, en)));
            lines.iter().for_each(|line| out.push_str(&format!("  {line}\n")));
        }
    };
    part("配置", "configuration", names(loaded.config.as_deref(), lang));
    part("档次", "profile", vec![profile(loaded, lang)]);
    part("自带规则包", "shipped packs", packs(loaded.config.as_deref()));
    if let Some(config) = &loaded.config {
        part("本地规则", "local rules", local(config, lang));
        part("规则", "rules", loaded.settings.entries.iter().map(|said| entry(said, lang)).collect());
        let told = overrides(config).zip(&loaded.mask).map(|(said, &holds)| self::said(said, holds, lang));
        part("例外", "overrides", told.collect());
        let series = config.series().map(|(path, place)| at(&files::shown(path), place, lang));
        part("历年年报", "reports of other years", series.collect());
        part("各单位", "members", members(config, lang));
        let baseline = config.baseline.iter().map(|(path, place)| at(&files::shown(path), place, lang));
        part("基线", "baseline", baseline.collect());
        part("接受", "accepted", config.accepted().map(|accepted| grounds(&accepted.entry, lang)).collect());
    }
    let n_changed = loaded.rules.infos().filter(|info| info.level != info.own_level).count();
    let (n_on, n_off) = (loaded.rules.infos().count(), loaded.rules.off().len());
    out.push_str(&match lang {
        Lang::Zh => format!("{n_on} 条规则运行，其中 {n_changed} 条改了级别；{n_off} 条关闭\n"),
        Lang::En => format!("rules that run: {n_on}, at another level: {n_changed}; off: {n_off}\n"),
    });
    out
}

/// The files that count, the nearest first.
fn names(config: Option<&Configuration>, lang: Lang) -> Vec<String> {
    match config {
        None => vec![match lang {
            Lang::Zh => format!("没有 {}", find::NAME),
            Lang::En => format!("no {}", find::NAME),
        }],
        Some(config) => config.layers.iter().rev().map(|layer| layer.name.clone()).collect(),
    }
}

fn profile(loaded: &Loaded, lang: Lang) -> String {
    let word = loaded.settings.profile.word();
    match &loaded.profile_place {
        Some(place) => at(word, place, lang),
        None => word.to_owned(),
    }
}

fn packs(config: Option<&Configuration>) -> Vec<String> {
    let is_used = |pack: &&str| config.is_none_or(|config| config.packs.contains(*pack));
    sources::shipped_packs().filter(is_used).map(str::to_owned).collect()
}

fn local(config: &Configuration, lang: Lang) -> Vec<String> {
    let told = config.local.iter().map(|local| {
        let path = files::shown(&local.path);
        let n = local.files.len();
        let path = match (lang, local.path.is_absolute()) {
            (Lang::Zh, true) => format!("{path}（绝对路径）：{n} 份文件"),
            (Lang::Zh, false) => format!("{path}：{n} 份文件"),
            (Lang::En, true) => format!("{path} (absolute path), files: {n}"),
            (Lang::En, false) => format!("{path}, files: {n}"),
        };
        at(&path, &local.place, lang)
    });
    told.collect()
}

fn overrides(config: &Configuration) -> impl Iterator<Item = &Override> {
    config.layers.iter().flat_map(|layer| &layer.config.overrides)
}

fn said(said: &Override, holds: bool, lang: Lang) -> String {
    let patterns: Vec<&str> = said.files.iter().map(|word| word.word.as_str()).collect();
    let patterns = patterns.join(pick(lang, "、", ", "));
    let holds = match holds {
        true => pick(lang, "适用", "holds here"),
        false => pick(lang, "不适用于此", "does not hold here"),
    };
    let told = format!("{patterns}{}{holds}", pick(lang, "：", ": "));
    said.files.first().map_or(told.clone(), |word| at(&told, &word.place, lang))
}

/// The files and the organs of a rollup's members.
fn members(config: &Configuration, lang: Lang) -> Vec<String> {
    let last = config.layers.iter().rev().find_map(|layer| layer.config.members.as_ref());
    let lists = last.map(|members| [&members.files, &members.organs]).into_iter().flatten();
    let told = lists.filter_map(|words| {
        let names: Vec<&str> = words.iter().map(|word| word.word.as_str()).collect();
        Some(at(&names.join(pick(lang, "、", ", ")), &words.first()?.place, lang))
    });
    told.collect()
}

/// `GW306：引用原文件名称（gouji.yaml:9）`.
fn grounds(entry: &Acceptance, lang: Lang) -> String {
    let told = format!("{}{}{}", entry.rule, pick(lang, "：", ": "), entry.grounds.reason);
    at(&told, &entry.place, lang)
}

/// `off      GW3（gouji.yaml:5）`.
fn entry(entry: &Entry, lang: Lang) -> String {
    let params: Vec<&str> = entry.param_names().collect();
    let mut told = format!("{:<7}  {}", entry.verdict.map_or("-", Verdict::word), entry.name);
    if !params.is_empty() {
        told.push_str(&format!(" params: {}", params.join(", ")));
    }
    at(&told, &entry.place, lang)
}

/// Who decides what becomes of a rule: all who say something, in order, the one that counts marked.
fn why(code: &str, loaded: &Loaded, lang: Lang) -> Result<String, Stop> {
    let info = loaded.info(code, lang)?;
    let becomes = if loaded.is_off(info) { Verdict::Off.word() } else { info.level.word() };
    let name = info.name.of(lang);
    let mut out = format!("{} {name}{}{becomes}\n", info.id, pick(lang, "：", ": "));
    // The tool's own rules have no file.
    let author = match info.file.as_str() {
        "" => "gouji".to_owned(),
        file => format!("{}{file}", pick(lang, "规则文件 ", "rule file ")),
    };
    let mut told = vec![format!("{:<7}  {author}", info.own_level.word())];
    told.extend(loaded.settings.said(info.named()).map(|(said, verdict)| match said {
        Said::Profile => format!("{:<7}  {}{}", verdict.word(), pick(lang, "档次 ", "profile "), profile(loaded, lang)),
        Said::Entry(said) => entry(said, lang),
    }));
    let last = told.len() - 1;
    for (idx, line) in told.iter().enumerate() {
        out.push_str(&format!("{} {line}\n", if idx == last { "→" } else { " " }));
    }
    for line in aside(info, loaded, lang) {
        out.push_str(&format!("  {line}\n"));
    }
    Ok(out)
}

/// What overrides that do not hold here would say of a rule.
fn aside(info: &RuleInfo, loaded: &Loaded, lang: Lang) -> Vec<String> {
    let Some(config) = &loaded.config else { return Vec::new() };
    let others = overrides(config).zip(&loaded.mask).filter(|(_, holds)| !**holds).map(|(said, _)| said);
    let meant = others.flat_map(|said| &said.rules).filter(|entry| info.named().answers(&entry.name));
    let here = pick(lang, "，不适用于此", ", does not hold here");
    meant.map(|said| format!("{}{here}", entry(said, lang))).collect()
}

/// Who turned a rule off: `gouji.yaml:5`.
pub(crate) fn who(info: &RuleInfo, loaded: &Loaded, lang: Lang) -> String {
    match loaded.settings.said(info.named()).last() {
        Some((Said::Entry(entry), _)) => line(&entry.place),
        Some((Said::Profile, _)) | None => format!("{}{}", pick(lang, "档次 ", "profile "), profile(loaded, lang)),
    }
}

/// A line for the page of a rule that is off; nothing for others.
pub(crate) fn if_off(info: &RuleInfo, loaded: &Loaded, lang: Lang) -> String {
    if !loaded.is_off(info) {
        return String::new();
    }
    let who = who(info, loaded, lang);
    match lang {
        Lang::Zh => format!("\n这条规则已关闭：{who}\n"),
        Lang::En => format!("\nThis rule is off: {who}\n"),
    }
}

/// A line that names all rules that are off; nothing where none is.
pub(crate) fn all_off(loaded: &Loaded, lang: Lang) -> String {
    let off: Vec<&str> = loaded.rules.off().iter().map(|info| &*info.id).collect();
    match (lang, off.len()) {
        (_, 0) => String::new(),
        (Lang::Zh, n) => format!("另有 {n} 条关闭：{}\n", off.join("、")),
        (Lang::En, n) => format!("off: {n} ({})\n", off.join(", ")),
    }
}

/// A thing and where it is said: `draft（gouji.yaml:1）`.
fn at(told: &str, place: &Place, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{told}（{}）", line(place)),
        Lang::En => format!("{told} ({})", line(place)),
    }
}

/// `gouji.yaml:5`.
pub(crate) fn line(place: &Place) -> String {
    format!("{}:{}", place.file, Lines::new(&place.source).place(&place.source, place.span.start).line)
}
