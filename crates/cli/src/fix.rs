//! `gouji fix`: what the form or a standard decides is mended, in files, in a diff, or on standard output.

use crate::args::FixArgs;
use crate::args::docx::DocxStyle;
use crate::files::{self, Backup};
use crate::job::{self, Job};
use crate::output::{self, Output};
use crate::rulesets::RuleSets;
use crate::series::Series;
use crate::walk::{self, Input};
use crate::{Exit, Stop, convert, setup, word};
use gouji_core::WriteError;
use gouji_core::document::Document;
use gouji_core::format::docx::Remark;
use gouji_lint::date::Date;
use gouji_lint::finding::{FixLevel, Lang};
use gouji_lint::fix::{self, Fixed};
use gouji_render::run::{Options, Talk, Tally};
use gouji_render::words::{self, pick};
use gouji_render::{diff, remark};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// A report before and after, or why there is none.
type Worked = Result<Mended, String>;

/// A report before and after.
struct Mended {
    old_bytes: Vec<u8>,
    /// The text before and after as a diff may show it; none where there is nothing to show.
    shown: Option<(String, String)>,
    fixed: Fixed,
    /// How many comments were written instead of mending the text.
    n_comments: Option<usize>,
    /// Whether it is a Word file, which is not mended in place unless that is asked for.
    is_word: bool,
    /// The rules that failed when they ran, and why.
    errored: BTreeMap<Arc<str>, String>,
}

/// What the run came to so far.
#[derive(Default)]
struct Came {
    /// Something could not be read or written, and was told of.
    unread: bool,
    looped: bool,
    /// The rules that failed when they ran, and why.
    errored: BTreeMap<Arc<str>, String>,
    changed: usize,
    mended: usize,
    /// Comments written where the text stayed as it was.
    comments: usize,
}

/// Runs the command.
pub(crate) fn run(args: &FixArgs, lang: Lang) -> Result<Exit, Stop> {
    let mut found = walk::find(&args.input.paths, &args.input.stdin_name, lang);
    if args.input.convert {
        found.convert_old();
    }
    let loaded = RuleSets::load(&found.inputs, &args.rules.extra, lang)?;
    let talk = if args.quiet { Talk::Quiet } else { Talk::Full };
    let options = output::options(&args.show, lang, talk);
    let errors = loaded.errors();
    output::complain_of_rules(&errors, &options);
    let checking = setup::options(loaded.sets(), &args.input.understanding, Some(&args.rules), lang)?;
    setup::tell_of_unchecked(loaded.sets(), &checking.select, lang);
    let target = target(args, &found.inputs, lang)?;
    let mut out = if target.is_some() { Output::stdout(lang) } else { Output::open(&args.show, lang) };
    let mut came = Came { unread: !found.unread.is_empty(), ..Came::default() };
    for unread in &found.unread {
        complain_of(&unread.path, &unread.error, lang);
    }
    // No rule that looks at last year's report mends anything.
    let series = Series::default();
    let jobs = job::all(&found.inputs, &loaded, &series, &checking);
    job::each(
        &jobs,
        |job| mend(job, args),
        |job, worked| tell(job.input, worked, (args, target), &options, &mut out, &mut came),
    )?;
    let text_is_out = target.is_none() && args.input.paths.iter().any(|path| path.as_os_str() == "-");
    if !text_is_out && !args.diff && !args.quiet {
        out.write(summary(&came, args, lang).as_bytes())?;
        if let Some(line) = words::configs(lang, &loaded.config_names()) {
            out.write(format!("{line}\n").as_bytes())?;
        }
    }
    out.finish()?;
    output::complain_of_failed(&came.errored, lang);
    let faulty = !errors.is_empty() || !came.errored.is_empty() || came.looped;
    let would_change = args.check && came.changed + came.comments > 0;
    Ok(Exit::of(faulty, came.unread, would_change))
}

/// Where the mended text of a single report goes, instead of into the report. With `--diff` and `--check` an output
/// file takes what is told.
fn target<'a>(args: &'a FixArgs, inputs: &[Input], lang: Lang) -> Result<Option<&'a Path>, Stop> {
    let Some(target) = args.show.output.as_deref().filter(|_| !args.diff && !args.check) else {
        walk::refuse_to_overwrite(args.show.output.as_deref(), inputs, lang)?;
        return Ok(None);
    };
    if inputs.len() > 1 {
        let n = inputs.len();
        return Err(Stop(match lang {
            Lang::Zh => format!("-o 只能接收一份文件修正后的全文，这里有 {n} 份；什么都没有改"),
            Lang::En => format!("-o takes the mended text of one file, but there are {n}; nothing was changed"),
        }));
    }
    walk::refuse_to_overwrite(args.show.output.as_deref(), inputs, lang)?;
    Ok(Some(target))
}

fn mend(job: &Job<'_>, args: &FixArgs) -> Worked {
    let Job { checking, loaded, .. } = job;
    let least = if args.and_unsafe { FixLevel::Unsafe } else { FixLevel::Safe };
    let (old_bytes, document) = job.read()?;
    let failed = |error| word::write_error(&error, checking.lang);
    if args.word.docx == DocxStyle::Comments {
        word::refuse_annotated(&document, checking.lang)?;
    }
    let mut fixed = fix::fix(&document, &loaded.rules, checking, least).map_err(failed)?;
    let is_word = word::is_word(&document);
    let as_it_came = (is_word && fixed.bytes.is_some()).then(|| document.clone());
    // The mending keeps no ledger: a look at the text as it was says which rules fail.
    let (before, report) = job.check(document);
    let errored = Tally::of(&report).errored;
    let new_bytes = fixed.bytes.as_deref().filter(|_| args.diff);
    let shown = new_bytes.map(|bytes| {
        let after = gouji_core::read_with(&before.name, bytes, loaded.rules.known_labels(), &checking.reading);
        let after = after.map_err(|error| words::read_error(checking.lang, &error))?;
        let (after, later) = job.check(after);
        // What one of them hides the other may not show.
        Ok::<_, String>((later.mask.text(&before.raw).into_owned(), report.mask.text(&after.raw).into_owned()))
    });
    let shown = shown.transpose()?;
    let mut n_comments = None;
    if let Some(document) = as_it_came {
        let remarks = || remark::remarks(&report, Some(least), checking.lang);
        let (bytes, n) = in_word(&document, &fixed, args.word.docx, remarks, checking.today).map_err(failed)?;
        (fixed.bytes, n_comments) = (Some(bytes), n);
    }
    Ok(Mended { old_bytes, shown, fixed, n_comments, is_word, errored })
}

/// The bytes of a mended Word file, written as is asked for; and how many comments, where it was asked for these.
fn in_word(
    document: &Document,
    fixed: &Fixed,
    style: DocxStyle,
    remarks: impl Fn() -> Vec<Remark>,
    today: Option<Date>,
) -> Result<(Vec<u8>, Option<usize>), WriteError> {
    match style {
        DocxStyle::Plain => Ok((document.write(&fixed.edits)?.0, None)),
        DocxStyle::Tracked => Ok((document.write_tracked(&fixed.edits, &word::stamp(today))?.0, None)),
        DocxStyle::Comments => {
            let remarks = remarks();
            let (bytes, refused) = document.annotate(&remarks, &word::stamp(today))?;
            Ok((bytes, Some(remarks.len() - refused.len())))
        }
    }
}

/// Writes and tells what became of one report.
fn tell(
    input: &Input,
    worked: Worked,
    (args, target): (&FixArgs, Option<&Path>),
    options: &Options,
    out: &mut Output,
    came: &mut Came,
) -> Result<(), Stop> {
    let lang = options.lang;
    let mended = match worked {
        Ok(mended) => mended,
        Err(error) => {
            came.unread = true;
            complain_of(&input.name, &error, lang);
            return Ok(());
        }
    };
    let Mended { old_bytes, shown, fixed, n_comments, is_word, errored } = mended;
    came.errored.extend(errored);
    if !fixed.loop_between.is_empty() {
        came.looped = true;
        let rules = fixed.loop_between.join(pick(lang, "、", ", "));
        let why = match lang {
            Lang::Zh => format!("规则 {rules} 的修正互相抵消，已退回循环之前"),
            Lang::En => format!("the fixes of {rules} undo each other; rolled back to before"),
        };
        complain_of(&input.name, &why, lang);
    }
    for (rule, why) in &fixed.refused {
        let why = match lang {
            Lang::Zh => format!("{rule} 的修正无法写回：{why}"),
            Lang::En => format!("a fix of {rule} can not be written back: {why}"),
        };
        complain_of(&input.name, &why, lang);
    }
    let n: usize = fixed.applied.iter().map(|(_, n)| n).sum();
    let is_stdin = input.file.is_none() && target.is_none();
    if let Some(target) = target {
        files::write_new(target, fixed.bytes.as_deref().unwrap_or(&old_bytes), lang).map_err(Stop)?;
    } else if args.diff {
        let diff = shown.map(|(old, new)| diff::unified(&input.name, &old, &new, options));
        out.write(diff.unwrap_or_default().as_bytes())?;
    } else if is_stdin && !args.check {
        out.write(fixed.bytes.as_deref().unwrap_or(&old_bytes))?;
    }
    let Some(bytes) = fixed.bytes.as_deref().filter(|&bytes| bytes != old_bytes) else {
        return Ok(());
    };
    let mut kept = None;
    let mut target = target.map(Path::to_owned);
    if let (Some(path), None, false, false) = (&input.file, &target, args.diff, args.check) {
        let backup = if args.backup { Backup::Keep } else { Backup::Drop };
        let written = if is_word && (!args.word.in_place || convert::is_old(path)) {
            let path = word::beside(path, word::MENDED);
            word::write_beside(&path, bytes, lang).map(|()| target = Some(path))
        } else {
            files::replace(path, &old_bytes, bytes, backup, lang).map(|backup| kept = backup)
        };
        match written {
            Ok(()) => {}
            Err(why) => {
                came.unread = true;
                complain_of(&input.name, &why, lang);
                return Ok(());
            }
        }
    }
    match n_comments {
        Some(n) => came.comments += n,
        None => (came.changed, came.mended) = (came.changed + 1, came.mended + n),
    }
    if args.quiet || args.diff || is_stdin {
        return Ok(());
    }
    let mut line = match n_comments {
        Some(n) => commented_line(&input.name, n, args.check, lang),
        None => mended_line(&input.name, &fixed, n, args.check, lang),
    };
    if let Some(kept) = kept {
        line.push_str(&match lang {
            Lang::Zh => format!("；原文件存为 {}", kept.display()),
            Lang::En => format!("; the old file is {}", kept.display()),
        });
    }
    if let Some(target) = target {
        line.push_str(&match lang {
            Lang::Zh => format!("；写入 {}", target.display()),
            Lang::En => format!("; written to {}", target.display()),
        });
    }
    line.push('\n');
    out.write(line.as_bytes())
}

/// `a.txt：修正 5 处（GW401 3，NB203 2）`.
fn mended_line(name: &str, fixed: &Fixed, n: usize, only_check: bool, lang: Lang) -> String {
    let rules: Vec<String> = fixed.applied.iter().map(|(rule, n)| format!("{rule} {n}")).collect();
    let rules = rules.join(pick(lang, "，", ", "));
    match (lang, only_check) {
        (Lang::Zh, false) => format!("{name}：修正 {n} 处（{rules}）"),
        (Lang::Zh, true) => format!("{name}：有 {n} 处可修正（{rules}）"),
        (Lang::En, false) => format!("{name}: {n} mended ({rules})"),
        (Lang::En, true) => format!("{name}: {n} would be mended ({rules})"),
    }
}

/// `a.docx：写了 2 条批注，正文未改`.
fn commented_line(name: &str, n: usize, only_check: bool, lang: Lang) -> String {
    match (lang, only_check) {
        (Lang::Zh, false) => format!("{name}：写了 {n} 条批注，正文未改"),
        (Lang::Zh, true) => format!("{name}：会写 {n} 条批注，正文不改"),
        (Lang::En, false) => format!("{name}: comments: {n}, the text stays as it was"),
        (Lang::En, true) => format!("{name}: comments that would be written: {n}, the text stays as it is"),
    }
}

fn summary(came: &Came, args: &FixArgs, lang: Lang) -> String {
    let Came { changed, mended, comments, .. } = came;
    match (lang, changed, args.check) {
        (_, 0, _) if *comments > 0 => String::new(),
        (_, 0, _) if came.unread || came.looped => String::new(),
        (Lang::Zh, 0, _) => "没有可自动修正的内容\n".to_owned(),
        (Lang::En, 0, _) => "nothing to mend\n".to_owned(),
        (Lang::Zh, _, false) => {
            format!("共修正 {changed} 份文件，{mended} 处；gouji check 看余下的问题\n")
        }
        (Lang::Zh, _, true) => format!("{changed} 份文件会被修正，共 {mended} 处\n"),
        (Lang::En, _, false) => {
            format!("files mended: {changed}, places: {mended}; gouji check shows what is left\n")
        }
        (Lang::En, _, true) => format!("files that would change: {changed}, places: {mended}\n"),
    }
}

fn complain_of(name: &str, why: &str, lang: Lang) {
    output::complain(&format!("{name}{}{why}", pick(lang, "：", ": ")));
}
