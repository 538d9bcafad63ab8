//! One card's text, read again when it is shown: only its own file is opened, and kept until it changes.
//!
//! It does not know what a collection holds beside that file.

use std::path::PathBuf;
use std::sync::Arc;

use super::deck::{self, Parsed};
use super::embedded::{self, PREFIX};
use super::file::{self, FileError, Stamp};
use super::source::Source;
use super::walk::path_of;
use crate::domain::card::{Card, CardId};
use crate::domain::problem::{Level, Place, Problem};

/// Why a card cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum CardError {
    /// Its file cannot be read.
    #[error("card `{id}` cannot be read")]
    File {
        /// The card.
        id: CardId,
        /// What is wrong with the file.
        source: FileError,
    },
    /// Its file was edited since, and has errors now; the card may be among what they hide.
    #[error("card `{id}` is not among the sound cards of `{file}` any more")]
    Broken {
        /// The card.
        id: CardId,
        /// The file, as it is shown.
        file: Arc<str>,
        /// The errors of the file.
        problems: Vec<Problem>,
    },
    /// Its file is sound and no longer holds it.
    #[error("card `{id}` is no longer in `{file}`")]
    Gone {
        /// The card.
        id: CardId,
        /// The file, as it is shown.
        file: Arc<str>,
    },
}

/// Reads single cards of a collection; the deck read last is kept in memory.
#[derive(Debug)]
pub struct CardReader {
    source: Source,
    last: Option<Kept>,
}

#[derive(Debug)]
struct Kept {
    file: Arc<str>,
    /// The state of the file; `None` for an embedded one.
    stamp: Option<Stamp>,
    parsed: Parsed,
}

impl CardReader {
    /// A reader of the cards of `source`; nothing is read yet.
    #[must_use]
    pub fn new(source: Source) -> Self {
        Self { source, last: None }
    }

    /// The card `id` as its file says now; `place` is the place that its header gives, from the same source.
    ///
    /// # Errors
    /// [`CardError`]: the file cannot be read, or no longer holds a sound card of that id.
    pub fn card(&mut self, id: &CardId, place: &Place) -> Result<Card, CardError> {
        let kept = match self.last.take().filter(|kept| self.is_fresh(kept, place)) {
            Some(kept) => kept,
            None => self.load(id, place).map_err(|source| CardError::File { id: id.clone(), source })?,
        };
        let card = find(&kept.parsed, id).ok_or_else(|| missing(&kept, id));
        self.last = Some(kept);
        card
    }

    fn is_fresh(&self, kept: &Kept, place: &Place) -> bool {
        kept.file == place.file && kept.stamp == self.path(place).and_then(|path| Stamp::now(&path))
    }

    /// The path of a place's file; `None` where it is no file of this collection's folder.
    #[must_use]
    pub fn path(&self, place: &Place) -> Option<PathBuf> {
        match &self.source {
            Source::Folder(root) => path_of(root, &place.file),
            Source::Embedded => None,
        }
    }

    fn load(&self, id: &CardId, place: &Place) -> Result<Kept, FileError> {
        let file = Arc::clone(&place.file);
        let (text, stamp) = match &self.source {
            Source::Folder(_) => {
                let path = self.path(place).ok_or_else(|| not_found(&file))?;
                let (text, stamp) = file::read(&path, &file)?;
                (std::borrow::Cow::Owned(text), Some(stamp))
            }
            Source::Embedded => {
                let path = file.strip_prefix(PREFIX);
                let text = path.and_then(embedded::text).ok_or_else(|| not_found(&file))?;
                (std::borrow::Cow::Borrowed(text), None)
            }
        };
        let parsed = deck::parse(id.deck.clone(), &file, &text);
        Ok(Kept { file, stamp, parsed })
    }
}

fn find(parsed: &Parsed, id: &CardId) -> Option<Card> {
    parsed.deck.as_ref()?.cards.iter().find(|card| card.id == *id).cloned()
}

fn missing(kept: &Kept, id: &CardId) -> CardError {
    let errors = kept.parsed.problems.iter().filter(|problem| problem.level == Level::Error);
    let problems: Vec<Problem> = errors.cloned().collect();
    let (id, file) = (id.clone(), Arc::clone(&kept.file));
    if problems.is_empty() { CardError::Gone { id, file } } else { CardError::Broken { id, file, problems } }
}

fn not_found(file: &Arc<str>) -> FileError {
    FileError::Unreadable { file: Arc::clone(file), source: std::io::ErrorKind::NotFound.into() }
}
