//! Rules looked over without a document: what loads, and yet can not be meant.
//!
//! A remark has the shape of a fault and points into the file, but the rule works: it is for its author.

mod clash;
mod complete;
mod patterns;

use crate::fault::Fault;
use crate::finding::RuleError;
use crate::rule::Rule;
use crate::ruleset::RuleSet;
use crate::wire::Cx;
use crate::yaml::{self, Key, Kind, Node};
use gouji_core::text::Span;

/// What is remarkable about rules, by file and place.
#[must_use]
pub fn review(rules: &RuleSet) -> Vec<RuleError> {
    let mut remarks = Vec::new();
    let pages: Vec<Page<'_>> = rules.rules().iter().map(Page::new).collect();
    for page in &pages {
        complete::look(page, &mut remarks);
        patterns::look(page, &mut remarks);
    }
    clash::look(rules, &pages, &mut remarks);
    remarks.sort_by(|a, b| (&a.file, a.span, &a.message).cmp(&(&b.file, b.span, &b.message)));
    remarks
}

/// A rule with its document in the file, for places.
struct Page<'a> {
    rule: &'a Rule,
    /// None where the document can not be found again: then all is told at the rule's code.
    root: Option<Node>,
}

impl<'a> Page<'a> {
    fn new(rule: &'a Rule) -> Self {
        let documents = yaml::read(&rule.source.text).into_iter().flatten();
        let root = documents.into_iter().find(|root| root.span == rule.source.span);
        Self { rule, root }
    }

    /// The node below these keys.
    fn node(&self, path: &[&str]) -> Option<&Node> {
        path.iter().try_fold(self.root.as_ref()?, |node, key| Some(&pair(node, key)?.1))
    }

    /// The place of a key.
    fn key(&self, path: &[&str], key: &str) -> Span {
        self.node(path).and_then(|node| pair(node, key)).map_or(self.rule.source.id, |(key, _)| key.span)
    }

    fn tell(&self, fault: Fault, remarks: &mut Vec<RuleError>) {
        Cx::new(&self.rule.source.file, &self.rule.source.text, remarks).tell(fault);
    }

    /// Tells a fault whose span is of a node's value; without the node, of the rule.
    fn tell_in(&self, node: Option<&Node>, mut fault: Fault, remarks: &mut Vec<RuleError>) {
        fault.span = node.map_or(self.rule.source.id, |node| node.place(&self.rule.source.text, fault.span));
        self.tell(fault, remarks);
    }
}

fn pair<'n>(node: &'n Node, key: &str) -> Option<&'n (Key, Node)> {
    match &node.kind {
        Kind::Map(pairs) => pairs.iter().find(|(own, _)| own.name == key),
        _ => None,
    }
}
