//! The cache of schedules: what replaying the log gives, kept beside it.
//!
//! The rules of the fold are the domain's; this file feeds it rows in the order of the log.

use std::collections::BTreeMap;

use rusqlite::{Connection, Row};

use super::rows;
use crate::domain::card::CardId;
use crate::domain::day::StudyDay;
use crate::domain::progress::CardState;
use crate::domain::review::{Grade, ReviewKind};
use crate::domain::sm2::Rules;

/// The rules by which the cache was made.
pub(super) fn rules(connection: &Connection) -> rusqlite::Result<Rules> {
    connection.prepare_cached("SELECT fuzz, repeat FROM meta")?.query_row([], rows::rules)
}

/// A card's state in the cache.
pub(super) fn cached(connection: &Connection, card: &CardId) -> rusqlite::Result<CardState> {
    let mut statement = connection.prepare_cached("SELECT * FROM schedules WHERE deck = ?1 AND card = ?2")?;
    let mut found = statement.query_and_then((&card.deck.0, &card.card), rows::state)?;
    Ok(found.next().transpose()?.map_or_else(CardState::default, |(_, state)| state))
}

/// Every state in the cache.
pub(super) fn all_cached(connection: &Connection) -> rusqlite::Result<BTreeMap<CardId, CardState>> {
    // In the order of the map, so that it is built from a sorted run.
    let mut statement = connection.prepare("SELECT * FROM schedules ORDER BY deck, card")?;
    statement.query_and_then([], rows::state)?.collect()
}

/// An answer as far as the fold looks at it.
struct Step {
    grade: Grade,
    kind: ReviewKind,
    day: StudyDay,
}

fn step(row: &Row<'_>) -> rusqlite::Result<Step> {
    Ok(Step { grade: row.get("grade")?, kind: row.get("kind")?, day: row.get("day")? })
}

/// A card's state by replay of its live rows.
pub(super) fn replayed(connection: &Connection, card: &CardId, rules: Rules) -> rusqlite::Result<CardState> {
    let mut statement = connection
        .prepare_cached("SELECT grade, kind, day FROM live WHERE deck = ?1 AND card = ?2 ORDER BY seq")?;
    let steps = statement.query_and_then((&card.deck.0, &card.card), step)?;
    let rules = rules.of(card);
    steps.into_iter().try_fold(CardState::default(), |state, step| {
        step.map(|step| state.after(step.grade, step.kind.mode(), step.day, rules).0)
    })
}

/// Every state by replay of the whole log, one row in memory at a time.
pub(super) fn all_replayed(
    connection: &Connection,
    rules: Rules,
) -> rusqlite::Result<BTreeMap<CardId, CardState>> {
    let mut statement = connection.prepare("SELECT deck, card, grade, kind, day FROM live ORDER BY seq")?;
    let mut steps = statement.query([])?;
    let mut states = BTreeMap::new();
    while let Some(row) = steps.next()? {
        let (card, step) = (rows::card(row)?, step(row)?);
        let of_card = rules.of(&card);
        let state: &mut CardState = states.entry(card).or_default();
        *state = state.after(step.grade, step.kind.mode(), step.day, of_card).0;
    }
    Ok(states)
}

/// Makes the cache anew by `rules`, inside the caller's transaction; gives the number of cards.
pub(super) fn rebuild(connection: &Connection, rules: Rules) -> rusqlite::Result<usize> {
    let states = all_replayed(connection, rules)?;
    connection.execute("UPDATE meta SET fuzz = ?1, repeat = ?2", (rules.fuzz, rules.repeat))?;
    connection.execute("DELETE FROM schedules", [])?;
    for (card, state) in &states {
        rows::save(connection, card, state)?;
    }
    Ok(states.len())
}
