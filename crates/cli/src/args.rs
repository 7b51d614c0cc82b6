//! The arguments. The texts here are the English help; [`crate::help`] holds the Chinese.

pub(crate) mod baseline;
pub(crate) mod config;
pub(crate) mod docx;
pub(crate) mod rollup;
pub(crate) mod rules;

use crate::{Exit, help};
use baseline::{BaselineArgs, KnownArgs};
use clap::{Args, FromArgMatches, Parser, Subcommand, ValueEnum};
use config::{ConfigArgs, ProfileName, ShowConfigArgs};
use docx::{AnnotateArgs, DocxArgs};
use gouji_lint::finding::{Lang, Level};
use rollup::RollupArgs;
use rules::RulesArgs;
use std::ffi::OsString;
use std::path::PathBuf;

/// Checks Chinese official reports before they are published.
#[derive(Debug, Parser)]
#[command(name = "gouji", version, about, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
    /// The language: zh or en
    #[arg(long, value_enum, value_name = "LANG", global = true)]
    lang: Option<Language>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check reports and show what is wrong
    Check(CheckArgs),
    /// Mend what the official form or a standard decides
    Fix(FixArgs),
    /// Write findings into Word files as comments
    Annotate(AnnotateArgs),
    /// Show how a report was understood
    Inspect(InspectArgs),
    /// Compare a consolidated report with the reports it adds up
    Rollup(RollupArgs),
    /// Explain a rule, or a line of a report
    Explain(ExplainArgs),
    /// Write a first configuration and a first rule
    Init(InitArgs),
    /// List rules, or run the tests inside rule files
    Rules(RulesArgs),
    /// Note the findings that are there now, so that only new ones count
    Baseline(BaselineArgs),
    /// Show which configuration counts, and who decides what becomes of a rule
    Config(ShowConfigArgs),
}

/// `gouji check`.
#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    pub(crate) series: SeriesArgs,
    #[command(flatten)]
    pub(crate) input: InputArgs,
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
    #[command(flatten)]
    pub(crate) show: ShowArgs,
    /// How findings are written
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: Format,
    /// The lowest level that makes the exit status 1
    #[arg(long, value_enum, default_value_t, value_name = "LEVEL")]
    pub(crate) fail_on: FailOn,
    /// Only findings: no clean files, no summary
    #[arg(short, long)]
    pub(crate) quiet: bool,
    /// List findings that are accepted, too, with the reason
    #[arg(long)]
    pub(crate) show_accepted: bool,
    /// Show what these rules bound to and how they judged it, such as NB301,GW2
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub(crate) trace: Vec<String>,
    /// After the findings, what every rule did and how long it took
    #[arg(long)]
    pub(crate) stats: bool,
    #[command(flatten)]
    pub(crate) known: KnownArgs,
}

/// `gouji fix`.
#[derive(Debug, Args)]
pub(crate) struct FixArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
    #[command(flatten)]
    pub(crate) show: ShowArgs,
    /// Carry out fixes that need a look, too
    #[arg(long = "unsafe")]
    pub(crate) and_unsafe: bool,
    /// Show the changes as a diff and write nothing
    #[arg(long)]
    pub(crate) diff: bool,
    /// Write nothing; exit status 1 if anything would change
    #[arg(long)]
    pub(crate) check: bool,
    /// Keep the old file as NAME.bak
    #[arg(long)]
    pub(crate) backup: bool,
    #[command(flatten)]
    pub(crate) word: DocxArgs,
    /// Say nothing of what was mended
    #[arg(id = "silent", short = 'q', long = "quiet")]
    pub(crate) quiet: bool,
}

/// `gouji inspect`.
#[derive(Debug, Args)]
pub(crate) struct InspectArgs {
    /// The report; - for standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// The name that standard input goes by; its ending decides the format
    #[arg(long, value_name = "NAME", default_value = "stdin.txt")]
    pub(crate) stdin_name: String,
    /// As JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// Only the text that rules see
    #[arg(long, conflicts_with = "json")]
    pub(crate) text: bool,
    #[command(flatten)]
    pub(crate) understanding: UnderstandingArgs,
    #[command(flatten)]
    pub(crate) extra: ExtraRules,
    #[command(flatten)]
    pub(crate) show: ShowArgs,
}

/// `gouji explain`.
#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// The rule's code, such as NB301
    #[arg(value_name = "CODE", required_unless_present = "at")]
    pub(crate) code: Option<String>,
    /// Instead of a rule, what was found on a line of a report and how it was understood
    #[arg(long, value_name = "FILE:LINE[:COLUMN]", conflicts_with = "code")]
    pub(crate) at: Option<String>,
    #[command(flatten)]
    pub(crate) series: SeriesArgs,
    #[command(flatten)]
    pub(crate) understanding: UnderstandingArgs,
    #[command(flatten)]
    pub(crate) extra: ExtraRules,
    #[command(flatten)]
    pub(crate) show: ShowArgs,
}

/// `gouji init`.
#[derive(Debug, Args)]
pub(crate) struct InitArgs {
    /// The folder they are written into
    #[arg(id = "init_folder", value_name = "FOLDER", default_value = ".")]
    pub(crate) folder: PathBuf,
}

/// Which reports, and what is known of them.
#[derive(Debug, Args)]
pub(crate) struct InputArgs {
    /// Reports or folders of reports; - for standard input
    #[arg(value_name = "PATH", required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// The name that standard input goes by; its ending decides the format
    #[arg(long, value_name = "NAME", default_value = "stdin.txt")]
    pub(crate) stdin_name: String,
    /// Have LibreOffice make .docx of old Word files (.doc, .wps, .rtf)
    #[arg(long)]
    pub(crate) convert: bool,
    #[command(flatten)]
    pub(crate) understanding: UnderstandingArgs,
}

/// What is known of a report, instead of what it says.
#[derive(Debug, Args)]
pub(crate) struct UnderstandingArgs {
    /// The year of the report (1900 to 2999), instead of what its title says
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i32).range(1900..=2999))]
    pub(crate) year: Option<i32>,
    /// The organ, instead of what its title says
    #[arg(long, value_name = "NAME")]
    pub(crate) organ: Option<String>,
    /// The form, instead of the one its labels choose
    #[arg(long = "as", value_name = "FORM")]
    pub(crate) form: Option<String>,
    /// The element of a web page that is read, such as #zoom, instead of the one taken for the article
    #[arg(long, value_name = "SELECTOR")]
    pub(crate) html_root: Option<String>,
    /// Today's date, instead of the clock's
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) today: Option<String>,
}

/// Where last year's report is.
#[derive(Debug, Args)]
pub(crate) struct SeriesArgs {
    /// Last year's report, or a folder of reports to look for it in; may be given again
    #[arg(long, value_name = "PATH")]
    pub(crate) prev: Vec<PathBuf>,
}

/// Which rules.
#[derive(Debug, Args)]
pub(crate) struct RuleArgs {
    /// Only rules whose code starts so, such as NB3,GW201
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub(crate) select: Vec<String>,
    /// No rules whose code starts so
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub(crate) ignore: Vec<String>,
    #[command(flatten)]
    pub(crate) extra: ExtraRules,
}

/// Which rules there are: those of the configuration, and further ones.
#[derive(Debug, Args)]
pub(crate) struct ExtraRules {
    /// Rule files or folders beside the shipped rules; may be given again
    #[arg(id = "rule_paths", long = "rules", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) config: ConfigArgs,
    /// How far a report has come, instead of what the configuration says
    #[arg(long, value_enum, value_name = "PROFILE")]
    pub(crate) profile: Option<ProfileName>,
}

/// How output looks and where it goes.
#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    /// Write the output to a file; of fix and annotate: the mended or annotated report, which itself stays as it is
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// When there is colour
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub(crate) color: ColorWhen,
    /// Columns of a line, instead of the terminal's
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(40..=1000))]
    pub(crate) width: Option<u16>,
}

/// How findings are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    // For people
    #[default]
    Pretty,
    // One line a finding
    Short,
    // One JSON object
    Json,
    // One line of JSON a report
    Ndjson,
}

/// The lowest level that makes the exit status 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    // Errors
    #[default]
    Error,
    // Warnings and errors
    Warning,
    // Any finding
    Info,
    // Nothing
    Never,
}

impl FailOn {
    /// The level; none for never.
    pub(crate) fn level(self) -> Option<Level> {
        match self {
            Self::Error => Some(Level::Error),
            Self::Warning => Some(Level::Warning),
            Self::Info => Some(Level::Info),
            Self::Never => None,
        }
    }
}

/// When there is colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorWhen {
    // On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    // Always
    Always,
    // Never
    Never,
}

/// A language of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    // Chinese
    Zh,
    // English
    En,
}

/// Parses the arguments; help, version and faults are printed here.
pub(crate) fn parse(argv: &[OsString], lang: Lang) -> Result<Command, Exit> {
    let mut command = help::command(lang);
    let cli = command.try_get_matches_from_mut(argv).and_then(|matches| Cli::from_arg_matches(&matches));
    match cli {
        Ok(cli) => Ok(cli.command),
        Err(error) => Err(help::tell(&error, lang)),
    }
}
