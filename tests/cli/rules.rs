//! `gouji rules`: the tests inside rule files, and rules looked over.

use crate::room::{CLEAN, Room, WRONG};

#[test]
fn rules_are_tested_by_their_own_examples() {
    let room = Room::new();
    let ran = room.gouji(&["rules", "test", ".rules"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (0, "通过 4，未通过 0，待办 0\n"), "{}", ran.stderr);
    let rule = room.read(".rules/mark.yaml").replace("ok: [很好。]", "ok: [很好。, 真好！]");
    room.write(".rules/mark.yaml", rule);
    let ran = room.gouji(&["rules", "test", ".rules"]);
    assert_eq!(ran.status, 1);
    let told =
        "ZZ902 ok[1] 未通过  .rules/mark.yaml:10\n    不应报告“！”：公文一般不用感叹号\n通过 4，未通过 1，待办 0\n";
    assert_eq!(ran.stdout, told);
    let ran = room.gouji(&["rules", "test", ".rules", "--lang", "en"]);
    assert!(ran.stdout.starts_with("ZZ902 ok[1] FAILED  .rules/mark.yaml:10\n"), "{}", ran.stdout);
    assert!(ran.stdout.ends_with("4 passed, 1 failed, 0 todo\n"), "{}", ran.stdout);
}

/// The rule of wrong words with other tests.
fn with_tests(room: &Room, tests: &str) {
    let rule = room.read(".rules/word.yaml");
    let at = rule.find("tests:").expect("the rule has tests");
    room.write(".rules/word.yaml", format!("{}{tests}", &rule[..at]));
}

#[test]
fn a_failed_case_says_what_was_expected_and_what_is() {
    let room = Room::new();
    with_tests(
        &room,
        "tests:\n  bad:\n    - {text: 有错别子。, at: 错别字, level: warning, row: 甲, count: 2, message: 没有}\n",
    );
    let ran = room.gouji(&["rules", "test", ".rules/word.yaml"]);
    let told = "\
ZZ901 bad[0] 未通过  .rules/word.yaml:13
    应报告 2 处，实为 1 处
    at 应为：错别字
       实为：错别子
    row 应为：甲
        实为：（空）
    level 应为：warning
          实为：error
    message 应为：没有
            实为：“错别子”应为“错别字”
通过 0，未通过 1，待办 0
";
    assert_eq!((ran.status, ran.stdout.as_str()), (1, told), "{}", ran.stderr);
}

#[test]
fn cases_to_do_are_counted_and_told_when_they_pass() {
    let room = Room::new();
    with_tests(&room, "tests:\n  todo: {ok: [这里有错别子。], bad: {错别子: 错别字}}\n");
    let ran = room.gouji(&["rules", "test", ".rules"]);
    let told = "\
ZZ901 todo.ok[0] 待办  .rules/word.yaml:12
    不应报告“错别子”：“错别子”应为“错别字”
ZZ901 todo.bad[0] 已通过  .rules/word.yaml:12
    可以移到 bad 了
通过 3，未通过 0，待办 1
";
    assert_eq!((ran.status, ran.stdout.as_str()), (0, told), "{}", ran.stderr);
}

#[test]
fn a_case_may_be_a_file_beside_the_rule() {
    let room = Room::new();
    with_tests(&room, "tests:\n  ok: [{file: 例/好.md}]\n  bad: [{file: 例/坏.txt, count: 2, at: 错别子}]\n");
    room.write(".rules/例/好.md", "# 某某报告\n\n没有错别字，很好。\n");
    let ran = room.gouji(&["rules", "test", ".rules/word.yaml"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("测试用的文件 .rules/例/坏.txt 不存在或无法读取"), "{}", ran.stderr);
    assert!(ran.stderr.contains("word.yaml:13:16"), "{}", ran.stderr);
    assert_eq!(ran.stdout, "通过 1，未通过 0，待办 0\n");
    room.write(".rules/例/坏.txt", "某某报告\n\n错别子。\n错别子。\n");
    let ran = room.gouji(&["rules", "test", ".rules/word.yaml"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (0, "通过 2，未通过 0，待办 0\n"), "{}", ran.stderr);
}

#[test]
fn a_rule_without_tests_is_told() {
    let room = Room::new();
    with_tests(&room, "");
    let ran = room.gouji(&["rules", "test", ".rules"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (0, "1 条规则没有测试：ZZ901\n通过 2，未通过 0，待办 0\n"));
}

#[test]
fn tests_are_tested_by_changing_them() {
    let room = Room::new();
    let ran = room.gouji(&["rules", "test", "--mutate", ".rules"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (0, "2 个变异，2 个被发现，0 个沉默\n"), "{}", ran.stderr);
    let rule = room.read(".rules/word.yaml").replace("in: paragraphs", "in: paragraphs\nunless: 别子");
    room.write(".rules/word.yaml", rule);
    let ran = room.gouji(&["rules", "test", "--mutate", ".rules"]);
    let told =
        "ZZ901 沉默  .rules/word.yaml:7\n    词表中的“错别子”放在哪句里都查不到\n1 个变异，0 个被发现，1 个沉默\n";
    assert_eq!((ran.status, ran.stdout.as_str()), (1, told), "{}", ran.stderr);
    let ran = room.gouji(&["rules", "test", "--mutate", ".rules", "--lang", "en"]);
    assert!(ran.stdout.ends_with("1 change, 0 noticed, 1 silent\n"), "{}", ran.stdout);
}

#[test]
fn rules_are_looked_over() {
    let room = Room::new();
    let ran = room.gouji(&["rules", "check", ".rules"]);
    assert_eq!(ran.status, 1);
    assert!(ran.stdout.starts_with("规则提示 级别是 error，依据却只是 practice\n"), "{}", ran.stdout);
    room.write(".rules/word.yaml", room.read(".rules/word.yaml").replace("strength: practice", "strength: logic"));
    let ran = room.gouji(&["rules", "check", ".rules"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (0, "共查看 2 条规则：0 个错误，0 个提示\n"), "{}", ran.stderr);
    let rule = room.read(".rules/mark.yaml");
    room.write(".rules/mark.yaml", rule.replace("find: ！", "find: '甲$！'"));
    let ran = room.gouji(&["rules", "check", ".rules"]);
    let told = "\
规则提示 这里永远匹配不到
   ╭─[.rules/mark.yaml:6:9]
 6 │ find: '甲$！'
   ·          ─
   = 办法：$ 只在段落末尾成立，后面不能还有内容

共查看 2 条规则：0 个错误，1 个提示
";
    assert_eq!((ran.status, ran.stdout.as_str()), (1, told), "{}", ran.stderr);
    room.write(".rules/mark.yaml", rule.replace("find: ！", "find: '！('"));
    let ran = room.gouji(&["rules", "check", ".rules", "--lang", "en"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stdout.starts_with("rule error bad pattern: unclosed group"), "{}", ran.stdout);
    assert!(ran.stdout.ends_with("1 rule looked over: 1 fault, 0 remarks\n"), "{}", ran.stdout);
}

#[test]
fn the_help_of_rules_check_is_its_own() {
    let room = Room::new();
    let ran = room.gouji(&["rules", "check", "--help"]);
    assert!(ran.stdout.contains("用法：gouji rules check [选项] [PATH]..."), "{}", ran.stdout);
    let ran = room.gouji(&["check", "--help"]);
    assert!(ran.stdout.contains("用法：gouji check [选项] <PATH>..."), "{}", ran.stdout);
}

#[test]
fn a_rule_file_that_can_not_be_read_is_named_and_the_others_run() {
    let room = Room::new();
    room.write("wrong.txt", WRONG);
    room.write(".rules/gbk.yaml", b"name: \xb4\xed\xb1\xf0\xd7\xd6\n");
    room.write(".rules/large.rhai", vec![b'/'; (1 << 20) + 1]);
    let told =
        ["读不了这份规则文件：必须是 UTF-8 编码", ".rules/gbk.yaml:1:1", "文件超过 1 MiB", ".rules/large.rhai:1:1"];
    let ran = room.run(&["check", "wrong.txt"]);
    assert_eq!(ran.status, 2, "{}", ran.stderr);
    assert!(ran.stdout.contains("错误[ZZ901]"), "{}", ran.stdout);
    told.iter().for_each(|told| assert!(ran.stdout.contains(told), "{told}: {}", ran.stdout));
    let ran = room.gouji(&["rules", "test", ".rules"]);
    assert_eq!(ran.status, 2, "{}", ran.stdout);
    told.iter().for_each(|told| assert!(ran.stderr.contains(told), "{told}: {}", ran.stderr));
    std::fs::rename(room.path(".rules"), room.path("local")).expect("the folder can be renamed");
    room.write("gouji.yaml", "extends: []\npaths: [local]\n");
    let ran = room.gouji(&["check", "wrong.txt"]);
    assert!(ran.stdout.contains("错误[ZZ901]") && ran.stdout.contains("local/gbk.yaml"), "{}", ran.stdout);
}

#[test]
fn the_code_of_a_faulty_rule_may_be_selected() {
    let room = Room::new();
    room.write("wrong.txt", WRONG);
    room.write(".rules/broken.yaml", "id: YY903\nname: 坏规则\nlevel: error\nfnd: x\n");
    for command in ["check", "fix"] {
        let ran = room.run(&[command, "wrong.txt", "--select", "YY"]);
        assert_eq!(ran.status, 2, "{}", ran.stderr);
        let said = format!("{}{}", ran.stdout, ran.stderr);
        assert!(said.contains("规则错误") && !said.contains("没有编号"), "{command}: {said}");
    }
    // What is no YAML has no code.
    room.write(".rules/broken.yaml", "id: YY903\n\tname: 坏规则\n");
    for command in ["check", "fix"] {
        let ran = room.run(&[command, "wrong.txt", "--select", "YY"]);
        assert_eq!(ran.status, 2, "{}", ran.stderr);
        let (fault, unknown) = (ran.stderr.find("规则错误"), ran.stderr.find("没有编号为“YY”的规则"));
        assert!(fault.is_some() && fault < unknown, "{command}: {}", ran.stderr);
    }
}

#[test]
fn a_rule_file_under_almost_its_name_is_told_of() {
    let room = Room::new();
    room.write("wrong.txt", WRONG);
    let rule = room.read(".rules/mark.yaml");
    for name in ["b.yaml.txt", "c.YAML", "notes.txt"] {
        room.write(&format!(".rules/{name}"), rule.replace("ZZ902", "ZZ903"));
    }
    let ran = room.run(&["check", "wrong.txt"]);
    assert_eq!((ran.status, ran.stdout.matches("规则文件的名称要以").count()), (2, 2), "{}", ran.stdout);
    assert!(ran.stdout.contains(".rules/b.yaml.txt:") && ran.stdout.contains(".rules/c.YAML:"), "{}", ran.stdout);
    assert!(ran.stdout.contains("错误[ZZ901]"), "{}", ran.stdout);
    for name in [".rules/b.yaml.txt", ".rules/c.YAML", ".rules/notes.txt"] {
        let ran = room.gouji(&["rules", "test", name]);
        assert_eq!(ran.status, 2, "{}", ran.stdout);
        assert!(ran.stderr.contains(&format!("无法读取规则 {name}：规则文件的名称要以")), "{}", ran.stderr);
    }
}

#[cfg(unix)]
#[test]
fn a_linked_folder_among_rules_is_told_of() {
    let room = Room::new();
    room.write("clean.txt", CLEAN);
    room.write("elsewhere/a.yaml", "");
    std::os::unix::fs::symlink(room.path("elsewhere"), room.path(".rules/link")).expect("a link can be made");
    let ran = room.run(&["check", "clean.txt"]);
    assert_eq!(ran.status, 2, "{}", ran.stdout);
    assert!(ran.stdout.contains("是文件夹的符号链接") && ran.stdout.contains(".rules/link:"), "{}", ran.stdout);
}
