//! What a script says to its author with `debug`: heard where its rule is traced.

use super::charge;
use super::fault::Hosted;
use super::host::run_of;
use super::text::text_of;
use gouji_core::text::Span;
use rhai::{Array, Dynamic, Engine, ImmutableString, Map, NativeCallContext, Position, Variant};
use rust_decimal::Decimal;

/// The most that a run may say; the rest is not kept.
const SAID: usize = 200;
/// The longest thing said, in characters.
const LONGEST: usize = 500;

/// What it costs to say something, however short.
const CALL: u64 = 20;

/// Something that a script said.
#[derive(Clone, Debug)]
pub(super) struct Said {
    /// What.
    pub(super) text: String,
    /// The place in the document, where it was said of a handle.
    pub(super) span: Option<Span>,
    /// Where the script said it.
    pub(super) position: Position,
}

/// Keeps one thing more; behind the last one that is kept stands how it is with the rest.
pub(super) fn keep(all: &mut Vec<Said>, said: Said) {
    if all.len() < SAID {
        all.push(said);
    } else if all.len() == SAID {
        all.push(Said { text: "……".to_owned(), span: None, position: said.position });
    }
}

/// A value in words: handles by the text they stand for.
fn shown(value: &Dynamic) -> String {
    if let Some(text) = text_of(value) {
        return format!("“{}”", text.str());
    }
    if let Ok(items) = value.as_array_ref() {
        let items: Vec<String> = items.iter().map(shown).collect();
        return format!("[{}]", items.join(", "));
    }
    if let Ok(map) = value.as_map_ref() {
        let pairs: Vec<String> = map.iter().map(|(key, value)| format!("{key}: {}", shown(value))).collect();
        return format!("#{{{}}}", pairs.join(", "));
    }
    if value.is_unit() { "()".to_owned() } else { value.to_string() }
}

/// Puts `debug` into the engine.
pub(super) fn register(engine: &mut Engine) {
    // The library has one for each of its own types, which would come before that for anything.
    of_type::<Dynamic>(engine);
    of_type::<()>(engine);
    of_type::<bool>(engine);
    of_type::<char>(engine);
    of_type::<i64>(engine);
    of_type::<Decimal>(engine);
    of_type::<ImmutableString>(engine);
    of_type::<Array>(engine);
    of_type::<Map>(engine);
}

fn of_type<T: Variant + Clone>(engine: &mut Engine) {
    engine.register_fn("debug", |context: NativeCallContext<'_>, value: T| hear(&context, &Dynamic::from(value)));
}

fn hear(context: &NativeCallContext<'_>, value: &Dynamic) -> Hosted<()> {
    charge::items(context, 1, CALL)?;
    let text = shown(value);
    charge::text(context, &text)?;
    let text = text.chars().take(LONGEST).collect();
    let span = text_of(value).map(|text| text.span);
    run_of(context)?.hear(Said { text, span, position: context.call_position() });
    Ok(())
}
