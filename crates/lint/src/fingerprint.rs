//! Fingerprints: what a defect is known by when the report around it changes.
//!
//! Structural: the rule, the label path or the section, the words found and a little of what stands around them, all
//! folded and without numbering. No line numbers, no differences, no messages: those change while the defect stays.

use crate::finding::{Finding, Where};
use crate::mask::Mask;
use gouji_core::document::Document;
use gouji_core::enumerator;
use gouji_core::label::{fold, fold_width};
use gouji_core::text::Span;
use std::collections::BTreeMap;

/// How many characters on either side of the words found count.
const CONTEXT: usize = 8;

/// Gives findings, which are masked, their fingerprints; one that has something by then keeps it behind: that tells it
/// apart from others at its place. They are made of the masked text, or a secret number could be found by trying all.
pub(crate) fn take(findings: &mut [Finding], document: &Document, mask: &Mask) {
    let view = (!mask.is_empty()).then(|| mask.view(document));
    let text = view.as_deref().unwrap_or(&document.text);
    for finding in findings {
        let print = of(&finding.rule, &finding.place, finding.span, document, text);
        finding.fingerprint.insert_str(0, &print);
    }
}

/// The fingerprint of what a rule found at a place.
pub(crate) fn of(rule: &str, place: &Where, span: Span, document: &Document, text: &str) -> String {
    let mut hash = Fnv::default();
    hash.add(rule);
    for part in [&place.section, &place.table, &place.row, &place.col] {
        hash.add(&fold(part.as_deref().unwrap_or("")));
    }
    if place.row.is_none() && place.col.is_none() {
        hash.add(&fold_width(span.of(text)));
        let (before, after) = around(span, document, text);
        hash.add(&fold_width(&before));
        hash.add(&fold_width(&after));
    }
    format!("{:016x}", hash.0)
}

/// What stands right before (backwards) and behind a span in its block; empty where the span leaves its block.
fn around(span: Span, document: &Document, text: &str) -> (String, String) {
    let block = document.block_at(span.start).map_or(span, |at| document.blocks[at].span);
    if !block.contains(span) {
        return (String::new(), String::new());
    }
    // An item that moves up the list is the same item.
    let number = enumerator::parse(block.of(text)).map_or(0, |found| found.len);
    let start = (block.start + number).min(span.start);
    let before = text[start..span.start].chars().rev().take(CONTEXT).collect();
    let after = text[span.end..block.end].chars().take(CONTEXT).collect();
    (before, after)
}

/// Tells apart findings of one document that are alike to the last: the second and further ones get an ordinal.
pub(crate) fn tell_apart(findings: &mut [Finding]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for finding in findings {
        let n = seen.entry(finding.fingerprint.clone()).or_default();
        *n += 1;
        if *n > 1 {
            finding.fingerprint.push_str(&format!("-{n}"));
        }
    }
}

/// FNV-1a, 64 bits: stable over versions and machines.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn add(&mut self, part: &str) {
        for byte in part.bytes().chain([0xff]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}
