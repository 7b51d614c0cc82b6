//! What became of the entries of `accept:` over a whole run, told at their lines in the configuration.

use crate::config::{Configuration, EntryId};
use crate::job::Job;
use gouji_core::document::Document;
use gouji_lint::accept::{self, Acceptance, Fate};
use gouji_lint::engine::CheckOptions;
use gouji_lint::finding::Report;
use gouji_lint::ruleset::RuleSet;
use gouji_render::run::Checked;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The entries that spoke of a report of the run, by file and place.
#[derive(Debug, Default)]
pub(crate) struct Entries(BTreeMap<EntryId, Met>);

/// An entry, and what became of it so far.
#[derive(Debug)]
struct Met {
    entry: Arc<Acceptance>,
    fate: Fate,
    /// The first configuration that has it.
    config: Arc<Configuration>,
}

impl Entries {
    /// Takes in what became of a report's entries.
    pub(crate) fn meet(&mut self, job: &Job<'_>, fates: &[Fate]) {
        let Some(config) = &job.loaded.config else { return };
        for ((id, entry), &fate) in job.entries.iter().zip(&job.checking.acceptances).zip(fates) {
            let met = Met { entry: Arc::clone(entry), fate, config: Arc::clone(config) };
            self.0.entry(id.clone()).and_modify(|met| met.fate = met.fate.and(fate)).or_insert(met);
        }
    }

    /// What is to be said of them, by configuration file; files of which nothing is to be said are left out.
    pub(crate) fn tell(&self, checking: &CheckOptions) -> Vec<Told> {
        let all: Vec<(&EntryId, &Met)> = self.0.iter().collect();
        let files = all.chunk_by(|a, b| a.0.0 == b.0.0).map(|of_file| Told::of(of_file, checking));
        files.filter(|told| !told.report.findings.is_empty()).collect()
    }
}

/// What is said of the entries of one configuration file.
pub(crate) struct Told {
    name: String,
    document: Document,
    pub(crate) report: Report,
}

impl Told {
    /// Of the entries of one file, of which there is at least one.
    fn of(entries: &[(&EntryId, &Met)], checking: &CheckOptions) -> Self {
        let (_, Met { entry, config, .. }) = entries[0];
        let pairs: Vec<(&Acceptance, Fate)> = entries.iter().map(|(_, met)| (&*met.entry, met.fate)).collect();
        // Overrides speak of reports: the levels are those that the configuration gives to all.
        let (rules, _) = RuleSet::load_with(&[], &config.settings(&[]).0);
        Self {
            name: entry.place.file.to_string(),
            document: gouji_core::plain(&entry.place.file, &entry.place.source),
            report: accept::of_entries(&pairs, &rules, checking),
        }
    }

    /// As the outputs take it.
    pub(crate) fn checked(&self) -> Checked<'_> {
        Checked { path: &self.name, config: None, document: &self.document, report: &self.report }
    }
}
