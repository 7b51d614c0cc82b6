//! `gouji check`: reports read and checked in parallel, told in order.

use crate::accepting::{Entries, Told};
use crate::args::{CheckArgs, Format};
use crate::baseline::{Baselines, Sight};
use crate::job::{self, Job};
use crate::output::{self, Output};
use crate::rulesets::RuleSets;
use crate::series::Series;
use crate::{Exit, Stop, clock, setup, walk};
use clap::ValueEnum;
use gouji_lint::accept::Fate;
use gouji_lint::engine::CheckOptions;
use gouji_lint::finding::Lang;
use gouji_render::run::{Checked, Closing, NotChecked, Options, Settled, Talk, Tally, Unread};
use gouji_render::stats::{self, Stats};
use gouji_render::words::pick;
use gouji_render::{json, pretty, short, trace};

/// What became of one input: its share of the output.
#[derive(Default)]
struct Outcome {
    text: String,
    tally: Tally,
    stats: Stats,
    unread: Option<Unread>,
    /// There is no rule for it.
    unjudged: Option<NotChecked>,
    /// What became of its acceptances.
    fates: Vec<Fate>,
    /// What its baseline learns.
    sight: Sight,
}

/// Runs the command.
pub(crate) fn run(args: &CheckArgs, lang: Lang) -> Result<Exit, Stop> {
    let mut found = walk::find(&args.input.paths, &args.input.stdin_name, lang);
    if args.input.convert {
        found.convert_old();
    }
    let loaded = RuleSets::load(&found.inputs, &args.rules.extra, lang)?;
    let mut checking = options(args, &loaded, lang).inspect_err(|_| {
        // A code may be unknown because its rule has a fault.
        output::complain_of_rules(&loaded.errors(), &output::options(&args.show, lang, Talk::Full));
    })?;
    if args.format == Format::Short && !checking.trace.is_empty() {
        return Err(no_trace_in_short(lang));
    }
    checking.now = args.stats.then_some(clock::elapsed);
    setup::tell_of_unchecked(loaded.sets(), &checking.select, lang);
    let talk = if args.quiet { Talk::Quiet } else { Talk::Full };
    let shown = |asked| if asked { Settled::Listed } else { Settled::Counted };
    let (accepted, known) = (shown(args.show_accepted), shown(args.known.show_known));
    let options = Options { accepted, known, ..output::options(&args.show, lang, talk) };
    let mut out = Output::open(&args.show, lang);
    walk::refuse_to_overwrite(args.show.output.as_deref(), &found.inputs, lang)?;
    let series = Series::open(&args.series.prev, &found.inputs, &loaded, lang);
    let mut jobs = job::all(&found.inputs, &loaded, &series, &checking);
    let mut baselines = Baselines::open(&mut jobs, &args.known, lang)?;

    let mut tally = Tally::default();
    let mut stats = Stats::default();
    let mut unread: Vec<Unread> = found.unread.into_iter().chain(series.unread.iter().cloned()).collect();
    let mut unjudged: Vec<NotChecked> = Vec::new();
    if args.format == Format::Json {
        out.write(json::opening(env!("CARGO_PKG_VERSION"), &loaded.packs()).as_bytes())?;
    }
    let mut entries = Entries::default();
    job::each(
        &jobs,
        |job| check(job, args.format, &options),
        |job, outcome| {
            if args.format == Format::Json && tally.documents > 0 && !outcome.text.is_empty() {
                out.write(b",\n")?;
            }
            tally.merge(&outcome.tally);
            stats.merge(&outcome.stats);
            unread.extend(outcome.unread);
            unjudged.extend(outcome.unjudged);
            entries.meet(job, &outcome.fates);
            baselines.meet(job, outcome.sight);
            out.write(outcome.text.as_bytes())
        },
    )?;
    let told = entries.tell(&checking);
    told.iter().for_each(|told| tally.add_findings(&told.report));
    unread.sort_by(|a, b| a.path.cmp(&b.path));
    let any_unjudged = !unjudged.is_empty();
    let not_checked: Vec<NotChecked> = found.not_checked.into_iter().chain(unjudged).collect();
    let target = target(args);
    let gone = baselines.gone();
    let errors = loaded.errors();
    let closing = Closing {
        tally: &tally,
        unread: &unread,
        not_checked: &not_checked,
        configs: &loaded.config_names(),
        accepting: &told.iter().map(Told::checked).collect::<Vec<_>>(),
        rule_errors: &errors,
        gone: gone.as_deref(),
        target: target.as_deref(),
    };
    close(&closing, args.format, &options, &mut out)?;
    if args.stats {
        let table = stats::table(&stats, &options);
        match args.format {
            Format::Pretty => out.write(format!("\n{table}").as_bytes())?,
            // These have no place for a table.
            Format::Short | Format::Json | Format::Ndjson => output::complain(&table),
        }
    }
    out.finish()?;
    let failed = args.fail_on.level().is_some_and(|level| tally.at_least(level) > 0);
    Ok(Exit::of(any_unjudged || !errors.is_empty() || !tally.errored.is_empty(), !unread.is_empty(), failed))
}

/// The options of the check, with the rules to trace.
fn options(args: &CheckArgs, loaded: &RuleSets, lang: Lang) -> Result<CheckOptions, Stop> {
    let mut checking = setup::options(loaded.sets(), &args.input.understanding, Some(&args.rules), lang)?;
    checking.trace = setup::traced(loaded.sets(), &checking, &args.trace, lang)?;
    Ok(checking)
}

/// Writes what the run came to.
fn close(closing: &Closing<'_>, format: Format, options: &Options, out: &mut Output) -> Result<(), Stop> {
    match format {
        Format::Pretty => out.write(pretty::closing(closing, options).as_bytes()),
        Format::Short => out.write(short::closing(closing, options).as_bytes()),
        Format::Json => out.write(json::closing(closing).as_bytes()),
        Format::Ndjson => {
            complain(closing, options);
            Ok(())
        }
    }
}

fn check(job: &Job<'_>, format: Format, options: &Options) -> Outcome {
    let path = job.input.name.as_str();
    if !job.is_judged() {
        let why = pick(options.lang, "没有一条规则查它", "no rule looks at it").to_owned();
        let unjudged = Some(NotChecked { path: path.to_owned(), why });
        return Outcome { unjudged, fates: vec![Fate::Unjudged; job.entries.len()], ..Outcome::default() };
    }
    let started = job.checking.now.map(|now| now());
    let document = match job.read() {
        Ok((_, document)) => document,
        Err(error) => {
            let unread = Some(Unread { path: path.to_owned(), error });
            // An entry may have been written for this very report.
            let fates = vec![Fate::Unjudged; job.entries.len()];
            return Outcome { unread, fates, ..Outcome::default() };
        }
    };
    let (document, report) = job.check(document);
    let mut stats = Stats::default();
    if let (Some(now), Some(started)) = (job.checking.now, started) {
        stats.add(&report, now().saturating_sub(started));
    }
    let checked = Checked { path, config: job.loaded.config_name(), document: &document, report: &report };
    let text = match format {
        Format::Pretty => pretty::document(&checked, options) + trace::document(&checked, options).as_str(),
        Format::Short => short::document(&checked, options),
        Format::Json => json::document(&checked),
        Format::Ndjson => json::document(&checked) + "\n",
    };
    let (tally, sight) = (Tally::of(&report), job.sight(&report));
    Outcome { text, tally, stats, fates: report.fates, sight, ..Outcome::default() }
}

fn no_trace_in_short(lang: Lang) -> Stop {
    let zh = "--format short 一行一个问题，放不下检查过程；--trace 请用 pretty、json 或 ndjson";
    let en = "--format short has one line a finding and no room for a trace: use pretty, json or ndjson";
    Stop(pick(lang, zh, en).to_owned())
}

/// NDJSON has no place for what is no document: standard error has.
fn complain(closing: &Closing<'_>, options: &Options) {
    let text = short::closing(closing, options);
    if !text.is_empty() {
        output::complain(&text);
    }
}

/// What `gouji fix` needs to mend the same, where it is short; else a word for it. None for standard input, whose text
/// is not there any more.
fn target(args: &CheckArgs) -> Option<String> {
    let CheckArgs { input, rules, .. } = args;
    if input.paths.iter().any(|path| path.as_os_str() == "-") {
        return None;
    }
    let mut words = Vec::new();
    let mut option = |name: &str, value: String| words.push(format!("{name} {}", quoted(&value)));
    for path in &rules.extra.paths {
        option("--rules", path.display().to_string());
    }
    for (name, codes) in [("--select", &rules.select), ("--ignore", &rules.ignore)] {
        if !codes.is_empty() {
            option(name, codes.join(","));
        }
    }
    if let Some(config) = &rules.extra.config.config {
        option("--config", config.display().to_string());
    }
    if let Some(profile) = rules.extra.profile.and_then(|profile| profile.to_possible_value()) {
        option("--profile", profile.get_name().to_owned());
    }
    if input.convert {
        words.push("--convert".to_owned());
    }
    if rules.extra.config.no_config {
        words.push("--no-config".to_owned());
    }
    let paths: Vec<String> = input.paths.iter().map(|path| quoted(&path.display().to_string())).collect();
    let joined = paths.join(" ");
    words.push(if joined.chars().count() <= 60 { joined } else { "PATH…".to_owned() });
    Some(words.join(" "))
}

/// A word of a command line.
fn quoted(word: &str) -> String {
    if word.contains(char::is_whitespace) { format!("\"{word}\"") } else { word.to_owned() }
}
