//! Flags: cards that the learner marked as faulty, with a note for their author.
//!
//! They are no part of the log: they say nothing of the learner.

use super::write::LONGEST_REPLY;
use super::{Store, StoreError, rows};
use crate::domain::card::CardId;
use crate::domain::day::Moment;

/// A card that was marked as faulty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flag {
    /// The card.
    pub card: CardId,
    /// What is wrong with it; may be empty.
    pub note: String,
    /// When it was marked.
    pub at: Moment,
}

const RAISE: &str = "INSERT INTO flags (deck, card, note, at, offset_s) VALUES (?1, ?2, ?3, ?4, ?5)
    ON CONFLICT DO UPDATE SET note = excluded.note, at = excluded.at, offset_s = excluded.offset_s";
const LOWER: &str = "DELETE FROM flags WHERE deck = ?1 AND card = ?2";

impl Store {
    /// Marks a card as faulty; a second mark replaces the first. The note is cut to [`LONGEST_REPLY`].
    ///
    /// # Errors
    /// [`StoreError`]; nothing was changed.
    pub fn flag(&mut self, card: &CardId, note: &str, at: Moment) -> Result<(), StoreError> {
        let note: String = note.chars().take(LONGEST_REPLY).collect();
        let row = (&card.deck.0, &card.card, note, at.utc_millis(), at.offset_seconds());
        self.write(|writer| writer.connection.execute(RAISE, row)).map(drop)
    }

    /// Takes the mark off a card; tells whether there was one.
    ///
    /// # Errors
    /// [`StoreError`]; nothing was changed.
    pub fn unflag(&mut self, card: &CardId) -> Result<bool, StoreError> {
        let row = (&card.deck.0, &card.card);
        self.write(|writer| writer.connection.execute(LOWER, row)).map(|marks| marks > 0)
    }

    /// Every marked card, by id.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn flags(&self) -> Result<Vec<Flag>, StoreError> {
        self.list("SELECT * FROM flags ORDER BY deck, card", [], |row| {
            Ok(Flag { card: rows::card(row)?, note: row.get("note")?, at: rows::moment(row)? })
        })
    }
}
