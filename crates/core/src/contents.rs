//! The table of contents: which lines of a report only name what follows.

use crate::enumerator;
use crate::format::DraftLine;
use crate::label::{KnownLabels, bare_words, fold, is_blank};
use crate::number::narrow;

/// The most lines of a table of contents.
const MAX_ENTRIES: usize = 60;
/// The longest line that opens one, in bytes.
const MAX_OPENING: usize = 30;

/// Where the table of contents ends that opens with the line at `at`: before the line that says again what its first
/// entry says. None where no such line follows: then what stands there is the report itself.
pub(crate) fn end(text: &str, lines: &[DraftLine], at: usize) -> Option<usize> {
    let opening = lines[at].span;
    if opening.len() > MAX_OPENING || !matches!(bare_words(opening.of(text)).as_str(), "目录" | "目次") {
        return None;
    }
    let entry = |line: &DraftLine| fold(without_page(line.span.of(text)));
    let first = entry(lines.get(at + 1)?);
    let rest = lines.iter().enumerate().skip(at + 2).take(MAX_ENTRIES);
    let again = rest.map(|(at, line)| (at, entry(line))).find(|(_, entry)| *entry == first);
    again.map(|(at, _)| at).filter(|_| !first.is_empty())
}

/// Whether a line among the entries is one, and not the title that stands there too.
pub(crate) fn is_entry(words: &str, known: &KnownLabels) -> bool {
    let has_page = words.ends_with(|c| narrow(c).is_ascii_digit());
    has_page || enumerator::parse(words).is_some() || known.titles.contains(&fold(without_page(words)))
}

/// An entry without its page number and what leads to it.
fn without_page(words: &str) -> &str {
    words.trim_end_matches(|c| {
        is_blank(c) || narrow(c).is_ascii_digit() || matches!(narrow(c), '.' | '-' | '_' | '(' | ')' | '…' | '·' | '—')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_leaders_are_no_words() {
        for line in ["一、总体情况", "一、总体情况\t1", "一、总体情况……………… 3", "一、总体情况.......(12)"]
        {
            assert_eq!(fold(without_page(line)), "总体情况", "{line}");
            assert!(is_entry(line, &KnownLabels::default()), "{line}");
        }
        assert!(!is_entry("青禾县水利局政府信息公开工作年度报告（2024年度）", &KnownLabels::default()));
    }
}
