//! The catalogue of checks against the shipped rules, both ways: `docs/coverage.md`.
//!
//! The catalogue is `tests/catalogue.tsv`: id, check and reason in Chinese and English. A check has a rule that bears
//! its id in `tags`, or the reason why there is none yet.

use gouji_lint::ruleset::RuleInfo;
use std::collections::BTreeSet;

/// A check of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// Its id: `STR001`.
    pub id: String,
    /// What is checked, Chinese and English.
    pub what: [String; 2],
    /// Why no rule does so yet, Chinese and English; empty where one does.
    pub why: [String; 2],
}

/// The checks of a catalogue, in its order.
///
/// # Panics
/// When a line has not five columns.
#[must_use]
pub fn read(tsv: &str) -> Vec<Check> {
    let check = |line: &str| {
        let cells: Vec<String> = line.split('\t').map(str::to_owned).collect();
        let [id, zh, en, why_zh, why_en] = <[String; 5]>::try_from(cells).expect("five columns");
        Check { id, what: [zh, en], why: [why_zh, why_en] }
    };
    tsv.lines().skip(1).map(check).collect()
}

/// What is wrong between catalogue and rules, one line each: a check with neither rule nor reason, or with both; an id
/// in `tags` that the catalogue has not.
#[must_use]
pub fn faults(checks: &[Check], rules: &[&RuleInfo]) -> Vec<String> {
    let known: BTreeSet<&str> = checks.iter().map(|check| check.id.as_str()).collect();
    let mut faults = Vec::new();
    for check in checks {
        let n_rules = rules_of(check, rules).count();
        if check.why[0].is_empty() != check.why[1].is_empty() {
            faults.push(format!("{}: the reason stands in one language", check.id));
        }
        match (n_rules, check.why[0].is_empty()) {
            (0, true) => faults.push(format!("{}: no rule and no reason", check.id)),
            (1.., false) => faults.push(format!("{}: a rule, and a reason why there is none", check.id)),
            _ => {}
        }
    }
    for rule in rules {
        for id in ids(rule).filter(|id| !known.contains(id)) {
            faults.push(format!("{}: {id} is not in the catalogue", rule.id));
        }
    }
    faults
}

/// The page: what each check is done by, and what each rule is there for.
#[must_use]
pub fn page(checks: &[Check], rules: &[&RuleInfo]) -> String {
    let done = checks.iter().filter(|check| check.why[0].is_empty()).count();
    let (n_checks, n_rules) = (checks.len(), rules.len());
    let mut out = format!(
        "<!-- 由测试生成 / written by a test: UPDATE=1 cargo test -p gouji-tests --test coverage -->\n\n\
         # 检查目录与规则 Checks and rules\n\n\
         目录共 {n_checks} 项，其中 {done} 项有规则；规则共 {n_rules} 条。\
         {done} of the catalogue's {n_checks} checks have a rule; there are {n_rules} rules.\n\n\
         ## 按检查目录 By check\n\n\
         | 编号 Id | 检查 Check | 规则 Rules |\n|---|---|---|\n"
    );
    for check in checks {
        let mut links: Vec<String> = rules_of(check, rules).map(link).collect();
        if links.is_empty() {
            links.push(check.why.join("；"));
        }
        out += &format!("| {} | {} | {} |\n", check.id, check.what.join(" "), links.join(" "));
    }
    out += "\n## 按规则 By rule\n\n| 规则 Rule | 名称 Name | 级别 Level | 依据 Basis | 检查 Checks |\n|---|---|---|---|---|\n";
    for rule in rules {
        let ids: Vec<&str> = ids(rule).collect();
        out += &format!(
            "| {} | {} {} | {} | {} | {} |\n",
            link(rule),
            rule.name.zh,
            rule.name.en,
            rule.level.word(),
            rule.basis.strength.word(),
            if ids.is_empty() { "–".to_owned() } else { ids.join(" ") },
        );
    }
    out
}

fn rules_of<'a>(check: &Check, rules: &'a [&RuleInfo]) -> impl Iterator<Item = &'a RuleInfo> {
    rules.iter().copied().filter(|rule| ids(rule).any(|id| id == check.id))
}

/// The catalogue ids among the tags of a rule.
fn ids(rule: &RuleInfo) -> impl Iterator<Item = &str> {
    let is_id = |tag: &&str| {
        let (kind, number) = tag.split_at_checked(3).unwrap_or((tag, ""));
        number.len() == 3
            && kind.bytes().all(|byte| byte.is_ascii_uppercase())
            && number.bytes().all(|byte| byte.is_ascii_digit())
    };
    rule.tags.iter().map(String::as_str).filter(is_id)
}

/// Where a rule is told of: its page, or that of what it belongs to.
fn link(rule: &RuleInfo) -> String {
    let id = &rule.id;
    match rule.verb {
        "own" => format!("[{id}](accepting.md)"),
        "rollup" => format!("[{id}](rollup.md)"),
        _ => format!("[{id}](rules/{id}.md)"),
    }
}
