//! Which keys a card may have, by kind, and what to say of any other.

use super::fields::{Fields, unknown_key};
use super::findings::{Findings, listed};
use crate::domain::card::Kind;

/// Keys of any card.
const COMMON: [&str; 15] = [
    "id",
    "kind",
    "aim",
    "difficulty",
    "explanation",
    "sources",
    "versions",
    "review_by",
    "variants",
    "hint",
    "tags",
    "nodes",
    "reverse_of",
    "as_of",
    "lint_allow",
];

/// Keys of one kind of card, the one that asks first.
fn of_kind(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Flashcard => &["prompt", "answer", "reverse"],
        Kind::Choice => &["prompt", "options"],
        Kind::Typed => &["prompt", "accept", "near_misses", "tolerance", "case_sensitive"],
        Kind::Cloze => &["text"],
        Kind::Order => &["prompt", "items"],
        Kind::TrueFalse => &["statement", "answer"],
        Kind::Explain => &["prompt", "checklist", "answer"],
    }
}

/// Refuses the keys that a card of this kind (or, if it is not known, a card of any kind) has not.
pub(super) fn check(fields: &Fields<'_, '_>, kind: Option<Kind>, found: &mut Findings<'_>) {
    let is_known = |key: &str| COMMON.contains(&key) || kind.is_some_and(|kind| of_kind(kind).contains(&key));
    for (key, at) in fields.keys().filter(|(key, _)| !is_known(key)) {
        let owners: Vec<&str> =
            Kind::ALL.into_iter().filter(|kind| of_kind(*kind).contains(&key)).map(Kind::name).collect();
        match kind {
            Some(kind) if !owners.is_empty() => foreign((key, at), kind, &owners, found),
            None if !owners.is_empty() => {}
            Some(_) | None => unknown_key((key, at), "card", &known(kind), found),
        }
    }
}

fn known(kind: Option<Kind>) -> Vec<&'static str> {
    let kinds = Kind::ALL.into_iter().filter(|one| kind.is_none_or(|kind| kind == *one));
    let mut keys: Vec<&str> = COMMON.into_iter().chain(kinds.flat_map(of_kind).copied()).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn foreign((key, at): (&str, usize), kind: Kind, owners: &[&str], found: &mut Findings<'_>) {
    let name = kind.name();
    let message = format!("`{key}` belongs to {}, and this card is `{name}`", listed(owners));
    let hint = format!("remove it, or change `kind`; of its own, `{name}` has {}", listed(of_kind(kind)));
    found.error(at, "key-of-other-kind", message, hint);
}
