//! Files to a rule set: which file is what, in what order they are read, and what must not be there twice.

use super::{DataTable, LOCAL, RuleInfo, RuleSet, SourceFile};
use crate::compile::{Known, PackContext, data, form, rule};
use crate::fault::Fault;
use crate::finding::RuleError;
use crate::form::Form;
use crate::own;
use crate::rule::Rule;
use crate::script::Functions;
use crate::settings::{Named, Settings, Verdict};
use crate::wire::{Cx, unknown};
use crate::yaml::{self, Node};
use gouji_core::label::KnownLabels;
use gouji_core::text::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What a file holds, by its path.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Holds {
    Forms,
    Data,
    Pack,
    Functions,
    Rules,
}

fn holds(path: &str) -> Option<Holds> {
    let path = path.replace('\\', "/");
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
    if name.ends_with(".rhai") {
        return Some(Holds::Functions);
    }
    if !name.ends_with(".yaml") && !name.ends_with(".yml") {
        return None;
    }
    Some(match folder.rsplit('/').next() {
        Some("forms") => Holds::Forms,
        Some("data") => Holds::Data,
        _ if name == "pack.yaml" => Holds::Pack,
        _ => Holds::Rules,
    })
}

fn folder(path: &str) -> &str {
    path.rfind(['/', '\\']).map_or("", |at| &path[..at])
}

/// Reads all files.
pub(super) fn load(files: &[SourceFile], settings: &Settings) -> (RuleSet, Vec<RuleError>) {
    let mut sorted: Vec<(Holds, &SourceFile)> =
        files.iter().filter_map(|file| Some((holds(&file.path)?, file))).collect();
    sorted.sort_by_key(|(holds, _)| *holds);
    let mut loader = Loader::new(settings);
    for (holds, file) in sorted {
        let path: Arc<str> = Arc::from(file.path.as_str());
        if holds == Holds::Functions {
            loader.functions(&path, &file.text);
            continue;
        }
        for document in yaml::read(&file.text) {
            loader.document(holds, &path, &file.text, document);
        }
    }
    loader.finish()
}

struct Loader<'a> {
    settings: &'a Settings,
    set: RuleSet,
    errors: Vec<RuleError>,
    /// The folder of each pack.
    packs: BTreeMap<String, PackContext>,
    /// Where each rule, form and table was read, by kind and name.
    seen: BTreeMap<(Holds, String), Arc<str>>,
    tables: BTreeMap<String, DataTable>,
    /// The files of functions, by name; none for one with a fault.
    libs: BTreeMap<String, Option<Arc<Functions>>>,
    /// Which entries of the settings named a rule, faulty ones included.
    named: Vec<bool>,
    /// What entries may name: codes, packs, tags; faulty rules included.
    names: BTreeSet<String>,
}

impl<'a> Loader<'a> {
    fn new(settings: &'a Settings) -> Self {
        let mut loader = Self {
            settings,
            set: RuleSet::default(),
            errors: Vec::new(),
            packs: BTreeMap::new(),
            seen: BTreeMap::new(),
            tables: BTreeMap::new(),
            libs: BTreeMap::new(),
            named: vec![false; settings.entries.len()],
            names: BTreeSet::new(),
        };
        own::infos().into_iter().for_each(|info| loader.put_own(info));
        loader
    }

    /// A file of functions that scripts share, named as it is without its ending.
    fn functions(&mut self, path: &Arc<str>, text: &Arc<str>) {
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path).trim_end_matches(".rhai");
        if !self.first(Holds::Functions, name, path, text, Span::new(0, text.len())) {
            return;
        }
        let lib = self.set.room.functions((name, path, text), &self.tables);
        let lib = lib.map_err(|fault| Cx::new(path, text, &mut self.errors).tell(fault)).ok();
        self.libs.insert(name.to_owned(), lib.map(Arc::new));
    }

    fn document(&mut self, holds: Holds, path: &Arc<str>, source: &Arc<str>, document: Result<Node, Fault>) {
        let mut cx = Cx::new(path, source, &mut self.errors);
        let root = match document {
            Ok(root) => root,
            Err(fault) => return cx.tell(fault),
        };
        match holds {
            Holds::Forms => {
                let Some(form) = form::form(&mut cx, &root).filter(|_| !cx.is_faulty()) else { return };
                let id = form.id.to_string();
                if self.first(holds, &id, path, source, root.span) {
                    self.set.forms.push(form);
                }
            }
            Holds::Data => {
                let Some(table) = data::table(&mut cx, &root).filter(|_| !cx.is_faulty()) else { return };
                let name = table.name.clone();
                if self.first(holds, &name, path, source, root.span) {
                    self.tables.insert(name, table);
                }
            }
            Holds::Pack => {
                let Some(read) = data::pack(&mut cx, &root).filter(|_| !cx.is_faulty()) else { return };
                let name = read.pack.name.clone();
                if self.first(holds, &name, path, source, root.span) {
                    self.packs.insert(folder(path).to_owned(), PackContext { name, form: read.form });
                    self.set.packs.push(read.pack);
                }
            }
            // These are no YAML; see `functions`.
            Holds::Functions => {}
            Holds::Rules => {
                let pack = pack_of(&self.packs, path);
                let known =
                    Known { forms: &self.set.forms, data: &self.tables, libs: &self.libs, room: &self.set.room };
                let rule = rule::rule(&mut cx, &root, &pack, &known);
                self.meet(&root, &pack.name);
                let Some(rule) = rule else { return };
                let (id, span) = (rule.info.id.to_string(), rule.source.id);
                if self.first(holds, &id, path, source, span) {
                    self.put(rule);
                }
            }
        }
    }

    /// Notes which entries of the settings name a rule, be it faulty or not.
    fn meet(&mut self, root: &Node, pack: &str) {
        let words = |key| root.get(key).map(Node::words).unwrap_or_default();
        let Some(id) = words("id").into_iter().next() else { return };
        self.set.codes.insert(id.clone());
        self.meet_named(Named { id: &id, pack, tags: &words("tags") });
    }

    fn meet_named(&mut self, rule: Named<'_>) {
        for (entry, named) in self.settings.entries.iter().zip(&mut self.named) {
            *named |= rule.answers(&entry.name);
        }
        self.names.extend([rule.id.to_owned(), rule.pack.to_owned()]);
        self.names.extend(rule.tags.iter().cloned());
    }

    /// Puts a rule of the tool's own where the settings want it.
    fn put_own(&mut self, mut info: RuleInfo) {
        let rule = Named { id: &info.id, pack: &info.pack, tags: &info.tags };
        let verdict = self.settings.verdict(rule);
        self.meet_named(rule);
        self.seen.insert((Holds::Rules, info.id.to_string()), Arc::from("gouji"));
        match verdict {
            Some(Verdict::Off) => return self.set.off.push(info),
            Some(Verdict::At(level)) => info.level = level,
            None => {}
        }
        self.set.own.push(info);
    }

    /// Puts a rule where the settings want it.
    fn put(&mut self, mut rule: Rule) {
        match self.settings.verdict(rule.info.named()) {
            Some(Verdict::Off) => self.set.off.push(rule.info),
            Some(Verdict::At(level)) => {
                rule.info.level = level;
                self.set.rules.push(rule);
            }
            None => self.set.rules.push(rule),
        }
    }

    /// An entry of the settings that names no rule would seem to work.
    fn tell_unnamed(&mut self) {
        for (entry, _) in self.settings.entries.iter().zip(&self.named).filter(|(_, named)| !**named) {
            let place = &entry.place;
            let fault = unknown(place.span, ("规则", "rule"), &entry.name, self.names.iter().map(String::as_str));
            Cx::of_config(&place.file, &place.source, &mut self.errors).tell(fault);
        }
    }

    /// Whether this is the first of its name; the second is told of.
    fn first(&mut self, holds: Holds, name: &str, path: &Arc<str>, source: &Arc<str>, span: Span) -> bool {
        let key = (holds, name.to_owned());
        let Some(other) = self.seen.get(&key) else {
            self.seen.insert(key, Arc::clone(path));
            return true;
        };
        // A whole document would be too long a place: its first line says enough.
        let line = span.of(source).lines().next().unwrap_or_default();
        let span = Span::new(span.start, span.start + line.len());
        let fault = Fault::new(span, format!("“{name}”已经有了"), format!("`{name}` is there already")).with_help(
            format!("见 {other}；换一个名字，要顶替那一个就在 gouji.yaml 里把它关掉"),
            format!("see {other}; take another name, and to stand in for that one turn it off in gouji.yaml"),
        );
        Cx::new(path, source, &mut self.errors).tell(fault);
        false
    }

    fn finish(mut self) -> (RuleSet, Vec<RuleError>) {
        self.tell_unnamed();
        self.set.data = Arc::new(self.tables);
        self.set.known = known_labels(&self.set.forms);
        self.set.rules.sort_by(|a, b| a.info.id.cmp(&b.info.id));
        self.set.off.sort_by(|a, b| a.id.cmp(&b.id));
        self.set.packs.sort_by(|a, b| a.name.cmp(&b.name));
        self.set.forms.sort_by(|a, b| a.id.cmp(&b.id));
        self.errors.sort_by(|a, b| (&a.file, a.span, &a.message).cmp(&(&b.file, b.span, &b.message)));
        (self.set, self.errors)
    }
}

/// The pack of the nearest folder above a file.
fn pack_of(packs: &BTreeMap<String, PackContext>, path: &str) -> PackContext {
    let mut at = folder(path);
    loop {
        if let Some(pack) = packs.get(at) {
            return pack.clone();
        }
        if at.is_empty() {
            return PackContext { name: LOCAL.to_owned(), form: None };
        }
        at = folder(at);
    }
}

/// The labels by which the parser knows a row from a heading.
fn known_labels(forms: &[Form]) -> KnownLabels {
    let mut known = KnownLabels::default();
    for form in forms {
        for section in &form.sections {
            let titles = std::iter::once(&section.title).chain(&section.variants);
            known.titles.extend(titles.map(|title| title.key.clone()));
        }
        for path in form.tables.iter().flat_map(|table| &table.bands).flat_map(|band| &band.rows) {
            let Some((leaf, parents)) = path.split_last() else { continue };
            known.rows.insert(leaf.key.clone());
            known.parents.extend(parents.iter().map(|label| label.key.clone()));
        }
    }
    known
}
