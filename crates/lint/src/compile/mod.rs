//! From nodes to checked forms and rules. Every fault of a document is told, each with its place.

mod assert;
mod binding;
mod cells;
pub(crate) mod data;
mod each;
mod example;
mod figure;
mod fill;
mod find;
mod fix;
pub(crate) mod form;
pub(crate) mod keys;
mod labels;
mod layout;
mod names;
pub(crate) mod pack;
pub(crate) mod param;
mod require;
mod resolve;
pub(crate) mod reuse;
pub(crate) mod rule;
mod scope;
mod when;

use crate::form::Form;
use crate::ruleset::DataTable;
use crate::script::{Functions, Room};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What rules may name.
pub(crate) struct Known<'a> {
    /// Every form, by id.
    pub(crate) forms: &'a [Form],
    /// The tables of facts, by name.
    pub(crate) data: &'a BTreeMap<String, DataTable>,
    /// The files of functions that scripts share, by name; none for one with a fault, which is told there.
    pub(crate) libs: &'a BTreeMap<String, Option<Arc<Functions>>>,
    /// What scripts are compiled in.
    pub(crate) room: &'a Room,
}

/// What the pack around a rule says of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct PackContext {
    /// The pack's name.
    pub(crate) name: String,
    /// The kind of form its rules need.
    pub(crate) form: Option<String>,
}
