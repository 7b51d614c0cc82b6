//! What a rule leaves to others, and what it takes from another rule, in words and as JSON.

use crate::words::{self, pick};
use gouji_lint::finding::Lang;
use gouji_lint::rule::{Param, ParamValue};
use gouji_lint::ruleset::RuleInfo;
use serde_json::{Value, json};

/// A parameter in one line: name, type, bounds, default, value where it is another, what for.
pub(crate) fn told(param: &Param, lang: Lang) -> String {
    let kind = words::param_kind(lang, param.kind);
    let default = quoted(&param.default, lang);
    let mut out = match lang {
        Lang::Zh => format!("{}（{kind}，默认 {default}", param.name),
        Lang::En => format!("{} ({kind}, by default {default}", param.name),
    };
    let [least, most] = [param.bounds.0, param.bounds.1].map(|bound| bound.map_or_else(String::new, |b| b.to_string()));
    if !least.is_empty() || !most.is_empty() {
        out.push_str(&format!("{}{least}..{most}", pick(lang, "，范围 ", ", within ")));
    }
    if param.value != param.default {
        out.push_str(&format!("{}{}", pick(lang, "，现为 ", ", now "), quoted(&param.value, lang)));
    }
    out.push_str(pick(lang, "）", ")"));
    let help = param.help.of(lang);
    if !help.is_empty() {
        out.push_str(&format!("{}{help}", pick(lang, "：", ": ")));
    }
    out
}

/// A value; texts in quotes.
fn quoted(value: &ParamValue, lang: Lang) -> String {
    let quote = |text: &String| format!("“{text}”");
    match value {
        ParamValue::Text(text) => quote(text),
        ParamValue::Words(words) if words.is_empty() => pick(lang, "无", "none").to_owned(),
        ParamValue::Words(words) => words.iter().map(quote).collect::<Vec<_>>().join(pick(lang, "、", ", ")),
        value => value.to_string(),
    }
}

/// The end of a line about where a rule comes from; empty where it says everything itself.
pub(crate) fn taken_from(info: &RuleInfo, lang: Lang) -> String {
    match (&info.uses, lang) {
        (None, _) => String::new(),
        (Some(base), Lang::Zh) => format!("，未写的部分取自 {base}"),
        (Some(base), Lang::En) => format!(", what it does not say itself taken from {base}"),
    }
}

/// A parameter in the list of rules.
pub(crate) fn entry(param: &Param) -> Value {
    json!({
        "name": param.name,
        "type": param.kind.word(),
        "default": value(&param.default),
        "value": value(&param.value),
        "help": {"zh": param.help.zh, "en": param.help.en},
    })
}

/// A parameter's value; a decimal as a string, which loses nothing.
fn value(value: &ParamValue) -> Value {
    match value {
        ParamValue::Integer(number) => json!(number),
        ParamValue::Decimal(number) => json!(number.to_string()),
        ParamValue::Text(text) => json!(text),
        ParamValue::Truth(truth) => json!(truth),
        ParamValue::Words(words) => json!(words),
    }
}
