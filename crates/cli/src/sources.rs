//! Rule files: those shipped, and those on disk.

use crate::config::find;
use crate::{files, walk};
use gouji_lint::ruleset::{Bilingual, SourceFile};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The most rule files of a folder, and the most entries looked at for them: a configuration that names `/` must not
/// keep a machine busy.
const MOST_FILES: usize = 2_000;
const MOST_ENTRIES: usize = 50_000;

/// The shipped rule, form, data and pack files.
pub(crate) fn shipped() -> Vec<SourceFile> {
    shipped_of(|_| true)
}

/// The shipped forms and facts, and the shipped packs that are wanted.
pub(crate) fn shipped_of(is_wanted: impl Fn(&str) -> bool) -> Vec<SourceFile> {
    let packs: Vec<&str> = shipped_packs().collect();
    let is_used = |path: &str| {
        let folder = path.split('/').next().unwrap_or_default();
        !packs.contains(&folder) || is_wanted(folder)
    };
    gouji_rules::files()
        .iter()
        .filter(|(path, _)| is_used(path))
        .map(|&(path, text)| SourceFile { path: path.to_owned(), text: Arc::from(text) })
        .collect()
}

/// The shipped packs: folders with a `pack.yaml`, named as they are.
pub(crate) fn shipped_packs() -> impl Iterator<Item = &'static str> {
    gouji_rules::files().iter().filter_map(|(path, _)| path.strip_suffix("/pack.yaml"))
}

/// The rule files at a path: the file itself, or all YAML and Rhai files of a folder, by path. Says why not in both
/// languages.
pub(crate) fn at(path: &Path) -> Result<Vec<SourceFile>, Bilingual> {
    let paths = if path.is_dir() { below(path)? } else { vec![path.to_owned()] };
    let read = |path: &PathBuf| {
        let text = files::read_text(path)?;
        Ok(SourceFile { path: files::shown(path), text: Arc::from(text) })
    };
    paths.iter().map(read).collect()
}

fn below(folder: &Path) -> Result<Vec<PathBuf>, Bilingual> {
    let refused = |zh: String, en: String| Err(Bilingual { zh, en });
    let mut paths = Vec::new();
    for (n, entry) in walk::entries(folder).enumerate() {
        if n >= MOST_ENTRIES || paths.len() > MOST_FILES {
            return refused("文件夹里的文件太多".to_owned(), "there are too many files in the folder".to_owned());
        }
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => return refused(error.to_string(), error.to_string()),
        };
        let is_rule = ["yaml", "yml", "rhai"].iter().any(|ending| entry.path().extension() == Some(ending.as_ref()));
        if is_rule && entry.file_name() != find::NAME && entry.path().is_file() {
            paths.push(entry.into_path());
        }
    }
    match paths.is_empty() {
        true => refused("文件夹里没有规则文件（.yaml）".to_owned(), "no rule files (.yaml) in the folder".to_owned()),
        false => Ok(paths),
    }
}
