//! Which keys a table may have, those of a card by kind, and what to say of any other.

use super::fields::{Fields, unknown_key};
use super::findings::{Findings, listed};
use super::format::{CARD, Key};
use crate::domain::card::Kind;

/// Keys of one kind of card, the one that asks first.
fn of_kind(kind: Kind) -> Vec<&'static str> {
    let own = CARD.iter().filter(|key| !key.is_common() && key.kinds.contains(&kind));
    own.map(|key| key.name).collect()
}

/// Refuses every key of a table that is not among `known`.
pub(super) fn only(fields: &Fields<'_, '_>, known: &[Key], found: &mut Findings<'_>) {
    let names: Vec<&str> = known.iter().map(|known| known.name).collect();
    fields.only(&names, found);
}

/// Refuses the keys that a card of this kind (or, if it is not known, a card of any kind) has not.
pub(super) fn check(fields: &Fields<'_, '_>, kind: Option<Kind>, found: &mut Findings<'_>) {
    for (key, at) in fields.keys() {
        let rows = || CARD.iter().filter(|row| row.name == key);
        let fits = |row: &Key| row.is_common() || kind.is_some_and(|kind| row.kinds.contains(&kind));
        if rows().any(fits) {
            continue;
        }
        let is_owner = |kind: &Kind| rows().any(|row| row.kinds.contains(kind));
        let owners: Vec<&str> = Kind::ALL.into_iter().filter(is_owner).map(Kind::name).collect();
        match kind {
            Some(kind) if !owners.is_empty() => foreign((key, at), kind, &owners, found),
            None if !owners.is_empty() => {}
            Some(_) | None => unknown_key((key, at), "card", &known(kind), found),
        }
    }
}

fn known(kind: Option<Kind>) -> Vec<&'static str> {
    let rows = CARD.iter().filter(|row| kind.is_none_or(|kind| row.kinds.contains(&kind)));
    let mut keys: Vec<&str> = rows.map(|row| row.name).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn foreign((key, at): (&str, usize), kind: Kind, owners: &[&str], found: &mut Findings<'_>) {
    let name = kind.name();
    let message = format!("`{key}` belongs to {}, and this card is `{name}`", listed(owners));
    let hint = format!("remove it, or change `kind`; of its own, `{name}` has {}", listed(&of_kind(kind)));
    found.error(at, "key-of-other-kind", message, hint);
}
