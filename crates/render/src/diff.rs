//! What a fix changes, as a unified diff.

use crate::layout::{one_line, visible};
use crate::paint::{Colour, Ink};
use crate::run::Options;
use similar::{Change, ChangeTag, TextDiff};
use std::ops::Range;

/// Lines around each change.
const CONTEXT: usize = 1;

/// The change from `old` to `new` text of the file at `path`; empty where there is none.
///
/// Without colour it is a diff that `patch -p1` takes: texts as decoded, line ends as they are.
#[must_use]
pub fn unified(path: &str, old: &str, new: &str, options: &Options) -> String {
    if old == new {
        return String::new();
    }
    let diff = TextDiff::from_lines(old, new);
    let path = one_line(path);
    let mut out = String::new();
    let colour = options.colour;
    out.push_str(&colour.paint(Ink::Bad, &format!("--- a/{path}")));
    out.push('\n');
    out.push_str(&colour.paint(Ink::Good, &format!("+++ b/{path}")));
    out.push('\n');
    for hunk in diff.unified_diff().context_radius(CONTEXT).iter_hunks() {
        out.push_str(&colour.paint(Ink::Place, hunk.header().to_string().trim_end()));
        out.push('\n');
        let changes: Vec<_> = hunk.iter_changes().collect();
        for run in changes.chunk_by(|a, b| (a.tag() == ChangeTag::Equal) == (b.tag() == ChangeTag::Equal)) {
            let (old, new): (Vec<&Change<&str>>, Vec<&Change<&str>>) =
                run.iter().partition(|change| change.tag() == ChangeTag::Delete);
            for change in run {
                // Lines replaced one for one are told apart by where they differ.
                let other = match change.tag() {
                    ChangeTag::Equal => None,
                    _ if old.len() != new.len() => None,
                    ChangeTag::Delete => old.iter().position(|c| *c == change).map(|at| new[at].value()),
                    ChangeTag::Insert => new.iter().position(|c| *c == change).map(|at| old[at].value()),
                };
                line(&mut out, change.tag(), change.value(), other, colour);
            }
        }
    }
    out
}

/// One line of a hunk; in colour the part that differs from `other` stands out.
fn line(out: &mut String, tag: ChangeTag, value: &str, other: Option<&str>, colour: Colour) {
    let (sign, ink) = match tag {
        ChangeTag::Delete => ("-", Ink::Bad),
        ChangeTag::Insert => ("+", Ink::Good),
        ChangeTag::Equal => (" ", Ink::Dim),
    };
    let text = value.strip_suffix('\n').unwrap_or(value);
    if colour == Colour::Plain {
        out.push_str(sign);
        out.push_str(text);
    } else {
        let differing = other.map_or(0..0, |other| differing(text, other.strip_suffix('\n').unwrap_or(other)));
        let safe = |part: &str| part.chars().map(visible).collect::<String>();
        out.push_str(&colour.paint(ink, &format!("{sign}{}", safe(&text[..differing.start]))));
        let marked = if tag == ChangeTag::Delete { Ink::Gone } else { Ink::Added };
        out.push_str(&colour.paint(marked, &safe(&text[differing.clone()])));
        out.push_str(&colour.paint(ink, &safe(&text[differing.end..])));
    }
    out.push('\n');
    if !value.ends_with('\n') {
        out.push_str("\\ No newline at end of file\n");
    }
}

/// The bytes of `text` between what it begins and what it ends with in common with `other`.
fn differing(text: &str, other: &str) -> Range<usize> {
    let same = |(a, b): &(char, char)| a == b;
    let start: usize = text.chars().zip(other.chars()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let (rest, other) = (&text[start..], &other[start..]);
    let end: usize = rest.chars().rev().zip(other.chars().rev()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    start..text.len() - end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::{Settled, Talk};
    use gouji_lint::finding::Lang;

    #[test]
    fn a_diff_that_patch_takes() {
        let options = Options {
            lang: Lang::Zh,
            width: 80,
            colour: Colour::Plain,
            talk: Talk::Full,
            accepted: Settled::Counted,
            known: Settled::Counted,
        };
        let diff = unified("报告.txt", "甲\n乙\n丙", "甲\n丁\n丙", &options);
        assert_eq!(
            diff,
            "--- a/报告.txt\n+++ b/报告.txt\n@@ -1,3 +1,3 @@\n 甲\n-乙\n+丁\n 丙\n\\ No newline at end of file\n"
        );
        assert_eq!(unified("a", "甲", "甲", &options), "");
        assert_eq!(differing("一丙二", "一丁戊二"), 3..6);
        assert_eq!(differing("一一", "一一一"), 6..6);
    }
}
