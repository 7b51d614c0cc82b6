//! `gouji rules`: what rule authors need.

mod check;
mod doc;
mod given;
mod list;
mod new;
mod schema;
mod test;

use crate::args::rules::{RulesArgs, RulesCommand};
use crate::{Exit, Stop};
use gouji_lint::finding::Lang;

/// Runs the command.
pub(crate) fn run(args: &RulesArgs, lang: Lang) -> Result<Exit, Stop> {
    match &args.command {
        RulesCommand::Doc(args) => doc::run(args, lang),
        RulesCommand::List(args) => list::run(args, lang),
        RulesCommand::New(args) => new::run(args, lang),
        RulesCommand::Schema(args) => schema::run(args, lang),
        RulesCommand::Check(args) => check::run(args, lang),
        RulesCommand::Test(args) => test::run(args, lang),
    }
}
