//! Functions of arrays that the library has too, but without charging for each item, and without telling when the
//! function that is to compare two of them fails.

use super::charge;
use super::fault::{Hosted, refuse};
use rhai::{Array, Dynamic, Engine, EvalAltResult, FnPtr, NativeCallContext};
use std::cmp::Ordering;

/// What it costs to compare two items, in operations.
const COMPARED: u64 = 2;
/// What it costs to have a function of the script compare two items, besides what that does.
const CALLED: u64 = 16;

/// What becomes of how two items stand.
type Turn = fn(Ordering) -> Ordering;
/// The functions that sort what is of one simple kind: in place, a copy, and which way.
const NATURAL: [(&str, &str, Turn); 2] =
    [("sort", "order", std::convert::identity), ("sort_desc", "order_desc", Ordering::reverse)];

/// Puts them into the engine.
pub(super) fn register(engine: &mut Engine) {
    for name in ["sort", "sort_by"] {
        engine.register_fn(name, |context: NativeCallContext<'_>, array: &mut Array, by: FnPtr| {
            *array = sorted(array.clone(), &mut |a, b| order(&context, &by, a, b))?;
            Ok::<(), Box<EvalAltResult>>(())
        });
    }
    for name in ["order", "order_by"] {
        engine.register_fn(name, |context: NativeCallContext<'_>, array: Array, by: FnPtr| {
            sorted(array, &mut |a, b| order(&context, &by, a, b))
        });
    }
    for (sort, order, turn) in NATURAL {
        engine.register_fn(sort, move |context: NativeCallContext<'_>, array: &mut Array| {
            *array = sorted(array.clone(), &mut |a, b| natural_order(&context, a, b).map(turn))?;
            Ok::<(), Box<EvalAltResult>>(())
        });
        engine.register_fn(order, move |context: NativeCallContext<'_>, array: Array| {
            sorted(array, &mut |a, b| natural_order(&context, a, b).map(turn))
        });
    }
    register_equal(engine);
}

fn register_equal(engine: &mut Engine) {
    engine.register_fn("dedup", |context: NativeCallContext<'_>, array: &mut Array, same: FnPtr| {
        *array = without_twins(array.clone(), &mut |a, b| called(&context, &same, a, b)?.as_bool().or_else(unfit))?;
        Ok::<(), Box<EvalAltResult>>(())
    });
    engine.register_fn("dedup", |context: NativeCallContext<'_>, array: &mut Array| {
        *array = without_twins(array.clone(), &mut |a, b| equal(&context, a, b))?;
        Ok::<(), Box<EvalAltResult>>(())
    });
    engine.register_fn("contains", |context: NativeCallContext<'_>, array: &mut Array, value: Dynamic| {
        Ok::<bool, Box<EvalAltResult>>(position(&context, array, &value, 0)? >= 0)
    });
    engine.register_fn("index_of", |context: NativeCallContext<'_>, array: &mut Array, value: Dynamic| {
        position(&context, array, &value, 0)
    });
    engine.register_fn("index_of", |context: NativeCallContext<'_>, array: &mut Array, value: Dynamic, from: i64| {
        let back = usize::try_from(from.unsigned_abs()).unwrap_or(usize::MAX);
        position(&context, array, &value, if from < 0 { array.len().saturating_sub(back) } else { back })
    });
    engine.register_fn("==", |context: NativeCallContext<'_>, a: &mut Array, b: Array| all_equal(&context, a, &b));
    engine.register_fn("!=", |context: NativeCallContext<'_>, a: &mut Array, b: Array| {
        all_equal(&context, a, &b).map(|equal| !equal)
    });
}

/// Sorts, and ends at the first two that can not be compared.
fn sorted(mut items: Array, compare: &mut impl FnMut(&Dynamic, &Dynamic) -> Hosted<Ordering>) -> Hosted<Array> {
    if items.len() < 2 {
        return Ok(items);
    }
    let behind = items.split_off(items.len() / 2);
    let n_items = items.len() + behind.len();
    let mut left = sorted(items, compare)?.into_iter().peekable();
    let mut right = sorted(behind, compare)?.into_iter().peekable();
    let mut merged = Array::with_capacity(n_items);
    while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
        let first = if compare(a, b)? == Ordering::Greater { right.next() } else { left.next() };
        merged.extend(first);
    }
    merged.extend(left);
    merged.extend(right);
    Ok(merged)
}

/// Keeps the first of neighbours that are the same.
fn without_twins(items: Array, same: &mut impl FnMut(&Dynamic, &Dynamic) -> Hosted<bool>) -> Hosted<Array> {
    let mut kept = Array::new();
    for item in items {
        let twin = kept.last().map_or(Ok(false), |last| same(last, &item))?;
        if !twin {
            kept.push(item);
        }
    }
    Ok(kept)
}

fn called(context: &NativeCallContext<'_>, function: &FnPtr, a: &Dynamic, b: &Dynamic) -> Hosted<Dynamic> {
    charge::items(context, 1, CALLED)?;
    function.call_raw(context, None, [a.clone(), b.clone()])
}

/// How two items stand by a function of the script.
fn order(context: &NativeCallContext<'_>, by: &FnPtr, a: &Dynamic, b: &Dynamic) -> Hosted<Ordering> {
    let answer = called(context, by, a, b)?;
    if let Ok(number) = answer.as_int() {
        return Ok(number.cmp(&0));
    }
    answer.as_bool().map_or_else(unfit, |first| Ok(if first { Ordering::Less } else { Ordering::Greater }))
}

fn unfit<T>(kind: &str) -> Hosted<T> {
    refuse(
        format!("比较两项的函数要给出真假或整数，这里给出的是 {kind}"),
        format!("a function that compares two items must give a truth or a whole number, not {kind}"),
    )
}

/// How two items of the same simple kind stand.
fn natural_order(context: &NativeCallContext<'_>, a: &Dynamic, b: &Dynamic) -> Hosted<Ordering> {
    charge::items(context, 1, COMPARED)?;
    if let (Ok(a), Ok(b)) = (a.as_immutable_string_ref(), b.as_immutable_string_ref()) {
        charge::text(context, if a.len() < b.len() { &a } else { &b })?;
        return Ok(a.as_str().cmp(b.as_str()));
    }
    let order = match (a.as_int(), b.as_int()) {
        (Ok(a), Ok(b)) => Some(a.cmp(&b)),
        _ => None,
    };
    let order = order.or_else(|| Some(a.as_decimal().ok()?.cmp(&b.as_decimal().ok()?)));
    let order = order.or_else(|| Some(a.as_char().ok()?.cmp(&b.as_char().ok()?)));
    let order = order.or_else(|| Some(a.as_bool().ok()?.cmp(&b.as_bool().ok()?)));
    let order = order.or_else(|| (a.is_unit() && b.is_unit()).then_some(Ordering::Equal));
    order.map_or_else(
        || {
            let (a, b) = (a.type_name(), b.type_name());
            refuse(format!("{a} 和 {b} 不能排序"), format!("{a} and {b} can not be sorted"))
        },
        Ok,
    )
}

/// Whether two items are the same: what is of two kinds is not, unless there is a `==` for them.
fn equal(context: &NativeCallContext<'_>, a: &Dynamic, b: &Dynamic) -> Hosted<bool> {
    charge::items(context, 1, COMPARED)?;
    match context.call_native_fn_raw("==", true, &mut [&mut a.clone(), &mut b.clone()]) {
        Ok(answer) => Ok(answer.as_bool().unwrap_or(false)),
        Err(error) => match *error {
            EvalAltResult::ErrorFunctionNotFound(..) if a.type_id() != b.type_id() => Ok(false),
            _ => Err(error),
        },
    }
}

fn all_equal(context: &NativeCallContext<'_>, a: &[Dynamic], b: &[Dynamic]) -> Hosted<bool> {
    if a.len() != b.len() {
        return Ok(false);
    }
    for (a, b) in a.iter().zip(b) {
        if !equal(context, a, b)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The first place from one on where a value is; -1 where it is not.
fn position(context: &NativeCallContext<'_>, array: &[Dynamic], value: &Dynamic, from: usize) -> Hosted<i64> {
    for (at, item) in array.iter().enumerate().skip(from) {
        if equal(context, item, value)? {
            return Ok(super::doc::count(at));
        }
    }
    Ok(-1)
}
