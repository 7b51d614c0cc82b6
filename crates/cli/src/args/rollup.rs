//! The arguments of `gouji rollup`.

use super::{ExtraRules, FailOn, ShowArgs, UnderstandingArgs};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// `gouji rollup`.
#[derive(Debug, Args)]
pub(crate) struct RollupArgs {
    /// The consolidated report; what is known of a report is known of this one
    #[arg(value_name = "CONSOLIDATED")]
    pub(crate) consolidated: PathBuf,
    /// The members' reports or folders of them; without any, those that the configuration names
    #[arg(id = "member_paths", value_name = "MEMBER")]
    pub(crate) members: Vec<PathBuf>,
    /// What is written: the findings, or the table of key figures
    #[arg(id = "rollup_format", long = "format", value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: RollupFormat,
    /// The lowest level that makes the exit status 1; a number that is not the sum is a warning
    #[arg(id = "rollup_fail_on", long = "fail-on", value_enum, default_value_t, value_name = "LEVEL")]
    pub(crate) fail_on: FailOn,
    /// Only findings and the table: no summary
    #[arg(id = "rollup_quiet", short, long = "quiet")]
    pub(crate) quiet: bool,
    /// List findings that are accepted, too, with the reason
    #[arg(long)]
    pub(crate) show_accepted: bool,
    #[command(flatten)]
    pub(crate) understanding: UnderstandingArgs,
    #[command(flatten)]
    pub(crate) extra: ExtraRules,
    #[command(flatten)]
    pub(crate) show: ShowArgs,
}

/// What is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum RollupFormat {
    // The findings, for people
    #[default]
    Pretty,
    // One line a finding
    Short,
    // One JSON object
    Json,
    // The report as one line of JSON
    Ndjson,
    // The table, for terminals
    Table,
    // The table, for spreadsheets
    Csv,
    // The table as a page
    Html,
}
