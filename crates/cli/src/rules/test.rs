//! `gouji rules test`: the tests inside rule files.

use super::given::GivenRules;
use crate::args::rules::TestArgs;
use crate::config::Finder;
use crate::output::{self, Output};
use crate::{Exit, Stop};
use gouji_lint::finding::Lang;
use gouji_lint::selftest::{self, CaseResult, Mutant};
use gouji_render::run::Talk;
use gouji_render::{mutation, selftest as told};

/// Runs the command.
pub(crate) fn run(args: &TestArgs, lang: Lang) -> Result<Exit, Stop> {
    let talk = if args.quiet { Talk::Quiet } else { Talk::Full };
    let options = output::options(&args.show, lang, talk);
    let (config, _) = Finder::new(&args.config, lang).for_here()?;
    let given = GivenRules::load(&args.paths, config.as_deref(), lang)?;
    let fixtures = given.fixtures(lang);
    let mut faults = given.errors.clone();
    faults.extend(selftest::missing_fixtures(&given.rules, &fixtures));
    output::complain_of_rules(&faults, &options);
    let rules = given.given();
    let exit = |failed| Ok(Exit::of(!faults.is_empty(), false, failed));
    let mut out = Output::open(&args.show, lang);
    if args.mutate {
        let mutants: Vec<Mutant> =
            rules.iter().flat_map(|rule| selftest::mutate(&given.rules, rule, &fixtures)).collect();
        out.write(mutation::results(&mutants, &options).as_bytes())?;
        out.finish()?;
        return exit(mutation::n_unnoticed(&mutants) > 0);
    }
    let results: Vec<CaseResult> =
        rules.iter().flat_map(|rule| selftest::run_rule(&given.rules, rule, &fixtures)).collect();
    let untested = rules.iter().filter(|rule| rule.tests.all().next().is_none());
    let untested: Vec<&str> = untested.map(|rule| &*rule.info.id).collect();
    out.write(told::results(&results, &untested, &options).as_bytes())?;
    out.finish()?;
    exit(told::n_failed(&results) > 0)
}
