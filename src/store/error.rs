//! What can go wrong with the progress file, said so that the learner knows what to do next.
//!
//! Every variant names the place; SQLite's own words are kept as the cause, never shown alone.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;
use rusqlite::ffi;

/// Why the progress file could not be read or written. Where not said otherwise nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The path names a folder.
    #[error("`{}` is a folder, not a progress file", .path.display())]
    IsFolder {
        /// The folder.
        path: PathBuf,
    },
    /// The path names a pipe, a device or a socket.
    #[error("`{}` is not a plain file", .path.display())]
    NotAFile {
        /// Whatever it is.
        path: PathBuf,
    },
    /// The path is a symbolic link to something that does not exist.
    #[error("`{}` is a link to `{}`, which does not exist", .path.display(), .target.display())]
    DanglingLink {
        /// The link.
        path: PathBuf,
        /// What it says.
        target: PathBuf,
    },
    /// The folder of the file cannot be made, or is not a folder.
    #[error("the folder `{}` cannot be made", .folder.display())]
    NoFolder {
        /// The folder.
        folder: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// There is no file yet and the folder does not let one be made.
    #[error("no progress file can be made at `{}`", .path.display())]
    CannotCreate {
        /// The file that was to be.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// The file has no content at all.
    #[error("`{}` is empty, so it is not a progress file", .path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// The file is not an SQLite database.
    #[error("`{}` is not a progress file: it is no SQLite database", .path.display())]
    NotADatabase {
        /// The file.
        path: PathBuf,
    },
    /// The file is an SQLite database of another program.
    #[error(
        "`{}` belongs to another program: its application id is {application_id:#010x}, not {:#010x}",
        .path.display(),
        super::APPLICATION_ID
    )]
    Foreign {
        /// The file.
        path: PathBuf,
        /// What its header says; 0 where the other program says nothing.
        application_id: i32,
    },
    /// The file was written by a newer version of this program.
    #[error("`{}` has schema version {found}; this program knows versions up to {ours}", .path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema version.
        found: i32,
        /// The newest schema version this program knows.
        ours: i32,
    },
    /// The file ends before its own header says.
    #[error("`{}` is cut short: {found} of {expected} bytes are there", .path.display())]
    Truncated {
        /// The file.
        path: PathBuf,
        /// Bytes its header promises.
        expected: u64,
        /// Bytes it has.
        found: u64,
    },
    /// The file's pages contradict each other.
    #[error("`{}` is damaged", .path.display())]
    Corrupt {
        /// The file.
        path: PathBuf,
        /// What SQLite found.
        source: rusqlite::Error,
    },
    /// A row holds a value that means nothing to this program.
    #[error("`{}` has a row that cannot be understood", .path.display())]
    BadRow {
        /// The file.
        path: PathBuf,
        /// Which column, and why.
        source: rusqlite::Error,
    },
    /// The file or its folder may not be written.
    #[error("`{}` cannot be written, so no answer can be kept in `{}`", .place.display(), .path.display())]
    ReadOnly {
        /// The progress file.
        path: PathBuf,
        /// What refuses: the file itself or its folder.
        place: PathBuf,
    },
    /// The store was opened for reports.
    #[error("`{}` was opened for reports only", .path.display())]
    ReportsOnly {
        /// The progress file.
        path: PathBuf,
    },
    /// The disk has no room.
    #[error("the disk is full at `{}`: nothing more can be saved", .path.display())]
    Full {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// Another process held the file longer than the time-out.
    #[error("`{}` is in use by another process", .path.display())]
    Busy {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// The file system cannot lock files or share memory, as some network folders.
    #[error("the file system of `{}` cannot lock files", .path.display())]
    NoLocks {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// The device refused to read or write.
    #[error("reading or writing `{}` failed", .path.display())]
    Device {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// The system refused to reach, read or write the file.
    #[error("`{}` cannot be reached", .path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// SQLite cannot open the file, for instance because too many files are open.
    #[error("`{}` cannot be opened", .path.display())]
    CannotOpen {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// The file was moved, deleted or replaced while it was open.
    #[error("`{}` was moved or replaced by another program", .path.display())]
    Replaced {
        /// Where it was.
        path: PathBuf,
    },
    /// The copy that is taken before an upgrade could not be made, so there was no upgrade.
    #[error("`{}` was not upgraded: no copy could be made at `{}`", .path.display(), .backup.display())]
    NoBackup {
        /// The progress file.
        path: PathBuf,
        /// Where the copy was to be.
        backup: PathBuf,
        /// Why.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The database refused a change, as it does for any change of a row of the log.
    #[error("`{}` refused a change", .path.display())]
    Refused {
        /// The file.
        path: PathBuf,
        /// The rule that refused.
        source: rusqlite::Error,
    },
    /// Any other failure of SQLite.
    #[error("the database `{}` failed", .path.display())]
    Sqlite {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
}

/// Extended codes of a file system that cannot lock or share memory.
const LOCK_FAULTS: [i32; 7] = [
    ffi::SQLITE_IOERR_LOCK,
    ffi::SQLITE_IOERR_UNLOCK,
    ffi::SQLITE_IOERR_RDLOCK,
    ffi::SQLITE_IOERR_CHECKRESERVEDLOCK,
    ffi::SQLITE_IOERR_SHMLOCK,
    ffi::SQLITE_IOERR_SHMMAP,
    ffi::SQLITE_IOERR_SHMOPEN,
];

impl StoreError {
    /// What a failure of SQLite on the file `path` means.
    pub(super) fn of(path: &Path, source: rusqlite::Error) -> Self {
        let path = path.to_owned();
        let Some(failure) = source.sqlite_error() else {
            return Self::BadRow { path, source };
        };
        if LOCK_FAULTS.contains(&failure.extended_code) {
            return Self::NoLocks { path, source };
        }
        match failure.code {
            ErrorCode::NotADatabase => Self::NotADatabase { path },
            ErrorCode::DatabaseCorrupt => Self::Corrupt { path, source },
            ErrorCode::ReadOnly => Self::ReadOnly { place: path.clone(), path },
            ErrorCode::DiskFull => Self::Full { path, source },
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed => {
                Self::Busy { path, source }
            }
            ErrorCode::SystemIoFailure => Self::Device { path, source },
            ErrorCode::CannotOpen => Self::CannotOpen { path, source },
            ErrorCode::ConstraintViolation => Self::Refused { path, source },
            _ => Self::Sqlite { path, source },
        }
    }
}
