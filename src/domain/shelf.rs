//! Which decks hang on which nodes, as their files say: the leaves that nobody has written for, and the decks that
//! lead nowhere.
//!
//! A deck counts even where none of its cards could be read, unlike in a collection, which holds cards.

use std::borrow::Borrow;
use std::collections::BTreeSet;

use super::deck::Deck;
use super::skill_map::{NodeIndex, SkillMap};

/// The decks of a map, by node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shelf {
    /// For every node, the decks that name it, by their places in the list.
    by_node: Vec<Vec<usize>>,
    /// Every binding that leads nowhere: the deck's place, and the name as written; empty where none is.
    unbound: Vec<(usize, String)>,
}

impl Shelf {
    /// Looks up the bindings of decks on a map.
    #[must_use]
    pub fn new<D: Borrow<Deck>>(map: &SkillMap, decks: &[D]) -> Self {
        let mut shelf = Self { by_node: vec![Vec::new(); map.nodes().len()], unbound: Vec::new() };
        for (place, deck) in decks.iter().enumerate() {
            let names = names(deck.borrow());
            if names.is_empty() {
                shelf.unbound.push((place, String::new()));
            }
            for name in names {
                match map.find(name) {
                    Ok(NodeIndex(node)) => shelf.by_node[node].push(place),
                    Err(_) => shelf.unbound.push((place, name.to_owned())),
                }
            }
        }
        for decks in &mut shelf.by_node {
            decks.dedup();
        }
        shelf
    }

    /// The decks that name this very node, by their places in the list.
    #[must_use]
    pub fn at(&self, node: NodeIndex) -> &[usize] {
        &self.by_node[node.0]
    }

    /// The decks that name a node or one below it, by their places in the list, each once and in order.
    #[must_use]
    pub fn below(&self, map: &SkillMap, node: NodeIndex) -> Vec<usize> {
        let all: BTreeSet<usize> = map.subtree(node).flat_map(|node| self.at(node)).copied().collect();
        all.into_iter().collect()
    }

    /// The leaves without a deck, in map order.
    #[must_use]
    pub fn empty_leaves(&self, map: &SkillMap) -> Vec<NodeIndex> {
        map.leaves_below(map.root()).filter(|&leaf| self.at(leaf).is_empty()).collect()
    }

    /// Every binding that leads nowhere: the deck's place in the list, and the name as written; an empty name where the
    /// deck is bound to nothing at all.
    #[must_use]
    pub fn unbound(&self) -> &[(usize, String)] {
        &self.unbound
    }
}

/// The nodes that a deck and its cards name, each name once.
fn names(deck: &Deck) -> BTreeSet<&str> {
    let own = deck.node.iter().map(|(name, _)| name.as_str());
    let further = deck.cards.iter().flat_map(|card| card.nodes.iter().map(|(name, _)| name.as_str()));
    own.chain(further).collect()
}
