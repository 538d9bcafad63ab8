//! The cache: schedules, and for which card each answer counts. It is what replaying the log gives, kept beside it.
//!
//! The rules of the fold are the domain's; this file feeds it rows in the order of the log.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, Row};

use super::{rows, schema};
use crate::domain::card::CardId;
use crate::domain::day::StudyDay;
use crate::domain::deck::DeckId;
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
#[derive(Clone, Copy)]
pub(super) struct Step {
    grade: Grade,
    kind: ReviewKind,
    day: StudyDay,
}

/// The columns `grade`, `kind` and `day`, from a place on.
fn step(row: &Row<'_>, from: usize) -> rusqlite::Result<Step> {
    Ok(Step { grade: row.get(from)?, kind: row.get(from + 1)?, day: row.get(from + 2)? })
}

/// States by replay of answers in the order of the log.
pub(super) struct Fold {
    rules: Rules,
    states: BTreeMap<CardId, CardState>,
}

impl Fold {
    /// No answer yet.
    pub(super) fn by(rules: Rules) -> Self {
        Self { rules, states: BTreeMap::new() }
    }

    /// Takes in the next answer that counts for a card.
    pub(super) fn take(&mut self, card: &CardId, step: Step) {
        let rules = self.rules.of(card);
        let after = |state: CardState| state.after(step.grade, step.kind.mode(), step.day, rules).0;
        match self.states.get_mut(card) {
            Some(state) => *state = after(*state),
            None => drop(self.states.insert(card.clone(), after(CardState::default()))),
        }
    }

    /// The states of all cards with an answer.
    pub(super) fn states(self) -> BTreeMap<CardId, CardState> {
        self.states
    }
}

/// The restarts and relinks that count.
pub(super) fn lineage(connection: &Connection) -> rusqlite::Result<Lineage> {
    let mut statement = connection.prepare_cached("SELECT * FROM turns ORDER BY seq")?;
    let turns = statement.query_and_then([], |row| {
        Ok::<_, rusqlite::Error>((rows::seq(row)?, Turn::of(&rows::event(row)?)))
    })?;
    let turns: Vec<(i64, Option<Turn>)> = turns.collect::<rusqlite::Result<_>>()?;
    Ok(Lineage::new(turns.into_iter().filter_map(|(at, turn)| Some((at, turn?)))))
}

/// A card's state by replay of its live rows.
pub(super) fn replayed(connection: &Connection, card: &CardId, rules: Rules) -> rusqlite::Result<CardState> {
    let mut statement = connection.prepare_cached(
        "SELECT grade, kind, day FROM live WHERE owner_deck = ?1 AND owner_card = ?2 ORDER BY seq",
    )?;
    let steps = statement.query_and_then((&card.deck.0, &card.card), |row| step(row, 0))?;
    let rules = rules.of(card);
    steps.into_iter().try_fold(CardState::default(), |state, step| {
        step.map(|step| state.after(step.grade, step.kind.mode(), step.day, rules).0)
    })
}

/// Hands every answer that counts to `each`, in the order of the log: its place, the card for which it counts, and what
/// it says. One row is in memory at a time.
pub(super) fn walk(
    connection: &Connection,
    mut each: impl FnMut(i64, &CardId, Step) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    const KEPT: &str = "SELECT seq, deck, card, grade, kind, day FROM kept ORDER BY seq";
    let lineage = lineage(connection)?;
    let mut statement = connection.prepare(KEPT)?;
    let mut steps = statement.query([])?;
    while let Some(row) = steps.next()? {
        let (at, named) = (row.get(0)?, CardId { deck: DeckId(row.get(1)?), card: row.get(2)? });
        if let Some(owner) = lineage.owner(&named, at) {
            each(at, owner, step(row, 3)?)?;
        }
    }
    Ok(())
}

/// Makes the cache anew by `rules` and the store's model, inside the caller's transaction; gives the number of cards.
pub(super) fn rebuild(connection: &Connection, rules: Rules) -> rusqlite::Result<usize> {
    const NOTE: &str = "UPDATE meta SET fuzz = ?1, repeat = ?2, scheduler = ?3, retention = ?4";
    let rules = Rules { model: model(connection)?, ..rules };
    connection.execute("DELETE FROM owned", [])?;
    let indexes = schema::set_aside(connection, "owned")?;
    let mut fold = Fold::by(rules);
    walk(connection, |at, owner, step| {
        fold.take(owner, step);
        own(connection, at, owner)
    })?;
    indexes.iter().try_for_each(|sql| connection.execute_batch(sql))?;
    let states = fold.states();
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
