//! Word files: a mended or annotated one is a file of its own, beside the one it was made of.

use crate::files;
use gouji_core::WriteError;
use gouji_core::document::{Document, Leftover, LeftoverKind};
use gouji_core::format::Format;
use gouji_core::format::docx::Stamp;
use gouji_lint::date::Date;
use gouji_lint::finding::Lang;
use gouji_render::words::pick;
use std::path::{Path, PathBuf};

/// Who Word says made the changes.
const AUTHOR: &str = "gouji";

/// Whether a document takes comments and tracked changes.
pub(crate) fn is_word(document: &Document) -> bool {
    document.format == Format::Docx
}

/// Who makes changes, and when.
pub(crate) fn stamp(today: Option<Date>) -> Stamp {
    let (year, month, day) = today.unwrap_or((1970, 1, 1));
    Stamp { author: AUTHOR.to_owned(), date: format!("{year:04}-{month:02}-{day:02}T00:00:00Z") }
}

/// What a mended file is called behind the name of its original.
pub(crate) const MENDED: &str = "修订";
/// What an annotated one is.
pub(crate) const ANNOTATED: &str = "批注";

/// Whether a file is one that gouji wrote beside its original, which is still there.
pub(crate) fn is_copy(path: &Path) -> bool {
    let Some(stem) = path.file_stem().and_then(|stem| stem.to_str()) else { return false };
    let mut of = [MENDED, ANNOTATED].iter().filter_map(|word| stem.strip_suffix(word)?.strip_suffix('.'));
    let originals = |stem: &str| ["docx", "doc", "wps"].map(|ending| path.with_file_name(format!("{stem}.{ending}")));
    of.next().is_some_and(|stem| originals(stem).iter().any(|original| original.is_file()))
}

/// The file beside a report: `a.docx` and `修订` give `a.修订.docx`.
pub(crate) fn beside(path: &Path, word: &str) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!("{stem}.{word}.docx"))
}

/// Refuses a file that holds comments of gouji's: they would stand in it twice.
pub(crate) fn refuse_annotated(document: &Document, lang: Lang) -> Result<(), String> {
    let own = |left: &&Leftover| {
        left.kind == LeftoverKind::Comment && left.words.strip_prefix(AUTHOR).is_some_and(|rest| rest.starts_with('：'))
    };
    let n = document.leftovers.iter().filter(own).count();
    match (n, lang) {
        (0, _) => Ok(()),
        (_, Lang::Zh) => {
            Err(format!("里面已有 {n} 条 gouji 写的批注，没有再写；请批注原来的文件，或先在 Word 里删去它们"))
        }
        (_, Lang::En) => Err(format!(
            "holds comments by gouji already ({n}): nothing was written; annotate the original, or delete them"
        )),
    }
}

/// Writes a file that is not there yet.
pub(crate) fn write_beside(path: &Path, bytes: &[u8], lang: Lang) -> Result<(), String> {
    if path.symlink_metadata().is_ok() {
        let shown = files::shown(path);
        return Err(match lang {
            Lang::Zh => format!("{shown} 已经存在，没有写入；用 -o 写到别处，或先移走它"),
            Lang::En => format!("{shown} is there already: nothing was written; name another with -o, or move it away"),
        });
    }
    files::write_new(path, bytes, lang)
}

/// Why a document can not be written.
pub(crate) fn write_error(error: &WriteError, lang: Lang) -> String {
    let zh = match error {
        WriteError::NotRoundTrip => "文件里有原编码无法还原的字节，不能修正",
        WriteError::Package => "文件无法重新打包，没有写入",
        WriteError::NotWord => "只有 Word 文件（.docx）才能写入批注和修订",
        _ => "无法写入",
    };
    pick(lang, zh, &error.to_string()).to_owned()
}
