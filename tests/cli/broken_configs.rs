//! Configurations with a fault each: what is told, and that the check runs all the same. `UPDATE=1` blesses.

use crate::room::{Room, WRONG};
use gouji_tests::golden;
use std::fs;
use std::path::Path;

/// What `gouji check` says under a configuration, in both languages.
fn outcome(text: &[u8]) -> String {
    let room = Room::new();
    room.write("gouji.yaml", text);
    room.write("report.txt", WRONG);
    room.write("ring.yaml", "extends: ./gouji.yaml\n");
    room.write("broken.yaml", "rules: {ZZ901: loud}\n");
    fs::create_dir(room.path("empty")).expect("a folder can be made");
    let mut out = String::new();
    for lang in ["zh", "en"] {
        let ran = room.run(&["check", "report.txt", "--lang", lang, "--quiet"]);
        out.push_str(&format!("{}{}exit {}\n", ran.stdout, ran.stderr, ran.status));
    }
    out
}

#[test]
fn every_fault_is_told_where_it_is() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/broken-configs");
    let names = golden::yaml_names(&folder);
    assert!(names.len() >= 20, "only {} broken configurations", names.len());
    let mut wrong = Vec::new();
    for name in names {
        let actual = outcome(&fs::read(folder.join(&name)).expect("a broken configuration is readable"));
        assert!(actual.ends_with("exit 2\n"), "{name}: {actual}");
        let golden = folder.join(name.replace(".yaml", ".txt"));
        if golden::differs(&golden, &actual) {
            wrong.push(format!("{name}:\n{actual}"));
        }
    }
    assert!(wrong.is_empty(), "look at it, then UPDATE=1 cargo test -p gouji\n{}", wrong.join("\n"));
}
