//! The rules that a command looks at, and the files beside them.

use crate::config::Configuration;
use crate::sources::{self, RuleFiles};
use crate::{Stop, files, setup};
use gouji_lint::finding::{Lang, RuleError};
use gouji_lint::rule::Rule;
use gouji_lint::ruleset::{RuleSet, SourceFile};
use gouji_lint::selftest::{self, Fixtures};
use gouji_lint::settings::{Profile, Settings};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Rules that are looked at themselves: those given, among those of the configuration.
pub(super) struct GivenRules {
    /// Those without a fault, the others of the configuration among them.
    pub(super) rules: RuleSet,
    /// The faults of the rest.
    pub(super) errors: Vec<RuleError>,
    /// The files given; empty: all.
    files: BTreeSet<String>,
    /// The files on disk: those given and those of the configuration.
    on_disk: BTreeSet<String>,
}

impl GivenRules {
    /// Loads the rules at some paths; without any those of the configuration, or the shipped ones.
    pub(super) fn load(paths: &[PathBuf], config: Option<&Configuration>, lang: Lang) -> Result<Self, Stop> {
        let mut given = RuleFiles::default();
        for path in paths {
            given.extend(setup::rule_files(path, lang)?);
        }
        let files: BTreeSet<String> = given.files.iter().map(|file| file.path.clone()).collect();
        let (base, mut errors) = match config {
            Some(config) => (config.sources(), config.errors.clone()),
            None => (sources::shipped(), Vec::new()),
        };
        let local = config.into_iter().flat_map(Configuration::local_files).map(|file| file.path.clone());
        let on_disk = local.chain(files.iter().cloned()).collect();
        // Tests are held against rules as their authors wrote them, whatever a configuration says of them,
        // and strictly, so that those on style are tried too.
        let settings = Settings { profile: Profile::Strict, ..Settings::default() };
        let (rules, found) = RuleSet::load_with(&beside(base, given.files), &settings);
        errors.extend(given.errors);
        errors.extend(found);
        Ok(Self { rules, errors, files, on_disk })
    }

    /// Whether a file is one of those to look at.
    pub(super) fn is_given(&self, file: &str) -> bool {
        self.files.is_empty() || self.files.contains(file)
    }

    /// The rules themselves, by code.
    pub(super) fn given(&self) -> Vec<&Rule> {
        self.rules.rules().iter().filter(|rule| self.is_given(&rule.info.file)).collect()
    }

    /// The files that the tests name, as far as they can be read. Those of shipped rules would lie nowhere.
    pub(super) fn fixtures(&self, lang: Lang) -> Fixtures {
        let on_disk = self.rules.rules().iter().filter(|rule| self.on_disk.contains(&rule.info.file));
        let paths = on_disk.flat_map(selftest::fixtures_of);
        paths.filter_map(|path| Some((path.to_owned(), files::read(Path::new(path), lang).ok()?))).collect()
    }
}

/// The files given, and of the others those that they do not bring themselves: rules under test may be the
/// shipped ones being worked on, and need the shipped forms and words in any case.
fn beside(mut sources: Vec<SourceFile>, given: Vec<SourceFile>) -> Vec<SourceFile> {
    sources.retain(|file| !given.iter().any(|given| is_same(&given.path, &file.path)));
    sources.extend(given);
    sources
}

/// Whether a given path names a shipped file: `rules/forms/a.yaml` and `forms/a.yaml`, or the same file name
/// that starts with a code.
fn is_same(given: &str, shipped: &str) -> bool {
    let given = given.replace('\\', "/");
    let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let code = |path: &str| name(path).split('-').next().unwrap_or_default().to_owned();
    let has_code = |path: &str| code(path).len() == 5;
    given == shipped
        || given.ends_with(&format!("/{shipped}"))
        || (has_code(shipped) && has_code(&given) && code(&given) == code(shipped))
}
