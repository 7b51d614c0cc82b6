//! A script at load: parsed, and everything it calls looked up.

use super::{Script, fault};
use crate::fault::{Fault, nearest};
use crate::pattern::Pattern;
use crate::ruleset::DataTable;
use gouji_core::text::Span;
use rhai::{AST, ASTNode, Dynamic, Engine, Expr, Position, Scope, Stmt};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Functions that are part of the language rather than registered.
const BUILT_IN: [&str; 7] = ["type_of", "is_def_var", "is_def_fn", "is_shared", "call", "curry", "Fn"];

/// The longest text written out, in bytes. What functions do to it could not be charged, as it is no variable.
const LITERAL: usize = 4_096;

/// Parses a script and checks what it calls.
pub(super) fn compile(
    engine: &Engine,
    functions: &BTreeSet<String>,
    source: &str,
    data: &BTreeMap<String, DataTable>,
) -> Result<Script, Fault> {
    let mut scope = Scope::new();
    // What is always there, so that any other name is an error now.
    scope.push_constant_dynamic("doc", Dynamic::UNIT);
    scope.push_constant_dynamic("rule", Dynamic::UNIT);
    scope.push_constant_dynamic("today", Dynamic::UNIT);
    scope.push_constant_dynamic("prev", Dynamic::UNIT);
    let program = engine.compile_with_scope(&scope, source).map_err(|error| fault::parse(source, &error))?;
    let mut check = Check { source, functions, own: own_functions(&program), patterns: BTreeMap::new(), fault: None };
    let keys = keys(&program, source, data);
    program.walk(&mut |path| {
        match path.last() {
            Some(ASTNode::Expr(Expr::Property(property, position))) => check.property(&property.2, *position, &keys),
            Some(ASTNode::Expr(Expr::FnCall(call, position) | Expr::MethodCall(call, position))) => {
                check.call(&call.name, &call.args, call.is_operator_call(), *position, data);
            }
            Some(ASTNode::Stmt(Stmt::FnCall(call, position))) => {
                check.call(&call.name, &call.args, call.is_operator_call(), *position, data);
            }
            Some(ASTNode::Expr(Expr::StringConstant(text, position))) if text.len() > LITERAL => {
                check.too_long(*position);
            }
            _ => {}
        }
        check.fault.is_none()
    });
    if let Some(fault) = check.fault {
        return Err(fault);
    }
    let patterns = Arc::new(check.patterns);
    let needs_match = needs_match(source) && patterns.values().all(|pattern| !pattern.required().is_empty());
    Ok(Script { source: source.to_owned(), program, patterns, needs_match, lines: Vec::new() })
}

/// The keys that maps of a script may have: those it writes, those of `rule` and `today`, and those of the tables of facts. None where
/// it may make others.
fn keys(program: &AST, source: &str, data: &BTreeMap<String, DataTable>) -> Option<BTreeSet<String>> {
    if source.contains("#{}") {
        return None;
    }
    let mut keys: BTreeSet<String> = ["id", "name", "year", "month", "day"].map(str::to_owned).into();
    keys.extend(data.values().flat_map(|table| &table.rows).flat_map(BTreeMap::keys).cloned());
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
fn needs_match(source: &str) -> bool {
    let mut uses = source.match_indices("doc").map(|(at, _)| &source[at + 3..]).peekable();
    let harmless = |rest: &str| {
        [".year", ".organ", ".form"].iter().any(|known| rest.starts_with(known)) || searches_for_literal(rest)
    };
    // What `debug` shows is worth a run by itself.
    !source.contains("debug") && uses.peek().is_some() && uses.all(harmless)
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

fn own_functions(program: &AST) -> BTreeSet<String> {
    program.iter_functions().map(|function| function.name.to_owned()).collect()
}

struct Check<'a> {
    source: &'a str,
    functions: &'a BTreeSet<String>,
    own: BTreeSet<String>,
    patterns: BTreeMap<String, Arc<Pattern>>,
    fault: Option<Fault>,
}

impl Check<'_> {
    fn call(&mut self, name: &str, args: &[Expr], is_operator: bool, at: Position, data: &BTreeMap<String, DataTable>) {
        let known = is_operator
            || name.starts_with("anon$")
            || BUILT_IN.contains(&name)
            || self.own.contains(name)
            || self.functions.contains(name);
        if !known {
            self.fault = Some(self.unknown(name, at));
            return;
        }
        let Some(Expr::StringConstant(text, position)) = args.first() else { return };
        match name {
            "find" => match Pattern::parse(text) {
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

    /// The place of a stretch of a string that is written out; its first character where that can not be told.
    fn inside(&self, text: &str, position: Position, span: Span) -> Span {
        let quote = fault::word_at(self.source, position);
        let start = quote.start + 1;
        if self.source[start.min(self.source.len())..].starts_with(text) { span.shift(start) } else { quote }
    }

    /// A property that neither a handle nor any map has.
    fn property(&mut self, name: &str, at: Position, keys: &Option<BTreeSet<String>>) {
        let Some(keys) = keys else { return };
        if keys.contains(name) || fault::properties(self.functions).any(|known| known == name) {
            return;
        }
        let known = fault::properties(self.functions).chain(keys.iter().map(String::as_str));
        let span = fault::word_at(self.source, at);
        let fault = Fault::new(
            span,
            format!("脚本有误：没有属性“{name}”"),
            format!("bad script: there is no property `{name}`"),
        );
        self.fault = Some(match nearest(name, known) {
            Some(near) => fault.with_help(format!("是不是“{near}”？"), format!("did you mean `{near}`?")),
            None => fault,
        });
    }

    fn too_long(&mut self, at: Position) {
        let span = fault::word_at(self.source, at);
        self.fault = Some(Fault::new(
            span,
            format!("脚本里的一段文字超过 {LITERAL} 字节"),
            format!("a text in the script is longer than {LITERAL} bytes"),
        ));
    }

    fn unknown(&self, name: &str, at: Position) -> Fault {
        let span = fault::word_at(self.source, at);
        let fault = Fault::new(
            span,
            format!("脚本有误：没有函数“{name}”"),
            format!("bad script: there is no function `{name}`"),
        );
        let known = fault::callable(self.functions).chain(self.own.iter().map(String::as_str));
        match nearest(name, known) {
            Some(near) => fault.with_help(format!("是不是“{near}”？"), format!("did you mean `{near}`?")),
            None => fault,
        }
    }
}
