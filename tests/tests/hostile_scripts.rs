//! Scripts that try to run for ever, to fill the memory or to get out: each ends by a limit that says its name, or is
//! refused at load; the other rules run on. Above each stands which limit, and below it what is said. `UPDATE=1` blesses.

use gouji_core::text::Lines;
use gouji_lint::engine::{CheckOptions, check};
use gouji_lint::finding::Status;
use gouji_lint::ruleset::{RuleSet, SourceFile};
use std::path::Path;

const REPORT: &str = "青禾县水利局2024年政府信息公开工作年度报告\n\n一、总体情况\n\n全年公开信息45条，收到申请3件。\n";

/// A rule that finds something in the report, to be found whatever stands beside it.
const OTHER: &str =
    "id: ZZ100\nname: 信息\nlevel: info\nbasis: {doc: 本工具约定, strength: practice}\nfind: 公开信息\nsay: 有\n";

fn file(path: &str, text: &str) -> SourceFile {
    SourceFile { path: path.to_owned(), text: text.into() }
}

/// `refused LINE:COLUMN why` or `errored LINE:COLUMN why`.
fn outcome(name: &str, text: &str) -> String {
    let (rules, faults) = RuleSet::load(&[file(name, text), file("other.yaml", OTHER)]);
    let refused = faults.first().map(|fault| {
        assert_eq!(faults.len(), 1, "{name}: one message a cause");
        let place = Lines::new(text).place(text, fault.span.start);
        format!("refused {}:{} {}", place.line, place.column, fault.message)
    });
    let document = gouji_core::read("report.txt", REPORT.as_bytes(), rules.known_labels()).expect("it is text");
    let report = check(&document, &rules, &CheckOptions::default());
    let found: Vec<&str> = report.findings.iter().map(|finding| &*finding.rule).collect();
    assert_eq!(found, ["ZZ100"], "{name}: what else is wrong is found, and nothing of a script that failed");
    let own = report.ledger.iter().find(|entry| &*entry.rule != "ZZ100");
    refused.unwrap_or_else(|| {
        let own = own.expect("a rule that was not refused has its line in the ledger");
        assert_eq!(own.status, Status::Errored, "{name}");
        let why = own.why.as_deref().expect("it says why");
        format!("errored {}", why.strip_prefix(&format!("{name}:")).expect("it says where"))
    })
}

#[test]
fn every_hostile_script_ends_by_its_limit() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("hostile-scripts");
    let files = gouji_tests::repository::files("tests/hostile-scripts", ".yaml");
    assert!(files.len() >= 60, "only {} hostile scripts", files.len());
    let mut wrong = Vec::new();
    for (path, text) in files {
        let name = path.rsplit('/').next().expect("a path has a last part");
        let actual = outcome(name, &text);
        let stated = text.lines().nth(1).and_then(|line| line.strip_prefix("# => ")).expect("the second line says it");
        if stated == actual {
            continue;
        }
        if std::env::var_os("UPDATE").is_some() {
            let blessed = text.replacen(stated, &actual, 1);
            std::fs::write(folder.join(name), blessed).expect("the folder is writable");
        } else {
            wrong.push(format!("{name}: {actual}"));
        }
    }
    assert!(wrong.is_empty(), "UPDATE=1 blesses\n{}", wrong.join("\n"));
}

/// A script that runs on a text of ten megabytes; what the ledger says.
fn on_ten_megabytes(script: &str) -> String {
    let rule = format!(
        "id: XX100\nname: 试\nlevel: info\nbasis: {{doc: 甲, strength: practice}}\nscript: |\n  doc.title;\n  {script}\n"
    );
    let (rules, faults) = RuleSet::load(&[file("a.yaml", &rule)]);
    assert!(faults.is_empty(), "{script}: {}", faults[0].message);
    let sentence = "全年公开信息45条，收到申请3件；";
    let text = sentence.repeat(10_000_000 / sentence.len());
    let document = gouji_core::read("report.txt", text.as_bytes(), rules.known_labels()).expect("it is text");
    let report = check(&document, &rules, &CheckOptions::default());
    assert_eq!(report.ledger[0].status, Status::Errored, "{script}");
    report.ledger[0].why.clone().expect("it says why")
}

#[test]
fn ten_megabytes_do_not_wait_for_a_pattern() {
    for (script, words) in [
        (r#"doc.find(".");"#, "匹配超过 4096 处"),
        (r#"loop { doc.find("没有这句话"); }"#, "运算超过"),
        (r#"loop { doc.find("(?:[一-龥0-9]{1,9}[，；]?){1,40}$"); }"#, "运算超过"),
        (r#"loop { doc.text.contains("没有这句话"); }"#, "运算超过"),
        (r#"doc.text.str;"#, "文字超过 1 MiB"),
        (r#"let t = doc.text; loop { t.after(9); t.block.before(9); t.slice(4, 5).before(90000000); }"#, "运算超过"),
    ] {
        let why = on_ten_megabytes(script);
        assert!(why.contains(words), "{script}: {why}");
    }
}
