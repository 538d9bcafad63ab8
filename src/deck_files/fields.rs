//! The fields of one TOML table, read one by one: a fault in one never hides those of the others.
//!
//! It knows TOML's types, not what the fields mean.

use std::borrow::Cow;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::findings::{Findings, listed, quoted};
use crate::domain::day::StudyDay;

/// Least Jaro-Winkler similarity (0..1) of a key worth suggesting.
const LEAST_SIMILARITY: f64 = 0.75;
/// Longest key, in bytes, for which a near one is sought: a longer one is no slip of the pen.
const LONGEST_SLIP: usize = 64;

/// A value with its span.
pub(super) type Value<'t> = Spanned<DeValue<'t>>;

/// A text and the byte at which it is written.
pub(super) type Written = (String, usize);

/// What a field should have been, and how to write it.
#[derive(Clone, Copy)]
struct Want {
    /// Put before the key where an item of its list is meant.
    of: &'static str,
    name: &'static str,
    example: &'static str,
}

const TEXT: Want = Want { of: "", name: "a text", example: "\"…\"" };
const INTEGER: Want = Want { of: "", name: "a whole number", example: "3" };
const NUMBER: Want = Want { of: "", name: "a number", example: "0.5" };
const FLAG: Want = Want { of: "", name: "`true` or `false`", example: "true" };
const DAY: Want = Want { of: "", name: "a date", example: "2026-11-22" };
const TEXTS: Want = Want { of: "", name: "a list of texts", example: "[\"…\", \"…\"]" };
const TABLES: Want = Want { of: "", name: "a list of tables", example: "[{ … }, { … }]" };
const TEXT_ITEM: Want = Want { of: "an item of ", name: "a text", example: "[\"…\", \"…\"]" };
const TABLE_ITEM: Want = Want { of: "an item of ", name: "a table", example: "[{ … }, { … }]" };

/// One table and where it starts.
#[derive(Clone, Copy)]
pub(super) struct Fields<'a, 't> {
    table: &'a DeTable<'t>,
    at: usize,
    /// What the table is, for messages: `card`, `option`.
    what: &'static str,
}

impl<'a, 't> Fields<'a, 't> {
    /// The fields of `table`, a `what` that starts at byte `at`.
    pub(super) fn new(table: &'a DeTable<'t>, at: usize, what: &'static str) -> Self {
        Self { table, at, what }
    }

    /// The byte at which the table starts.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// The keys as they are written, with the bytes at which they stand.
    pub(super) fn keys(&self) -> impl Iterator<Item = (&'a str, usize)> + use<'a, 't> {
        self.table.keys().map(|key| (key.get_ref().as_ref(), key.span().start))
    }

    /// The value of a field as it is.
    pub(super) fn value(&self, key: &str) -> Option<&'a Value<'t>> {
        self.table.get(key)
    }

    /// The byte at which a field's value is written; the table's start where there is none.
    pub(super) fn at_value(&self, key: &str) -> usize {
        self.value(key).map_or(self.at, |value| value.span().start)
    }

    /// Refuses every key that is not among `known`.
    pub(super) fn only(&self, known: &[&str], found: &mut Findings<'_>) {
        for (key, at) in self.keys().filter(|(key, _)| !known.contains(key)) {
            unknown_key((key, at), self.what, known, found);
        }
    }

    /// A text that says something, its ends trimmed.
    pub(super) fn text(&self, key: &str, found: &mut Findings<'_>) -> Option<String> {
        self.written(key, found).map(|(text, _)| text)
    }

    /// As [`Self::text`], with its place.
    pub(super) fn written(&self, key: &str, found: &mut Findings<'_>) -> Option<Written> {
        let (text, at) = text_of(self.value(key)?, (key, TEXT), found)?;
        Some((text.trim().to_owned(), at))
    }

    /// As [`Self::text`]; its absence is an error.
    pub(super) fn needed_text(&self, key: &str, found: &mut Findings<'_>) -> Option<String> {
        self.needed(key, TEXT, found)?;
        self.text(key, found)
    }

    /// Markdown that says something: blank lines before and white space after it are dropped.
    pub(super) fn prose(&self, key: &str, found: &mut Findings<'_>) -> Option<String> {
        let (text, _) = text_of(self.value(key)?, (key, TEXT), found)?;
        Some(text.trim_start_matches('\n').trim_end().to_owned())
    }

    /// As [`Self::prose`]; its absence is an error.
    pub(super) fn needed_prose(&self, key: &str, found: &mut Findings<'_>) -> Option<String> {
        self.needed(key, TEXT, found)?;
        self.prose(key, found)
    }

    /// Texts that each say something, with their places; none where the field is absent.
    pub(super) fn texts(&self, key: &str, found: &mut Findings<'_>) -> Vec<Written> {
        let items = self.items(key, TEXTS, found);
        let texts = items.iter().filter_map(|item| text_of(item, (key, TEXT_ITEM), found));
        texts.map(|(text, at)| (text.trim().to_owned(), at)).collect()
    }

    /// As [`Self::texts`], without the places.
    pub(super) fn plain_texts(&self, key: &str, found: &mut Findings<'_>) -> Vec<String> {
        plain(self.texts(key, found))
    }

    /// As [`Self::texts`]; fewer than `least` are an error.
    pub(super) fn needed_texts(
        &self,
        key: &str,
        least: usize,
        found: &mut Findings<'_>,
    ) -> Option<Vec<Written>> {
        let value = self.needed(key, TEXTS, found)?;
        let count = value.get_ref().as_array().map(|items| items.len());
        self.at_least(key, (count, least), found);
        Some(self.texts(key, found))
    }

    /// Tables of a list, each a `what`; none where the field is absent.
    pub(super) fn tables(
        &self,
        key: &str,
        what: &'static str,
        found: &mut Findings<'_>,
    ) -> Vec<Fields<'a, 't>> {
        let mut tables = Vec::new();
        for item in self.items(key, TABLES, found) {
            match item.get_ref() {
                DeValue::Table(table) => tables.push(Fields::new(table, item.span().start, what)),
                _ => tables.extend(wrong_type::<Self>(item, key, TABLE_ITEM, found)),
            }
        }
        tables
    }

    /// As [`Self::tables`]; fewer than `least` are an error.
    pub(super) fn needed_tables(
        &self,
        key: &str,
        (what, least): (&'static str, usize),
        found: &mut Findings<'_>,
    ) -> Option<Vec<Fields<'a, 't>>> {
        let value = self.needed(key, TABLES, found)?;
        let count = value.get_ref().as_array().map(|items| items.len());
        self.at_least(key, (count, least), found);
        Some(self.tables(key, what, found))
    }

    /// A flag; off where the field is absent.
    pub(super) fn flag(&self, key: &str, found: &mut Findings<'_>) -> bool {
        self.value(key).and_then(|value| flag_of(value, key, found)).unwrap_or(false)
    }

    /// A flag; its absence is an error.
    pub(super) fn needed_flag(&self, key: &str, found: &mut Findings<'_>) -> Option<bool> {
        flag_of(self.needed(key, FLAG, found)?, key, found)
    }

    /// A whole number; one beyond 64 bits is cut to the nearest.
    pub(super) fn integer(&self, key: &str, found: &mut Findings<'_>) -> Option<i64> {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::Integer(number) => Some(whole(number.as_str(), number.radix())),
            _ => wrong_type(value, key, INTEGER, found),
        }
    }

    /// A number, whole or not; it may be infinite or not a number.
    pub(super) fn number(&self, key: &str, found: &mut Findings<'_>) -> Option<f64> {
        number_of(self.value(key)?, key, found)
    }

    /// A day.
    pub(super) fn day(&self, key: &str, found: &mut Findings<'_>) -> Option<StudyDay> {
        let value = self.value(key)?;
        let date = match value.get_ref() {
            DeValue::Datetime(date) if date.time.is_none() => date.date,
            _ => return wrong_type(value, key, DAY, found),
        };
        date.and_then(|date| StudyDay::from_ymd(date.year.into(), date.month.into(), date.day.into()))
            .or_else(|| wrong_type(value, key, DAY, found))
    }

    fn needed(&self, key: &str, want: Want, found: &mut Findings<'_>) -> Option<&'a Value<'t>> {
        let value = self.value(key);
        if value.is_none() {
            let hint = format!("add `{key} = {}`", want.example);
            found.error(self.at, "S03", format!("{} without `{key}`", self.what), hint);
        }
        value
    }

    fn at_least(&self, key: &str, (count, least): (Option<usize>, usize), found: &mut Findings<'_>) {
        if let Some(count) = count.filter(|count| *count < least) {
            let message = format!("`{key}` needs at least {least}, and has {count}");
            found.error(self.at_value(key), "too-few", message, format!("add to `{key}`"));
        }
    }

    fn items(&self, key: &str, want: Want, found: &mut Findings<'_>) -> &'a [Value<'t>] {
        let Some(value) = self.value(key) else { return &[] };
        match value.get_ref() {
            DeValue::Array(items) => items,
            _ => wrong_type(value, key, want, found).unwrap_or(&[]),
        }
    }
}

/// Texts without their places.
pub(super) fn plain(texts: Vec<Written>) -> Vec<String> {
    texts.into_iter().map(|(text, _)| text).collect()
}

/// A number, whole or not, as the value of `key`.
pub(super) fn number_of(value: &Value<'_>, key: &str, found: &mut Findings<'_>) -> Option<f64> {
    let number = match value.get_ref() {
        DeValue::Integer(number) if number.radix() == 10 => number.as_str().parse().ok(),
        DeValue::Float(number) => number.as_str().parse().ok(),
        _ => None,
    };
    number.or_else(|| wrong_type(value, key, NUMBER, found))
}

fn flag_of(value: &Value<'_>, key: &str, found: &mut Findings<'_>) -> Option<bool> {
    value.get_ref().as_bool().or_else(|| wrong_type(value, key, FLAG, found))
}

/// A text that says something, its lines ended by LF, and the byte at which it is written.
fn text_of<'a>(
    value: &'a Value<'_>,
    (key, want): (&str, Want),
    found: &mut Findings<'_>,
) -> Option<(Cow<'a, str>, usize)> {
    let at = value.span().start;
    let Some(text) = value.get_ref().as_str() else { return wrong_type(value, key, want, found) };
    if text.trim().is_empty() {
        let hint = format!("write it out, or remove `{key}`");
        found.error(at, "S03", format!("{}`{key}` is blank", want.of), hint);
        return None;
    }
    let text = if text.contains('\r') { text.replace("\r\n", "\n").into() } else { text.into() };
    Some((text, at))
}

fn whole(digits: &str, radix: u32) -> i64 {
    let furthest = if digits.starts_with('-') { i64::MIN } else { i64::MAX };
    i64::from_str_radix(digits, radix).unwrap_or(furthest)
}

/// Notes that a value is of the wrong type; always `None`, so that it can end a reader.
fn wrong_type<T>(value: &Value<'_>, key: &str, want: Want, found: &mut Findings<'_>) -> Option<T> {
    let is = match value.get_ref() {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "`true` or `false`",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    };
    let message = format!("{}{} is {is}, not {}", want.of, quoted(key), want.name);
    found.error(value.span().start, "wrong-type", message, format!("write `{key} = {}`", want.example));
    None
}

/// Refuses a key, with the nearest of the known ones.
pub(super) fn unknown_key((key, at): (&str, usize), what: &str, known: &[&str], found: &mut Findings<'_>) {
    let hint = match nearest(key, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("known here: {}", listed(known)),
    };
    found.error(at, "unknown-key", format!("unknown key {} in {what}", quoted(key)), hint);
}

/// The name most like a word, if any is alike.
pub(super) fn nearest<'k>(word: &str, names: &[&'k str]) -> Option<&'k str> {
    if word.len() > LONGEST_SLIP {
        return None;
    }
    let folded = word.to_lowercase();
    let scored = names.iter().map(|name| (strsim::jaro_winkler(&folded, name), *name));
    let likely = scored.filter(|(score, _)| *score >= LEAST_SIMILARITY);
    likely.max_by(|(left, _), (right, _)| left.total_cmp(right)).map(|(_, name)| name)
}
