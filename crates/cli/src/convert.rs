//! Old Word files made .docx by LibreOffice, where that is asked for: in a folder and a profile of its own, within a time.

use gouji_core::ReadError;
use gouji_core::format::Foreign;
use gouji_core::label::KnownLabels;
use gouji_lint::finding::Lang;
use gouji_render::words::pick;
use std::fs;
use std::io;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How long one file may take.
const TIME_LIMIT: Duration = Duration::from_secs(60);
/// How often it is looked whether it is done.
const LOOK: Duration = Duration::from_millis(50);

/// Endings of files that LibreOffice may make .docx of.
const ENDINGS: [&str; 4] = ["doc", "wps", "wpt", "rtf"];

/// Whether a file may be an old Word file by its name.
pub(crate) fn is_old(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

/// The bytes of a report, made .docx where they are an old Word file.
pub(crate) fn converted(bytes: Vec<u8>, lang: Lang) -> Result<Vec<u8>, String> {
    match gouji_core::read("", &bytes, &KnownLabels::default()) {
        Err(ReadError::Foreign(Foreign::OldWord)) => to_docx(&bytes, "doc", lang),
        Err(ReadError::Foreign(Foreign::Rtf)) => to_docx(&bytes, "rtf", lang),
        _ => Ok(bytes),
    }
}

fn to_docx(bytes: &[u8], ending: &str, lang: Lang) -> Result<Vec<u8>, String> {
    let failed = |error: io::Error| match lang {
        Lang::Zh => format!("转换时出错：{error}"),
        Lang::En => format!("the conversion failed: {error}"),
    };
    // The folder goes with all in it when the conversion ends, however it ends.
    let folder = tempfile::Builder::new().prefix("gouji-").tempdir().map_err(failed)?;
    let source = folder.path().join(format!("report.{ending}"));
    fs::write(&source, bytes).map_err(failed)?;
    let profile = folder.path().join("profile").display().to_string().replace('\\', "/");
    let mut command = Command::new("soffice");
    command
        .arg(format!("-env:UserInstallation=file://{}{profile}", if profile.starts_with('/') { "" } else { "/" }))
        .args(["--headless", "--norestore", "--convert-to", "docx", "--outdir"])
        .arg(folder.path())
        .arg(&source)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    own_group(&mut command);
    let mut child = command.spawn().map_err(|error| match (error.kind(), lang) {
        (io::ErrorKind::NotFound, Lang::Zh) => "--convert 需要 LibreOffice，没有找到 soffice 命令".to_owned(),
        (io::ErrorKind::NotFound, Lang::En) => "--convert needs LibreOffice: there is no command soffice".to_owned(),
        _ => failed(error),
    })?;
    let start = Instant::now();
    while child.try_wait().map_err(failed)?.is_none() {
        if start.elapsed() > TIME_LIMIT {
            end(&mut child);
            return Err(match lang {
                Lang::Zh => format!("LibreOffice 转换超过 {} 秒，已停止", TIME_LIMIT.as_secs()),
                Lang::En => format!("LibreOffice took more than {} seconds and was stopped", TIME_LIMIT.as_secs()),
            });
        }
        thread::sleep(LOOK);
    }
    fs::read(folder.path().join("report.docx"))
        .map_err(|_| pick(lang, "LibreOffice 没有转换成功", "LibreOffice made no .docx of it").to_owned())
}

/// The command starts others: together they can be ended.
#[cfg(unix)]
fn own_group(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

#[cfg(not(unix))]
fn own_group(_: &mut Command) {}

fn end(child: &mut Child) {
    if cfg!(unix) {
        let group = format!("-{}", child.id());
        // Where it can not be run the command itself is ended all the same.
        drop(Command::new("kill").args(["-KILL", "--", &group]).status());
    }
    drop(child.kill());
    drop(child.wait());
}
