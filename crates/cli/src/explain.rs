//! `gouji explain`: one rule's page.

use crate::args::ExplainArgs;
use crate::config::show;
use crate::output::{self, Output};
use crate::{Exit, Stop, setup};
use gouji_lint::finding::Lang;
use gouji_render::explain;
use gouji_render::run::Talk;

/// Runs the command.
pub(crate) fn run(args: &ExplainArgs, lang: Lang) -> Result<Exit, Stop> {
    let loaded = setup::load(&args.extra, lang)?;
    let options = output::options(&args.show, lang, Talk::Full);
    output::complain_of_rules(&loaded.errors, &options);
    let code = args.code.trim().to_ascii_uppercase();
    let info = loaded
        .rules
        .infos()
        .chain(loaded.rules.off())
        .find(|info| *info.id == *code)
        .ok_or_else(|| setup::unknown_code(std::slice::from_ref(&loaded), &code, lang))?;
    let mut out = Output::open(&args.show, lang);
    out.write(explain::page(info, &options).as_bytes())?;
    out.write(show::if_off(info, &loaded, lang).as_bytes())?;
    out.finish()?;
    Ok(Exit::of(!loaded.errors.is_empty(), false, false))
}
