//! Help and usage faults in the user's language: clap's own texts are the English, [`chinese`] holds the others.

use crate::args::Cli;
use crate::{Exit, output};
use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, CommandFactory};
use gouji_lint::finding::Lang;
use std::ffi::OsString;
use std::io::Write;

mod chinese;

/// The examples at the end of a command's English help.
const EXAMPLES: &[(&str, &str)] = &[
    (
        "gouji",
        "Examples:
  gouji check report.txt                    check one report
  gouji check reports/                      check a folder and all below it
  gouji check reports/ --format json -o findings.json
  gouji fix --diff report.txt               see what would be mended
  gouji fix --backup report.txt             mend it and keep the old file
  gouji explain NB301                       what a rule wants, and why

Exit status: 0 clean, 1 findings (see --fail-on), 2 wrong usage, configuration or rule, 3 an input could not be read",
    ),
    (
        "check",
        "Examples:
  gouji check report.txt
  gouji check reports/ --select NB3,NB4     only the ties of numbers
  gouji check reports/ --ignore GW4 --fail-on warning
  gouji check report.txt --trace NB301      which numbers the rule looked at, and how
  type report.txt | gouji check - --stdin-name report.txt",
    ),
    (
        "fix",
        "Examples:
  gouji fix --diff report.txt               see the changes, write nothing
  gouji fix --backup reports/               mend all, keep the old files
  gouji fix report.txt -o mended.txt        write the mended text elsewhere
  gouji fix --unsafe report.txt             also what needs a look",
    ),
    (
        "inspect",
        "Examples:
  gouji inspect report.txt                  outline, tables, figures
  gouji inspect --json report.txt",
    ),
    (
        "rollup",
        "Examples:
  gouji rollup county.txt departments/      is every number the sum of the departments'?
  gouji rollup county.txt                   members as gouji.yaml names them
  gouji rollup county.txt departments/ --format table
  gouji rollup county.txt departments/ --format csv -o figures.csv

A number that is not the sum is a warning: the consolidated report may count otherwise. --fail-on warning makes the exit
status 1. The members of one year are added up, each once; what is not counted is told.",
    ),
    (
        "explain",
        "Examples:
  gouji explain NB301                       what the rule wants, and why
  gouji explain --at report.txt:12          what was found on this line, how to mend or accept it",
    ),
    (
        "baseline",
        "Examples:
  gouji baseline create reports/            note what is there now
  gouji check reports/ --baseline gouji-baseline.jsonl
  gouji baseline prune                      take out what was mended",
    ),
    (
        "config",
        "Examples:
  gouji config reports/                     which configuration counts here, and what it changes
  gouji config report.txt --why NB301       who decides what becomes of a rule",
    ),
    (
        "rules",
        "Examples:
  gouji rules list
  gouji rules test my-rules/
  gouji rules doc my-rules/ -o pages        a page for each rule
  gouji rules schema rule -o rule.json      for completion in editors
  gouji rules new --from-table report.txt   a rule over a table of a report",
    ),
];

/// The language asked for by `--lang`, else the locale's: Chinese unless the locale clearly is another.
pub(crate) fn language(argv: &[OsString]) -> Lang {
    let asked = argv.iter().enumerate().find_map(|(at, arg)| {
        let arg = arg.to_str()?;
        match arg.strip_prefix("--lang=") {
            Some(value) => Some(value.to_owned()),
            None if arg == "--lang" => Some(argv.get(at + 1)?.to_str()?.to_owned()),
            None => None,
        }
    });
    match asked.as_deref() {
        Some("en") => Lang::En,
        Some(_) => Lang::Zh,
        None => {
            let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
            let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set);
            locale_language(locale.as_deref())
        }
    }
}

fn locale_language(locale: Option<&str>) -> Lang {
    let language = locale.unwrap_or_default();
    let language = language.split(['_', '.', '@', '-']).next().unwrap_or_default();
    match language {
        "" | "C" | "POSIX" | "zh" => Lang::Zh,
        _ => Lang::En,
    }
}

/// The command with its texts in a language.
pub(crate) fn command(lang: Lang) -> Command {
    let command = Cli::command();
    match lang {
        Lang::En => with_examples(command, ""),
        Lang::Zh => in_chinese(command, ""),
    }
}

/// The name that a command goes by in the tables of texts: two words where `gouji` has a command of that name itself.
fn key(command: &Command, above: &str) -> String {
    match (above, command.get_name()) {
        ("rules", "check") => "rules check".to_owned(),
        (_, name) => name.to_owned(),
    }
}

fn with_examples(mut command: Command, above: &str) -> Command {
    let name = key(&command, above);
    if let Some((_, text)) = EXAMPLES.iter().find(|(of, _)| *of == name) {
        command = command.after_help(*text);
    }
    command.mut_subcommands(|below| with_examples(below, &name))
}

fn in_chinese(command: Command, above: &str) -> Command {
    let name = key(&command, above);
    let mut command = command
        .subcommand_help_heading("命令")
        .help_template("{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}")
        .disable_help_subcommand(true)
        .mut_args(arg_in_chinese);
    if let Some(about) = chinese::about(&name) {
        command = command.about(about);
    }
    if let Some(usage) = chinese::usage(&name) {
        command = command.override_usage(usage);
    }
    if let Some(text) = chinese::examples(&name) {
        command = command.after_help(text);
    }
    command = command.disable_help_flag(true).arg(
        Arg::new("help").short('h').long("help").action(clap::ArgAction::Help).help("显示帮助").help_heading("选项"),
    );
    if name == "gouji" {
        command = command.disable_version_flag(true).arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(clap::ArgAction::Version)
                .help("显示版本")
                .help_heading("选项"),
        );
    }
    command.mut_subcommands(|below| in_chinese(below, &name))
}

fn arg_in_chinese(arg: Arg) -> Arg {
    let heading = if arg.is_positional() { "参数" } else { "选项" };
    let help = chinese::arg(arg.get_id().as_str());
    let arg = arg.help_heading(heading);
    let arg = match arg.get_action().takes_values() {
        true => arg.hide_default_value(true).hide_possible_values(true),
        false => arg,
    };
    match help {
        Some(help) => arg.help(help),
        None => arg,
    }
}

/// Prints help, the version, or what is wrong with the arguments.
pub(crate) fn tell(error: &clap::Error, lang: Lang) -> Exit {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let _ = write!(std::io::stdout(), "{}", error.render());
            Exit::Clean
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            output::complain(&error.render().to_string());
            Exit::Usage
        }
        _ => {
            let text = match lang {
                Lang::En => None,
                Lang::Zh => in_chinese_words(error),
            };
            output::complain(&text.unwrap_or_else(|| error.render().to_string()));
            Exit::Usage
        }
    }
}

/// What is wrong with the arguments, for the faults that people make.
fn in_chinese_words(error: &clap::Error) -> Option<String> {
    let context = |kind: ContextKind| error.get(kind).map(value_text);
    let arg = || context(ContextKind::InvalidArg);
    let text = match error.kind() {
        ErrorKind::UnknownArgument => format!("不认识的参数“{}”", arg()?),
        ErrorKind::InvalidSubcommand => {
            format!("不认识的命令“{}”", context(ContextKind::InvalidSubcommand)?)
        }
        ErrorKind::MissingRequiredArgument => format!("缺少参数 {}", arg()?),
        ErrorKind::MissingSubcommand => "缺少命令".to_owned(),
        ErrorKind::InvalidValue => match context(ContextKind::InvalidValue)?.as_str() {
            "" => format!("{} 缺少取值", arg()?),
            value => format!("{} 不能取“{value}”", arg()?),
        },
        ErrorKind::ValueValidation => {
            format!("{} 不能取“{}”", arg()?, context(ContextKind::InvalidValue)?)
        }
        ErrorKind::ArgumentConflict => {
            format!("{} 不能与 {} 同时使用", arg()?, context(ContextKind::PriorArg)?)
        }
        _ => return None,
    };
    let hint = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
        .into_iter()
        .find_map(context)
        .map(|near| format!("；是不是要写 {near}？"))
        .or_else(|| {
            context(ContextKind::ValidValue)
                .filter(|valid| !valid.is_empty())
                .map(|valid| format!("；可用的有：{valid}"))
        })
        .unwrap_or_default();
    Some(format!("gouji：{text}{hint}\n用 gouji --help 查看用法"))
}

fn value_text(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join("、"),
        ContextValue::StyledStr(text) => StyledStr::to_string(text),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_unless_the_locale_clearly_is_another() {
        for locale in [None, Some("C"), Some("C.UTF-8"), Some("POSIX"), Some("zh_CN.GB18030")] {
            assert_eq!(locale_language(locale), Lang::Zh, "{locale:?}");
        }
        assert_eq!(locale_language(Some("en_GB.UTF-8")), Lang::En);
        let argv = |args: &[&str]| args.iter().map(OsString::from).collect::<Vec<_>>();
        assert_eq!(language(&argv(&["gouji", "check", "--lang", "en"])), Lang::En);
        assert_eq!(language(&argv(&["gouji", "--lang=zh"])), Lang::Zh);
    }

    #[test]
    fn every_argument_and_command_has_its_chinese() {
        fn look(command: &Command, above: &str) {
            let name = key(command, above);
            assert!(chinese::about(&name).is_some() && chinese::usage(&name).is_some(), "{name}");
            for arg in command.get_arguments() {
                let id = arg.get_id().as_str();
                assert!(["help", "version"].contains(&id) || chinese::arg(id).is_some(), "{id}");
            }
            command.get_subcommands().for_each(|below| look(below, &name));
        }
        look(&Cli::command(), "");
        command(Lang::Zh).debug_assert();
        command(Lang::En).debug_assert();
    }
}
