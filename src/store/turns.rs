//! What else is logged than answers: a fresh start, a relink, a kept answer. Each is one transaction.
//!
//! It does not know which cards there are, or which of them look alike.

use super::error::StoreError;
use super::{Store, faces, fold};
use crate::domain::card::CardId;
use crate::domain::day::{Moment, StudyDay};
use crate::domain::identity::Face;
use crate::domain::progress::CardState;
use crate::domain::review::{Event, LogEntry};

/// A card's fresh start that is on disk.
#[derive(Debug, Clone, PartialEq)]
pub struct Restarted {
    /// Its row in the log.
    pub entry: LogEntry,
    /// The card before it; after it the card is new.
    pub before: CardState,
}

/// A relink that is on disk.
#[derive(Debug, Clone, PartialEq)]
pub struct Relinked {
    /// Its row in the log.
    pub entry: LogEntry,
    /// How many answers the card took over.
    pub moved: usize,
    /// The card that goes on, before it took over.
    pub before: CardState,
    /// The card that goes on, now.
    pub after: CardState,
}

impl Store {
    /// Lets a card start afresh: its earlier rows stay in the log and no longer count.
    ///
    /// `None`, and no row, where the card is new anyway.
    ///
    /// # Errors
    /// [`StoreError`]; nothing was changed.
    pub fn restart(
        &mut self,
        card: &CardId,
        at: Moment,
        day: StudyDay,
    ) -> Result<Option<Restarted>, StoreError> {
        self.write(|writer| {
            let before = fold::cached(writer.connection, card)?;
            if before == CardState::default() {
                return Ok(None);
            }
            let entry = writer.append(at, day, Event::Restarted { card: card.clone() })?;
            fold::abandon(writer.connection, card)?;
            Ok(Some(Restarted { entry, before }))
        })
    }

    /// Lets `to` take over what was logged for `from` until now: answers that are `to`'s own stay and are merged in
    /// the order of the log. Unless `to` was answered, it also takes over how `from` looked.
    ///
    /// `None`, and no row, where `from` has no live answer, or is `to`.
    ///
    /// # Errors
    /// [`StoreError`]; nothing was changed.
    pub fn relink(
        &mut self,
        from: &CardId,
        to: &CardId,
        at: Moment,
        day: StudyDay,
    ) -> Result<Option<Relinked>, StoreError> {
        self.write(|writer| {
            let new = CardState::default();
            let (old, before) =
                (fold::cached(writer.connection, from)?, fold::cached(writer.connection, to)?);
            if from == to || old == new {
                return Ok(None);
            }
            if before == new {
                faces::inherit(writer.connection, from, to)?;
            }
            let event = Event::Relinked { from: from.clone(), to: to.clone() };
            let entry = writer.append(at, day, event)?;
            let (moved, after) = fold::hand_over(writer.connection, from, to)?;
            Ok(Some(Relinked { entry, moved, before, after }))
        })
    }

    /// Logs that the learner keeps what is known of a card though its answer was edited, and remembers how the card
    /// looks now. Taking the row back changes no state; unless the card was answered since, it is known again as it
    /// looked before.
    ///
    /// # Errors
    /// [`StoreError`]; nothing was changed.
    pub fn keep(
        &mut self,
        card: &CardId,
        face: &Face,
        at: Moment,
        day: StudyDay,
    ) -> Result<LogEntry, StoreError> {
        self.write(|writer| {
            let entry = writer.append(at, day, Event::Kept { card: card.clone() })?;
            faces::set_aside(writer.connection, card, entry.id)?;
            faces::save(writer.connection, card, face)?;
            Ok(entry)
        })
    }
}
