//! Which label is which: equal ones first, then those that stand in the same gap and look alike.

use super::leaf_key;
use crate::form::FormLabel;
use gouji_core::table::Label;

/// How the document's paths (rows or columns of a band) match the form's.
#[derive(Clone, Debug, Default)]
pub(crate) struct Alignment {
    /// For each of the document's, the form's.
    pub(crate) of_document: Vec<Option<usize>>,
    /// Of the document's, those that say again what another was bound to.
    pub(crate) repeats: Vec<(usize, usize)>,
}

/// The most paths that are aligned by more than equality: several times those of any form.
const MAX_ALIGNED: usize = 300;

/// Aligns the document's paths with the form's.
pub(crate) fn align(document: &[&[Label]], form: &[Vec<FormLabel>]) -> Alignment {
    let mut alignment = Alignment { of_document: vec![None; document.len()], repeats: Vec::new() };
    let mut taken = vec![false; form.len()];
    let same_path = |doc: usize, of: usize| {
        document[doc].len() == form[of].len() && document[doc].iter().zip(&form[of]).all(|(a, b)| a.key == b.key)
    };
    let same_leaf = |doc: usize, of: usize| own_key(document[doc]) == leaf_key(&form[of]);
    for doc in 0..document.len() {
        if let Some(of) = (0..form.len()).find(|&of| same_path(doc, of)) {
            if taken[of] {
                alignment.repeats.push((doc, of));
            } else {
                taken[of] = true;
                alignment.of_document[doc] = Some(of);
            }
        }
    }
    if document.len() > MAX_ALIGNED {
        return alignment;
    }
    // The same leaf under other parents, where only one is left on either side.
    for doc in 0..document.len() {
        if !alignment.is_free(doc) {
            continue;
        }
        let mut left = (0..form.len()).filter(|&of| !taken[of] && same_leaf(doc, of));
        let rivals = (0..document.len())
            .filter(|&other| alignment.is_free(other) && own_key(document[other]) == own_key(document[doc]));
        if let (Some(of), None, 1) = (left.next(), left.next(), rivals.count()) {
            taken[of] = true;
            alignment.of_document[doc] = Some(of);
        }
    }
    fill_gaps(&mut alignment, &mut taken, document, form);
    alignment
}

impl Alignment {
    fn is_free(&self, doc: usize) -> bool {
        self.of_document[doc].is_none() && !self.repeats.iter().any(|&(repeat, _)| repeat == doc)
    }
}

/// Between two neighbours that are bound, what is left on both sides is bound in order where it looks alike.
fn fill_gaps(alignment: &mut Alignment, taken: &mut [bool], document: &[&[Label]], form: &[Vec<FormLabel>]) {
    let mut from = 0;
    for (doc, path) in document.iter().enumerate() {
        if let Some(of) = alignment.of_document[doc] {
            from = of + 1;
            continue;
        }
        if !alignment.is_free(doc) {
            continue;
        }
        let to = alignment.of_document[doc..].iter().flatten().next().copied().unwrap_or(form.len());
        let open = (from..to.max(from)).filter(|&of| !taken[of] && !is_below(document[doc], &form[of]));
        let best = open
            .map(|of| (likeness(own_key(path), leaf_key(&form[of])), of))
            .filter(|&(likeness, _)| likeness >= ALIKE)
            .max_by_key(|&(likeness, of)| (likeness, std::cmp::Reverse(of)));
        if let Some((_, of)) = best {
            taken[of] = true;
            alignment.of_document[doc] = Some(of);
            from = of + 1;
        }
    }
}

/// Whether a path of the document lies below one of the form: then it divides that one and is not a slip of it.
pub(crate) fn is_below(document: &[Label], form: &[FormLabel]) -> bool {
    document.len() > form.len() && document.iter().zip(form).all(|(a, b)| a.key == b.key)
}

fn own_key(path: &[Label]) -> &str {
    path.last().map_or("", |label| label.key.as_str())
}

/// From this likeness on (in percent) two labels may be one with a slip in it.
const ALIKE: usize = 60;

/// How much of two labels is the same, in percent: twice the characters common in order over all characters.
pub(crate) fn likeness(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().take(80).collect(), b.chars().take(80).collect());
    if a.is_empty() && b.is_empty() {
        return 100;
    }
    let mut row = vec![0usize; b.len() + 1];
    for x in &a {
        let mut diagonal = 0;
        for (at, y) in b.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if x == y { diagonal + 1 } else { above.max(row[at]) };
            diagonal = above;
        }
    }
    200 * row[b.len()] / (a.len() + b.len())
}

#[cfg(test)]
mod tests {
    use super::likeness;

    #[test]
    fn slips_are_alike_and_others_are_not() {
        assert!(likeness("其他法律法规禁止公开", "其他法律行政法规禁止公开") >= super::ALIKE);
        assert!(likeness("本年度止件数", "本年废止件数") >= super::ALIKE);
        assert!(likeness("重复申请", "属于国家秘密") < super::ALIKE);
        assert_eq!(likeness("", ""), 100);
    }
}
