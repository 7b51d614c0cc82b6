//! Faults and remarks in rule files as the goldens have them.

use gouji_core::text::Lines;
use gouji_lint::finding::RuleError;
use std::fmt::Write;

/// File, line and column; the line; the place; both languages; the help.
#[must_use]
pub fn told(error: &RuleError) -> String {
    let lines = Lines::new(&error.source);
    let place = lines.place(&error.source, error.span.start);
    let line = lines.span(&error.source, place.line - 1).of(&error.source);
    let mut out = format!("{}:{}:{}\n", error.file, place.line, place.column);
    let _ = writeln!(out, "  {line}\n  「{}」", error.span.of(&error.source).replace('\n', "⏎"));
    let _ = writeln!(out, "  {}\n  {}", error.message, error.message_en);
    for help in [&error.help, &error.help_en].into_iter().flatten() {
        let _ = writeln!(out, "  = {help}");
    }
    out
}
