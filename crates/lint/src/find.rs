//! `find`: patterns, words and facts that must not be there.

use crate::bind::Fact;
use crate::finding::Where;
use crate::pattern::Pattern;
use crate::rule::{Find, Marks, On, Rule, Scope, ScopePart, Unless, What, Word};
use crate::say::{self, Job, Named, Names, Outcome, Reason};
use crate::scan::Part;
use crate::trace::{End, Step};
use gouji_core::fold::Folded;
use gouji_core::text::Span;

/// The most findings of one rule in one document; the rest are counted and said.
const MAX_HITS: usize = 2000;

/// Runs a `find` rule.
pub(crate) fn run(job: &Job<'_>, idx: usize, rule: &Rule, find: &Find) -> Outcome {
    let mut outcome = Outcome { n_bound: 1, unbound: job.regions.missing(&rule.scope), ..Outcome::default() };
    match &find.what {
        What::Pattern(pattern) => pattern_hits(job, idx, rule, pattern, &find.unless, &mut outcome),
        What::Words(words) => word_hits(job, idx, rule, words, &find.unless, &mut outcome),
        What::Facts(kinds) => {
            let of_rule = |fact: &&Fact| kinds.contains(&fact.kind) && in_scope(job, &rule.scope, fact);
            let kept = |fact: &&Fact| is_kept(job, &find.unless, fact.span, fact.span);
            let facts = job.bound.facts.iter().filter(of_rule).filter(kept);
            outcome.findings = facts.map(|fact| of_fact(job, rule, fact)).collect();
        }
    }
    outcome.n_failed = outcome.findings.len() + outcome.n_more;
    outcome.n_bound = outcome.n_bound.max(outcome.n_failed);
    outcome
}

fn pattern_hits(job: &Job<'_>, idx: usize, rule: &Rule, pattern: &Pattern, unless: &Unless, outcome: &mut Outcome) {
    for block in job.hits.candidates(idx, Part::Find, pattern.required()) {
        for (part, stretch) in job.regions.stretches_in_parts(&rule.scope, block) {
            let folded = (rule.on == On::Folded).then(|| Folded::new(job.text(stretch), stretch.start));
            let hay = folded.as_ref().map_or_else(|| job.text(stretch), |folded| &folded.text);
            let back = |span: Span| folded.as_ref().map_or_else(|| span.shift(stretch.start), |f| f.source(span));
            let mut at = 0;
            while at <= hay.len() {
                let Some(captures) = pattern.regex().captures_at(hay, at) else { break };
                let whole = captures.get(0).map_or(0..0, |found| found.range());
                let hit = match rule.at.as_deref().map(|name| captures.name(name)) {
                    Some(Some(found)) => found.range(),
                    Some(None) => {
                        // The branch that matched has no such capture: nothing to report there.
                        at = next_char(hay, whole.end.max(at));
                        continue;
                    }
                    None => whole.clone(),
                };
                at = if hit.end > at && !hit.is_empty() { hit.end } else { next_char(hay, whole.end.max(at)) };
                let span = back(hit.clone().into());
                if !is_kept(job, unless, part, span) {
                    continue;
                }
                if outcome.findings.len() == MAX_HITS {
                    outcome.pass_over(rule, span);
                    continue;
                }
                let mut names = Names::default();
                for name in pattern.names() {
                    if let Some(found) = captures.name(name) {
                        names.set(name, Named::text(found.as_str()).at(back(found.range().into())));
                    }
                }
                names.set("text", Named::text(job.text(span)));
                outcome.findings.push(job.finding(rule, span, place_of(job, span), &names, None));
            }
        }
    }
}

/// The character boundary behind `at`.
fn next_char(hay: &str, at: usize) -> usize {
    let mut next = at + 1;
    while next < hay.len() && !hay.is_char_boundary(next) {
        next += 1;
    }
    next
}

fn word_hits(job: &Job<'_>, idx: usize, rule: &Rule, words: &[Word], unless: &Unless, outcome: &mut Outcome) {
    let mut at_block = None;
    let mut stretches = Vec::new();
    for hit in job.hits.words(idx) {
        if at_block != Some(hit.block) {
            stretches = job.regions.stretches_in_parts(&rule.scope, hit.block);
            at_block = Some(hit.block);
        }
        // They are in order, and none lies in another.
        let at = stretches.partition_point(|(_, stretch)| stretch.end < hit.span.end);
        let Some(&(part, _)) = stretches.get(at).filter(|(_, stretch)| stretch.contains(hit.span)) else { continue };
        if !is_kept(job, unless, part, hit.span) {
            continue;
        }
        if outcome.findings.len() == MAX_HITS {
            outcome.pass_over(rule, hit.span);
            continue;
        }
        let word = &words[hit.word];
        let mut names = Names::default();
        names.set("text", Named::text(word.wrong.as_str()).at(hit.span));
        names.set("right", Named::text(word.right.as_deref().unwrap_or_default()));
        let mut finding = job.finding(rule, hit.span, place_of(job, hit.span), &names, None);
        if word.right.is_none() {
            finding.fixes.clear();
        }
        outcome.findings.push(finding);
    }
}

/// What of an `unless` takes a finding away.
enum Taker<'u> {
    Text(&'u Pattern),
    Before(&'u Pattern),
    After(&'u Pattern),
    Inside(Marks),
    Near(&'u str),
}

impl Taker<'_> {
    fn reason(&self) -> Reason {
        let (key, what) = match self {
            Self::Text(pattern) => ("text", pattern.source()),
            Self::Before(pattern) => ("before", pattern.source()),
            Self::After(pattern) => ("after", pattern.source()),
            Self::Inside(marks) => ("inside", marks.word()),
            Self::Near(word) => ("near", *word),
        };
        (format!("unless 的 {key}：{what}"), format!("unless {key}: {what}"))
    }
}

/// Whether no `unless` takes a finding away. `stretch` is what the rule looks at; around a citation the text it stands in.
fn is_kept(job: &Job<'_>, unless: &Unless, stretch: Span, span: Span) -> bool {
    let taker = taker(job, unless, stretch, span);
    job.step(|| {
        let end = if taker.is_some() { End::TakenAway } else { End::Hit };
        let reason = taker.as_ref().map(Taker::reason);
        Step::at(end, job.text(span), Some(span)).because(say::reasons(job.lang, reason.as_slice()))
    });
    taker.is_none()
}

fn taker<'u>(job: &Job<'_>, unless: &'u Unless, stretch: Span, span: Span) -> Option<Taker<'u>> {
    let document = &job.bound.document.text;
    let window = window(document, stretch, span);
    let text = window.of(document);
    let inner = Span::new(span.start - window.start, span.end - window.start);
    let (before, after) = (&text[..inner.start], &text[inner.end..]);
    let text_taker = || unless.patterns.iter().find(|pattern| overlaps(pattern, text, inner)).map(Taker::Text);
    let before_taker = || unless.before.iter().find(|pattern| pattern.regex().is_match(before)).map(Taker::Before);
    let after_taker = || unless.after.iter().find(|pattern| pattern.regex().is_match(after)).map(Taker::After);
    let marks = || unless.inside.iter().find(|&&marks| is_inside(marks, before, after));
    let near_taker = || {
        let start = before.rfind(SENTENCE_ENDS).unwrap_or(0);
        let end = after.find(SENTENCE_ENDS).map_or(text.len(), |at| inner.end + at);
        unless.near.iter().find(|word| text[start..end].contains(word.as_str())).map(|word| Taker::Near(word))
    };
    text_taker()
        .or_else(before_taker)
        .or_else(after_taker)
        .or_else(|| marks().map(|&marks| Taker::Inside(marks)))
        .or_else(|| if unless.near.is_empty() { None } else { near_taker() })
}

const SENTENCE_ENDS: [char; 5] = ['。', '；', '！', '？', '\n'];

/// How far around a finding `unless` looks, in bytes: more than any sentence, and no more, or a paragraph of ten
/// megabytes would be read once for every finding in it.
const WINDOW: usize = 1500;

/// The stretch around a finding that `unless` looks at.
fn window(text: &str, stretch: Span, span: Span) -> Span {
    let mut start = span.start.saturating_sub(WINDOW).max(stretch.start).min(span.start);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let mut end = (span.end + WINDOW).min(stretch.end).max(span.end);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    Span::new(start, end)
}

fn overlaps(pattern: &Pattern, text: &str, inner: Span) -> bool {
    let mut at = 0;
    while at <= text.len() {
        let Some(found) = pattern.regex().find_at(text, at) else { return false };
        if found.start() >= inner.end.max(inner.start + 1) {
            return false;
        }
        if found.end() > inner.start || (inner.is_empty() && found.end() >= inner.start) {
            return true;
        }
        at = if found.is_empty() { next_char(text, found.end()) } else { found.end() };
    }
    false
}

fn is_inside(marks: Marks, before: &str, after: &str) -> bool {
    let pairs: &[(char, char)] = match marks {
        Marks::Titles => &[('《', '》'), ('〈', '〉')],
        Marks::Quotes => &[('“', '”'), ('‘', '’'), ('「', '」'), ('『', '』')],
        Marks::Brackets => &[('（', '）'), ('(', ')'), ('〔', '〕'), ('[', ']'), ('【', '】')],
    };
    let open = |&(open, close): &(char, char)| {
        let opened = before.rfind(open).is_some_and(|at| !before[at..].contains(close));
        opened && after.contains(close)
    };
    let straight = marks == Marks::Quotes && before.matches('"').count() % 2 == 1 && after.contains('"');
    straight || pairs.iter().any(open)
}

/// Row and column of a finding in a bound table, by the cell it lies in.
fn place_of(job: &Job<'_>, span: Span) -> Where {
    let mut place = Where::default();
    let document = job.bound.document;
    let Some(table) = document.tables.iter().position(|table| table.span.contains(span)) else { return place };
    let Some(bound) = job.bound.tables.iter().flatten().find(|bound| bound.table == table) else { return place };
    let own = &document.tables[table];
    if let Some(row) = own.rows.iter().position(|row| row.span.contains(span)) {
        place.row = Some(bound.row_name(row)).filter(|name| !name.is_empty());
        let columns = own.columns_of(&own.rows[row]);
        let column = columns.zip(&own.rows[row].cells).find(|(_, cell)| cell.span.contains(span));
        place.col = column.map(|(column, _)| bound.col_name(column));
    }
    place
}

fn in_scope(job: &Job<'_>, scope: &Scope, fact: &Fact) -> bool {
    let in_table = |name: &str| job.bound.table(name).is_ok_and(|bound| Some(bound.table) == fact.table);
    scope.parts.is_empty()
        || scope.parts.iter().any(|part| match part {
            ScopePart::Table(name) => in_table(name),
            ScopePart::Cells => fact.table.is_some(),
            ScopePart::Section(_) | ScopePart::Part(_) => {
                let block = job.bound.document.block_at(fact.span.start);
                block.is_some_and(|block| job.regions.stretches(scope, block).iter().any(|s| s.contains(fact.span)))
            }
            ScopePart::Prose | ScopePart::Paragraphs | ScopePart::Headings | ScopePart::Title | ScopePart::Text => {
                fact.table.is_none()
            }
        })
}

fn of_fact(job: &Job<'_>, rule: &Rule, fact: &Fact) -> crate::finding::Finding {
    let mut names = Names::default();
    names.set("text", Named::text(job.text(fact.span)));
    for (name, value) in [("expected", &fact.expected), ("row", &fact.row), ("col", &fact.col)] {
        names.set(name, Named::text(value.as_deref().unwrap_or_default()));
    }
    // A row without a label goes by the name of its table.
    if fact.row.as_deref().is_none_or(str::is_empty) {
        let table = job.bound.tables.iter().flatten().find(|bound| Some(bound.table) == fact.table);
        names.set("row", Named::text(table.map_or("", |table| table.name.as_str())));
    }
    let place =
        Where { row: fact.row.clone().filter(|row| !row.is_empty()), col: fact.col.clone(), ..Where::default() };
    let mut finding = job.finding(rule, fact.span, place, &names, None);
    if fact.expected.is_none() {
        finding.fixes.clear();
    }
    finding
}
