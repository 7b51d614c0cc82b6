//! `gouji.yaml` as one file says it. Which files there are, and how they add up, is the shell's matter.

use crate::accept::{self, Acceptance};
use crate::fault::Fault;
use crate::finding::RuleError;
use crate::settings::{Entry, GivenParam, Place, Profile, Verdict};
use crate::shape::Shape::{Any, Either, Map as Known, OneOrMore, Pairs, Text, Word as OneOf};
use crate::shape::{self, Field, Map, Shape};
use crate::wire::Cx;
use crate::yaml::{self, Key, Kind, Node};
use gouji_core::text::Span;
use std::sync::Arc;

/// The keys of a configuration.
pub(crate) static CONFIG: Map = Map::of(&[
    Field::may(
        "extends",
        OneOrMore(&Text),
        "以什么为基础：自带规则包的名称、文件夹，或另一份配置",
        "packs and configurations",
    ),
    Field::may("paths", OneOrMore(&Text), "本地规则、表样、数据表的文件或文件夹", "local rules"),
    Field::may(
        "profile",
        OneOf(|| shape::words(&Profile::WORDS)),
        "档次：draft 起草中，publish 待发布，strict 从严",
        "profile",
    ),
    Field::may("rules", RULES, "规则编号（或其开头、规则包、标签）: off 或级别", "what is otherwise for rules"),
    Field::may("overrides", OneOrMore(&Known(&OVERRIDE)), "对某些文件另作规定", "what is otherwise for some files"),
    Field::may("accept", OneOrMore(&Known(&accept::ENTRY)), "已核实、不再报告的问题", "accepted findings"),
    Field::may("series", OneOrMore(&Text), "历年年报的文件或文件夹，按机关和年度找上年年报", "reports of other years"),
    Field::may("members", Known(&MEMBERS), "gouji rollup：各单位的报告", "whose reports a rollup adds up"),
    Field::may("baseline", Text, "基线文件：其中的问题不再算作新问题", "the baseline: findings known before"),
]);

const RULES: Shape = Pairs(&Either(&[OneOf(|| shape::words(&Verdict::WORDS)), Known(&ENTRY)]));

static ENTRY: Map = Map::of(&[
    Field::may("level", OneOf(|| shape::words(&Verdict::WORDS)), "off，或级别", "off or a level"),
    Field::may("params", Pairs(&Any), "参数: 值", "parameters"),
]);

static OVERRIDE: Map = Map::of(&[
    Field::must("files", OneOrMore(&Text), "哪些文件，写法同 .gitignore", "path patterns"),
    Field::may("profile", OneOf(|| shape::words(&Profile::WORDS)), "档次", "profile"),
    Field::may("rules", RULES, "同上面的 rules", "as rules above"),
]);

static MEMBERS: Map = Map::of(&[
    Field::may("files", OneOrMore(&Text), "哪些文件，写法同 .gitignore", "path patterns"),
    Field::may("organs", OneOrMore(&Text), "应当在内的单位", "the organs that must be there"),
]);

/// One configuration file, checked as far as it can be without the rules.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Shipped packs by name, folders, or other configurations, in order. None: all shipped packs.
    pub extends: Option<Vec<Word>>,
    /// Files and folders of local rules, forms and tables of facts.
    pub paths: Vec<Word>,
    /// The profile.
    pub profile: Option<(Profile, Place)>,
    /// What it says of rules, the more general names first.
    pub rules: Vec<Entry>,
    /// What is otherwise for some files, in order.
    pub overrides: Vec<Override>,
    /// Findings that are accepted, in order.
    pub accept: Vec<Arc<Acceptance>>,
    /// Files and folders of reports of other years.
    pub series: Vec<Word>,
    /// Whose reports a rollup adds up.
    pub members: Option<Members>,
    /// The file of findings known before.
    pub baseline: Option<Word>,
}

/// Whose reports a rollup adds up.
#[derive(Clone, Debug)]
pub struct Members {
    /// Path patterns as in `.gitignore`, from the configuration's folder.
    pub files: Vec<Word>,
    /// The organs that must be there.
    pub organs: Vec<Word>,
}

/// A word with its place.
#[derive(Clone, Debug)]
pub struct Word {
    /// What it says.
    pub word: String,
    /// Where.
    pub place: Place,
}

/// What is otherwise for some files.
#[derive(Clone, Debug)]
pub struct Override {
    /// Path patterns as in `.gitignore`, from the configuration's folder.
    pub files: Vec<Word>,
    /// The profile.
    pub profile: Option<(Profile, Place)>,
    /// What it says of rules.
    pub rules: Vec<Entry>,
}

impl Config {
    /// Reads a configuration. What is faulty is left out and told of; an empty file says nothing.
    #[must_use]
    pub fn read(path: &Arc<str>, source: &Arc<str>) -> (Self, Vec<RuleError>) {
        let mut errors = Vec::new();
        let mut config = Self::default();
        let mut documents = yaml::read(source).into_iter();
        let first = documents.next();
        let mut cx = Cx::of_config(path, source, &mut errors);
        match first {
            Some(Ok(root)) if !root.is_null() => config = read(&mut cx, &root),
            Some(Err(fault)) => cx.tell(fault),
            _ => {}
        }
        if let Some(second) = documents.next() {
            let span = second.map_or_else(|fault| fault.span, |node| node.span);
            cx.tell(Fault::new(
                Span::new(span.start, span.start),
                "配置文件只能有一份，不能用 --- 分开写",
                "a configuration is one document, without `---`",
            ));
        }
        (config, errors)
    }
}

fn read(cx: &mut Cx<'_>, root: &Node) -> Config {
    let Some(fields) = cx.fields(root, &CONFIG) else { return Config::default() };
    let baseline = fields.get("baseline").and_then(|node| word(cx, node));
    Config {
        extends: fields.get("extends").filter(|node| !node.is_null()).map(|node| words(cx, node)),
        paths: fields.get("paths").map(|node| words(cx, node)).unwrap_or_default(),
        profile: fields.get("profile").and_then(|node| profile(cx, node)),
        rules: fields.get("rules").map(|node| entries(cx, node)).unwrap_or_default(),
        overrides: fields.get("overrides").map(|node| overrides(cx, node)).unwrap_or_default(),
        accept: fields.get("accept").map(|node| accept::entries(cx, node)).unwrap_or_default(),
        series: fields.get("series").map(|node| words(cx, node)).unwrap_or_default(),
        members: fields.get("members").and_then(|node| members(cx, node)),
        baseline,
    }
}

fn members(cx: &mut Cx<'_>, node: &Node) -> Option<Members> {
    let fields = cx.fields(node, &MEMBERS)?;
    if fields.get("files").is_none() && fields.get("organs").is_none() {
        cx.tell(
            Fault::new(node.span, "members 里什么都没有写", "there is nothing in `members`")
                .with_help("写上 files 或 organs", "give `files` or `organs`"),
        );
    }
    let mut of = |name: &str| fields.get(name).map(|node| words(cx, node)).unwrap_or_default();
    Some(Members { files: of("files"), organs: of("organs") })
}

pub(crate) fn place(cx: &Cx<'_>, span: Span) -> Place {
    Place { file: Arc::clone(cx.path), source: Arc::clone(cx.source), span }
}

pub(crate) fn words(cx: &mut Cx<'_>, node: &Node) -> Vec<Word> {
    node.items().iter().filter_map(|item| word(cx, item)).collect()
}

fn word(cx: &mut Cx<'_>, node: &Node) -> Option<Word> {
    let word = cx.text(node)?.to_owned();
    Some(Word { word, place: place(cx, node.span) })
}

fn profile(cx: &mut Cx<'_>, node: &Node) -> Option<(Profile, Place)> {
    let profile = cx.word(node, ("档次", "profile"), &Profile::WORDS)?;
    Some((profile, place(cx, node.span)))
}

/// The lines of a `rules:`, those with shorter codes first, so that `GW3: off` never undoes `GW301: error`.
fn entries(cx: &mut Cx<'_>, node: &Node) -> Vec<Entry> {
    let pairs = cx.pairs(node).unwrap_or_default();
    let mut entries: Vec<Entry> = pairs.iter().filter_map(|(key, value)| entry(cx, key, value)).collect();
    let weight = |entry: &Entry| if is_start_of_code(&entry.name) { entry.name.len() } else { 0 };
    entries.sort_by_key(weight);
    entries
}

/// Whether a name is a code or the start of one.
fn is_start_of_code(name: &str) -> bool {
    name.len() <= 5 && name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

fn entry(cx: &mut Cx<'_>, key: &Key, value: &Node) -> Option<Entry> {
    let place_of_name = place(cx, key.span);
    if key.name.is_empty() {
        cx.tell(Fault::new(
            key.span,
            "要写编号、编号的开头、标签或规则包的名字",
            "a code, the start of codes, a tag or the name of a pack is needed",
        ));
        return None;
    }
    let (verdict, params) = match &value.kind {
        Kind::Map(_) => {
            let fields = cx.fields(value, &ENTRY)?;
            let verdict = fields.get("level").and_then(|node| cx.word(node, ("级别", "level"), &Verdict::WORDS));
            let pairs = fields.get("params").and_then(|node| cx.pairs(node)).unwrap_or_default();
            let params = pairs.iter().map(|(name, value)| GivenParam {
                name: name.name.clone(),
                place: place(cx, name.span),
                value: value.clone(),
            });
            (verdict, params.collect())
        }
        _ => (Some(cx.word(value, ("级别", "level"), &Verdict::WORDS)?), Vec::new()),
    };
    Some(Entry { name: key.name.clone(), verdict, params, place: place_of_name })
}

fn overrides(cx: &mut Cx<'_>, node: &Node) -> Vec<Override> {
    node.items().iter().filter_map(|item| one_override(cx, item)).collect()
}

fn one_override(cx: &mut Cx<'_>, node: &Node) -> Option<Override> {
    let fields = cx.fields(node, &OVERRIDE)?;
    let node_of_files = fields.need(cx, "files")?;
    let files = words(cx, node_of_files);
    let profile = fields.get("profile").and_then(|node| profile(cx, node));
    let rules = fields.get("rules").map(|node| entries(cx, node)).unwrap_or_default();
    if matches!(&node_of_files.kind, Kind::List(items) if items.is_empty()) {
        cx.tell(Fault::new(node_of_files.span, "没有写任何路径模式", "no path pattern is given"));
    }
    if fields.get("profile").is_none() && fields.get("rules").is_none() {
        cx.tell(
            Fault::new(fields.first(), "这一项什么都没有改", "this override changes nothing")
                .with_help("加上 profile 或 rules", "add `profile` or `rules`"),
        );
    }
    Some(Override { files, profile, rules })
}
