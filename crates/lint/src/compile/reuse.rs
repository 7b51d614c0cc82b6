//! `use` and `with`: a rule that takes from another what it does not write itself.

use crate::fault::Fault;
use crate::wire::{Cx, unknown};
use crate::yaml::{Key, Kind, Node};
use gouji_core::text::Span;

/// Keys that every rule has for itself.
const OWN: [&str; 5] = ["id", "name", "tests", "use", "with"];

/// The whole document of a rule that uses another, which is whole itself. What comes from there stands at the value of
/// `use`; faults told are in `cx`.
pub(crate) fn expand(cx: &mut Cx<'_>, own: &Node, base: &Node) -> Option<Node> {
    let (Kind::Map(pairs), Kind::Map(base_pairs)) = (&own.kind, &base.kind) else { return None };
    let place = own.get("use")?.span;
    if let Some((key, _)) = pairs.iter().find(|(key, _)| key.name == "params") {
        cx.tell(
            Fault::new(key.span, "有 use 的规则不能再写 params", "a rule with `use` has no `params` of its own")
                .with_help(
                    "参数是所用规则的，其值写在 with 里",
                    "the parameters are those of the used rule: give values in `with`",
                ),
        );
    }
    let mut all = pairs.clone();
    for (key, node) in base_pairs {
        if own.get(&key.name).is_none() && !OWN.contains(&key.name.as_str()) && key.name != "en" {
            all.push((Key { span: place, name: key.name.clone() }, node.at(place)));
        }
    }
    if let Some(with) = own.get("with") {
        give(cx, with, &mut all);
    }
    english(own, base, place, &mut all);
    Some(Node { span: own.span, kind: Kind::Map(all) })
}

/// Puts the values of `with` where the defaults of the parameters are.
fn give(cx: &mut Cx<'_>, with: &Node, all: &mut [(Key, Node)]) {
    let Some(given) = cx.pairs(with) else { return };
    let params = all.iter_mut().find(|(key, _)| key.name == "params").map(|(_, node)| &mut node.kind);
    let Some(Kind::Map(params)) = params else {
        cx.tell(Fault::new(with.span, "所用的规则没有参数", "the used rule has no parameters"));
        return;
    };
    for (key, value) in given {
        let Some((own_key, declared)) = params.iter_mut().find(|(own, _)| own.name == key.name) else {
            let known = params.iter().map(|(own, _)| own.name.as_str());
            cx.tell(unknown(key.span, ("参数", "parameter"), &key.name, known));
            continue;
        };
        own_key.span = key.span;
        if let Kind::Map(fields) = &mut declared.kind
            && let Some((_, default)) = fields.iter_mut().find(|(key, _)| key.name == "default")
        {
            *default = value.clone();
        }
    }
}

/// The English of what is taken from the other rule goes with it; of what is written here only what is written here.
fn english(own: &Node, base: &Node, place: Span, all: &mut Vec<(Key, Node)>) {
    let Some(Kind::Map(base_pairs)) = base.get("en").map(|en| &en.kind) else { return };
    let written = own.get("en");
    let mut pairs = match written.map(|en| &en.kind) {
        Some(Kind::Map(pairs)) => pairs.clone(),
        Some(_) => return,
        None => Vec::new(),
    };
    for (key, node) in base_pairs {
        let of = if key.name == "names" { "let" } else { &key.name };
        let is_own = own.get(of).is_some() || pairs.iter().any(|(own, _)| own.name == key.name);
        if !is_own {
            pairs.push((Key { span: place, name: key.name.clone() }, node.at(place)));
        }
    }
    all.retain(|(key, _)| key.name != "en");
    let span = written.map_or(place, |en| en.span);
    all.push((Key { span: place, name: "en".to_owned() }, Node { span, kind: Kind::Map(pairs) }));
}
