//! Which section and part of the form each section of the document is.

use super::Bound;
use super::align::likeness;
use super::fact::Facts;
use crate::form::{Form, FormLabel};
use crate::rule::FactKind;
use gouji_core::document::Document;
use gouji_core::label::fold;

/// A section of the form as the document has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BoundSection {
    /// Index into the document's sections.
    pub section: usize,
}

/// From this likeness on (in percent) an unknown title at the right place is a slip of the form's.
const ALIKE: usize = 60;

/// The folded title of a document's section.
fn key_of(document: &Document, section: usize) -> String {
    fold(document.sections[section].heading.title.of(&document.text))
}

fn top_sections(document: &Document) -> impl Iterator<Item = usize> {
    (0..document.sections.len()).filter(|&at| document.sections[at].level == 1)
}

/// How many sections of the form the document has a title of.
pub(super) fn n_titles(document: &Document, form: &Form) -> usize {
    let keys: Vec<String> = top_sections(document).map(|at| key_of(document, at)).collect();
    let has = |label: &FormLabel| keys.contains(&label.key);
    form.sections.iter().filter(|section| has(&section.title) || section.variants.iter().any(has)).count()
}

pub(super) fn bind(bound: &mut Bound<'_>, form: &Form, facts: &mut Facts<'_>) {
    let document = bound.document;
    let tops: Vec<(usize, String)> = top_sections(document).map(|at| (at, key_of(document, at))).collect();
    let titles: Vec<(&FormLabel, &[FormLabel])> =
        form.sections.iter().map(|section| (&section.title, section.variants.as_slice())).collect();
    let found = assign(&tops, &titles, |top, of| {
        let number = document.sections[top].heading.enumerator.map(|found| found.number as usize);
        number == Some(of + 1)
    });
    bound.sections = found.bound.iter().map(|at| at.map(|section| BoundSection { section })).collect();
    bound.repeated_sections = found.repeats;
    bound.extra_sections =
        found.extras.into_iter().filter(|&at| document.sections[at].heading.enumerator.is_some()).collect();
    let kinds = (FactKind::SectionWording, FactKind::SectionWidth);
    let mut first_depth = None;
    for (section, own) in bound.sections.iter().zip(&form.sections) {
        let Some(BoundSection { section }) = *section else { continue };
        let heading = &document.sections[section].heading;
        facts.compare_title(heading.title, &own.title.text, kinds);
        if let Some(depth) = heading.depth
            && *first_depth.get_or_insert(depth) != depth
        {
            facts.note(FactKind::SectionDepth, heading.span, None);
        }
    }
    for at in 0..form.sections.len() {
        let found = bind_parts(bound, form, at, facts);
        bound.repeated_parts.extend(found.repeats.iter().map(|&(part, section)| (at, part, section)));
        bound.parts.push(found.bound.into_iter().map(|own| own.map(|section| BoundSection { section })).collect());
    }
}

/// The parts of a section, looked for among its direct children.
fn bind_parts(bound: &Bound<'_>, form: &Form, at: usize, facts: &mut Facts<'_>) -> Assigned {
    let parts = &form.sections[at].parts;
    let Some(BoundSection { section }) = bound.sections[at] else {
        return Assigned { bound: vec![None; parts.len()], repeats: Vec::new(), extras: Vec::new() };
    };
    let document = bound.document;
    let children: Vec<(usize, String)> = (0..document.sections.len())
        .filter(|&child| document.sections[child].parent == Some(section))
        .map(|child| (child, key_of(document, child)))
        .collect();
    let titles: Vec<(&FormLabel, &[FormLabel])> =
        parts.iter().map(|part| (&part.title, part.variants.as_slice())).collect();
    let found = assign(&children, &titles, |_, _| false);
    for (own, part) in found.bound.iter().zip(parts) {
        let Some(child) = *own else { continue };
        let title = document.sections[child].heading.title;
        // 主动公开情况 is as good as 主动公开.
        let is_official = title.of(&document.text).strip_suffix("情况") == Some(&part.title.text);
        if !is_official && key_of(document, child).trim_end_matches("情况") != part.title.key {
            facts.compare_title(title, &part.title.text, (FactKind::PartWording, FactKind::PartWording));
        }
    }
    found
}

struct Assigned {
    bound: Vec<Option<usize>>,
    repeats: Vec<(usize, usize)>,
    extras: Vec<usize>,
}

/// Finds each title among the candidates: the official words (with or without 情况), a variant, and last a slip of
/// it where `placed` says that the candidate stands at its place.
fn assign(
    candidates: &[(usize, String)],
    titles: &[(&FormLabel, &[FormLabel])],
    placed: impl Fn(usize, usize) -> bool,
) -> Assigned {
    let mut assigned = Assigned { bound: vec![None; titles.len()], repeats: Vec::new(), extras: Vec::new() };
    let same = |key: &str, label: &FormLabel| key == label.key || key.strip_suffix("情况") == Some(&label.key);
    let mut left = Vec::new();
    for (section, key) in candidates {
        let exact = titles.iter().position(|(title, _)| same(key, title));
        let of = exact.or_else(|| titles.iter().position(|(_, variants)| variants.iter().any(|v| same(key, v))));
        match of {
            Some(of) if assigned.bound[of].is_none() => assigned.bound[of] = Some(*section),
            Some(of) => assigned.repeats.push((of, *section)),
            None => left.push((*section, key)),
        }
    }
    for (section, key) in left {
        let slip = (0..titles.len()).find(|&of| {
            assigned.bound[of].is_none() && placed(section, of) && likeness(key, &titles[of].0.key) >= ALIKE
        });
        match slip {
            Some(of) => assigned.bound[of] = Some(section),
            None => assigned.extras.push(section),
        }
    }
    assigned
}
