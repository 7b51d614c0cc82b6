//! `gouji rules test`: the tests inside rule files.

use crate::args::rules::TestArgs;
use crate::output::{self, Output};
use crate::{Exit, Stop, files, setup};
use gouji_lint::finding::{Lang, RuleError};
use gouji_lint::rule::Rule;
use gouji_lint::ruleset::{RuleSet, SourceFile};
use gouji_lint::selftest::{self, CaseResult, Fixtures, Mutant};
use gouji_render::run::Talk;
use gouji_render::{mutation, selftest as told};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Runs the command.
pub(crate) fn run(args: &TestArgs, lang: Lang) -> Result<Exit, Stop> {
    let talk = if args.quiet { Talk::Quiet } else { Talk::Full };
    let options = output::options(&args.show, lang, talk);
    let under = UnderTest::load(&args.paths, lang)?;
    let fixtures = under.fixtures(lang);
    let mut faults = under.errors.clone();
    faults.extend(selftest::missing_fixtures(&under.rules, &fixtures));
    output::complain_of_rules(&faults, &options);
    let given = under.given();
    let exit = |failed| Ok(Exit::of(!faults.is_empty(), false, failed));
    let mut out = Output::open(&args.show, lang);
    if args.mutate {
        let mutants: Vec<Mutant> =
            given.iter().flat_map(|rule| selftest::mutate(&under.rules, rule, &fixtures)).collect();
        out.write(mutation::results(&mutants, &options).as_bytes())?;
        out.finish()?;
        return exit(mutation::n_unnoticed(&mutants) > 0);
    }
    let results: Vec<CaseResult> =
        given.iter().flat_map(|rule| selftest::run_rule(&under.rules, rule, &fixtures)).collect();
    let untested = given.iter().filter(|rule| rule.tests.all().next().is_none());
    let untested: Vec<&str> = untested.map(|rule| &*rule.info.id).collect();
    out.write(told::results(&results, &untested, &options).as_bytes())?;
    out.finish()?;
    exit(told::n_failed(&results) > 0)
}

/// Rules that are looked at themselves: those given, among the shipped ones.
pub(super) struct UnderTest {
    pub(super) rules: RuleSet,
    pub(super) errors: Vec<RuleError>,
    /// The files given; empty: the shipped rules themselves.
    files: BTreeSet<String>,
}

impl UnderTest {
    pub(super) fn load(paths: &[PathBuf], lang: Lang) -> Result<Self, Stop> {
        let mut given = Vec::new();
        for path in paths {
            given.extend(setup::rule_files(path, lang)?);
        }
        let (rules, errors) = RuleSet::load(&beside_shipped(&given));
        Ok(Self { rules, errors, files: given.into_iter().map(|file| file.path).collect() })
    }

    fn is_given(&self, file: &str) -> bool {
        self.files.is_empty() || self.files.contains(file)
    }

    /// The rules themselves, by code.
    pub(super) fn given(&self) -> Vec<&Rule> {
        self.rules.rules().iter().filter(|rule| self.is_given(&rule.info.file)).collect()
    }

    /// The files that the tests name, as far as they can be read. Those of shipped rules would lie nowhere.
    fn fixtures(&self, lang: Lang) -> Fixtures {
        let given = self.rules.rules().iter().filter(|rule| self.files.contains(&rule.info.file));
        let paths = given.flat_map(selftest::fixtures_of);
        paths.filter_map(|path| Some((path.to_owned(), files::read(Path::new(path), lang).ok()?))).collect()
    }
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
