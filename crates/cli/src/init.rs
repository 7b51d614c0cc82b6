//! `gouji init`: a first configuration and a first rule, both commented. Nothing that is there is written over.

use crate::args::InitArgs;
use crate::output::Output;
use crate::{Exit, Stop, files};
use gouji_lint::finding::Lang;
use std::fs;
use std::path::Path;

/// What is written: path from the folder, text.
const FILES: [(&str, &str); 2] =
    [("gouji.yaml", include_str!("init/gouji.yaml")), (RULE, include_str!("init/rule.yaml"))];
const RULE: &str = "规则/XX101-机构简称.yaml";

/// Runs the command.
pub(crate) fn run(args: &InitArgs, lang: Lang) -> Result<Exit, Stop> {
    let mut told = String::new();
    for (name, text) in FILES {
        let name = files::shown(&args.folder.join(name));
        let path = Path::new(&name);
        let was_there = fs::symlink_metadata(path).is_ok();
        if !was_there {
            write(path, text, lang)?;
        }
        told.push_str(&match (lang, was_there) {
            (Lang::Zh, false) => format!("写了 {name}\n"),
            (Lang::Zh, true) => format!("已有 {name}，未改动\n"),
            (Lang::En, false) => format!("wrote {name}\n"),
            (Lang::En, true) => format!("{name} is there already and stays as it is\n"),
        });
    }
    told.push_str(&next(&args.folder, lang));
    let mut out = Output::stdout(lang);
    out.write(told.as_bytes())?;
    out.finish()?;
    Ok(Exit::Clean)
}

fn write(path: &Path, text: &str, lang: Lang) -> Result<(), Stop> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| {
            let (folder, why) = (folder.display(), files::io_text(&error, lang));
            Stop(match lang {
                Lang::Zh => format!("无法建立文件夹 {folder}：{why}"),
                Lang::En => format!("the folder {folder} can not be made: {why}"),
            })
        })?;
    }
    files::write_new(path, text.as_bytes(), lang).map_err(Stop)
}

/// What to do next; from now on reports in the folder meet its rules.
fn next(folder: &Path, lang: Lang) -> String {
    let rules = files::shown(&folder.join("规则"));
    match lang {
        Lang::Zh => format!(
            "接下来：\n  gouji rules test {rules}               运行规则里的例子\n  \
             gouji check 报告.txt                  检查一份报告，本地规则也算在内\n  \
             gouji rules new --from-table 报告.txt  按报告里的表写一条规则\n"
        ),
        Lang::En => format!(
            "Next:\n  gouji rules test {rules}                 run the examples inside the rules\n  \
             gouji check report.txt                  check a report; these rules count, too\n  \
             gouji rules new --from-table report.txt  write a rule for a table of a report\n"
        ),
    }
}
