//! The cache: schedules, and for which card each answer counts. It is what replaying the log gives, kept beside it.
//!
//! The rules of the fold are the domain's; this file feeds it rows in the order of the log.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, Row};

use super::rows;
use crate::domain::card::CardId;
use crate::domain::day::StudyDay;
use crate::domain::lineage::{Lineage, Turn};
use crate::domain::model::Model;
use crate::domain::progress::CardState;
use crate::domain::review::{Grade, ReviewKind};
use crate::domain::sm2::Rules;

/// The rules by which the cache was made.
pub(super) fn rules(connection: &Connection) -> rusqlite::Result<Rules> {
    const RULES: &str = "SELECT fuzz, repeat, scheduler, retention FROM meta";
    Ok(Rules { model: model(connection)?, ..connection.prepare_cached(RULES)?.query_row([], rows::rules)? })
}

/// The memory model in force: the newest that was adopted, else the default one.
pub(super) fn model(connection: &Connection) -> rusqlite::Result<Model> {
    const NEWEST: &str = "SELECT fitted FROM parameters ORDER BY number DESC LIMIT 1";
    let mut newest = connection.prepare_cached(NEWEST)?;
    Ok(newest.query_and_then([], |row| row.get("fitted"))?.next().transpose()?.unwrap_or_default())
}

/// Whether the cache was made by these rules; the model is the store's own.
pub(super) fn follows(connection: &Connection, rules: Rules) -> rusqlite::Result<bool> {
    let own = self::rules(connection)?;
    Ok(own == Rules { model: own.model, ..rules })
}

/// A card's state in the cache.
pub(super) fn cached(connection: &Connection, card: &CardId) -> rusqlite::Result<CardState> {
    let mut statement = connection.prepare_cached("SELECT * FROM schedules WHERE deck = ?1 AND card = ?2")?;
    let model = model(connection)?;
    let mut found = statement.query_and_then((&card.deck.0, &card.card), |row| rows::state(row, model))?;
    Ok(found.next().transpose()?.map_or_else(CardState::default, |(_, state)| state))
}

/// Every state in the cache.
pub(super) fn all_cached(connection: &Connection) -> rusqlite::Result<BTreeMap<CardId, CardState>> {
    // In the order of the map, so that it is built from a sorted run.
    let mut statement = connection.prepare("SELECT * FROM schedules ORDER BY deck, card")?;
    let model = model(connection)?;
    statement.query_and_then([], |row| rows::state(row, model))?.collect()
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

/// The restarts and relinks that count.
pub(super) fn lineage(connection: &Connection) -> rusqlite::Result<Lineage> {
    let mut statement = connection.prepare_cached("SELECT * FROM turns ORDER BY seq")?;
    let turns = statement.query_and_then([], |row| {
        Ok::<_, rusqlite::Error>((row.get("seq")?, Turn::of(&rows::event(row)?)))
    })?;
    let turns: Vec<(i64, Option<Turn>)> = turns.collect::<rusqlite::Result<_>>()?;
    Ok(Lineage::new(turns.into_iter().filter_map(|(at, turn)| Some((at, turn?)))))
}

/// A card's state by replay of its live rows.
pub(super) fn replayed(connection: &Connection, card: &CardId, rules: Rules) -> rusqlite::Result<CardState> {
    let mut statement = connection.prepare_cached(
        "SELECT grade, kind, day FROM live WHERE owner_deck = ?1 AND owner_card = ?2 ORDER BY seq",
    )?;
    let steps = statement.query_and_then((&card.deck.0, &card.card), step)?;
    let rules = rules.of(card);
    steps.into_iter().try_fold(CardState::default(), |state, step| {
        step.map(|step| state.after(step.grade, step.kind.mode(), step.day, rules).0)
    })
}

/// Every state by replay of the whole log, one row in memory at a time; `owns` is told of each answer that counts, by
/// its place, and of its card.
pub(super) fn all_replayed(
    connection: &Connection,
    rules: Rules,
    mut owns: impl FnMut(i64, &CardId) -> rusqlite::Result<()>,
) -> rusqlite::Result<BTreeMap<CardId, CardState>> {
    let lineage = lineage(connection)?;
    let mut statement =
        connection.prepare("SELECT seq, deck, card, grade, kind, day FROM kept ORDER BY seq")?;
    let mut steps = statement.query([])?;
    let mut states: BTreeMap<CardId, CardState> = BTreeMap::new();
    while let Some(row) = steps.next()? {
        let (at, named, step) = (row.get("seq")?, rows::card(row)?, step(row)?);
        let Some(owner) = lineage.owner(&named, at) else { continue };
        owns(at, owner)?;
        let state = states.entry(owner.clone()).or_default();
        *state = state.after(step.grade, step.kind.mode(), step.day, rules.of(owner)).0;
    }
    Ok(states)
}

/// Makes the cache anew by `rules` and the store's model, inside the caller's transaction; gives the number of cards.
pub(super) fn rebuild(connection: &Connection, rules: Rules) -> rusqlite::Result<usize> {
    const NOTE: &str = "UPDATE meta SET fuzz = ?1, repeat = ?2, scheduler = ?3, retention = ?4";
    let rules = Rules { model: model(connection)?, ..rules };
    connection.execute("DELETE FROM owned", [])?;
    let states = all_replayed(connection, rules, |at, owner| own(connection, at, owner))?;
    let (scheduler, retention) = rows::scheduler_columns(rules.scheduler);
    connection.execute(NOTE, (rules.fuzz, rules.repeat, scheduler, retention))?;
    connection.execute("DELETE FROM schedules", [])?;
    for (card, state) in &states {
        rows::save(connection, card, state)?;
    }
    Ok(states.len())
}

/// Notes that the answer at a place of the log counts, and for which card.
pub(super) fn own(connection: &Connection, at: i64, owner: &CardId) -> rusqlite::Result<()> {
    const OWN: &str = "INSERT INTO owned (seq, deck, card) VALUES (?1, ?2, ?3)";
    connection.prepare_cached(OWN)?.execute((at, &owner.deck.0, &owner.card)).map(drop)
}

/// The card for which the answer at a place counts.
pub(super) fn owner(connection: &Connection, at: i64) -> rusqlite::Result<Option<CardId>> {
    let mut statement = connection.prepare_cached("SELECT deck, card FROM owned WHERE seq = ?1")?;
    statement.query_and_then([at], rows::card)?.next().transpose()
}

/// Lets none of a card's answers count from now on.
pub(super) fn abandon(connection: &Connection, card: &CardId) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM owned WHERE deck = ?1 AND card = ?2", (&card.deck.0, &card.card))?;
    rows::save(connection, card, &CardState::default())
}

/// Lets all of a card's answers count for another from now on; gives their number and the other's state.
pub(super) fn hand_over(
    connection: &Connection,
    from: &CardId,
    to: &CardId,
) -> rusqlite::Result<(usize, CardState)> {
    const MOVE: &str = "UPDATE owned SET deck = ?3, card = ?4 WHERE deck = ?1 AND card = ?2";
    let moved = connection.execute(MOVE, (&from.deck.0, &from.card, &to.deck.0, &to.card))?;
    let state = replayed(connection, to, rules(connection)?)?;
    rows::save(connection, from, &CardState::default())?;
    rows::save(connection, to, &state)?;
    Ok((moved, state))
}

/// Notes that the answer at a place of the log does not count.
pub(super) fn disown(connection: &Connection, at: i64) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM owned WHERE seq = ?1")?.execute([at]).map(drop)
}

/// Settles anew whose the answers of these cards and their families are, after a restart or a relink was taken back, and
/// replays them: nobody else's are touched.
pub(super) fn resettle<'a>(
    connection: &Connection,
    cards: impl IntoIterator<Item = &'a CardId>,
) -> rusqlite::Result<()> {
    const ANSWERS: &str = "SELECT seq FROM kept WHERE deck = ?1 AND card = ?2";
    let (lineage, rules) = (lineage(connection)?, rules(connection)?);
    let families: BTreeSet<CardId> = cards.into_iter().flat_map(|card| lineage.family(card)).collect();
    for card in &families {
        let mut answers = connection.prepare_cached(ANSWERS)?;
        let places = answers.query_map((&card.deck.0, &card.card), |row| row.get(0))?;
        for at in places.collect::<rusqlite::Result<Vec<i64>>>()? {
            disown(connection, at)?;
            if let Some(owner) = lineage.owner(card, at) {
                own(connection, at, owner)?;
            }
        }
    }
    for card in &families {
        rows::save(connection, card, &replayed(connection, card, rules)?)?;
    }
    Ok(())
}
