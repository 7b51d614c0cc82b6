//! `explain --at`: a line of a report explained, whatever stands there.

use crate::looking::{REPORT, TIE_RULE};
use crate::room::Room;

/// `explain` has no choice of rules, so only what these ones say is looked at, and what is understood.
fn room() -> Room {
    let room = Room::new();
    room.write(".rules/tie.yaml", TIE_RULE);
    room.write("报告.txt", REPORT);
    room
}

fn at(room: &Room, place: &str, more: &[&str]) -> String {
    let args: Vec<&str> = ["explain", "--at", place, "--rules", ".rules"].iter().chain(more).copied().collect();
    let ran = room.gouji(&args);
    assert_eq!(ran.status, 0, "{place}: {}", ran.stderr);
    assert_eq!(ran.stderr, "");
    ran.stdout
}

fn has(output: &str, wanted: &[&str]) {
    for words in wanted {
        assert!(output.contains(words), "{words}\n{output}");
    }
}

#[test]
fn a_finding_is_explained_with_the_way_to_mend_and_to_accept_it() {
    let room = room();
    has(
        &at(&room, "报告.txt:15:8", &[]),
        &[
            "错误[ZZ903] 自然人：12+2=14，而13+2=15，相差1",
            "│ 下年  结转下年度继续办理 × 申请人情况 > 自然人            +    2  16",
            "办法：对照台账核对这四个数",
            "依据：国办公开办函〔2021〕30号 表三 勾稽关系",
            "    accept:\n      - rule: ZZ903\n        at: {table: \"申请办理表\", row: \"本年度办理结果 > 总计\", col: \"申请人情况 > 自然人\"}\n        reason: 写明原因\n",
            "  “申请办理表”的一行，在“三、收到和处理政府信息公开申请情况”部分\n  行：本年度办理结果 > 总计\n  列 自然人：13\n",
        ],
    );
    let page = at(&room, "报告.txt:22", &["--lang", "en"]);
    has(
        &page,
        &[
            "error[ZZ901] “错别子” should be “错别字”",
            "at: {text: \"错别子,-要改，错别子还要\"}\n        reason: say why",
            "paragraph “错别子要改，错别子还要改。”, in the section “五、存在的主要问题及改进情况”",
        ],
    );
    assert!(!page.contains("<!--"), "a text file has no comments: {page}");
    room.write("报告.md", "# 某某情况的报告\n\n这里有一个错别子，需要改。\n");
    has(&at(&room, "报告.md:3", &[]), &["或在这一段的前一行写：\n    <!-- gouji-accept ZZ901: 写明原因 -->\n"]);
}

#[test]
fn a_line_without_a_finding_says_how_it_was_understood() {
    let room = room();
    has(
        &at(&room, "报告.txt:12", &[]),
        &[
            "这里没有发现问题。",
            "用到这里的别处问题\n",
            "  第 15 行 错误[ZZ903] 自然人：12+2=14，而13+2=15，相差1\n",
            "  行：本年新收政府信息公开申请数量\n  列 自然人：12\n  列 商业企业：3\n",
            "ZZ903 收支平衡：总计，成立（15 + 2 == 16 + 1）",
            "查过这里的文字、没有发现问题的规则 ",
        ],
    );
    has(&at(&room, "报告.txt:11", &["--width", "200"]), &["“申请办理表”的表头：", "、自然人、商业企业、总计\n"]);
    has(&at(&room, "报告.txt:3", &[]), &["小标题“一、总体情况”", "NB101 六个部分齐全且依次排列：总体情况，有"]);
    has(&at(&room, "报告.txt:2", &[]), &["没有内容，规则看不到它"]);
    has(&at(&room, "报告.txt:1:1", &["--lang", "en"]), &["title “某某县商务局2024年政府信息公开工作年度报告”"]);
}

#[test]
fn a_place_that_is_none_is_refused() {
    let room = room();
    for (place, status, wanted) in [
        ("报告.txt", 2, "--at 要写成 文件:行"),
        ("报告.txt:0", 2, "--at 要写成 文件:行"),
        ("报告.txt:99", 2, "报告.txt 只有 27 行，没有第 99 行"),
        ("报告.txt:1:99", 2, "报告.txt 第 1 行没有第 99 列"),
        (".:3", 2, ". 是文件夹"),
        ("没有.txt:3", 3, "文件不存在"),
    ] {
        let ran = room.gouji(&["explain", "--at", place]);
        assert_eq!(ran.status, status, "{place}: {}{}", ran.stdout, ran.stderr);
        assert!(ran.stderr.contains(wanted), "{place}: {}", ran.stderr);
    }
    let ran = room.gouji(&["explain", "NB301", "--at", "报告.txt:1"]);
    assert_eq!(ran.status, 2, "{}", ran.stdout);
    assert_eq!(room.gouji(&["explain"]).status, 2);
}
