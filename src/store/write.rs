//! What changes the log: an answer, and taking a row back. Each is one transaction; `turns` has the other rows.
//!
//! It does not know how answers are judged or when they are asked for.

use rusqlite::{Connection, Row, TransactionBehavior};
use uuid::{ContextV7, Timestamp, Uuid};

use super::connect::Access;
use super::error::StoreError;
use super::{Store, faces, file, fold, rows};
use crate::domain::card::CardId;
use crate::domain::day::{Moment, StudyDay};
use crate::domain::identity::Face;
use crate::domain::progress::CardState;
use crate::domain::review::{Answer, EntryId, Event, LogEntry};

/// Longest reply and note that are kept, in characters: a page of text; the schema refuses longer ones.
pub const LONGEST_REPLY: usize = 10_000;
/// Milliseconds in a second.
const MILLIS: u64 = 1_000;
const NANOS_A_MILLI: u64 = 1_000_000;
/// Bits of a `UUIDv7` below its milliseconds.
const BELOW_MILLIS: u32 = 80;

/// The newest row that counts.
const NEWEST: &str = "SELECT * FROM log WHERE seq = (SELECT max(seq) FROM (
    SELECT max(seq) AS seq FROM owned UNION ALL SELECT max(seq) FROM turns))";
/// The row of an id, if it counts.
const NAMED: &str = "SELECT * FROM log WHERE id = ?1 AND (
    EXISTS (SELECT 1 FROM owned WHERE owned.seq = log.seq)
    OR EXISTS (SELECT 1 FROM turns WHERE turns.seq = log.seq))";

/// An answer that is on disk.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    /// Its row in the log; the reply is cut to [`LONGEST_REPLY`].
    pub entry: LogEntry,
    /// The card before it.
    pub before: CardState,
    /// The card after it.
    pub after: CardState,
}

/// A retraction that is on disk.
#[derive(Debug, Clone, PartialEq)]
pub struct Undone {
    /// Its row in the log.
    pub entry: LogEntry,
    /// The row that was taken back.
    pub row: LogEntry,
    /// The card: of an answer the one for which it counted, of a relink the one that had taken over.
    pub card: CardId,
    /// The card before the retraction.
    pub before: CardState,
    /// The card after it.
    pub after: CardState,
}

impl Store {
    /// Writes an answer to the log, with the schedule that follows from it: durable once this returns.
    ///
    /// The kind of the answer follows from the card's state at that moment, so that a second answer of a
    /// day is a drill, also when another process gave the first.
    ///
    /// # Errors
    /// [`StoreError`]; the answer was not saved.
    pub fn record(&mut self, answer: &Answer) -> Result<Recorded, StoreError> {
        self.write(|writer| writer.record(answer))
    }

    /// As [`Self::record`], and remembers, in the same transaction, how the card looked.
    ///
    /// # Errors
    /// [`StoreError`]; the answer was not saved.
    pub fn record_facing(&mut self, answer: &Answer, face: &Face) -> Result<Recorded, StoreError> {
        self.write(|writer| {
            faces::save(writer.connection, &answer.card, face)?;
            writer.record(answer)
        })
    }

    /// Takes the newest row back that counts, an answer, a fresh start, a relink or a kept answer: appends a
    /// retraction, and replays what is left of its cards.
    ///
    /// `None` where there is no such row: nothing was logged, or all was taken back or set aside.
    ///
    /// # Errors
    /// [`StoreError`]; nothing was taken back.
    pub fn undo(&mut self, at: Moment, day: StudyDay) -> Result<Option<Undone>, StoreError> {
        self.write(|writer| writer.undo(at, day))
    }

    /// Takes one row back, the newest or not: appends a retraction, and replays what is left of its cards.
    ///
    /// `None` where the row does not count any more.
    ///
    /// # Errors
    /// [`StoreError`]; nothing was taken back.
    pub fn retract(&mut self, id: EntryId, at: Moment, day: StudyDay) -> Result<Option<Undone>, StoreError> {
        self.write(|writer| writer.retract(id, at, day))
    }

    /// Gives an answer another grade: takes the first back and records the second, in one transaction.
    ///
    /// # Errors
    /// [`StoreError`]; the first answer stands.
    pub fn replace(&mut self, id: EntryId, answer: &Answer) -> Result<Recorded, StoreError> {
        self.write(|writer| {
            writer.retract(id, answer.at, answer.day)?;
            writer.record(answer)
        })
    }

    /// Runs `work` in one transaction that holds the write lock from its start.
    pub(super) fn write<T>(
        &mut self,
        work: impl FnOnce(&Writer<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        self.may_write()?;
        let Self { connection, path, ids, .. } = self;
        transact(connection, ids, work).map_err(|error| StoreError::of(path, error))
    }

    /// Refuses a store for reports, and a file that is no longer the one its path names: what is written
    /// to that would be lost without a word.
    pub(super) fn may_write(&self) -> Result<(), StoreError> {
        let path = || self.path.clone();
        match (self.access, self.identity) {
            (Access::Reports, _) => Err(StoreError::ReportsOnly { path: path() }),
            (Access::Answers, None) => Ok(()),
            (Access::Answers, Some(opened)) => match file::identity(&self.path) {
                Ok(now) if now == opened => Ok(()),
                Ok(_) | Err(_) => Err(StoreError::Replaced { path: path() }),
            },
        }
    }
}

fn transact<T>(
    connection: &mut Connection,
    ids: &ContextV7,
    work: impl FnOnce(&Writer<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<T> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let value = work(&Writer { connection: &transaction, ids })?;
    transaction.commit().map(|()| value)
}

/// The milliseconds since 1970 with which a `UUIDv7` starts.
fn millis_of(id: EntryId) -> u64 {
    u64::try_from(id.0 >> BELOW_MILLIS).unwrap_or(0)
}

/// A row of the log with its place.
fn placed(row: &Row<'_>) -> rusqlite::Result<(i64, LogEntry)> {
    Ok((rows::seq(row)?, rows::entry(row)?))
}

/// The hand that writes inside a transaction.
pub(super) struct Writer<'a> {
    /// The connection, inside the transaction.
    pub(super) connection: &'a Connection,
    ids: &'a ContextV7,
}

impl Writer<'_> {
    fn record(&self, answer: &Answer) -> rusqlite::Result<Recorded> {
        let Answer { card, grade, mode, at, day, elapsed_ms, reply, confidence } = answer;
        let before = fold::cached(self.connection, card)?;
        let rules = fold::rules(self.connection)?.of(card);
        let (after, kind) = before.after(*grade, *mode, *day, rules);
        let (named, reply) = (card.clone(), reply.chars().take(LONGEST_REPLY).collect());
        rows::save(self.connection, card, &after)?;
        let (grade, elapsed_ms, confidence) = (*grade, *elapsed_ms, *confidence);
        let event = Event::Answered { card: named, grade, kind, elapsed_ms, reply, confidence };
        let (place, entry) = self.append_at(*at, *day, event)?;
        fold::own(self.connection, place, card)?;
        Ok(Recorded { entry, before, after })
    }

    fn undo(&self, at: Moment, day: StudyDay) -> rusqlite::Result<Option<Undone>> {
        let mut newest = self.connection.prepare_cached(NEWEST)?;
        let found = newest.query_and_then([], placed)?.next().transpose()?;
        found.map_or(Ok(None), |(place, row)| self.take_back(place, row, at, day))
    }

    fn retract(&self, id: EntryId, at: Moment, day: StudyDay) -> rusqlite::Result<Option<Undone>> {
        let mut named = self.connection.prepare_cached(NAMED)?;
        let found = named.query_and_then([id], placed)?.next().transpose()?;
        found.map_or(Ok(None), |(place, row)| self.take_back(place, row, at, day))
    }

    fn take_back(
        &self,
        place: i64,
        row: LogEntry,
        at: Moment,
        day: StudyDay,
    ) -> rusqlite::Result<Option<Undone>> {
        let owner = fold::owner(self.connection, place)?;
        let Some(card) = owner.or_else(|| row.event.card().cloned()) else {
            return Ok(None); // a retraction is never taken back
        };
        let before = fold::cached(self.connection, &card)?;
        let entry = self.append(at, day, Event::Undone { retracts: row.id })?;
        match &row.event {
            Event::Answered { .. } => {
                fold::disown(self.connection, place)?;
                let left = fold::replayed(self.connection, &card, fold::rules(self.connection)?)?;
                rows::save(self.connection, &card, &left)?;
            }
            Event::Relinked { from, to } => fold::resettle(self.connection, [from, to])?,
            Event::Restarted { card } => fold::resettle(self.connection, [card])?,
            Event::Kept { card } => faces::restore(self.connection, card, row.id)?,
            Event::Undone { .. } => {}
        }
        let after = fold::cached(self.connection, &card)?;
        Ok(Some(Undone { entry, row, card, before, after }))
    }

    /// Appends a row under a new id, and counts it.
    pub(super) fn append(&self, at: Moment, day: StudyDay, event: Event) -> rusqlite::Result<LogEntry> {
        Ok(self.append_at(at, day, event)?.1)
    }

    /// As [`Self::append`], with the row's place in the log.
    fn append_at(&self, at: Moment, day: StudyDay, event: Event) -> rusqlite::Result<(i64, LogEntry)> {
        let mut count =
            self.connection.prepare_cached("UPDATE meta SET entries = entries + 1 RETURNING device")?;
        let device = count.query_row([], |row| row.get(0))?;
        let entry = LogEntry { id: self.new_id(at)?, device, at, day, event };
        Ok((rows::append(self.connection, &entry)?, entry))
    }

    /// A `UUIDv7`: it starts with the moment, and is greater than all that the log has, also where the clock ran back
    /// or rows of a clock that is ahead were taken in. So the order of ids is the order of writing, and a common one
    /// for logs that are merged (`import`).
    fn new_id(&self, at: Moment) -> rusqlite::Result<EntryId> {
        let mut greatest = self.connection.prepare_cached("SELECT max(id) FROM log")?;
        let greatest: Option<EntryId> = greatest.query_row([], |row| row.get(0))?;
        let id = self.id_from(u64::try_from(at.utc_millis()).unwrap_or(0));
        Ok(match greatest {
            Some(greatest) if greatest >= id => self.id_from(millis_of(greatest).saturating_add(1)),
            Some(_) | None => id,
        })
    }

    fn id_from(&self, millis: u64) -> EntryId {
        let nanos = u32::try_from(millis % MILLIS * NANOS_A_MILLI).unwrap_or(0);
        EntryId(Uuid::new_v7(Timestamp::from_unix(self.ids, millis / MILLIS, nanos)).as_u128())
    }
}
