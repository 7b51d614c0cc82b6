//! Files read whole up to the limit, and written whole or not at all.

use gouji_core::{ReadError, SIZE_LIMIT};
use gouji_lint::finding::Lang;
use gouji_lint::ruleset::Bilingual;
use gouji_render::words;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// Reads a file; more than the limit is refused before and while reading. Says why not in the user's language.
pub(crate) fn read(path: &Path, lang: Lang) -> Result<Vec<u8>, String> {
    let failed = |error: io::Error| io_text(&error, lang);
    // A pipe without a writer would be waited for when it is opened.
    let metadata = fs::metadata(path).map_err(failed)?;
    if !metadata.is_file() {
        let [zh, en] = kind(&metadata);
        return Err(words::pick(lang, zh, en).to_owned());
    }
    let file = File::open(path).map_err(failed)?;
    if metadata.len() > SIZE_LIMIT {
        return Err(words::read_error(lang, &ReadError::TooLarge(metadata.len())));
    }
    read_stream(file, metadata.len(), lang)
}

/// Reads standard input.
pub(crate) fn read_stdin(lang: Lang) -> Result<Vec<u8>, String> {
    read_stream(io::stdin().lock(), 0, lang)
}

/// The largest rule file or configuration, in bytes: the YAML reader takes no more.
const TEXT_LIMIT: u64 = 1 << 20;

/// Reads a rule file or a configuration. Says why not in both languages.
pub(crate) fn read_text(path: &Path) -> Result<String, Bilingual> {
    let failed = |error: io::Error| Bilingual { zh: io_text(&error, Lang::Zh), en: io_text(&error, Lang::En) };
    let refused = |zh: &str, en: &str| Err(Bilingual { zh: zh.to_owned(), en: en.to_owned() });
    let metadata = fs::metadata(path).map_err(failed)?;
    if !metadata.is_file() {
        let [zh, en] = kind(&metadata);
        return refused(zh, en);
    }
    let mut bytes = Vec::new();
    File::open(path).map_err(failed)?.take(TEXT_LIMIT + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > TEXT_LIMIT {
        return refused("文件超过 1 MiB", "the file is larger than 1 MiB");
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)),
        Err(_) => refused("必须是 UTF-8 编码，请另存为 UTF-8", "must be UTF-8: save it as UTF-8"),
    }
}

/// What it is that is no regular file, in both languages.
fn kind(metadata: &fs::Metadata) -> [&'static str; 2] {
    if metadata.is_dir() { ["是文件夹", "is a folder"] } else { ["不是普通文件", "is no regular file"] }
}

/// A path as it is written in output: with slashes on every system, without `./` at its start.
pub(crate) fn shown(path: &Path) -> String {
    let text = path.display().to_string();
    let text = if cfg!(windows) { text.replace('\\', "/") } else { text };
    text.strip_prefix("./").map_or(text.clone(), str::to_owned)
}

fn read_stream(stream: impl Read, expected: u64, lang: Lang) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or(0));
    stream.take(SIZE_LIMIT + 1).read_to_end(&mut bytes).map_err(|error| io_text(&error, lang))?;
    match bytes.len() as u64 {
        len if len > SIZE_LIMIT => Err(words::read_error(lang, &ReadError::TooLarge(len))),
        _ => Ok(bytes),
    }
}

/// Writes an output file: whole, by way of a temporary file beside it. What is no plain file (a device, a pipe)
/// is written to as it is.
pub(crate) fn write_new(path: &Path, bytes: &[u8], lang: Lang) -> Result<(), String> {
    let written = match fs::metadata(path) {
        Ok(metadata) if !metadata.is_file() => {
            File::options().write(true).open(path).and_then(|mut file| file.write_all(bytes))
        }
        Ok(metadata) => {
            let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
            put(&target, bytes, Some(metadata.permissions()))
        }
        Err(_) => put(path, bytes, None),
    };
    written.map_err(|error| {
        let why = io_text(&error, lang);
        match lang {
            Lang::Zh => format!("无法写入 {}：{why}", path.display()),
            Lang::En => format!("can not write {}: {why}", path.display()),
        }
    })
}

/// Whether the old file is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Backup {
    /// As `NAME.bak`, or `NAME.bak2` and so on where that is taken.
    Keep,
    /// Not at all.
    Drop,
}

/// Replaces a report by `bytes`, unless it is no longer `old`. Permissions stay. Says why not in the user's
/// language; nothing was written then.
pub(crate) fn replace(
    path: &Path,
    old: &[u8],
    bytes: &[u8],
    backup: Backup,
    lang: Lang,
) -> Result<Option<PathBuf>, String> {
    let say = |zh, en| words::pick(lang, zh, en).to_owned();
    let failed = |error: io::Error| io_text(&error, lang);
    let metadata = fs::symlink_metadata(path).map_err(failed)?;
    if metadata.is_symlink() {
        return Err(say("是符号链接，请直接修正它指向的文件", "is a symbolic link: fix the file it points to"));
    }
    if !metadata.is_file() {
        return Err(say("不是普通文件", "is no regular file"));
    }
    if metadata.permissions().readonly() {
        return Err(say("是只读文件，未写入", "is read-only: nothing was written"));
    }
    if read(path, lang)? != old {
        return Err(say("读取之后已被改动，未写入", "has changed since it was read: nothing was written"));
    }
    let kept = match backup {
        Backup::Keep => Some(keep(path, old, &metadata).map_err(failed)?),
        Backup::Drop => None,
    };
    put(path, bytes, Some(metadata.permissions())).map_err(failed)?;
    Ok(kept)
}

/// Writes a temporary file beside `path`, then gives it that name.
fn put(path: &Path, bytes: &[u8], permissions: Option<fs::Permissions>) -> io::Result<()> {
    let file = beside(path, bytes, permissions)?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

fn beside(path: &Path, bytes: &[u8], permissions: Option<fs::Permissions>) -> io::Result<tempfile::NamedTempFile> {
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".gouji-");
    let default = default_permissions();
    if let Some(permissions) = default {
        builder.permissions(permissions);
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    file.as_file().sync_all()?;
    Ok(file)
}

/// What a new file is given, before the umask; temporary files are private by default.
#[cfg(unix)]
fn default_permissions() -> Option<fs::Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(fs::Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn default_permissions() -> Option<fs::Permissions> {
    None
}

/// Keeps the old bytes under the first backup name that is free.
fn keep(path: &Path, old: &[u8], metadata: &fs::Metadata) -> io::Result<PathBuf> {
    let mut file = beside(path, old, Some(metadata.permissions()))?;
    let mut n = 1;
    loop {
        let mut name = path.as_os_str().to_owned();
        name.push(if n == 1 { ".bak".to_owned() } else { format!(".bak{n}") });
        match file.persist_noclobber(&name) {
            Ok(_) => return Ok(PathBuf::from(name)),
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists && n < 1000 => {
                file = error.file;
                n += 1;
            }
            Err(error) => return Err(error.error),
        }
    }
}

/// What the system says, in the user's language where it is common.
pub(crate) fn io_text(error: &io::Error, lang: Lang) -> String {
    let text = match (lang, error.kind()) {
        (Lang::Zh, io::ErrorKind::NotFound) => "文件不存在",
        (Lang::Zh, io::ErrorKind::PermissionDenied) => "没有权限",
        (Lang::Zh, io::ErrorKind::IsADirectory) => "是文件夹",
        (Lang::Zh, io::ErrorKind::StorageFull) => "磁盘已满",
        (Lang::Zh, io::ErrorKind::ReadOnlyFilesystem) => "磁盘只读",
        (Lang::En, io::ErrorKind::NotFound) => "no such file",
        (Lang::En, io::ErrorKind::PermissionDenied) => "permission denied",
        _ => return error.to_string(),
    };
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_changed_since_it_was_read_is_left_alone() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let path = folder.path().join("a.txt");
        fs::write(&path, "later").expect("the file can be written");
        let refused = replace(&path, b"as read", b"mended", Backup::Keep, Lang::Zh);
        assert_eq!(refused, Err("读取之后已被改动，未写入".to_owned()));
        assert_eq!(fs::read(&path).expect("the file can be read"), b"later");
        let names = fs::read_dir(folder.path()).expect("the folder can be listed").count();
        assert_eq!(names, 1, "neither a backup nor a temporary file is left");
    }
}
