//! Small maps and decks to ask about.

use std::collections::BTreeMap;
use std::sync::Arc;

use mindrill::domain::card::{Body, Card, CardId, DeckId, Kind};
use mindrill::domain::collection::Collection;
use mindrill::domain::day::StudyDay;
use mindrill::domain::deck::Deck;
use mindrill::domain::memory::Memory;
use mindrill::domain::problem::Place;
use mindrill::domain::progress::CardState;
use mindrill::domain::skill_map::{Importance, Node, NodeIndex, NodeKey, Shape, SkillMap};

pub fn day(number: i64) -> StudyDay {
    StudyDay::from_number(number)
}

pub fn id(name: &str) -> CardId {
    format!("deck/{name}").parse().unwrap()
}

/// A map of nodes given in map order by depth, key and importance.
pub fn map(nodes: &[(usize, &str, f64)]) -> SkillMap {
    let mut placed: Vec<Node> = Vec::new();
    for &(depth, key, importance) in nodes {
        let parent = placed.iter().rposition(|node| node.depth + 1 == depth).map(NodeIndex);
        if let Some(parent) = parent {
            let own = NodeIndex(placed.len());
            placed[parent.0].children.push(own);
        }
        placed.push(Node {
            key: NodeKey(key.to_owned()),
            label: key.to_owned(),
            id: None,
            shape: Shape::Default,
            mermaid: None,
            icon: None,
            class: None,
            importance: Importance::new(importance).unwrap(),
            line: placed.len() + 1,
            depth,
            parent,
            children: Vec::new(),
        });
    }
    SkillMap::new("map".to_owned(), placed).unwrap()
}

/// A card by name, of one of two kinds, hung on nodes by key.
pub fn card(name: &str, kind: Kind, nodes: &[&str], review_by: Option<StudyDay>) -> Card {
    let place = Place { file: Arc::from("deck.toml"), line: 1, column: 1 };
    let body = match kind {
        Kind::TrueFalse => Body::TrueFalse { statement: name.to_owned(), answer: true },
        _ => Body::Flashcard { prompt: name.to_owned(), answer: name.to_owned() },
    };
    let nodes = nodes.iter().map(|node| ((*node).to_owned(), place.clone())).collect();
    Card { review_by, nodes, ..Card::new(id(name), body, place) }
}

pub fn collection(map: SkillMap, cards: Vec<Card>) -> Collection {
    let deck = Deck {
        id: DeckId("deck".to_owned()),
        title: "Deck".to_owned(),
        node: None,
        as_of: None,
        lint_allow: Vec::new(),
        place: Place { file: Arc::from("deck.toml"), line: 1, column: 1 },
        cards,
    };
    Collection::bind(map, vec![deck]).0
}

/// A card answered last on a day, with a stability in days and a number of days with a pass.
pub fn state(stability: f32, last: i64, pass_days: u32) -> CardState {
    let memory = Memory::new(stability, 5.0, day(last));
    CardState { memory: Some(memory), pass_days, ..CardState::default() }
}

/// The states of a leaf of `count` cards named `prefix-0`, `prefix-1` and so on.
pub fn states(prefix: &str, count: usize, state: CardState) -> BTreeMap<CardId, CardState> {
    (0..count).map(|number| (id(&format!("{prefix}-{number}")), state)).collect()
}

/// `count` cards named `prefix-0` and so on, hung on one node; every third is true or false.
pub fn cards(prefix: &str, count: usize, node: &str) -> Vec<Card> {
    let kind = |number: usize| if number % 3 == 2 { Kind::TrueFalse } else { Kind::Flashcard };
    (0..count).map(|number| card(&format!("{prefix}-{number}"), kind(number), &[node], None)).collect()
}
