//! Defects of the running text: a sentence more, or a sentence in other words.

use super::defect::{Defect, part_start};
use super::prose::FEE_RULES;
use super::report::{Piece, Report};

/// Writes a defect of the text; whether it is one.
pub(super) fn write(defect: Defect, report: &mut Report) -> bool {
    if let Some(sentence) = added(defect, report) {
        let before_next = part_start(report, "（四）") - 1;
        if let Piece::Paragraph(words) = &mut report.pieces[before_next] {
            words.push_str(&sentence);
        }
        return true;
    }
    let received = report.values.received();
    match defect {
        Defect::ReceivedDiffers => {
            let (said, says) = (
                format!("政府信息公开申请{received}件"),
                format!("政府信息公开申请{}件", 2 * received + report.values.carried_in() + 7),
            );
            change_sentence(report, &said, |sentence| sentence.replacen(&said, &says, 1))
        }
        Defect::NotReceived => {
            let said = format!("政府信息公开申请{received}件");
            let heading = "（二）依申请公开。";
            change_sentence(report, &said, |sentence| {
                let kept = if sentence.starts_with(heading) { heading } else { "" };
                format!("{kept}本年度未收到政府信息公开申请")
            })
        }
        Defect::NoLitigation => change_sentence(report, "因政府信息公开工作被", |_| {
            "未发生因政府信息公开工作被申请行政复议、提起行政诉讼的情况".to_owned()
        }),
        Defect::UndefinedAbbreviation => change_sentence(report, "（以下简称《条例》）", |sentence| {
            sentence.replace("（以下简称《条例》）", "")
        }),
        _ => false,
    }
}

/// Changes the first sentence that holds these words.
fn change_sentence(report: &mut Report, words: &str, change: impl Fn(&str) -> String) -> bool {
    for piece in &mut report.pieces {
        let Piece::Paragraph(text) = piece else {
            continue;
        };
        if !text.contains(words) {
            continue;
        }
        let sentences: Vec<String> = text
            .split('。')
            .map(|sentence| if sentence.contains(words) { change(sentence) } else { sentence.to_owned() })
            .collect();
        *text = sentences.join("。");
        return true;
    }
    false
}

/// The sentence that a defect adds to the end of （三）政府信息管理.
fn added(defect: Defect, report: &Report) -> Option<String> {
    let last_year = report.year - 1;
    let cited = |wrong: &str, right: &str| format!("认真落实{}。", FEE_RULES.replacen(right, wrong, 1));
    Some(match defect {
        Defect::NoFullStop => "确保信息发布准确、及时".to_owned(),
        Defect::ListSum => "全年发布政策解读12篇，包括文字解读5篇、图文解读4篇、视频解读2篇。".to_owned(),
        Defect::ListExceeds => "全年发布政策解读12篇，其中文字解读9篇，视频解读8篇。".to_owned(),
        Defect::OtherYear => {
            format!("本报告所列数据的统计期限为{last_year}年1月1日至{last_year}年12月31日。")
        }
        Defect::YearBracket => {
            let brackets = ["[2020]", "(2020)", "【2020】", "（2020）", "［2020］"];
            cited(brackets[(report.seed % 5) as usize], "〔2020〕")
        }
        Defect::NumberWithDi => cited("〔2020〕第109号", "〔2020〕109号"),
        Defect::LeadingZero => cited("〔2020〕0109号", "〔2020〕109号"),
        Defect::BlankInNumber => cited("〔2020〕109 号", "〔2020〕109号"),
        Defect::CodeAgainstOrgan => cited("《国务院关于", "《国务院办公厅关于"),
        Defect::InnerMarks => cited("（政府信息公开信息处理费管理办法）", "〈政府信息公开信息处理费管理办法〉"),
        Defect::InnerMarksMissing => cited("政府信息公开信息处理费管理办法的", "〈政府信息公开信息处理费管理办法〉的"),
        Defect::UnclosedMark => "组织学习《中华人民共和国保守国家秘密法，增强保密意识。".to_owned(),
        Defect::SetPhrase => "坚持以公开为原则、不公开为例外，主动接受群众监督。".to_owned(),
        Defect::FeeName => "信息公开处理费由专人登记，按季度核对。".to_owned(),
        Defect::Until => format!("截止{}年12月31日，各项任务全部完成。", report.year),
        Defect::OtherWord => "统筹做好其它信息的发布工作。".to_owned(),
        Defect::TraditionalCharacter => "持续改進信息发布流程，提高管理水平。".to_owned(),
        Defect::HalfWidthComma => "信息发布及时,内容完整准确。".to_owned(),
        Defect::HalfWidthBrackets => "完善公开目录(含事项清单)，并按季度更新。".to_owned(),
        Defect::BlankAtDigit => "全年组织集中检查 3 次，整改问题 5 个。".to_owned(),
        Defect::StraightQuotes => "严格执行\"三审三校\"制度，守牢安全底线。".to_owned(),
        Defect::RepeatedMark => "信息发布及时，，内容完整准确。".to_owned(),
        _ => return None,
    })
}
