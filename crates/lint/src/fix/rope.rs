//! Many rounds of edits as one: what they come to as edits of the text as it came.

use gouji_core::text::{Edit, Span};

/// A text after some rounds, as stretches of the old one and new words between them.
#[derive(Clone, Debug)]
pub(super) struct Rope {
    stretches: Vec<Stretch>,
    /// How long the old text is.
    len: usize,
}

#[derive(Clone, Debug)]
enum Stretch {
    Old(Span),
    New(String),
}

impl Stretch {
    fn len(&self) -> usize {
        match self {
            Self::Old(span) => span.len(),
            Self::New(words) => words.len(),
        }
    }

    /// Cut in two at a byte of it.
    fn split(self, at: usize) -> (Self, Self) {
        match self {
            Self::Old(span) => {
                let middle = span.start + at;
                (Self::Old(Span::new(span.start, middle)), Self::Old(Span::new(middle, span.end)))
            }
            Self::New(mut words) => {
                let rest = words.split_off(at);
                (Self::New(words), Self::New(rest))
            }
        }
    }
}

impl Rope {
    /// A text that was not changed yet.
    pub(super) fn new(len: usize) -> Self {
        Self { stretches: vec![Stretch::Old(Span::new(0, len))], len }
    }

    /// Carries out edits of the text as it is now, sorted and disjoint.
    pub(super) fn apply(&mut self, edits: &[Edit]) {
        let mut rest = std::mem::take(&mut self.stretches).into_iter();
        let mut ahead: Option<Stretch> = None;
        let mut at = 0;
        // Moves on to a byte of the text; what is passed is kept or dropped.
        let mut go_to = |to: usize, kept: Option<&mut Vec<Stretch>>| {
            let mut passed = Vec::new();
            while at < to {
                let Some(next) = ahead.take().or_else(|| rest.next()) else { break };
                let len = next.len();
                if at + len <= to {
                    at += len;
                    passed.push(next);
                } else {
                    let (before, behind) = next.split(to - at);
                    at = to;
                    passed.push(before);
                    ahead = Some(behind);
                }
            }
            if let Some(kept) = kept {
                kept.extend(passed);
            }
        };
        let mut stretches = Vec::new();
        for edit in edits {
            go_to(edit.span.start, Some(&mut stretches));
            go_to(edit.span.end, None);
            stretches.push(Stretch::New(edit.insert.clone()));
        }
        go_to(usize::MAX, Some(&mut stretches));
        stretches.retain(|stretch| stretch.len() > 0);
        self.stretches = stretches;
    }

    /// The edits of the old text that give the new one.
    pub(super) fn edits(&self) -> Vec<Edit> {
        let mut edits = Vec::new();
        let mut done = 0;
        let mut insert = String::new();
        let end = Stretch::Old(Span::empty(self.len));
        for stretch in self.stretches.iter().chain([&end]) {
            match stretch {
                Stretch::New(words) => insert.push_str(words),
                Stretch::Old(span) => {
                    if span.start > done || !insert.is_empty() {
                        edits.push(Edit { span: Span::new(done, span.start), insert: std::mem::take(&mut insert) });
                    }
                    done = span.end;
                }
            }
        }
        edits
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gouji_core::text::apply;

    #[test]
    fn rounds_come_to_edits_of_the_first_text() {
        let old = "甲己乙，丙丁戊己庚";
        let edit = |text: &str, from: &str, to: &str| {
            let at = text.find(from).unwrap();
            Edit { span: Span::new(at, at + from.len()), insert: to.to_owned() }
        };
        let mut rope = Rope::new(old.len());
        let first = [edit(old, "甲己", "甲已"), edit(old, "丁戊", "")];
        rope.apply(&first);
        let middle = apply(old, &first);
        let second = [edit(&middle, "已乙，", "以乙、"), edit(&middle, "庚", "庚辛")];
        rope.apply(&second);
        let new = apply(&middle, &second);
        assert_eq!(apply(old, &rope.edits()), new);
        assert_eq!(new, "甲以乙、丙己庚辛");
        assert_eq!(Rope::new(3).edits(), []);
    }
}
