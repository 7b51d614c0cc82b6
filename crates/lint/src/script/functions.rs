//! Functions that scripts share: a file `NAME.rhai` among the rules, named by `lib: NAME` beside a `script`.
//!
//! It is checked by itself, so it can not lean on another one. A script is compiled with the files that it names behind
//! it: what binds a script, limits and checks, binds them without more.

use super::load::{self, Checked};
use super::vocabulary::Vocabulary;
use super::{Script, fault};
use crate::fault::Fault;
use crate::rule::Param;
use crate::ruleset::DataTable;
use gouji_core::text::Span;
use rhai::Engine;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A checked file of functions.
#[derive(Debug, PartialEq, Eq)]
pub struct Functions {
    /// Its name, as rules write it.
    pub(crate) name: String,
    /// Its path.
    pub(crate) file: Arc<str>,
    /// What stands in it.
    pub(crate) text: Arc<str>,
    /// Name and number of parameters of each function.
    signatures: Vec<(String, usize)>,
}

/// What stands between a script and what is put behind it: an end for its last line and for its last statement.
const SEAM: &str = "\n;\n";

/// Checks a file of functions. It knows no parameters: those of one rule mean nothing to another.
pub(super) fn check(
    (engine, known): (&Engine, &Vocabulary),
    (name, file, text): (&str, &Arc<str>, &Arc<str>),
    data: &BTreeMap<String, DataTable>,
) -> Result<Functions, Fault> {
    let Checked { program, .. } = load::check((engine, known), text, data, &[])?;
    if let Some(statement) = program.statements().first() {
        let span = fault::word_at(text, statement.position());
        return Err(Fault::new(
            span,
            "脚本有误：lib 的文件里只能有函数（fn）",
            "bad script: a lib holds functions (fn) only",
        ));
    }
    let signatures = program.iter_functions().map(|own| (own.name.to_owned(), own.params.len())).collect();
    Ok(Functions { name: name.to_owned(), file: Arc::clone(file), text: Arc::clone(text), signatures })
}

/// Compiles a script with the files of functions that it names.
pub(super) fn compile(
    (engine, known): (&Engine, &Vocabulary),
    body: &str,
    libs: &[Arc<Functions>],
    data: &BTreeMap<String, DataTable>,
    params: &[Param],
) -> Result<Script, Fault> {
    if !libs.is_empty() {
        let alone = load::parse(engine, body)?;
        let own = alone.iter_functions().map(|own| (own.name.to_owned(), own.params.len(), None));
        no_twins(body, own, libs)?;
    }
    let mut source = body.to_owned();
    let mut parts = Vec::new();
    for one in libs {
        source.push_str(SEAM);
        parts.push((source.len(), Arc::clone(one)));
        source.push_str(&one.text);
    }
    // Each part is right by itself: what is wrong now is too much of it, and told where the script starts.
    let checked = load::check((engine, known), &source, data, params)
        .map_err(|fault| if fault.span.end <= body.len() { fault } else { Fault { span: Span::empty(0), ..fault } })?;
    let needs_match = load::needs_match(&source, &checked);
    let Checked { program, patterns, params_used } = checked;
    Ok(Script { source, parts, program, patterns: Arc::new(patterns), params_used, needs_match, lines: Vec::new() })
}

/// Refuses two functions of one name and as many parameters: `own` are those of the script.
fn no_twins<'a>(
    body: &str,
    own: impl Iterator<Item = (String, usize, Option<&'a str>)>,
    libs: &'a [Arc<Functions>],
) -> Result<(), Fault> {
    let all = libs.iter().flat_map(|one| {
        one.signatures.iter().map(|(name, n_params)| (name.clone(), *n_params, Some(one.name.as_str())))
    });
    let mut seen: BTreeMap<(String, usize), Option<&str>> = BTreeMap::new();
    for (name, n_params, home) in own.chain(all) {
        let first = seen.insert((name.clone(), n_params), home);
        let (Some(first), Some(home)) = (first, home) else { continue };
        let start = body.find(&format!("fn {name}")).filter(|_| first.is_none());
        let span = start.map_or(Span::empty(0), |at| Span::new(at + 3, at + 3 + name.len()));
        let (zh, en) = first.map_or_else(Default::default, |first| (format!("{first} 和 "), format!("{first} and ")));
        return Err(Fault::new(
            span,
            format!("脚本有误：{n_params} 个参数的函数“{name}”在 lib {zh}{home} 里已经有了"),
            format!("bad script: a `{name}` with as many parameters is in lib {en}{home} already"),
        ));
    }
    Ok(())
}
