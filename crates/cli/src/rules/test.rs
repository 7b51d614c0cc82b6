//! `gouji rules test`: the tests inside rule files.

use crate::args::rules::TestArgs;
use crate::output::{self, Output};
use crate::{Exit, Stop, setup};
use gouji_lint::finding::Lang;
use gouji_lint::ruleset::{RuleSet, SourceFile};
use gouji_lint::selftest;
use gouji_render::run::Talk;
use gouji_render::selftest as told;
use std::collections::BTreeSet;

/// Runs the command.
pub(crate) fn run(args: &TestArgs, lang: Lang) -> Result<Exit, Stop> {
    let talk = if args.quiet { Talk::Quiet } else { Talk::Full };
    let options = output::options(&args.show, lang, talk);
    let mut given = Vec::new();
    for path in &args.paths {
        given.extend(setup::rule_files(path, lang)?);
    }
    let (rules, errors) = RuleSet::load(&beside_shipped(&given));
    output::complain_of_rules(&errors, &options);
    let of_given: BTreeSet<&str> = given.iter().map(|file| file.path.as_str()).collect();
    let mut results = selftest::run(&rules);
    if !given.is_empty() {
        results.retain(|case| of_given.contains(case.file.as_str()));
    }
    let mut out = Output::open(&args.show, lang);
    out.write(told::results(&results, &options).as_bytes())?;
    out.finish()?;
    Ok(Exit::of(!errors.is_empty(), false, told::n_failed(&results) > 0))
}

/// The files given, and of the shipped ones those that they do not bring themselves: rules under test may be the
/// shipped ones being worked on, and need the shipped forms and words in any case.
fn beside_shipped(given: &[SourceFile]) -> Vec<SourceFile> {
    let mut sources: Vec<SourceFile> = setup::shipped()
        .into_iter()
        .filter(|file| !given.iter().any(|given| is_same(&given.path, &file.path)))
        .collect();
    sources.extend(given.iter().cloned());
    sources
}

/// Whether a given path names a shipped file: `rules/forms/a.yaml` and `forms/a.yaml`, or the same file name
/// that starts with a code.
fn is_same(given: &str, shipped: &str) -> bool {
    let given = given.replace('\\', "/");
    let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let code = |path: &str| name(path).split('-').next().unwrap_or_default().to_owned();
    let has_code = |path: &str| code(path).len() == 5;
    given == shipped
        || given.ends_with(&format!("/{shipped}"))
        || (has_code(shipped) && has_code(&given) && code(&given) == code(shipped))
}
