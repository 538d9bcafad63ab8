//! A collection: a map and the headers of all cards, every binding resolved.
//!
//! A header is all that planning and reports need; a card's text is read when it is shown.

use std::borrow::Borrow;
use std::collections::BTreeMap;

use super::card::{Aim, Card, CardId, Difficulty, Kind};
use super::day::StudyDay;
use super::deck::{Deck, DeckId};
use super::problem::{Level, Place, Problem};
use super::skill_map::{LookupError, NodeIndex, SkillMap};

/// A card without its text.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// Its identity.
    pub id: CardId,
    /// The nodes it hangs on; at least one, in the order written.
    pub nodes: Vec<NodeIndex>,
    /// Its kind.
    pub kind: Kind,
    /// What it asks of the learner.
    pub aim: Aim,
    /// How hard its author thinks it is.
    pub difficulty: Difficulty,
    /// A stable hash of what the card says, so that an edit can be noticed.
    pub fingerprint: u64,
    /// The day from which its facts need a new look.
    pub review_by: Option<StudyDay>,
    /// The card whose question it turns round.
    pub reverse_of: Option<CardId>,
    /// Where it is written.
    pub place: Place,
}

impl Header {
    /// Whether its facts need a new look on `today`; such a card is asked but counts as unwritten.
    #[must_use]
    pub fn is_stale(&self, today: StudyDay) -> bool {
        self.review_by.is_some_and(|day| day < today)
    }
}

/// A deck without its cards.
#[derive(Debug, Clone, PartialEq)]
pub struct DeckHeader {
    /// Its identity.
    pub id: DeckId,
    /// What it is called.
    pub title: String,
    /// The day its facts were checked.
    pub as_of: Option<StudyDay>,
}

/// A map and the cards that hang on it.
#[derive(Debug, Clone)]
pub struct Collection {
    map: SkillMap,
    decks: Vec<DeckHeader>,
    cards: BTreeMap<CardId, Header>,
    /// For every node of the map, the cards bound to it.
    by_node: Vec<Vec<CardId>>,
}

impl Collection {
    /// Hangs decks on a map; cards whose binding leads nowhere are left out and told as problems.
    ///
    /// Problems: `S02` (an unknown or ambiguous node, or no binding at all),
    /// `inner-node` (a warning: a card on a branch counts in no leaf).
    #[must_use]
    pub fn bind<D: Borrow<Deck>>(map: SkillMap, decks: impl IntoIterator<Item = D>) -> (Self, Vec<Problem>) {
        let by_node = vec![Vec::new(); map.nodes().len()];
        let mut collection = Self { map, decks: Vec::new(), cards: BTreeMap::new(), by_node };
        let mut bindings = Bindings::default();
        for deck in decks {
            collection.hang(deck.borrow(), &mut bindings);
        }
        let mut problems = bindings.problems;
        problems.sort();
        (collection, problems)
    }

    fn hang(&mut self, deck: &Deck, bindings: &mut Bindings) {
        let own = deck.node.as_ref().and_then(|(name, place)| bindings.resolve(&self.map, name, place));
        for card in &deck.cards {
            let mut nodes: Vec<NodeIndex> = own.into_iter().collect();
            for (name, place) in &card.nodes {
                let further = bindings.resolve(&self.map, name, place);
                nodes.extend(further.filter(|index| !nodes.contains(index)));
            }
            if nodes.is_empty() {
                bindings
                    .problems
                    .extend((deck.node.is_none() && card.nodes.is_empty()).then(|| no_node(card)));
            } else {
                self.add(card, nodes);
            }
        }
        self.decks.push(DeckHeader { id: deck.id.clone(), title: deck.title.clone(), as_of: deck.as_of });
    }

    fn add(&mut self, card: &Card, nodes: Vec<NodeIndex>) {
        for node in &nodes {
            self.by_node[node.0].push(card.id.clone());
        }
        self.cards.insert(card.id.clone(), header(card, nodes));
    }

    /// The map.
    #[must_use]
    pub fn map(&self) -> &SkillMap {
        &self.map
    }

    /// The decks, in the order of their files.
    #[must_use]
    pub fn decks(&self) -> &[DeckHeader] {
        &self.decks
    }

    /// Every card's header, by id.
    pub fn cards(&self) -> impl Iterator<Item = &Header> {
        self.cards.values()
    }

    /// The header of a card.
    #[must_use]
    pub fn header(&self, id: &CardId) -> Option<&Header> {
        self.cards.get(id)
    }

    /// The cards bound to this very node, in the order of their decks.
    #[must_use]
    pub fn bound_to(&self, node: NodeIndex) -> &[CardId] {
        &self.by_node[node.0]
    }

    /// Whether a card hangs on a node or below it.
    #[must_use]
    pub fn is_below(&self, header: &Header, node: NodeIndex) -> bool {
        header.nodes.iter().any(|&place| self.map.is_within(place, node))
    }
}

/// Names looked up on the map, each once however many cards use it, and what was wrong with them.
#[derive(Default)]
struct Bindings {
    found: BTreeMap<String, Result<NodeIndex, LookupError>>,
    problems: Vec<Problem>,
}

impl Bindings {
    fn resolve(&mut self, map: &SkillMap, name: &str, place: &Place) -> Option<NodeIndex> {
        let found = match self.found.get(name) {
            Some(found) => found,
            None => self.found.entry(name.to_owned()).or_insert_with(|| map.find(name)),
        };
        match found {
            Ok(index) => {
                self.problems.extend((!map.is_leaf(*index)).then(|| inner_node(name, place)));
                Some(*index)
            }
            Err(error) => {
                self.problems.push(unresolved(error, place));
                None
            }
        }
    }
}

fn header(card: &Card, nodes: Vec<NodeIndex>) -> Header {
    let reversed = |id: &String| CardId { deck: card.id.deck.clone(), card: id.clone() };
    Header {
        id: card.id.clone(),
        nodes,
        kind: card.kind(),
        aim: card.aim,
        difficulty: card.difficulty,
        fingerprint: card.fingerprint(),
        review_by: card.review_by,
        reverse_of: card.reverse_of.as_ref().map(reversed),
        place: card.place.clone(),
    }
}

fn no_node(card: &Card) -> Problem {
    Problem {
        place: card.place.clone(),
        rule: "S02",
        level: Level::Error,
        message: format!("card `{}` hangs on no node", card.id),
        hint: "name one: `node = \"…\"` under [deck], or `nodes = [\"…\"]` on the card".to_owned(),
    }
}

fn inner_node(name: &str, place: &Place) -> Problem {
    Problem {
        place: place.clone(),
        rule: "inner-node",
        level: Level::Warning,
        message: format!("`{name}` is a branch: its cards are asked, but count in no leaf"),
        hint: "bind them to a leaf; `mindrill map show` lists them".to_owned(),
    }
}

fn unresolved(error: &LookupError, place: &Place) -> Problem {
    let (names, lead) = match error {
        LookupError::Unknown { nearest, .. } => (nearest, "did you mean"),
        LookupError::Ambiguous { candidates, .. } => (candidates, "write one of"),
    };
    let names: Vec<String> = names.iter().map(|key| format!("`{key}`")).collect();
    let hint = if names.is_empty() {
        "`mindrill map show` lists the nodes".to_owned()
    } else {
        format!("{lead} {}? `mindrill map show` lists the nodes", names.join(", "))
    };
    Problem { place: place.clone(), rule: "S02", level: Level::Error, message: error.to_string(), hint }
}
