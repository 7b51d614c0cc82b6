//! The library's errors in our words, with their place in the script.

use super::room;
use crate::fault::{Fault, nearest};
use gouji_core::text::Span;
use rhai::{Dynamic, EvalAltResult, LexError, ParseError, ParseErrorType, Position};
use std::collections::BTreeSet;

/// Words that the room does not have, whatever the library has for them. `this` is a variable whose reading could not be
/// charged.
pub(super) const FORBIDDEN: [&str; 5] = ["eval", "import", "export", "print", "this"];

/// What a host function refuses to do, in Chinese and English.
#[derive(Clone, Debug)]
pub(super) struct Refusal {
    pub(super) zh: String,
    pub(super) en: String,
}

/// Why a script can not judge: a number that it needs is not there. Not a fault of the rule.
#[derive(Clone, Debug)]
pub(super) struct Gap {
    pub(super) zh: String,
    pub(super) en: String,
}

/// What host functions give.
pub(super) type Hosted<T> = Result<T, Box<EvalAltResult>>;

/// The error of a host function.
pub(super) fn refuse<T>(zh: impl Into<String>, en: impl Into<String>) -> Hosted<T> {
    raise(Refusal { zh: zh.into(), en: en.into() })
}

/// The end of a script that needs a number where there is none.
pub(super) fn gap<T>(zh: impl Into<String>, en: impl Into<String>) -> Hosted<T> {
    raise(Gap { zh: zh.into(), en: en.into() })
}

/// Ends the script with a value of ours.
pub(super) fn raise<T>(why: impl Clone + Send + Sync + 'static) -> Hosted<T> {
    Err(EvalAltResult::ErrorRuntime(Dynamic::from(why), Position::NONE).into())
}

/// The gap that ended a script, if it was one.
pub(super) fn gap_of(error: &EvalAltResult) -> Option<Gap> {
    match error {
        EvalAltResult::ErrorInFunctionCall(_, _, inner, _) => gap_of(inner),
        EvalAltResult::ErrorRuntime(value, _) => value.clone().try_cast::<Gap>(),
        _ => None,
    }
}

/// The nearest name as a question behind a message, in both languages; nothing where none is near.
pub(super) fn did_you_mean(near: Option<&str>) -> (String, String) {
    near.map_or_else(Default::default, |near| (format!("，是不是“{near}”？"), format!(", did you mean `{near}`?")))
}

/// The word at a position of the script; the end of the text where there is none.
pub(super) fn word_at(source: &str, position: Position) -> Span {
    let Some(line) = position.line() else { return Span::new(0, source.len().min(first_line(source))) };
    let start: usize = source.split('\n').take(line - 1).map(|line| line.len() + 1).sum();
    let start = start.min(source.len());
    let text = source[start..].split('\n').next().unwrap_or_default();
    let skip = position.position().map_or(0, |column| column.saturating_sub(1));
    let from = start + text.char_indices().nth(skip).map_or(text.len(), |(at, _)| at);
    let rest = &source[from..start + text.len()];
    let word = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    let len = if word == 0 { rest.chars().next().map_or(0, char::len_utf8) } else { word };
    Span::new(from, from + len)
}

fn first_line(source: &str) -> usize {
    source.find('\n').unwrap_or(source.len())
}

/// Why a script could not be parsed.
pub(super) fn parse(source: &str, error: &ParseError) -> Fault {
    let span = word_at(source, error.position());
    let (zh, en) = match error.err_type() {
        ParseErrorType::VariableUndefined(name) => {
            (format!("没有变量“{name}”"), format!("there is no variable `{name}`"))
        }
        ParseErrorType::MissingToken(token, _) => (format!("缺少“{token}”"), format!("`{token}` is missing")),
        ParseErrorType::UnexpectedEOF => ("脚本没有写完".to_owned(), "the script ends early".to_owned()),
        ParseErrorType::BadInput(LexError::UnexpectedInput(token)) => {
            (format!("不该有“{token}”"), format!("unexpected `{token}`"))
        }
        ParseErrorType::BadInput(LexError::UnterminatedString) => {
            ("引号没有闭合".to_owned(), "a string is not closed".to_owned())
        }
        ParseErrorType::BadInput(LexError::ImproperSymbol(token, _)) if FORBIDDEN.contains(&token.as_str()) => {
            (format!("不能用“{token}”"), format!("`{token}` can not be used in a script"))
        }
        ParseErrorType::BadInput(LexError::ImproperSymbol(token, _)) => {
            (format!("“{token}”不能用在这里"), format!("`{token}` can not be used here"))
        }
        ParseErrorType::AssignmentToConstant(name) => {
            (format!("“{name}”是常量，不能赋值"), format!("`{name}` is a constant and can not be assigned to"))
        }
        ParseErrorType::Reserved(name) if FORBIDDEN.contains(&name.as_str()) => {
            (format!("不能用“{name}”"), format!("`{name}` can not be used in a script"))
        }
        ParseErrorType::Reserved(name) => (format!("“{name}”是保留的词"), format!("`{name}` is a reserved word")),
        ParseErrorType::ExprTooDeep => {
            let (body, function) = room::DEPTHS;
            (
                format!("嵌套太深，最多 {body} 层，函数里最多 {function} 层"),
                format!("nested too deep: {body} levels at most, {function} in a function"),
            )
        }
        ParseErrorType::TooManyFunctions => {
            (format!("函数超过 {} 个", room::FUNCTIONS), format!("more than {} functions", room::FUNCTIONS))
        }
        ParseErrorType::LoopBreak => {
            ("break 和 continue 只能用在循环里".to_owned(), "break outside of a loop".to_owned())
        }
        other => (format!("语法有误（{other}）"), other.to_string()),
    };
    Fault::new(span, format!("脚本有误：{zh}"), format!("bad script: {en}"))
}

/// Why a script failed, and where in it.
pub(super) fn run(source: &str, error: &EvalAltResult, functions: &BTreeSet<String>) -> Fault {
    if let EvalAltResult::ErrorInFunctionCall(_, _, inner, _) = error {
        return run(source, inner, functions);
    }
    let span = word_at(source, error.position());
    let (zh, en) = match error {
        EvalAltResult::ErrorRuntime(value, _) => match value.clone().try_cast::<Refusal>() {
            Some(refusal) => (refusal.zh, refusal.en),
            None => (format!("脚本抛出：{value}"), format!("the script threw: {value}")),
        },
        EvalAltResult::ErrorTooManyOperations(_) => (
            format!("运算超过 {} 步，可能有停不下来的循环", room::OPERATIONS),
            format!("more than {} operations: a loop may never end", room::OPERATIONS),
        ),
        EvalAltResult::ErrorStackOverflow(_) => {
            (format!("函数调用超过 {} 层", room::CALLS), format!("function calls nest deeper than {}", room::CALLS))
        }
        EvalAltResult::ErrorDataTooLarge(what, _) => too_large(what),
        EvalAltResult::ErrorTooManyVariables(_) => {
            (format!("变量超过 {} 个", room::VARIABLES), format!("more than {} variables", room::VARIABLES))
        }
        EvalAltResult::ErrorAssignmentToConstant(name, _) => {
            (format!("“{name}”不能改"), format!("`{name}` can not be changed"))
        }
        EvalAltResult::ErrorDataRace(_, _) => {
            ("一个值不能放进它自己里面".to_owned(), "a value can not be put into itself".to_owned())
        }
        EvalAltResult::ErrorVariableNotFound(name, _) => {
            (format!("没有变量“{name}”"), format!("there is no variable `{name}`"))
        }
        EvalAltResult::ErrorIndexNotFound(key, _) => (format!("没有键“{key}”"), format!("there is no key `{key}`")),
        EvalAltResult::ErrorFunctionNotFound(call, _) => no_function(call, functions),
        EvalAltResult::ErrorPropertyNotFound(name, _) => no_property(name, functions),
        EvalAltResult::ErrorDotExpr(why, _) => no_property(why.split('\'').nth(1).unwrap_or(why), functions),
        EvalAltResult::ErrorArrayBounds(len, at, _) => {
            (format!("下标 {at} 超出数组（共 {len} 项）"), format!("index {at} is outside of an array of {len}"))
        }
        EvalAltResult::ErrorStringBounds(len, at, _) => {
            (format!("下标 {at} 超出文字（共 {len} 字）"), format!("index {at} is outside of a text of {len}"))
        }
        EvalAltResult::ErrorMismatchDataType(wanted, given, _) => {
            (format!("这里要 {wanted}，得到的是 {given}"), format!("{wanted} is needed here, not {given}"))
        }
        EvalAltResult::ErrorArithmetic(why, _) => {
            (format!("算术有误：{}", arithmetic(why)), format!("bad arithmetic: {why}"))
        }
        other => (other.to_string(), other.to_string()),
    };
    Fault::new(span, format!("脚本运行出错：{zh}"), format!("the script failed: {en}"))
}

/// The names of properties among those of functions.
pub(super) fn properties(functions: &BTreeSet<String>) -> impl Iterator<Item = &str> {
    functions.iter().filter_map(|name| name.strip_prefix("get$"))
}

/// The names of functions that a script can write.
pub(super) fn callable(functions: &BTreeSet<String>) -> impl Iterator<Item = &str> {
    functions
        .iter()
        .map(String::as_str)
        .filter(|name| name.starts_with(char::is_alphabetic) && !name.contains(['$', ' ']))
}

fn no_property(name: &str, functions: &BTreeSet<String>) -> (String, String) {
    let (zh, en) = did_you_mean(nearest(name, properties(functions)).filter(|near| *near != name));
    (format!("没有属性“{name}”{zh}"), format!("there is no property `{name}`{en}"))
}

/// `call` is the name and the types it was called with: `slice (Text, i64)`.
fn no_function(call: &str, functions: &BTreeSet<String>) -> (String, String) {
    let name = call.split([' ', '(']).next().unwrap_or(call);
    if functions.contains(name) {
        let of = call.strip_prefix(name).unwrap_or_default().trim();
        return (format!("“{name}”不能这样用：{of}"), format!("`{name}` does not go with {of}"));
    }
    let (zh, en) = did_you_mean(nearest(name, callable(functions)));
    (format!("没有函数“{name}”{zh}"), format!("there is no function `{name}`{en}"))
}

/// Which limit of size was reached.
fn too_large(what: &str) -> (String, String) {
    if what.starts_with("Length of string") {
        ("文字超过 1 MiB".to_owned(), "a text is longer than 1 MiB".to_owned())
    } else if what.starts_with("Size of array") {
        (format!("数组超过 {} 项", room::ARRAY), format!("an array has more than {} items", room::ARRAY))
    } else {
        (format!("映射超过 {} 个键", room::MAP), format!("a map has more than {} keys", room::MAP))
    }
}

/// The library's words for what can not be computed, in Chinese where they are known.
fn arithmetic(english: &str) -> String {
    let (what, numbers) = english.split_once(": ").unwrap_or((english, ""));
    let what = match what {
        "Division by zero" | "Modulo division by zero" => "除数为 0",
        _ if what.contains("overflow") => "结果太大",
        _ => return english.to_owned(),
    };
    if numbers.is_empty() { what.to_owned() } else { format!("{what}（{numbers}）") }
}
