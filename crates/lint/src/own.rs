//! The rules of the tool's own: those that judge what was said to the tool, not the report, and those of a rollup.
//!
//! They have code, level and page like any rule and a configuration may turn them off, but no file and no verb: what
//! they find is told by [`crate::accept`] and by [`crate::rollup`].

use crate::finding::{Basis, Level, Strength};
use crate::ruleset::{Bilingual, RuleInfo};
use std::sync::Arc;

/// An acceptance that covers no finding.
pub(crate) const UNUSED: &str = "XT001";
/// An acceptance whose last day is over.
pub(crate) const EXPIRED: &str = "XT002";
/// A comment that is almost an acceptance.
pub(crate) const SLIP: &str = "XT003";

/// A cell that is not the sum of its members'.
pub(crate) const SUM: &str = "NB511";
/// A member whose report is not there.
pub(crate) const MISSING: &str = "NB512";
/// A report that is none of the members', or is there twice.
pub(crate) const STRANGER: &str = "NB513";

/// The pack that they go by.
pub(crate) const PACK: &str = "gouji";

/// Whether a code is of a rule that judges what was said to the tool.
pub(crate) fn is_own(code: &str) -> bool {
    [UNUSED, EXPIRED, SLIP].contains(&code)
}

fn both(zh: &str, en: &str) -> Bilingual {
    Bilingual { zh: zh.to_owned(), en: en.to_owned() }
}

/// `texts`: name, basis, what it says, help.
fn info(id: &str, level: Level, strength: Strength, texts: [Bilingual; 4], (bad, ok): (&str, &str)) -> RuleInfo {
    let [name, doc, say, help] = texts;
    let (tags, verb): (&[&str], _) = match id {
        SUM => (&["ARI010", "rollup"], "rollup"),
        MISSING | STRANGER => (&["rollup"], "rollup"),
        _ => (&["accept"], "own"),
    };
    RuleInfo {
        id: Arc::from(id),
        name,
        level,
        own_level: level,
        basis: Arc::new(Basis { doc: doc.zh, clause: None, strength }),
        tags: tags.iter().map(|&tag| tag.to_owned()).collect(),
        mask: false,
        pack: PACK.to_owned(),
        verb,
        say,
        help,
        bad_example: Some((bad.to_owned(), None)),
        ok_example: Some(ok.to_owned()),
        file: String::new(),
        params: Vec::new(),
        uses: None,
    }
}

/// What all of them say of themselves, by code.
pub(crate) fn infos() -> impl Iterator<Item = RuleInfo> {
    of_rollup().into_iter().chain(of_acceptances())
}

fn of_rollup() -> [RuleInfo; 3] {
    [
        info(
            SUM,
            Level::Warning,
            Strength::Logic,
            [
                both("汇总数与各单位之和不符", "Not the sum of the members"),
                both("汇总报告的每一个数，等于各单位报告中同一个数之和", ""),
                both(
                    "<path>：汇总数 <lhs>，各单位之和 <rhs>，相差 <delta>",
                    "<path>: <lhs>, but the members add up to <rhs>, off by <delta>",
                ),
                both(
                    "先看各单位是否缺报、重报，再核对这个数；口径确有不同的，写明原因加以接受",
                    "see first whether a member is missing or there twice, then verify the number; where it is counted otherwise, accept it with the reason",
                ),
            ],
            (
                "全县 行政许可 1200\n教育局 行政许可 700\n水利局 行政许可 400",
                "全县 行政许可 1200\n教育局 行政许可 700\n水利局 行政许可 500",
            ),
        ),
        info(
            MISSING,
            Level::Warning,
            Strength::Practice,
            [
                both("汇总的单位不齐", "A member is missing"),
                both("gouji.yaml 的 members 写明了哪些单位应当在内", ""),
                both("没有<organ>的报告", "there is no report of <organ>"),
                both("补上它的报告，或改正 members 里的名称", "add its report, or mend the name in `members`"),
            ],
            (
                "members: {organs: [青禾县教育局, 青禾县水利局]}\n青禾县教育局2024年政府信息公开工作年度报告",
                "members: {organs: [青禾县教育局]}\n青禾县教育局2024年政府信息公开工作年度报告",
            ),
        ),
        info(
            STRANGER,
            Level::Warning,
            Strength::Logic,
            [
                both("不该计入的报告", "A report that must not be counted"),
                both("各单位的报告应是同一年度、一个单位一份、不含汇总报告", ""),
                both("<file> 没有计入：<what>", "<file> is not counted: <what>"),
                both("换成应计入的报告，或把它移出", "put the right report in its place, or take it out"),
            ],
            (
                "青禾县2024年政府信息公开工作年度报告（汇总）\n青禾县教育局2023年政府信息公开工作年度报告",
                "青禾县2024年政府信息公开工作年度报告（汇总）\n青禾县教育局2024年政府信息公开工作年度报告",
            ),
        ),
    ]
}

fn of_acceptances() -> [RuleInfo; 3] {
    [
        info(
            UNUSED,
            Level::Warning,
            Strength::Practice,
            [
                both("接受的说明没有用上", "Acceptance of nothing"),
                both("gouji 使用约定", ""),
                both("接受 <rule> 的说明没有用上：那里没有这个问题", "nothing to accept: <rule> finds nothing there"),
                both("删去这条说明，或改正它指明的位置", "remove it, or mend the place it names"),
            ],
            (
                "<!-- gouji-accept GW301: 引用原文件名称 -->\n这一段没有 GW301 所说的问题。",
                "<!-- gouji-accept GW301: 引用原文件名称 -->\n截止目前，已公开信息12条。",
            ),
        ),
        info(
            EXPIRED,
            Level::Warning,
            Strength::Practice,
            [
                both("接受的说明已过期", "Acceptance out of date"),
                both("gouji 使用约定", ""),
                both("接受 <rule> 的说明已于 <until> 到期，不再起作用", "the acceptance of <rule> ended on <until>"),
                both("改正问题，或重新说明原因和期限", "mend the defect, or give a reason and a date again"),
            ],
            (
                "accept:\n  - {rule: NB301, at: {table: 申请办理表, row: 总计}, reason: 口径更正, until: 2020-12-31}",
                "accept:\n  - {rule: NB301, at: {table: 申请办理表, row: 总计}, reason: 口径更正}",
            ),
        ),
        info(
            SLIP,
            Level::Error,
            Strength::Logic,
            [
                both("接受的说明写得不对", "Acceptance that is wrong"),
                both("写错的说明不起作用，看上去却像起了作用", ""),
                both("这条接受的说明没有起作用：<what>", "this acceptance has no effect: <what>"),
                both("写成 <<!-- gouji-accept GW301: 原因 -->", "write <<!-- gouji-accept GW301: reason -->"),
            ],
            ("<!-- gouji-acept GW301 引用原文件名称 -->", "<!-- gouji-accept GW301: 引用原文件名称 -->"),
        ),
    ]
}
