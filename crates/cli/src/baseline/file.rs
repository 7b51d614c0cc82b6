//! The file of a baseline: one line of JSON that says what it is, then one for each place found, sorted.
//!
//! A line a place makes short diffs, and two branches that add to it merge.

use crate::config::find;
use crate::files;
use gouji_lint::finding::Lang;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

/// The name of a baseline where nobody gives it another.
pub(crate) const NAME: &str = "gouji-baseline.jsonl";
/// What the first line says it is.
const SCHEMA: &str = "gouji-baseline/1";

/// A baseline.
#[derive(Clone, Debug)]
pub(crate) struct Baseline {
    /// The file as people know it.
    pub(crate) path: PathBuf,
    /// Its folder, absolute and without links.
    folder: PathBuf,
    /// What was found, by the report's path from the folder, with `/`.
    pub(crate) files: BTreeMap<String, BTreeSet<Entry>>,
}

/// One place that was found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Entry {
    /// The rule's code.
    pub(crate) rule: String,
    /// Its fingerprint.
    pub(crate) fingerprint: String,
    /// What was said of it.
    pub(crate) what: String,
}

impl Baseline {
    /// One that knows nothing.
    pub(crate) fn empty(path: &Path) -> Self {
        let real = find::real(path);
        let folder = real.parent().unwrap_or(&real).to_owned();
        Self { path: path.to_owned(), folder, files: BTreeMap::new() }
    }

    /// Reads a baseline. Says why not in the user's language.
    pub(crate) fn read(path: &Path, lang: Lang) -> Result<Self, String> {
        let broken = |n: usize, zh: &str, en: &str| match lang {
            Lang::Zh => format!("第 {n} 行{zh}"),
            Lang::En => format!("line {n} {en}"),
        };
        let Ok(text) = String::from_utf8(files::read(path, lang)?) else {
            return Err(broken(1, "不是 UTF-8 文字", "is no UTF-8 text"));
        };
        let mut lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
        match lines.next().and_then(|(line, _)| schema(line)).as_deref() {
            Some(SCHEMA) => {}
            Some(_) => {
                return Err(broken(1, "写明的版本这个 gouji 不认识", "names a version that this gouji does not know"));
            }
            None => return Err(broken(1, "没有写明是 gouji 的基线", "does not say that this is a baseline of gouji")),
        }
        let mut baseline = Self::empty(path);
        for (line, n) in lines {
            let Some((path, entry)) = entry(line) else {
                return Err(broken(n, "不是一条问题的记录", "is no record of a finding"));
            };
            baseline.files.entry(path).or_default().insert(entry);
        }
        Ok(baseline)
    }

    /// Whether a file says that it is a baseline, of whatever version, be it broken or not.
    pub(crate) fn is_one(path: &Path, lang: Lang) -> bool {
        let bytes = files::read(path, lang).unwrap_or_default();
        String::from_utf8_lossy(&bytes).lines().next().and_then(schema).is_some()
    }

    /// The whole file.
    pub(crate) fn text(&self) -> String {
        let mut out = format!("{}\n", json!({"schema": SCHEMA}));
        for (path, entries) in &self.files {
            for Entry { rule, fingerprint, what } in entries {
                // In this order, which a map of the library would not keep.
                let [path, rule, fingerprint, what] =
                    [path, rule, fingerprint, what].map(|word| Value::from(word.as_str()));
                out.push_str(&format!(
                    "{{\"path\":{path},\"rule\":{rule},\"fingerprint\":{fingerprint},\"what\":{what}}}\n"
                ));
            }
        }
        out
    }

    /// The path of a report, which is absolute, as the baseline writes it.
    pub(crate) fn path_of(&self, report: &Path) -> String {
        let (from, to): (Vec<Component<'_>>, Vec<Component<'_>>) =
            (self.folder.components().collect(), report.components().collect());
        let n_same = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
        let up = from[n_same..].iter().map(|_| "..".to_owned());
        let down = to[n_same..].iter().map(|part| part.as_os_str().to_string_lossy().into_owned());
        up.chain(down).collect::<Vec<_>>().join("/")
    }

    /// A file that the baseline speaks of.
    pub(crate) fn file(&self, path: &str) -> PathBuf {
        let mut at = self.folder.clone();
        for part in path.split('/') {
            match part {
                ".." => _ = at.pop(),
                part => at.push(part),
            }
        }
        at
    }

    /// Takes out a place; a file of which nothing is left is no longer spoken of.
    pub(crate) fn take_out(&mut self, path: &str, entry: &Entry) {
        if let Some(entries) = self.files.get_mut(path) {
            entries.remove(entry);
            if entries.is_empty() {
                self.files.remove(path);
            }
        }
    }

    /// How many places it has.
    pub(crate) fn n_places(&self) -> usize {
        self.files.values().map(BTreeSet::len).sum()
    }
}

/// What a first line says the file is: `gouji-baseline/1`.
fn schema(line: &str) -> Option<String> {
    let value: Value = serde_json::from_str(line).ok()?;
    value.get("schema")?.as_str().filter(|schema| schema.starts_with("gouji-baseline/")).map(str::to_owned)
}

/// A line: the report's path and what was found in it.
fn entry(line: &str) -> Option<(String, Entry)> {
    let value: Value = serde_json::from_str(line).ok()?;
    let word = |key: &str| value.get(key)?.as_str().map(str::to_owned);
    Some((word("path")?, Entry { rule: word("rule")?, fingerprint: word("fingerprint")?, what: word("what")? }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_told_from_the_folder_and_back() {
        let baseline = Baseline { path: PathBuf::new(), folder: PathBuf::from("/县/报告"), files: BTreeMap::new() };
        for (report, told) in
            [("/县/报告/甲/a.txt", "甲/a.txt"), ("/县/b.txt", "../b.txt"), ("/省/c.txt", "../../省/c.txt")]
        {
            assert_eq!(baseline.path_of(Path::new(report)), told);
            assert_eq!(baseline.file(told), Path::new(report));
        }
    }
}
