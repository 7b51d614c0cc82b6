//! Labels as they are compared, and the labels that forms know.

use crate::enumerator;
use crate::number::narrow;
use std::collections::BTreeSet;

/// The folded labels of all forms: they tell a row from a heading.
#[derive(Clone, Debug, Default)]
pub struct KnownLabels {
    /// Labels of rows that carry values, folded by [`fold`].
    pub rows: BTreeSet<String>,
    /// Labels of rows above them, which carry none, folded.
    pub parents: BTreeSet<String>,
    /// Labels of bands, which stand above their header, folded.
    pub bands: BTreeSet<String>,
    /// Labels that stand in the first header of one table of a form and nowhere else in it, folded.
    pub openers: BTreeSet<String>,
    /// Section titles, folded.
    pub titles: BTreeSet<String>,
}

/// A label as it is compared: width folded, blanks gone, leading enumerator and trailing bracketed note off.
/// A label that is nothing but an enumerator or a note keeps it.
#[must_use]
pub fn fold(label: &str) -> String {
    let label = label.trim();
    let bare = enumerator::parse(label).map_or(label, |found| &label[found.len..]);
    let mut folded = fold_width(if bare.trim().is_empty() { label } else { bare });
    if folded.ends_with(')')
        && let Some(at) = folded.find('(')
        && at > 0
    {
        folded.truncate(at);
    }
    folded
}

/// The words of a label as written: leading enumerator and trailing bracketed note off, outer blanks too. A label that
/// is nothing but these keeps them.
#[must_use]
pub fn words(label: &str) -> &str {
    let label = label.trim();
    let bare = enumerator::parse(label).map_or(label, |found| &label[found.len..]).trim();
    let bare = if bare.is_empty() { label } else { bare };
    match bare.find(['（', '(']) {
        Some(at) if at > 0 && bare.ends_with(['）', ')']) => bare[..at].trim_end(),
        _ => bare,
    }
}

/// A text with width folded and blanks gone, and curly quotation marks as straight ones.
#[must_use]
pub fn fold_width(text: &str) -> String {
    text.chars().filter(|&c| !is_blank(c)).map(fold_char).collect()
}

/// Only the letters, digits and Chinese characters of a text, width folded: what is left when marks do not count.
#[must_use]
pub fn bare_words(text: &str) -> String {
    text.chars().map(narrow).filter(|c| c.is_alphanumeric()).collect()
}

/// Whether a character is a blank of any kind: space, tab, line break, U+3000, U+00A0, zero-width space.
#[must_use]
pub fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}' | '\u{FEFF}' | '\u{200C}' | '\u{200D}')
}

fn fold_char(c: char) -> char {
    match c {
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        c => narrow(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_people_read_as_one() {
        for (label, folded) in [
            ("（一）予以公开", "予以公开"),
            ("(一) 予以公开", "予以公开"),
            ("一、本年新收", "本年新收"),
            ("结果 维持", "结果维持"),
            ("（二）部分公开（区分处理的，只计这一情形）", "部分公开"),
            ("第二十条第（一）项", "第二十条第(一)项"),
            ("3.危及“三安全一稳定”", "危及\"三安全一稳定\""),
            ("本年收费金额（单位：万元）", "本年收费金额"),
            ("（单位：万元）", "(单位:万元)"),
            ("一、", "一、"),
        ] {
            assert_eq!(fold(label), folded, "{label}");
            assert_eq!(fold(words(label)), folded, "{label}");
        }
    }
}
