//! The library's errors in our words, with their place in the script.

mod failure;
mod slip;
mod token;

pub(super) use failure::{bad_count, failure};
pub(super) use slip::{open_comment, slip};

use gouji_core::text::Span;
use rhai::{Dynamic, EvalAltResult, Position};

/// Words that the room does not have, whatever the library has for them. `this` is a variable whose reading could not be
/// charged, and what `curry` makes grows without a limit.
pub(super) const FORBIDDEN: [&str; 6] = ["eval", "import", "export", "print", "this", "curry"];

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

/// What ends a script that took all its operations.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spent;

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
