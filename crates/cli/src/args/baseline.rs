//! The arguments that choose a baseline, and those of `gouji baseline`.

use super::{ExtraRules, RuleArgs, SeriesArgs, UnderstandingArgs};
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// What was known before.
#[derive(Debug, Args)]
pub(crate) struct KnownArgs {
    /// The baseline, instead of the one that the configuration names
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
    /// No baseline
    #[arg(long, conflicts_with = "baseline")]
    pub(crate) no_baseline: bool,
    /// List findings that the baseline has, too
    #[arg(long)]
    pub(crate) show_known: bool,
}

/// `gouji baseline`.
#[derive(Debug, Args)]
pub(crate) struct BaselineArgs {
    #[command(subcommand)]
    pub(crate) command: BaselineCommand,
}

/// What to do with a baseline.
#[derive(Debug, Subcommand)]
pub(crate) enum BaselineCommand {
    /// Write down all findings that are there now
    Create(CreateArgs),
    /// Take out what is no longer found; nothing is put in
    Prune(PruneArgs),
}

/// `gouji baseline create`.
#[derive(Debug, Args)]
pub(crate) struct CreateArgs {
    /// Reports or folders of reports; without one, the current folder
    #[arg(id = "baseline_paths", value_name = "PATH", default_value = ".", hide_default_value = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// The baseline; without it the one that the configuration names, else gouji-baseline.jsonl
    #[arg(id = "baseline_output", short = 'o', long = "output", value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) series: SeriesArgs,
    #[command(flatten)]
    pub(crate) understanding: UnderstandingArgs,
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
}

/// `gouji baseline prune`.
#[derive(Debug, Args)]
pub(crate) struct PruneArgs {
    /// The baseline, instead of the one that the configuration names
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) series: SeriesArgs,
    #[command(flatten)]
    pub(crate) understanding: UnderstandingArgs,
    #[command(flatten)]
    pub(crate) extra: ExtraRules,
}
