//! Decks as they come in, one file after the other, and what was wrong with them.
//!
//! It knows what two decks must not share, and not where the files come from.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::deck::{self, Parsed};
use super::file::{FileError, start_of};
use super::findings::quoted;
use super::ids;
use crate::domain::card::DeckId;
use crate::domain::deck::Deck;
use crate::domain::problem::{Level, Problem};

/// Decks and the problems of their files.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The decks that could be read, in the order of their files, without their faulty cards.
    pub decks: Vec<Deck>,
    /// Every problem found, by place.
    pub problems: Vec<Problem>,
    /// How many deck files there are, readable or not.
    pub files: usize,
}

/// Takes files in, in order.
#[derive(Default)]
pub(super) struct Loader {
    loaded: Loaded,
    /// The file of each deck id met.
    owners: BTreeMap<DeckId, Arc<str>>,
}

impl Loader {
    /// Takes in one deck file.
    pub(super) fn add(&mut self, file: &Arc<str>, text: Result<&str, &FileError>) {
        self.loaded.files += 1;
        match text {
            Ok(text) => self.add_text(file, text),
            Err(error) => self.loaded.problems.push(error.problem()),
        }
    }

    /// Takes in problems that belong to no deck.
    pub(super) fn tell(&mut self, problems: impl IntoIterator<Item = Problem>) {
        self.loaded.problems.extend(problems);
    }

    fn add_text(&mut self, file: &Arc<str>, text: &str) {
        let id = id_of(file);
        let faults = self.fault_of_id(&id, file);
        let Parsed { deck, problems } = deck::parse(id, file, text);
        self.loaded.problems.extend(problems);
        match faults {
            None => self.loaded.decks.extend(deck),
            Some(problem) => self.loaded.problems.push(problem),
        }
    }

    /// What forbids a deck of this id, if anything; else the id is taken from now on.
    fn fault_of_id(&mut self, id: &DeckId, file: &Arc<str>) -> Option<Problem> {
        let (rule, message, hint) = if let Some(fault) = ids::fault(&id.0) {
            let message = format!("the file's name gives no deck id: {} is none, {fault}", quoted(&id.0));
            ("bad-deck-id", message, format!("rename the file; {}", ids::RULE))
        } else if let Some(first) = self.owners.get(id) {
            let message = format!("a second deck `{id}`; the first is `{first}`");
            ("duplicate-deck", message, "rename one of the two files: its name is the deck's id".to_owned())
        } else {
            self.owners.insert(id.clone(), Arc::clone(file));
            return None;
        };
        Some(Problem { place: start_of(file), rule, level: Level::Error, message, hint })
    }

    /// All that came in.
    pub(super) fn finish(mut self) -> Loaded {
        self.loaded.problems.sort();
        self.loaded
    }
}

/// The id of the deck in a file: the stem of its name.
pub(super) fn id_of(file: &str) -> DeckId {
    let stem = Path::new(file).file_stem().unwrap_or_default();
    DeckId(stem.to_string_lossy().into_owned())
}
