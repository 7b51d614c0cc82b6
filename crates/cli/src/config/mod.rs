//! The configuration that counts for a report: which rules there are, and what is said of them.
//!
//! [`find`] looks for the file, `extend` adds up the files it names, `patterns` tells which overrides are meant.

mod extend;
pub(crate) mod find;
mod patterns;
pub(crate) mod show;

use crate::args::config::ConfigArgs;
use crate::walk::Input;
use crate::{Stop, files, sources};
use gouji_lint::accept::Acceptance;
use gouji_lint::config::Config;
use gouji_lint::finding::{Lang, RuleError};
use gouji_lint::ruleset::SourceFile;
use gouji_lint::settings::{Place, Profile, Settings};
use patterns::{Kind, Patterns};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What the configuration files come to that one file names.
#[derive(Debug)]
pub(crate) struct Configuration {
    /// The file that was found or given, as people know it.
    pub(crate) name: String,
    /// Its folder, absolute: paths are told from it to be held against patterns.
    folder: PathBuf,
    /// What each file says, the extended before the extending; the last is the one that was found.
    layers: Vec<Layer>,
    /// The shipped packs that are used.
    packs: BTreeSet<String>,
    /// The rules on disk.
    local: Vec<Local>,
    /// Files and folders of reports of other years, each with where it is named.
    series: Vec<(PathBuf, Place)>,
    /// The baseline, and where it is named.
    pub(crate) baseline: Option<(PathBuf, Place)>,
    /// The faults of its files.
    pub(crate) errors: Vec<RuleError>,
}

/// One configuration file.
#[derive(Debug)]
struct Layer {
    name: String,
    config: Config,
    /// One for each override.
    patterns: Vec<Patterns>,
    /// The patterns of its members.
    members: Option<Patterns>,
    /// Its acceptances.
    accepted: Vec<Accepted>,
}

/// An acceptance of a configuration file.
#[derive(Debug)]
pub(crate) struct Accepted {
    pub(crate) id: EntryId,
    pub(crate) entry: Arc<Acceptance>,
    patterns: Patterns,
}

/// What an acceptance is known by, whichever configurations extend its file: the real path, and where it stands there.
pub(crate) type EntryId = (Arc<Path>, usize);

/// Rules on disk that a configuration names.
#[derive(Debug)]
struct Local {
    path: PathBuf,
    /// Where it is named.
    place: Place,
    files: Vec<SourceFile>,
}

/// Which overrides hold, in order.
pub(crate) type Mask = Vec<bool>;

/// What makes the rules for one report others than those for the next: the configuration, and which overrides hold.
pub(crate) type Want = (Option<Arc<Configuration>>, Mask);

impl Configuration {
    /// Which overrides hold for a path, which is absolute.
    fn mask(&self, path: &Path, kind: Kind) -> Mask {
        let path = self.below(path);
        self.layers.iter().flat_map(|layer| &layer.patterns).map(|patterns| patterns.matches(path, kind)).collect()
    }

    /// A path as patterns see it; of a path elsewhere only the name can be held against them.
    fn below<'p>(&self, path: &'p Path) -> &'p Path {
        let name = path.file_name().map(Path::new).unwrap_or(path);
        path.strip_prefix(&self.folder).unwrap_or(name)
    }

    /// Files and folders of reports of other years, each with where it is named.
    pub(crate) fn series(&self) -> impl Iterator<Item = &(PathBuf, Place)> {
        self.series.iter()
    }

    /// The acceptances of all its files, in order.
    pub(crate) fn accepted(&self) -> impl Iterator<Item = &Accepted> {
        self.layers.iter().flat_map(|layer| &layer.accepted)
    }

    /// The acceptances that speak of a file, whose path is absolute.
    pub(crate) fn accepted_in(&self, path: &Path) -> impl Iterator<Item = &Accepted> {
        let path = self.below(path).to_owned();
        let speaks = move |one: &&Accepted| one.entry.files.is_empty() || one.patterns.matches(&path, Kind::File);
        self.accepted().filter(speaks)
    }

    /// The organs that must be among the members of a rollup, as the last file that speaks of members says.
    pub(crate) fn organs(&self) -> Vec<String> {
        let members = self.layers.iter().rev().find_map(|layer| layer.config.members.as_ref());
        members.map(|members| members.organs.iter().map(|organ| organ.word.clone()).collect()).unwrap_or_default()
    }

    /// Whether it names files of members.
    pub(crate) fn names_members(&self) -> bool {
        self.member_patterns().is_some()
    }

    /// Whether a file, whose path is absolute, is a member's.
    pub(crate) fn has_member(&self, path: &Path) -> bool {
        self.member_patterns().is_some_and(|patterns| patterns.matches(self.below(path), Kind::File))
    }

    fn member_patterns(&self) -> Option<&Patterns> {
        let layer = self.layers.iter().rev().find(|layer| layer.config.members.is_some())?;
        let named = layer.config.members.as_ref().is_some_and(|members| !members.files.is_empty());
        layer.members.as_ref().filter(|_| named)
    }

    /// The mask under which all overrides hold.
    pub(crate) fn full_mask(&self) -> Mask {
        self.layers.iter().flat_map(|layer| &layer.patterns).map(|_| true).collect()
    }

    /// What is said of rules where these overrides hold, and where the profile is named. What an extending file says
    /// comes after all that the extended one says.
    pub(crate) fn settings(&self, mask: &[bool]) -> (Settings, Option<&Place>) {
        let mut settings = Settings::default();
        let mut profile: Option<&(Profile, Place)> = None;
        let mut holds = mask.iter();
        for Layer { config, .. } in &self.layers {
            profile = config.profile.as_ref().or(profile);
            settings.entries.extend(config.rules.iter().cloned());
            for said in &config.overrides {
                if holds.next() == Some(&true) {
                    profile = said.profile.as_ref().or(profile);
                    settings.entries.extend(said.rules.iter().cloned());
                }
            }
        }
        settings.profile = profile.map(|(profile, _)| *profile).unwrap_or_default();
        (settings, profile.map(|(_, place)| place))
    }

    /// The rule, form and data files: of the shipped packs, then those on disk.
    pub(crate) fn sources(&self) -> Vec<SourceFile> {
        let mut sources = sources::shipped_of(|pack| self.packs.contains(pack));
        sources.extend(self.local_files().cloned());
        sources
    }

    /// The rule, form and data files on disk.
    pub(crate) fn local_files(&self) -> impl Iterator<Item = &SourceFile> {
        self.local.iter().flat_map(|local| &local.files)
    }
}

/// Where a report lies, absolute; standard input lies in the current folder.
pub(crate) fn path_of(input: &Input) -> PathBuf {
    match &input.file {
        Some(file) => find::real(file),
        None => find::here().join(&input.name),
    }
}

/// Finds and reads configurations, each once.
#[derive(Debug)]
pub(crate) struct Finder<'a> {
    args: &'a ConfigArgs,
    lang: Lang,
    /// By folder.
    near: BTreeMap<PathBuf, Option<PathBuf>>,
    read: BTreeMap<PathBuf, Arc<Configuration>>,
}

impl<'a> Finder<'a> {
    pub(crate) fn new(args: &'a ConfigArgs, lang: Lang) -> Self {
        Self { args, lang, near: BTreeMap::new(), read: BTreeMap::new() }
    }

    /// The configuration for a report, and which of its overrides hold.
    pub(crate) fn for_input(&mut self, input: &Input) -> Result<Want, Stop> {
        let path = path_of(input);
        // What standard input is called says nothing of where it comes from.
        let folder = if input.file.is_some() { path.parent().unwrap_or(&path).to_owned() } else { find::here() };
        self.want(&folder, &path, Kind::File)
    }

    /// The configuration for a file.
    pub(crate) fn for_file(&mut self, file: &Path) -> Result<Want, Stop> {
        let path = find::real(file);
        self.want(path.parent().unwrap_or(&path), &path, Kind::File)
    }

    /// The configuration for a folder.
    pub(crate) fn for_folder(&mut self, folder: &Path) -> Result<Want, Stop> {
        let folder = folder.canonicalize().unwrap_or_else(|_| find::here());
        self.want(&folder, &folder, Kind::Folder)
    }

    /// The configuration for the current folder.
    pub(crate) fn for_here(&mut self) -> Result<Want, Stop> {
        self.for_folder(Path::new("."))
    }

    /// The configurations that were read.
    pub(crate) fn read(&self) -> impl Iterator<Item = &Arc<Configuration>> {
        self.read.values()
    }

    /// What lies in an absolute folder at an absolute path.
    fn want(&mut self, folder: &Path, path: &Path, kind: Kind) -> Result<Want, Stop> {
        let config = match self.file_for(folder)? {
            Some(file) => Some(self.configuration(file)?),
            None => None,
        };
        let mask = config.as_ref().map(|config| config.mask(path, kind)).unwrap_or_default();
        Ok((config, mask))
    }

    /// The configuration file for what lies in a folder.
    fn file_for(&mut self, folder: &Path) -> Result<Option<PathBuf>, Stop> {
        if self.args.no_config || self.args.config.is_some() {
            return Ok(self.args.config.clone());
        }
        if let Some(near) = self.near.get(folder) {
            return Ok(near.clone());
        }
        let near = find::nearest(folder, self.lang)?.map(|path| find::from_here(&path));
        self.near.insert(folder.to_owned(), near.clone());
        Ok(near)
    }

    fn configuration(&mut self, path: PathBuf) -> Result<Arc<Configuration>, Stop> {
        if let Some(read) = self.read.get(&path) {
            return Ok(Arc::clone(read));
        }
        let read = extend::read(&path).map_err(|why| {
            let (name, why) = (files::shown(&path), why.of(self.lang));
            Stop(match self.lang {
                Lang::Zh => format!("无法读取配置 {name}：{why}"),
                Lang::En => format!("configuration {name} can not be read: {why}"),
            })
        })?;
        let read = Arc::new(read);
        self.read.insert(path, Arc::clone(&read));
        Ok(read)
    }
}
