//! The progress database: all SQL, migrations and row mapping.
//!
//! The log of answers is the truth and only grows; schedules are a cache of its replay. This room knows
//! neither decks on disk nor the terminal, environment or clock: ids, days and moments are passed in.
//!
//! One file (`progress.db`), one transaction and one fsync an answer. While it is open a write-ahead log
//! lies beside it; [`Store::checkpoint`] empties that, so that a sync tool finds the one file whole.

mod backup;
mod connect;
mod doctor;
mod error;
mod faces;
mod file;
mod flags;
mod fold;
mod hint;
mod import;
mod interviews;
mod parameters;
mod queries;
mod rows;
mod schema;
#[cfg(test)]
mod tests;
mod turns;
mod write;

pub use connect::Journal;
pub use doctor::{BrokenReference, Health, Orphan, Rebuilt};
pub use error::StoreError;
pub use flags::Flag;
pub use import::{Import, Imported, Taken};
pub use schema::APPLICATION_ID;
pub use turns::{Relinked, Restarted};
pub use write::{LONGEST_REPLY, Recorded, Undone};

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use uuid::ContextV7;

use crate::domain::sm2::Rules;
use connect::Access;
use schema::{LADDER, Step};

/// An open progress database.
///
/// A process opens one file once at a time (see `file.rs`); several processes may share it.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    /// The file, links resolved; `:memory:` where there is none.
    path: PathBuf,
    /// What the path stood for when it was opened; `None` in memory.
    identity: Option<file::Identity>,
    access: Access,
    ids: ContextV7,
}

/// What stands for a path in messages about a database in memory.
const IN_MEMORY: &str = ":memory:";

impl Store {
    /// Opens the progress file for answers, making it (0600) and its folder (0700) where there is none.
    ///
    /// A file of an older version is copied beside itself and upgraded. Where `rules` differ from those by
    /// which the schedules were made, the schedules are made anew.
    ///
    /// # Errors
    /// Any [`StoreError`]; a file that is not ours keeps every byte and gets no companion.
    pub fn open(path: &Path, rules: Rules) -> Result<Self, StoreError> {
        Self::open_with(path, rules, LADDER)
    }

    fn open_with(path: &Path, rules: Rules, ladder: &[Step]) -> Result<Self, StoreError> {
        let path = match file::find(path)? {
            Some(path) => path,
            None => create(path, ladder)?,
        };
        let newest = schema::top(ladder);
        file::check(&path, newest)?;
        let mut connection = connect::for_answers(&path, newest)?;
        upgrade(&path, &mut connection, ladder)?;
        let identity = Some(file::identity(&path)?);
        let mut store = Self { connection, path, identity, access: Access::Answers, ids: ContextV7::new() };
        store.adopt(rules)?;
        Ok(store)
    }

    /// Opens the progress file for reports: nothing is made or changed, and a missing file is an empty log.
    ///
    /// This works on a read-only disk too. Where the file has an older version or its schedules were made
    /// by other rules, a copy in memory is upgraded instead.
    ///
    /// # Errors
    /// Any [`StoreError`]; every change through this store is refused with [`StoreError::ReportsOnly`].
    pub fn open_existing(path: &Path, rules: Rules) -> Result<Self, StoreError> {
        Self::open_existing_with(path, rules, LADDER)
    }

    fn open_existing_with(path: &Path, rules: Rules, ladder: &[Step]) -> Result<Self, StoreError> {
        let Some(real) = file::find(path)? else {
            return Ok(Self { path: path.to_owned(), access: Access::Reports, ..Self::in_memory(rules)? });
        };
        let newest = schema::top(ladder);
        file::check(&real, newest)?;
        let connection = connect::for_reports(&real, newest)?;
        let of = |error| StoreError::of(&real, error);
        let version = schema::version(&connection).map_err(of)?;
        let connection = if version < newest || !fold::follows(&connection, rules).map_err(of)? {
            upgraded_copy(&connection, rules, ladder).map_err(of)?
        } else {
            connection
        };
        Ok(Self { connection, path: real, identity: None, access: Access::Reports, ids: ContextV7::new() })
    }

    /// An empty database in memory, for tests and for trying things out.
    ///
    /// # Errors
    /// [`StoreError::Sqlite`] when there is not enough memory.
    pub fn in_memory(rules: Rules) -> Result<Self, StoreError> {
        let path = PathBuf::from(IN_MEMORY);
        let connection = fresh_in_memory(rules).map_err(|error| StoreError::of(&path, error))?;
        Ok(Self { connection, path, identity: None, access: Access::Answers, ids: ContextV7::new() })
    }

    /// The file, links resolved; `:memory:` where there is none.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Moves what the write-ahead log holds into the one file, so that a copy of the file is whole.
    ///
    /// To be called while the learner reads: it costs an fsync or two, never waits for another process, and
    /// leaves the work to the next call when one is reading.
    ///
    /// # Errors
    /// [`StoreError::Full`], [`StoreError::Device`]; what was recorded stays recorded.
    pub fn checkpoint(&self) -> Result<(), StoreError> {
        match self.access {
            Access::Answers => connect::checkpoint(&self.connection).map_err(|error| self.error(error)),
            Access::Reports => Ok(()),
        }
    }

    /// Ends the work with the file: [`Self::checkpoint`], then close. Dropping a store closes it silently.
    ///
    /// # Errors
    /// As [`Self::checkpoint`].
    pub fn close(self) -> Result<(), StoreError> {
        self.checkpoint()?;
        let Self { connection, path, .. } = self;
        connection.close().map_err(|(_, error)| StoreError::of(&path, error))
    }

    fn error(&self, error: rusqlite::Error) -> StoreError {
        StoreError::of(&self.path, error)
    }

    /// Makes the schedules anew where they were made by other rules.
    fn adopt(&mut self, rules: Rules) -> Result<(), StoreError> {
        if fold::follows(&self.connection, rules).map_err(|error| self.error(error))? {
            return Ok(());
        }
        self.write(|writer| fold::rebuild(writer.connection, rules)).map(drop)
    }
}

/// Makes a progress file under a temporary name and gives it its own once it is whole, so that no
/// half-made file is ever found there; another process that was faster wins.
fn create(path: &Path, ladder: &[Step]) -> Result<PathBuf, StoreError> {
    let path =
        std::path::absolute(path).map_err(|source| StoreError::Io { path: path.to_owned(), source })?;
    let folder = file::make_folder(&path)?;
    let temporary =
        file::temporary(&folder).map_err(|source| StoreError::CannotCreate { path: path.clone(), source })?;
    let made = connect::fresh(&temporary).and_then(|mut fresh| {
        schema::climb(&mut fresh, ladder)?;
        connect::durable(&fresh).map(drop)
    });
    made.map_err(|error| StoreError::of(&path, error))?;
    file::christen(temporary, &path)?;
    file::find(&path)?.ok_or(StoreError::Replaced { path })
}

/// Takes the file to the top of the ladder, after a copy was put beside it.
fn upgrade(path: &Path, connection: &mut Connection, ladder: &[Step]) -> Result<(), StoreError> {
    let version = schema::version(connection).map_err(|error| StoreError::of(path, error))?;
    if version >= schema::top(ladder) {
        return Ok(());
    }
    backup::take(path, connection, version)?;
    schema::climb(connection, ladder).map_err(|error| StoreError::of(path, error))
}

fn upgraded_copy(source: &Connection, rules: Rules, ladder: &[Step]) -> rusqlite::Result<Connection> {
    let mut copy = connect::copied(source)?;
    schema::climb(&mut copy, ladder)?;
    fold::rebuild(&copy, rules)?;
    Ok(copy)
}

fn fresh_in_memory(rules: Rules) -> rusqlite::Result<Connection> {
    let mut connection = connect::memory()?;
    schema::climb(&mut connection, LADDER)?;
    fold::rebuild(&connection, rules)?;
    Ok(connection)
}
