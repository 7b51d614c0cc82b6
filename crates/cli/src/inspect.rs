//! `gouji inspect`: how a report was understood.

use crate::args::InspectArgs;
use crate::output::{self, Output};
use crate::rulesets::RuleSets;
use crate::{Exit, Stop, setup, walk};
use gouji_lint::engine;
use gouji_lint::finding::Lang;
use gouji_render::inspect;
use gouji_render::run::{Checked, Talk};
use gouji_render::words::{self, pick};

/// Runs the command.
pub(crate) fn run(args: &InspectArgs, lang: Lang) -> Result<Exit, Stop> {
    let options = output::options(&args.show, lang, Talk::Full);
    if args.file.is_dir() {
        return Err(Stop(match lang {
            Lang::Zh => format!("{} 是文件夹；inspect 只看一份文件", args.file.display()),
            Lang::En => format!("{} is a folder; inspect takes one file", args.file.display()),
        }));
    }
    let found = walk::find(std::slice::from_ref(&args.file), &args.stdin_name, lang);
    let loaded = RuleSets::load(&found.inputs, &args.extra, lang)?.into_first();
    let checking = setup::options(std::slice::from_ref(&loaded), &args.understanding, None, lang)?;
    output::complain_of_rules(&loaded.errors, &options);
    let mut out = Output::open(&args.show, lang);
    for input in &found.inputs {
        let read = input.read(lang).and_then(|bytes| {
            gouji_core::read_with(&input.name, &bytes, loaded.rules.known_labels(), &checking.reading)
                .map_err(|error| words::read_error(lang, &error))
        });
        let document = match read {
            Ok(document) => document,
            Err(error) => {
                let colon = pick(lang, "：", ": ");
                output::complain(&format!("{}{colon}{error}", input.name));
                return Ok(Exit::of(!loaded.errors.is_empty(), true, false));
            }
        };
        let report = engine::check(&document, &loaded.rules, &checking);
        let document = report.mask.document(document);
        let checked = Checked { path: &input.name, config: loaded.config_name(), document: &document, report: &report };
        let text = match (args.text, args.json) {
            (true, _) => document.text.clone(),
            (_, true) => inspect::json(&checked),
            _ => inspect::text(&checked, &options),
        };
        out.write(text.as_bytes())?;
    }
    out.finish()?;
    Ok(Exit::of(!loaded.errors.is_empty(), false, false))
}
