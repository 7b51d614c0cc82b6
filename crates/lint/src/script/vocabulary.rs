//! What a script can call: names, how many values each takes, and what each handle has.

use super::doc::{Doc, Heading};
use super::mention::{Cite, Date};
use super::num::Num;
use super::section::Section;
use super::table::{Axis, Cell, Table};
use super::text::{Match, Text};
use crate::fault::nearest;
use rhai::Engine;
use std::any::TypeId;
use std::collections::{BTreeMap, BTreeSet};

/// How many values a name may be called with; a handle before the dot is one of them.
type Counts = BTreeMap<String, BTreeSet<usize>>;

/// The functions and properties of an engine. Properties go by `get$` and their name, as the library has it.
#[derive(Debug)]
pub(super) struct Vocabulary {
    all: Counts,
    of_handles: BTreeMap<&'static str, Counts>,
}

impl Vocabulary {
    pub(super) fn of(engine: &Engine) -> Self {
        let handles: [(TypeId, &'static str); 11] = [
            (TypeId::of::<Doc>(), "Doc"),
            (TypeId::of::<Heading>(), "Heading"),
            (TypeId::of::<Section>(), "Section"),
            (TypeId::of::<Text>(), "Text"),
            (TypeId::of::<Match>(), "Match"),
            (TypeId::of::<Table>(), "Table"),
            (TypeId::of::<Axis>(), "Axis"),
            (TypeId::of::<Cell>(), "Cell"),
            (TypeId::of::<Num>(), "Num"),
            (TypeId::of::<Date>(), "Date"),
            (TypeId::of::<Cite>(), "Cite"),
        ];
        let told = engine.collect_fn_metadata(
            None,
            |info| {
                let about = info.metadata;
                Some((about.name.to_string(), about.num_params, about.param_types.first().copied()))
            },
            true,
        );
        let mut all = Counts::new();
        let mut of_handles: BTreeMap<&'static str, Counts> = BTreeMap::new();
        for (name, count, first) in told {
            if let Some((_, handle)) = handles.iter().find(|(id, _)| Some(*id) == first) {
                of_handles.entry(handle).or_default().entry(name.clone()).or_default().insert(count);
            }
            all.entry(name).or_default().insert(count);
        }
        Self { all, of_handles }
    }

    /// With how many values a name may be called; none where nothing has this name.
    pub(super) fn counts(&self, name: &str) -> Option<&BTreeSet<usize>> {
        self.all.get(name)
    }

    pub(super) fn has_function(&self, name: &str) -> bool {
        self.all.contains_key(name)
    }

    pub(super) fn has_property(&self, name: &str) -> bool {
        self.all.contains_key(&getter(name))
    }

    /// What a handle has; none where the type is none of ours.
    pub(super) fn members(&self, handle: &str) -> Option<Members<'_>> {
        self.of_handles.get(handle).map(Members)
    }

    /// The names of functions that a script can write.
    pub(super) fn functions(&self) -> impl Iterator<Item = &str> {
        writable(&self.all)
    }

    pub(super) fn properties(&self) -> impl Iterator<Item = &str> {
        gettable(&self.all)
    }
}

/// What one handle has.
#[derive(Clone, Copy)]
pub(super) struct Members<'v>(&'v Counts);

impl<'v> Members<'v> {
    /// With how many values one of its functions may be called, itself among them.
    pub(super) fn counts(self, name: &str) -> Option<&'v BTreeSet<usize>> {
        self.0.get(name)
    }

    pub(super) fn has_property(self, name: &str) -> bool {
        self.0.contains_key(&getter(name))
    }

    pub(super) fn nearest_function(self, name: &str) -> Option<&'v str> {
        nearest(name, writable(self.0))
    }

    pub(super) fn nearest_property(self, name: &str) -> Option<&'v str> {
        nearest(name, gettable(self.0))
    }
}

fn getter(name: &str) -> String {
    format!("get${name}")
}

fn gettable(counts: &Counts) -> impl Iterator<Item = &str> {
    counts.keys().filter_map(|name| name.strip_prefix("get$"))
}

fn writable(counts: &Counts) -> impl Iterator<Item = &str> {
    let names = counts.keys().map(String::as_str);
    names.filter(|name| name.starts_with(char::is_alphabetic) && !name.contains(['$', ' ']))
}
