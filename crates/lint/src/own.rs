//! The rules of the tool's own: they judge what was said to the tool, not the report.
//!
//! They have code, level and page like any rule and a configuration may turn them off, but no file and no verb: what
//! they find is told by [`crate::accept`].

use crate::finding::{Basis, Level, Strength};
use crate::ruleset::{Bilingual, RuleInfo};
use std::sync::Arc;

/// An acceptance that covers no finding.
pub(crate) const UNUSED: &str = "XT001";
/// An acceptance whose last day is over.
pub(crate) const EXPIRED: &str = "XT002";
/// A comment that is almost an acceptance.
pub(crate) const SLIP: &str = "XT003";

/// The pack that they go by.
pub(crate) const PACK: &str = "gouji";

/// Whether a code is one of the tool's own.
pub(crate) fn is_own(code: &str) -> bool {
    [UNUSED, EXPIRED, SLIP].contains(&code)
}

/// What they say of themselves, by code.
pub(crate) fn infos() -> [RuleInfo; 3] {
    let both = |zh: &str, en: &str| Bilingual { zh: zh.to_owned(), en: en.to_owned() };
    let info = |id: &str, level, strength, texts: [Bilingual; 4], bad: &str, ok: &str| {
        let [name, doc, say, help] = texts;
        RuleInfo {
            id: Arc::from(id),
            name,
            level,
            own_level: level,
            basis: Arc::new(Basis { doc: doc.zh, clause: None, strength }),
            tags: vec!["accept".to_owned()],
            mask: false,
            pack: PACK.to_owned(),
            verb: "own",
            say,
            help,
            bad_example: Some((bad.to_owned(), None)),
            ok_example: Some(ok.to_owned()),
            file: String::new(),
            params: Vec::new(),
            uses: None,
        }
    };
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
            "<!-- gouji-accept GW301: 引用原文件名称 -->\n这一段没有 GW301 所说的问题。",
            "<!-- gouji-accept GW301: 引用原文件名称 -->\n截止目前，已公开信息12条。",
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
            "accept:\n  - {rule: NB301, at: {table: 申请办理表, row: 总计}, reason: 口径更正, until: 2020-12-31}",
            "accept:\n  - {rule: NB301, at: {table: 申请办理表, row: 总计}, reason: 口径更正}",
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
            "<!-- gouji-acept GW301 引用原文件名称 -->",
            "<!-- gouji-accept GW301: 引用原文件名称 -->",
        ),
    ]
}
