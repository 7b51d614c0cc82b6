//! A fault in a piece of a rule, told relative to that piece; the loader puts it into the file.

use crate::finding::{FaultKind, RuleError};
use gouji_core::text::Span;
use std::sync::Arc;

/// What is wrong with a value, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where in the value.
    pub span: Span,
    /// What is wrong, in Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
    /// What was expected or what is near, in both languages.
    pub help: Option<(String, String)>,
}

impl Fault {
    /// A fault without help.
    #[must_use]
    pub fn new(span: Span, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { span, zh: zh.into(), en: en.into(), help: None }
    }

    /// The same with help.
    #[must_use]
    pub fn with_help(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.help = Some((zh.into(), en.into()));
        self
    }

    /// The same with what may have been meant, where something is near.
    #[must_use]
    pub fn meaning(self, near: Option<&str>) -> Self {
        match near {
            Some(near) => self.with_help(format!("是不是“{near}”？"), format!("did you mean `{near}`?")),
            None => self,
        }
    }

    /// The same with what was expected: the nearest of `known` if one is near, and else all of them when they are few.
    #[must_use]
    pub fn expecting<'a>(self, given: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        let known: Vec<&str> = known.into_iter().collect();
        if known.is_empty() {
            return self;
        }
        let all = known.join(" ");
        match (nearest(given, known.iter().copied()), known.len() <= 16) {
            (Some(near), true) => {
                self.with_help(format!("是不是“{near}”？可用：{all}"), format!("did you mean `{near}`? known: {all}"))
            }
            (near @ Some(_), false) => self.meaning(near),
            (None, true) => self.with_help(format!("可用：{all}"), format!("known: {all}")),
            (None, false) => {
                // Label paths are long: as many as fit into about two lines.
                let mut n_chars = 0;
                let some = known.iter().take_while(|word| {
                    n_chars += word.chars().count() + 1;
                    n_chars <= 120
                });
                let some = some.copied().collect::<Vec<&str>>().join(" ");
                self.with_help(
                    format!("可用（共 {} 个）：{some} …", known.len()),
                    format!("known ({} in all): {some} …", known.len()),
                )
            }
        }
    }

    /// The same as a fault of a file, its span being of the file.
    pub(crate) fn in_file(self, kind: FaultKind, file: &Arc<str>, source: &Arc<str>) -> RuleError {
        let (help, help_en) = self.help.unzip();
        RuleError {
            kind,
            file: file.to_string(),
            source: Arc::clone(source),
            span: self.span,
            message: self.zh,
            message_en: self.en,
            help,
            help_en,
        }
    }

    /// The same in a text where its value starts `by` bytes later.
    #[must_use]
    pub fn shift(mut self, by: usize) -> Self {
        self.span = self.span.shift(by);
        self
    }
}

/// The nearest of `known` to `given`, small and capital letters being the same: at most a third of the longer one's
/// characters apart (at least one).
#[must_use]
pub fn nearest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let len = given.chars().count();
    known
        .into_iter()
        .filter_map(|one| {
            let allowed = (len.max(one.chars().count()) / 3).max(1);
            let distance = distance(given, one);
            let inside = len >= 2 && (one.contains(given) || (one.chars().count() >= 2 && given.contains(one)));
            (distance <= allowed || inside).then_some((distance, one))
        })
        .min()
        .map(|(_, one)| one)
}

/// How many characters have to be put in, left out, changed or swapped with their neighbour.
pub(crate) fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=right.len()).collect();
    let mut last = None;
    for (row_idx, a) in left.chars().enumerate() {
        let mut row = vec![row_idx + 1];
        for (col_idx, &b) in right.iter().enumerate() {
            let change = above[col_idx] + usize::from(!a.eq_ignore_ascii_case(&b));
            let mut best = change.min(above[col_idx + 1] + 1).min(row[col_idx] + 1);
            if col_idx > 0 && last == Some(b) && right[col_idx - 1] == a {
                best = best.min(before[col_idx - 1] + 1);
            }
            row.push(best);
        }
        before = above;
        above = row;
        last = Some(a);
    }
    above[right.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn nearest_finds_slips_and_nothing_far() {
        let known = ["assert", "basis", "本年度办理结果"];
        assert_eq!(nearest("asert", known), Some("assert"));
        assert_eq!(nearest("asesrt", known), Some("assert"));
        assert_eq!(nearest("本年办理结果", known), Some("本年度办理结果"));
        assert_eq!(nearest("文本", known), None);
        assert_eq!(nearest("gw301", ["GW302", "GW301"]), Some("GW301"));
    }
}
