//! The arguments for Word files.

use super::{InputArgs, RuleArgs, SeriesArgs, ShowArgs};
use clap::{Args, ValueEnum};

/// `gouji annotate`.
#[derive(Debug, Args)]
pub(crate) struct AnnotateArgs {
    #[command(flatten)]
    pub(crate) series: SeriesArgs,
    #[command(flatten)]
    pub(crate) input: InputArgs,
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
    #[command(flatten)]
    pub(crate) show: ShowArgs,
}

/// How a Word file is mended.
#[derive(Debug, Args)]
pub(crate) struct DocxArgs {
    /// How fixes are written into a Word file
    #[arg(long, value_enum, default_value_t, value_name = "HOW")]
    pub(crate) docx: DocxStyle,
    /// Mend a Word file itself, instead of writing NAME.修订.docx beside it
    #[arg(long)]
    pub(crate) in_place: bool,
}

/// How fixes are written into a Word file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum DocxStyle {
    // As changes that Word shows and can take back
    #[default]
    Tracked,
    // The new text in place of the old
    Plain,
    // As comments; the text stays
    Comments,
}
