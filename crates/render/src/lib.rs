//! Findings for people and programs: each output format is one file, and everything comes back as a `String`.
//!
//! A run is written piece by piece, so that no shell needs to hold many documents at once: for every document
//! one call ([`pretty::document`], [`short::document`], [`json::document`]), and one at the end
//! ([`pretty::closing`] and its like) with what the run came to. Nothing here reads a file, a clock or the
//! environment; only [`terminal`] knows miette.

pub mod at;
pub mod diff;
pub mod doc;
pub mod explain;
pub mod inspect;
pub mod json;
pub mod mutation;
mod package;
pub mod paint;
mod parameter;
pub mod pretty;
pub mod rollup;
pub mod run;
pub mod schema;
pub mod selftest;
pub mod short;
pub mod skeleton;
pub mod stats;
pub mod terminal;
pub mod trace;
mod whereabouts;
pub mod words;

mod excerpt;
mod layout;
mod ledger;
mod places;
pub mod remark;
mod repair;
