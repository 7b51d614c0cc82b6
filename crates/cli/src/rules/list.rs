//! `gouji rules list`: all rules, a line each.

use crate::args::rules::{ListArgs, ListFormat};
use crate::config::show;
use crate::output::{self, Output};
use crate::{Exit, Stop, setup};
use gouji_lint::finding::Lang;
use gouji_render::explain;
use gouji_render::run::Talk;

/// Runs the command.
pub(crate) fn run(args: &ListArgs, lang: Lang) -> Result<Exit, Stop> {
    let loaded = setup::load(&args.extra, lang)?;
    let options = output::options(&args.show, lang, Talk::Full);
    output::complain_of_rules(&loaded.errors, &options);
    let text = match args.format {
        ListFormat::Pretty => explain::list(loaded.rules.infos(), &options) + show::all_off(&loaded, lang).as_str(),
        ListFormat::Json => explain::list_json(loaded.rules.infos(), loaded.rules.off()),
    };
    let mut out = Output::open(&args.show, lang);
    out.write(text.as_bytes())?;
    out.finish()?;
    Ok(Exit::of(!loaded.errors.is_empty(), false, false))
}
