//! Arrows point down only: cli → render → lint → core, and each outside tool is named in one place.

use gouji_tests::repository;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// What each crate of the workspace may use of the workspace.
const ARROWS: [(&str, &[&str]); 6] = [
    ("gouji-core", &[]),
    ("gouji-lint", &["gouji-core"]),
    ("gouji-render", &["gouji-core", "gouji-lint"]),
    ("gouji-rules", &[]),
    ("gouji", &["gouji-core", "gouji-lint", "gouji-render", "gouji-rules"]),
    ("gouji-tests", &["gouji-core", "gouji-lint", "gouji-render", "gouji-rules"]),
];

/// The words by which a tool is used, and the only place where they may stand.
const PLACES: [(&str, &[&str], &str); 3] = [
    ("rhai", &["rhai::", "use rhai", "extern crate rhai"], "crates/lint/src/script/"),
    ("miette", &["miette::", "use miette", "extern crate miette"], "crates/render/src/terminal"),
    (
        "serde_yaml",
        &["serde_yaml::", "use serde_yaml", "serde_saphyr::", "saphyr_parser::", "granit_parser::"],
        "crates/lint/src/yaml.rs",
    ),
];

fn metadata() -> serde_json::Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--offline", "--no-deps", "--format-version", "1"])
        .current_dir(repository::root())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("cargo prints JSON")
}

#[test]
fn arrows_point_down() {
    let metadata = metadata();
    let arrows: BTreeMap<&str, &[&str]> = ARROWS.into_iter().collect();
    let packages = metadata["packages"].as_array().expect("a list of packages");
    for package in packages {
        let name = package["name"].as_str().expect("a name");
        let allowed = arrows.get(name).unwrap_or_else(|| panic!("{name} has no place in the layering"));
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let on = dependency["name"].as_str().expect("a name");
            // What a crate's own tests use is its own business.
            if dependency["kind"] == "dev" || !on.starts_with("gouji") {
                continue;
            }
            assert!(allowed.contains(&on), "{name} may not depend on {on}");
        }
    }
    assert_eq!(packages.len(), ARROWS.len());
}

/// All that a crate of the lock file pulls in, tests of the workspace's own crates apart.
fn closure(start: &str) -> BTreeSet<String> {
    let lock = std::fs::read_to_string(repository::root().join("Cargo.lock")).expect("Cargo.lock");
    let mut needs: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for package in lock.split("[[package]]").skip(1) {
        let name = package.split('"').nth(1).expect("a name");
        let list = package.split_once("dependencies = [").map_or("", |(_, rest)| rest);
        let names = list.split('"').skip(1).step_by(2).filter_map(|need| need.split(' ').next());
        needs.entry(name).or_default().extend(names);
    }
    let mut seen = BTreeSet::new();
    let mut open = vec![start];
    while let Some(name) = open.pop() {
        if seen.insert(name.to_owned()) {
            open.extend(needs.get(name).into_iter().flatten());
        }
    }
    seen
}

#[test]
fn lower_crates_do_not_pull_in_what_belongs_above_them() {
    for (name, banned) in [
        ("gouji-core", ["rhai", "miette", "serde-saphyr", "clap", "rayon", "tempfile", "ignore"].as_slice()),
        ("gouji-lint", &["miette", "clap", "rayon", "tempfile", "ignore", "similar"]),
        ("gouji-render", &["clap", "rayon", "tempfile", "ignore"]),
        ("gouji-rules", &["gouji-core", "gouji-lint"]),
    ] {
        let all = closure(name);
        assert!(all.contains(name));
        for tool in banned {
            assert!(!all.contains(*tool), "{name} pulls in {tool}");
        }
    }
}

#[test]
fn each_tool_is_named_in_one_place() {
    for (path, text) in repository::files("crates", ".rs") {
        for (tool, words, place) in PLACES {
            let used = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            let named = used.filter(|line| words.iter().any(|word| line.contains(word))).count();
            assert!(named == 0 || path.starts_with(place), "{path} names {tool}; only {place} may");
        }
    }
}

#[test]
fn only_shells_touch_the_world() {
    const WORLD: [&str; 8] = [
        "std::fs",
        "std::env",
        "std::thread",
        "std::time::Instant",
        "std::time::System",
        "std::net",
        "std::process",
        "std::io::std",
    ];
    for layer in ["crates/core/src", "crates/lint/src", "crates/render/src", "rules/src"] {
        let files = repository::files(layer, ".rs");
        assert!(!files.is_empty(), "{layer} is gone");
        for (path, text) in files {
            for line in repository::without_tests(&text).lines().filter(|line| !line.trim_start().starts_with("//")) {
                for word in WORLD {
                    assert!(!line.contains(word), "{path} reaches for {word}: {line}");
                }
            }
        }
    }
}
