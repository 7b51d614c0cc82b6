//! The official form's rows and columns, written down a second time: what the parser is proved against.
//!
//! Deliberately not read from `rules/forms/`, which the program under test reads.

/// The three tables of an annual report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TableName {
    /// Section 二.
    Disclosure,
    /// Section 三.
    Applications,
    /// Section 四.
    Litigation,
}

impl TableName {
    /// All three, in order.
    pub const ALL: [Self; 3] = [Self::Disclosure, Self::Applications, Self::Litigation];

    /// The short name that rules use.
    #[must_use]
    pub fn short(self) -> &'static str {
        match self {
            Self::Disclosure => "主动公开表",
            Self::Applications => "申请办理表",
            Self::Litigation => "复议诉讼表",
        }
    }
}

/// The labels from the outermost to the leaf, as the form writes them.
pub type Path = &'static [&'static str];

/// A band of table 2: a header row of its own and the rows below it.
#[derive(Clone, Copy, Debug)]
pub struct Band {
    /// The row above the column labels.
    pub label: &'static str,
    /// The column labels.
    pub columns: &'static [&'static str],
    /// The row labels.
    pub rows: &'static [&'static str],
}

/// The header of the label column in every band of table 2.
pub const CORNER: &str = "信息内容";

/// The note in the corner of table 3.
pub const NOTE: &str = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）";

/// The section titles in order, without their enumerators.
pub const SECTIONS: [&str; 6] = [
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
];

/// The titles of the five parts of section 一, without their enumerators.
pub const PARTS: [&str; 5] = ["主动公开", "依申请公开", "政府信息管理", "政府信息公开平台建设", "监督保障"];

/// Chinese numerals from one.
pub const NUMERALS: [&str; 8] = ["一", "二", "三", "四", "五", "六", "七", "八"];

/// The first year of the form of 2021.
pub const NEW_FORM: i32 = 2021;

const BANDS_2021: [Band; 4] = [
    Band {
        label: "第二十条第（一）项",
        columns: &["本年制发件数", "本年废止件数", "现行有效件数"],
        rows: &["规章", "行政规范性文件"],
    },
    Band { label: "第二十条第（五）项", columns: &["本年处理决定数量"], rows: &["行政许可"] },
    Band {
        label: "第二十条第（六）项", columns: &["本年处理决定数量"], rows: &["行政处罚", "行政强制"]
    },
    Band {
        label: "第二十条第（八）项", columns: &["本年收费金额（单位：万元）"], rows: &["行政事业性收费"]
    },
];

const BANDS_2019: [Band; 5] = [
    Band {
        label: "第二十条第（一）项",
        columns: &["本年新制作数量", "本年新公开数量", "对外公开总数量"],
        rows: &["规章", "规范性文件"],
    },
    Band {
        label: "第二十条第（五）项",
        columns: &["上一年项目数量", "本年增/减", "处理决定数量"],
        rows: &["行政许可", "其他对外管理服务事项"],
    },
    Band {
        label: "第二十条第（六）项",
        columns: &["上一年项目数量", "本年增/减", "处理决定数量"],
        rows: &["行政处罚", "行政强制"],
    },
    Band {
        label: "第二十条第（八）项", columns: &["上一年项目数量", "本年增/减"], rows: &["行政事业性收费"]
    },
    Band {
        label: "第二十条第（九）项", columns: &["采购项目数量", "采购总金额"], rows: &["政府集中采购"]
    },
];

/// The bands of table 2 in the form that reports for `year` need.
#[must_use]
pub fn bands(year: i32) -> &'static [Band] {
    if year >= NEW_FORM { &BANDS_2021 } else { &BANDS_2019 }
}

const RESULT: &str = "三、本年度办理结果";
const REFUSED: &str = "（三）不予公开";
const UNABLE: &str = "（四）无法提供";
const DECLINED: &str = "（五）不予处理";
const OTHER: &str = "（六）其他处理";

const ROWS_2021: [Path; 25] = [
    &["一、本年新收政府信息公开申请数量"],
    &["二、上年结转政府信息公开申请数量"],
    &[RESULT, "（一）予以公开"],
    &[RESULT, "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"],
    &[RESULT, REFUSED, "1.属于国家秘密"],
    &[RESULT, REFUSED, "2.其他法律行政法规禁止公开"],
    &[RESULT, REFUSED, "3.危及“三安全一稳定”"],
    &[RESULT, REFUSED, "4.保护第三方合法权益"],
    &[RESULT, REFUSED, "5.属于三类内部事务信息"],
    &[RESULT, REFUSED, "6.属于四类过程性信息"],
    &[RESULT, REFUSED, "7.属于行政执法案卷"],
    &[RESULT, REFUSED, "8.属于行政查询事项"],
    &[RESULT, UNABLE, "1.本机关不掌握相关政府信息"],
    &[RESULT, UNABLE, "2.没有现成信息需要另行制作"],
    &[RESULT, UNABLE, "3.补正后申请内容仍不明确"],
    &[RESULT, DECLINED, "1.信访举报投诉类申请"],
    &[RESULT, DECLINED, "2.重复申请"],
    &[RESULT, DECLINED, "3.要求提供公开出版物"],
    &[RESULT, DECLINED, "4.无正当理由大量反复申请"],
    &[RESULT, DECLINED, "5.要求行政机关确认或重新出具已获取信息"],
    &[RESULT, OTHER, "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"],
    &[RESULT, OTHER, "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"],
    &[RESULT, OTHER, "3.其他"],
    &[RESULT, "（七）总计"],
    &["四、结转下年度继续办理"],
];

const OTHER_2019: Path = &[RESULT, OTHER];

/// The rows of table 3 in the form that reports for `year` need: 25, or 23 in the form of 2019, where （六） is one row.
#[must_use]
pub fn application_rows(year: i32) -> Vec<Path> {
    if year >= NEW_FORM {
        return ROWS_2021.to_vec();
    }
    let mut rows = ROWS_2021.to_vec();
    rows.splice(20..23, [OTHER_2019]);
    rows
}

/// The columns of table 3.
pub const APPLICATION_COLUMNS: [Path; 7] = [
    &["申请人情况", "自然人"],
    &["申请人情况", "法人或其他组织", "商业企业"],
    &["申请人情况", "法人或其他组织", "科研机构"],
    &["申请人情况", "法人或其他组织", "社会公益组织"],
    &["申请人情况", "法人或其他组织", "法律服务机构"],
    &["申请人情况", "法人或其他组织", "其他"],
    &["申请人情况", "总计"],
];

/// The columns of table 4, five a block.
pub const LITIGATION_COLUMNS: [Path; 15] = [
    &["行政复议", "结果维持"],
    &["行政复议", "结果纠正"],
    &["行政复议", "其他结果"],
    &["行政复议", "尚未审结"],
    &["行政复议", "总计"],
    &["行政诉讼", "未经复议直接起诉", "结果维持"],
    &["行政诉讼", "未经复议直接起诉", "结果纠正"],
    &["行政诉讼", "未经复议直接起诉", "其他结果"],
    &["行政诉讼", "未经复议直接起诉", "尚未审结"],
    &["行政诉讼", "未经复议直接起诉", "总计"],
    &["行政诉讼", "复议后起诉", "结果维持"],
    &["行政诉讼", "复议后起诉", "结果纠正"],
    &["行政诉讼", "复议后起诉", "其他结果"],
    &["行政诉讼", "复议后起诉", "尚未审结"],
    &["行政诉讼", "复议后起诉", "总计"],
];

/// A label as this crate compares it: width, blanks, leading enumerator and trailing note off. Written apart from the
/// program's own folding, so that one proves the other.
#[must_use]
pub fn plain(label: &str) -> String {
    let narrow: String = label
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '（' => '(',
            '）' => ')',
            '，' => ',',
            '：' => ':',
            '．' => '.',
            other => other,
        })
        .collect();
    let mut rest = narrow.as_str();
    let digits = |s: &str| {
        s.chars()
            .take_while(|c| NUMERALS.concat().contains(*c) || c.is_ascii_digit())
            .map(char::len_utf8)
            .sum::<usize>()
    };
    if let Some(inside) = rest.strip_prefix('(') {
        let n = digits(inside);
        if n > 0 && inside[n..].starts_with(')') {
            rest = &inside[n + 1..];
        }
    } else {
        let n = digits(rest);
        if n > 0 && (rest[n..].starts_with('、') || rest[n..].starts_with('.')) {
            rest = rest[n..].trim_start_matches(['、', '.']);
        }
    }
    match rest.find('(') {
        Some(at) if at > 0 && rest.ends_with(')') => rest[..at].to_owned(),
        _ => rest.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_lose_what_does_not_count() {
        let cases = [
            ("一、本年新收政府信息公开申请数量", "本年新收政府信息公开申请数量"),
            ("(二) 部分公开 (区分处理的, 只计这一情形)", "部分公开"),
            ("1. 属于国家秘密", "属于国家秘密"),
            ("第二十条第（一）项", "第二十条第(一)项"),
            ("结果 维持", "结果维持"),
            ("本年收费金额（单位：万元）", "本年收费金额"),
        ];
        for (label, want) in cases {
            assert_eq!(plain(label), want);
        }
    }

    #[test]
    fn the_old_form_has_two_rows_fewer() {
        assert_eq!((application_rows(2021).len(), application_rows(2020).len()), (25, 23));
    }
}
