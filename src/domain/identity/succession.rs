//! Which card follows one that has gone. It does not know where cards are written, nor who has learnt them.

use std::collections::{BTreeMap, BTreeSet};

use super::face::Face;
use super::likeness::{Gist, Stems};
use crate::domain::card::CardId;

/// Least likeness (0..1) of a card that follows another: a prompt said in other words with the answer left alone is
/// above it, half of a split card and a neighbour in the same deck are below.
pub const LEAST_LIKENESS: f64 = 0.65;
/// What the same id in another deck adds to the likeness.
const SAME_ID: f64 = 0.2;

/// A card that has gone, and the one that most likely follows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Succession {
    /// The card that has gone.
    pub gone: CardId,
    /// The card that follows it.
    pub successor: CardId,
    /// How alike they are, [`LEAST_LIKENESS`]..1.
    pub likeness: f64,
}

/// A card of the collection without progress of its own: it may follow one that has gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Free<'a> {
    /// Its id.
    pub id: &'a CardId,
    /// The keys of the nodes it hangs on.
    pub nodes: Vec<&'a str>,
    /// Its fingerprint.
    pub fingerprint: u64,
}

/// The most likely successor of each card that has gone: one that says the very same, else the most alike of those in
/// the same deck, on the same node or of the same id. Each card follows one at most, the most alike pairs first.
///
/// `read` gives the face of a free card that has to be looked at; it is called in the order of `free`, once a card.
pub fn successions(
    gone: &[(CardId, Face)],
    free: &[Free<'_>],
    mut read: impl FnMut(&CardId) -> Option<Face>,
) -> Vec<Succession> {
    let mut found = Pairing::default();
    found.pair(same_text(gone, free));
    let olds: Vec<&(CardId, Face)> = gone.iter().filter(|(id, _)| !found.by_gone.contains_key(id)).collect();
    let news: Vec<&Free<'_>> = free.iter().filter(|card| !found.taken.contains(card.id)).collect();
    let mut stems = Stems::new();
    let gists: Vec<Gist> = olds.iter().map(|(_, face)| stems.gist(face)).collect();
    let mut alike: Vec<Succession> = Vec::new();
    for (new, near) in near(&olds, &news) {
        let Some(card) = news.get(new) else { continue };
        let Some(face) = read(card.id).map(|face| stems.gist(&face)) else { continue };
        let near = near.into_iter().filter_map(|old| Some((&olds.get(old)?.0, gists.get(old)?)));
        alike.extend(near.filter_map(|old| likely(old, (card.id, &face))));
    }
    found.pair(alike);
    found.by_gone.into_values().collect()
}

/// The pair, if they are alike enough.
fn likely((gone, old): (&CardId, &Gist), (successor, new): (&CardId, &Gist)) -> Option<Succession> {
    let same_id = if gone.card == successor.card { SAME_ID } else { 0.0 };
    let likeness = (old.likeness(new) + same_id).min(1.0);
    let (gone, successor) = (gone.clone(), successor.clone());
    (likeness >= LEAST_LIKENESS).then_some(Succession { gone, successor, likeness })
}

/// The pairs of cards that say the very same.
fn same_text(gone: &[(CardId, Face)], free: &[Free<'_>]) -> Vec<Succession> {
    let mut by_print: BTreeMap<u64, Vec<&Free<'_>>> = BTreeMap::new();
    for card in free {
        by_print.entry(card.fingerprint).or_default().push(card);
    }
    let mut pairs = Vec::new();
    for (id, face) in gone {
        let same = by_print.get(&face.fingerprint).into_iter().flatten();
        pairs.extend(same.map(|card| {
            let (gone, successor) = (id.clone(), card.id.clone());
            Succession { gone, successor, likeness: 1.0 }
        }));
    }
    pairs
}

/// For the index of each free card that shares a deck, a node or an id with cards that have gone: theirs.
fn near(gone: &[&(CardId, Face)], free: &[&Free<'_>]) -> BTreeMap<usize, BTreeSet<usize>> {
    // By name, so that no card is compared with every other.
    let (mut decks, mut nodes, mut ids) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (old, (id, face)) in gone.iter().enumerate() {
        let names = [(&mut decks, &id.deck.0), (&mut nodes, &face.node.0), (&mut ids, &id.card)];
        for (index, name) in names {
            index.entry(name.as_str()).or_insert_with(Vec::new).push(old);
        }
    }
    let mut near: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (new, card) in free.iter().enumerate() {
        let on_nodes = card.nodes.iter().filter_map(|node| nodes.get(node));
        let others = [decks.get(card.id.deck.0.as_str()), ids.get(card.id.card.as_str())];
        let olds: BTreeSet<usize> = on_nodes.chain(others.into_iter().flatten()).flatten().copied().collect();
        if !olds.is_empty() {
            near.insert(new, olds);
        }
    }
    near
}

/// Pairs found so far; nobody is in two.
#[derive(Default)]
struct Pairing {
    by_gone: BTreeMap<CardId, Succession>,
    taken: BTreeSet<CardId>,
}

impl Pairing {
    fn is_open(&self, gone: &CardId, successor: &CardId) -> bool {
        !self.by_gone.contains_key(gone) && !self.taken.contains(successor)
    }

    /// Takes the most alike pairs first; among those, the one that keeps its id, then by id.
    fn pair(&mut self, mut pairs: Vec<Succession>) {
        let renamed = |pair: &Succession| {
            (pair.gone.card != pair.successor.card, pair.gone.deck != pair.successor.deck)
        };
        pairs.sort_by(|a, b| {
            let by_likeness = b.likeness.total_cmp(&a.likeness);
            let by_name = || renamed(a).cmp(&renamed(b));
            by_likeness.then_with(by_name).then_with(|| (&a.gone, &a.successor).cmp(&(&b.gone, &b.successor)))
        });
        for pair in pairs {
            if self.is_open(&pair.gone, &pair.successor) {
                self.taken.insert(pair.successor.clone());
                self.by_gone.insert(pair.gone.clone(), pair);
            }
        }
    }
}
