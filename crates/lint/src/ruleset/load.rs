//! Files to a rule set: which file is what, in what order they are read, and what must not be there twice.

use super::draft::{self, Draft};
use super::met::Met;
use super::{DataTable, LOCAL, RuleInfo, RuleSet, SourceFile};
use crate::compile::{Known, PackContext, data, form, pack, param, reuse, rule};
use crate::fault::Fault;
use crate::finding::RuleError;
use crate::form::{Form, FormBand, FormTable};
use crate::own;
use crate::rule::Rule;
use crate::script::Functions;
use crate::settings::{Named, Settings, Verdict};
use crate::wire::Cx;
use crate::yaml::{self, Node};
use gouji_core::label::KnownLabels;
use gouji_core::text::Span;
use std::borrow::Cow;
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
        let documents = yaml::read(&file.text);
        if documents.is_empty() {
            let fault = Fault::new(Span::new(0, 0), "这份文件里什么都没有写", "there is nothing in this file");
            Cx::new(&path, &file.text, &mut loader.errors).tell(fault);
        }
        for document in documents {
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
    /// The file and line of each rule, form and table, by kind and name.
    seen: BTreeMap<(Holds, String), String>,
    tables: BTreeMap<String, DataTable>,
    /// The files of functions, by name; none for one with a fault.
    libs: BTreeMap<String, Option<Arc<Functions>>>,
    /// The kinds of all forms, faulty ones included.
    kinds: BTreeSet<String>,
    /// Documents that add rows to tables, which may not be read yet.
    additions: Vec<(Arc<str>, Arc<str>, Node)>,
    /// Rules in the order read: one may use another of a later file.
    drafts: Vec<Draft>,
    met: Met<'a>,
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
            kinds: BTreeSet::new(),
            additions: Vec::new(),
            drafts: Vec::new(),
            met: Met::new(settings),
        };
        own::infos().for_each(|info| loader.put_own(info));
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
                self.kinds.extend(root.get("kind").map(Node::words).unwrap_or_default());
                let Some(form) = form::form(&mut cx, &root).filter(|_| !cx.is_faulty()) else { return };
                let id = form.id.to_string();
                if self.first(holds, &id, path, source, root.span) {
                    self.set.forms.push(form);
                }
            }
            Holds::Data if root.get("extends").is_some() => {
                self.additions.push((Arc::clone(path), Arc::clone(source), root));
            }
            Holds::Data => {
                let Some(table) = data::table(&mut cx, &root).filter(|_| !cx.is_faulty()) else { return };
                let name = table.name.clone();
                if self.first(holds, &name, path, source, root.span) {
                    self.tables.insert(name, table);
                }
            }
            Holds::Pack => {
                // One with a fault is a pack all the same: its rules are no others for it.
                let Some(read) = pack::pack(&mut cx, &root, &self.kinds) else { return };
                let name = read.pack.name.clone();
                let folder = folder(path).to_owned();
                if let Some(other) = self.packs.get(&folder) {
                    let span = root.get("pack").map_or(root.span, |node| node.span);
                    return Cx::new(path, source, &mut self.errors).tell(second_pack(span, &other.name));
                }
                if self.first(holds, &name, path, source, root.span) {
                    self.packs.insert(folder, PackContext { name, form: read.form });
                    self.set.packs.push(read.pack);
                }
            }
            // These are no YAML; see `functions`.
            Holds::Functions => {}
            Holds::Rules => {
                let pack = pack_of(&self.packs, path);
                let draft = Draft { path: Arc::clone(path), source: Arc::clone(source), root, pack };
                let id = draft.root.get("id").and_then(|node| Some((node.scalar()?.value.clone(), node.span)));
                if id.is_none_or(|(id, span)| self.first(holds, &id, path, source, span)) {
                    self.drafts.push(draft);
                }
            }
        }
    }

    /// Puts a rule of the tool's own where the settings want it.
    fn put_own(&mut self, mut info: RuleInfo) {
        let rule = info.named();
        let verdict = self.settings.verdict(rule);
        self.met.meet(rule, &mut [], &self.tables, &mut self.errors);
        self.seen.insert((Holds::Rules, info.id.to_string()), "gouji".to_owned());
        match verdict {
            Some(Verdict::Off) => return self.set.off.push(info),
            Some(Verdict::At(level)) => info.level = level,
            None => {}
        }
        match own::is_own(&info.id) {
            true => self.set.own.push(info),
            false => {
                // What a rollup finds may be accepted.
                self.set.codes.insert(info.id.to_string());
                self.set.of_rollup.push(info);
            }
        }
    }

    /// Makes the drafts rules, each behind the one it uses.
    fn compile(&mut self) {
        let drafts = std::mem::take(&mut self.drafts);
        // The whole documents of those that are right.
        let mut whole: BTreeMap<usize, Cow<'_, Node>> = BTreeMap::new();
        for (idx, base) in draft::ordered(&drafts, &mut self.errors) {
            let draft = &drafts[idx];
            let base = base.map(|base| (whole.get(&base).map(Cow::as_ref), &drafts[base]));
            let root = match base {
                None => Some(Cow::Borrowed(&draft.root)),
                Some((base, of)) => self.expand(draft, base, of).map(Cow::Owned),
            };
            let rule = self.rule(draft, root.as_deref(), base.and_then(|(_, of)| of.pack.form.as_deref()));
            if let (Some(root), Some(rule)) = (root, rule) {
                whole.insert(idx, root);
                self.put(rule);
            }
        }
    }

    /// The whole document of a rule that uses another, which may be faulty itself.
    fn expand(&mut self, draft: &Draft, base: Option<&Node>, of: &Draft) -> Option<Node> {
        let mut cx = Cx::new(&draft.path, &draft.source, &mut self.errors);
        let Some(base) = base else {
            let id = of.id().unwrap_or_default();
            let span = draft.root.get("use").map_or(draft.root.span, |node| node.span);
            cx.tell(
                Fault::new(span, format!("所用的规则 {id} 有误"), format!("the used rule {id} has a fault"))
                    .with_help(format!("见 {}", of.path), format!("see {}", of.path)),
            );
            return None;
        };
        reuse::expand(&mut cx, &draft.root, base).filter(|_| !cx.is_faulty())
    }

    /// Checks the whole document of a draft; without one its name is noted all the same.
    fn rule(&mut self, draft: &Draft, root: Option<&Node>, base_form: Option<&str>) -> Option<Rule> {
        let mut pack = draft.pack.clone();
        pack.form = pack.form.or(base_form.map(str::to_owned));
        let mut cx = Cx::new(&draft.path, &draft.source, &mut self.errors);
        let mut params = root.map(|root| param::params(&mut cx, root, &self.tables)).unwrap_or_default();
        let faulty = cx.is_faulty();
        let root_of_names = root.unwrap_or(&draft.root);
        let words = |key| root_of_names.get(key).map(Node::words).unwrap_or_default();
        if let Some(id) = words("id").first() {
            let named = Named { id, pack: &pack.name, tags: &words("tags") };
            self.met.meet(named, &mut params, &self.tables, &mut self.errors);
            self.set.codes.insert(id.clone());
        }
        let known = Known { forms: &self.set.forms, data: &self.tables, libs: &self.libs, room: &self.set.room };
        let mut cx = Cx::new(&draft.path, &draft.source, &mut self.errors);
        rule::rule(&mut cx, root.filter(|_| !faulty)?, &pack, &known, &params)
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

    /// Whether this is the first of its name; the second is told of.
    fn first(&mut self, holds: Holds, name: &str, path: &Arc<str>, source: &Arc<str>, span: Span) -> bool {
        let key = (holds, name.to_owned());
        let Some(other) = self.seen.get(&key) else {
            let n_line = source[..span.start].matches('\n').count() + 1;
            self.seen.insert(key, format!("{path}:{n_line}"));
            return true;
        };
        // A whole document would be too long a place: its first line says enough.
        let line = span.of(source).lines().next().unwrap_or_default();
        let span = Span::new(span.start, span.start + line.len());
        let [zh, en] = match holds {
            Holds::Rules => [
                "换一个编号，要顶替那一个就在 gouji.yaml 里把它关掉",
                "take another code, and to stand in for that one turn it off in gouji.yaml",
            ],
            Holds::Data => [
                "换一个名字，要给那张表添行就把 name 改成 extends",
                "take another name, or write `extends` for `name` to add rows to that one",
            ],
            Holds::Forms | Holds::Pack | Holds::Functions => ["换一个名字", "take another name"],
        };
        let fault = Fault::new(span, format!("“{name}”已经有了"), format!("`{name}` is there already"))
            .with_help(format!("见 {other}；{zh}"), format!("see {other}; {en}"));
        Cx::new(path, source, &mut self.errors).tell(fault);
        false
    }

    fn finish(mut self) -> (RuleSet, Vec<RuleError>) {
        for (path, source, root) in std::mem::take(&mut self.additions) {
            let mut cx = Cx::new(&path, &source, &mut self.errors);
            data::extend(&mut cx, &root, &mut self.tables);
        }
        self.compile();
        self.met.tell(&mut self.errors);
        self.set.data = Arc::new(self.tables);
        self.set.known = known_labels(&self.set.forms);
        self.set.rules.sort_by(|a, b| a.info.id.cmp(&b.info.id));
        self.set.off.sort_by(|a, b| a.id.cmp(&b.id));
        self.set.packs.sort_by(|a, b| a.name.cmp(&b.name));
        self.set.forms.sort_by(|a, b| a.id.cmp(&b.id));
        self.errors.sort_by(|a, b| (&a.file, a.span, &a.message).cmp(&(&b.file, b.span, &b.message)));
        // A value that several rules refuse for one reason.
        self.errors.dedup();
        (self.set, self.errors)
    }
}

fn second_pack(span: Span, other: &str) -> Fault {
    Fault::new(span, format!("这个文件夹已是规则包“{other}”"), format!("this folder is the pack `{other}` already"))
        .with_help("一个文件夹只有一个规则包", "a folder holds one pack")
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
        let bands = || form.tables.iter().flat_map(|table| &table.bands);
        known.bands.extend(bands().filter_map(|band| band.label.as_ref()).map(|label| label.key.clone()));
        for path in bands().flat_map(|band| &band.rows) {
            let Some((leaf, parents)) = path.split_last() else { continue };
            known.rows.insert(leaf.key.clone());
            known.parents.extend(parents.iter().map(|label| label.key.clone()));
        }
        known.openers.extend(form.tables.iter().flat_map(|table| openers(table, form)).cloned());
    }
    known
}

/// The labels of a table's first header that stand nowhere else in its form.
fn openers<'f>(table: &'f FormTable, form: &'f Form) -> impl Iterator<Item = &'f String> {
    let keys = |band: &'f FormBand| band.columns.iter().flatten().map(|label| &label.key);
    let later: BTreeSet<&String> = table.bands.iter().skip(1).flat_map(keys).collect();
    let others =
        move |key: &String| form.tables.iter().any(|other| other.name != table.name && other.keys.contains(key));
    let own = table.bands.first().into_iter().flat_map(keys);
    own.filter(move |key| !later.contains(key) && !others(key))
}
