//! From the paths given to the files to read: folders are walked, what is of another format is listed.

use crate::config::find;
use crate::{Stop, baseline, convert, files, word};
use gouji_core::ReadError;
use gouji_lint::finding::Lang;
use gouji_render::run::{NotChecked, Unread};
use gouji_render::words;
use ignore::{Walk, WalkBuilder};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A report to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Input {
    /// The path as people know it; for standard input the name it goes by.
    pub(crate) name: String,
    /// The file; none for standard input.
    pub(crate) file: Option<PathBuf>,
    /// How an old Word file is read.
    pub(crate) old: Old,
}

/// What becomes of an old Word file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Old {
    /// It is said to be one.
    #[default]
    Refused,
    /// LibreOffice makes it .docx.
    Converted,
}

impl Input {
    /// Its bytes, or why not.
    pub(crate) fn read(&self, lang: Lang) -> Result<Vec<u8>, String> {
        let bytes = match &self.file {
            Some(path) => files::read(path, lang),
            None => files::read_stdin(lang),
        }?;
        match self.old {
            Old::Refused => Ok(bytes),
            Old::Converted => convert::converted(bytes, lang),
        }
    }
}

/// What the paths come to.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// Reports: in the order given, those of a folder by path; each once.
    pub(crate) inputs: Vec<Input>,
    /// Files in folders whose format is not read; hidden files, lock files, configurations and baselines apart.
    pub(crate) not_checked: Vec<NotChecked>,
    /// Paths and folders that can not be read.
    pub(crate) unread: Vec<Unread>,
}

/// Follows the paths.
pub(crate) fn find(paths: &[PathBuf], stdin_name: &str, lang: Lang) -> Found {
    let mut found = Found::default();
    let mut seen = BTreeSet::new();
    for path in paths {
        if path.as_os_str() == "-" {
            if seen.insert(PathBuf::from("-")) {
                found.inputs.push(Input { name: stdin_name.to_owned(), file: None, old: Old::Refused });
            }
        } else if path.is_dir() {
            walk(path, &mut found, &mut seen, lang);
        } else {
            found.add(path, &mut seen);
        }
    }
    found
}

impl Found {
    /// Has old Word files converted, those of folders too.
    pub(crate) fn convert_old(&mut self) {
        let (old, rest): (Vec<NotChecked>, Vec<NotChecked>) =
            std::mem::take(&mut self.not_checked).into_iter().partition(|file| convert::is_old(Path::new(&file.path)));
        self.not_checked = rest;
        self.inputs.extend(old.into_iter().map(|file| Input {
            file: Some(PathBuf::from(&file.path)),
            name: file.path,
            old: Old::Converted,
        }));
        self.inputs.iter_mut().for_each(|input| input.old = Old::Converted);
    }

    fn add(&mut self, path: &Path, seen: &mut BTreeSet<PathBuf>) {
        let real = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if seen.insert(real) {
            self.inputs.push(Input { name: files::shown(path), file: Some(path.to_owned()), old: Old::Refused });
        }
    }
}

/// All below a folder, by path: hidden files and what the folder has git ignore left out. What a user has git ignore
/// everywhere does not count, or the same folder would be another on another machine.
pub(crate) fn entries(folder: &Path) -> Walk {
    WalkBuilder::new(folder).require_git(false).git_global(false).sort_by_file_path(Path::cmp).build()
}

fn walk(folder: &Path, found: &mut Found, seen: &mut BTreeSet<PathBuf>, lang: Lang) {
    for entry in entries(folder) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = faulty_path(&error).map_or_else(|| files::shown(folder), files::shown);
                let error = error.io_error().map_or_else(|| error.to_string(), |error| files::io_text(error, lang));
                found.unread.push(Unread { path, error });
                continue;
            }
        };
        let kind = entry.file_type();
        let name = entry.file_name().to_string_lossy();
        let is_ours = name == find::NAME || name == baseline::NAME;
        if kind.is_none_or(|kind| kind.is_dir()) || name.starts_with("~$") || is_ours {
            continue;
        }
        let why = match gouji_core::format::of_name(&name) {
            Ok(None) => words::pick(lang, "不是 gouji 读的格式", "a format that gouji does not read").to_owned(),
            Ok(Some(_)) if kind.is_some_and(|kind| kind.is_symlink()) => {
                words::pick(lang, "是符号链接", "a symbolic link").to_owned()
            }
            Ok(Some(_)) if word::is_copy(entry.path()) => {
                words::pick(lang, "是 gouji 另存的一份，原件在旁边", "a copy by gouji, whose original is beside it")
                    .to_owned()
            }
            Ok(Some(_)) => {
                found.add(entry.path(), seen);
                continue;
            }
            Err(error @ ReadError::NotYet(_)) => words::read_error(lang, &error),
            Err(error) => error.to_string(),
        };
        found.not_checked.push(NotChecked { path: files::shown(entry.path()), why });
    }
}

/// The path that a walk failed at.
fn faulty_path(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => faulty_path(err),
        _ => None,
    }
}

/// An output file that is one of the reports would destroy it.
pub(crate) fn refuse_to_overwrite(output: Option<&Path>, inputs: &[Input], lang: Lang) -> Result<(), Stop> {
    let Some(output) = output.and_then(|path| path.canonicalize().ok()) else {
        return Ok(());
    };
    let same = |input: &&Input| input.file.as_ref().and_then(|path| path.canonicalize().ok()).as_ref() == Some(&output);
    match inputs.iter().find(same) {
        None => Ok(()),
        Some(input) => Err(Stop(match lang {
            Lang::Zh => format!("-o 指定的 {} 就是输入的文件，不能覆盖", input.name),
            Lang::En => format!("-o names {}, one of the reports: not overwritten", input.name),
        })),
    }
}
