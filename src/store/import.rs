//! Rows of another log, taken in: all of them or none.
//!
//! The order of replay has to be the same on two machines that have the same rows, whichever took in the other's
//! first. It is the order of ids: an id is greater than every id its store held when it was given (`write`), so a row
//! comes after all that its device knew of, whatever its clock said. Without an import that is the order of writing;
//! after one the places of rows are given anew, and nothing else of them changes.

use std::path::PathBuf;

use rusqlite::{Connection, ErrorCode, Transaction, TransactionBehavior};

use super::error::StoreError;
use super::{Store, connect, fold, rows, schema};
use crate::domain::review::{EntryId, LogEntry};

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// It is new.
    Added,
    /// The log has it already.
    Known,
    /// The log has a row of that id that says something else; nothing was done.
    Differs,
}

/// What an import did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Imported {
    /// Rows that are new.
    pub added: u64,
    /// Rows that were known.
    pub known: u64,
}

/// An import under way; dropped before its end, it leaves everything as it was.
#[derive(Debug)]
pub struct Import<'a> {
    transaction: Transaction<'a>,
    path: PathBuf,
    /// What makes the log's indexes and triggers anew; empty as long as they are there.
    aside: Vec<String>,
    /// The greatest id before the import: a greater one can only be new, or come twice.
    greatest: EntryId,
    done: Imported,
}

/// New rows from which on it is quicker to make the log's indexes anew at the end than to keep them all the way.
const MANY: u64 = 10_000;

const LOG: &str = "log";
const NAMED: &str = "SELECT * FROM log WHERE id = ?1";
const DANGLING: &str = "SELECT id FROM log AS undo WHERE retracts IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM log WHERE log.id = undo.retracts)";
/// Whether some row lies before one of a smaller id.
const DISORDER: &str = "SELECT EXISTS (SELECT 1 FROM (SELECT id, lag(id) OVER (ORDER BY seq) AS earlier FROM log) WHERE id < earlier)";
/// In two steps, so that no two rows ever have one place.
const REORDER: &str = "
CREATE TEMP TABLE places AS SELECT seq AS old, row_number() OVER (ORDER BY id) AS new FROM log;
CREATE UNIQUE INDEX temp.places_by_old ON places (old);
UPDATE log SET seq = -places.new FROM temp.places WHERE log.seq = places.old;
UPDATE log SET seq = -seq;
DROP TABLE temp.places;
";

impl Store {
    /// Begins to take in rows of another log: none is kept before [`Import::finish`].
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn import(&mut self) -> Result<Import<'_>, StoreError> {
        self.may_write()?;
        let Self { connection, path, .. } = self;
        connect::make_room(connection).map_err(|error| StoreError::of(path, error))?;
        let begun = connection.transaction_with_behavior(TransactionBehavior::Immediate);
        let of = |error| StoreError::of(path, error);
        let transaction = begun.map_err(of)?;
        let greatest = transaction.query_row("SELECT max(id) FROM log", [], |row| row.get(0)).map_err(of)?;
        let greatest = Option::unwrap_or(greatest, EntryId(0));
        let done = Imported { added: 0, known: 0 };
        Ok(Import { transaction, path: path.clone(), aside: Vec::new(), greatest, done })
    }
}

impl Import<'_> {
    /// Takes a row in, with its own id, device, moment and day.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn add(&mut self, entry: &LogEntry) -> Result<Taken, StoreError> {
        let old = entry.id <= self.greatest;
        let known =
            if old { named(&self.transaction, entry).map_err(|error| self.error(error))? } else { None };
        let taken = match known {
            Some(known) => compared(&known, entry),
            None => take(&self.transaction, entry).map_err(|error| self.error(error))?,
        };
        match taken {
            Taken::Added => self.count().map_err(|error| self.error(error))?,
            Taken::Known => self.done.known += 1,
            Taken::Differs => {}
        }
        Ok(taken)
    }

    /// The rows that take back a row which is neither among those taken in nor in the log.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn dangling(&self) -> Result<Vec<EntryId>, StoreError> {
        dangling(&self.transaction).map_err(|error| self.error(error))
    }

    /// What was done so far.
    #[must_use]
    pub fn done(&self) -> Imported {
        self.done
    }

    /// Brings the log into the order of ids, makes the schedules anew, and keeps it all.
    ///
    /// # Errors
    /// [`StoreError`]; nothing was changed.
    pub fn finish(self) -> Result<Imported, StoreError> {
        let Self { transaction, path, done, aside, .. } = self;
        let kept = settle(&transaction, aside, done.added).and_then(|()| transaction.commit());
        kept.map(|()| done).map_err(|error| StoreError::of(&path, error))
    }

    fn count(&mut self) -> rusqlite::Result<()> {
        self.done.added += 1;
        if self.done.added == MANY {
            self.aside = schema::set_aside(&self.transaction, LOG)?;
        }
        Ok(())
    }

    fn error(&self, error: rusqlite::Error) -> StoreError {
        StoreError::of(&self.path, error)
    }
}

fn dangling(connection: &Connection) -> rusqlite::Result<Vec<EntryId>> {
    connection.prepare(DANGLING)?.query_map([], |row| row.get(0))?.collect()
}

fn take(connection: &Connection, entry: &LogEntry) -> rusqlite::Result<Taken> {
    let Err(error) = rows::append(connection, entry) else { return Ok(Taken::Added) };
    if error.sqlite_error_code() != Some(ErrorCode::ConstraintViolation) {
        return Err(error);
    }
    named(connection, entry)?.map_or(Err(error), |known| Ok(compared(&known, entry)))
}

/// The log's row of that id.
fn named(connection: &Connection, entry: &LogEntry) -> rusqlite::Result<Option<LogEntry>> {
    connection.prepare_cached(NAMED)?.query_and_then([entry.id], rows::entry)?.next().transpose()
}

fn compared(known: &LogEntry, entry: &LogEntry) -> Taken {
    if same(known, entry) { Taken::Known } else { Taken::Differs }
}

/// Whether two rows are one as they are written: a moment is written without the seconds of its offset.
fn same(known: &LogEntry, given: &LogEntry) -> bool {
    let written =
        |entry: &LogEntry| LogEntry { at: entry.at.to_string().parse().unwrap_or(entry.at), ..entry.clone() };
    known == given || written(known) == written(given)
}

fn settle(connection: &Connection, mut aside: Vec<String>, added: u64) -> rusqlite::Result<()> {
    if added == 0 {
        return Ok(());
    }
    let added = i64::try_from(added).unwrap_or(i64::MAX);
    connection.execute("UPDATE meta SET entries = entries + ?1", [added])?;
    if connection.query_row(DISORDER, [], |row| row.get(0))? {
        connection.execute("DELETE FROM owned", [])?;
        aside.extend(schema::set_aside(connection, LOG)?); // the triggers that keep the log as it is among it
        connection.execute_batch(REORDER)?;
    }
    aside.iter().try_for_each(|sql| connection.execute_batch(sql))?;
    fold::rebuild(connection, fold::rules(connection)?).map(drop)
}
