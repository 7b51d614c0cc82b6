//! The title: organ, year, and whether it is in form.

use super::Bound;
use super::fact::Facts;
use crate::form::Form;
use crate::rule::FactKind;
use gouji_core::document::Document;
use gouji_core::label::{fold_width, is_blank};
use gouji_core::text::Span;

/// A title that a form's patterns understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadTitle {
    /// From the first to the last line that belongs to it.
    pub span: Span,
    /// The lines.
    pub lines: Vec<Span>,
    /// The organ, width folded, without blanks.
    pub organ: Option<String>,
    /// The year.
    pub year: Option<i32>,
    /// Which pattern understood it; 0 is the right form.
    pub pattern: usize,
}

/// Reads the title by the patterns of a form: the longest run of title lines that one of them matches.
pub(super) fn read(document: &Document, form: &Form) -> Option<ReadTitle> {
    let title = document.title.as_ref()?;
    let n_lines = title.lines.len();
    for len in (1..=n_lines).rev() {
        for from in 0..=n_lines - len {
            let lines = &title.lines[from..from + len];
            let joined: String = lines.iter().map(|line| fold_width(line.of(&document.text))).collect();
            for (pattern, known) in form.titles.iter().enumerate() {
                if let Some(captures) = known.regex().captures(&joined) {
                    let get = |name: &str| captures.name(name).map(|found| found.as_str());
                    return Some(ReadTitle {
                        span: lines[0].cover(lines[len - 1]),
                        lines: lines.to_vec(),
                        organ: get("organ").map(str::to_owned),
                        year: get("year").and_then(|year| year.parse().ok()),
                        pattern,
                    });
                }
            }
        }
    }
    None
}

/// Notes a title that is not in form, and blanks inside it.
pub(super) fn note(bound: &Bound<'_>, form: &Form, facts: &mut Facts<'_>) {
    let text = &bound.document.text;
    let right = |organ: &str, year: i32| {
        let template = form.title.as_ref()?;
        Some(template.render(|slot| match slot.name.as_str() {
            "organ" => Some(organ.to_owned()),
            "year" => Some(year.to_string()),
            _ => None,
        }))
    };
    let Some(title) = &bound.title else {
        if let Some(lines) = &bound.document.title {
            let expected = bound.organ.as_deref().zip(bound.year).and_then(|(organ, year)| right(organ, year));
            facts.note(FactKind::TitleForm, lines.span, expected.as_deref());
        }
        return;
    };
    if title.pattern > 0 {
        let organ = title.organ.as_deref().or(bound.organ.as_deref());
        let expected = organ.zip(title.year).and_then(|(organ, year)| right(organ, year));
        facts.note(FactKind::TitleForm, title.span, expected.as_deref());
    }
    for line in &title.lines {
        let words = line.of(text);
        if words.contains(is_blank) {
            let expected: String = words.chars().filter(|&c| !is_blank(c)).collect();
            facts.note(FactKind::TitleBlank, *line, Some(&expected));
        }
    }
}
