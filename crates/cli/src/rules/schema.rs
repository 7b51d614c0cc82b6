//! `gouji rules schema`: the JSON Schema of a kind of file, for editors.

use crate::args::rules::SchemaArgs;
use crate::output::Output;
use crate::{Exit, Stop};
use gouji_lint::finding::Lang;
use gouji_render::schema;

/// Runs the command.
pub(crate) fn run(args: &SchemaArgs, lang: Lang) -> Result<Exit, Stop> {
    let mut out = Output::open(&args.show, lang);
    out.write(schema::schema(args.kind.of()).as_bytes())?;
    out.finish()?;
    Ok(Exit::Clean)
}
