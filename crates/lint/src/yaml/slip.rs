//! What the YAML library could not read, said as the slip that an author made.

use super::{ErrorKind, ScanError, clamp};
use crate::fault::Fault;
use gouji_core::text::Span;

/// What is wrong, in Chinese and in English.
type Words = (String, String);

/// The fault of a document that is no YAML.
pub(super) fn fault(source: &str, error: &ScanError) -> Fault {
    let at = error.marker().byte_offset().unwrap_or(0);
    let at = clamp(source, at, at).start;
    let (span, (zh, en)) = control(source, at)
        .or_else(|| quote(source, at, error.kind()))
        .or_else(|| key(source, at, error.kind()))
        .unwrap_or_else(|| (char_at(source, at), (plain(error.kind()).to_owned(), error.info().to_owned())));
    Fault::new(span, format!("YAML 语法有误：{zh}"), format!("bad YAML: {en}"))
}

/// The place of a character; of nothing where it is a blank.
fn char_at(source: &str, at: usize) -> Span {
    let len = source[at..].chars().next().filter(|c| !c.is_whitespace()).map_or(0, char::len_utf8);
    Span::new(at, at + len)
}

/// A character that no editor shows; the library may stop at the start of the value that holds it.
fn control(source: &str, at: usize) -> Option<(Span, Words)> {
    let line = source[at..].split('\n').next().unwrap_or_default();
    let (found, c) = line.char_indices().find(|(_, c)| c.is_control() && !c.is_whitespace())?;
    let at = at + found;
    let code = format!("U+{:04X}", u32::from(c));
    let words =
        (format!("这里有看不见的控制字符（{code}），要删去"), format!("a control character ({code}) stands here"));
    Some((char_at(source, at), words))
}

/// A quotation mark that is not closed is told of where it is opened; the library stops at a later line.
fn quote(source: &str, at: usize, kind: &ErrorKind) -> Option<(Span, Words)> {
    let is_open = matches!(
        kind,
        ErrorKind::UnclosedQuotedScalar
            | ErrorKind::InvalidQuotedScalarIndent
            | ErrorKind::DocumentIndicatorInQuotedScalar
    );
    let opens = |&(at, _): &(usize, &str)| {
        source[..at].chars().next_back().is_none_or(|c| c.is_whitespace() || matches!(c, '[' | '{' | ','))
    };
    let (open, _) = source[..at].rmatch_indices(['"', '\'']).find(opens).filter(|_| is_open)?;
    Some((char_at(source, open), words("引号没有闭合；引号里换行的，下一行要缩进", "the quotation mark is not closed")))
}

/// Where the library waits for a key, the line tells what went wrong.
fn key(source: &str, at: usize, kind: &ErrorKind) -> Option<(Span, Words)> {
    if !matches!(kind, ErrorKind::SimpleKeyExpected | ErrorKind::ExpectedBlockMappingKey) {
        return None;
    }
    let start = source[..at].rfind('\n').map_or(0, |found| found + 1);
    let line = source[start..].lines().next().unwrap_or_default();
    let indent = line.len() - line.trim_start_matches(' ').len();
    let before = line[..at - start].trim_end();
    let found = |text: &str| line.find(text).map(|found| char_span(start + found, text));
    if let Some(blank) = line.find("\u{a0}").filter(|_| !line.contains(": ")) {
        let span = Span::new(start + blank, start + blank + "\u{a0}".len());
        return Some((span, words("这是不换行空格，要换成普通空格", "a no-break space; write an ordinary one")));
    }
    if before.ends_with([']', '}']) {
        let open = line.find(['[', '{']).unwrap_or(indent);
        let said = words(
            "括号后还有内容：以 [ 或 { 开头的文字要整个加引号",
            "text behind the bracket: quote a text that starts with `[` or `{`",
        );
        return Some((Span::new(start + open, start + line.trim_end().len()), said));
    }
    if let Some(owner) = block_above(&source[..start], indent).filter(|_| before.is_empty()) {
        let said = (
            format!("这一行没有缩进，不属于“{owner}”；里面的每一行都要缩进"),
            format!("this line is not indented, so it is not of `{owner}`; indent every line of it"),
        );
        return Some((char_at(source, at), said));
    }
    if let Some(colon) = found("：").filter(|_| !line.contains(": ")) {
        return Some((
            colon,
            words("冒号要用半角，后面有空格", "the colon must be an ASCII one with a blank behind it"),
        ));
    }
    if before.is_empty() && line.contains(':') && indent > 0 {
        return Some((
            char_at(source, at),
            words("缩进有误：同一层的键要左对齐", "bad indentation: keys of one map line up"),
        ));
    }
    None
}

fn char_span(start: usize, text: &str) -> Span {
    Span::new(start, start + text.len())
}

/// The line of the block text (`script: |`) that a line with this indentation has just ended.
fn block_above(above: &str, indent: usize) -> Option<&str> {
    let indent_of = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let mut lines = above.lines().rev().filter(|line| !line.trim().is_empty());
    let head = lines.find(|line| indent_of(line) <= indent)?.trim();
    let (_, mark) = head.rsplit_once(' ')?;
    mark.starts_with(['|', '>']).then_some(head)
}

fn words(zh: &str, en: &str) -> Words {
    (zh.to_owned(), en.to_owned())
}

/// What the library says, in Chinese.
fn plain(kind: &ErrorKind) -> &'static str {
    match kind {
        ErrorKind::SimpleKeyExpected | ErrorKind::ExpectedBlockMappingKey => "这里要写“键: 值”，冒号后有空格",
        ErrorKind::MappingValueNotAllowed => "这里不能出现“: ”，含冒号和空格的内容要加引号",
        ErrorKind::InvalidColonPlacement => "这里不能出现冒号，可能是前面的 [ 或 { 没有闭合",
        ErrorKind::ExpectedFlowMappingSeparator => "花括号里各项之间要用半角逗号，含逗号的内容要加引号",
        ErrorKind::ExpectedFlowSequenceSeparator => "方括号里各项之间要用半角逗号，含逗号的内容要加引号",
        ErrorKind::ExpectedBlockSequenceEntry => "上面是列表，这里却没有“- ”：各项都要以“- ”开头，或把上面的“- ”去掉",
        ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofImplicitFlowMapping
        | ErrorKind::MismatchedFlowCollectionEnd { .. } => "括号没有闭合",
        ErrorKind::MisplacedFlowCollectionEnd => "多了一个右括号",
        ErrorKind::UnclosedQuotedScalar => "引号没有闭合",
        ErrorKind::InvalidTrailingSingleQuotedScalar | ErrorKind::InvalidTrailingDoubleQuotedScalar => {
            "引号后还有内容：整个值都要在引号里"
        }
        ErrorKind::UnknownQuotedScalarEscape
        | ErrorKind::InvalidQuotedScalarHexEscape
        | ErrorKind::InvalidUnicodeEscape => "双引号里有不认识的转义，改用单引号",
        ErrorKind::InvalidIndentation
        | ErrorKind::InvalidBlockScalarIndent
        | ErrorKind::InvalidFlowScalarIndent
        | ErrorKind::BlockSequenceEntryNotAllowed => "缩进有误",
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabAtBlockScalarStart
        | ErrorKind::TabInPlainScalar => "缩进要用空格，不能用制表符",
        ErrorKind::UnexpectedCharacter { .. } => "这个字符不能在值的开头，要加引号",
        ErrorKind::InvalidBlockScalarHeader | ErrorKind::ZeroBlockScalarIndent => {
            "以 | 或 > 开头的文字要加引号；要写多行文字，| 后就换行"
        }
        ErrorKind::MappingKeyNotAllowed => "以 ? 开头的内容要加引号",
        ErrorKind::BlockEntryInFlowCollection | ErrorKind::PlainScalarStartsWithDashFlowIndicator => {
            "括号里不能用“- ”，以 - 开头的内容要加引号"
        }
        ErrorKind::DirectiveDisallowed => "以 % 开头的内容要加引号",
        ErrorKind::ExpectedTagBang
        | ErrorKind::InvalidGlobalTagCharacter
        | ErrorKind::InvalidTagTerminator
        | ErrorKind::InvalidTagEscape
        | ErrorKind::MissingTagUri
        | ErrorKind::UnclosedVerbatimTag
        | ErrorKind::UndeclaredTagHandle => "以 ! 开头的内容要加引号",
        ErrorKind::MissingAnchorOrAliasName => "以 & 或 * 开头的内容要加引号",
        ErrorKind::RecursionLimitExceeded => "嵌套过深",
        _ => "这里不合 YAML 的写法",
    }
}
