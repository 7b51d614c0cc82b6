//! JSON Schemas (draft 2020-12) of the files that authors write, for completion and checks in editors.
//!
//! Made from the tables of keys that the reader itself goes by: see [`gouji_lint::shape`].

use gouji_lint::shape::{Field, FileKind, KeyTie, Map, Presence, Shape};
use serde_json::{Value, json};

type Object = serde_json::Map<String, Value>;

/// The schema of a kind of file: of one document, where a file may hold several.
#[must_use]
pub fn schema(kind: FileKind) -> String {
    let mut defs = Object::new();
    let mut schema = map(kind.map(), &mut defs);
    let [zh, en] = kind.title();
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!(en);
    schema["description"] = json!(zh);
    if !defs.is_empty() {
        schema["$defs"] = Value::Object(defs);
    }
    format!("{schema:#}\n")
}

/// A map: its keys and no others, and how they depend on each other.
fn map(map: &Map, defs: &mut Object) -> Value {
    let properties: Object = map.fields.iter().map(|field| (field.name.to_owned(), property(field, defs))).collect();
    let must: Vec<&str> =
        map.fields.iter().filter(|field| field.presence == Presence::Must).map(|field| field.name).collect();
    let mut schema = json!({"type": "object", "properties": properties, "additionalProperties": false});
    if !must.is_empty() {
        schema["required"] = json!(must);
    }
    if !map.ties.is_empty() {
        schema["allOf"] = map.ties.iter().map(tie).collect();
    }
    schema
}

fn property(field: &Field, defs: &mut Object) -> Value {
    let mut schema = shape(&field.shape, defs);
    schema["title"] = json!(field.en);
    schema["description"] = json!(field.zh);
    schema
}

fn tie(tie: &KeyTie) -> Value {
    let has = |key: &&str| json!({"required": [key]});
    match tie {
        KeyTie::OneOf(keys) => json!({"oneOf": keys.iter().map(has).collect::<Value>()}),
        KeyTie::SomeOf(keys) => json!({"anyOf": keys.iter().map(has).collect::<Value>()}),
        KeyTie::NotBoth(one, other) => json!({"not": {"required": [one, other]}}),
        KeyTie::GoesWith(key, others) => {
            json!({"dependentSchemas": {*key: {"anyOf": others.iter().map(has).collect::<Value>()}}})
        }
        KeyTie::Without(key, ties) => {
            json!({"if": has(key), "else": {"allOf": ties.iter().map(self::tie).collect::<Value>()}})
        }
    }
}

fn shape(shape: &Shape, defs: &mut Object) -> Value {
    match shape {
        Shape::Text => scalar(),
        Shape::Short(most) => with(scalar(), "maxLength", json!(most)),
        Shape::Written => with(scalar(), "pattern", json!("\\S")),
        Shape::Like(pattern) => json!({"type": "string", "pattern": pattern}),
        Shape::Word(words) => json!({"enum": words()}),
        Shape::Truth => json!({"type": "boolean"}),
        Shape::Integer => json!({"type": "integer"}),
        Shape::AtLeast(least) => json!({"type": "integer", "minimum": least}),
        Shape::Between(least, most) => json!({"type": "integer", "minimum": least, "maximum": most}),
        Shape::Any => json!({}),
        Shape::Nothing => json!({"type": "null"}),
        Shape::Map(own) => map(own, defs),
        Shape::Pairs(own) => json!({"type": "object", "additionalProperties": self::shape(own, defs)}),
        Shape::PairsBut(not, own) => json!({
            "type": "object",
            "propertyNames": {"not": {"enum": not}},
            "additionalProperties": self::shape(own, defs),
        }),
        Shape::List(own) => json!({"type": "array", "items": self::shape(own, defs)}),
        Shape::OneOrMore(own) => {
            let one = self::shape(own, defs);
            json!({"anyOf": [one, {"type": "array", "items": one}, {"type": "null"}]})
        }
        Shape::Either(shapes) => json!({"anyOf": shapes.iter().map(|own| self::shape(own, defs)).collect::<Value>()}),
        Shape::Named(name, own) => {
            if !defs.contains_key(*name) {
                // The name is taken first: the shape holds itself.
                defs.insert((*name).to_owned(), Value::Null);
                let own = self::shape(own, defs);
                defs.insert((*name).to_owned(), own);
            }
            json!({"$ref": format!("#/$defs/{name}")})
        }
    }
}

/// Any scalar but null: the reader takes `2024` and `true` as the words they are.
fn scalar() -> Value {
    json!({"type": ["string", "number", "boolean"]})
}

fn with(mut schema: Value, key: &str, value: Value) -> Value {
    schema[key] = value;
    schema
}
