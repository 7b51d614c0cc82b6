//! Which report is last year's of which: those given with `--prev`, those that a configuration names as its `series`,
//! and the reports of the run themselves, matched by organ and year.

use crate::config::Configuration;
use crate::rulesets::{Loaded, RuleSets};
use crate::walk::{self, Input};
use gouji_core::document::Document;
use gouji_core::format::ReadOptions;
use gouji_lint::earlier::{Earlier, Identity, Prev};
use gouji_lint::engine::CheckOptions;
use gouji_lint::finding::Lang;
use gouji_lint::ruleset::RuleSet;
use gouji_render::run::Unread;
use gouji_render::words;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

/// The reports of other years, from where they were named: what is nearer to the user goes first.
#[derive(Debug, Default)]
pub(crate) struct Series {
    /// The one report that was given for one report: it is taken whatever its title says.
    only: Option<Input>,
    /// Those given with `--prev`; none where that was not.
    given: Option<Shelf>,
    /// Those of each configuration that names any.
    of_configs: Vec<(Arc<Configuration>, Shelf)>,
    /// Those of the run itself.
    run: Shelf,
    /// What was given and can not be read.
    pub(crate) unread: Vec<Unread>,
}

/// Whose report lies where: the organ as its title has it, and the file.
#[derive(Debug, Default)]
struct Shelf(BTreeMap<Identity, Vec<(String, Input)>>);

impl Series {
    /// Looks for them: in `given`, in what configurations name, and, where there are several, among the reports of the run.
    pub(crate) fn open(given: &[PathBuf], inputs: &[Input], loaded: &RuleSets, lang: Lang) -> Self {
        let mut series = Self::default();
        let Some(rules) = loaded.sets().first().map(|set| &set.rules) else { return series };
        if !given.is_empty() {
            let found = walk::find(given, "", lang);
            series.unread.extend(found.unread);
            if let ([path], [_], [only]) = (given, inputs, found.inputs.as_slice())
                && !path.is_dir()
            {
                series.only = Some(only.clone());
                series.unread.extend(only.read(lang).err().map(|error| Unread { path: only.name.clone(), error }));
                return series;
            }
            series.given = Some(Shelf::of(&found.inputs, rules, lang));
        }
        for set in loaded.sets() {
            let Some(config) = set.config.as_ref().filter(|config| config.series().next().is_some()) else { continue };
            if series.of_configs.iter().any(|(known, _)| Arc::ptr_eq(known, config)) {
                continue;
            }
            let paths: Vec<PathBuf> = config.series().map(|(path, _)| path.clone()).collect();
            let found = walk::find(&paths, "", lang);
            series.unread.extend(found.unread);
            series.of_configs.push((Arc::clone(config), Shelf::of(&found.inputs, &set.rules, lang)));
        }
        if inputs.len() > 1 {
            series.run = Shelf::of(inputs, rules, lang);
        }
        series
    }

    /// Last year's report of a report.
    pub(crate) fn before(&self, document: &Document, loaded: &Loaded, checking: &CheckOptions) -> Prev {
        let given = |input: &Input| match read(input, &loaded.rules, &checking.reading, checking.lang) {
            Ok(document) => Prev::Given(Box::new(Earlier { document, path: Arc::from(input.name.as_str()) })),
            // That it can not be read is told where it was given.
            Err(_) => Prev::NotGiven,
        };
        if let Some(only) = &self.only {
            return given(only);
        }
        let is_its = |config: &Arc<Configuration>| loaded.config.as_ref().is_some_and(|own| Arc::ptr_eq(own, config));
        let of_config = self.of_configs.iter().filter(|(config, _)| is_its(config)).map(|(_, shelf)| shelf);
        let named: Vec<&Shelf> = self.given.iter().chain(of_config).collect();
        if named.is_empty() && self.run.0.is_empty() {
            return Prev::NotGiven;
        }
        let read = Identity::read(document, &loaded.rules);
        let organ = checking.organ.clone().or(read.as_ref().map(|(organ, _)| organ.clone()));
        let year = checking.year.or(read.map(|(_, year)| year));
        let (Some(organ), Some(year)) = (organ, year) else { return Prev::NotGiven };
        let wanted = Identity::new(&organ, year - 1, &loaded.rules);
        let shelves = || named.iter().copied().chain([&self.run]);
        if let Some(found) = shelves().find_map(|shelf| shelf.0.get(&wanted)) {
            let same_name: Vec<&Input> =
                found.iter().filter(|(own, _)| *own == organ).map(|(_, input)| input).collect();
            return match (found.as_slice(), same_name.as_slice()) {
                ([(_, only)], _) => given(only),
                (_, &[only]) => given(only),
                (several, _) => Prev::Several(several.iter().map(|(_, input)| input.name.clone()).collect()),
            };
        }
        let years: BTreeSet<i32> =
            shelves().flat_map(|shelf| shelf.years_of(&wanted)).filter(|&own| own != year).collect();
        match named.is_empty() && years.is_empty() {
            true => Prev::NotGiven,
            false => Prev::NotAmong { organ, year: year - 1, years: years.into_iter().collect() },
        }
    }
}

impl Shelf {
    fn of(inputs: &[Input], rules: &RuleSet, lang: Lang) -> Self {
        let identity = |input: &Input| Identity::read(&read(input, rules, &ReadOptions::default(), lang).ok()?, rules);
        // Standard input can be read but once, and a check needs it.
        let files: Vec<&Input> = inputs.iter().filter(|input| input.file.is_some()).collect();
        let identities: Vec<Option<(String, i32)>> = files.par_iter().map(|input| identity(input)).collect();
        let mut shelf = Self::default();
        for (input, identity) in files.into_iter().zip(identities) {
            let Some((organ, year)) = identity else { continue };
            shelf.0.entry(Identity::new(&organ, year, rules)).or_default().push((organ, input.clone()));
        }
        shelf
    }

    /// The years of which it has reports of an organ.
    fn years_of(&self, wanted: &Identity) -> impl Iterator<Item = i32> {
        self.0.keys().filter(|own| own.organ == wanted.organ).map(|own| own.year)
    }
}

fn read(input: &Input, rules: &RuleSet, reading: &ReadOptions, lang: Lang) -> Result<Document, String> {
    let bytes = input.read(lang)?;
    gouji_core::read_with(&input.name, &bytes, rules.known_labels(), reading)
        .map_err(|error| words::read_error(lang, &error))
}
