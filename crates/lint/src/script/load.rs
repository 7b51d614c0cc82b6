//! A script at load: parsed, and everything it calls looked up.

use super::vocabulary::Vocabulary;
use super::{fault, host};
use crate::fault::{Fault, nearest};
use crate::pattern::Pattern;
use crate::rule::Param;
use crate::ruleset::DataTable;
use gouji_core::text::Span;
use rhai::{AST, ASTNode, Dynamic, Engine, Expr, FnCallExpr, Position, Scope, Stmt};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Functions that are part of the language rather than registered.
const BUILT_IN: [&str; 7] = ["type_of", "is_def_var", "is_def_fn", "is_shared", "call", "curry", "Fn"];

/// The longest text written out, in bytes. What functions do to it could not be charged, as it is no variable.
const LITERAL: usize = 4_096;

/// A script that may run.
pub(super) struct Checked {
    pub(super) program: AST,
    /// The patterns written out in calls of `find`.
    pub(super) patterns: BTreeMap<String, Arc<Pattern>>,
    /// The parameters that it asks for.
    pub(super) params_used: BTreeSet<String>,
}

/// Parses a script.
pub(super) fn parse(engine: &Engine, source: &str) -> Result<AST, Fault> {
    let mut scope = Scope::new();
    // What is always there, so that any other name is an error now.
    for name in host::ALWAYS {
        scope.push_constant_dynamic(name, Dynamic::UNIT);
    }
    let program = engine.compile_with_scope(&scope, source).map_err(|error| fault::slip(source, &error))?;
    fault::open_comment(source).map_or(Ok(program), Err)
}

/// Parses a script and checks what it calls.
pub(super) fn check(
    (engine, known): (&Engine, &Vocabulary),
    source: &str,
    data: &BTreeMap<String, DataTable>,
    params: &[Param],
) -> Result<Checked, Fault> {
    let program = parse(engine, source)?;
    let own = own_functions(&program);
    let mut check = Check { source, known, own, params, used: BTreeSet::new(), patterns: BTreeMap::new(), fault: None };
    let keys = keys(&program, source, data, params);
    program.walk(&mut |path| {
        match path.last() {
            Some(ASTNode::Expr(Expr::Property(property, position))) => check.property(&property.2, *position, &keys),
            Some(ASTNode::Expr(Expr::FnCall(call, position)) | ASTNode::Stmt(Stmt::FnCall(call, position))) => {
                check.call(call, *position, data, 0);
            }
            Some(ASTNode::Expr(Expr::MethodCall(call, position))) => check.call(call, *position, data, 1),
            Some(ASTNode::Expr(Expr::StringConstant(text, position))) if text.len() > LITERAL => {
                check.too_long(*position);
            }
            Some(ASTNode::Expr(Expr::Dot(pair, ..))) => check.param(&pair.lhs, &pair.rhs),
            _ => {}
        }
        check.fault.is_none()
    });
    let Check { patterns, used, fault, .. } = check;
    fault.map_or(Ok(Checked { program, patterns, params_used: used }), Err)
}

/// The keys that maps of a script may have: those it writes, those of `rule`, `today` and `params`, and those of the
/// tables of facts. None where it may make others.
fn keys(program: &AST, source: &str, data: &BTreeMap<String, DataTable>, params: &[Param]) -> Option<BTreeSet<String>> {
    if source.contains("#{}") {
        return None;
    }
    let mut keys: BTreeSet<String> = ["id", "name", "year", "month", "day"].map(str::to_owned).into();
    keys.extend(params.iter().map(|param| param.name.clone()));
    keys.extend(data.values().flat_map(|table| &table.columns).cloned());
    program.walk(&mut |path| {
        if let Some(ASTNode::Expr(Expr::Map(map, _))) = path.last() {
            keys.extend(map.0.iter().map(|(key, _)| key.name.to_string()));
        }
        true
    });
    Some(keys)
}

/// Whether a script gets hold of the document only by searching it with patterns written out: then it has nothing
/// to report where none of them matches. Told from the source; in doubt no.
pub(super) fn needs_match(source: &str, checked: &Checked) -> bool {
    let mut uses = source.match_indices("doc").map(|(at, _)| &source[at + 3..]).peekable();
    let harmless = |rest: &str| {
        [".year", ".organ", ".form"].iter().any(|known| rest.starts_with(known)) || searches_for_literal(rest)
    };
    // What `debug` shows is worth a run by itself.
    !source.contains("debug")
        && uses.peek().is_some()
        && uses.all(harmless)
        && checked.patterns.values().all(|pattern| !pattern.required().is_empty())
}

/// Whether `.find("…")` comes first, its pattern written out whole: nothing put in, nothing added to it.
fn searches_for_literal(rest: &str) -> bool {
    ['`', '"'].into_iter().any(|quote| {
        let inner = rest.strip_prefix(".find(").and_then(|rest| rest.strip_prefix(quote));
        inner.and_then(|inner| inner.split_once(quote)).is_some_and(|(pattern, behind)| {
            behind.trim_start().starts_with(')') && !(quote == '`' && pattern.contains("${"))
        })
    })
}

/// The script's own functions, each with how many values it takes.
fn own_functions(program: &AST) -> BTreeMap<String, BTreeSet<usize>> {
    let mut own: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for function in program.iter_functions() {
        own.entry(function.name.to_owned()).or_default().insert(function.params.len());
    }
    own
}

/// The property right behind a dot, also where more follows.
fn first_property(behind: &Expr) -> Option<(&str, Position)> {
    match behind {
        Expr::Property(property, position) => Some((property.2.as_str(), *position)),
        Expr::Dot(pair, ..) | Expr::Index(pair, ..) => first_property(&pair.lhs),
        _ => None,
    }
}

struct Check<'a> {
    source: &'a str,
    known: &'a Vocabulary,
    own: BTreeMap<String, BTreeSet<usize>>,
    params: &'a [Param],
    /// The parameters that were asked for.
    used: BTreeSet<String>,
    patterns: BTreeMap<String, Arc<Pattern>>,
    fault: Option<Fault>,
}

impl Check<'_> {
    /// A call; `n_before` is 1 for what stands before the dot.
    fn call(&mut self, call: &FnCallExpr, at: Position, data: &BTreeMap<String, DataTable>, n_before: usize) {
        let name = call.name.as_str();
        if !call.is_operator_call() && !name.starts_with("anon$") && !BUILT_IN.contains(&name) {
            let counts: BTreeSet<usize> =
                self.own.get(name).into_iter().chain(self.known.counts(name)).flatten().copied().collect();
            if !counts.contains(&(call.args.len() + n_before)) {
                self.fault = Some(self.unfit(call, at, n_before, &counts));
                return;
            }
        }
        let Some(Expr::StringConstant(text, position)) = call.args.first() else { return };
        match name {
            "find" => match Pattern::solid(text) {
                Ok(pattern) => {
                    self.patterns.insert(text.to_string(), Arc::new(pattern));
                }
                Err(fault) => {
                    let span = self.inside(text, *position, fault.span);
                    self.fault = Some(Fault { span, ..fault });
                }
            },
            "data" if !data.contains_key(text.as_str()) => {
                let span = self.inside(text, *position, Span::new(0, text.len()));
                let fault =
                    Fault::new(span, format!("没有数据表“{text}”"), format!("there is no table `{text}` in data/"));
                self.fault = Some(fault.expecting(text, data.keys().map(String::as_str)));
            }
            _ => {}
        }
    }

    /// `params.name`: the parameter has to be there.
    fn param(&mut self, of: &Expr, property: &Expr) {
        let (Expr::Variable(variable, ..), Some((name, position))) = (of, first_property(property)) else { return };
        if variable.1.as_str() != "params" {
            return;
        }
        if self.params.iter().any(|param| param.name == name) {
            self.used.insert(name.to_owned());
            return;
        }
        let span = fault::word_at(self.source, position);
        let fault = Fault::new(span, format!("规则没有参数“{name}”"), format!("the rule has no parameter `{name}`"));
        self.fault = Some(fault.expecting(name, self.params.iter().map(|param| param.name.as_str())));
    }

    /// The place of a stretch of a string that is written out; its first character where that can not be told.
    fn inside(&self, text: &str, position: Position, span: Span) -> Span {
        let quote = fault::word_at(self.source, position);
        let start = quote.start + 1;
        if self.source[start.min(self.source.len())..].starts_with(text) { span.shift(start) } else { quote }
    }

    /// A property that neither a handle nor any map has.
    fn property(&mut self, name: &str, at: Position, keys: &Option<BTreeSet<String>>) {
        let Some(keys) = keys else { return };
        if keys.contains(name) || self.known.has_property(name) {
            return;
        }
        let fault = self.told(at, &format!("没有属性“{name}”"), &format!("there is no property `{name}`"));
        if self.known.has_function(name) {
            let fault = fault.with_help(format!("后面要有括号：{name}(…)"), format!("it needs brackets: {name}(…)"));
            self.fault = Some(fault);
            return;
        }
        let near = nearest(name, self.known.properties().chain(keys.iter().map(String::as_str)));
        self.fault = Some(fault.meaning(near));
    }

    fn too_long(&mut self, at: Position) {
        let span = fault::word_at(self.source, at);
        self.fault = Some(Fault::new(
            span,
            format!("脚本里的一段文字超过 {LITERAL} 字节"),
            format!("a text in the script is longer than {LITERAL} bytes"),
        ));
    }

    /// A call of what is not there, or not with so many values.
    fn unfit(&self, call: &FnCallExpr, at: Position, n_before: usize, counts: &BTreeSet<usize>) -> Fault {
        let name = call.name.as_str();
        if !counts.is_empty() {
            // Where nothing stands before the dot one value less is written in brackets.
            let written = counts.iter().filter_map(|count| count.checked_sub(n_before));
            let (zh, en) = fault::bad_count(name, call.args.len(), written);
            return self.told(at, &zh, &en);
        }
        let fault = self.told(at, &format!("没有函数“{name}”"), &format!("there is no function `{name}`"));
        if self.known.has_property(name) {
            return fault
                .with_help(format!("“{name}”是属性，后面不写括号"), format!("`{name}` is a property: no brackets"));
        }
        fault.meaning(nearest(name, self.known.functions().chain(self.own.keys().map(String::as_str))))
    }

    fn told(&self, at: Position, zh: &str, en: &str) -> Fault {
        let span = fault::word_at(self.source, at);
        Fault::new(span, format!("脚本有误：{zh}"), format!("bad script: {en}"))
    }
}
