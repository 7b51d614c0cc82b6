//! Like findings made one: the last step before anything is shown.

use crate::finding::{Finding, FurtherPlace};
use crate::rule::{Rule, Verb, What};
use crate::ruleset::RuleSet;
use std::collections::BTreeMap;

/// Groups findings (sorted by place) of one rule that have one cause: the same fact in one table, or the same words
/// said of several places. A failed tie stays on its own.
pub(crate) fn group(findings: Vec<Finding>, rules: &RuleSet) -> Vec<Finding> {
    let mut grouped: Vec<Finding> = Vec::new();
    let mut first = BTreeMap::new();
    for finding in findings {
        let Some(cause) = rules.place_of(&finding.rule).and_then(|at| cause(&rules.rules()[at], &finding)) else {
            grouped.push(finding);
            continue;
        };
        // What is dealt with and what is not are not one.
        match first.entry((finding.rule.to_string(), cause, finding.accepted.clone(), finding.known)) {
            std::collections::btree_map::Entry::Vacant(entry) => {
                entry.insert(grouped.len());
                grouped.push(finding);
            }
            std::collections::btree_map::Entry::Occupied(entry) => {
                let Finding { span, fixes, fingerprint, .. } = finding;
                grouped[*entry.get()].places.push(FurtherPlace { span, fixes, fingerprint });
            }
        }
    }
    grouped
}

/// What makes two findings of a rule one; none where each stands alone.
fn cause(rule: &Rule, finding: &Finding) -> Option<String> {
    match &rule.verb {
        Verb::Find(find) => match find.what {
            What::Facts(_) => Some(format!("table {}", finding.place.table.as_deref().unwrap_or(""))),
            What::Pattern(_) | What::Words(_) => Some(finding.message.clone()),
        },
        Verb::Script(_) => Some(finding.message.clone()),
        Verb::Require(_) | Verb::Assert(_) => None,
    }
}
