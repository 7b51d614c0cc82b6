//! Web pages: what of them is checked, how that is told, and that mending leaves the page as it was.

use crate::room::Room;
use serde_json::Value;

/// A page around a report with a wrong word, split over two spans.
const PAGE: &str = "\
<html><head><meta charset=\"gb2312\"><title>某某</title></head><body>
<ul class=\"nav\"><li><a href=\"/\">错别子首页</a></li></ul>
<div class=\"main\"><h1>某某情况的报告</h1>
<div id=\"zoom\">
<p>&nbsp;&nbsp;这里有一个<span>错</span><span>别子</span>，需要改。</p>
<p style=\"display: none\">错别子</p>
</div>
<div id=\"other\"><p>另一处错别子。</p></div></div>
<div class=\"footer\">错别子办公室 版权所有</div>
</body></html>
";

/// The page as GB18030, as it says.
fn bytes(page: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(page).0.into_owned()
}

#[test]
fn only_the_article_is_checked_and_that_is_told() {
    let room = Room::new();
    room.write("in/a.htm", bytes(PAGE));
    let ran = room.run(&["check", "in", "--format", "short"]);
    assert_eq!(ran.stdout.lines().count(), 1, "{}", ran.stdout);
    assert!(ran.stdout.starts_with("in/a.htm:5:27: error[ZZ901]"), "{}", ran.stdout);
    let ran = room.run(&["check", "in"]);
    assert!(ran.stdout.contains("5 │ \u{A0}\u{A0}这里有一个错别子，需要改。\n"), "{}", ran.stdout);
    assert!(ran.stdout.contains("第 6 行：网页中不显示的文字未读取\n"), "{}", ran.stdout);
    let ran = room.gouji(&["inspect", "in/a.htm"]);
    assert!(ran.stdout.contains("正文    <div id=\"zoom\">（第 4 行），按名称认定\n"), "{}", ran.stdout);
    for told in ["导航（第 2 行）", "页脚（第 9 行）", "不显示的文字（第 6 行）", "正文之外的其他文字 7 字"]
    {
        assert!(ran.stdout.contains(told), "{told}: {}", ran.stdout);
    }
    let ran = room.gouji(&["inspect", "in/a.htm", "--json"]);
    let whole: Value = serde_json::from_str(&ran.stdout).expect("it is JSON");
    assert_eq!(whole["encoding"], "gb18030");
    assert_eq!(whole["article"]["choice"], "named");
    assert_eq!(whole["article"]["left_out"][0]["kind"], "navigation");
}

#[test]
fn another_element_can_be_asked_for() {
    let room = Room::new();
    room.write("a.html", bytes(PAGE));
    let ran = room.run(&["check", "a.html", "--html-root", "div#other", "--format", "short"]);
    assert!(ran.stdout.starts_with("a.html:8:23: error[ZZ901]"), "{}", ran.stdout);
    let ran = room.gouji(&["inspect", "a.html", "--html-root", "#other"]);
    assert!(ran.stdout.contains("正文    <div id=\"other\">（第 8 行），按 --html-root\n"), "{}", ran.stdout);
    let ran = room.run(&["check", "a.html", "--html-root", "#none"]);
    assert_eq!(ran.status, 3, "{}", ran.stdout);
    assert!(ran.stdout.contains("网页中没有 --html-root 所指的元素“#none”"), "{}", ran.stdout);
    let ran = room.run(&["check", "a.html", "--html-root", "div > p"]);
    assert_eq!(ran.status, 2, "{}", ran.stdout);
    assert!(ran.stderr.contains("--html-root“div > p”：从“> p”起看不懂"), "{}", ran.stderr);
}

#[test]
fn mending_changes_the_wrong_word_and_no_other_byte() {
    let room = Room::new();
    room.write("a.html", bytes(PAGE));
    let ran = room.run(&["fix", "a.html", "--html-root", "#zoom"]);
    assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
    let expected = PAGE.replacen("<span>别子</span>", "<span>别字</span>", 1);
    let mended = room.bytes("a.html");
    assert_eq!(mended, bytes(&expected), "{}", encoding_rs::GB18030.decode(&mended).0);
}

/// A rule that looks into tables, too.
const CELL_RULE: &str = "\
id: ZZ903
name: 表中错字
level: error
basis: {doc: 测试用规则, strength: practice}
find: {结裹: 结果}
say: “<text>”应为“<right>”
fix: safe
en: {name: Wrong word, say: “<text>” should be “<right>”}
";

#[test]
fn a_fix_over_the_end_of_a_line_is_refused_and_told() {
    let room = Room::new();
    room.write(".rules/cell.yaml", CELL_RULE);
    let cells = |word: &str| format!("<h1>某某情况的报告</h1><table><tr><td>项<td>数<tr><td>{word}<td>1</table>");
    room.write("a.html", cells("结<b>裹</b>"));
    room.run(&["fix", "a.html"]);
    assert_eq!(room.read("a.html"), cells("结<b>果</b>"));
    // What is to be mended stands in one line, and so it is; 裹 alone would be no fault.
    room.write(".rules/cell.yaml", CELL_RULE.replace("结裹: 结果", "结裹: 后果"));
    room.write("a.html", cells("结<br>裹"));
    let ran = room.run(&["fix", "a.html"]);
    assert_eq!(room.read("a.html"), cells("结<br>裹"), "{}", ran.stdout);
    assert!(ran.stderr.contains("1 处跨过了文件中的标记，不能自动改写"), "{}{}", ran.stdout, ran.stderr);
}

#[test]
fn comments_accept_in_a_page_too() {
    let room = Room::new();
    let page =
        "<h1>某某情况的报告</h1>\n<!-- gouji-accept ZZ901: 原文如此 -->\n<p>这里有错别子。</p>\n<p>又有错别子。</p>";
    room.write("a.html", page);
    let ran = room.run(&["check", "a.html", "--format", "short"]);
    assert!(ran.stdout.starts_with("a.html:4:6: error[ZZ901]"), "{}", ran.stdout);
}

#[test]
fn what_is_masked_is_masked_over_tags() {
    let room = Room::new();
    let page = "<h1>某某情况的报告</h1>\n<p>联系人手机<span>139</span><span>12345678</span>，截止<i>12月</i>，有错别子。</p>\n";
    room.write("a.html", page);
    for args in [
        &["check", "a.html"][..],
        &["fix", "a.html", "--diff", "--rules", ".rules"],
        &["explain", "--at", "a.html:2"],
        &["inspect", "a.html", "--text"],
    ] {
        let ran = room.gouji(args);
        assert!(!ran.stdout.is_empty(), "{args:?} {}", ran.stderr);
        assert!(!ran.stdout.contains("12345678"), "{args:?} {}", ran.stdout);
    }
}
