//! `gouji rules new`: a rule to start from. What is written loads without a fault, and its tests pass.

use crate::args::rules::NewArgs;
use crate::output::{self, Output};
use crate::{Exit, Stop, files, sources};
use gouji_core::document::Document;
use gouji_lint::engine::{self, CheckOptions};
use gouji_lint::finding::{Lang, Report};
use gouji_lint::ruleset::{RuleSet, SourceFile, is_code};
use gouji_lint::selftest::{self, Fixtures};
use gouji_render::skeleton::{self, Known, Sample};
use gouji_render::words;
use std::fs;
use std::path::Path;

/// The code of a rule whose author gave none; `gouji init` writes XX101.
const CODE: &str = "XX102";

/// Runs the command.
pub(crate) fn run(args: &NewArgs, lang: Lang) -> Result<Exit, Stop> {
    let code = args.code.as_deref().unwrap_or(CODE).trim().to_ascii_uppercase();
    let (shipped, _) = RuleSet::load(&sources::shipped());
    check_code(&code, &shipped, lang)?;
    if let Some(path) = args.show.output.as_deref().filter(|path| fs::symlink_metadata(path).is_ok()) {
        return Err(there_already(path, lang));
    }
    let text = match &args.report {
        Some(report) => from_table(&code, report, usize::from(args.table), &shipped, lang)?,
        None => skeleton::blank(&code),
    };
    let mut out = Output::open(&args.show, lang);
    out.write(text.as_bytes())?;
    out.finish()?;
    if let Some(path) = &args.show.output {
        let path = path.display();
        output::complain(&match lang {
            Lang::Zh => format!("写了 {path}；改好后用 gouji rules test {path} 运行它的例子"),
            Lang::En => format!("wrote {path}; when it says what you mean, gouji rules test {path} runs its examples"),
        });
    }
    Ok(Exit::Clean)
}

fn check_code(code: &str, shipped: &RuleSet, lang: Lang) -> Result<(), Stop> {
    if !is_code(code) {
        return Err(Stop(match lang {
            Lang::Zh => format!("编号要写成两个字母加三位数字，如 XX101，不是“{code}”"),
            Lang::En => format!("a code is two letters and three digits, such as XX101, not `{code}`"),
        }));
    }
    match shipped.infos().find(|info| *info.id == *code) {
        None => Ok(()),
        Some(info) => {
            let name = info.name.of(lang);
            Err(Stop(match lang {
                Lang::Zh => format!("编号 {code} 已有规则“{name}”，请另选一个"),
                Lang::En => format!("the code {code} is taken by `{name}`; choose another"),
            }))
        }
    }
}

fn there_already(path: &Path, lang: Lang) -> Stop {
    let path = path.display();
    Stop(match lang {
        Lang::Zh => format!("已有 {path}，未改动；请用 -o 另写一个文件名"),
        Lang::En => format!("{path} is there already and stays as it is; give another name with -o"),
    })
}

/// The first rule over a table of a report that holds in it.
fn from_table(code: &str, path: &Path, table: usize, shipped: &RuleSet, lang: Lang) -> Result<String, Stop> {
    let unread = |why: String| {
        Stop(match lang {
            Lang::Zh => format!("{}：{why}", path.display()),
            Lang::En => format!("{}: {why}", path.display()),
        })
    };
    let bytes = files::read(path, lang).map_err(unread)?;
    let name = path.display().to_string();
    let document = gouji_core::read(&name, &bytes, shipped.known_labels())
        .map_err(|error| unread(words::read_error(lang, &error)))?;
    let n_tables = document.tables.len();
    if table > n_tables {
        return Err(unread(match lang {
            Lang::Zh => format!("只有 {n_tables} 张表，没有第 {table} 张；gouji inspect 可以看到各张表"),
            Lang::En => format!("has {n_tables} tables, there is no table {table}; gouji inspect shows them"),
        }));
    }
    let report = engine::check(&document, shipped, &CheckOptions::default());
    // The rule quotes the table, which may have secrets.
    let document = report.mask.document(document);
    let sample = sample(&document, &report, table - 1, shipped);
    let found = skeleton::of_table(code, &sample).into_iter().find(|text| holds(text));
    found.ok_or_else(|| {
        unread(match lang {
            Lang::Zh => format!("第 {table} 张表里没有认得出行、列的数，写不出规则"),
            Lang::En => format!("table {table} has no number whose row and column can be told: no rule can be written"),
        })
    })
}

/// The table, and what form it is of.
fn sample<'a>(document: &'a Document, report: &Report, table: usize, shipped: &'a RuleSet) -> Sample<'a> {
    let form = shipped.forms().iter().find(|form| report.form.as_deref() == Some(&*form.id));
    let name = report.tables.iter().find(|(own, _)| *own == table).map(|(_, name)| name.as_str());
    let known = form.zip(name).and_then(|(form, name)| {
        let table = &form.tables[form.table(name)?];
        Some(Known { form: &form.id, table })
    });
    Sample { document, table, known }
}

/// Whether a rule loads without a fault and does what its tests say.
fn holds(text: &str) -> bool {
    let own = SourceFile { path: "new.yaml".to_owned(), text: text.into() };
    let forms = sources::shipped().into_iter().filter(|file| file.path.starts_with("forms/"));
    let (rules, errors) = RuleSet::load(&forms.chain([own]).collect::<Vec<_>>());
    errors.is_empty()
        && rules.rules().iter().all(|rule| {
            let results = selftest::run_rule(&rules, rule, &Fixtures::default());
            results.iter().all(|result| result.faults.is_empty())
        })
}
