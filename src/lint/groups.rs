//! The groups of cards that are looked at together: leaves, branches, the whole collection.

use std::collections::BTreeMap;

use super::Spot;
use super::sheet::Sheets;
use crate::domain::skill_map::{NodeIndex, SkillMap};

/// How far a group reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// The cards bound to one node; without a map, a deck.
    Leaf,
    /// All below a child of the root.
    Branch,
    /// All that is looked over.
    Whole,
}

/// Cards that belong together.
#[derive(Debug, Clone)]
pub(super) struct Group {
    /// How far it reaches.
    pub extent: Extent,
    /// Where its findings belong.
    pub spot: Spot,
    /// Its node, where it hangs on a leaf of the map.
    pub leaf: Option<NodeIndex>,
    /// Its cards, by their indices among the sheets, in order, each once.
    pub cards: Vec<usize>,
    /// Whether it holds more than one of the groups it is made of; else they have told all that it could.
    pub adds: bool,
}

/// All groups: leaves in map order, then branches, then the whole.
pub(super) fn read(sheets: &Sheets<'_>) -> Vec<Group> {
    match sheets.subject.map {
        Some(map) => on_map(sheets, map),
        None => of_decks(sheets),
    }
}

fn on_map(sheets: &Sheets<'_>, map: &SkillMap) -> Vec<Group> {
    let mut by_node: BTreeMap<NodeIndex, Vec<usize>> = BTreeMap::new();
    for (index, sheet) in sheets.cards.iter().enumerate() {
        for (at, node) in sheet.nodes.iter().enumerate() {
            if !sheet.nodes[..at].contains(node) {
                by_node.entry(*node).or_default().push(index);
            }
        }
    }
    let leaf = |(node, cards): (&NodeIndex, &Vec<usize>)| Group {
        extent: Extent::Leaf,
        spot: spot(sheets, cards, *node),
        leaf: Some(*node).filter(|node| map.is_leaf(*node)),
        cards: cards.clone(),
        adds: true,
    };
    let mut groups: Vec<Group> = by_node.iter().map(leaf).collect();
    for branch in &map.node(map.root()).children {
        let below = by_node.range(*branch..).take_while(|(node, _)| map.is_within(**node, *branch));
        groups.extend(joined(sheets, *branch, Extent::Branch, below.map(|(_, cards)| cards)));
    }
    groups.extend(joined(sheets, map.root(), Extent::Whole, by_node.values()));
    groups
}

/// A group of groups; `None` where there is none, or where a branch is nothing but one of its leaves.
fn joined<'g>(
    sheets: &Sheets<'_>,
    node: NodeIndex,
    extent: Extent,
    parts: impl Iterator<Item = &'g Vec<usize>>,
) -> Option<Group> {
    let parts: Vec<_> = parts.collect();
    let adds = parts.len() > 1;
    let mut cards: Vec<usize> = parts.into_iter().flatten().copied().collect();
    cards.sort_unstable();
    cards.dedup();
    if cards.is_empty() || !(adds || extent == Extent::Whole) {
        return None;
    }
    Some(Group { extent, spot: spot(sheets, &cards, node), leaf: None, cards, adds })
}

/// The deck in which all cards are, else the node.
fn spot(sheets: &Sheets<'_>, cards: &[usize], node: NodeIndex) -> Spot {
    let mut decks = cards.iter().map(|card| sheets.cards[*card].at.0);
    match decks.next() {
        Some(deck) if decks.all(|other| other == deck) => Spot::Deck(deck),
        _ => Spot::Node(node),
    }
}

/// Without a map, each deck is a leaf; several of them are no collection.
fn of_decks(sheets: &Sheets<'_>) -> Vec<Group> {
    let mut decks: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, sheet) in sheets.cards.iter().enumerate() {
        decks.entry(sheet.at.0).or_default().push(index);
    }
    let group = |extent, (deck, cards): (&usize, &Vec<usize>), adds| Group {
        extent,
        spot: Spot::Deck(*deck),
        leaf: None,
        cards: cards.clone(),
        adds,
    };
    let mut groups: Vec<Group> = decks.iter().map(|deck| group(Extent::Leaf, deck, true)).collect();
    if decks.len() == 1 {
        groups.extend(decks.iter().map(|deck| group(Extent::Whole, deck, false)));
    }
    groups
}
