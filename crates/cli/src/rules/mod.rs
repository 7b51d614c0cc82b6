//! `gouji rules`: what rule authors need.

mod list;
mod test;

use crate::args::rules::{RulesArgs, RulesCommand};
use crate::{Exit, Stop};
use gouji_lint::finding::Lang;

/// Runs the command.
pub(crate) fn run(args: &RulesArgs, lang: Lang) -> Result<Exit, Stop> {
    match &args.command {
        RulesCommand::List(args) => list::run(args, lang),
        RulesCommand::Test(args) => test::run(args, lang),
    }
}
