//! Comments that accept: `<!-- gouji-accept GW301, GW302: 原因 -->`, the whole comment and nothing else.
//!
//! Loose reading disarms rules that nobody meant, and strict reading without a word disarms what somebody meant. So
//! a comment that starts almost like one is told of, and any other comment is none.

use super::Grounds;
use crate::fault::{distance, nearest};
use crate::own;
use crate::ruleset::{RuleSet, is_code};
use gouji_core::number::narrow;
use std::sync::Arc;

/// The word that opens one.
const WORD: &str = "gouji-accept";

/// A comment that accepts, or means to.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Read {
    /// The codes that it accepts.
    pub(super) rules: Vec<String>,
    /// Why.
    pub(super) grounds: Arc<Grounds>,
    /// What is wrong with it, in Chinese and English.
    pub(super) slips: Vec<Slip>,
}

/// What is wrong, in Chinese and English.
pub(super) type Slip = (String, String);

/// Reads a comment with its marks; none where it has nothing to do with acceptance.
pub(super) fn read(comment: &str, rules: &RuleSet) -> Option<Read> {
    let inner = comment.strip_prefix("<!--")?;
    let closed = inner.strip_suffix("-->");
    let inner = closed.unwrap_or(inner).trim();
    let head = head(inner);
    if !is_near(head, inner) {
        return None;
    }
    let rest = &inner[head.len()..];
    let parsed = match (head, closed) {
        (_, None) => Err(slip("注释没有以 --> 结束", "the comment is not closed by -->")),
        (WORD, _) => parse(rest),
        _ => Err(slip(format!("“{head}”要写成 {WORD}"), format!("`{head}` is to be {WORD}"))),
    };
    let grounds = |reason: &str| Arc::new(Grounds { reason: reason.to_owned(), by: None, until: None });
    Some(match parsed {
        Err(slip) => Read { rules: Vec::new(), grounds: grounds("-"), slips: vec![slip] },
        Ok((codes, reason)) => {
            let slips = codes.iter().filter_map(|code| check(code, rules)).collect();
            let known = codes.into_iter().filter(|code| check(code, rules).is_none()).collect();
            Read { rules: known, grounds: grounds(&reason), slips }
        }
    })
}

fn slip(zh: impl Into<String>, en: impl Into<String>) -> Slip {
    (zh.into(), en.into())
}

/// The first word: letters, digits and dashes of any width.
fn head(inner: &str) -> &str {
    let end = inner.find(|c: char| !(narrow(c).is_ascii_alphanumeric() || is_dash(c))).unwrap_or(inner.len());
    &inner[..end]
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '_' | '—' | '–' | '‐' | '－' | '＿')
}

/// Whether a comment starts like one that accepts.
fn is_near(head: &str, inner: &str) -> bool {
    let plain = |word: &str| -> String {
        word.chars().map(|c| if is_dash(c) { '-' } else { narrow(c).to_ascii_lowercase() }).collect()
    };
    let next = self::head(inner[head.len()..].trim_start());
    let (head, next) = (plain(head), plain(next));
    head.starts_with("gouji-")
        || distance(&head, WORD) <= WORD.len() / 4
        || (distance(&head, "gouji") <= 1 && distance(&next, "accept") <= 2)
}

/// Codes and reason.
fn parse(rest: &str) -> Result<(Vec<String>, String), Slip> {
    let Some((codes, reason)) = rest.split_once([':', '：']) else {
        return Err(slip("规则编号后缺少冒号和原因", "a colon and the reason are missing behind the code"));
    };
    if codes.trim().is_empty() {
        return Err(slip("缺少规则编号", "the code of a rule is missing"));
    }
    let codes: Vec<String> = codes.split([',', '，', '、']).map(|code| code.trim().to_owned()).collect();
    if let Some(wrong) = codes.iter().find(|code| !is_code(code)) {
        return Err(slip(format!("“{wrong}”不是规则编号"), format!("`{wrong}` is no code of a rule")));
    }
    let reason: Vec<&str> = reason.split_whitespace().collect();
    if reason.is_empty() {
        return Err(slip("缺少原因", "the reason is missing"));
    }
    Ok((codes, reason.join(" ")))
}

/// What is wrong with a code; none where it is a rule's.
fn check(code: &str, rules: &RuleSet) -> Option<Slip> {
    if own::is_own(code) {
        return Some(slip(format!("{code} 不能接受"), format!("{code} can not be accepted")));
    }
    if rules.knows(code) {
        return None;
    }
    Some(match nearest(code, rules.codes()) {
        Some(near) => {
            slip(format!("没有规则 {code}，是不是 {near}？"), format!("there is no rule {code}; did you mean {near}?"))
        }
        None => slip(format!("没有规则 {code}"), format!("there is no rule {code}")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a comment comes to when no rule is known: its reason, or the first thing wrong with it.
    fn told(comment: &str) -> Option<String> {
        let read = read(comment, &RuleSet::default())?;
        Some(read.slips.first().map_or_else(|| read.grounds.reason.clone(), |(zh, _)| zh.clone()))
    }

    #[test]
    fn only_the_whole_grammar_accepts_and_slips_are_told() {
        for (comment, wanted) in [
            ("<!-- gouji-accept GW301: 原文如此 -->", Some("没有规则 GW301")),
            ("<!--gouji-accept GW301，GW302：原文\n如此-->", Some("没有规则 GW301")),
            ("<!-- gouji-accept GW301 原文如此 -->", Some("冒号")),
            ("<!-- gouji-accept GW301: -->", Some("缺少原因")),
            ("<!-- gouji-accept: 原因 -->", Some("缺少规则编号")),
            ("<!-- gouji-accept gw301: 原因 -->", Some("“gw301”不是规则编号")),
            ("<!-- gouji-accept GW3: 原因 -->", Some("“GW3”不是规则编号")),
            ("<!-- gouji-accept XT001: 原因 -->", Some("不能接受")),
            ("<!-- gouji-accept GW301: 原因", Some("没有以 --> 结束")),
            ("<!-- gouji-acept GW301: 原因 -->", Some("“gouji-acept”要写成")),
            ("<!-- gouji-ignore GW301: 原因 -->", Some("要写成")),
            ("<!-- Gouji_Accept GW301: 原因 -->", Some("要写成")),
            ("<!-- gouji－accept GW301: 原因 -->", Some("要写成")),
            ("<!-- gouji accept GW301: 原因 -->", Some("要写成")),
            ("<!-- guoji-accept GW301: 原因 -->", Some("要写成")),
            ("<!-- 说明：用 gouji-accept GW301: 原因 接受 -->", None),
            ("<!-- gouji 已检查 -->", None),
            ("<!-- accepted by the office -->", None),
            ("<!-- -->", None),
        ] {
            let told = told(comment);
            match wanted {
                None => assert_eq!(told, None, "{comment}"),
                Some(words) => assert!(told.as_ref().is_some_and(|told| told.contains(words)), "{comment}: {told:?}"),
            }
        }
    }
}
