//! A rule's document to a rule: the keys that every rule has, and what they must agree on.

use super::assert::Bound;
use super::keys::{BASIS, CASES, COMPANIONS, EN, ENGLISH_CASES, NAME_LIMIT, RULE, VERBS};
use super::names::Names;
use super::param::Declared;
use super::{Known, PackContext, assert, binding, each, example, fill, find, fix, require, scope, when};
use crate::fault::Fault;
use crate::finding::{Basis, Level, Strength};
use crate::form::Form;
use crate::rule::{BilingualTemplate, Binding, Case, Each, Need, On, Param, Rule, Say, Scope, Source, Verb};
use crate::ruleset::{Bilingual, RuleInfo, is_code};
use crate::script::Script;
use crate::shape::KeyTie;
use crate::wire::{Cx, Fields, unknown};
use crate::yaml::{Kind, Node};
use std::sync::Arc;

/// Reads a rule with the values of its parameters; none when a fault was told.
pub(crate) fn rule(
    cx: &mut Cx<'_>,
    root: &Node,
    pack: &PackContext,
    known: &Known<'_>,
    params: &[Param],
) -> Option<Rule> {
    let declared = Declared::new(params);
    let filled = (!params.is_empty()).then(|| fill::fill(root, &declared)).transpose();
    let filled = filled.map_err(|fault| cx.tell(fault)).ok()?;
    let root = filled.as_ref().unwrap_or(root);
    let fields = cx.fields(root, &RULE)?;
    let en_node = fields.get("en");
    let en = en_node.and_then(|node| cx.fields(node, &EN));
    let id = id(cx, fields);
    let name = name(cx, fields, en);
    let level = fields.need(cx, "level").and_then(|node| cx.word(node, ("级别", "level"), &Level::WORDS));
    let basis = fields.need(cx, "basis").and_then(|node| basis(cx, node));
    let tags = fields.texts(cx, "tags");
    let mask = fields.get("mask").and_then(|node| cx.truth(node)).unwrap_or_default();
    let when = fields.get("when").map(|node| when::when(cx, node, known.forms)).unwrap_or_default();
    let mut needs = fields.get("needs").map(|node| when::needs(cx, node)).unwrap_or_default();
    let forms = relevant(known.forms, &when.forms, pack.form.as_deref());
    let n_errors = cx.n_errors();
    let (scope, layout) = fields.get("in").map(|node| scope::scope(cx, node, &forms)).unwrap_or_default();
    // Paths are not held against the forms when it is not even sure which table they are meant for.
    let forms = if cx.n_errors() > n_errors { Vec::new() } else { forms };
    let on = fields.get("on").and_then(|node| cx.word(node, ("方式", "way"), &ONS)).unwrap_or_default();
    // Beside another verb it does nothing, which is told there.
    let each_node = fields.get("each").filter(|_| fields.get("assert").is_some());
    let each = each_node.and_then(|node| each::each(cx, node, &scope, layout.as_ref(), fields.get("let")));
    let around = binding::Around { each: each.as_ref(), scope: &scope, layout: layout.as_ref(), forms: &forms };
    // What a name stands for depends on what is current.
    let is_sure = fields.get("each").is_none() || each.is_some();
    let bindings = fields.get("let").filter(|_| is_sure).map(|node| binding::bindings(cx, node, &around));
    let bindings = bindings.unwrap_or_default();
    if bindings.iter().any(Binding::is_of_prev) && !needs.contains(&Need::Prev) {
        needs.push(Need::Prev);
    }
    if let (Some(node), Some(each), true) = (each_node, &each, cx.n_errors() == n_errors) {
        each::check(cx, node, each, &bindings);
    }
    let complete = cx.n_errors() == n_errors;
    let bound = Bound { bindings: &bindings, each: each.as_ref(), params: &declared, complete };
    let verb = verb(cx, fields, bound, &scope, &forms, known);
    let tests = fields.get("tests").map(|node| example::tests(cx, node, known.forms)).unwrap_or_default();
    // The rest is checked against the names that the verb gives; without a verb every name would be unknown.
    let verb = verb?;
    scope::check_layout(cx, fields, layout.as_ref(), &verb);
    scope::check_cited(cx, fields, &scope, &verb, &bindings);
    let names = Names::of(&verb, &bindings, declared.names());
    let say = say(cx, fields, en, &verb, &names);
    let help = bilingual(cx, fields.get("help"), en.and_then(|en| en.get("help")), &names);
    let labels = labels(cx, fields, en, &names);
    let en_fix = en.and_then(|en| en.get("fix"));
    let fixes = fields.get("fix").map(|node| fix::fixes(cx, node, en_fix, &verb, &names)).unwrap_or_default();
    let english = english_names(cx, en, &bindings);
    let at = fields.get("at").and_then(|node| {
        let text = cx.text(node)?;
        names.check_place(cx, node.span, text);
        Some(text.to_owned())
    });
    unused(cx, &bindings, &verb, each.as_ref(), &names);
    let uses = fields.text(cx, "use").map(str::to_owned);
    let with = fields.get("with");
    if let Some((key, _)) = fields.pair("with").filter(|_| uses.is_none()) {
        cx.tell(Fault::new(key.span, "with 要与 use 同用", "`with` goes with `use`"));
    }
    declared.check(cx, &names, |name| uses.is_some() && with.is_none_or(|with| with.get(name).is_none()));
    if cx.is_faulty() {
        return None;
    }
    let id = Arc::from(id?);
    let info = RuleInfo {
        id,
        name: name?,
        level: level?,
        own_level: level?,
        basis: Arc::new(basis?),
        tags,
        mask,
        pack: pack.name.clone(),
        verb: verb.word(),
        say: words(say.general.as_ref().or(say.cases.first().map(|(_, template)| template))),
        help: words(help.as_ref()),
        bad_example: tests.bad.iter().find_map(|case| Some((case.text.written()?.to_owned(), case.fixed.clone()))),
        ok_example: tests.ok.iter().find_map(|case| case.text.written().map(str::to_owned)),
        file: cx.path.to_string(),
        params: params.to_vec(),
        uses,
    };
    let id_span = fields.get("id").map_or(root.span, |node| node.span);
    let source = Source { file: Arc::clone(cx.path), text: Arc::clone(cx.source), span: root.span, id: id_span };
    let pack_form = pack.form.clone();
    Some(Rule {
        info,
        when,
        needs,
        pack_form,
        scope,
        layout,
        on,
        bindings,
        each,
        at,
        verb,
        say,
        help,
        labels,
        fixes,
        english,
        tests,
        source,
    })
}

pub(super) const ONS: [(&str, On); 2] = [("text", On::Text), ("folded", On::Folded)];

fn id<'n>(cx: &mut Cx<'_>, fields: Fields<'n>) -> Option<&'n str> {
    let node = fields.need(cx, "id")?;
    let id = cx.text(node)?;
    if !is_code(id) {
        cx.tell(
            Fault::new(
                node.span,
                format!("编号“{id}”要写成两个大写字母加三位数字"),
                format!("`{id}` must be two capital letters and three digits"),
            )
            .with_help("例如 NB301", "such as NB301"),
        );
    }
    Some(id)
}

fn name(cx: &mut Cx<'_>, fields: Fields<'_>, en: Option<Fields<'_>>) -> Option<Bilingual> {
    let node = fields.need(cx, "name")?;
    let zh = cx.spoken(node)?.to_owned();
    if zh.strip_prefix('“').and_then(|zh| zh.strip_suffix('”')).is_some_and(|zh| !zh.contains(['“', '”'])) {
        cx.tell(
            Fault::new(node.span, "中文引号会成为名称的一部分", "these quotation marks are part of the name")
                .with_help("去掉引号", "leave them out"),
        );
    }
    let n_chars = zh.chars().count();
    if n_chars > NAME_LIMIT {
        cx.tell(Fault::new(
            node.span,
            format!("名称有 {n_chars} 个字，最多 {NAME_LIMIT} 个"),
            format!("the name has {n_chars} characters, {NAME_LIMIT} at most"),
        ));
    }
    let en = en.and_then(|en| en.text(cx, "name")).unwrap_or_default().to_owned();
    Some(Bilingual { zh, en })
}

/// Reads a `basis`.
pub(crate) fn basis(cx: &mut Cx<'_>, node: &Node) -> Option<Basis> {
    let fields = cx.fields(node, &BASIS)?;
    let doc = fields.need(cx, "doc").and_then(|node| cx.spoken(node));
    let clause = fields.text(cx, "clause").map(str::to_owned);
    let strength = fields.need(cx, "strength").and_then(|node| cx.word(node, ("约束力", "strength"), &Strength::WORDS));
    Some(Basis { doc: doc?.to_owned(), clause, strength: strength? })
}

/// The forms that a rule is checked against.
fn relevant<'f>(forms: &'f [Form], when: &[String], kind: Option<&str>) -> Vec<&'f Form> {
    forms
        .iter()
        .filter(|form| when.is_empty() || when.iter().any(|id| **id == *form.id))
        .filter(|form| kind.is_none_or(|kind| form.kind == kind))
        .collect()
}

/// Exactly one verb, with its companions only.
fn verb(
    cx: &mut Cx<'_>,
    fields: Fields<'_>,
    bound: Bound<'_>,
    scope: &Scope,
    forms: &[&Form],
    known: &Known<'_>,
) -> Option<Verb> {
    let given: Vec<_> = VERBS.into_iter().filter_map(|verb| fields.pair(verb)).collect();
    let (key, node) = match given[..] {
        [one] => one,
        [] => {
            cx.tell(Fault::new(fields.first(), "规则缺少动作", "the rule has no verb").with_help(
                "要写 find、require、assert、script 之一",
                "one of find, require, assert, script is needed",
            ));
            return None;
        }
        [(first, _), (second, _), ..] => {
            cx.tell(Fault::new(
                second.span,
                format!("规则只能有一个动作，这里已有 {}", first.name),
                format!("a rule has one verb, and `{}` is there already", first.name),
            ));
            return None;
        }
    };
    let mut astray = false;
    for tie in &COMPANIONS {
        let KeyTie::GoesWith(companion, verbs) = tie else { continue };
        if let Some((own, _)) = fields.pair(companion).filter(|_| !verbs.contains(&key.name.as_str())) {
            astray = true;
            cx.tell(Fault::new(
                own.span,
                format!("“{companion}”只能与 {} 同用，这里是 {}", verbs.join("、"), key.name),
                format!("`{companion}` goes with {} only, not with {}", verbs.join(", "), key.name),
            ));
        }
    }
    let verb = match key.name.as_str() {
        "find" => Verb::Find(find::find(cx, node, fields.get("unless"), known.data)?),
        "require" => Verb::Require(require::require(cx, node, scope, forms)?),
        "assert" => Verb::Assert(assert::assert(cx, fields, node, bound)?),
        _ => Verb::Script(script(cx, node, fields.get("lib"), known, bound.params)?),
    };
    (!astray).then_some(verb)
}

/// Compiles a script with the files of functions that `lib` names.
fn script(
    cx: &mut Cx<'_>,
    node: &Node,
    lib: Option<&Node>,
    known: &Known<'_>,
    params: &Declared<'_>,
) -> Option<Script> {
    let text = cx.text(node)?;
    let mut libs = Vec::new();
    for name in lib.map(Node::items).unwrap_or_default() {
        let given = cx.text(name)?;
        match known.libs.get(given) {
            Some(lib) => libs.push(Arc::clone(lib.as_ref()?)),
            None => {
                let names = known.libs.keys().map(String::as_str);
                let fault = unknown(name.span, ("函数文件", "lib"), given, names);
                cx.tell(match fault.help {
                    None => fault.with_help(
                        format!("它是规则旁边的文件 {given}.rhai"),
                        format!("it is a file {given}.rhai among the rules"),
                    ),
                    Some(_) => fault,
                });
                return None;
            }
        }
    }
    let script = known.room.compile(text, &libs, known.data, params.all());
    let mut script = cx.parsed(node, script)?;
    script.put(text, |span| node.place(cx.source, span));
    script.params_used().for_each(|name| params.mark(name));
    Some(script)
}

/// What a rule says, in both languages; only a script may say nothing here.
fn say(cx: &mut Cx<'_>, fields: Fields<'_>, en: Option<Fields<'_>>, verb: &Verb, names: &Names<'_>) -> Say {
    let is_script = matches!(verb, Verb::Script(_));
    let node = if is_script { fields.get("say") } else { fields.need(cx, "say") };
    let Some(node) = node else { return Say::default() };
    let en = en.and_then(|en| en.get("say"));
    let Kind::Map(pairs) = &node.kind else {
        cx.spoken(node);
        return Say { general: bilingual(cx, Some(node), en, names), cases: Vec::new() };
    };
    if cx.fields(node, &CASES).is_none() {
        return Say::default();
    }
    if !matches!(verb, Verb::Require(_)) {
        cx.tell(Fault::new(node.span, "只有 require 的 say 可以分情形", "only the `say` of a `require` may be a map"));
        return Say::default();
    }
    let en = en.and_then(|en| cx.fields(en, &ENGLISH_CASES));
    let mut said = Say::default();
    for (key, own) in pairs {
        let Some(case) = Case::ALL.into_iter().find(|case| case.word() == key.name) else { continue };
        let en = en.and_then(|en| en.get(&key.name));
        let Some(template) = bilingual(cx, Some(own), en, names) else { continue };
        if case == Case::Missing {
            said.general = Some(template.clone());
        }
        said.cases.push((case, template));
    }
    if said.general.is_none() && !cx.is_faulty() {
        cx.tell(Fault::new(
            node.span,
            "say 里缺少 missing，其他情形都以它为准",
            "`say` lacks `missing`, which stands in for every other case",
        ));
    }
    said
}

/// A template in both languages, its names checked.
fn bilingual(cx: &mut Cx<'_>, zh: Option<&Node>, en: Option<&Node>, names: &Names<'_>) -> Option<BilingualTemplate> {
    let zh = names.template(cx, zh?);
    let en = en.and_then(|node| names.template(cx, node));
    Some(BilingualTemplate { zh: zh?, en })
}

fn labels(
    cx: &mut Cx<'_>,
    fields: Fields<'_>,
    en: Option<Fields<'_>>,
    names: &Names<'_>,
) -> Vec<(String, BilingualTemplate)> {
    let Some(pairs) = fields.get("label").and_then(|node| cx.pairs(node)) else { return Vec::new() };
    let en = en.and_then(|en| en.get("label")).and_then(|node| cx.pairs(node)).unwrap_or_default();
    let mut labels = Vec::new();
    for (key, node) in pairs {
        names.check_place(cx, key.span, &key.name);
        let en = en.iter().find(|(own, _)| own.name == key.name).map(|(_, node)| node);
        if let Some(template) = bilingual(cx, Some(node), en, names) {
            labels.push((key.name.clone(), template));
        }
    }
    for (key, _) in en {
        if !pairs.iter().any(|(own, _)| own.name == key.name) {
            cx.tell(unknown(key.span, ("名字", "name"), &key.name, pairs.iter().map(|(own, _)| own.name.as_str())));
        }
    }
    labels
}

/// What names of `let` are called in English.
fn english_names(cx: &mut Cx<'_>, en: Option<Fields<'_>>, bindings: &[Binding]) -> Vec<(String, String)> {
    let Some(pairs) = en.and_then(|en| en.get("names")).and_then(|node| cx.pairs(node)) else { return Vec::new() };
    let mut english = Vec::new();
    for (key, node) in pairs {
        let known = || bindings.iter().map(|binding| binding.name.as_str());
        if !known().any(|name| name == key.name) {
            cx.tell(unknown(key.span, ("名字", "name"), &key.name, known()));
        }
        english.extend(cx.text(node).map(|word| (key.name.clone(), word.to_owned())));
    }
    english
}

/// A name that nobody uses is a slip somewhere else.
fn unused(cx: &mut Cx<'_>, bindings: &[Binding], verb: &Verb, each: Option<&Each>, names: &Names<'_>) {
    let Verb::Assert(assert) = verb else { return };
    let used = assert.expr.names();
    for binding in bindings {
        let name = binding.name.as_str();
        let repeated = matches!(each, Some(Each::Name(own)) if own == name);
        if !used.contains(&name) && !repeated && !names.was_used(name) {
            cx.tell(Fault::new(
                binding.span,
                format!("let 里的“{name}”没有用到"),
                format!("`{name}` of `let` is not used"),
            ));
        }
    }
}

fn words(template: Option<&BilingualTemplate>) -> Bilingual {
    let Some(template) = template else { return Bilingual::default() };
    let en = template.en.as_ref().map_or_else(String::new, |en| en.source().to_owned());
    Bilingual { zh: template.zh.source().to_owned(), en }
}
