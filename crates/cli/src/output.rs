//! Where output goes: standard output or a file, in colour or not, how wide.

use crate::Stop;
use crate::args::{ColorWhen, ShowArgs};
use crate::files;
use gouji_lint::finding::{Lang, RuleError};
use gouji_render::paint::Colour;
use gouji_render::pretty;
use gouji_render::run::{Options, Settled, Talk};
use gouji_render::words;
use std::collections::BTreeMap;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Arc;

/// Columns where no terminal says how many it has.
const COLUMNS: usize = 100;

/// An open output.
pub(crate) struct Output {
    sink: Sink,
    lang: Lang,
}

enum Sink {
    /// Standard output.
    Stdout(BufWriter<io::Stdout>),
    /// A file, written when all is said.
    File { path: PathBuf, bytes: Vec<u8> },
    /// The reader of standard output has gone: nobody listens any more.
    Gone,
}

impl Output {
    /// Opens the output that the arguments name.
    pub(crate) fn open(show: &ShowArgs, lang: Lang) -> Self {
        let sink = match &show.output {
            Some(path) => Sink::File { path: path.clone(), bytes: Vec::new() },
            None => Sink::Stdout(BufWriter::new(io::stdout())),
        };
        Self { sink, lang }
    }

    /// Opens standard output.
    pub(crate) fn stdout(lang: Lang) -> Self {
        Self { sink: Sink::Stdout(BufWriter::new(io::stdout())), lang }
    }

    /// Writes a piece. A reader that has gone is no fault.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<(), Stop> {
        let written = match &mut self.sink {
            Sink::Stdout(out) => out.write_all(bytes),
            Sink::File { bytes: held, .. } => {
                held.extend_from_slice(bytes);
                Ok(())
            }
            Sink::Gone => Ok(()),
        };
        self.settle(written)
    }

    /// Writes out what is held back; a file appears whole or not at all.
    pub(crate) fn finish(mut self) -> Result<(), Stop> {
        let written = match &mut self.sink {
            Sink::Stdout(out) => out.flush(),
            Sink::File { path, bytes } => {
                let failed = files::write_new(path, bytes, self.lang).err();
                return failed.map_or(Ok(()), |error| Err(Stop(error)));
            }
            Sink::Gone => Ok(()),
        };
        self.settle(written)
    }

    fn settle(&mut self, written: io::Result<()>) -> Result<(), Stop> {
        match written {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                // Dropping a buffer would try to write it once more.
                if let Sink::Stdout(out) = std::mem::replace(&mut self.sink, Sink::Gone) {
                    let _ = out.into_parts();
                }
                Ok(())
            }
            Err(error) => Err(Stop(match self.lang {
                Lang::Zh => format!("无法写出结果：{error}"),
                Lang::En => format!("the output could not be written: {error}"),
            })),
        }
    }
}

/// How output looks: as asked, else as the terminal and the environment have it.
pub(crate) fn options(show: &ShowArgs, lang: Lang, talk: Talk) -> Options {
    let on_terminal = show.output.is_none() && io::stdout().is_terminal();
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    let coloured = match show.color {
        ColorWhen::Always => true,
        ColorWhen::Never => false,
        ColorWhen::Auto => on_terminal && !dumb && !set("NO_COLOR"),
    };
    let terminal = || {
        let (columns, _) = on_terminal.then(terminal_size::terminal_size).flatten()?;
        Some(usize::from(columns.0))
    };
    let width = show.width.map(usize::from).or_else(terminal).unwrap_or(COLUMNS).max(40);
    let colour = if coloured { Colour::Ansi } else { Colour::Plain };
    Options { lang, width, colour, talk, accepted: Settled::Counted, known: Settled::Counted }
}

/// How faults look for commands whose own output is a file.
pub(crate) fn plain(lang: Lang) -> Options {
    let (accepted, known) = (Settled::Counted, Settled::Counted);
    Options { lang, width: COLUMNS, colour: Colour::Plain, talk: Talk::Full, accepted, known }
}

/// Says something on standard error. There is nobody left to tell where that fails.
pub(crate) fn complain(text: &str) {
    let _ = writeln!(io::stderr(), "{}", text.trim_end());
}

/// Tells of rules that failed when they ran, and why, on standard error.
pub(crate) fn complain_of_failed(errored: &BTreeMap<Arc<str>, String>, lang: Lang) {
    for (rule, why) in errored {
        complain(&words::rule_failed(lang, rule, why));
    }
}

/// Tells of faults in rule files on standard error, for commands whose output has no place for them.
pub(crate) fn complain_of_rules(errors: &[RuleError], options: &Options) {
    for error in errors {
        complain(&pretty::rule_error(error, options));
    }
}
