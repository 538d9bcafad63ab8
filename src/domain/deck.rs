//! A deck: a titled set of cards bound to a node of the map.

use super::card::Card;
use super::day::StudyDay;
use super::problem::Place;

/// A deck's identity: the stem of its file (`indexing`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeckId(pub String);

impl std::fmt::Display for DeckId {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.0)
    }
}

/// A deck as its author wrote it, its bindings not yet looked up on a map.
#[derive(Debug, Clone, PartialEq)]
pub struct Deck {
    /// The stem of its file.
    pub id: DeckId,
    /// What the deck is called.
    pub title: String,
    /// Where its file binds it, and to which node (as written).
    pub node: Option<(String, Place)>,
    /// The day its facts were checked.
    pub as_of: Option<StudyDay>,
    /// Its cards, in file order.
    pub cards: Vec<Card>,
}
