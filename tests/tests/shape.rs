//! What is told of the keys of rule files is what the reader takes: no more keys, no fewer, anywhere.

use gouji_lint::config::Config;
use gouji_lint::finding::RuleError;
use gouji_lint::ruleset::{RuleSet, SourceFile};
use gouji_lint::shape::{FileKind, Map, Presence, Shape};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// How a map is come to from the top of a file.
#[derive(Clone, Debug)]
enum Step {
    Key(&'static str),
    Item,
}

/// The maps whose keys are known, with the way to each. A map that may as well be one whose keys the author chooses
/// (a list of words) is left out: there the reader can not tell an unknown key.
fn places(shape: &Shape, way: &[Step], out: &mut Vec<(Vec<Step>, &'static Map)>) {
    match shape {
        Shape::Map(map) => places_of(map, way, out),
        Shape::Pairs(own) | Shape::PairsBut(_, own) => places(own, &[way, &[Step::Key("XX")]].concat(), out),
        Shape::OneOrMore(own) | Shape::List(own) => places(own, &[way, &[Step::Item]].concat(), out),
        Shape::Either(shapes) => {
            let chosen = |own: &&Shape| matches!(own, Shape::Pairs(_) | Shape::PairsBut(..));
            let free = shapes.iter().any(|own| chosen(&own));
            for own in shapes.iter().filter(|own| !(free && matches!(own, Shape::Map(_)))) {
                places(own, way, out);
            }
        }
        _ => {}
    }
}

fn places_of(map: &'static Map, way: &[Step], out: &mut Vec<(Vec<Step>, &'static Map)>) {
    out.push((way.to_vec(), map));
    for field in map.fields {
        places(&field.shape, &[way, &[Step::Key(field.name)]].concat(), out);
    }
}

fn all_places(kind: FileKind) -> Vec<(Vec<Step>, &'static Map)> {
    let mut out = Vec::new();
    places_of(kind.map(), &[], &mut out);
    out
}

/// What has to stand around a map, so that the reader comes to it.
fn around(kind: FileKind, way: &[Step]) -> Value {
    let verb = match (kind, way.first()) {
        (FileKind::Rule, Some(Step::Key("en"))) => json!({"require": {"text": "x"}, "say": {"missing": "x"}}),
        (FileKind::Rule, Some(Step::Key("say"))) => json!({"require": {"text": "x"}}),
        (FileKind::Rule, Some(Step::Key("require"))) => json!({"say": "x"}),
        (FileKind::Rule, Some(_)) => json!({"find": "x", "say": "x"}),
        _ => return json!({}),
    };
    let mut rule = json!({"id": "XX101", "name": "x", "level": "info", "basis": {"doc": "x", "strength": "logic"}});
    for (key, own) in verb.as_object().expect("a verb is a key") {
        rule[key] = own.clone();
    }
    rule
}

/// The faults of a file with this map at this place. JSON is YAML, too.
fn faults(kind: FileKind, way: &[Step], map: &Value) -> Vec<RuleError> {
    let mut value = map.clone();
    for (depth, step) in way.iter().enumerate().rev() {
        value = match step {
            // An example is read when it has a text.
            Step::Key("given") => json!({"text": "x", "given": value}),
            // A table gives words only.
            Step::Key("default") => json!({"type": "words", "default": value}),
            // What is otherwise for some files is read when it says for which.
            Step::Key("rules") if depth > 0 => json!({"files": "x", "rules": value}),
            Step::Key(key) => json!({*key: value}),
            Step::Item => json!([value]),
        };
    }
    let mut root = around(kind, way);
    for (key, own) in value.as_object().expect("a file is a map") {
        root[key] = own.clone();
    }
    let path = match kind {
        FileKind::Rule => "XX101.yaml",
        FileKind::Config => "gouji.yaml",
        FileKind::Form => "forms/a.yaml",
        FileKind::Data => "data/a.yaml",
        FileKind::Pack => "pack.yaml",
    };
    if kind == FileKind::Config {
        return Config::read(&path.into(), &root.to_string().into()).1;
    }
    RuleSet::load(&[SourceFile { path: path.to_owned(), text: root.to_string().into() }]).1
}

fn says(faults: &[RuleError], words: &str) -> bool {
    faults.iter().any(|fault| fault.message_en == words)
}

#[test]
fn the_reader_takes_the_keys_that_are_told_and_no_others() {
    let every_place: Vec<_> =
        FileKind::ALL.into_iter().flat_map(|kind| all_places(kind).into_iter().map(move |own| (kind, own))).collect();
    let fields = every_place.iter().flat_map(|(_, (_, map))| map.fields);
    let vocabulary: BTreeSet<&str> = fields.map(|field| field.name).chain(["nonsense"]).collect();
    assert!(every_place.len() > 25 && vocabulary.len() > 60, "{} {}", every_place.len(), vocabulary.len());
    let mut wrong = Vec::new();
    for (kind, (way, map)) in &every_place {
        for key in &vocabulary {
            let told = map.fields.iter().any(|field| field.name == *key);
            let taken = !says(&faults(*kind, way, &json!({*key: "x"})), &format!("unknown key `{key}`"));
            if told != taken {
                wrong.push(format!("{} {way:?}: {key} is told: {told}, taken: {taken}", kind.word()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_reader_misses_the_keys_that_must_be_there() {
    for kind in FileKind::ALL {
        for (way, map) in all_places(kind) {
            for field in map.fields.iter().filter(|field| field.presence == Presence::Must) {
                let without = faults(kind, &way, &json!({}));
                let told = without.iter().any(|fault| fault.message_en.contains(&format!("`{}`", field.name)));
                assert!(told, "{} {way:?} is not said to lack {}", kind.word(), field.name);
            }
        }
    }
}

#[test]
fn every_key_says_what_it_is_for() {
    for kind in FileKind::ALL {
        for (way, map) in all_places(kind) {
            for field in map.fields {
                assert!(!field.zh.is_empty() && !field.en.is_empty(), "{} {way:?} {}", kind.word(), field.name);
                assert!(!field.zh.is_ascii(), "{} is not told in Chinese", field.name);
            }
        }
    }
}
