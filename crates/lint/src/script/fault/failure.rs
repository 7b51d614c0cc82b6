//! Why a script failed while it ran.

use super::{Refusal, did_you_mean, word_at};
use crate::fault::{Fault, nearest};
use crate::script::room;
use crate::script::vocabulary::{Members, Vocabulary};
use rhai::EvalAltResult;
use std::collections::BTreeSet;

/// What is wrong, in Chinese and English.
type Told = (String, String);

/// Why a script failed, and where in it.
pub(in crate::script) fn failure(source: &str, error: &EvalAltResult, known: &Vocabulary) -> Fault {
    if let EvalAltResult::ErrorInFunctionCall(_, _, inner, _) = error {
        return failure(source, inner, known);
    }
    let span = word_at(source, error.position());
    let (zh, en) = limit(error).unwrap_or_else(|| told(error, known));
    Fault::new(span, format!("脚本运行出错：{zh}"), format!("the script failed: {en}"))
}

/// Which limit a script reached.
fn limit(error: &EvalAltResult) -> Option<Told> {
    Some(match error {
        EvalAltResult::ErrorTooManyOperations(_) | EvalAltResult::ErrorTerminated(..) => (
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
        _ => return None,
    })
}

/// Which limit of size was reached.
fn too_large(what: &str) -> Told {
    if what.starts_with("Length of string") {
        ("文字超过 1 MiB".to_owned(), "a text is longer than 1 MiB".to_owned())
    } else if what.starts_with("Size of array") {
        (format!("数组超过 {} 项", room::ARRAY), format!("an array has more than {} items", room::ARRAY))
    } else {
        (format!("映射超过 {} 个键", room::MAP), format!("a map has more than {} keys", room::MAP))
    }
}

/// What is wrong in a script that reached no limit.
fn told(error: &EvalAltResult, known: &Vocabulary) -> Told {
    let plain = |zh: &str, en: &str| (zh.to_owned(), en.to_owned());
    match error {
        EvalAltResult::ErrorRuntime(value, _) => match value.clone().try_cast::<Refusal>() {
            Some(refusal) => (refusal.zh, refusal.en),
            None => (format!("脚本抛出：{value}"), format!("the script threw: {value}")),
        },
        EvalAltResult::ErrorAssignmentToConstant(name, _) => {
            (format!("“{name}”不能改"), format!("`{name}` can not be changed"))
        }
        EvalAltResult::ErrorNonPureMethodCallOnConstant(..) => plain("常量不能改", "a constant can not be changed"),
        EvalAltResult::ErrorDataRace(_, _) => plain("一个值不能放进它自己里面", "a value can not be put into itself"),
        EvalAltResult::ErrorVariableNotFound(name, _) => {
            (format!("没有变量“{name}”"), format!("there is no variable `{name}`"))
        }
        EvalAltResult::ErrorIndexNotFound(key, _) => (format!("没有键“{key}”"), format!("there is no key `{key}`")),
        EvalAltResult::ErrorFunctionNotFound(call, _) => no_function(call, known),
        EvalAltResult::ErrorPropertyNotFound(name, _) => {
            (format!("这个映射里没有键“{name}”"), format!("this map has no key `{name}`"))
        }
        EvalAltResult::ErrorDotExpr(why, _) => no_property(why, known),
        EvalAltResult::ErrorIndexingType(kind, _) => no_index(kind),
        EvalAltResult::ErrorFor(_) => plain(
            "for 要有数组或范围，如 0..3、doc.find(…)",
            "`for` needs an array or a range, such as 0..3 or doc.find(…)",
        ),
        EvalAltResult::ErrorArrayBounds(len, at, _) => outside(*len, *at, ("数组", "项", "an array")),
        EvalAltResult::ErrorStringBounds(len, at, _) => outside(*len, *at, ("文字", "字", "a text")),
        EvalAltResult::ErrorMismatchDataType(wanted, given, _) => mismatch(wanted, given),
        EvalAltResult::ErrorArithmetic(why, _) => {
            let (zh, en) = arithmetic(why);
            (format!("算术有误：{zh}"), format!("bad arithmetic: {en}"))
        }
        other => (other.to_string(), other.to_string()),
    }
}

fn outside(len: usize, at: i64, (zh, item, en): (&str, &str, &str)) -> Told {
    if len == 0 {
        return (format!("下标 {at} 超出{zh}：它是空的"), format!("index {at} is outside of {en} that is empty"));
    }
    let last = len - 1;
    (
        format!("下标 {at} 超出{zh}：共 {len} {item}，下标从 0 到 {last}"),
        format!("index {at} is outside of {en} of {len}: indexes go from 0 to {last}"),
    )
}

/// `why` is in the library's words: `Unknown property 'x' - a getter is not registered for type 'Match'`.
fn no_property(why: &str, known: &Vocabulary) -> Told {
    let mut quoted = why.split('\'').skip(1).step_by(2);
    let (name, of) = (quoted.next().unwrap_or(why), quoted.next().unwrap_or_default());
    if of == "()" {
        return nothing(&format!("“{name}”前面"), &format!("before `.{name}`"));
    }
    if why.starts_with("No writable property") {
        return (format!("“{name}”只能读，不能改"), format!("`{name}` can be read only"));
    }
    let (kind_zh, kind_en) = kind(of);
    let members = known.members(of);
    let kind_zh = if members.is_some() { format!("{kind_zh} ") } else { kind_zh };
    if members.is_some_and(|members| members.counts(name).is_some()) {
        return (format!("“{name}”后面要有括号：{name}(…)"), format!("`{name}` needs brackets: {name}(…)"));
    }
    let (zh, en) = did_you_mean(members.and_then(|members| members.nearest_property(name)));
    (format!("{kind_zh}没有属性“{name}”{zh}"), format!("{kind_en} has no property `{name}`{en}"))
}

/// What can not be indexed: the library names it, or the call of an indexer.
fn no_index(of: &str) -> Told {
    let of = of.split(' ').next().unwrap_or(of);
    if of == "()" {
        return nothing("方括号前面", "before the brackets");
    }
    let (zh, en) = kind(of);
    (format!("{zh}不能用方括号取"), format!("{en} can not be indexed"))
}

/// `call` is the name and the types of what it was called with: `slice (Text, i64)`.
fn no_function(call: &str, known: &Vocabulary) -> Told {
    let (name, given) = call.split_once(" (").unwrap_or((call, ")"));
    let given = given.strip_suffix(')').unwrap_or(given);
    let given: Vec<&str> = if given.is_empty() { Vec::new() } else { given.split(", ").collect() };
    let is_operator = !name.starts_with(|c: char| c.is_alphabetic() || c == '_');
    if name.starts_with("anon$") {
        let n = given.len();
        return (format!("这个函数的参数不是 {n} 个"), format!("this function does not take {n} values"));
    }
    if let Some(at) = given.iter().position(|kind| *kind == "()") {
        return match (is_operator, at) {
            (true, 0) => nothing(&format!("“{name}”左边"), &format!("left of `{name}`")),
            (true, _) => nothing(&format!("“{name}”右边"), &format!("right of `{name}`")),
            (false, 0) => nothing(&format!("“{name}”前面"), &format!("before `{name}`")),
            (false, _) => nothing(&format!("给“{name}”的"), &format!("among what `{name}` is given")),
        };
    }
    if is_operator {
        let kinds = kinds(&given);
        return (format!("“{name}”不能用于：{}", kinds.0), format!("`{name}` does not go with {}", kinds.1));
    }
    match given.split_first().and_then(|(of, rest)| Some((*of, rest, known.members(of)?))) {
        Some((of, rest, members)) => no_method(name, of, rest, members),
        None => bad_call(name, &given, known),
    }
}

/// A handle that has no such method, or has it otherwise.
fn no_method(name: &str, of: &str, given: &[&str], members: Members<'_>) -> Told {
    let Some(counts) = members.counts(name) else {
        if members.has_property(name) {
            return (format!("“{name}”是属性，后面不写括号"), format!("`{name}` is a property: no brackets"));
        }
        let (zh, en) = did_you_mean(members.nearest_function(name));
        return (format!("{of} 没有方法“{name}”{zh}"), format!("{of} has no method `{name}`{en}"));
    };
    let counts: BTreeSet<usize> = counts.iter().map(|count| count - 1).collect();
    if counts.contains(&given.len()) { bad_values(name, given) } else { bad_count(name, given.len(), counts) }
}

/// A function that is no handle's.
fn bad_call(name: &str, given: &[&str], known: &Vocabulary) -> Told {
    match known.counts(name) {
        Some(counts) if counts.contains(&given.len()) => bad_values(name, given),
        Some(counts) => bad_count(name, given.len(), counts.iter().copied()),
        None => {
            let (zh, en) = did_you_mean(nearest(name, known.functions()));
            (format!("没有函数“{name}”{zh}"), format!("there is no function `{name}`{en}"))
        }
    }
}

fn bad_values(name: &str, given: &[&str]) -> Told {
    let (zh, en) = kinds(given);
    (format!("“{name}”的参数不能是：{zh}"), format!("`{name}` does not take {en}"))
}

/// A function called with another number of values than it takes.
pub(in crate::script) fn bad_count(name: &str, given: usize, counts: impl IntoIterator<Item = usize>) -> Told {
    let words: Vec<String> = counts.into_iter().map(|count| count.to_string()).collect();
    let (zh, en) = (words.join(" 或 "), words.join(" or "));
    let values = if en == "1" { "value" } else { "values" };
    (format!("“{name}”要 {zh} 个参数，这里是 {given} 个"), format!("`{name}` takes {en} {values}, not {given}"))
}

/// A value that is not there; `()` comes from what may be absent.
fn nothing(zh: &str, en: &str) -> Told {
    (
        format!("{zh}没有值，是 ()：先用 if x != () {{ … }} 判断"),
        format!("there is nothing {en}, but (): test with if x != () {{ … }} first"),
    )
}

fn mismatch(wanted: &str, given: &str) -> Told {
    let (given_zh, given_en) = kind(given);
    if wanted == "bool" {
        return (
            format!("条件要是真假，这里是{given_zh}：写成比较，如 x > 1、x != ()、x.len > 0"),
            format!(
                "a condition is true or false, not {given_en}: write a comparison such as x > 1, x != () or x.len > 0"
            ),
        );
    }
    let (zh, en) = kind(wanted);
    (format!("这里要{zh}，得到的是{given_zh}"), format!("{en} is needed here, not {given_en}"))
}

fn kinds(types: &[&str]) -> Told {
    let (zh, en): (Vec<String>, Vec<String>) = types.iter().map(|name| kind(name)).unzip();
    (zh.join("、"), en.join(", "))
}

/// A type in words; a handle goes by its name.
fn kind(name: &str) -> Told {
    let (zh, en) = match name {
        "()" => ("空值 ()", "nothing, ()"),
        "i64" => ("整数", "a whole number"),
        "decimal" | "Decimal" => ("小数", "a decimal"),
        "bool" => ("真假", "true or false"),
        "char" => ("单个字", "a character"),
        "array" | "Array" => ("数组", "an array"),
        "map" | "Map" => ("映射", "a map"),
        "range" | "range=" => ("范围", "a range"),
        "Fn" | "FnPtr" => ("函数", "a function"),
        "string" | "&str | ImmutableString | String" | "ImmutableString" => ("文字", "a text"),
        handle => return (handle.to_owned(), handle.to_owned()),
    };
    (zh.to_owned(), en.to_owned())
}

/// What can not be computed; the library says it in English, with the numbers behind a colon.
fn arithmetic(english: &str) -> Told {
    let (what, numbers) = english.split_once(": ").unwrap_or((english, ""));
    let by_zero = numbers.ends_with(" 0") && (numbers.contains('/') || numbers.contains('%'));
    let (zh, en) = match what {
        _ if by_zero => ("除数为 0", "division by zero"),
        _ if what.contains("overflow") => ("结果太大", "the result is too large"),
        _ => (english, english),
    };
    if numbers.is_empty() {
        (zh.to_owned(), en.to_owned())
    } else {
        (format!("{zh}（{numbers}）"), format!("{en}: {numbers}"))
    }
}
