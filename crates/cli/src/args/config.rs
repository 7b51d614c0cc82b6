//! The arguments that choose a configuration, and those of `gouji config`.

use super::{ExtraRules, ShowArgs};
use clap::{Args, ValueEnum};
use gouji_lint::settings::Profile;
use std::path::PathBuf;

/// Which configuration.
#[derive(Debug, Args)]
pub(crate) struct ConfigArgs {
    /// The configuration, instead of the nearest gouji.yaml above each report
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// No configuration
    #[arg(long, conflicts_with = "config")]
    pub(crate) no_config: bool,
}

/// How far a report has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ProfileName {
    // Being written: what is missing is not told
    Draft,
    // About to be published
    Publish,
    // With hints on style
    Strict,
}

impl From<ProfileName> for Profile {
    fn from(name: ProfileName) -> Self {
        match name {
            ProfileName::Draft => Self::Draft,
            ProfileName::Publish => Self::Publish,
            ProfileName::Strict => Self::Strict,
        }
    }
}

/// `gouji config`.
#[derive(Debug, Args)]
pub(crate) struct ShowConfigArgs {
    /// A report or a folder; without one, the current folder
    #[arg(id = "config_path", value_name = "PATH", default_value = ".", hide_default_value = true)]
    pub(crate) path: PathBuf,
    /// Who decides what becomes of this rule
    #[arg(long, value_name = "CODE")]
    pub(crate) why: Option<String>,
    #[command(flatten)]
    pub(crate) extra: ExtraRules,
    #[command(flatten)]
    pub(crate) show: ShowArgs,
}
