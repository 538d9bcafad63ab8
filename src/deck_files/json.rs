//! Cards as JSON, written as TOML with a mark for every path, so that problems can be told by paths.
//!
//! It knows which keys hold dates, for JSON has none. It does not know what else a card is.

use serde_json::{Map, Value};
use toml_edit::{Array, Datetime, InlineTable, Key};

use super::format::{CARD, DECK, Shape};

/// The text, and the lines at which the value of each path starts, in order.
pub(super) struct Written {
    /// TOML.
    pub text: String,
    /// Lines from 1, and paths.
    pub marks: Vec<(usize, String)>,
}

/// A path, and what is wrong there.
type Fault = (String, String);

/// An object, a list of objects, or an object with `card` or `cards`, as the text of a deck.
pub(super) fn written(value: &Value) -> Result<Written, Fault> {
    let mut writer = Writer { text: String::new(), line: 1, marks: Vec::new() };
    match value {
        Value::Object(object) if object.contains_key("card") || object.contains_key("cards") => {
            writer.deck_file(object)?;
        }
        Value::Array(cards) => writer.cards(cards, "")?,
        single => writer.card(single, "")?,
    }
    Ok(Written { text: writer.text, marks: writer.marks })
}

struct Writer {
    text: String,
    line: usize,
    marks: Vec<(usize, String)>,
}

impl Writer {
    fn push(&mut self, text: &str) {
        self.line += text.matches('\n').count();
        self.text.push_str(text);
    }

    fn mark(&mut self, path: &str) {
        self.marks.push((self.line, path.to_owned()));
    }

    fn deck_file(&mut self, object: &Map<String, Value>) -> Result<(), Fault> {
        if let Some((key, _)) =
            object.iter().find(|(key, _)| !matches!(key.as_str(), "deck" | "card" | "cards"))
        {
            return Err((key.clone(), format!("unknown key `{key}` beside the cards")));
        }
        if let Some(deck) = object.get("deck") {
            let fields = deck.as_object().ok_or_else(|| wrong("deck", deck, "an object"))?;
            self.table("[deck]\n", fields, "deck")?;
        }
        for key in ["card", "cards"] {
            match object.get(key) {
                Some(Value::Array(cards)) => self.cards(cards, key)?,
                Some(card) => self.card(card, key)?,
                None => {}
            }
        }
        Ok(())
    }

    fn cards(&mut self, cards: &[Value], path: &str) -> Result<(), Fault> {
        cards.iter().enumerate().try_for_each(|(place, card)| self.card(card, &format!("{path}[{place}]")))
    }

    fn card(&mut self, card: &Value, path: &str) -> Result<(), Fault> {
        let fields = card.as_object().ok_or_else(|| wrong(path, card, "an object"))?;
        self.table("[[card]]\n", fields, path)
    }

    fn table(&mut self, header: &str, fields: &Map<String, Value>, path: &str) -> Result<(), Fault> {
        self.mark(path);
        self.push(header);
        for (key, value) in fields {
            let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            self.mark(&path);
            self.push(&format!("{} = ", Key::new(key)));
            match value {
                Value::Array(items) => self.list(items, &path)?,
                _ => self.push(&toml(value, &path, is_day(key))?.to_string()),
            }
            self.push("\n");
        }
        Ok(())
    }

    /// An item a line, so that each has a mark.
    fn list(&mut self, items: &[Value], path: &str) -> Result<(), Fault> {
        self.push("[\n");
        for (place, item) in items.iter().enumerate() {
            let path = format!("{path}[{place}]");
            self.mark(&path);
            let item = toml(item, &path, false)?;
            self.push(&format!("{item},\n"));
        }
        self.push("]");
        Ok(())
    }
}

fn is_day(key: &str) -> bool {
    CARD.iter().chain(DECK).any(|row| row.name == key && matches!(row.shape, Shape::Day))
}

fn toml(value: &Value, path: &str, is_day: bool) -> Result<toml_edit::Value, Fault> {
    Ok(match value {
        Value::Null => return Err((path.to_owned(), "null says nothing: leave the key out".to_owned())),
        Value::Bool(flag) => (*flag).into(),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => whole.into(),
            (None, number) => number.unwrap_or(f64::NAN).into(),
        },
        Value::String(text) => match text.parse::<Datetime>() {
            Ok(date) if is_day => date.into(),
            Ok(_) | Err(_) => text.as_str().into(),
        },
        Value::Array(items) => {
            let each = items.iter().enumerate();
            let items = each.map(|(place, item)| toml(item, &format!("{path}[{place}]"), false));
            toml_edit::Value::Array(items.collect::<Result<Array, Fault>>()?)
        }
        Value::Object(fields) => {
            let each =
                fields.iter().map(|(key, item)| Ok((key, toml(item, &format!("{path}.{key}"), false)?)));
            toml_edit::Value::InlineTable(
                each.collect::<Result<Vec<_>, Fault>>()?.into_iter().collect::<InlineTable>(),
            )
        }
    })
}

fn wrong(path: &str, value: &Value, wanted: &str) -> Fault {
    let is = match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    };
    (path.to_owned(), format!("this is {is}, not {wanted}"))
}
