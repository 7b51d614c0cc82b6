//! Baselines: the findings of one day written down, so that from then on only new ones count.
//!
//! [`file`] is what stands on disk, [`compare`] holds a run against it; `create` and `prune` are the commands.

mod compare;
mod create;
mod file;
mod prune;

pub(crate) use compare::{Baselines, Remembered, Sight};
pub(crate) use file::NAME;

use crate::args::baseline::{BaselineArgs, BaselineCommand};
use crate::{Exit, Stop};
use gouji_lint::finding::Lang;

/// Runs the command.
pub(crate) fn run(args: &BaselineArgs, lang: Lang) -> Result<Exit, Stop> {
    match &args.command {
        BaselineCommand::Create(args) => create::run(args, lang),
        BaselineCommand::Prune(args) => prune::run(args, lang),
    }
}
