//! Parameters put into a rule's document before anything of it is read: `<name>` becomes the value.
//!
//! An expression and a script know parameters by name and are left as they are.

use super::param::Declared;
use crate::fault::Fault;
use crate::pattern::Pattern;
use crate::rule::ParamValue;
use crate::yaml::{Kind, Node};
use gouji_core::text::Span;
use std::cell::Cell;

/// The most bytes that values may come to in one rule: as many as a rule file may have.
const MOST: usize = 1 << 20;

/// What a text is, which decides how a value is written into it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wording {
    /// `<<` is a literal `<`.
    Template { separator: &'static str },
    /// A regular expression: a value stands for itself.
    Pattern,
    /// As if the author had written the value.
    Plain,
}

/// What the text at a path of keys is; none where parameters have no business.
fn wording(path: &[&str]) -> Option<Wording> {
    Some(match path {
        ["en", ..] => Wording::Template { separator: ", " },
        ["say" | "help" | "label" | "fix", ..] => Wording::Template { separator: "、" },
        ["find" | "unless"]
        | ["let", _, "number" | "text"]
        | ["unless", "text" | "before" | "after"]
        | ["require", "text"] => Wording::Pattern,
        ["in" | "on" | "let" | "each" | "at" | "find" | "unless" | "require" | "tolerance" | "round" | "blank", ..] => {
            Wording::Plain
        }
        _ => return None,
    })
}

/// A rule's document with its parameters put in.
///
/// # Errors
/// A fault at the text in which the values became too much.
pub(super) fn fill(root: &Node, params: &Declared<'_>) -> Result<Node, Fault> {
    let filler = Filler { params, left: Cell::new(MOST), full: Cell::new(None) };
    let filled = filler.node(root, &mut Vec::new());
    match filler.full.get() {
        None => Ok(filled),
        Some(span) => Err(Fault::new(
            span,
            format!("参数的值放进来以后，这条规则超过 {} KiB", MOST >> 10),
            format!("with the values of its parameters put in the rule is larger than {} KiB", MOST >> 10),
        )
        .with_help("缩短参数的值，或少用几处", "shorten the values, or use them in fewer places")),
    }
}

struct Filler<'a, 'p> {
    params: &'a Declared<'p>,
    /// How many bytes values may still come to.
    left: Cell<usize>,
    /// The text in which they became too much; from there on nothing is put in.
    full: Cell<Option<Span>>,
}

impl Filler<'_, '_> {
    fn node<'n>(&self, node: &'n Node, path: &mut Vec<&'n str>) -> Node {
        let kind = match &node.kind {
            Kind::Scalar(scalar) => match wording(path) {
                Some(wording) if scalar.value.contains('<') => return self.scalar(node, &scalar.value, wording),
                _ => return node.clone(),
            },
            Kind::List(items) => Kind::List(items.iter().flat_map(|item| self.item(item, path)).collect()),
            Kind::Map(pairs) => {
                let mut filled = Vec::with_capacity(pairs.len());
                for (key, value) in pairs {
                    path.push(&key.name);
                    filled.push((key.clone(), self.node(value, path)));
                    path.pop();
                }
                Kind::Map(filled)
            }
        };
        Node { span: node.span, kind }
    }

    /// An item of a list; a parameter that is a list itself gives several.
    fn item<'n>(&self, item: &'n Node, path: &mut Vec<&'n str>) -> Vec<Node> {
        let filled = self.node(item, path);
        match (filled.kind, item.scalar()) {
            (Kind::List(items), Some(_)) => items,
            (kind, _) => vec![Node { span: filled.span, kind }],
        }
    }

    /// Takes room for a value; whether there was enough.
    fn takes(&self, value: &ParamValue, node: &Node) -> bool {
        // A word in a list costs more than its letters.
        let size = match value {
            ParamValue::Words(words) => words.iter().map(|word| word.len() + 32).sum(),
            value => value.to_string().len(),
        };
        match self.left.get().checked_sub(size) {
            Some(left) if self.full.get().is_none() => {
                self.left.set(left);
                true
            }
            _ => {
                self.full.set(self.full.get().or(Some(node.span)));
                false
            }
        }
    }

    fn scalar(&self, node: &Node, text: &str, wording: Wording) -> Node {
        if wording == Wording::Plain
            && let Some(param) = text.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'))
            && let Some(value @ ParamValue::Words(words)) = self.params.get(param).map(|param| &param.value)
            && self.takes(value, node)
        {
            let items = words.iter().map(|word| node.saying(word.clone())).collect();
            return Node { span: node.span, kind: Kind::List(items) };
        }
        match self.text(node, text, wording) {
            Some(filled) => node.saying(filled),
            None => node.clone(),
        }
    }

    /// The text with every parameter put in; none where there is none in it.
    fn text(&self, node: &Node, text: &str, wording: Wording) -> Option<String> {
        let mut out = String::new();
        let mut done = 0;
        let mut at = 0;
        while let Some(found) = text[at..].find('<') {
            let open = at + found;
            at = open + 1;
            if matches!(wording, Wording::Template { .. }) && text[at..].starts_with('<') {
                at += 1;
                continue;
            }
            // The name of a capture is none of a parameter.
            let before = &text[..open];
            let Some(len) = text[at..].find('>').filter(|_| !before.ends_with("(?") && !before.ends_with("(?P")) else {
                continue;
            };
            let Some(param) = self.params.get(&text[at..at + len]) else { continue };
            if !self.takes(&param.value, node) {
                return None;
            }
            out.push_str(&text[done..open]);
            out.push_str(&written(&param.value, wording));
            at += len + 1;
            done = at;
        }
        out.push_str(&text[done..]);
        (done > 0).then_some(out)
    }
}

/// A value as it is written into a text.
fn written(value: &ParamValue, wording: Wording) -> String {
    match (value, wording) {
        (ParamValue::Words(words), Wording::Pattern) => Pattern::any_of(words),
        (ParamValue::Words(words), Wording::Plain) => words.join("|"),
        (ParamValue::Words(words), Wording::Template { separator }) => words.join(separator).replace('<', "<<"),
        (value, Wording::Pattern) => Pattern::literal(&value.to_string()),
        (value, Wording::Plain) => value.to_string(),
        (value, Wording::Template { .. }) => value.to_string().replace('<', "<<"),
    }
}
