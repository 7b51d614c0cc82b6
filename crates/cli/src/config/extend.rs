//! A configuration and all that it extends, added up.

use super::{Accepted, Configuration, Layer, Local, Patterns, find};
use crate::files;
use crate::sources::{self, RuleFiles};
use gouji_lint::config::{Config, Word};
use gouji_lint::fault::{Fault, nearest};
use gouji_lint::ruleset::Bilingual;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How many configurations may extend one another in a row.
const MOST_DEEP: usize = 16;

/// Reads a configuration with all that it extends; what is faulty is left out and told of. Only a file that can not be
/// read is refused.
pub(super) fn read(path: &Path) -> Result<Configuration, Bilingual> {
    let folder = find::real(path);
    let mut reader = Reader {
        sum: Configuration {
            name: files::shown(path),
            folder: folder.parent().unwrap_or(&folder).to_owned(),
            layers: Vec::new(),
            packs: BTreeSet::new(),
            local: Vec::new(),
            series: Vec::new(),
            baseline: None,
            errors: Vec::new(),
        },
        open: Vec::new(),
        seen: BTreeSet::new(),
    };
    reader.file(path)?;
    Ok(reader.sum)
}

struct Reader {
    sum: Configuration,
    /// The files being read, each extending the next: real path and name.
    open: Vec<(PathBuf, String)>,
    /// The real paths of the files that were read: a file that two others extend says its part once.
    seen: BTreeSet<PathBuf>,
}

impl Reader {
    fn file(&mut self, path: &Path) -> Result<(), Bilingual> {
        let source: Arc<str> = Arc::from(files::read_text(path)?);
        let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let name = files::shown(path);
        let (config, errors) = Config::read(&Arc::from(name.as_str()), &source);
        self.sum.errors.extend(errors);
        self.seen.insert(real.clone());
        self.open.push((real.clone(), name.clone()));
        let folder = path.parent().unwrap_or(Path::new(""));
        match &config.extends {
            None => self.sum.packs.extend(sources::shipped_packs().map(str::to_owned)),
            Some(words) => words.iter().for_each(|word| self.extend(word, folder)),
        }
        for word in &config.paths {
            self.rules(word, &resolved(folder, &word.word));
        }
        self.open.pop();
        let series = config.series.iter().map(|Word { word, place }| (resolved(folder, word), place.clone()));
        self.sum.series.extend(series);
        if let Some(Word { word, place }) = &config.baseline {
            self.sum.baseline = Some((resolved(folder, word), place.clone()));
        }
        let mut patterns = |files: &[Word]| Patterns::read(files, &mut self.sum.errors);
        let overrides = config.overrides.iter().map(|said| patterns(&said.files)).collect();
        let members = config.members.as_ref().map(|members| patterns(&members.files));
        let real: Arc<Path> = Arc::from(real);
        let accepted = config.accept.iter().map(|entry| Accepted {
            id: (Arc::clone(&real), entry.place.span.start),
            entry: Arc::clone(entry),
            patterns: patterns(&entry.files),
        });
        let accepted = accepted.collect();
        self.sum.layers.push(Layer { name, config, patterns: overrides, members, accepted });
        Ok(())
    }

    /// Adds a shipped pack, a folder of rules, or another configuration.
    fn extend(&mut self, word: &Word, folder: &Path) {
        if !is_path(&word.word) {
            return self.pack(word, folder);
        }
        let path = resolved(folder, &word.word);
        if path.is_dir() {
            return self.rules(word, &path);
        }
        let real = path.canonicalize().unwrap_or_else(|_| path.clone());
        if let Some(at) = self.open.iter().position(|(open, _)| *open == real) {
            let ring: Vec<&str> = self.open[at..].iter().map(|(_, name)| name.as_str()).collect();
            let ring = format!("{} → {}", ring.join(" → "), ring[0]);
            let fault =
                word.place.fault(format!("extends 绕成了圈：{ring}"), format!("extends goes in a ring: {ring}"));
            return self.tell(word, fault);
        }
        if self.open.len() >= MOST_DEEP {
            let fault = word
                .place
                .fault(format!("extends 套了 {MOST_DEEP} 层以上"), format!("extends is more than {MOST_DEEP} deep"));
            return self.tell(word, fault);
        }
        if self.seen.contains(&real) {
            return;
        }
        // Its lines would be quoted in faults, whatever they hold.
        if path.is_file() && !["yaml", "yml"].iter().any(|ending| path.extension() == Some(ending.as_ref())) {
            let fault = word.place.fault(
                format!("{} 不是配置：配置的名称以 .yaml 或 .yml 结尾", word.word),
                format!("{} is no configuration, whose name ends in .yaml or .yml", word.word),
            );
            return self.tell(word, fault);
        }
        if let Err(why) = self.file(&path) {
            self.tell(word, unreadable(word, &why));
        }
    }

    fn pack(&mut self, word: &Word, folder: &Path) {
        let pack = word.word.as_str();
        if sources::shipped_packs().any(|known| known == pack) {
            self.sum.packs.insert(pack.to_owned());
            return;
        }
        let fault = word.place.fault(format!("没有规则包“{pack}”"), format!("unknown pack `{pack}`"));
        let is_file = resolved(folder, pack).exists();
        let fault = match nearest(pack, sources::shipped_packs()).is_none() && is_file {
            true => fault.with_help(format!("文件和文件夹要写成 ./{pack}"), format!("a path is written `./{pack}`")),
            false => fault.expecting(pack, sources::shipped_packs()),
        };
        self.tell(word, fault);
    }

    /// Adds the rules at a path.
    fn rules(&mut self, word: &Word, path: &Path) {
        match sources::at(path) {
            Ok(RuleFiles { mut files, errors }) => {
                for error in errors {
                    if !self.sum.errors.contains(&error) {
                        self.sum.errors.push(error);
                    }
                }
                let known =
                    |path: &str| self.sum.local.iter().flat_map(|local| &local.files).any(|file| file.path == path);
                files.retain(|file| !known(&file.path));
                self.sum.local.push(Local { path: path.to_owned(), place: word.place.clone(), files });
            }
            Err(why) => self.tell(word, unreadable(word, &why)),
        }
    }

    fn tell(&mut self, word: &Word, fault: Fault) {
        self.sum.errors.push(word.place.error(fault));
    }
}

/// Paths start with `.` or `/` (on Windows also with a drive); all other words are packs.
fn is_path(word: &str) -> bool {
    word.starts_with('.') || Path::new(word).is_absolute()
}

/// A path of a configuration in this folder, without `.` inside it.
fn resolved(folder: &Path, word: &str) -> PathBuf {
    folder.join(word).components().collect()
}

fn unreadable(word: &Word, why: &Bilingual) -> Fault {
    let path = &word.word;
    word.place.fault(format!("读不了 {path}：{}", why.zh), format!("{path} can not be read: {}", why.en))
}
