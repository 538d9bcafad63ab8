//! A collection's own settings, `mindrill.toml` beside the map: explicit weights of nodes.
//!
//! It does not know the map: names are kept as written.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use toml::de::DeValue;

use super::fields::{Fields, number_of};
use super::findings::{Findings, quoted};
use super::syntax;
use crate::domain::problem::{Place, Problem};
use crate::domain::skill_map::Importance;

/// The name of the file, which is never taken for a deck.
pub(super) const FILE_NAME: &str = "mindrill.toml";

/// What a collection's settings say.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Weights {
    /// The weight of each node named, by the name as written, with its place.
    pub importance: BTreeMap<String, (Importance, Place)>,
    /// Every problem of the file, by place.
    pub problems: Vec<Problem>,
}

/// The path of a collection's settings, whether they are there or not.
#[must_use]
pub fn settings_in(root: &Path) -> PathBuf {
    root.join(FILE_NAME)
}

/// Reads settings from `text`, which is shown as `file`.
pub(super) fn parse(file: &Arc<str>, text: &str) -> Weights {
    let mut found = Findings::new(Arc::clone(file), text);
    let tree = syntax::parse(text, &mut found);
    let root = Fields::new(tree.root.get_ref(), 0, "settings of a collection");
    root.only(&["importance"], &mut found);
    let importance = weights(&root, &mut found);
    Weights { importance, problems: found.into_problems() }
}

fn weights(root: &Fields<'_, '_>, found: &mut Findings<'_>) -> BTreeMap<String, (Importance, Place)> {
    let Some(value) = root.value("importance") else { return BTreeMap::new() };
    let DeValue::Table(table) = value.get_ref() else {
        let hint = "write `[importance]`, and below it `\"databases/indexing\" = 2`";
        found.error(value.span().start, "wrong-type", "`importance` is not a table".to_owned(), hint);
        return BTreeMap::new();
    };
    let fields = Fields::new(table, value.span().start, "[importance]");
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
