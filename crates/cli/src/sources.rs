//! Rule files: those shipped, and those on disk.

use crate::config::find;
use crate::{files, walk};
use gouji_core::text::Span;
use gouji_lint::finding::{FaultKind, RuleError};
use gouji_lint::ruleset::{Bilingual, SourceFile};
use std::path::Path;
use std::sync::Arc;

/// The most rule files of a folder, and the most entries looked at for them: a configuration that names `/` must not
/// keep a machine busy.
const MOST_FILES: usize = 2_000;
const MOST_ENTRIES: usize = 50_000;

/// What the name of a rule file has to be, in Chinese and English.
const ENDINGS: (&str, &str) = (
    "规则文件的名称要以小写的 .yaml、.yml 或 .rhai 结尾，请改名",
    "the name of a rule file ends in .yaml, .yml or .rhai, in small letters: rename it",
);

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

/// Rule files on disk, and what is wrong with those that could not be read.
#[derive(Debug, Default)]
pub(crate) struct RuleFiles {
    /// Those that were read.
    pub(crate) files: Vec<SourceFile>,
    /// A fault for each of the others.
    pub(crate) errors: Vec<RuleError>,
}

impl RuleFiles {
    /// Adds those of another path.
    pub(crate) fn extend(&mut self, other: Self) {
        self.files.extend(other.files);
        self.errors.extend(other.errors);
    }
}

/// The rule files at a path: the file itself, or all YAML and Rhai files of a folder, by path. A file of a folder that
/// can not be read is told of beside the others; else says why not in both languages.
pub(crate) fn at(path: &Path) -> Result<RuleFiles, Bilingual> {
    if path.is_dir() {
        return below(path);
    }
    let file = read(path)?;
    if !is_rule(path) {
        return Err(Bilingual { zh: ENDINGS.0.to_owned(), en: ENDINGS.1.to_owned() });
    }
    Ok(RuleFiles { files: vec![file], errors: Vec::new() })
}

fn read(path: &Path) -> Result<SourceFile, Bilingual> {
    let text = files::read_text(path)?;
    Ok(SourceFile { path: files::shown(path), text: Arc::from(text) })
}

fn is_rule(path: &Path) -> bool {
    ["yaml", "yml", "rhai"].iter().any(|ending| path.extension() == Some(ending.as_ref()))
}

fn below(folder: &Path) -> Result<RuleFiles, Bilingual> {
    let refused = |zh: String, en: String| Err(Bilingual { zh, en });
    let mut found = RuleFiles::default();
    for (n, entry) in walk::entries(folder).enumerate() {
        if n >= MOST_ENTRIES || found.files.len() > MOST_FILES {
            return refused("文件夹里的文件太多".to_owned(), "there are too many files in the folder".to_owned());
        }
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => return refused(error.to_string(), error.to_string()),
        };
        let path = entry.path();
        if is_rule(path) && entry.file_name() != find::NAME && path.is_file() {
            match read(path) {
                Ok(file) => found.files.push(file),
                Err(why) => found.errors.push(unreadable(path, &why)),
            }
        } else if entry.depth() > 0 {
            found.errors.extend(passed_over(path));
        }
    }
    match found.files.is_empty() && found.errors.is_empty() {
        true => refused("文件夹里没有规则文件（.yaml）".to_owned(), "no rule files (.yaml) in the folder".to_owned()),
        false => Ok(found),
    }
}

/// A fault of what seems meant to be read and is not: a file whose name is almost that of a rule file, a link to a folder.
fn passed_over(path: &Path) -> Option<RuleError> {
    let name = path.file_name()?.to_str()?.to_ascii_lowercase();
    let almost = [".yaml", ".yml", ".rhai", ".yaml.txt", ".yml.txt", ".rhai.txt"];
    let (zh, en) = if path.is_symlink() && path.is_dir() {
        (
            "是文件夹的符号链接，不会跟进去；请另外写明这个文件夹",
            "a symbolic link to a folder is not followed: name that folder, too",
        )
    } else if !is_rule(path) && path.is_file() && almost.iter().any(|ending| name.ends_with(ending)) {
        (ENDINGS.0, ENDINGS.1)
    } else {
        return None;
    };
    Some(unreadable(path, &Bilingual { zh: zh.to_owned(), en: en.to_owned() }))
}

/// A fault of a whole file, of which there is nothing to show.
fn unreadable(path: &Path, why: &Bilingual) -> RuleError {
    RuleError {
        kind: FaultKind::Rules,
        file: files::shown(path),
        source: Arc::from(""),
        span: Span::new(0, 0),
        message: format!("读不了这份规则文件：{}", why.zh),
        message_en: format!("this rule file can not be read: {}", why.en),
        help: None,
        help_en: None,
    }
}
