//! Which report is last year's of which: those given with `--prev`, those that a configuration names as its `series`,
//! and the reports of the run themselves, matched by organ and year.

use crate::rulesets::RuleSets;
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
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

/// The reports of other years.
#[derive(Debug, Default)]
pub(crate) struct Series {
    /// Whose report lies where; several where they are the same organ's of the same year.
    known: BTreeMap<Identity, Vec<Input>>,
    /// The one report that was given for one report: it is taken whatever its title says.
    only: Option<Input>,
    /// What was given and can not be read.
    pub(crate) unread: Vec<Unread>,
}

impl Series {
    /// Looks for them: in `given` and what configurations name, and, where there are several, among the reports of the run.
    pub(crate) fn open(given: &[PathBuf], inputs: &[Input], loaded: &RuleSets, lang: Lang) -> Self {
        let mut paths = given.to_vec();
        let configs = loaded.sets().iter().filter_map(|set| set.config.as_ref());
        configs.for_each(|config| paths.extend(config.series().map(|(path, _)| path.clone())));
        let found = walk::find(&paths, "", lang);
        let mut series = Self { unread: found.unread, ..Self::default() };
        if let ([path], [_], [only]) = (given, inputs, found.inputs.as_slice())
            && !path.is_dir()
        {
            series.only = Some(only.clone());
            series.unread.extend(only.read(lang).err().map(|error| Unread { path: only.name.clone(), error }));
            return series;
        }
        let Some(rules) = loaded.sets().first().map(|set| &set.rules) else { return series };
        // What was named goes before what happens to be checked in the same run.
        series.add(&found.inputs, rules, lang);
        if inputs.len() > 1 {
            let mut own = Self::default();
            own.add(inputs, rules, lang);
            own.known.into_iter().for_each(|(identity, inputs)| {
                series.known.entry(identity).or_insert(inputs);
            });
        }
        series
    }

    fn add(&mut self, inputs: &[Input], rules: &RuleSet, lang: Lang) {
        let identity = |input: &Input| {
            let document = read(input, rules, &ReadOptions::default(), lang).ok()?;
            Identity::of(&document, rules)
        };
        // Standard input can be read but once, and a check needs it.
        let files: Vec<&Input> = inputs.iter().filter(|input| input.file.is_some()).collect();
        let identities: Vec<Option<Identity>> = files.par_iter().map(|input| identity(input)).collect();
        for (input, identity) in files.into_iter().zip(identities) {
            let Some(identity) = identity else { continue };
            self.known.entry(identity).or_default().push(input.clone());
        }
    }

    /// Last year's report of a report.
    pub(crate) fn before(&self, document: &Document, rules: &RuleSet, checking: &CheckOptions) -> Prev {
        let of_organ = || {
            let own = Identity::of(document, rules);
            let organ = checking.organ.as_deref().or(own.as_ref().map(|own| own.organ.as_str()))?;
            let year = checking.year.or(own.as_ref().map(|own| own.year))?;
            self.known.get(&Identity::new(organ, year, rules).before()).map(Vec::as_slice)
        };
        let found = match &self.only {
            Some(only) => std::slice::from_ref(only),
            None if self.known.is_empty() => &[],
            None => of_organ().unwrap_or_default(),
        };
        match found {
            [] => Prev::NotGiven,
            [input] => read(input, rules, &checking.reading, checking.lang).map_or(Prev::NotGiven, |document| {
                Prev::Given(Box::new(Earlier { document, path: Arc::from(input.name.as_str()) }))
            }),
            several => Prev::Several(several.iter().map(|input| input.name.clone()).collect()),
        }
    }
}

fn read(input: &Input, rules: &RuleSet, reading: &ReadOptions, lang: Lang) -> Result<Document, String> {
    let bytes = input.read(lang)?;
    gouji_core::read_with(&input.name, &bytes, rules.known_labels(), reading)
        .map_err(|error| words::read_error(lang, &error))
}
