//! From nodes to checked forms and rules. Every fault of a document is told, each with its place.

pub(crate) mod data;
pub(crate) mod form;
