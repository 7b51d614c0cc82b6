//! `gouji annotate`: findings as comments of a Word file, each at its place.

use crate::args::docx::AnnotateArgs;
use crate::job::{self, Job};
use crate::output::{self, Output};
use crate::rulesets::RuleSets;
use crate::series::Series;
use crate::walk;
use crate::{Exit, Stop, files, setup, word};
use gouji_lint::finding::Lang;
use gouji_render::remark;
use gouji_render::run::{Talk, Tally};
use gouji_render::words::pick;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// A report with its comments.
struct Annotated {
    bytes: Vec<u8>,
    /// How many comments it got, and how many found no place.
    n: usize,
    n_refused: usize,
    /// The rules that failed when they ran, and why.
    errored: BTreeMap<Arc<str>, String>,
}

/// Runs the command.
pub(crate) fn run(args: &AnnotateArgs, lang: Lang) -> Result<Exit, Stop> {
    let mut found = walk::find(&args.input.paths, &args.input.stdin_name, lang);
    if args.input.convert {
        found.convert_old();
    }
    let loaded = RuleSets::load(&found.inputs, &args.rules.extra, lang)?;
    let options = output::options(&args.show, lang, Talk::Full);
    let errors = loaded.errors();
    output::complain_of_rules(&errors, &options);
    let checking = setup::options(loaded.sets(), &args.input.understanding, Some(&args.rules), lang)?;
    setup::tell_of_unchecked(loaded.sets(), &checking.select, lang);
    if args.show.output.is_some() && found.inputs.len() > 1 {
        return Err(Stop(pick(lang, "-o 只能接收一份批注后的文件", "-o takes one annotated file").to_owned()));
    }
    walk::refuse_to_overwrite(args.show.output.as_deref(), &found.inputs, lang)?;
    let mut out = Output::stdout(lang);
    let mut unread = !found.unread.is_empty();
    for path in &found.unread {
        complain(&path.path, &path.error, lang);
    }
    let series = Series::open(&args.series.prev, &found.inputs, &loaded, lang);
    let mut errored = BTreeMap::new();
    let jobs = job::all(&found.inputs, &loaded, &series, &checking);
    job::each(&jobs, annotate, |job, worked| {
        let written = worked.and_then(|done| {
            errored.extend(done.errored.clone());
            write(job, &done, args.show.output.as_deref(), lang)
        });
        match written {
            Ok(line) => out.write(line.as_bytes()),
            Err(why) => {
                unread = true;
                complain(&job.input.name, &why, lang);
                Ok(())
            }
        }
    })?;
    out.finish()?;
    output::complain_of_failed(&errored, lang);
    Ok(Exit::of(!errors.is_empty() || !errored.is_empty(), unread, false))
}

fn annotate(job: &Job<'_>) -> Result<Annotated, String> {
    let lang = job.checking.lang;
    let (_, document) = job.read()?;
    word::refuse_annotated(&document, lang)?;
    let (document, report) = job.check(document);
    let remarks = remark::remarks(&report, None, lang);
    let written = document.annotate(&remarks, &word::stamp(job.checking.today));
    let (bytes, refused) = written.map_err(|error| word::write_error(&error, lang))?;
    let errored = Tally::of(&report).errored;
    Ok(Annotated { bytes, n: remarks.len() - refused.len(), n_refused: refused.len(), errored })
}

/// Writes one report; says what became of it.
fn write(job: &Job<'_>, done: &Annotated, target: Option<&Path>, lang: Lang) -> Result<String, String> {
    let name = &job.input.name;
    let target = match (target, &job.input.file) {
        (Some(target), _) => {
            files::write_new(target, &done.bytes, lang)?;
            target.to_owned()
        }
        (None, Some(path)) if done.n > 0 => {
            let target = word::beside(path, word::ANNOTATED);
            word::write_beside(&target, &done.bytes, lang)?;
            target
        }
        (None, Some(_)) => {
            return Ok(match (lang, done.n_refused) {
                (Lang::Zh, 0) => format!("{name}：未发现问题，没有写批注\n"),
                (Lang::En, 0) => format!("{name}: nothing found, no comments written\n"),
                (Lang::Zh, n) => format!("{name}：没有写批注{}\n", left_out(n, lang)),
                (Lang::En, n) => format!("{name}: no comments written{}\n", left_out(n, lang)),
            });
        }
        (None, None) => {
            return Err(pick(lang, "批注标准输入的文件要用 -o 写明存到哪里", "say with -o where to write").to_owned());
        }
    };
    let (n, shown, left_out) = (done.n, files::shown(&target), left_out(done.n_refused, lang));
    Ok(match lang {
        Lang::Zh => format!("{name}：写了 {n} 条批注，存为 {shown}{left_out}\n"),
        Lang::En => format!("{name}: comments: {n}, written to {shown}{left_out}\n"),
    })
}

/// What could not be written, lest it be missed.
fn left_out(n: usize, lang: Lang) -> String {
    match (lang, n) {
        (_, 0) => String::new(),
        (Lang::Zh, n) => format!("；另有 {n} 处在页眉、页脚或注释里，Word 不能在那里批注，见 gouji check"),
        (Lang::En, n) => {
            format!("; {n} more lie in headers, footers or notes, which take no comments: see gouji check")
        }
    }
}

fn complain(name: &str, why: &str, lang: Lang) {
    output::complain(&format!("{name}{}{why}", pick(lang, "：", ": ")));
}
