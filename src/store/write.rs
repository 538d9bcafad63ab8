//! What changes the log: an answer, taking one back, a fresh start. Each is one transaction.
//!
//! It does not know how answers are judged or when they are asked for.

use rusqlite::{Connection, TransactionBehavior};
use uuid::{ContextV7, Timestamp, Uuid};

use super::connect::Access;
use super::error::StoreError;
use super::{Store, file, fold, rows};
use crate::domain::card::CardId;
use crate::domain::day::{Moment, StudyDay};
use crate::domain::progress::CardState;
use crate::domain::review::{Answer, EntryId, Event, LogEntry};

/// Longest reply and note that are kept, in characters: a page of text; the schema refuses longer ones.
pub const LONGEST_REPLY: usize = 10_000;
/// Milliseconds in a second.
const MILLIS: u64 = 1_000;
const NANOS_A_MILLI: u64 = 1_000_000;

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
    /// The answer that was taken back.
    pub answer: LogEntry,
    /// The card.
    pub card: CardId,
    /// The card before the retraction.
    pub before: CardState,
    /// The card after it.
    pub after: CardState,
}

/// A card's fresh start that is on disk.
#[derive(Debug, Clone, PartialEq)]
pub struct Restarted {
    /// Its row in the log.
    pub entry: LogEntry,
    /// The card before it; after it the card is new.
    pub before: CardState,
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

    /// Takes the newest live answer back: appends a retraction, and replays what is left of its card.
    ///
    /// `None` where there is no live answer: none was given, all were taken back, or their cards started
    /// afresh since.
    ///
    /// # Errors
    /// [`StoreError`]; nothing was taken back.
    pub fn undo(&mut self, at: Moment, day: StudyDay) -> Result<Option<Undone>, StoreError> {
        self.write(|writer| writer.undo(at, day))
    }

    /// Takes one answer back, the newest or not: appends a retraction, and replays what is left of its card.
    ///
    /// `None` where the answer does not count any more.
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
        self.write(|writer| writer.restart(card, at, day))
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
    fn may_write(&self) -> Result<(), StoreError> {
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

/// The hand that writes inside a transaction.
pub(super) struct Writer<'a> {
    /// The connection, inside the transaction.
    pub(super) connection: &'a Connection,
    ids: &'a ContextV7,
}

impl Writer<'_> {
    fn record(&self, answer: &Answer) -> rusqlite::Result<Recorded> {
        let Answer { card, grade, mode, at, day, elapsed_ms, reply } = answer;
        let before = fold::cached(self.connection, card)?;
        let rules = fold::rules(self.connection)?.of(card);
        let (after, kind) = before.after(*grade, *mode, *day, rules);
        let (card, reply) = (card.clone(), reply.chars().take(LONGEST_REPLY).collect());
        rows::save(self.connection, &card, &after)?;
        let event = Event::Answered { card, grade: *grade, kind, elapsed_ms: *elapsed_ms, reply };
        Ok(Recorded { entry: self.append(*at, *day, event)?, before, after })
    }

    fn undo(&self, at: Moment, day: StudyDay) -> rusqlite::Result<Option<Undone>> {
        let mut newest = self.connection.prepare_cached("SELECT * FROM live ORDER BY seq DESC LIMIT 1")?;
        let answer = newest.query_and_then([], rows::entry)?.next().transpose()?;
        answer.map_or(Ok(None), |answer| self.take_back(answer, at, day))
    }

    fn retract(&self, id: EntryId, at: Moment, day: StudyDay) -> rusqlite::Result<Option<Undone>> {
        let mut named = self.connection.prepare_cached("SELECT * FROM live WHERE id = ?1")?;
        let answer = named.query_and_then([id], rows::entry)?.next().transpose()?;
        answer.map_or(Ok(None), |answer| self.take_back(answer, at, day))
    }

    fn take_back(&self, answer: LogEntry, at: Moment, day: StudyDay) -> rusqlite::Result<Option<Undone>> {
        let Event::Answered { card, .. } = &answer.event else {
            return Ok(None); // the view holds answers only
        };
        let card = card.clone();
        let before = fold::cached(self.connection, &card)?;
        let entry = self.append(at, day, Event::Undone { retracts: answer.id })?;
        let after = fold::replayed(self.connection, &card, fold::rules(self.connection)?)?;
        rows::save(self.connection, &card, &after)?;
        Ok(Some(Undone { entry, answer, card, before, after }))
    }

    fn restart(&self, card: &CardId, at: Moment, day: StudyDay) -> rusqlite::Result<Option<Restarted>> {
        let before = fold::cached(self.connection, card)?;
        if before == CardState::default() {
            return Ok(None);
        }
        rows::save(self.connection, card, &CardState::default())?;
        let entry = self.append(at, day, Event::Restarted { card: card.clone() })?;
        Ok(Some(Restarted { entry, before }))
    }

    /// Appends a row under a new id, and counts it.
    fn append(&self, at: Moment, day: StudyDay, event: Event) -> rusqlite::Result<LogEntry> {
        let mut count =
            self.connection.prepare_cached("UPDATE meta SET entries = entries + 1 RETURNING device")?;
        let device = count.query_row([], |row| row.get(0))?;
        let entry = LogEntry { id: self.new_id(at), device, at, day, event };
        rows::append(self.connection, &entry)?;
        Ok(entry)
    }

    /// A `UUIDv7`: it starts with the moment, and grows within a store also while the clock runs back.
    fn new_id(&self, at: Moment) -> EntryId {
        let millis = u64::try_from(at.utc_millis()).unwrap_or(0);
        let nanos = u32::try_from(millis % MILLIS * NANOS_A_MILLI).unwrap_or(0);
        EntryId(Uuid::new_v7(Timestamp::from_unix(self.ids, millis / MILLIS, nanos)).as_u128())
    }
}
