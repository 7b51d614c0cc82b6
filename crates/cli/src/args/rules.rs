//! The arguments of `gouji rules`.

use super::config::ConfigArgs;
use super::{ExtraRules, ShowArgs};
use clap::{Args, Subcommand, ValueEnum};
use gouji_lint::shape::FileKind;
use std::path::PathBuf;

/// `gouji rules`.
#[derive(Debug, Args)]
pub(crate) struct RulesArgs {
    #[command(subcommand)]
    pub(crate) command: RulesCommand,
}

/// What to do with rules.
#[derive(Debug, Subcommand)]
pub(crate) enum RulesCommand {
    /// List all rules
    List(ListArgs),
    /// Look rule files over for faults and what can not be meant
    Check(LookOverArgs),
    /// Run the tests inside rule files
    Test(TestArgs),
    /// Write a page for each rule, and an index
    Doc(DocArgs),
    /// Write a rule to start from
    New(NewArgs),
    /// Print the JSON Schema of a kind of file, for editors
    Schema(SchemaArgs),
}

/// `gouji rules list`.
#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    /// How the list is written
    #[arg(id = "list_format", long = "format", value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: ListFormat,
    #[command(flatten)]
    pub(crate) extra: ExtraRules,
    #[command(flatten)]
    pub(crate) show: ShowArgs,
}

/// `gouji rules check`.
#[derive(Debug, Args)]
pub(crate) struct LookOverArgs {
    /// Rule files or folders; without any, the shipped rules and those of the configuration
    #[arg(id = "rule_files", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) config: ConfigArgs,
    #[command(flatten)]
    pub(crate) show: ShowArgs,
}

/// `gouji rules test`.
#[derive(Debug, Args)]
pub(crate) struct TestArgs {
    /// Rule files or folders; without any, the shipped rules and those of the configuration
    #[arg(id = "test_paths", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Test the tests: change each right example in one place and see whether the rule notices
    #[arg(long)]
    pub(crate) mutate: bool,
    /// Only rules that fail, and the closing line
    #[arg(id = "only_failed", short = 'q', long = "quiet")]
    pub(crate) quiet: bool,
    #[command(flatten)]
    pub(crate) config: ConfigArgs,
    #[command(flatten)]
    pub(crate) show: ShowArgs,
}

/// `gouji rules doc`.
#[derive(Debug, Args)]
pub(crate) struct DocArgs {
    /// Rule files or folders; without any, the shipped rules
    #[arg(id = "doc_paths", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// The folder that the pages are written into
    #[arg(id = "page_folder", short = 'o', long = "output", value_name = "FOLDER", default_value = "docs/rules")]
    pub(crate) folder: PathBuf,
}

/// `gouji rules new`.
#[derive(Debug, Args)]
pub(crate) struct NewArgs {
    /// The rule's code [default: XX102]
    #[arg(id = "new_code", value_name = "CODE")]
    pub(crate) code: Option<String>,
    /// A report: the rule is over a table of it, with the table's own labels
    #[arg(id = "from_table", long = "from-table", value_name = "REPORT")]
    pub(crate) report: Option<PathBuf>,
    /// Which table of the report, from 1
    #[arg(id = "table_number", long = "table", value_name = "N", default_value = "1", requires = "from_table",
        value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) table: u16,
    #[command(flatten)]
    pub(crate) show: ShowArgs,
}

/// `gouji rules schema`.
#[derive(Debug, Args)]
pub(crate) struct SchemaArgs {
    /// The kind of file: rule, config, form, data or pack
    #[arg(id = "file_kind", value_enum, value_name = "KIND", default_value_t)]
    pub(crate) kind: SchemaKind,
    #[command(flatten)]
    pub(crate) show: ShowArgs,
}

/// The kinds of files that have a schema.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaKind {
    // A rule
    #[default]
    Rule,
    // gouji.yaml
    Config,
    // forms/NAME.yaml
    Form,
    // data/NAME.yaml
    Data,
    // pack.yaml
    Pack,
}

impl SchemaKind {
    /// The kind of file.
    pub(crate) fn of(self) -> FileKind {
        match self {
            Self::Rule => FileKind::Rule,
            Self::Config => FileKind::Config,
            Self::Form => FileKind::Form,
            Self::Data => FileKind::Data,
            Self::Pack => FileKind::Pack,
        }
    }
}

/// How a list of rules is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    // For people
    #[default]
    Pretty,
    // A JSON list
    Json,
}
