//! The tests of the tests: which changes of right examples a rule did not notice.

use crate::layout::one_line;
use crate::paint::Ink;
use crate::run::Options;
use crate::words::{counted, pick};
use gouji_lint::finding::Lang;
use gouji_lint::selftest::{Change, Mutant, MutantEnd};

/// Every change that was not noticed, and last the counts.
#[must_use]
pub fn results(mutants: &[Mutant], options: &Options) -> String {
    let unnoticed = mutants.iter().filter(|mutant| mutant.end != MutantEnd::Noticed);
    let mut out: String = unnoticed.map(|mutant| told(mutant, options)).collect();
    let count = |end| mutants.iter().filter(|mutant| mutant.end == end).count();
    let (noticed, silent) = (count(MutantEnd::Noticed), count(MutantEnd::Silent));
    let (all, unwritten) = (mutants.len(), count(MutantEnd::Unwritten));
    let mut line = match options.lang {
        Lang::Zh => format!("{all} 个变异，{noticed} 个被发现，{silent} 个沉默"),
        Lang::En => format!("{}, {noticed} noticed, {silent} silent", counted(all, "change")),
    };
    if unwritten > 0 {
        line.push_str(&match options.lang {
            Lang::Zh => format!("，{unwritten} 个写不进例子"),
            Lang::En => format!(", {unwritten} could not be written into the example"),
        });
    }
    let ink = if noticed == all { Ink::Good } else { Ink::Bad };
    out.push_str(&format!("{}\n", options.colour.paint(ink, &line)));
    out
}

/// How many changes were not noticed, those that could not be made among them.
#[must_use]
pub fn n_unnoticed(mutants: &[Mutant]) -> usize {
    mutants.iter().filter(|mutant| mutant.end != MutantEnd::Noticed).count()
}

/// `NB301 ok[1] 沉默  rules/NB301.yaml:34`, and below it the change.
fn told(mutant: &Mutant, options: &Options) -> String {
    let lang = options.lang;
    let end = match mutant.end {
        MutantEnd::Unwritten => pick(lang, "写不进例子", "not written"),
        _ => pick(lang, "沉默", "SILENT"),
    };
    let end = options.colour.paint(Ink::Bad, end);
    let case = mutant.case.as_deref().unwrap_or_default();
    let place = options.colour.paint(Ink::Place, &format!("{}:{}", one_line(&mutant.file), mutant.line));
    let gap = if case.is_empty() { "" } else { " " };
    format!("{}{gap}{case} {end}  {place}\n    {}\n", mutant.rule, change(&mutant.change, lang))
}

fn change(change: &Change, lang: Lang) -> String {
    let text =
        |text: &str| if text.is_empty() { pick(lang, "（空）", "(nothing)").to_owned() } else { one_line(text) };
    match change {
        Change::Number { name, path, before, after } => {
            let after = after.join(pick(lang, "、", ", "));
            let path = one_line(path);
            match lang {
                Lang::Zh => format!("{name}（{path}）：{} → {after}", text(before)),
                Lang::En => format!("{name} ({path}): {} → {after}", text(before)),
            }
        }
        Change::Removed(item) => match lang {
            Lang::Zh => format!("去掉“{}”", one_line(item)),
            Lang::En => format!("“{}” taken out", one_line(item)),
        },
        Change::Doubled(item) => match lang {
            Lang::Zh => format!("“{}”写两遍", one_line(item)),
            Lang::En => format!("“{}” put there twice", one_line(item)),
        },
        Change::Mended { before, after } => match lang {
            Lang::Zh => format!("按修正改过仍被报告：{} → {}", text(before), text(after)),
            Lang::En => format!("still reported when mended: {} → {}", text(before), text(after)),
        },
        Change::Word(word) => match lang {
            Lang::Zh => format!("词表中的“{}”放在哪句里都查不到", one_line(word)),
            Lang::En => format!("“{}” of the list is found in no sentence", one_line(word)),
        },
    }
}
