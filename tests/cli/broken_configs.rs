//! Configurations with a fault each: what is told, and that the check runs all the same. `UPDATE=1` blesses.

use crate::room::{Room, WRONG};
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
    let mut names: Vec<String> = fs::read_dir(&folder)
        .expect("the folder is there")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".yaml"))
        .collect();
    names.sort();
    assert!(names.len() >= 20, "only {} broken configurations", names.len());
    let mut wrong = Vec::new();
    for name in names {
        let actual = outcome(&fs::read(folder.join(&name)).expect("a broken configuration is readable"));
        assert!(actual.ends_with("exit 2\n"), "{name}: {actual}");
        let golden = folder.join(name.replace(".yaml", ".txt"));
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&golden, &actual).expect("the folder is writable");
        } else if fs::read_to_string(&golden).ok().as_deref() != Some(actual.as_str()) {
            wrong.push(format!("{name}:\n{actual}"));
        }
    }
    assert!(wrong.is_empty(), "look at it, then UPDATE=1 cargo test -p gouji\n{}", wrong.join("\n"));
}
