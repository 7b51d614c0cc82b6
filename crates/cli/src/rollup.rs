//! `gouji rollup`: a consolidated report against the reports of its members.

use crate::accepting::{Entries, Told};
use crate::args::rollup::{RollupArgs, RollupFormat};
use crate::config;
use crate::job::{self, Job};
use crate::output::{self, Output};
use crate::rulesets::{Loaded, RuleSets};
use crate::series::Series;
use crate::walk::{self, Found, Input};
use crate::{Exit, Stop, setup};
use gouji_core::document::Document;
use gouji_lint::engine::CheckOptions;
use gouji_lint::finding::{Lang, Status};
use gouji_lint::rollup::{self, Frame, Given, Rollup, Sheet};
use gouji_render::rollup::{self as render, Rolled};
use gouji_render::run::{Checked, Closing, NotChecked, Options, Settled, Talk, Tally, Unread};
use gouji_render::words::{self, pick};
use gouji_render::{json, pretty, short};
use rayon::prelude::*;
use std::path::Path;

/// Runs the command.
pub(crate) fn run(args: &RollupArgs, lang: Lang) -> Result<Exit, Stop> {
    let consolidated = consolidated(&args.consolidated, lang)?;
    let loaded = RuleSets::load(std::slice::from_ref(&consolidated), &args.extra, lang)?;
    let checking = setup::options(loaded.sets(), &args.understanding, None, lang)?;
    let talk = if args.quiet { Talk::Quiet } else { Talk::Full };
    let accepted = if args.show_accepted { Settled::Listed } else { Settled::Counted };
    let options = Options { accepted, ..output::options(&args.show, lang, talk) };
    let found = members(args, &consolidated, &loaded.sets()[0], lang)?;
    let mut inputs = found.inputs.clone();
    inputs.push(consolidated.clone());
    walk::refuse_to_overwrite(args.show.output.as_deref(), &inputs, lang)?;

    // Members are compared, not years.
    let series = Series::default();
    let jobs = job::all(std::slice::from_ref(&consolidated), &loaded, &series, &checking);
    let mut run = Run { loaded: &loaded, unread: found.unread, not_checked: found.not_checked, accepting: Vec::new() };
    let done = run.read_and_compare(&jobs[0], &found.inputs, lang);
    let mut out = Output::open(&args.show, lang);
    let done = done.as_ref().map(|(document, rolled)| (&consolidated, document, rolled));
    let tally = run.write(done, args.format, &options, &mut out)?;
    out.finish()?;
    let failed = args.fail_on.level().is_some_and(|level| tally.at_least(level) > 0);
    let is_unread = !run.unread.is_empty() || done.is_some_and(|(.., rolled)| rolled.report.form.is_none());
    Ok(Exit::of(!loaded.errors().is_empty(), is_unread, failed))
}

/// The consolidated report as an input; it is one file.
fn consolidated(path: &Path, lang: Lang) -> Result<Input, Stop> {
    let found = walk::find(&[path.to_owned()], STDIN_NAME, lang);
    match found.inputs.into_iter().next() {
        Some(input) if !path.is_dir() => Ok(input),
        _ => Err(Stop(match lang {
            Lang::Zh => format!("{} 是文件夹；先写一份汇总报告，再写各单位的报告", path.display()),
            Lang::En => format!("{} is a folder: the consolidated report is one file and comes first", path.display()),
        })),
    }
}

/// What standard input goes by.
const STDIN_NAME: &str = "stdin.txt";

/// The members' files: those given, else those that the configuration names. The consolidated report is none of them.
fn members(args: &RollupArgs, consolidated: &Input, loaded: &Loaded, lang: Lang) -> Result<Found, Stop> {
    let mut found = match &loaded.config {
        _ if !args.members.is_empty() => walk::find(&args.members, STDIN_NAME, lang),
        Some(config) if config.names_members() => {
            let folder = Path::new(&config.name).parent().filter(|folder| !folder.as_os_str().is_empty());
            let mut found = walk::find(&[folder.unwrap_or(Path::new(".")).to_owned()], STDIN_NAME, lang);
            found.inputs.retain(|input| config.has_member(&config::path_of(input)));
            found.not_checked.retain(|file| config.has_member(&config::find::real(Path::new(&file.path))));
            found
        }
        _ => return Err(Stop(no_members(lang).to_owned())),
    };
    let own = real(consolidated);
    let is_own = |input: &Input| input.file.is_some() && real(input) == own;
    if let Some(at) = found.inputs.iter().position(is_own) {
        let why = pick(lang, "就是汇总报告，没有计入", "the consolidated report itself: not counted").to_owned();
        found.not_checked.push(NotChecked { path: found.inputs.remove(at).name, why });
    }
    if found.inputs.is_empty() && found.unread.is_empty() {
        let (zh, en) = ("没有找到各单位的报告：所写的文件夹或 members 里没有", "no members' reports are found there");
        return Err(Stop(pick(lang, zh, en).to_owned()));
    }
    Ok(found)
}

fn real(input: &Input) -> Option<std::path::PathBuf> {
    input.file.as_ref().map(|path| path.canonicalize().unwrap_or_else(|_| path.clone()))
}

fn no_members(lang: Lang) -> &'static str {
    pick(
        lang,
        "没有各单位的报告：写在汇总报告之后，或在 gouji.yaml 里写 members: {files: …}",
        "there are no members' reports: name them behind the consolidated one, or by `members: {files: …}` in gouji.yaml",
    )
}

/// A run, and what it could not read.
struct Run<'a> {
    loaded: &'a RuleSets,
    unread: Vec<Unread>,
    not_checked: Vec<NotChecked>,
    /// What is said of acceptances in configurations.
    accepting: Vec<Told>,
}

impl Run<'_> {
    /// The consolidated report as it may be shown, and what the comparison came to; none where it can not be read.
    fn read_and_compare(&mut self, job: &Job<'_>, inputs: &[Input], lang: Lang) -> Option<(Document, Rollup)> {
        match job.read() {
            Ok((_, document)) => {
                let rolled = self.compare(job, &document, inputs, lang);
                let mut entries = Entries::default();
                entries.meet(job, &rolled.report.fates);
                self.accepting = entries.tell(&job.checking);
                Some((rolled.report.mask.document(document), rolled))
            }
            Err(error) => {
                self.unread.push(Unread { path: job.input.name.clone(), error });
                None
            }
        }
    }

    /// Reads the members and compares.
    fn compare(&mut self, job: &Job<'_>, document: &Document, inputs: &[Input], lang: Lang) -> Rollup {
        let rules = &job.loaded.rules;
        let frame = Frame::of(document, rules, &job.checking);
        let consolidated = frame.sheet(&job.input.name, document, rules, &job.checking);
        // What is known of the consolidated report is not known of its members.
        let theirs = CheckOptions { year: None, organ: None, form: None, ..job.checking.clone() };
        let read = |input: &Input| -> Result<Sheet, Unread> {
            let unread = |error| Unread { path: input.name.clone(), error };
            let bytes = input.read(lang).map_err(unread)?;
            let document = gouji_core::read_with(&input.name, &bytes, rules.known_labels(), &theirs.reading);
            let document = document.map_err(|error| unread(words::read_error(lang, &error)))?;
            Ok(frame.sheet(&input.name, &document, rules, &theirs))
        };
        let read: Vec<Result<Sheet, Unread>> = inputs.par_iter().map(read).collect();
        let (mut members, mut unread) = (Vec::new(), Vec::new());
        for read in read {
            match read {
                Ok(sheet) => members.push(sheet),
                Err(error) => unread.push(error),
            }
        }
        self.unread.extend(unread);
        let unread: Vec<String> = self.unread.iter().map(|file| file.path.clone()).collect();
        let organs = job.loaded.config.as_ref().map(|config| config.organs()).unwrap_or_default();
        let given = Given {
            document,
            frame: &frame,
            consolidated: &consolidated,
            members: &members,
            unread: &unread,
            organs: &organs,
        };
        let rolled = rollup::rollup(&given, rules, &job.checking);
        let no_reports = rolled.no_reports.iter().cloned();
        self.not_checked.extend(no_reports.map(|(path, why)| NotChecked { path, why }));
        rolled
    }

    /// Writes what it came to; none where the consolidated report could not be read.
    fn write(
        &self,
        done: Option<(&Input, &Document, &Rollup)>,
        format: RollupFormat,
        options: &Options,
        out: &mut Output,
    ) -> Result<Tally, Stop> {
        let config_names = self.loaded.config_names();
        let rolled = done.map(|(input, document, rollup)| Rolled {
            checked: Checked {
                path: &input.name,
                config: config_names.first().map(String::as_str),
                document,
                report: &rollup.report,
            },
            rollup,
        });
        let mut tally = done.map(|(.., rollup)| Tally::of(&rollup.report)).unwrap_or_default();
        self.accepting.iter().for_each(|told| tally.add_findings(&told.report));
        let errors = self.loaded.errors();
        let closing = Closing {
            tally: &tally,
            unread: &self.unread,
            not_checked: &self.not_checked,
            configs: &config_names,
            accepting: &self.accepting.iter().map(Told::checked).collect::<Vec<_>>(),
            rule_errors: &errors,
            gone: None,
            target: None,
        };
        let (text, aside) = texts(rolled.as_ref(), &closing, self.loaded, format, options);
        out.write(text.as_bytes())?;
        if !aside.is_empty() {
            output::complain(&aside);
        }
        Ok(tally)
    }
}

/// What is written, and what there is no place for in it: that goes to standard error.
fn texts(
    rolled: Option<&Rolled<'_>>,
    closing: &Closing<'_>,
    loaded: &RuleSets,
    format: RollupFormat,
    options: &Options,
) -> (String, String) {
    let of = |write: &dyn Fn(&Rolled<'_>) -> String| rolled.map(write).unwrap_or_default();
    let summary = of(&|rolled| render::summary(rolled, options));
    let open = |ends: &[Status]| of(&|rolled| render::open(rolled, ends, options));
    let short = of(&|rolled| short::document(&rolled.checked, options));
    let all = open(&[Status::Failed, Status::Undetermined, Status::Unbound]);
    let aside = [short.as_str(), &all, &short::closing(closing, options)].concat();
    let lang = options.lang;
    match format {
        RollupFormat::Pretty => {
            let findings = of(&|rolled| pretty::document(&rolled.checked, options));
            // Of rules that found nothing it says itself why they could not judge.
            let open = open(&[Status::Failed]);
            ([findings, open, summary, pretty::closing(closing, options)].concat(), String::new())
        }
        RollupFormat::Short => (aside, String::new()),
        RollupFormat::Json => {
            let opening = json::opening(env!("CARGO_PKG_VERSION"), &loaded.packs());
            let document = of(&|rolled| json::document(&rolled.checked));
            ([opening, document, json::closing(closing)].concat(), String::new())
        }
        RollupFormat::Ndjson => {
            let document = of(&|rolled| json::document(&rolled.checked) + "\n");
            (document, short::closing(closing, options))
        }
        RollupFormat::Table => {
            let table = of(&|rolled| render::text::table(rolled, options));
            ([table, short, all, summary, pretty::closing(closing, options)].concat(), String::new())
        }
        RollupFormat::Csv => (of(&|rolled| render::csv::table(rolled, lang)), aside),
        RollupFormat::Html => (of(&|rolled| render::html::page(rolled, closing, lang)), aside),
    }
}
