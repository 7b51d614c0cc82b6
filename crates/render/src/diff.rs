//! What a fix changes, as a unified diff.

use crate::paint::Ink;
use crate::run::Options;
use similar::{ChangeTag, TextDiff};

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
    let mut out = String::new();
    let colour = options.colour;
    out.push_str(&colour.paint(Ink::Bad, &format!("--- a/{path}")));
    out.push('\n');
    out.push_str(&colour.paint(Ink::Good, &format!("+++ b/{path}")));
    out.push('\n');
    for hunk in diff.unified_diff().context_radius(CONTEXT).iter_hunks() {
        out.push_str(&colour.paint(Ink::Place, hunk.header().to_string().trim_end()));
        out.push('\n');
        for change in hunk.iter_changes() {
            let (sign, ink) = match change.tag() {
                ChangeTag::Delete => ('-', Some(Ink::Bad)),
                ChangeTag::Insert => ('+', Some(Ink::Good)),
                ChangeTag::Equal => (' ', None),
            };
            let value = change.value();
            let line = value.strip_suffix('\n').unwrap_or(value);
            let text = format!("{sign}{line}");
            out.push_str(&ink.map_or_else(|| text.clone(), |ink| colour.paint(ink, &text)));
            out.push('\n');
            if !value.ends_with('\n') {
                out.push_str("\\ No newline at end of file\n");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paint::Colour;
    use crate::run::Talk;
    use gouji_lint::finding::Lang;

    #[test]
    fn a_diff_that_patch_takes() {
        let options = Options { lang: Lang::Zh, width: 80, colour: Colour::Plain, talk: Talk::Full };
        let diff = unified("报告.txt", "甲\n乙\n丙", "甲\n丁\n丙", &options);
        assert_eq!(
            diff,
            "--- a/报告.txt\n+++ b/报告.txt\n@@ -1,3 +1,3 @@\n 甲\n-乙\n+丁\n 丙\n\\ No newline at end of file\n"
        );
        assert_eq!(unified("a", "甲", "甲", &options), "");
    }
}
