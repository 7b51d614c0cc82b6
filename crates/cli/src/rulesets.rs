//! The rules for each report of a run: one rule set for each configuration and the overrides that hold, loaded once.

use crate::args::ExtraRules;
use crate::config::{Configuration, Finder, Mask, Want};
use crate::sources::{self, RuleFiles};
use crate::walk::Input;
use crate::{Stop, files, setup};
use gouji_lint::accept;
use gouji_lint::finding::{Lang, RuleError};
use gouji_lint::ruleset::{Pack, RuleInfo, RuleSet, SourceFile};
use gouji_lint::settings::{Place, Settings};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// The rules for some reports.
#[derive(Debug)]
pub(crate) struct Loaded {
    /// Those without a fault.
    pub(crate) rules: RuleSet,
    /// What was said of them.
    pub(crate) settings: Settings,
    /// Where a configuration names the profile.
    pub(crate) profile_place: Option<Place>,
    /// The configuration.
    pub(crate) config: Option<Arc<Configuration>>,
    /// Which of its overrides hold.
    pub(crate) mask: Mask,
    /// The faults of the other rules, and of the configuration.
    pub(crate) errors: Vec<RuleError>,
}

impl Loaded {
    /// The configuration, as people know it.
    pub(crate) fn config_name(&self) -> Option<&str> {
        self.config.as_ref().map(|config| config.name.as_str())
    }

    /// What the rule of a code says of itself, be it off or not.
    pub(crate) fn info(&self, code: &str, lang: Lang) -> Result<&RuleInfo, Stop> {
        let mut infos = self.rules.infos().chain(self.rules.off());
        infos.find(|info| *info.id == *code).ok_or_else(|| setup::unknown_code(std::slice::from_ref(self), code, lang))
    }

    /// Whether a rule is off.
    pub(crate) fn is_off(&self, info: &RuleInfo) -> bool {
        self.rules.off().iter().any(|off| off.id == info.id)
    }
}

/// The rules of a run.
#[derive(Debug)]
pub(crate) struct RuleSets {
    /// At least one: where there is no report, that of the current folder.
    sets: Vec<Loaded>,
    /// Which set is whose, in the order of the reports.
    of: Vec<usize>,
}

impl RuleSets {
    /// Loads the rules for some reports.
    pub(crate) fn load(inputs: &[Input], extra: &ExtraRules, lang: Lang) -> Result<Self, Stop> {
        let mut finder = Finder::new(&extra.config, lang);
        let mut wants = Vec::new();
        for input in inputs {
            wants.push(finder.for_input(input)?);
        }
        if wants.is_empty() {
            wants.push(finder.for_here()?);
        }
        Self::load_wants(wants, &finder, extra, lang)
    }

    fn load_wants(all: Vec<Want>, finder: &Finder<'_>, extra: &ExtraRules, lang: Lang) -> Result<Self, Stop> {
        let mut more = RuleFiles::default();
        for path in &extra.paths {
            more.extend(setup::rule_files(path, lang)?);
        }
        let mut wants: Vec<Want> = Vec::new();
        let mut of = Vec::new();
        for want in all {
            let known = wants.iter().position(|other| is_same(other, &want));
            of.push(known.unwrap_or(wants.len()));
            if known.is_none() {
                wants.push(want);
            }
        }
        let one = |want: &Want| load(want, extra, &more);
        let mut sets: Vec<Loaded> = match wants.as_slice() {
            // Starting the threads would cost more than one rule set does.
            [want] => vec![one(want)],
            wants => wants.par_iter().map(one).collect(),
        };
        for config in finder.read() {
            look_over(config, &mut sets, &more.files);
        }
        Ok(Self { sets, of })
    }

    /// The sets, each once.
    pub(crate) fn sets(&self) -> &[Loaded] {
        &self.sets
    }

    /// The set of each report, in the order of the reports.
    pub(crate) fn each(&self) -> impl Iterator<Item = &Loaded> {
        self.of.iter().map(|&at| &self.sets[at])
    }

    /// The set of the first report or, where there is none, of the current folder.
    pub(crate) fn into_first(mut self) -> Loaded {
        self.sets.swap_remove(0)
    }

    /// The faults of all configurations and rules, each once.
    pub(crate) fn errors(&self) -> Vec<RuleError> {
        let mut errors: Vec<RuleError> = Vec::new();
        for error in self.sets.iter().flat_map(|set| &set.errors) {
            if !errors.contains(error) {
                errors.push(error.clone());
            }
        }
        errors
    }

    /// The packs of all sets, each once.
    pub(crate) fn packs(&self) -> Vec<Pack> {
        let mut packs: Vec<Pack> = self.sets.iter().flat_map(|set| set.rules.packs()).cloned().collect();
        packs.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
        packs.dedup();
        packs
    }

    /// The configurations, as people know them, each once.
    pub(crate) fn config_names(&self) -> Vec<String> {
        let names: BTreeSet<&str> = self.sets.iter().filter_map(Loaded::config_name).collect();
        names.into_iter().map(str::to_owned).collect()
    }
}

/// The rules for one path, be it a report or a folder.
pub(crate) fn for_path(path: &Path, extra: &ExtraRules, lang: Lang) -> Result<Loaded, Stop> {
    if let Err(error) = path.metadata() {
        let (name, why) = (path.display(), files::io_text(&error, lang));
        return Err(Stop(match lang {
            Lang::Zh => format!("{name}：{why}"),
            Lang::En => format!("{name}: {why}"),
        }));
    }
    let mut finder = Finder::new(&extra.config, lang);
    let want = match path.is_dir() {
        true => finder.for_folder(path)?,
        false => finder.for_file(path)?,
    };
    RuleSets::load_wants(vec![want], &finder, extra, lang).map(RuleSets::into_first)
}

fn is_same(a: &Want, b: &Want) -> bool {
    let is_same_config = match (&a.0, &b.0) {
        (Some(a), Some(b)) => Arc::ptr_eq(a, b),
        (None, None) => true,
        _ => false,
    };
    is_same_config && a.1 == b.1
}

fn load((config, mask): &Want, extra: &ExtraRules, more: &RuleFiles) -> Loaded {
    let (mut settings, place) = config.as_ref().map(|config| config.settings(mask)).unwrap_or_default();
    let mut profile_place = place.cloned();
    if let Some(profile) = extra.profile {
        (settings.profile, profile_place) = (profile.into(), None);
    }
    let (rules, found) = RuleSet::load_with(&sources_of(config.as_deref(), &more.files), &settings);
    let mut errors = config.as_ref().map(|config| config.errors.clone()).unwrap_or_default();
    errors.extend(more.errors.iter().cloned());
    errors.extend(found);
    let entries = config.iter().flat_map(|config| config.accepted()).map(|accepted| &*accepted.entry);
    errors.extend(accept::unknown_rules(entries, &rules));
    Loaded { rules, settings, profile_place, config: config.clone(), mask: mask.clone(), errors }
}

/// The files of a configuration (all shipped ones where there is none), and of further ones those that it has not.
fn sources_of(config: Option<&Configuration>, more: &[SourceFile]) -> Vec<SourceFile> {
    let mut files = config.map_or_else(sources::shipped, Configuration::sources);
    let n_own = files.len();
    for file in more {
        if !files[..n_own].iter().any(|own| own.path == file.path) {
            files.push(file.clone());
        }
    }
    files
}

/// Tells of faults in overrides that hold for none of the reports: they would only show when such a report comes.
fn look_over(config: &Arc<Configuration>, sets: &mut [Loaded], more: &[SourceFile]) {
    let mask = config.full_mask();
    let is_its = |set: &&mut Loaded| set.config.as_ref().is_some_and(|own| Arc::ptr_eq(own, config));
    let Some(set) = sets.iter_mut().find(is_its) else { return };
    if mask.is_empty() {
        return;
    }
    let (_, found) = RuleSet::load_with(&sources_of(Some(config), more), &config.settings(&mask).0);
    for error in found {
        if !set.errors.contains(&error) {
            set.errors.push(error);
        }
    }
}
