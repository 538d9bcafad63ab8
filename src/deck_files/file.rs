//! One file to text, within limits and without ever waiting for a pipe or a device.
//!
//! It does not know what the text says.

use std::fs::{self, Metadata, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;
use std::sync::Arc;

use nix::fcntl::OFlag;

use crate::domain::problem::{Level, Place, Problem};

/// Largest file that is read, in bytes: some 160,000 cards. Parsed, such a file takes half a gigabyte.
const MOST_BYTES: u64 = 16 * 1024 * 1024;

/// Why a file of a collection gives no text.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It cannot be opened or read.
    #[error("`{file}` cannot be read")]
    Unreadable {
        /// The file, as it is shown.
        file: Arc<str>,
        /// What the system said.
        source: io::Error,
    },
    /// It is a folder, a pipe, a socket or a device.
    #[error("`{file}` is not a regular file")]
    NotAFile {
        /// The file, as it is shown.
        file: Arc<str>,
    },
    /// It is larger than 16 MiB.
    #[error("`{file}` is larger than {} MiB", MOST_BYTES / (1024 * 1024))]
    TooLarge {
        /// The file, as it is shown.
        file: Arc<str>,
    },
    /// A folder has no skill map.
    #[error("`{file}` holds no `skill-map.md` and no `skill-map.mmd`")]
    NoMap {
        /// The folder, as it is shown.
        file: Arc<str>,
    },
    /// A byte of it is not UTF-8.
    #[error("`{}` is not UTF-8: line {}, column {}", place.file, place.line, place.column)]
    NotUtf8 {
        /// The place of the first such byte.
        place: Place,
    },
}

impl FileError {
    /// The same as a problem with its place.
    #[must_use]
    pub fn problem(&self) -> Problem {
        let (file, rule, hint) = match self {
            Self::Unreadable { file, .. } => {
                (file, "unreadable", "check that it exists and that you may read it")
            }
            Self::NotAFile { file } => (file, "not-a-file", "remove it from the collection"),
            Self::TooLarge { file } => (file, "too-large", "split it into several files"),
            Self::NoMap { file } => {
                (file, "no-map", "name the folder that holds the map: `--collection DIR`")
            }
            Self::NotUtf8 { place } => (&place.file, "not-utf-8", "save the file as UTF-8"),
        };
        let place = match self {
            Self::NotUtf8 { place } => place.clone(),
            Self::Unreadable { .. } | Self::NotAFile { .. } | Self::TooLarge { .. } | Self::NoMap { .. } => {
                start_of(file)
            }
        };
        let message = match self {
            Self::Unreadable { source, .. } => format!("{self}: {source}"),
            Self::NotAFile { .. } | Self::TooLarge { .. } | Self::NoMap { .. } | Self::NotUtf8 { .. } => {
                self.to_string()
            }
        };
        Problem { place, rule, level: Level::Error, message, hint: hint.to_owned() }
    }
}

/// The first place of a file.
pub(super) fn start_of(file: &Arc<str>) -> Place {
    Place { file: Arc::clone(file), line: 1, column: 1 }
}

/// What tells one state of a file from another: device and inode, length, time of the last change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    node: (u64, u64),
    bytes: u64,
    changed: (i64, i64),
}

impl Stamp {
    fn of(metadata: &Metadata) -> Self {
        Self {
            node: (metadata.dev(), metadata.ino()),
            bytes: metadata.len(),
            changed: (metadata.mtime(), metadata.mtime_nsec()),
        }
    }

    /// The stamp of the file at a path now; `None` where there is none.
    #[must_use]
    pub fn now(path: &Path) -> Option<Self> {
        fs::metadata(path).ok().map(|metadata| Self::of(&metadata))
    }
}

/// Reads the text of a file, which is shown as `file`; a byte order mark is dropped.
///
/// # Errors
/// See [`FileError`].
pub(super) fn read(path: &Path, file: &Arc<str>) -> Result<(String, Stamp), FileError> {
    let unreadable = |source| FileError::Unreadable { file: Arc::clone(file), source };
    refuse_others(&fs::metadata(path).map_err(unreadable)?, file)?;
    // The file may have become a pipe since: opening one without a writer must not wait.
    let open = OpenOptions::new().read(true).custom_flags(OFlag::O_NONBLOCK.bits()).open(path);
    let open = open.map_err(unreadable)?;
    let metadata = open.metadata().map_err(unreadable)?;
    refuse_others(&metadata, file)?;
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
    open.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(FileError::TooLarge { file: Arc::clone(file) });
    }
    Ok((text_of(bytes, file)?, Stamp::of(&metadata)))
}

fn refuse_others(metadata: &Metadata, file: &Arc<str>) -> Result<(), FileError> {
    if !metadata.is_file() {
        return Err(FileError::NotAFile { file: Arc::clone(file) });
    }
    if metadata.len() > MOST_BYTES {
        return Err(FileError::TooLarge { file: Arc::clone(file) });
    }
    Ok(())
}

fn text_of(bytes: Vec<u8>, file: &Arc<str>) -> Result<String, FileError> {
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(error.as_bytes().get(..valid).unwrap_or_default());
        let before = before.strip_prefix('\u{feff}').unwrap_or(&before);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
        FileError::NotUtf8 { place: Place { file: Arc::clone(file), line, column } }
    })?;
    if text.starts_with('\u{feff}') {
        text.remove(0);
    }
    Ok(text)
}
