//! The settings file: its keys, and what is wrong with it.
//!
//! It does not know what wins over it.

use std::fmt;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use crate::domain::retention::Retention;

/// Largest settings file that is read, in bytes.
const MOST_BYTES: u64 = 1 << 20;

/// What the settings file may say; every key is optional.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub collection: Option<PathBuf>,
    pub new_per_day: Option<u32>,
    pub repeat_hard: Option<bool>,
    pub fuzz: Option<bool>,
    pub scheduler: Option<SchedulerChoice>,
    #[serde(default, deserialize_with = "retention")]
    pub retention: Option<Retention>,
    pub confidence: Option<bool>,
}

/// What sets the day on which a card is due again: `scheduler` in the settings file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SchedulerChoice {
    /// The interval grows by the card's ease.
    #[default]
    Sm2,
    /// A card is due when its recall falls to the retention.
    Fsrs,
}

impl fmt::Display for SchedulerChoice {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Sm2 => "sm2",
            Self::Fsrs => "fsrs",
        })
    }
}

/// A number that lies within the bounds of a retention.
fn retention<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Retention>, D::Error> {
    let share = f64::deserialize(from)?;
    let wrong = || D::Error::custom(format!("`retention` is a share from 0.7 to 0.99, not {share}"));
    Retention::new(share).map(Some).ok_or_else(wrong)
}

/// Why there are no settings.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The settings file is there but cannot be read.
    #[error("cannot read the settings file `{}`", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The settings file is no TOML, has an unknown key or a value of the wrong type.
    #[error("cannot use the settings file `{}`: line {line}, column {column}: {message}", path.display())]
    Unusable {
        /// The file.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What is wrong.
        message: String,
    },
    /// There is no place for progress: no home folder.
    #[error("no place for progress: neither `XDG_DATA_HOME` nor `HOME` is set to an absolute path")]
    NoHome,
}

impl SettingsError {
    /// The next step.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "make it readable, or move it away: every setting has a default",
            Self::Unusable { .. } => {
                "known keys: `collection` (a path), `new_per_day` (a number), `scheduler` (\"sm2\" or \"fsrs\"), `retention` (0.7 to 0.99), `repeat_hard`, `fuzz`, `confidence` (true or false)"
            }
            Self::NoHome => "name a file: `--progress FILE`, or set `MINDRILL_PROGRESS`",
        }
    }
}

/// The settings file; a missing one says nothing.
pub(super) fn read(path: &Path) -> Result<File, SettingsError> {
    let unreadable = |source| SettingsError::Unreadable { path: path.to_owned(), source };
    let file = match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(File::default()),
        Err(error) => return Err(unreadable(error)),
        Ok(metadata) if !metadata.is_file() || metadata.len() > MOST_BYTES => {
            return Err(unreadable(io::Error::other("not a regular file of at most 1 MiB")));
        }
        Ok(_) => fs::File::open(path).map_err(unreadable)?,
    };
    let mut text = String::new();
    file.take(MOST_BYTES).read_to_string(&mut text).map_err(unreadable)?;
    toml::from_str(&text).map_err(|error| unusable(path, &text, &error))
}

fn unusable(path: &Path, text: &str, error: &toml::de::Error) -> SettingsError {
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or("");
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |part| part.chars().count()) + 1;
    SettingsError::Unusable { path: path.to_owned(), line, column, message: error.message().to_owned() }
}
