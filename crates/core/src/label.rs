//! Labels as they are compared, and the labels that forms know.

use std::collections::BTreeSet;

/// The folded row labels and section titles of all forms: they tell a row from a heading.
#[derive(Clone, Debug, Default)]
pub struct KnownLabels {
    /// Row labels, folded by [`fold`].
    pub rows: BTreeSet<String>,
    /// Section titles, folded.
    pub titles: BTreeSet<String>,
}

/// A label as it is compared: width folded, blanks gone, leading enumerator and trailing bracketed note off.
#[must_use]
pub fn fold(label: &str) -> String {
    let _ = label;
    todo!()
}
