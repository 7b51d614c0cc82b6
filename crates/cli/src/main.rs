//! The command `gouji`: arguments in, reports read, findings out, and an exit status.
//!
//! Only here are files, clock, environment and threads touched; everything else is a pure function of what this
//! crate hands it.

mod accepting;
mod annotate;
mod args;
mod baseline;
mod check;
mod clock;
mod config;
mod convert;
mod explain;
mod files;
mod fix;
mod help;
mod init;
mod inspect;
mod job;
mod output;
mod rollup;
mod rules;
mod rulesets;
mod series;
mod setup;
mod sources;
mod walk;
mod word;

use args::Command;
use gouji_lint::finding::Lang;
use gouji_render::words::pick;
use std::ffi::OsString;
use std::process::ExitCode;

/// How a run ended. Where several hold, usage comes before unread, unread before findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Nothing at or above the level asked for.
    Clean,
    /// Findings, tests that fail, or files that a fix would change.
    Findings,
    /// Wrong usage, configuration or rule.
    Usage,
    /// An input could not be read; the others were still checked.
    Unread,
}

impl Exit {
    /// The status that several causes come to.
    pub(crate) fn of(usage: bool, unread: bool, findings: bool) -> Self {
        match (usage, unread, findings) {
            (true, _, _) => Self::Usage,
            (_, true, _) => Self::Unread,
            (_, _, true) => Self::Findings,
            _ => Self::Clean,
        }
    }

    fn code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Findings => 1,
            Self::Usage => 2,
            Self::Unread => 3,
        }
    }
}

/// Why a run stopped before its end; the text is in the user's language.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Stop(pub(crate) String);

fn main() -> ExitCode {
    let argv: Vec<OsString> = std::env::args_os().collect();
    let lang = help::language(&argv);
    let exit = match args::parse(&argv, lang) {
        Ok(command) => run(command, lang).unwrap_or_else(|stop| {
            output::complain(&format!("gouji{}{}", pick(lang, "：", ": "), stop.0));
            Exit::Usage
        }),
        Err(exit) => exit,
    };
    ExitCode::from(exit.code())
}

fn run(command: Command, lang: Lang) -> Result<Exit, Stop> {
    match command {
        Command::Check(args) => check::run(&args, lang),
        Command::Fix(args) => fix::run(&args, lang),
        Command::Annotate(args) => annotate::run(&args, lang),
        Command::Inspect(args) => inspect::run(&args, lang),
        Command::Rollup(args) => rollup::run(&args, lang),
        Command::Explain(args) => explain::run(&args, lang),
        Command::Init(args) => init::run(&args, lang),
        Command::Rules(args) => rules::run(&args, lang),
        Command::Baseline(args) => baseline::run(&args, lang),
        Command::Config(args) => config::show::run(&args, lang),
    }
}
