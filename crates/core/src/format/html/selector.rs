//! Selectors: which element of a page is meant, in the plainest part of CSS.

use super::tree::Tree;

/// Names an element: `div`, `#zoom`, `.article`, `[name=zoom]`, these together, and a blank for "inside".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selector {
    written: String,
    /// From the outermost to the element itself.
    steps: Vec<Vec<Condition>>,
}

/// What is no selector: the part that is not understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not understood from `{0}` on: expected tag, #id, .class or [attribute=value], a blank for inside")]
pub struct SelectorError(pub String);

/// What an element must be or have.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Condition {
    Tag(String),
    Class(String),
    Attribute(String, Option<String>),
}

impl Selector {
    /// Reads a selector.
    ///
    /// # Errors
    /// With what is not understood.
    pub fn parse(written: &str) -> Result<Self, SelectorError> {
        let steps = steps(written.trim())?;
        Ok(Self { written: written.trim().to_owned(), steps })
    }

    /// As it was written.
    #[must_use]
    pub fn written(&self) -> &str {
        &self.written
    }

    /// Whether it means this element.
    pub(super) fn matches(&self, tree: &Tree<'_>, at: usize) -> bool {
        let mut steps = self.steps.iter().rev();
        let fits = |step: &Vec<Condition>, at: usize| step.iter().all(|condition| condition.holds(tree, at));
        if !steps.next().is_some_and(|own| fits(own, at)) {
            return false;
        }
        let mut around = tree.ancestors(at);
        steps.all(|step| around.any(|at| fits(step, at)))
    }
}

/// The steps of a selector; at least one.
fn steps(written: &str) -> Result<Vec<Vec<Condition>>, SelectorError> {
    let mut steps = vec![Vec::new()];
    let mut rest = written;
    while !rest.is_empty() {
        let inner = rest.trim_start();
        if inner.len() < rest.len() {
            steps.push(Vec::new());
            rest = inner;
        }
        let wrong = || SelectorError(rest.to_owned());
        let (condition, behind) = match rest.chars().next() {
            Some('#') => {
                let (id, behind) = name(&rest[1..]).ok_or_else(wrong)?;
                (Condition::Attribute("id".to_owned(), Some(id.to_owned())), behind)
            }
            Some('.') => {
                let (class, behind) = name(&rest[1..]).ok_or_else(wrong)?;
                (Condition::Class(class.to_owned()), behind)
            }
            Some('[') => attribute(&rest[1..]).ok_or_else(wrong)?,
            _ if steps.last().is_some_and(Vec::is_empty) => {
                let (tag, behind) = name(rest).ok_or_else(wrong)?;
                (Condition::Tag(tag.to_owned()), behind)
            }
            _ => return Err(wrong()),
        };
        if let Some(step) = steps.last_mut() {
            step.push(condition);
        }
        rest = behind;
    }
    if steps[0].is_empty() { Err(SelectorError(written.to_owned())) } else { Ok(steps) }
}

fn name(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | ':'))).unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

fn attribute(text: &str) -> Option<(Condition, &str)> {
    let (key, rest) = name(text)?;
    if let Some(behind) = rest.strip_prefix(']') {
        return Some((Condition::Attribute(key.to_owned(), None), behind));
    }
    let rest = rest.strip_prefix('=')?;
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
    let (value, behind) = match quote {
        Some(quote) => rest[1..].split_once(quote).and_then(|(value, behind)| Some((value, behind.strip_prefix(']')?))),
        None => rest.split_once(']'),
    }?;
    Some((Condition::Attribute(key.to_owned(), Some(value.to_owned())), behind))
}

impl Condition {
    fn holds(&self, tree: &Tree<'_>, at: usize) -> bool {
        match self {
            Self::Tag(tag) => tree.name(at).eq_ignore_ascii_case(tag),
            Self::Class(class) => {
                tree.attribute(at, "class").is_some_and(|own| own.split_ascii_whitespace().any(|own| own == class))
            }
            Self::Attribute(key, None) => tree.attribute(at, key).is_some(),
            Self::Attribute(key, Some(value)) => tree.attribute(at, key) == Some(value),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_found_by_tag_id_class_attribute_and_what_is_around_them() {
        let raw = "<div id=a class='x y'><p name=甲>1</p></div><p>2</p>";
        let tree = Tree::new(raw);
        for (selector, nodes) in [
            ("p", vec![2, 4]),
            ("DIV", vec![1]),
            ("#a", vec![1]),
            ("div.y.x#a", vec![1]),
            (".x  p", vec![2]),
            ("[name]", vec![2]),
            ("p[name=\"甲\"]", vec![2]),
            ("p #a", vec![]),
        ] {
            let read = Selector::parse(selector).unwrap();
            let found: Vec<usize> = (1..tree.nodes.len()).filter(|&at| read.matches(&tree, at)).collect();
            assert_eq!(found, nodes, "{selector}");
        }
        for (selector, rest) in
            [("", ""), ("div > p", "> p"), ("#", "#"), (".a*", "*"), ("[a=b", "[a=b"), ("a,b", ",b")]
        {
            assert_eq!(Selector::parse(selector).unwrap_err().0, rest, "{selector}");
        }
    }
}
