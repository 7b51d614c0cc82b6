//! How a finding that is right as it stands can be accepted: an entry for gouji.yaml, and a comment for Markdown and
//! HTML.

use crate::layout::one_line;
use crate::places::Places;
use crate::run::Options;
use crate::words::pick;
use gouji_core::format::Format;
use gouji_core::text::Span;
use gouji_lint::finding::{Finding, Where};

/// How many characters around the words tell them from the same words elsewhere.
const AROUND: usize = 8;

/// The lines to copy.
pub(super) fn told(finding: &Finding, places: &Places<'_>, options: &Options) -> String {
    let reason = pick(options.lang, "写明原因", "say why");
    let lead = pick(
        options.lang,
        "  如确认无误、不必修改，可在 gouji.yaml 中写明：",
        "  Where it is right as it stands, write into gouji.yaml:",
    );
    let at = anchor(finding, places);
    let mut out = format!(
        "{lead}\n    accept:\n      - rule: {}\n        at: {{{at}}}\n        reason: {reason}\n",
        finding.rule
    );
    if matches!(places.document().format, Format::Markdown | Format::Html) {
        let lead = pick(options.lang, "  或在这一段的前一行写：", "  Or on the line before the paragraph:");
        out.push_str(&format!("{lead}\n    <!-- gouji-accept {}: {reason} -->\n", finding.rule));
    }
    out
}

/// The place by label path where it has one, else by its words and those around them.
fn anchor(finding: &Finding, places: &Places<'_>) -> String {
    let Where { table, row, col, .. } = &finding.place;
    let labels = [("table", table), ("row", row), ("col", col)];
    let parts: Vec<String> =
        labels.iter().filter_map(|(key, part)| Some(format!("{key}: {}", quoted(part.as_deref()?)))).collect();
    if row.is_some() || col.is_some() {
        return parts.join(", ");
    }
    format!("text: {}", quoted(&words(finding.span, places)))
}

/// `before-,words,-behind`; what is not there is left out.
fn words(span: Span, places: &Places<'_>) -> String {
    let document = places.document();
    let text = &document.text;
    let block = document.block_at(span.start).map_or(span, |at| document.blocks[at].span.cover(span));
    let before: Vec<char> = text[block.start..span.start].chars().rev().take(AROUND).collect();
    let before: String = before.into_iter().rev().collect();
    let after: String = text[span.end..block.end].chars().take(AROUND).collect();
    let words = one_line(span.of(text));
    let (before, after) = (one_line(&before), one_line(&after));
    let is_bare = words.trim().is_empty();
    match (before.is_empty(), after.is_empty()) {
        // At the start or end of a block there is something on one side only: that is the place.
        (true, _) if is_bare => return after,
        (_, true) if is_bare => return before,
        _ => {}
    }
    let mut words = words;
    if !before.is_empty() {
        words = format!("{before}-,{words}");
    }
    if !after.is_empty() {
        words = format!("{words},-{after}");
    }
    words
}

/// A YAML string.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
