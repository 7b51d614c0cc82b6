//! Which lines of the settings met a rule, and which parameters they gave found one: a line that names nothing would
//! seem to work.

use crate::compile::param;
use crate::fault::Fault;
use crate::finding::RuleError;
use crate::rule::Param;
use crate::ruleset::DataTable;
use crate::settings::{Entry, Named, Settings};
use crate::wire::{Cx, unknown};
use std::collections::{BTreeMap, BTreeSet};

/// The lines of the settings while rules are read, faulty rules included.
pub(super) struct Met<'a> {
    lines: Vec<Line<'a>>,
    /// What lines may name: codes, packs, tags.
    names: BTreeSet<String>,
}

struct Line<'a> {
    entry: &'a Entry,
    named: bool,
    /// For each parameter that it gives, whether some rule took it.
    taken: Vec<bool>,
    /// The parameters of the rules that it named.
    params: BTreeSet<String>,
}

impl<'a> Met<'a> {
    pub(super) fn new(settings: &'a Settings) -> Self {
        let line = |entry: &'a Entry| Line {
            entry,
            named: false,
            taken: vec![false; entry.params.len()],
            params: BTreeSet::new(),
        };
        Self { lines: settings.entries.iter().map(line).collect(), names: BTreeSet::new() }
    }

    /// Notes a rule, and puts the values that lines give into its parameters, the last one to hold.
    pub(super) fn meet(
        &mut self,
        rule: Named<'_>,
        params: &mut [Param],
        tables: &BTreeMap<String, DataTable>,
        errors: &mut Vec<RuleError>,
    ) {
        for line in self.lines.iter_mut().filter(|line| rule.answers(&line.entry.name)) {
            line.named = true;
            line.params.extend(params.iter().map(|param| param.name.clone()));
            for (given, taken) in line.entry.params.iter().zip(&mut line.taken) {
                let Some(own) = params.iter_mut().find(|param| param.name == given.name) else { continue };
                *taken = true;
                let mut cx = Cx::of_config(&given.place.file, &given.place.source, errors);
                // A value with a fault is told of, and the rule keeps its own.
                if let Some(value) = param::value(&mut cx, &given.value, own.kind, own.bounds, tables) {
                    own.value = value;
                }
            }
        }
        self.names.extend([rule.id.to_owned(), rule.pack.to_owned()]);
        self.names.extend(rule.tags.iter().cloned());
    }

    /// Tells of lines that named no rule and parameters that no rule took.
    pub(super) fn tell(&self, errors: &mut Vec<RuleError>) {
        for line in &self.lines {
            let place = &line.entry.place;
            if !line.named {
                let known = self.names.iter().map(String::as_str);
                let fault = unknown(place.span, ("规则", "rule"), &line.entry.name, known);
                Cx::of_config(&place.file, &place.source, errors).tell(fault);
                continue;
            }
            for (given, _) in line.entry.params.iter().zip(&line.taken).filter(|(_, taken)| !**taken) {
                let (span, name, rule) = (given.place.span, &given.name, &line.entry.name);
                let fault = if line.params.is_empty() {
                    Fault::new(span, format!("{rule} 没有参数"), format!("{rule} has no parameters"))
                } else {
                    unknown(span, ("参数", "parameter"), name, line.params.iter().map(String::as_str))
                };
                Cx::of_config(&given.place.file, &given.place.source, errors).tell(fault);
            }
        }
    }
}
