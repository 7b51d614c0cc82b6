//! What is left in a file beside its content, as facts: comments, open changes, names in the properties.

use super::fact::Fact;
use crate::rule::FactKind;
use gouji_core::document::{Document, LeftoverKind};

/// The word of each kind in rule files is that of its fact.
pub(crate) const KINDS: [(LeftoverKind, FactKind); 8] = [
    (LeftoverKind::Insertion, FactKind::Insertion),
    (LeftoverKind::Deletion, FactKind::Deletion),
    (LeftoverKind::Comment, FactKind::Comment),
    (LeftoverKind::HiddenText, FactKind::HiddenText),
    (LeftoverKind::Author, FactKind::Author),
    (LeftoverKind::Company, FactKind::Company),
    (LeftoverKind::Embedded, FactKind::Embedded),
    (LeftoverKind::Macro, FactKind::Macro),
];

/// The facts that hold of any document, whether it is bound to a form or not.
pub(super) fn facts(document: &Document) -> Vec<Fact> {
    let fact = |kind: LeftoverKind| KINDS.iter().find(|(own, _)| *own == kind).map(|&(_, fact)| fact);
    let facts = document.leftovers.iter().filter_map(|left| {
        Some(Fact {
            kind: fact(left.kind)?,
            span: left.span,
            expected: Some(quoted(&left.words)).filter(|words| !words.is_empty()),
            table: None,
            row: None,
            col: None,
        })
    });
    facts.collect()
}

/// The longest quotation of what is left, in characters.
const LONGEST: usize = 40;
/// Digits together from which they may be a telephone or an identity number.
const NUMBER: usize = 6;

/// The words that are left, cut short, without long numbers: no rule looks for secrets in them, so none may be shown.
fn quoted(words: &str) -> String {
    let mut quoted = String::new();
    for stretch in words.split_inclusive(|c: char| !c.is_ascii_digit()) {
        let n_digits = stretch.chars().filter(char::is_ascii_digit).count();
        match n_digits {
            NUMBER.. => quoted.extend(stretch.chars().map(|c| if c.is_ascii_digit() { '＊' } else { c })),
            _ => quoted.push_str(stretch),
        }
    }
    match quoted.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &quoted[..at]),
        None => quoted,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_quoted_briefly_and_without_numbers() {
        assert_eq!(quoted("张三：请打13800000000核对2024年"), "张三：请打＊＊＊＊＊＊＊＊＊＊＊核对2024年");
        assert_eq!(quoted(&"长".repeat(50)).chars().count(), LONGEST + 1);
    }
}
