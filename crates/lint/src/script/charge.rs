//! What the script library's own functions cost: to it, copying a megabyte is one step, as is adding two numbers.

use super::fault::{Hosted, refuse};
use super::host::{self, Run};
use super::room::{ARRAY, MAP, STRING};
use rhai::{Array, Dynamic, Engine, EvalAltResult, FnPtr, ImmutableString, NativeCallContext, Position};
use std::sync::Arc;

/// Bytes of text that may be gone through for one operation.
const BYTES: u64 = 256;
/// Bytes of text that may be kept, or gone through character by character, for one operation.
const KEPT_BYTES: u64 = 16;
/// Items that may be copied for one operation.
const ITEMS: u64 = 8;

/// Arrays, maps and closures inside each other.
const NESTED: usize = 64;

/// What it costs to go through a text.
pub(super) fn of_text(text: &str) -> u64 {
    text.len() as u64 / BYTES
}

/// What it costs to keep a text, or to change it character by character.
pub(super) fn of_kept(text: &str) -> u64 {
    text.len() as u64 / KEPT_BYTES
}

/// Charges for a text that a host function goes through character by character.
pub(super) fn text(context: &NativeCallContext<'_>, text: &str) -> Hosted<()> {
    charge(context.tag(), of_kept(text))
}

/// What it costs to copy a value or to go through it. The library does not look how large a map or array becomes by
/// setting one key after the other; here it is seen when the variable is read the next time.
fn of_value(value: &Dynamic) -> Hosted<u64> {
    if let Ok(text) = value.as_immutable_string_ref() {
        return Ok(of_text(&text));
    }
    if value.as_array_ref().is_ok_and(|array| array.len() > ARRAY) {
        return too_large("Size of array");
    }
    if value.as_map_ref().is_ok_and(|map| map.len() > MAP) {
        return too_large("Size of object map");
    }
    Ok(n_inside(value, NESTED)? as u64 / ITEMS)
}

/// How many items are inside of a value, which may nest so deep. The library does not look into what a closure holds.
fn n_inside(value: &Dynamic, deep: usize) -> Hosted<usize> {
    // Most are neither, and asking costs less than reading.
    if value.is_array() {
        value.as_array_ref().map_or(Ok(0), |array| n_of(array.iter(), deep))
    } else if value.is_map() {
        value.as_map_ref().map_or(Ok(0), |map| n_of(map.values(), deep))
    } else if value.is_fnptr() {
        value.read_lock::<FnPtr>().map_or(Ok(0), |closure| n_of(closure.iter_curry(), deep))
    } else {
        Ok(0)
    }
}

fn n_of<'a>(inner: impl Iterator<Item = &'a Dynamic>, deep: usize) -> Hosted<usize> {
    let Some(deep) = deep.checked_sub(1) else {
        return refuse(format!("值套值超过 {NESTED} 层"), format!("values nest deeper than {NESTED}"));
    };
    let mut n_all = 0;
    for value in inner {
        n_all += 1;
        if !(value.is_int() || value.is_string()) {
            n_all += n_inside(value, deep)?;
        }
    }
    Ok(n_all)
}

/// Charges for items that a function goes through, so many operations each.
pub(super) fn items(context: &NativeCallContext<'_>, n_items: usize, each: u64) -> Hosted<()> {
    charge(context.tag(), n_items as u64 * each)
}

fn charge(tag: Option<&Dynamic>, operations: u64) -> Hosted<()> {
    match tag.and_then(|tag| tag.read_lock::<Arc<Run>>()) {
        Some(run) if operations > 0 => run.charge(operations),
        _ => Ok(()),
    }
}

fn too_large<T>(what: &str) -> Hosted<T> {
    Err(EvalAltResult::ErrorDataTooLarge(what.to_owned(), Position::NONE).into())
}

/// Charges for every variable that is read by what it holds, and puts in place of the library's functions that make
/// much of little ones that charge for it.
pub(super) fn register(engine: &mut Engine) {
    #[expect(deprecated, reason = "its page says that it is not, but may change; the version is pinned")]
    engine.on_var(|name, _, context| {
        let own = context.scope().get(name);
        charge(Some(context.tag()), own.map_or(Ok(0), of_value)?)?;
        // Functions do not see the scope of the script, but what is always there is there for them too.
        let run = context.tag().read_lock::<Arc<Run>>().filter(|_| own.is_none());
        Ok(run.and_then(|run| host::always(&run, name)))
    });
    engine.register_fn("pad", |context: NativeCallContext<'_>, text: &mut ImmutableString, len: i64, with: &str| {
        pad(&context, text, len, with)
    });
    engine.register_fn("pad", |context: NativeCallContext<'_>, text: &mut ImmutableString, len: i64, with: char| {
        pad(&context, text, len, with.encode_utf8(&mut [0; 4]))
    });
    engine.register_fn("pad", |context: NativeCallContext<'_>, array: &mut Array, len: i64, with: Dynamic| {
        let len = usize::try_from(len).unwrap_or(0).max(array.len());
        if len > ARRAY {
            return too_large("Size of array");
        }
        charge(context.tag(), (len * (1 + n_inside(&with, NESTED)?)) as u64 / ITEMS)?;
        array.resize(len, with);
        Ok::<(), Box<EvalAltResult>>(())
    });
    replace(engine);
}

/// Pads to so many characters. The library's own never ends when there is nothing to pad with.
fn pad(context: &NativeCallContext<'_>, text: &mut ImmutableString, len: i64, with: &str) -> Hosted<()> {
    if with.is_empty() {
        return refuse("pad 要有用来填充的文字", "`pad` needs something to pad with");
    }
    let missing = usize::try_from(len).unwrap_or(0).saturating_sub(text.chars().count());
    let n_times = missing.div_ceil(with.chars().count());
    if text.len().saturating_add(with.len().saturating_mul(n_times)) > STRING {
        return too_large("Length of string");
    }
    charge(context.tag(), of_text(text) + (with.len() * n_times) as u64 / BYTES)?;
    *text = format!("{text}{}", with.repeat(n_times)).into();
    Ok(())
}

fn replace(engine: &mut Engine) {
    engine.register_fn(
        "replace",
        |context: NativeCallContext<'_>, text: &mut ImmutableString, from: &str, to: &str| {
            replaced(&context, text, from, to)
        },
    );
    engine.register_fn(
        "replace",
        |context: NativeCallContext<'_>, text: &mut ImmutableString, from: &str, to: char| {
            replaced(&context, text, from, to.encode_utf8(&mut [0; 4]))
        },
    );
    engine.register_fn(
        "replace",
        |context: NativeCallContext<'_>, text: &mut ImmutableString, from: char, to: &str| {
            replaced(&context, text, from.encode_utf8(&mut [0; 4]), to)
        },
    );
    engine.register_fn(
        "replace",
        |context: NativeCallContext<'_>, text: &mut ImmutableString, from: char, to: char| {
            replaced(&context, text, from.encode_utf8(&mut [0; 4]), to.encode_utf8(&mut [0; 4]))
        },
    );
}

/// Replaces; how long the text becomes is known before it is made.
fn replaced(context: &NativeCallContext<'_>, text: &mut ImmutableString, from: &str, to: &str) -> Hosted<()> {
    let n_found = text.matches(from).count();
    if text.len().saturating_add(n_found.saturating_mul(to.len())) > STRING + n_found * from.len() {
        return too_large("Length of string");
    }
    charge(context.tag(), of_text(text) + (n_found * to.len()) as u64 / BYTES)?;
    *text = text.replace(from, to).into();
    Ok(())
}
