//! What is said held against the file that has it; `UPDATE=1` blesses.

use std::path::Path;

/// Whether a text differs from its golden file. Under `UPDATE=1` it is written there and does not.
///
/// # Panics
/// When a golden file can not be written.
#[must_use]
pub fn differs(golden: &Path, actual: &str) -> bool {
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(golden, actual).expect("a golden file can be written");
        return false;
    }
    std::fs::read_to_string(golden).ok().as_deref() != Some(actual)
}

/// The YAML files in a folder, by name; the golden file of each is its `.txt`.
///
/// # Panics
/// When there is no such folder.
#[must_use]
pub fn yaml_names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .expect("the folder is there")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".yaml"))
        .collect();
    names.sort();
    names
}
