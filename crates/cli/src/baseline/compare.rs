//! A run held against baselines: what was known of each report, and what is no longer there.

use super::file::{Baseline, Entry};
use crate::args::baseline::KnownArgs;
use crate::config::{self, find, show};
use crate::job::Job;
use crate::{Stop, files};
use gouji_lint::finding::{Finding, Lang, LedgerEntry, Report};
use gouji_lint::settings::Place;
use gouji_render::run::{FileNow, Gone};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What a baseline has of one report.
#[derive(Debug)]
pub(crate) struct Remembered {
    baseline: Arc<Baseline>,
    /// The report's path as the baseline writes it.
    path: String,
}

/// What a baseline learns of one report.
#[derive(Debug, Default)]
pub(crate) struct Sight {
    /// What is no longer there.
    lost: Vec<Entry>,
    /// What is there, where the baseline does not speak of the report.
    strange: BTreeSet<String>,
}

impl Remembered {
    /// What becomes of the baseline's places in a report that was checked. What a rule did not look for is not lost.
    pub(crate) fn sight(&self, report: &Report) -> Sight {
        let found = || report.findings.iter().flat_map(Finding::fingerprints);
        let Some(entries) = self.baseline.files.get(&self.path) else {
            return Sight { lost: Vec::new(), strange: found().map(str::to_owned).collect() };
        };
        let found: BTreeSet<&str> = found().collect();
        let looked = report.ledger.iter().filter(|entry| entry.looked_everywhere());
        let looked: BTreeSet<&str> = looked.map(|LedgerEntry { rule, .. }| &**rule).collect();
        let is_lost = |entry: &&Entry| looked.contains(&*entry.rule) && !found.contains(&*entry.fingerprint);
        Sight { lost: entries.iter().filter(is_lost).cloned().collect(), strange: BTreeSet::new() }
    }
}

/// The baselines of a run, by real path.
#[derive(Debug, Default)]
pub(crate) struct Baselines(BTreeMap<PathBuf, Watch>);

/// A baseline, and what was learnt of it so far.
#[derive(Debug)]
struct Watch {
    baseline: Arc<Baseline>,
    lost: Vec<Lost>,
    /// Reports that it does not speak of, and what was found in them.
    strangers: Vec<(String, BTreeSet<String>)>,
}

/// A place that is no longer there.
#[derive(Debug)]
pub(crate) struct Lost {
    /// The report's path as the baseline writes it.
    pub(crate) path: String,
    /// What was there.
    pub(crate) entry: Entry,
    /// As it is told.
    pub(crate) gone: Gone,
}

impl Baselines {
    /// Reads the baselines for some reports, and tells each report what was known of it.
    pub(crate) fn open(jobs: &mut [Job<'_>], args: &KnownArgs, lang: Lang) -> Result<Self, Stop> {
        let mut baselines = Self::default();
        if args.no_baseline {
            return Ok(baselines);
        }
        if let Some(path) = &args.baseline {
            baselines.read(path, None, lang)?;
        }
        for job in jobs {
            let named = job.loaded.config.as_ref().and_then(|config| config.baseline.as_ref());
            let baseline = match (&args.baseline, named) {
                (Some(path), _) => baselines.read(path, None, lang)?,
                (None, Some((path, place))) => baselines.read(path, Some(place), lang)?,
                (None, None) => continue,
            };
            remember(job, baseline);
        }
        Ok(baselines)
    }

    /// The one baseline of a run.
    pub(crate) fn of(baseline: Baseline, jobs: &mut [Job<'_>]) -> Self {
        let baseline = Arc::new(baseline);
        jobs.iter_mut().for_each(|job| remember(job, Arc::clone(&baseline)));
        let watch = Watch { baseline: Arc::clone(&baseline), lost: Vec::new(), strangers: Vec::new() };
        Self(BTreeMap::from([(baseline.path.clone(), watch)]))
    }

    fn read(&mut self, path: &Path, place: Option<&Place>, lang: Lang) -> Result<Arc<Baseline>, Stop> {
        let real = find::real(path);
        if let Some(watch) = self.0.get(&real) {
            return Ok(Arc::clone(&watch.baseline));
        }
        let baseline = Baseline::read(path, lang).map_err(|why| unreadable(path, place, &why, lang))?;
        let baseline = Arc::new(baseline);
        let watch = Watch { baseline: Arc::clone(&baseline), lost: Vec::new(), strangers: Vec::new() };
        self.0.insert(real, watch);
        Ok(baseline)
    }

    /// Takes in what was learnt of a report.
    pub(crate) fn meet(&mut self, job: &Job<'_>, sight: Sight) {
        let Some(Remembered { baseline, path }) = &job.remembered else { return };
        let Some(watch) = self.0.values_mut().find(|watch| Arc::ptr_eq(&watch.baseline, baseline)) else { return };
        let name = &job.input.name;
        watch.lost.extend(sight.lost.into_iter().map(|entry| Lost::of(path, entry, name, FileNow::There)));
        if !sight.strange.is_empty() {
            watch.strangers.push((name.clone(), sight.strange));
        }
    }

    /// What the baselines have and the run does not, by path and rule; none where there is no baseline.
    pub(crate) fn gone(self) -> Option<Vec<Gone>> {
        let is_any = !self.0.is_empty();
        is_any.then(|| self.lost().into_iter().map(|lost| lost.gone).collect())
    }

    /// The same with how the baselines write it. Files that were not checked say nothing, but those that no longer
    /// exist do.
    pub(crate) fn lost(self) -> Vec<Lost> {
        let mut lost = Vec::new();
        for mut watch in self.0.into_values() {
            lost.append(&mut watch.lost);
            lost.extend(watch.missing());
        }
        let key = |lost: &Lost| (lost.gone.path.clone(), lost.entry.clone());
        lost.sort_by_cached_key(key);
        lost
    }
}

impl Watch {
    /// What the baseline has of files that are no longer there.
    fn missing(&self) -> Vec<Lost> {
        let mut lost = Vec::new();
        for (path, entries) in &self.baseline.files {
            let file = self.baseline.file(path);
            if !matches!(file.try_exists(), Ok(false)) {
                continue;
            }
            let name = files::shown(&find::from_here(&file));
            let now = self.moved(entries).map_or(FileNow::Missing, FileNow::Moved);
            lost.extend(entries.iter().map(|entry| Lost::of(path, entry.clone(), &name, now.clone())));
        }
        lost
    }

    /// The stranger in which most of what was found in a missing file is found again.
    fn moved(&self, entries: &BTreeSet<Entry>) -> Option<String> {
        let n_shared = |found: &BTreeSet<String>| entries.iter().filter(|e| found.contains(&e.fingerprint)).count();
        let likely = self.strangers.iter().map(|(name, found)| (n_shared(found), name));
        let likely = likely.filter(|(n, _)| n * 2 > entries.len());
        likely.min_by_key(|(n, name)| (std::cmp::Reverse(*n), *name)).map(|(_, name)| name.clone())
    }
}

impl Lost {
    fn of(path: &str, entry: Entry, name: &str, file: FileNow) -> Self {
        let Entry { rule, fingerprint, what } = entry.clone();
        let gone = Gone { path: name.to_owned(), rule, what, fingerprint, file };
        Self { path: path.to_owned(), entry, gone }
    }
}

fn remember(job: &mut Job<'_>, baseline: Arc<Baseline>) {
    let path = baseline.path_of(&config::path_of(job.input));
    let entries = baseline.files.get(&path).into_iter().flatten();
    job.checking.known = Arc::new(entries.map(|entry| entry.fingerprint.clone()).collect());
    job.remembered = Some(Remembered { baseline, path });
}

/// Without its baseline a run would call everything new.
pub(super) fn unreadable(path: &Path, place: Option<&Place>, why: &str, lang: Lang) -> Stop {
    let name = files::shown(path);
    let place = place.map(show::line);
    Stop(match lang {
        Lang::Zh => {
            let place = place.map_or(String::new(), |place| format!("（{place}）"));
            format!("无法读取基线 {name}{place}：{why}；gouji baseline create 可以重新建立")
        }
        Lang::En => {
            let place = place.map_or(String::new(), |place| format!(" ({place})"));
            format!("baseline {name}{place} can not be read: {why}; gouji baseline create makes it anew")
        }
    })
}
