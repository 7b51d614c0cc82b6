//! Findings that somebody accepts, with a reason: entries of a configuration, and comments in the report itself.
//!
//! An acceptance names one rule and one place, never all of either. It takes nothing out of a report: what it covers
//! stays there and carries the [`Grounds`]. Which entries concern which file is the shell's matter.

mod comment;
mod entry;
mod tell;

pub(crate) use entry::{ENTRY, entries};
pub use tell::{of_entries, unknown_rules};

use crate::config::Word;
use crate::date::Date;
use crate::engine::CheckOptions;
use crate::finding::{Finding, LedgerEntry, Report, Status};
use crate::mask::Mask;
use crate::path::LabelPath;
use crate::ruleset::RuleSet;
use crate::settings::Place;
use gouji_core::document::Document;
use gouji_core::fold::Folded;
use gouji_core::label::{fold, fold_width};
use gouji_core::table::Label;
use gouji_core::text::Span;
use std::cell::OnceCell;
use std::sync::Arc;

/// An entry of `accept:`.
#[derive(Debug)]
pub struct Acceptance {
    /// The code of the rule.
    pub rule: String,
    /// Where its findings are accepted.
    pub(crate) anchor: Anchor,
    /// Why.
    pub grounds: Arc<Grounds>,
    /// Path patterns as in `.gitignore`, from the configuration's folder; empty means all files.
    pub files: Vec<Word>,
    /// The place of the code in the configuration.
    pub place: Place,
}

/// Why a finding is accepted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Grounds {
    /// In the words of who accepted it; never empty.
    pub reason: String,
    /// Who accepted it.
    pub by: Option<String>,
    /// The last day on which it is accepted.
    pub until: Option<Date>,
}

impl Grounds {
    /// Whether its last day is over; without a today it is not.
    fn is_expired(&self, today: Option<Date>) -> bool {
        self.until.zip(today).is_some_and(|(until, today)| until < today)
    }
}

/// A place by what people read there. All that is given must hold, and something is.
#[derive(Debug, Default)]
pub(crate) struct Anchor {
    text: Option<Quote>,
    /// A heading on the way to the place, folded.
    section: Option<String>,
    /// A table's name in its form, folded.
    table: Option<String>,
    row: Option<LabelPath>,
    col: Option<LabelPath>,
}

/// Words with what stands right before and behind them, all folded. Where there are no words (only blanks are meant)
/// there is something before and behind.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Quote {
    before: String,
    text: String,
    after: String,
}

/// What became of an entry in one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Its rule is not meant for the document.
    NotApplicable,
    /// Its rule did not look, or not everywhere: nothing can be said of it.
    Unjudged,
    /// Its rule looked and found nothing there.
    Unused,
    /// It covers a finding.
    Used,
    /// Its last day is over: it covers nothing.
    Expired,
}

impl Fate {
    /// What became of it in two documents.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let either = |fate: &Self| self == *fate || other == *fate;
        let order = [Self::Used, Self::Expired, Self::Unjudged, Self::Unused];
        order.into_iter().find(either).unwrap_or(Self::NotApplicable)
    }
}

/// Marks the findings that entries or comments cover, and tells of comments that cover nothing or are no use.
///
/// An entry may quote a secret as it stands or masked, as `explain` shows it.
pub(crate) fn settle(report: &mut Report, document: &Document, rules: &RuleSet, options: &CheckOptions) {
    let mask = report.mask.clone();
    let places = Places { document, mask: &mask, folded: OnceCell::new() };
    let mut fates = Vec::new();
    for entry in &options.acceptances {
        let covers = |finding: &Finding| places.holds(&entry.anchor, finding);
        fates.push(cover(report, &entry.rule, &entry.grounds, options.today, covers));
    }
    let mut told = Vec::new();
    let mut n_read = 0;
    for comment in &document.comments {
        let Some(read) = comment::read(comment.raw.of(&document.raw), rules) else { continue };
        n_read += read.rules.len() + read.slips.len();
        told.extend(read.slips.into_iter().map(|slip| tell::slip(comment.span, slip)));
        let target = target(document, comment);
        let covers = |finding: &Finding| {
            target.is_some_and(|target| target.contains(finding.span) || target.overlaps(finding.span))
        };
        for rule in &read.rules {
            let fate = cover(report, rule, &read.grounds, options.today, covers);
            told.extend(tell::of_comment(comment.span, rule, fate));
        }
    }
    report.fates = fates;
    tell::add(report, rules, options, &told, n_read);
}

/// Marks the findings of a rule that an acceptance covers.
fn cover(
    report: &mut Report,
    rule: &str,
    grounds: &Arc<Grounds>,
    today: Option<Date>,
    covers: impl Fn(&Finding) -> bool,
) -> Fate {
    let idle = idle(&report.ledger, rule);
    if grounds.is_expired(today) {
        return if idle == Fate::Unused { Fate::Expired } else { idle };
    }
    let mut used = false;
    for finding in report.findings.iter_mut().filter(|finding| *finding.rule == *rule && covers(finding)) {
        used = true;
        finding.accepted.get_or_insert_with(|| Arc::clone(grounds));
    }
    if used { Fate::Used } else { idle }
}

/// What becomes of an acceptance that covers nothing.
fn idle(ledger: &[LedgerEntry], rule: &str) -> Fate {
    match ledger.iter().find(|entry| *entry.rule == *rule) {
        Some(entry) if entry.looked_everywhere() => Fate::Unused,
        Some(LedgerEntry { status: Status::NotApplicable, .. }) => Fate::NotApplicable,
        _ => Fate::Unjudged,
    }
}

/// What a comment speaks of: the block it stands in, else the next block; of a table that follows it all rows.
fn target(document: &Document, comment: &gouji_core::document::Comment) -> Option<Span> {
    let block = &document.blocks[document.block_of(comment)?];
    let table = document.tables.iter().find(|table| table.span.contains(block.span) || block.span.overlaps(table.span));
    Some(match table {
        Some(table) if !comment.inside => table.span.cover(block.span),
        _ => block.span,
    })
}

/// The places of one document, looked up when first needed.
struct Places<'a> {
    document: &'a Document,
    mask: &'a Mask,
    /// The text, and what is shown of it where that is another.
    folded: OnceCell<Vec<Folded>>,
}

impl Places<'_> {
    fn holds(&self, anchor: &Anchor, finding: &Finding) -> bool {
        let Anchor { text, section, table, row, col } = anchor;
        let place = &finding.place;
        let either = |path: &LabelPath, own: &str| matches(path, own) || matches(path, &self.mask.text(own));
        let on_path = |path: &LabelPath, own: &Option<String>| own.as_ref().is_some_and(|own| either(path, own));
        section.as_ref().is_none_or(|section| self.is_below(section, finding.span))
            && table.as_ref().is_none_or(|name| place.table.as_ref().is_some_and(|own| fold_width(own) == *name))
            && row.as_ref().is_none_or(|path| on_path(path, &place.row))
            && col.as_ref().is_none_or(|path| on_path(path, &place.col))
            && text.as_ref().is_none_or(|quote| self.is_quoted(quote, finding.span))
    }

    /// Whether a section around the span has this heading.
    fn is_below(&self, heading: &str, span: Span) -> bool {
        let mut section = self.document.section_at(span.start);
        while let Some(at) = section {
            let own = self.document.heading_text(at);
            if fold(own) == heading || fold(&self.mask.text(own)) == heading {
                return true;
            }
            section = self.document.sections[at].parent;
        }
        false
    }

    /// Whether the words stand at the span: the one holds the other.
    fn is_quoted(&self, quote: &Quote, span: Span) -> bool {
        let texts = self.folded.get_or_init(|| {
            let view = (!self.mask.is_empty()).then(|| self.mask.view(self.document));
            let texts = [Some(self.document.text.as_str()), view.as_deref()];
            texts.into_iter().flatten().map(|text| Folded::new(text, 0)).collect()
        });
        texts.iter().any(|folded| is_quoted_in(folded, quote, span))
    }
}

/// Whether the words stand at the span in one way to write the text.
fn is_quoted_in(folded: &Folded, quote: &Quote, span: Span) -> bool {
    let whole = format!("{}{}{}", quote.before, quote.text, quote.after);
    folded.text.match_indices(&whole).any(|(at, _)| {
        let start = at + quote.before.len();
        let words = match quote.text.len() {
            // Blanks, or nothing at all, between what is before and behind.
            0 => {
                let before = folded.source(Span::new(at, start));
                Span::new(before.end, folded.source(Span::new(start, at + whole.len())).start)
            }
            len => folded.source(Span::new(start, start + len)),
        };
        words.contains(span) || (!span.is_empty() && !words.is_empty() && span.contains(words))
    })
}

/// Whether a label path as findings say it is one that an entry names.
fn matches(path: &LabelPath, own: &str) -> bool {
    let label = |text: &str| Label { span: Span::empty(0), text: text.to_owned(), key: fold(text) };
    let labels: Vec<Label> = own.split(" > ").map(label).collect();
    path.matches(&labels)
}
