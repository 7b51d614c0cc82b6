//! `gouji rules doc`: a page for each rule, and an index, in a folder.
//!
//! Only what bears the mark of a page is written over or removed: whatever else lies in the folder stays.

use super::given::GivenRules;
use crate::args::rules::DocArgs;
use crate::output::{self, Output};
use crate::{Exit, Stop, files};
use gouji_lint::finding::Lang;
use gouji_render::doc::{self, INDEX, MARK, Page};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Runs the command.
pub(crate) fn run(args: &DocArgs, lang: Lang) -> Result<Exit, Stop> {
    let given = GivenRules::load(&args.paths, None, lang)?;
    output::complain_of_rules(&given.errors, &output::plain(lang));
    let pages = doc::pages(&given.given());
    let folder = &args.folder;
    fs::create_dir_all(folder).map_err(|error| unwritable(folder, &files::io_text(&error, lang), lang))?;
    let ours = is_ours(&folder.join(INDEX));
    // Nothing is written before it is sure that nothing of somebody else's would be lost.
    for page in &pages {
        let path = folder.join(&page.name);
        if path.exists() && !is_ours(&path) {
            return Err(foreign(&path, lang));
        }
    }
    let n_written = write(&pages, folder, lang)?;
    let n_removed = match ours {
        true => remove_stale(&pages, folder, lang)?,
        false => 0,
    };
    let (n, folder) = (pages.len(), folder.display());
    let told = match lang {
        Lang::Zh => format!("{folder}：共 {n} 页，改写 {n_written} 页，删去 {n_removed} 页\n"),
        Lang::En => format!("{folder}: {n} pages, {n_written} written, {n_removed} removed\n"),
    };
    let mut out = Output::stdout(lang);
    out.write(told.as_bytes())?;
    out.finish()?;
    Ok(Exit::of(!given.errors.is_empty(), false, false))
}

/// Writes the pages that are not there yet as they should be; gives how many.
fn write(pages: &[Page], folder: &Path, lang: Lang) -> Result<usize, Stop> {
    let mut n_written = 0;
    for page in pages {
        let path = folder.join(&page.name);
        if fs::read(&path).is_ok_and(|bytes| bytes == page.text.as_bytes()) {
            continue;
        }
        files::write_new(&path, page.text.as_bytes(), lang).map_err(Stop)?;
        n_written += 1;
    }
    Ok(n_written)
}

/// Removes the pages of rules that are gone; gives how many.
fn remove_stale(pages: &[Page], folder: &Path, lang: Lang) -> Result<usize, Stop> {
    let failed = |error: io::Error| unwritable(folder, &files::io_text(&error, lang), lang);
    let mut stale: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if doc::is_page_name(name) && !pages.iter().any(|page| page.name == name) && is_ours(&path) {
            stale.push(path);
        }
    }
    for path in &stale {
        fs::remove_file(path).map_err(failed)?;
    }
    Ok(stale.len())
}

/// Whether a file bears the mark of a page. A link is nobody's page, whatever it points to.
fn is_ours(path: &Path) -> bool {
    let is_file = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file());
    is_file && fs::read(path).is_ok_and(|bytes| bytes.starts_with(MARK.as_bytes()))
}

fn foreign(path: &Path, lang: Lang) -> Stop {
    let path = path.display();
    Stop(match lang {
        Lang::Zh => format!("{path} 不是 rules doc 写的，未改动；请用 -o 另选文件夹"),
        Lang::En => format!("{path} was not written by rules doc and stays as it is; choose another folder with -o"),
    })
}

fn unwritable(folder: &Path, why: &str, lang: Lang) -> Stop {
    let folder = folder.display();
    Stop(match lang {
        Lang::Zh => format!("无法写入 {folder}：{why}"),
        Lang::En => format!("{folder} can not be written: {why}"),
    })
}
