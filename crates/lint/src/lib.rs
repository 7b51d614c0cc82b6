//! The linter: rule files become rules, a document and rules become findings and fixes.

mod assert;
pub mod bind;
mod compile;
pub mod config;
pub mod engine;
pub mod expr;
pub mod fault;
mod find;
pub mod finding;
pub mod fix;
pub mod form;
mod group;
mod guard;
pub mod path;
pub mod pattern;
mod require;
pub mod rule;
pub mod ruleset;
mod say;
mod scan;
mod scope;
pub mod script;
pub mod selftest;
pub mod settings;
pub mod template;
mod wire;
mod yaml;
