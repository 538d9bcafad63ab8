//! A deck in the making: a copy beside it, under the same name in a folder of its own, until it is sound.
//!
//! The deck keeps every byte until then, and what was written is never lost: a draft that is left lies on the disk.

use std::fs;
use std::path::{Path, PathBuf};

use super::CommandError;
use super::refusal::Refusal;
use crate::deck_files;

/// The folder of drafts beside a deck; names with a dot are passed over where decks are read.
const FOLDER: &str = ".draft";
/// A file beside the drafts that keeps them out of a repository, and its text.
const IGNORED: (&str, &str) = (".gitignore", "*\n");

/// A draft of a deck.
pub(super) struct Draft {
    /// The deck.
    pub(super) deck: PathBuf,
    /// The draft's own file.
    pub(super) path: PathBuf,
    /// The deck's text when the draft was opened.
    pub(super) base: String,
}

impl Draft {
    /// The draft of a deck, which is not written yet.
    pub(super) fn of(deck: &Path) -> Result<Self, CommandError> {
        let base = deck_files::map_file(deck)?.text;
        let folder = deck.parent().unwrap_or(Path::new("")).join(FOLDER);
        let path = folder.join(deck.file_name().unwrap_or_default());
        Ok(Self { deck: deck.to_path_buf(), path, base })
    }

    /// Whether a draft was left by an earlier edit.
    pub(super) fn was_left(&self) -> bool {
        self.path.exists()
    }

    /// Whether the deck was changed after the draft was.
    pub(super) fn is_outrun(&self) -> bool {
        let changed = |path: &Path| fs::metadata(path).and_then(|found| found.modified()).ok();
        changed(&self.deck) > changed(&self.path)
    }

    /// The draft's text, remarks included.
    pub(super) fn text(&self) -> Result<String, CommandError> {
        Ok(deck_files::map_file(&self.path)?.text)
    }

    /// Writes the draft.
    pub(super) fn write(&self, text: &str) -> Result<(), CommandError> {
        let written = if self.was_left() {
            deck_files::replace(&self.path, text)
        } else {
            deck_files::create(&self.path, text)
        };
        written.map_err(|source| CommandError::Unwritable { path: self.path.clone(), source })
    }

    /// Removes the draft, and its folder where it is the last.
    pub(super) fn discard(&self) {
        // Best effort: a draft that stays does no harm, and the folder may hold others.
        drop(fs::remove_file(&self.path));
        let Some(folder) = self.path.parent() else { return };
        let names = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.file_name());
        if names.into_iter().all(|name| name == IGNORED.0) {
            drop(fs::remove_file(folder.join(IGNORED.0)));
            drop(fs::remove_dir(folder));
        }
    }

    /// Makes this text the deck's, unless the deck has become another since the draft was opened.
    pub(super) fn publish(&self, text: &str) -> Result<(), CommandError> {
        if deck_files::map_file(&self.deck)?.text != self.base {
            let (deck, draft) = (self.deck.clone(), self.path.clone());
            return Err(Refusal::ChangedMeanwhile { deck, draft }.into());
        }
        let unwritable = |source| CommandError::Unwritable { path: self.deck.clone(), source };
        deck_files::replace(&self.deck, text).map_err(unwritable)?;
        self.discard();
        Ok(())
    }
}
