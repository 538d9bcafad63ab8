//! Flags: cards that the learner marked as faulty, with a note for their author.
//!
//! They are no part of the log: they say nothing of the learner. A flag stays on the id under which it was raised, and
//! is read as that of the card to which the log has relinked the id since: so a relink takes it along in its own row,
//! and taking that row back puts the flag back.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::write::LONGEST_REPLY;
use super::{Store, StoreError, rows};
use crate::domain::card::CardId;
use crate::domain::day::Moment;
use crate::domain::review::{Event, LogEntry};

/// A card that was marked as faulty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flag {
    /// The card, by the id that it has now.
    pub card: CardId,
    /// What is wrong with it; may be empty.
    pub note: String,
    /// When it was marked.
    pub at: Moment,
}

const RAISE: &str = "INSERT INTO flags (deck, card, note, at, offset_s) VALUES (?1, ?2, ?3, ?4, ?5)
    ON CONFLICT DO UPDATE SET note = excluded.note, at = excluded.at, offset_s = excluded.offset_s";
/// As `RAISE`, unless there is a newer one.
const HAND_ON: &str = "INSERT INTO flags (deck, card, note, at, offset_s) VALUES (?1, ?2, ?3, ?4, ?5)
    ON CONFLICT DO UPDATE SET note = excluded.note, at = excluded.at, offset_s = excluded.offset_s
    WHERE excluded.at > flags.at";
const LOWER: &str = "DELETE FROM flags WHERE deck = ?1 AND card = ?2";

impl Store {
    /// Marks a card as faulty; a second mark replaces the first. The note is cut to [`LONGEST_REPLY`].
    ///
    /// # Errors
    /// [`StoreError`]; nothing was changed.
    pub fn flag(&mut self, card: &CardId, note: &str, at: Moment) -> Result<(), StoreError> {
        let note: String = note.chars().take(LONGEST_REPLY).collect();
        self.write(|writer| {
            // A flag of that id may be another card's by now: it must not be written over.
            for (_, flag) in
                raised(writer.connection)?.iter().filter(|(id, flag)| id == card && flag.card != *id)
            {
                put(writer.connection, HAND_ON, flag)?;
            }
            put(writer.connection, RAISE, &Flag { card: card.clone(), note, at })
        })
    }

    /// Takes the mark off a card, whichever id it had when it was marked; tells whether there was one.
    ///
    /// # Errors
    /// [`StoreError`]; nothing was changed.
    pub fn unflag(&mut self, card: &CardId) -> Result<bool, StoreError> {
        self.write(|writer| {
            let raised = raised(writer.connection)?;
            let mut found = false;
            for (CardId { deck, card }, _) in raised.iter().filter(|(_, flag)| flag.card == *card) {
                found |= writer.connection.execute(LOWER, (&deck.0, card))? > 0;
            }
            Ok(found)
        })
    }

    /// Every marked card, by id, with its newest mark.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn flags(&self) -> Result<Vec<Flag>, StoreError> {
        let mut newest: BTreeMap<CardId, Flag> = BTreeMap::new();
        for (_, flag) in raised(&self.connection).map_err(|error| self.error(error))? {
            let known = newest.entry(flag.card.clone()).or_insert_with(|| flag.clone());
            if known.at.utc_millis() < flag.at.utc_millis() {
                *known = flag;
            }
        }
        Ok(newest.into_values().collect())
    }
}

fn put(connection: &Connection, sql: &str, flag: &Flag) -> rusqlite::Result<()> {
    let Flag { card: CardId { deck, card }, note, at } = flag;
    connection.execute(sql, (&deck.0, card, note, at.utc_millis(), at.offset_seconds())).map(drop)
}

/// Every flag, with the id under which it was raised; its own card is the one to which that was relinked since.
fn raised(connection: &Connection) -> rusqlite::Result<Vec<(CardId, Flag)>> {
    let mut statement =
        connection.prepare_cached("SELECT * FROM turns WHERE kind = 'relink' ORDER BY seq")?;
    let relinks: Vec<LogEntry> =
        statement.query_and_then([], rows::entry)?.collect::<rusqlite::Result<_>>()?;
    let mut statement = connection.prepare_cached("SELECT * FROM flags ORDER BY deck, card")?;
    let flags = statement.query_and_then([], |row| {
        let (raised, at) = (rows::card(row)?, rows::moment(row)?);
        let card = relinks.iter().fold(raised.clone(), |card, relink| followed(card, at, relink));
        Ok((raised, Flag { card, note: row.get("note")?, at }))
    })?;
    flags.collect()
}

/// The card that has the flag of `card`, raised at `at`, after a relink.
fn followed(card: CardId, at: Moment, relink: &LogEntry) -> CardId {
    match &relink.event {
        Event::Relinked { from, to } if *from == card && at.utc_millis() <= relink.at.utc_millis() => {
            to.clone()
        }
        _ => card,
    }
}
