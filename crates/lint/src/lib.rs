//! The linter: rule files become rules, a document and rules become findings and fixes.

pub mod finding;
pub mod engine;
pub mod fix;
pub mod ruleset;
pub mod selftest;
