//! Rule documents that are read and not yet checked: which uses which, and in what order they can be checked.

use crate::compile::PackContext;
use crate::fault::Fault;
use crate::finding::RuleError;
use crate::wire::{Cx, unknown};
use crate::yaml::Node;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The longest chain of rules that use one another.
const CHAIN_LIMIT: usize = 8;

/// A rule's document.
pub(super) struct Draft {
    pub(super) path: Arc<str>,
    pub(super) source: Arc<str>,
    pub(super) root: Node,
    pub(super) pack: PackContext,
}

impl Draft {
    pub(super) fn id(&self) -> Option<&str> {
        self.text("id")
    }

    fn text(&self, key: &str) -> Option<&str> {
        self.root.get(key).and_then(Node::scalar).map(|scalar| scalar.value.as_str())
    }
}

/// Every draft (its index) with the one it uses, each behind that one. Those that use nothing usable are told of and
/// left out.
pub(super) fn ordered(drafts: &[Draft], errors: &mut Vec<RuleError>) -> Vec<(usize, Option<usize>)> {
    let mut by_id: BTreeMap<&str, usize> = BTreeMap::new();
    for (idx, draft) in drafts.iter().enumerate() {
        if let Some(id) = draft.id() {
            by_id.entry(id).or_insert(idx);
        }
    }
    let mut order = Vec::new();
    for (idx, draft) in drafts.iter().enumerate() {
        match chain(drafts, &by_id, idx) {
            Ok(chain) => order.push((chain.len(), idx, chain.get(1).copied())),
            Err(fault) => Cx::new(&draft.path, &draft.source, errors).tell(fault),
        }
    }
    order.sort_unstable();
    order.into_iter().map(|(_, idx, base)| (idx, base)).collect()
}

/// A draft, the one it uses, the one that this uses, and so on. A fault further down is told at the draft that has it.
fn chain(drafts: &[Draft], by_id: &BTreeMap<&str, usize>, idx: usize) -> Result<Vec<usize>, Fault> {
    let mut chain = vec![idx];
    let name = |idx: usize| drafts[idx].id().unwrap_or_default();
    while let Some(word) = chain.last().and_then(|last| drafts[*last].text("use")) {
        let span = drafts[idx].root.get("use").map_or(drafts[idx].root.span, |node| node.span);
        match by_id.get(word) {
            None if chain.len() == 1 => return Err(unknown(span, ("规则", "rule"), word, by_id.keys().copied())),
            Some(next) if *next == idx => {
                let names: Vec<&str> = chain.iter().chain([next]).map(|idx| name(*idx)).collect();
                return Err(Fault::new(
                    span,
                    format!("规则互相引用：{}", names.join(" → ")),
                    format!("rules use one another in a circle: {}", names.join(" → ")),
                ));
            }
            Some(next) if !chain.contains(next) => chain.push(*next),
            _ => return Ok(chain),
        }
        if chain.len() > CHAIN_LIMIT {
            return Err(Fault::new(
                span,
                format!("规则引用超过 {CHAIN_LIMIT} 层"),
                format!("more than {CHAIN_LIMIT} rules use one another"),
            ));
        }
    }
    Ok(chain)
}
