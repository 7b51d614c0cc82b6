//! A report of a run with all that its check needs: the rules for it, and what was said of its findings before.

use crate::Stop;
use crate::baseline::{Remembered, Sight};
use crate::config::{self, Accepted, EntryId};
use crate::rulesets::{Loaded, RuleSets};
use crate::series::Series;
use crate::walk::Input;
use gouji_core::document::Document;
use gouji_lint::engine::{self, CheckOptions};
use gouji_lint::finding::Report;
use gouji_render::words;
use rayon::prelude::*;
use std::sync::Arc;

/// Reports held at once: enough to keep every core busy, few enough to stay small.
const AT_ONCE: usize = 64;

/// A report to be checked.
#[derive(Debug)]
pub(crate) struct Job<'a> {
    pub(crate) input: &'a Input,
    pub(crate) loaded: &'a Loaded,
    /// What the check is given.
    pub(crate) checking: CheckOptions,
    /// What each of its acceptances is known by.
    pub(crate) entries: Vec<EntryId>,
    /// What a baseline has of it.
    pub(crate) remembered: Option<Remembered>,
    /// Where last year's report is looked for.
    series: &'a Series,
}

impl Job<'_> {
    /// The file's bytes and what they hold, or why there is none.
    pub(crate) fn read(&self) -> Result<(Vec<u8>, Document), String> {
        let lang = self.checking.lang;
        let bytes = self.input.read(lang)?;
        let document =
            gouji_core::read_with(&self.input.name, &bytes, self.loaded.rules.known_labels(), &self.checking.reading)
                .map_err(|error| words::read_error(lang, &error))?;
        Ok((bytes, document))
    }

    /// Whether any rule looks at it. The tool's own judge only what was said to the tool, so they count where they are
    /// asked for.
    pub(crate) fn is_judged(&self) -> bool {
        let (rules, select) = (&self.loaded.rules, &self.checking.select);
        let own = if select.is_empty() { &[] } else { rules.own() };
        let mut infos = rules.rules().iter().map(|rule| &rule.info).chain(own);
        infos.any(|info| self.checking.selects(&info.id))
    }

    /// What its rules find in it, and the document as it may be shown.
    pub(crate) fn check(&self, document: Document) -> (Document, Report) {
        let rules = &self.loaded.rules;
        let prev = Arc::new(self.series.before(&document, self.loaded, &self.checking));
        let report = engine::check(&document, rules, &CheckOptions { prev, ..self.checking.clone() });
        (report.mask.document(document), report)
    }

    /// What its baseline learns of it; nothing where it has none.
    pub(crate) fn sight(&self, report: &Report) -> Sight {
        self.remembered.as_ref().map(|remembered| remembered.sight(report)).unwrap_or_default()
    }
}

/// The reports of a run, in their order.
pub(crate) fn all<'a>(
    inputs: &'a [Input],
    loaded: &'a RuleSets,
    series: &'a Series,
    checking: &CheckOptions,
) -> Vec<Job<'a>> {
    inputs.iter().zip(loaded.each()).map(|(input, loaded)| one(input, loaded, series, checking)).collect()
}

fn one<'a>(input: &'a Input, loaded: &'a Loaded, series: &'a Series, checking: &CheckOptions) -> Job<'a> {
    let mut checking = checking.clone();
    let mut entries = Vec::new();
    if let Some(config) = &loaded.config {
        for Accepted { id, entry, .. } in config.accepted_in(&config::path_of(input)) {
            entries.push(id.clone());
            checking.acceptances.push(Arc::clone(entry));
        }
    }
    Job { input, loaded, checking, entries, remembered: None, series }
}

/// Does the work of all reports in parallel, and what follows from it in their order.
pub(crate) fn each<T: Send>(
    jobs: &[Job<'_>],
    work: impl Fn(&Job<'_>) -> T + Sync,
    mut then: impl FnMut(&Job<'_>, T) -> Result<(), Stop>,
) -> Result<(), Stop> {
    for jobs in jobs.chunks(AT_ONCE) {
        let done: Vec<T> = match jobs {
            // Starting the threads would cost more than one report does.
            [job] => vec![work(job)],
            jobs => jobs.par_iter().map(&work).collect(),
        };
        for (job, done) in jobs.iter().zip(done) {
            then(job, done)?;
        }
    }
    Ok(())
}
