//! A table that no form knows and that a rule describes itself.

use crate::path::LabelPath;

/// What a table of the document must have to be the one that is meant. Every table that has it is judged.
#[derive(Debug)]
pub struct Layout {
    /// What messages call it.
    pub name: Option<String>,
    /// The titles of a section around it, as a label path: from an outer section to the one that is meant.
    pub section: Option<LabelPath>,
    /// Rows, or labels above rows.
    pub rows: Vec<LabelPath>,
    /// Columns, or labels above columns.
    pub cols: Vec<LabelPath>,
}
