//! A deck: a titled set of cards bound to a node of the map.

use super::card::Card;
pub use super::card::DeckId;
use super::day::StudyDay;
use super::problem::Place;

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
    /// The content rules that its author sets aside for all its cards, as written: `ID: reason`.
    pub lint_allow: Vec<String>,
    /// Where its file says what it is: `[deck]`, else the file's start.
    pub place: Place,
    /// Its cards, in file order.
    pub cards: Vec<Card>,
}
