//! `gouji baseline create`: everything that is found now, written down.

use super::file::{Baseline, Entry, NAME};
use crate::args::baseline::CreateArgs;
use crate::job::{self, Job};
use crate::output::{self, Output};
use crate::rulesets::RuleSets;
use crate::series::Series;
use crate::walk::{self, Input};
use crate::{Exit, Stop, files, setup};
use gouji_lint::finding::Lang;
use gouji_render::run::{Tally, Unread};
use gouji_render::words;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Runs the command.
pub(super) fn run(args: &CreateArgs, lang: Lang) -> Result<Exit, Stop> {
    if args.paths.iter().any(|path| path.as_os_str() == "-") {
        return Err(Stop(match lang {
            Lang::Zh => "标准输入不能写入基线：基线以文件的路径为准".to_owned(),
            Lang::En => "standard input has no place in a baseline, which goes by the paths of files".to_owned(),
        }));
    }
    let found = walk::find(&args.paths, "", lang);
    let loaded = RuleSets::load(&found.inputs, &args.rules.extra, lang)?;
    let checking = setup::options(loaded.sets(), &args.understanding, Some(&args.rules), lang)?;
    setup::tell_of_unchecked(loaded.sets(), &checking.select, lang);
    let (path, is_named) = target(args, &loaded, lang)?;
    refuse_to_overwrite(&path, &found.inputs, lang)?;
    let mut baseline = Baseline::empty(&path);
    let series = Series::open(&args.series.prev, &found.inputs, &loaded, lang);
    let jobs = job::all(&found.inputs, &loaded, &series, &checking);
    let (mut tally, mut unread) = (Tally::default(), found.unread);
    unread.extend(series.unread.iter().cloned());
    job::each(&jobs, look, |job, looked| {
        match looked {
            Ok((entries, counts)) => {
                tally.merge(&counts);
                if !entries.is_empty() {
                    baseline.files.insert(baseline.path_of(&crate::config::path_of(job.input)), entries);
                }
            }
            Err(error) => unread.push(Unread { path: job.input.name.clone(), error }),
        }
        Ok(())
    })?;
    let errors = loaded.errors();
    output::complain_of_rules(&errors, &output::plain(lang));
    output::complain_of_failed(&tally.errored, lang);
    unread.iter().for_each(|unread| output::complain(&words::unread(lang, &unread.path, &unread.error)));
    let faulty = !errors.is_empty() || !tally.errored.is_empty();
    if faulty || !unread.is_empty() || tally.documents == 0 {
        output::complain(match (lang, tally.documents) {
            (Lang::Zh, 0) => "gouji：没有检查任何文件，没有写基线",
            (Lang::Zh, _) => "gouji：没有全部检查，没有写基线",
            (Lang::En, 0) => "gouji: no file was checked; no baseline was written",
            (Lang::En, _) => "gouji: not everything was checked; no baseline was written",
        });
        return Ok(Exit::of(faulty || unread.is_empty(), !unread.is_empty(), false));
    }
    let before = Baseline::read(&path, lang).ok();
    files::write_new(&path, baseline.text().as_bytes(), lang).map_err(Stop)?;
    let mut out = Output::stdout(lang);
    out.write(told(&baseline, before.as_ref(), is_named, lang).as_bytes())?;
    out.finish()?;
    Ok(Exit::Clean)
}

/// What is there in a report, and how its check went.
fn look(job: &Job<'_>) -> Result<(BTreeSet<Entry>, Tally), String> {
    let (_, document) = job.read()?;
    let (_, report) = job.check(document);
    let open = report.open().filter(|finding| !finding.is_own());
    let entries = open.flat_map(|finding| {
        finding.fingerprints().map(|fingerprint| Entry {
            rule: finding.rule.to_string(),
            fingerprint: fingerprint.to_owned(),
            what: finding.message.clone(),
        })
    });
    Ok((entries.collect(), Tally::of(&report)))
}

/// Where the baseline is written, and whether a configuration names it.
fn target(args: &CreateArgs, loaded: &RuleSets, lang: Lang) -> Result<(PathBuf, bool), Stop> {
    let configs = loaded.sets().iter().map(|set| set.config.as_ref()?.baseline.as_ref());
    let named: BTreeSet<Option<&Path>> = configs.map(|named| named.map(|(path, _)| path.as_path())).collect();
    if let Some(path) = &args.output {
        return Ok((path.clone(), named.contains(&Some(path))));
    }
    match Vec::from_iter(named)[..] {
        [Some(path)] => Ok((path.to_owned(), true)),
        [None] | [] => Ok((PathBuf::from(NAME), false)),
        _ => Err(Stop(match lang {
            Lang::Zh => "这些报告的配置写了不同的基线：分开运行，或用 -o 指定写到哪里".to_owned(),
            Lang::En => {
                "the configurations of these reports name different baselines: run apart, or give -o".to_owned()
            }
        })),
    }
}

/// Neither a report nor any other file that is no baseline is written over.
fn refuse_to_overwrite(path: &Path, inputs: &[Input], lang: Lang) -> Result<(), Stop> {
    walk::refuse_to_overwrite(Some(path), inputs, lang)?;
    if !path.exists() || Baseline::is_one(path, lang) {
        return Ok(());
    }
    let name = files::shown(path);
    Err(Stop(match lang {
        Lang::Zh => format!("{name} 已经存在，又不是基线，没有覆盖"),
        Lang::En => format!("{name} is there and is no baseline: not overwritten"),
    }))
}

/// What was written, how it differs from what was there, and how to use it.
fn told(baseline: &Baseline, before: Option<&Baseline>, is_named: bool, lang: Lang) -> String {
    let name = files::shown(&baseline.path);
    let (n_files, n) = (baseline.files.len(), baseline.n_places());
    let mut out = match lang {
        Lang::Zh => format!("基线 {name}：{n_files} 份文件中的 {n} 处问题\n"),
        Lang::En => format!("baseline {name}: places found: {n}, in files: {n_files}\n"),
    };
    if let Some(before) = before {
        let places = |of: &Baseline| -> BTreeSet<(String, String)> {
            let all = of.files.iter().flat_map(|(path, all)| all.iter().map(|e| (path.clone(), e.fingerprint.clone())));
            all.collect()
        };
        let (old, new) = (places(before), places(baseline));
        let (added, dropped) = (new.difference(&old).count(), old.difference(&new).count());
        out.push_str(&match lang {
            Lang::Zh => format!("原有 {} 处：新增 {added} 处，去掉 {dropped} 处\n", old.len()),
            Lang::En => format!("there were {}: {added} added, {dropped} dropped\n", old.len()),
        });
    }
    if !is_named {
        out.push_str(&match lang {
            Lang::Zh => format!("使用：在 gouji.yaml 里写 baseline: {name}，或用 gouji check --baseline {name}\n"),
            Lang::En => format!("to use it write `baseline: {name}` in gouji.yaml, or give check --baseline {name}\n"),
        });
    }
    out
}
