//! The items of a `require`: each taken out, and each but tables, columns and texts put there twice. A label in other words than
//! the form's is only taken out: its second is a row of its own.

use super::lines::{double_lines, remove_field, remove_lines};
use super::{Bench, Change, Mutant};
use crate::require::{Present, PresentKind, present};
use crate::rule::{Case, Order, Require};
use gouji_core::label::fold;
use gouji_core::text::{Edit, Span};

pub(super) fn mutants(bench: &Bench<'_>, idx: usize, require: &Require) -> Vec<Mutant> {
    let items = bench.job(|job| present(job, idx, bench.case.rule, require));
    let doubles = doubles_matter(bench, require);
    let mut mutants = Vec::new();
    for item in &items {
        mutants.push(bench.mutant(Change::Removed(item.name.clone()), bench.end(removed(bench, item))));
        let is_official = || fold(item.span.of(&bench.document.text)) == fold(&item.name);
        let can_double = match item.kind {
            // A label that stands twice side by side is that of one merged cell.
            PresentKind::Table | PresentKind::Text | PresentKind::Column => false,
            PresentKind::Heading => true,
            PresentKind::Row => is_official(),
        };
        if doubles && can_double {
            let doubled = double_lines(&bench.document, item.span);
            mutants.push(bench.mutant(Change::Doubled(item.name.clone()), bench.end(doubled)));
        }
    }
    mutants
}

/// Whether the rule has something to say of an item that is there twice.
fn doubles_matter(bench: &Bench<'_>, require: &Require) -> bool {
    let say = &bench.case.rule.say;
    require.order == Order::Strict || say.cases.iter().any(|(case, _)| *case == Case::Repeat)
}

fn removed(bench: &Bench<'_>, item: &Present) -> Option<Vec<u8>> {
    match item.kind {
        PresentKind::Heading => match run_in(bench, item.span) {
            Some(span) => bench.edited(&[Edit { span, insert: String::new() }]),
            None => remove_lines(&bench.document, item.span),
        },
        PresentKind::Table | PresentKind::Row => remove_lines(&bench.document, item.span),
        PresentKind::Column => remove_field(&bench.document, item.span),
        PresentKind::Text => bench.edited(&[Edit { span: item.span, insert: String::new() }]),
    }
}

/// A heading that stands at the start of its paragraph, with its mark.
fn run_in(bench: &Bench<'_>, span: Span) -> Option<Span> {
    let headings = bench.document.sections.iter().map(|section| &section.heading);
    let own = headings.into_iter().find(|heading| heading.span == span && heading.run_in)?;
    Some(own.span.cover(own.mark))
}
