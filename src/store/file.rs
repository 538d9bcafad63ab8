//! The progress file as a file: where it is, what its header says, whether it may be written.
//!
//! Everything here happens before SQLite sees the file, so that a file which is not ours keeps every
//! byte. It does not know SQL.
//!
//! A process opens one progress file once at a time: reading a file by other means drops the locks
//! that SQLite holds on it in the same process (POSIX), see sqlite.org/howtocorrupt.html, section 2.2.

use std::ffi::OsString;
use std::fs::{self, DirBuilder, File};
use std::io::{self, ErrorKind, Read};
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};

use nix::unistd::{AccessFlags, access};
use tempfile::{Builder, NamedTempFile, TempPath};

use super::error::StoreError;
use super::schema::APPLICATION_ID;

/// First bytes of every SQLite database. Source: sqlite.org/fileformat2.html, section 1.3.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";
/// Bytes of an SQLite header. Source: as above.
const HEADER: usize = 100;
/// Offsets of header fields, in bytes. Source: as above.
const PAGE_SIZE_AT: usize = 16;
const CHANGES_AT: usize = 24;
const PAGES_AT: usize = 28;
const USER_VERSION_AT: usize = 60;
const APPLICATION_ID_AT: usize = 68;
const VALID_FOR_AT: usize = 92;
/// The page size that does not fit its two bytes and is written as 1.
const LARGEST_PAGE: u64 = 65_536;
/// Mode of the folders we make: the owner's alone, as the XDG base directory specification asks.
const FOLDER_MODE: u32 = 0o700;

/// What identifies an open file: device and inode.
pub(super) type Identity = (u64, u64);

/// The file that `path` names, links resolved; `None` where there is none.
pub(super) fn find(path: &Path) -> Result<Option<PathBuf>, StoreError> {
    let path =
        std::path::absolute(path).map_err(|source| StoreError::Io { path: path.to_owned(), source })?;
    let real = match fs::canonicalize(&path) {
        Ok(real) => real,
        Err(error) => return missing(path, error),
    };
    let kind = fs::metadata(&real).map_err(|source| StoreError::Io { path: real.clone(), source })?;
    if kind.is_dir() {
        return Err(StoreError::IsFolder { path });
    }
    if !kind.is_file() {
        return Err(StoreError::NotAFile { path });
    }
    Ok(Some(real))
}

fn missing(path: PathBuf, source: io::Error) -> Result<Option<PathBuf>, StoreError> {
    match source.kind() {
        ErrorKind::NotFound => match fs::read_link(&path) {
            Ok(target) => Err(StoreError::DanglingLink { path, target }),
            Err(_) => Ok(None),
        },
        ErrorKind::NotADirectory => Err(StoreError::NoFolder { folder: folder(&path), source }),
        _ => Err(StoreError::Io { path, source }),
    }
}

/// The folder of a file.
pub(super) fn folder(path: &Path) -> PathBuf {
    path.parent().unwrap_or(Path::new("/")).to_owned()
}

/// Makes the folder of `path`, and those above it, for the owner alone; folders that exist stay as they are.
pub(super) fn make_folder(path: &Path) -> Result<PathBuf, StoreError> {
    let folder = folder(path);
    let made = DirBuilder::new().recursive(true).mode(FOLDER_MODE).create(&folder);
    made.map(|()| folder.clone()).map_err(|source| StoreError::NoFolder { folder, source })
}

/// An empty file (0600) under a name of its own, which goes when the value does.
pub(super) fn temporary(folder: &Path) -> io::Result<TempPath> {
    Builder::new().prefix(".progress-").suffix(".new").tempfile_in(folder).map(NamedTempFile::into_temp_path)
}

/// Gives a finished file its name for good. Where another process has put one there, that one stays.
pub(super) fn christen(made: TempPath, path: &Path) -> Result<(), StoreError> {
    let named = match made.persist_noclobber(path) {
        Err(refused) if refused.error.kind() == ErrorKind::AlreadyExists => return Ok(()),
        // File systems without hard links know no other way; the name was free a moment ago.
        Err(refused) if !path.exists() => refused.path.persist(path),
        other => other,
    };
    named
        .map_err(|refused| refused.error)
        .and_then(|()| sync_folder(path))
        .map_err(|source| StoreError::CannotCreate { path: path.to_owned(), source })
}

/// Makes the names in the folder of `path` durable.
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(folder(path))?.sync_all()
}

/// A file beside `path` whose name goes on with `suffix`: `-wal`, `.v1.bak`.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    name.into()
}

/// Whether a write-ahead log with content lies beside the file: the file alone is not the whole database.
pub(super) fn has_wal(path: &Path) -> bool {
    fs::metadata(beside(path, "-wal")).is_ok_and(|wal| wal.len() > 0)
}

/// What the path stands for at this moment.
pub(super) fn identity(path: &Path) -> Result<Identity, StoreError> {
    let stat = fs::metadata(path).map_err(|source| StoreError::Io { path: path.to_owned(), source })?;
    Ok((stat.dev(), stat.ino()))
}

/// Refuses a file or folder that this process may not write: SQLite needs both.
pub(super) fn writable(path: &Path) -> Result<(), StoreError> {
    let folder = folder(path);
    for (place, wanted) in [(path, AccessFlags::W_OK), (&folder, AccessFlags::W_OK | AccessFlags::X_OK)] {
        if access(place, wanted).is_err() {
            return Err(StoreError::ReadOnly { path: path.to_owned(), place: place.to_owned() });
        }
    }
    Ok(())
}

/// Refuses a file that is not a progress file this program can work with; nothing is written.
///
/// # Errors
/// `Empty`, `NotADatabase`, `Foreign`, `Newer`, `Truncated`, `Io`.
pub(super) fn check(path: &Path, newest: i32) -> Result<(), StoreError> {
    let (header, length) =
        read_header(path).map_err(|source| StoreError::Io { path: path.to_owned(), source })?;
    let path = path.to_owned();
    if length == 0 {
        return Err(StoreError::Empty { path });
    }
    if !header.starts_with(MAGIC) {
        return Err(StoreError::NotADatabase { path });
    }
    if header.len() < HEADER {
        let expected = u64::try_from(HEADER).unwrap_or(u64::MAX);
        return Err(StoreError::Truncated { path, expected, found: length });
    }
    check_owner(&header, &path, newest)?;
    match promised_length(&header) {
        Some(expected) if length < expected && !has_wal(&path) => {
            Err(StoreError::Truncated { path, expected, found: length })
        }
        _ => Ok(()),
    }
}

fn check_owner(header: &[u8], path: &Path, newest: i32) -> Result<(), StoreError> {
    let application_id = i32::from_be_bytes(field(header, APPLICATION_ID_AT));
    if application_id != APPLICATION_ID {
        return Err(StoreError::Foreign { path: path.to_owned(), application_id });
    }
    check_version(path, i32::from_be_bytes(field(header, USER_VERSION_AT)), newest)
}

/// Refuses a schema version that this program does not know.
pub(super) fn check_version(path: &Path, found: i32, newest: i32) -> Result<(), StoreError> {
    if (0..=newest).contains(&found) {
        return Ok(());
    }
    Err(StoreError::Newer { path: path.to_owned(), found, ours: newest })
}

fn read_header(path: &Path) -> io::Result<(Vec<u8>, u64)> {
    let file = File::open(path)?;
    let length = file.metadata()?.len();
    let mut header = Vec::with_capacity(HEADER);
    file.take(u64::try_from(HEADER).unwrap_or(u64::MAX)).read_to_end(&mut header)?;
    Ok((header, length))
}

/// Bytes of the file by its own header; `None` where the header does not vouch for its page count.
fn promised_length(header: &[u8]) -> Option<u64> {
    let [changes, valid_for, pages] =
        [CHANGES_AT, VALID_FOR_AT, PAGES_AT].map(|at| u32::from_be_bytes(field(header, at)));
    let page = match u16::from_be_bytes(field(header, PAGE_SIZE_AT)) {
        1 => LARGEST_PAGE,
        size => u64::from(size),
    };
    (changes == valid_for).then(|| u64::from(pages) * page)
}

/// `N` bytes of the header; zeros past its end.
fn field<const N: usize>(header: &[u8], at: usize) -> [u8; N] {
    let bytes = header.get(at..at.saturating_add(N)).and_then(|bytes| bytes.try_into().ok());
    bytes.unwrap_or([0; N])
}
