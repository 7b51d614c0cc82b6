//! Where the configuration of a report is: the nearest `gouji.yaml` above it.

use crate::{Stop, files};
use gouji_lint::finding::Lang;
use std::path::{Component, Path, PathBuf};

/// The name of a configuration.
pub(crate) const NAME: &str = "gouji.yaml";
/// Names that people write, too. To pass over one in silence would be to seem configured.
const OTHER_NAMES: [&str; 7] = [
    "gouji.yml",
    "Gouji.yaml",
    "Gouji.yml",
    "GOUJI.YAML",
    "GOUJI.YML",
    // An editor that hides endings adds one.
    "gouji.yaml.txt",
    "gouji.yml.txt",
];

/// The nearest configuration in a folder or above it, no higher than the root of its repository. The folder is
/// absolute.
pub(super) fn nearest(folder: &Path, lang: Lang) -> Result<Option<PathBuf>, Stop> {
    // A link that leads nowhere is found, too, so that reading it tells.
    let is_there = |path: &Path| path.symlink_metadata().is_ok();
    for at in folder.ancestors() {
        let path = at.join(NAME);
        if is_there(&path) {
            return Ok(Some(path));
        }
        if let Some(other) = OTHER_NAMES.map(|name| at.join(name)).into_iter().find(|path| is_there(path)) {
            let other = files::shown(&from_here(&other));
            return Err(Stop(match lang {
                Lang::Zh => format!("找到 {other}：配置文件要叫 {NAME}，请改名"),
                Lang::En => format!("found {other}: a configuration is named {NAME}; rename it"),
            }));
        }
        if is_there(&at.join(".git")) {
            return Ok(None);
        }
    }
    Ok(None)
}

/// The current folder, absolute and without links.
pub(super) fn here() -> PathBuf {
    std::env::current_dir().and_then(|path| path.canonicalize()).unwrap_or_default()
}

/// A path without links, its last part as it is: where a report lies, be it a link or not there at all.
pub(crate) fn real(path: &Path) -> PathBuf {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = folder.canonicalize().unwrap_or_else(|_| here());
    match path.file_name() {
        Some(name) => folder.join(name),
        None => path.canonicalize().unwrap_or(folder),
    }
}

/// An absolute path as people write it: from the current folder where it lies in it or above it.
pub(crate) fn from_here(path: &Path) -> PathBuf {
    let here = here();
    if let Ok(inside) = path.strip_prefix(&here) {
        return inside.to_owned();
    }
    match path.parent().and_then(|folder| here.strip_prefix(folder).ok()) {
        Some(down) => {
            let mut up: PathBuf = down.components().map(|_| Component::ParentDir).collect();
            up.extend(path.file_name());
            up
        }
        None => path.to_owned(),
    }
}
