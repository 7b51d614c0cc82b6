//! The shipped rules, forms and data as text: one folder a pack, one rule a file, listed by the build script.
//!
//! Nothing is read or checked here; `gouji-lint` does both.

/// Every shipped file as (path relative to `rules/`, text), sorted by path.
///
/// ```
/// let names: Vec<_> = gouji_rules::files().iter().map(|(path, _)| *path).collect();
/// assert!(names.contains(&"forms/annual-report-2021.yaml"));
/// assert!(names.is_sorted());
/// ```
#[must_use]
pub fn files() -> &'static [(&'static str, &'static str)] {
    include!(concat!(env!("OUT_DIR"), "/files.rs"))
}
