//! A collection's own settings, `mindrill.toml` beside the map: explicit weights of nodes (`[importance]`), and
//! what it asks of its cards (`[check]`).
//!
//! It does not know the map: names are kept as written; nor what the content rules make of a policy.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use toml::de::DeValue;

use super::fields::{Fields, Value, number_of};
use super::findings::{Findings, quoted};
use super::syntax;
use crate::domain::policy::Policy;
use crate::domain::problem::{Place, Problem};
use crate::domain::skill_map::Importance;

/// The name of the file, which is never taken for a deck.
pub(super) const FILE_NAME: &str = "mindrill.toml";

/// What a collection's settings say.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OwnSettings {
    /// The weight of each node named, by the name as written, with its place.
    pub importance: BTreeMap<String, (Importance, Place)>,
    /// What the collection asks of its cards.
    pub policy: Policy,
    /// Every problem of the file, by place.
    pub problems: Vec<Problem>,
}

/// Reads settings from `text`, which is shown as `file`.
pub(super) fn parse(file: &Arc<str>, text: &str) -> OwnSettings {
    let mut found = Findings::new(Arc::clone(file), text);
    let tree = syntax::parse(text, &mut found);
    let root = Fields::new(tree.root.get_ref(), 0, "settings of a collection");
    root.only(&["importance", "check"], &mut found);
    let importance = weights(&root, &mut found);
    let policy = policy(&root, &mut found);
    OwnSettings { importance, policy, problems: found.into_problems() }
}

fn weights(root: &Fields<'_, '_>, found: &mut Findings<'_>) -> BTreeMap<String, (Importance, Place)> {
    let hint = "write `[importance]`, and below it `\"databases/indexing\" = 2`";
    let Some(fields) = table(root, ("importance", "[importance]"), hint, found) else {
        return BTreeMap::new();
    };
    fields.keys().filter_map(|(name, at)| weight(&fields, (name, at), found)).collect()
}

fn weight(
    fields: &Fields<'_, '_>,
    (name, at): (&str, usize),
    found: &mut Findings<'_>,
) -> Option<(String, (Importance, Place))> {
    let value = fields.value(name)?;
    if value.get_ref().is_table() {
        let message = format!("{} is a table, not a weight", quoted(name));
        found.error(at, "wrong-type", message, "put a key with `.` or `/` in it in quotes");
        return None;
    }
    let number = number_of(value, name, found)?;
    let Some(importance) = Importance::new(number) else {
        let message = format!("{} weighs {number}, not a number above 0", quoted(name));
        found.error(value.span().start, "weight", message, "2 is a priority, 1 the rule, 0.5 optional");
        return None;
    };
    Some((name.to_owned(), (importance, found.place(at))))
}

/// A table of the settings; `None` where it is not there, or is none, which is told.
fn table<'a, 't>(
    root: &Fields<'a, 't>,
    (key, what): (&str, &'static str),
    hint: &str,
    found: &mut Findings<'_>,
) -> Option<Fields<'a, 't>> {
    let value = root.value(key)?;
    if let DeValue::Table(table) = value.get_ref() {
        return Some(Fields::new(table, value.span().start, what));
    }
    found.error(value.span().start, "wrong-type", format!("`{key}` is not a table"), hint);
    None
}

fn policy(root: &Fields<'_, '_>, found: &mut Findings<'_>) -> Policy {
    let hint = "write `[check]`, and below it `source_hosts = [\"dev.mysql.com\"]`";
    let Some(fields) = table(root, ("check", "[check]"), hint, found) else { return Policy::default() };
    fields.only(&["source_hosts", "cards_a_leaf", "acronyms", "words"], found);
    let names = |key: &str, found: &mut Findings<'_>| fields.plain_texts(key, found).into_iter();
    Policy {
        source_hosts: fields.value("source_hosts").map(|_| hosts(&fields, found)),
        cards_a_leaf: cards_a_leaf(&fields, found),
        acronyms: names("acronyms", found).collect(),
        words: names("words", found).map(|word| word.to_lowercase()).collect(),
    }
}

fn hosts(fields: &Fields<'_, '_>, found: &mut Findings<'_>) -> BTreeSet<String> {
    let is_host = |text: &str| {
        let letters = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '.');
        text.contains('.') && text.chars().all(letters) && !text.starts_with('.') && !text.ends_with('.')
    };
    let mut hosts = BTreeSet::new();
    for (text, at) in fields.texts("source_hosts", found) {
        if is_host(&text) {
            hosts.insert(text.to_lowercase());
        } else {
            let message = format!("{} is no host", quoted(&text));
            let hint =
                "write the host alone, `dev.mysql.com`: no scheme, no path; it covers all hosts below it";
            found.error(at, "source-host", message, hint);
        }
    }
    hosts
}

fn cards_a_leaf(fields: &Fields<'_, '_>, found: &mut Findings<'_>) -> Option<(usize, usize)> {
    let value = fields.value("cards_a_leaf")?;
    let items = value.get_ref().as_array().map(|items| items.iter().map(count).collect::<Vec<_>>());
    if let Some([Some(least), Some(most)]) = items.as_deref()
        && *least >= 1
        && least <= most
    {
        return Some((*least, *most));
    }
    let message = "`cards_a_leaf` is not the least and the most cards of a leaf".to_owned();
    found.error(value.span().start, "cards-a-leaf", message, "write `cards_a_leaf = [12, 25]`");
    None
}

fn count(value: &Value<'_>) -> Option<usize> {
    match value.get_ref() {
        DeValue::Integer(number) if number.radix() == 10 => number.as_str().parse().ok(),
        _ => None,
    }
}
