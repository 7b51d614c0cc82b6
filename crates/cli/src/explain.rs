//! `gouji explain`: one rule's page, or what there is to say of one line of a report.

use crate::args::ExplainArgs;
use crate::config::show;
use crate::job::{self, Job};
use crate::output::{self, Output};
use crate::rulesets::RuleSets;
use crate::series::Series;
use crate::{Exit, Stop, setup, walk};
use gouji_lint::engine;
use gouji_lint::finding::Lang;
use gouji_render::at::{self, Spot};
use gouji_render::explain;
use gouji_render::run::{Checked, Options, Talk};
use gouji_render::words::pick;
use std::path::PathBuf;

/// Runs the command.
pub(crate) fn run(args: &ExplainArgs, lang: Lang) -> Result<Exit, Stop> {
    let options = output::options(&args.show, lang, Talk::Full);
    match &args.at {
        Some(at) => line(args, at, &options),
        None => rule(args, &options),
    }
}

fn rule(args: &ExplainArgs, options: &Options) -> Result<Exit, Stop> {
    let lang = options.lang;
    let loaded = setup::load(&args.extra, lang)?;
    output::complain_of_rules(&loaded.errors, options);
    let code = args.code.as_deref().unwrap_or_default().trim().to_ascii_uppercase();
    let info = loaded.info(&code, lang)?;
    let mut out = Output::open(&args.show, lang);
    out.write(explain::page(info, options).as_bytes())?;
    out.write(show::if_off(info, &loaded, lang).as_bytes())?;
    out.finish()?;
    Ok(Exit::of(!loaded.errors.is_empty(), false, false))
}

fn line(args: &ExplainArgs, at: &str, options: &Options) -> Result<Exit, Stop> {
    let lang = options.lang;
    let asked = Asked::parse(at, lang)?;
    if asked.file.is_dir() {
        return Err(Stop(match lang {
            Lang::Zh => format!("{} 是文件夹；--at 要指明一份文件的一行", asked.file.display()),
            Lang::En => format!("{} is a folder; --at takes a line of one file", asked.file.display()),
        }));
    }
    let found = walk::find(std::slice::from_ref(&asked.file), "stdin.txt", lang);
    let sets = RuleSets::load(&found.inputs, &args.extra, lang)?;
    let errors = sets.errors();
    output::complain_of_rules(&errors, options);
    let mut checking = setup::options(sets.sets(), &args.understanding, None, lang)?;
    // Every rule: what they did at the place is what is asked for.
    checking.trace = vec![String::new()];
    let mut unread = found.unread.iter().map(|file| (file.path.clone(), file.error.clone())).collect::<Vec<_>>();
    let series = Series::open(&args.series.prev, &found.inputs, &sets, lang);
    unread.extend(series.unread.iter().map(|file| (file.path.clone(), file.error.clone())));
    if let Some(job) = job::all(&found.inputs, &sets, &series, &checking).first() {
        match page(job, &asked, options)? {
            Ok(page) => {
                let mut out = Output::open(&args.show, lang);
                out.write(page.as_bytes())?;
                out.finish()?;
            }
            Err(error) => unread.push((job.input.name.clone(), error)),
        }
    }
    let colon = pick(lang, "：", ": ");
    unread.iter().for_each(|(path, error)| output::complain(&format!("{path}{colon}{error}")));
    Ok(Exit::of(!errors.is_empty(), !unread.is_empty(), false))
}

/// The page of a line; inside, why the file can not be read.
fn page(job: &Job<'_>, asked: &Asked, options: &Options) -> Result<Result<String, String>, Stop> {
    let Job { input, loaded, checking, .. } = job;
    let document = match job.read() {
        Ok((_, document)) => document,
        Err(error) => return Ok(Err(error)),
    };
    let spot = Spot::new(&document, asked.line, asked.column)
        .ok_or_else(|| asked.nowhere(document.raw_lines.n_lines(), options.lang))?;
    let over = engine::rules_over(&document, &loaded.rules, checking, &spot.content(&document));
    let (document, report) = job.check(document);
    let checked = Checked { path: &input.name, config: loaded.config_name(), document: &document, report: &report };
    Ok(Ok(at::page(&checked, spot, &over, options)))
}

/// What `--at` names.
struct Asked {
    file: PathBuf,
    line: usize,
    column: Option<usize>,
}

impl Asked {
    /// `FILE:LINE` or `FILE:LINE:COLUMN`; the file's name may have colons of its own.
    fn parse(text: &str, lang: Lang) -> Result<Self, Stop> {
        let number = |text: &str| text.parse::<usize>().ok().filter(|&number| number > 0);
        let wrong = || {
            Stop(match lang {
                Lang::Zh => format!("--at 要写成 文件:行 或 文件:行:列，如 报告.txt:12，不是“{text}”"),
                Lang::En => format!("--at takes FILE:LINE or FILE:LINE:COLUMN, such as report.txt:12, not `{text}`"),
            })
        };
        let (rest, last) = text.rsplit_once(':').ok_or_else(wrong)?;
        let last = number(last).ok_or_else(wrong)?;
        let inner = rest.rsplit_once(':').and_then(|(file, line)| Some((file, number(line)?)));
        let (file, line, column) = match inner {
            Some((file, line)) => (file, line, Some(last)),
            None => (rest, last, None),
        };
        if file.is_empty() {
            return Err(wrong());
        }
        Ok(Self { file: PathBuf::from(file), line, column })
    }

    /// That the file has no such place.
    fn nowhere(&self, n_lines: usize, lang: Lang) -> Stop {
        let (file, line) = (self.file.display(), self.line);
        Stop(match (lang, self.column) {
            (Lang::Zh, Some(column)) if line <= n_lines => format!("{file} 第 {line} 行没有第 {column} 列"),
            (Lang::En, Some(column)) if line <= n_lines => format!("{file}: line {line} has no column {column}"),
            (Lang::Zh, _) => format!("{file} 只有 {n_lines} 行，没有第 {line} 行"),
            (Lang::En, _) => format!("{file} has {n_lines} lines: there is no line {line}"),
        })
    }
}
