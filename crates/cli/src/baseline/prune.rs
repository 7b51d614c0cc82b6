//! `gouji baseline prune`: what is no longer found taken out of a baseline; nothing is ever put in.

use super::compare::{Baselines, Lost, unreadable};
use super::file::{Baseline, NAME};
use crate::args::baseline::PruneArgs;
use crate::config::find;
use crate::job;
use crate::output::{self, Output};
use crate::rulesets::RuleSets;
use crate::series::Series;
use crate::walk::{Input, Old};
use crate::{Exit, Stop, files, setup};
use gouji_lint::finding::Lang;
use gouji_lint::settings::Place;
use gouji_render::run::Tally;
use gouji_render::words;
use std::path::{Path, PathBuf};

/// Runs the command.
pub(super) fn run(args: &PruneArgs, lang: Lang) -> Result<Exit, Stop> {
    let (path, place) = chosen(args, lang)?;
    let read = Baseline::read(&path, lang);
    let mut baseline = read.map_err(|why| unreadable(&path, place.as_ref(), &why, lang))?;
    let inputs = inputs(&baseline);
    let loaded = RuleSets::load(&inputs, &args.extra, lang)?;
    let checking = setup::options(loaded.sets(), &args.understanding, None, lang)?;
    let series = Series::open(&args.series.prev, &inputs, &loaded, lang);
    let mut jobs = job::all(&inputs, &loaded, &series, &checking);
    let mut baselines = Baselines::of(baseline.clone(), &mut jobs);
    let (mut tally, mut unread) = (Tally::default(), false);
    job::each(
        &jobs,
        |job| {
            let (_, document) = job.read()?;
            let (_, report) = job.check(document);
            Ok::<_, String>((job.sight(&report), Tally::of(&report)))
        },
        |job, looked| {
            match looked {
                Ok((sight, counts)) => {
                    tally.merge(&counts);
                    baselines.meet(job, sight);
                }
                Err(error) => {
                    unread = true;
                    output::complain(&words::unread(lang, &job.input.name, &error));
                }
            }
            Ok(())
        },
    )?;
    let errors = loaded.errors();
    output::complain_of_rules(&errors, &output::plain(lang));
    output::complain_of_failed(&tally.errored, lang);
    let lost = baselines.lost();
    if !lost.is_empty() {
        lost.iter().for_each(|lost| baseline.take_out(&lost.path, &lost.entry));
        files::write_new(&path, baseline.text().as_bytes(), lang).map_err(Stop)?;
    }
    let mut out = Output::stdout(lang);
    out.write(told(&baseline, &lost, lang).as_bytes())?;
    out.finish()?;
    Ok(Exit::of(!errors.is_empty() || !tally.errored.is_empty(), unread, false))
}

/// The baseline, and where a configuration names it: as given, else by the configuration of the current folder, else
/// by its usual name.
fn chosen(args: &PruneArgs, lang: Lang) -> Result<(PathBuf, Option<Place>), Stop> {
    if let Some(path) = &args.baseline {
        return Ok((path.clone(), None));
    }
    let loaded = setup::load(&args.extra, lang)?;
    match loaded.config.as_ref().and_then(|config| config.baseline.clone()) {
        Some((path, place)) => Ok((path, Some(place))),
        None if Path::new(NAME).exists() => Ok((PathBuf::from(NAME), None)),
        None => Err(Stop(match lang {
            Lang::Zh => format!("配置中没有写 baseline，这里也没有 {NAME}：用 --baseline 指定基线"),
            Lang::En => format!("no configuration names a baseline, and {NAME} is not here: give --baseline"),
        })),
    }
}

/// The files that a baseline speaks of and that are there.
fn inputs(baseline: &Baseline) -> Vec<Input> {
    let there = baseline.files.keys().map(|path| find::from_here(&baseline.file(path)));
    let there = there.filter(|file| file.exists());
    there.map(|file| Input { name: files::shown(&file), file: Some(file), old: Old::Refused }).collect()
}

/// What was taken out, and what is left.
fn told(baseline: &Baseline, lost: &[Lost], lang: Lang) -> String {
    let gone: Vec<_> = lost.iter().map(|lost| lost.gone.clone()).collect();
    let lines = words::gone(lang, &gone);
    let mut out: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let (name, n, left) = (files::shown(&baseline.path), lost.len(), baseline.n_places());
    out.push_str(&match (lang, n) {
        (Lang::Zh, 0) => format!("基线 {name} 没有可去掉的，仍有 {left} 处\n"),
        (Lang::En, 0) => format!("baseline {name}: nothing to take out; places left: {left}\n"),
        (Lang::Zh, _) => format!("基线 {name} 去掉 {n} 处，还有 {left} 处\n"),
        (Lang::En, _) => format!("baseline {name}: places taken out: {n}; left: {left}\n"),
    });
    out
}
