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

/// The files below a folder of the repository whose names end so, as (path from the root with `/`, text), sorted.
///
/// # Panics
/// When a file can not be read as text.
#[must_use]
pub fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if path.is_dir() && name != "target" && !name.starts_with('.') {
                folders.push(path);
            } else if name.ends_with(ending) {
                let text = std::fs::read_to_string(&path).expect("a text file");
                let from_root = path.strip_prefix(root()).expect("it was found below the root");
                let parts: Vec<_> = from_root.iter().map(|part| part.to_string_lossy()).collect();
                found.push((parts.join("/"), text));
            }
        }
    }
    found.sort();
    found
}

/// A source file without its unit tests, which stand at its end.
#[must_use]
pub fn without_tests(text: &str) -> &str {
    text.find("#[cfg(test)]\nmod ").map_or(text, |at| &text[..at])
}
