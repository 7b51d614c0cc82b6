//! The words before a number: where its code begins, and what they say of its kind.

use super::Kind;
use crate::text::Span;

/// The longest code, in characters.
const LONGEST: usize = 14;

/// Words that lead up to a citation and are no part of a code.
const LEADS: [&str; 44] = [
    "依据", "根据", "按照", "依照", "遵照", "参照", "对照", "比照", "执行", "落实", "贯彻", "转发", "印发", "下发",
    "批转", "发布", "公布", "通过", "出台", "制定", "制发", "修订", "修改", "废止", "学习", "传达", "关于", "以及",
    "文件", "简称", "参见", "详见", "其中", "包括", "收到", "符合", "违反", "结合", "引用", "编号", "文号", "认真",
    "严格", "作出",
];

/// Single characters that do so.
const SHORT_LEADS: &str = "和即日与及见的以由是为按被了在年月";

/// Those of them that places begin with, too: behind 》, a figure or another word 和 leads up, in （和政发〔2023〕7号） it is 和县.
const PLACES: &str = "和即日";

/// Characters that make what stands between a title and a number a phrase.
const SPEAKING: &str = "和与跟及以或由经按依据根即是为遵参照见等的在已系落执对将被从向于转印其均并";

/// Codes end so (国发 国办函 青政 中府文 沪府规 国发明电 青秘 青党). Other ends tell nothing.
const OFFICIAL: &str = "发办函政府文规电秘党";

/// Organs end so before 令.
const ORGANS: &str = "院国部局会委署行府席厅";

/// Ends of what enforcement, decisions and certificates are numbered by.
const ENFORCING: [&str; 15] =
    ["罚", "决", "裁", "罚决", "责改", "责停", "许准", "准许", "许可", "催", "告知", "复决", "立案", "证", "执罚"];

/// Words of procurements and contracts.
const PROCURING: [&str; 10] = ["采购", "磋商", "招标", "谈判", "询价", "合同", "协议", "政采", "公招", "竞磋"];

/// Letters of procedures in case numbers, and what they end in.
const PROCEDURES: &str = "民刑行执破赔救保知";
const STAGES: &str = "初终再申监执破辖赔审特恢异复督保清调";

/// Han characters, as codes are written in.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{323AF}' | '〇')
}

/// The code that ends at `end`, not before `floor`: the Han characters there without the words that lead up to it.
/// Empty where there is none.
pub(super) fn code_before(text: &str, floor: usize, end: usize) -> Span {
    let han = text[floor..end].char_indices().rev().take_while(|&(_, c)| is_han(c)).take(LONGEST);
    let mut start = han.last().map_or(end, |(at, _)| floor + at);
    let run = &text[start..end];
    let is_code = |rest: &str| rest.chars().nth(1).is_some();
    let mut cut = LEADS.iter().filter_map(|lead| Some(run.rfind(lead)? + lead.len())).max().unwrap_or(0);
    let follows = text[floor..start].chars().next_back().is_some_and(|c| is_han(c) || c == '》' || c.is_ascii_digit());
    for (at, c) in run.char_indices().filter(|&(_, c)| SHORT_LEADS.contains(c)) {
        let behind = at + c.len_utf8();
        if (at > 0 || follows || !PLACES.contains(c)) && behind > cut && is_code(&run[behind..]) {
            cut = behind;
        }
    }
    start += cut;
    Span::new(start, end)
}

/// Whether words between a title and a year are a phrase and no code.
pub(super) fn speaks(words: &str) -> bool {
    words.contains(|c: char| SPEAKING.contains(c))
}

/// Whether a code has the end of those of official documents.
pub(super) fn is_official(code: &str) -> bool {
    let mut back = code.chars().rev();
    match (back.next(), back.next(), back.next()) {
        // 厅字 公通字 穗字: organs of the party and some ministries number by 字, as enforcement does.
        (Some('字'), Some('厅' | '通'), _) => true,
        (Some('字'), Some(c), None) => !ENFORCING.iter().any(|end| end.contains(c)),
        (Some(last), ..) => OFFICIAL.contains(last),
        _ => false,
    }
}

/// Whether a word may be the organ of an order.
pub(super) fn is_organ(word: &str) -> bool {
    word.chars().next_back().is_some_and(|c| ORGANS.contains(c))
}

/// What a number is by the code before its year. `is_plain`: it has neither 第 nor zeros before its serial.
pub(super) fn kind_of(code: &str, is_plain: bool) -> Kind {
    let ends = |words: &[&str]| words.iter().any(|word| code.ends_with(word));
    if code.ends_with('令') {
        Kind::Order
    } else if ends(&["公告", "通告"]) {
        Kind::Announcement
    } else if PROCURING.iter().any(|word| code.contains(word)) {
        Kind::Procurement
    } else if is_official(code) {
        Kind::Document
    } else if code.ends_with('字') || ends(&ENFORCING) {
        Kind::Enforcement
    } else if is_plain {
        Kind::Document
    } else {
        Kind::Other
    }
}

/// What a number is by the code behind its year; none where that is no code.
pub(super) fn kind_behind(code: &str, is_recent: IsRecent) -> Option<Kind> {
    let letters = || code.chars().filter(|c| is_han(*c));
    let staged = letters().next_back().is_some_and(|c| STAGES.contains(c));
    if is_recent == IsRecent::No {
        let coded = code.chars().all(is_han) && letters().nth(1).is_some();
        return (coded && (is_official(code) || code.ends_with('字'))).then_some(Kind::Historic);
    }
    if staged && letters().any(|c| PROCEDURES.contains(c)) {
        return Some(Kind::Case);
    }
    code.ends_with('字').then_some(Kind::Enforcement)
}

/// Whether a year is one in which numbers were written as now.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum IsRecent {
    /// From 2000 on, or no year at all.
    Yes,
    /// Two digits from 40 to 99, or a year of the last century.
    No,
}

impl IsRecent {
    /// Of the digits of a year.
    pub(super) fn of(digits: &str) -> Self {
        let value: u32 = digits.chars().map(crate::number::narrow).collect::<String>().parse().unwrap_or(0);
        let is_old = match digits.chars().count() {
            2 => value >= 40,
            4 => (1940..2000).contains(&value),
            _ => false,
        };
        if is_old { Self::No } else { Self::Yes }
    }
}
