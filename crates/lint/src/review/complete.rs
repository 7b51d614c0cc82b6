//! What a rule should carry: an instrument for an error, examples of both kinds.

use super::Page;
use crate::fault::Fault;
use crate::finding::{Level, RuleError, Strength};

pub(super) fn look(page: &Page<'_>, remarks: &mut Vec<RuleError>) {
    basis(page, remarks);
    tests(page, remarks);
}

fn basis(page: &Page<'_>, remarks: &mut Vec<RuleError>) {
    let (level, strength) = (page.rule.info.level, page.rule.info.basis.strength);
    if level != Level::Error || matches!(strength, Strength::Must | Strength::Logic) {
        return;
    }
    let span = page.node(&["basis", "strength"]).map_or(page.rule.source.id, |node| node.span);
    let word = strength.word();
    let fault = Fault::new(
        span,
        format!("级别是 error，依据却只是 {word}"),
        format!("the level is error, but the basis is only `{word}`"),
    );
    page.tell(
        fault.with_help(
            "error 要有 must 或 logic 的依据，否则改为 warning",
            "an error rests on `must` or `logic`; otherwise make it a warning",
        ),
        remarks,
    );
}

fn tests(page: &Page<'_>, remarks: &mut Vec<RuleError>) {
    let tests = &page.rule.tests;
    let at = page.key(&[], "tests");
    let fault = match (tests.ok.is_empty(), tests.bad.is_empty()) {
        (false, false) => return,
        (true, true) => Fault::new(page.rule.source.id, "规则没有测试", "the rule has no tests")
            .with_help("在 tests 里写 ok 和 bad 的例子", "write examples of `ok` and `bad` under `tests`"),
        (true, false) => Fault::new(at, "测试里没有 ok", "the tests have no `ok`")
            .with_help("写一个相近而不应报告的例子", "write an example that is near and must not be reported"),
        (false, true) => Fault::new(at, "测试里没有 bad", "the tests have no `bad`")
            .with_help("写一个应当报告的例子", "write an example that must be reported"),
    };
    page.tell(fault, remarks);
}
