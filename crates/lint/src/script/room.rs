//! The closed room: its engines, what is in them, and their limits.

use super::debug::Said;
use super::doc::Pages;
use super::fault::Hosted;
use super::host::{self, Candidates, Kept, Run, Within};
use super::mention::Mentions;
use super::vocabulary::Vocabulary;
use super::{Functions, Place, Script, ScriptError, ScriptReport, array, charge, fault, functions};
use crate::date::Date;
use crate::fault::Fault;
use crate::rule::Param;
use crate::ruleset::{DataTable, RuleInfo};
use crate::trace::Work;
use rhai::packages::{
    ArithmeticPackage, BasicArrayPackage, BasicIteratorPackage, BasicMapPackage, BasicMathPackage, BasicStringPackage,
    LogicPackage, MoreStringPackage, Package,
};
use rhai::{Caches, Dynamic, Engine, EvalAltResult, OptimizationLevel, Scope};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Operations of a run; host functions count their own work against the same number. About 0.14 s.
pub(super) const OPERATIONS: u64 = 2_000_000;
/// Elements of an array. Size checks make growth quadratic, so larger ones are slow as well.
pub(super) const ARRAY: usize = 4_096;
/// Entries of a map.
pub(super) const MAP: usize = 1_024;
/// Bytes of a string, and of all strings in an array or map.
pub(super) const STRING: usize = 1 << 20;
/// Functions that call each other.
pub(super) const CALLS: usize = 32;
/// Expressions and blocks inside each other, in the body and in a function.
pub(super) const DEPTHS: (usize, usize) = (64, 32);
/// Variables at a time.
pub(super) const VARIABLES: usize = 128;
/// Functions of a script.
pub(super) const FUNCTIONS: usize = 64;
/// Hashes must not differ between runs or machines: the same input gives the same bytes out.
const SEED: [u64; 4] = [0x676f_756a, 0x6921_2121, 0x2020_3330, 0x3230_3139];

/// Where scripts are compiled and run. One for a rule set, shared by all threads.
#[derive(Debug)]
pub struct Room {
    /// Those that no thread works with just now: as many are made as threads run scripts at a time.
    engines: Mutex<Vec<Counted>>,
    known: Vocabulary,
    kept: Kept,
    mentions: Arc<Mentions>,
}

/// An engine that counts the operations of a run. Its own count forgets those inside a closure that a function such as
/// `filter` calls.
#[derive(Debug)]
struct Counted {
    engine: Engine,
    operations: Arc<AtomicU64>,
}

/// What a run came to.
pub(super) struct Ran {
    /// In the order they were made.
    pub(super) reports: Vec<ScriptReport>,
    /// What was said with `debug`, each with its place.
    pub(super) said: Vec<(Place, Said)>,
    /// What it used up.
    pub(super) work: Work,
    /// How it ended.
    pub(super) end: Result<(), Stop>,
}

/// What ended a script before its last line.
pub(super) enum Stop {
    /// A number that it needs is not there; why, in Chinese and English.
    Gap(String, String),
    /// It failed or reached a limit.
    Failed(ScriptError),
}

impl Default for Counted {
    fn default() -> Self {
        // Err means that it was set before, by another room, to the same.
        let _ = rhai::config::hashing::set_hashing_seed(Some(SEED));
        // Raw: the standard engine has `sleep`, a clock and modules.
        let mut engine = Engine::new_raw();
        ArithmeticPackage::new().register_into_engine(&mut engine);
        LogicPackage::new().register_into_engine(&mut engine);
        BasicStringPackage::new().register_into_engine(&mut engine);
        MoreStringPackage::new().register_into_engine(&mut engine);
        BasicArrayPackage::new().register_into_engine(&mut engine);
        BasicMapPackage::new().register_into_engine(&mut engine);
        BasicIteratorPackage::new().register_into_engine(&mut engine);
        BasicMathPackage::new().register_into_engine(&mut engine);
        // Every limit is set here: the library's own differ between debug and release builds.
        engine
            .set_max_operations(OPERATIONS)
            .set_max_call_levels(CALLS)
            .set_max_expr_depths(DEPTHS.0, DEPTHS.1)
            .set_max_string_size(STRING)
            .set_max_array_size(ARRAY)
            .set_max_map_size(MAP)
            .set_max_variables(VARIABLES)
            .set_max_functions(FUNCTIONS)
            .set_max_modules(0)
            .set_strict_variables(true)
            .set_allow_shadowing(false)
            .set_fail_on_invalid_map_property(true)
            .set_optimization_level(OptimizationLevel::None);
        for symbol in fault::FORBIDDEN {
            engine.disable_symbol(symbol);
        }
        let operations = Arc::new(AtomicU64::new(0));
        let count = Arc::clone(&operations);
        engine.on_progress(move |_| {
            (count.fetch_add(1, Ordering::Relaxed) >= OPERATIONS).then(|| Dynamic::from(fault::Spent))
        });
        charge::register(&mut engine);
        array::register(&mut engine);
        host::register(&mut engine);
        Self { engine, operations }
    }
}

impl Counted {
    /// Runs a script; how it ended, and the operations that it took.
    fn run(&self, script: &Script, run: &Arc<Run>, scope: &mut Scope<'_>) -> (Hosted<Dynamic>, u64) {
        // A tag reaches host functions that have no handle; of the ways to run a script only this one takes a tag.
        let mut global = self.engine.new_global_runtime_state();
        global.tag = Dynamic::from(Arc::clone(run));
        global.lib.push(script.program.shared_lib().clone());
        let (statements, mut caches) = (script.program.statements(), Caches::new());
        #[expect(deprecated, reason = "its page says that it is not, but may change; the version is pinned")]
        let ended = self.engine.eval_statements_raw(&mut global, &mut caches, scope, statements);
        (ended, self.operations.load(Ordering::Relaxed))
    }
}

impl Default for Room {
    fn default() -> Self {
        let first = Counted::default();
        let known = Vocabulary::of(&first.engine);
        Self { engines: Mutex::new(vec![first]), known, kept: Kept::default(), mentions: Arc::default() }
    }
}

impl Room {
    /// Does something with an engine that nobody else works with meanwhile.
    fn with_engine<T>(&self, act: impl FnOnce(&Counted) -> T) -> T {
        let free = self.engines.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let engine = free.unwrap_or_default();
        engine.operations.store(0, Ordering::Relaxed);
        let made = act(&engine);
        self.engines.lock().unwrap_or_else(PoisonError::into_inner).push(engine);
        made
    }

    /// Compiles a script with the files of functions that it names, and checks what it calls.
    ///
    /// # Errors
    /// A fault that points into `source`.
    pub(crate) fn compile(
        &self,
        source: &str,
        libs: &[Arc<Functions>],
        data: &BTreeMap<String, DataTable>,
        params: &[Param],
    ) -> Result<Script, Fault> {
        self.with_engine(|own| functions::compile((&own.engine, &self.known), source, libs, data, params))
    }

    /// Checks a file of functions: its name, path and text.
    ///
    /// # Errors
    /// A fault that points into the text.
    pub fn functions(
        &self,
        file: (&str, &Arc<str>, &Arc<str>),
        data: &BTreeMap<String, DataTable>,
    ) -> Result<Functions, Fault> {
        self.with_engine(|own| functions::check((&own.engine, &self.known), file, data))
    }

    /// Runs a script on a document; `places` are what its rule's `in` means, and where its
    /// patterns may match.
    pub(super) fn run(
        &self,
        script: &Script,
        rule: &RuleInfo,
        pages: &Pages,
        places: (Within, Candidates),
        data: &Arc<BTreeMap<String, DataTable>>,
        today: Option<Date>,
    ) -> Ran {
        let run = Arc::new(Run::new(script, rule, pages, places, data, (&self.kept, &self.mentions), today));
        let mut scope = Scope::new();
        for name in host::ALWAYS {
            scope.push_constant_dynamic(name, host::always(&run, name).unwrap_or_default());
        }
        let (ended, operations) = self.with_engine(|own| own.run(script, &run, &mut scope));
        let placed = |position| script.place(fault::word_at(&script.source, position));
        let said = run.said().into_iter().map(|said| (placed(said.position), said)).collect();
        let end = ended.map(drop).map_err(|error| self.stop(script, &error));
        let work = Work { script: operations, host: run.used(), most: OPERATIONS };
        Ran { reports: run.reports(), said, work, end }
    }

    fn stop(&self, script: &Script, error: &EvalAltResult) -> Stop {
        if let Some(gap) = fault::gap_of(error) {
            return Stop::Gap(gap.zh, gap.en);
        }
        let fault = fault::failure(&script.source, error, &self.known);
        Stop::Failed(ScriptError { place: script.place(fault.span), message: fault.zh, message_en: fault.en })
    }
}

#[cfg(test)]
impl Room {
    /// The names of what is ours: functions and properties, not those of the library.
    pub(super) fn own_names(&self) -> impl Iterator<Item = String> {
        let mut engine = Engine::new_raw();
        host::register(&mut engine);
        let names = engine.collect_fn_metadata(None, |info| Some(info.metadata.name.to_string()), true);
        let names = names.into_iter().map(|name| name.trim_start_matches("get$").to_owned());
        names.filter(|name| name.starts_with(char::is_alphabetic))
    }
}

#[cfg(test)]
mod tests {
    use super::Counted;

    #[test]
    fn every_limit_is_set() {
        let engine = Counted::default().engine;
        assert_eq!(engine.max_operations(), 2_000_000);
        assert_eq!(engine.max_call_levels(), 32);
        assert_eq!((engine.max_expr_depth(), engine.max_function_expr_depth()), (64, 32));
        assert_eq!(engine.max_string_size(), 1_048_576);
        assert_eq!((engine.max_array_size(), engine.max_map_size()), (4_096, 1_024));
        assert_eq!((engine.max_variables(), engine.max_functions(), engine.max_modules()), (128, 64, 0));
        assert!(engine.strict_variables() && engine.fail_on_invalid_map_property() && !engine.allow_shadowing());
    }
}
