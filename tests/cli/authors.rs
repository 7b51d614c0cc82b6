//! What rule authors are given: pages of rules, schemas, a first configuration, skeletons of rules.

use crate::room::Room;

#[test]
fn every_rule_gets_a_page() {
    let room = Room::new();
    let ran = room.gouji(&["rules", "doc", ".rules", "-o", "pages"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (0, "pages：共 3 页，改写 3 页，删去 0 页\n"), "{}", ran.stderr);
    let page = room.read("pages/ZZ901.md");
    for part in ["# ZZ901 错别字", "实践（非文件规定）：测试用规则", "改正用字", "mend the word", "`这里有错别子。`"]
    {
        assert!(page.contains(part), "{part} is missing in\n{page}");
    }
    let ran = room.gouji(&["rules", "doc", ".rules", "-o", "pages", "--lang", "en"]);
    assert_eq!(ran.stdout, "pages: 3 pages, 0 written, 0 removed\n");
}

#[test]
fn pages_of_rules_that_are_gone_go_too_and_nothing_else() {
    let room = Room::new();
    room.gouji(&["rules", "doc", ".rules", "-o", "pages"]);
    let stale = room.read("pages/ZZ902.md");
    room.write("pages/ZZ903.md", "# 自己写的\n");
    room.write("pages/notes.md", stale);
    let ran = room.gouji(&["rules", "doc", ".rules/word.yaml", "-o", "pages"]);
    assert_eq!(ran.stdout, "pages：共 2 页，改写 1 页，删去 1 页\n", "{}", ran.stderr);
    assert!(!room.path("pages/ZZ902.md").exists());
    assert!(room.path("pages/ZZ903.md").exists() && room.path("pages/notes.md").exists());
}

#[test]
fn a_folder_of_somebody_else_is_left_alone() {
    let room = Room::new();
    room.write("docs/README.md", "# 我的说明\n");
    let ran = room.gouji(&["rules", "doc", ".rules", "-o", "docs"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("README.md 不是 rules doc 写的"), "{}", ran.stderr);
    assert_eq!(room.read("docs/README.md"), "# 我的说明\n");
    assert!(!room.path("docs/ZZ901.md").exists());
    // A page that bears the mark but lies in a folder without the tool's index may be kept for a reason.
    room.gouji(&["rules", "doc", ".rules", "-o", "pages"]);
    room.write("kept/ZZ777.md", room.read("pages/ZZ901.md"));
    room.gouji(&["rules", "doc", ".rules", "-o", "kept"]);
    assert!(room.path("kept/ZZ777.md").exists());
}
