//! The copy of the file that is taken before its schema is upgraded.
//!
//! It does not know what the upgrade does.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};
use tempfile::TempPath;

use super::error::StoreError;
use super::{connect, file, schema};

/// Why a copy is of no use.
#[derive(Debug, thiserror::Error)]
enum BackupError {
    #[error("the copy could not be written")]
    Io(#[from] io::Error),
    #[error("the copy could not be made")]
    Sqlite(#[from] rusqlite::Error),
    #[error("the copy is damaged: {0}")]
    Damaged(String),
}

/// Where the copy of a file at schema version `version` is kept: `progress.db.v1.bak`.
pub(super) fn backup_path(path: &Path, version: i32) -> PathBuf {
    file::beside(path, &format!(".v{version}.bak"))
}

/// Copies the database, as it stands at schema version `version`, beside its file, and proves the copy whole.
///
/// An older copy of the same version is replaced: the log only grows, so the newer one holds all of it.
pub(super) fn take(path: &Path, connection: &Connection, version: i32) -> Result<(), StoreError> {
    let backup = backup_path(path, version);
    copy(path, connection, version, &backup).map_err(|error| StoreError::NoBackup {
        path: path.to_owned(),
        backup,
        source: Box::new(error),
    })
}

fn copy(path: &Path, connection: &Connection, version: i32, backup: &Path) -> Result<(), BackupError> {
    let temporary = file::temporary(&file::folder(path))?;
    if copied_whole(connection, &temporary)? == version {
        File::open(&temporary)?.sync_all()?;
        temporary.persist(backup).map_err(|error| error.error)?;
        file::sync_folder(path)?;
    } // else another process was faster: the file is upgraded, and its copy is there
    Ok(())
}

/// Copies the database into the empty file `copy`; gives the copy's schema version once it is found whole.
fn copied_whole(connection: &Connection, copy: &TempPath) -> Result<i32, BackupError> {
    let mut copy = Connection::open_with_flags(copy, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connect::copy_into(connection, &mut copy)?;
    // One file, without a write-ahead log beside it.
    copy.pragma_update_and_check(None, "journal_mode", "delete", |_| Ok(()))?;
    let verdict: String = copy.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if verdict != "ok" {
        return Err(BackupError::Damaged(verdict));
    }
    Ok(schema::version(&copy)?)
}
