//! The linter: rule files become rules, a document and rules become findings and fixes.

pub mod bind;
mod compile;
pub mod engine;
pub mod expr;
pub mod fault;
pub mod finding;
pub mod fix;
pub mod form;
pub mod path;
pub mod pattern;
pub mod rule;
pub mod ruleset;
pub mod script;
pub mod selftest;
pub mod template;
mod wire;
mod yaml;
