//! Where the repository's own folders lie, for tests that read them.

use std::path::{Path, PathBuf};

/// The top of the workspace.
///
/// # Panics
/// Never: this crate is a folder of the workspace.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("this crate lies one folder below the root").to_owned()
}

/// The three real reports beside the repository, as (file name, text), sorted by name; none where the folder is absent.
#[must_use]
pub fn real_reports() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(root().join("../shared/reports")).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.ends_with(".txt") {
            continue;
        }
        if let Ok(text) = std::fs::read_to_string(entry.path()) {
            found.push((name, text));
        }
    }
    found.sort();
    found
}
