//! The deck format as a JSON Schema (draft 2020-12), made of the same table that the loader reads: editors complete and
//! check decks with it.
//!
//! It says what a schema can say; the loader says the rest. A date of TOML is a string to a schema.

use std::path::Path;

use serde_json::{Map, Value, json};

use super::format::{CARD, Key, ROOT, Shape};
use super::ids;
use crate::domain::card::{Aim, Difficulty, Kind};

/// The file of a collection that holds the schema, for editors.
pub const SCHEMA_FILE: &str = "deck.schema.json";

/// The first line of a deck, by which editors find the schema in the collection's folder; empty where that has none, or
/// the deck does not lie below it.
#[must_use]
pub fn schema_line(root: &Path, deck: &Path) -> String {
    let Ok(below) = deck.strip_prefix(root) else { return String::new() };
    if !root.join(SCHEMA_FILE).is_file() {
        return String::new();
    }
    let up = below.components().count().saturating_sub(1);
    let way = if up == 0 { "./".to_owned() } else { "../".repeat(up) };
    format!("#:schema {way}{SCHEMA_FILE}\n")
}

/// The schema as text, ended by a line end.
#[must_use]
pub fn schema() -> String {
    let mut root = table(ROOT);
    let head = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Mindrill deck",
        "description": "A deck of cards on a node of a skill map.",
    });
    let mut whole = head.as_object().cloned().unwrap_or_default();
    whole.append(&mut root);
    whole.insert("$defs".to_owned(), json!({ "card": card() }));
    let text = serde_json::to_string_pretty(&Value::Object(whole)).unwrap_or_default();
    text + "\n"
}

/// A table that has these keys and no others.
fn table(keys: &'static [Key]) -> Map<String, Value> {
    let properties: Map<String, Value> =
        keys.iter().map(|key| (key.name.to_owned(), property(key))).collect();
    let needed: Vec<&str> = keys.iter().filter(|key| key.needed).map(|key| key.name).collect();
    let mut table = Map::new();
    table.insert("type".to_owned(), json!("object"));
    table.insert("properties".to_owned(), Value::Object(properties));
    if !needed.is_empty() {
        table.insert("required".to_owned(), json!(needed));
    }
    table.insert("additionalProperties".to_owned(), json!(false));
    table
}

/// Any card: all keys with what they are for; then, by kind, which of them it must and must not have.
fn card() -> Value {
    let mut properties = Map::new();
    for key in CARD {
        // A key that two kinds use differently is told in full by kind.
        let described = if properties.contains_key(key.name) {
            json!({ "description": both(key.name) })
        } else {
            property(key)
        };
        properties.insert(key.name.to_owned(), described);
    }
    let rules: Vec<Value> = Kind::ALL.into_iter().map(rule).collect();
    json!({
        "type": "object",
        "properties": properties,
        "required": ["kind"],
        "additionalProperties": false,
        "allOf": rules,
    })
}

fn both(name: &str) -> String {
    let rows = CARD.iter().filter(|key| key.name == name);
    let told = rows.map(|row| {
        let kinds: Vec<&str> = row.kinds.iter().map(|kind| kind.name()).collect();
        format!("{}: {}", kinds.join(", "), row.about)
    });
    told.collect::<Vec<_>>().join(" ")
}

/// What a card of this kind must have, and what belongs to other kinds.
fn rule(kind: Kind) -> Value {
    let own = || CARD.iter().filter(|key| !key.is_common() && key.kinds.contains(&kind));
    let needed: Vec<&str> = own().filter(|key| key.needed).map(|key| key.name).collect();
    let is_foreign = |key: &&Key| own().all(|own| own.name != key.name);
    let foreign = CARD.iter().filter(|key| !key.is_common()).filter(is_foreign);
    let mut properties: Map<String, Value> = foreign.map(|key| (key.name.to_owned(), json!(false))).collect();
    let told_twice = own().filter(|key| CARD.iter().filter(|other| other.name == key.name).count() > 1);
    properties.extend(told_twice.map(|key| (key.name.to_owned(), property(key))));
    json!({
        "if": { "properties": { "kind": { "const": kind.name() } }, "required": ["kind"] },
        "then": { "required": needed, "properties": properties },
    })
}

fn property(key: &Key) -> Value {
    let mut property = value(key);
    if let Some(property) = property.as_object_mut() {
        property.insert("description".to_owned(), json!(about(key)));
        if let Some(default) = default(key) {
            property.insert("default".to_owned(), default);
        }
    }
    property
}

fn value(key: &Key) -> Value {
    match key.shape {
        Shape::Text | Shape::Prose => text(),
        Shape::Gapped => json!({ "type": "string", "pattern": "\\{\\{[^}]+\\}\\}" }),
        Shape::Id => json!({ "type": "string", "pattern": ids::PATTERN }),
        Shape::Kind => json!({ "enum": Kind::ALL.map(Kind::name) }),
        Shape::Aim => json!({ "enum": Aim::ALL.map(Aim::name) }),
        Shape::Whole(least, most) => json!({ "type": "integer", "minimum": least, "maximum": most }),
        Shape::Number => json!({ "type": "number", "minimum": 0 }),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Day => json!({ "type": "string", "format": "date" }),
        Shape::Texts(least) => list(&text(), least, key.name),
        Shape::Table(keys) => Value::Object(table(keys)),
        Shape::Tables(_, least) if key.name == "card" => {
            list(&json!({ "$ref": "#/$defs/card" }), least, key.name)
        }
        Shape::Tables(keys, least) => list(&Value::Object(table(keys)), least, key.name),
    }
}

/// A string that says something.
fn text() -> Value {
    json!({ "type": "string", "pattern": "\\S" })
}

fn list(items: &Value, least: usize, name: &str) -> Value {
    let mut list = json!({ "type": "array", "items": items });
    if least > 0 {
        list["minItems"] = json!(least);
    }
    match name {
        // One of the options is right.
        "options" => {
            list["contains"] =
                json!({ "properties": { "correct": { "const": true } }, "required": ["correct"] });
        }
        // Nobody could tell two equal items apart.
        "items" => list["uniqueItems"] = json!(true),
        _ => {}
    }
    list
}

/// What a key is for; the names of kinds and aims with what they mean.
fn about(key: &Key) -> String {
    let named: Vec<String> = match key.shape {
        Shape::Kind => {
            Kind::ALL.iter().map(|kind| format!("`{}`: {}", kind.name(), about_kind(*kind))).collect()
        }
        Shape::Aim => Aim::ALL.iter().map(|aim| format!("`{}`: {}", aim.name(), about_aim(*aim))).collect(),
        _ => Vec::new(),
    };
    if named.is_empty() { key.about.to_owned() } else { format!("{}\n\n{}", key.about, named.join("\n\n")) }
}

/// How a kind asks, and who judges, in a line.
fn about_kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Flashcard => "a prompt and an answer; the learner judges.",
        Kind::Choice => "one or several right options; judged exactly.",
        Kind::Typed => "a short answer, typed; case, spaces and quotes are folded.",
        Kind::Cloze => "a sentence with gaps, judged gap by gap.",
        Kind::Order => "items to put in order; judged exactly.",
        Kind::TrueFalse => "a statement, true or false; judged exactly.",
        Kind::Explain => "a scenario to talk through; the learner ticks the points said.",
    }
}

fn about_aim(aim: Aim) -> &'static str {
    match aim {
        Aim::Recall => "name or state a fact.",
        Aim::Explain => "say how or why.",
        Aim::Decide => "choose under constraints.",
        Aim::Diagnose => "find the cause of a symptom.",
    }
}

fn default(key: &Key) -> Option<Value> {
    match key.shape {
        Shape::Aim => Some(json!(Aim::Recall.name())),
        Shape::Whole(..) => Some(json!(Difficulty::DEFAULT.value())),
        Shape::Flag if !key.needed => Some(json!(false)),
        _ => None,
    }
}
