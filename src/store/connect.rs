//! Connections: how SQLite is opened so that an acknowledged answer survives a power cut.
//!
//! It does not know the schema.

use std::fmt::Write as _;
use std::fs::File;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::time::Duration;

use rusqlite::backup::Backup;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use tempfile::TempDir;

use super::error::StoreError;
use super::{file, schema};

/// How long a statement waits for another process. An answer takes milliseconds, so ten seconds mean
/// that the other process hangs; after that the learner should hear of it.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// Pages that one step of a copy into memory takes.
const COPY_PAGES: i32 = 1_000;
/// The name of a copy in a folder of its own.
const SCRATCH_NAME: &str = "copy.db";

const READ_WRITE: OpenFlags = OpenFlags::SQLITE_OPEN_READ_WRITE.union(OpenFlags::SQLITE_OPEN_NO_MUTEX);
const READ_ONLY: OpenFlags = OpenFlags::SQLITE_OPEN_READ_ONLY.union(OpenFlags::SQLITE_OPEN_NO_MUTEX);

/// What a store may be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// Answers and reports.
    Answers,
    /// Reports alone.
    Reports,
}

/// Opens an existing file for answers; `newest` is the newest schema version that may be touched.
pub(super) fn for_answers(path: &Path, newest: i32) -> Result<Connection, StoreError> {
    file::writable(path)?;
    let of = |error| StoreError::of(path, error);
    let mut connection = gated(path, newest)?;
    if connection.is_readonly(rusqlite::MAIN_DB).map_err(of)? {
        return Err(StoreError::ReadOnly { path: path.to_owned(), place: path.to_owned() });
    }
    durable(&connection).map_err(of)?;
    // The write lock is taken once, so that what refuses it is told before the first card.
    let lock = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(of)?;
    drop(lock);
    Ok(connection)
}

/// Opens an existing file for reports, also where nothing may be written.
pub(super) fn for_reports(path: &Path, newest: i32) -> Result<Connection, StoreError> {
    let connection = if file::writable(path).is_ok() {
        gated(path, newest)?
    } else if file::has_wal(path) {
        shared_or_copied(path, newest)?
    } else {
        immutable(path)?
    };
    connection.pragma_update(None, "query_only", true).map_err(|error| StoreError::of(path, error))?;
    Ok(connection)
}

/// Opens the file and looks at its version once more: the header may be older than the write-ahead log.
fn gated(path: &Path, newest: i32) -> Result<Connection, StoreError> {
    let of = |error| StoreError::of(path, error);
    // Closing a connection empties the write-ahead log into the file: not before that is known to be ours.
    let keep_wal = file::has_wal(path);
    let connection = open(path, READ_WRITE).map_err(of)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keep_wal).map_err(of)?;
    file::check_version(path, schema::version(&connection).map_err(of)?, newest)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false).map_err(of)?;
    Ok(connection)
}

fn open(path: &Path, flags: OpenFlags) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(path, flags)?;
    guard(&connection)?;
    Ok(connection)
}

/// What every connection keeps to: it waits for others, and trusts nothing that a file's schema says.
pub(super) fn guard(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "mmap_size", 0).or_else(returned_a_row)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // Else `INSERT OR REPLACE` deletes a row without asking the triggers.
    connection.pragma_update(None, "recursive_triggers", true)
}

fn returned_a_row(error: rusqlite::Error) -> rusqlite::Result<()> {
    if matches!(error, rusqlite::Error::ExecuteReturnedResults) { Ok(()) } else { Err(error) }
}

/// Makes commits durable, and says which journal the file system allowed.
///
/// Write-ahead log and `FULL`: one fsync a commit. SQLite refuses that log without an error where memory
/// cannot be shared; there a rollback journal with `EXTRA` is as safe.
///
/// Source: sqlite.org/pragma.html, `synchronous`; sqlite.org/wal.html.
pub(super) fn durable(connection: &Connection) -> rusqlite::Result<Journal> {
    let granted: String =
        connection.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0))?;
    let journal = Journal::of(&granted);
    match journal {
        Journal::WriteAhead => connection.pragma_update(None, "synchronous", "FULL")?,
        Journal::Rollback => {
            connection.pragma_update_and_check(None, "journal_mode", "delete", |_| Ok(()))?;
            connection.pragma_update(None, "synchronous", "EXTRA")?;
        }
        Journal::Memory => {}
    }
    Ok(journal)
}

/// How a database guards its commits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Journal {
    /// A write-ahead log beside the file.
    WriteAhead,
    /// A rollback journal, where the file system refuses the other.
    Rollback,
    /// The database is in memory only.
    Memory,
}

impl Journal {
    fn of(mode: &str) -> Self {
        match mode {
            "wal" => Self::WriteAhead,
            "memory" => Self::Memory,
            _ => Self::Rollback,
        }
    }

    /// The journal in force.
    pub(super) fn current(connection: &Connection) -> rusqlite::Result<Self> {
        let mode: String = connection.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
        Ok(Self::of(&mode))
    }
}

/// Moves the write-ahead log into the file and empties it, unless another process is reading.
pub(super) fn checkpoint(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(Duration::ZERO)?;
    let done = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
    connection.busy_timeout(BUSY_TIMEOUT)?;
    match done {
        Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseBusy) => Ok(()),
        other => other,
    }
}

/// Memory for pages where much of a file is read or written, in KiB: with SQLite's usual 2 MiB the pages of indexes
/// are read again and again.
const ROOM_KIB: i32 = 128 * 1024;

/// Lets a connection keep [`ROOM_KIB`] of pages in memory.
pub(super) fn make_room(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "cache_size", -ROOM_KIB)
}

/// A connection to a file that was just made and is still empty.
pub(super) fn fresh(path: &Path) -> rusqlite::Result<Connection> {
    open(path, READ_WRITE)
}

/// A connection to an empty database in memory.
pub(super) fn memory() -> rusqlite::Result<Connection> {
    let connection = Connection::open_in_memory()?;
    guard(&connection)?;
    Ok(connection)
}

/// A copy of a whole database in memory.
pub(super) fn copied(source: &Connection) -> rusqlite::Result<Connection> {
    let mut copy = memory()?;
    copy_into(source, &mut copy)?;
    Ok(copy)
}

/// Copies a whole database over another.
pub(super) fn copy_into(source: &Connection, copy: &mut Connection) -> rusqlite::Result<()> {
    Backup::new(source, copy)?.run_to_completion(COPY_PAGES, Duration::ZERO, None)
}

/// Opens a file that lies where nothing can be written, without locks: nobody else can write it either.
fn immutable(path: &Path) -> Result<Connection, StoreError> {
    let flags = READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    let connection = Connection::open_with_flags(uri(path), flags);
    let checked = connection.and_then(|connection| guard(&connection).map(|()| connection));
    checked.map_err(|error| StoreError::of(path, error))
}

/// `file:` address of a file that does not change while it is open.
fn uri(path: &Path) -> String {
    let mut uri = "file:".to_owned();
    for byte in path.as_os_str().as_bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.~".contains(byte) {
            uri.push(char::from(*byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri + "?immutable=1"
}

/// A file that cannot be written, with a write-ahead log: read with those who share it, else from a copy.
fn shared_or_copied(path: &Path, newest: i32) -> Result<Connection, StoreError> {
    let shared = open(path, READ_ONLY).and_then(|connection| Ok((schema::version(&connection)?, connection)));
    if let Ok((version, connection)) = shared {
        file::check_version(path, version, newest)?;
        return Ok(connection);
    }
    let scratch = scratch_copy(path).map_err(|source| StoreError::Io { path: path.to_owned(), source })?;
    let connection = gated(&scratch.path().join(SCRATCH_NAME), newest)?;
    copied(&connection).map_err(|error| StoreError::of(path, error))
}

/// Copies the file and its write-ahead log to a folder that goes when the value does.
fn scratch_copy(path: &Path) -> io::Result<TempDir> {
    let scratch = tempfile::tempdir()?;
    let copy = scratch.path().join(SCRATCH_NAME);
    for suffix in ["", "-wal"] {
        // Not `fs::copy`: the copy must not inherit a mode that forbids writing.
        io::copy(
            &mut File::open(file::beside(path, suffix))?,
            &mut File::create(file::beside(&copy, suffix))?,
        )?;
    }
    Ok(scratch)
}
