//! `gouji rules check`: rule files looked over without a document.

use super::given::GivenRules;
use crate::args::rules::LookOverArgs;
use crate::config::Finder;
use crate::output::{self, Output};
use crate::{Exit, Stop};
use gouji_lint::finding::{Lang, RuleError};
use gouji_lint::review;
use gouji_render::pretty;
use gouji_render::run::Talk;
use gouji_render::words;

/// Runs the command.
pub(crate) fn run(args: &LookOverArgs, lang: Lang) -> Result<Exit, Stop> {
    let options = output::options(&args.show, lang, Talk::Full);
    let (config, _) = Finder::new(&args.config, lang).for_here()?;
    let given = GivenRules::load(&args.paths, config.as_deref(), lang)?;
    let faults: Vec<&RuleError> = given.errors.iter().collect();
    let remarks = review::review(&given.rules);
    let remarks: Vec<&RuleError> = remarks.iter().filter(|remark| given.is_given(&remark.file)).collect();
    let n_rules = given.given().len();
    let mut out = Output::open(&args.show, lang);
    for fault in &faults {
        out.write(format!("{}\n", pretty::rule_error(fault, &options)).as_bytes())?;
    }
    for remark in &remarks {
        out.write(format!("{}\n", pretty::rule_remark(remark, &options)).as_bytes())?;
    }
    let closing = words::rules_looked_over(lang, n_rules, faults.len(), remarks.len());
    out.write(format!("{closing}\n").as_bytes())?;
    out.finish()?;
    Ok(Exit::of(!faults.is_empty(), false, !remarks.is_empty()))
}
