//! A branch: importance-weighted means over its leaves, gathered from below in one pass.
//!
//! It does not know of cards, only of how many distinct ones each leaf has.

use super::band::Band;
use super::leaf::{LeafState, Tally};
use crate::domain::skill_map::{Importance, NodeIndex, SkillMap};

/// The least and the greatest weight a leaf is taken with, some million times less and more than usual:
/// beyond them squares and sums would lose the other leaves, or leave the range of numbers.
const WEIGHTS: (f64, f64) = (1e-6, 1e6);

/// The weight with which a leaf of that importance is taken.
#[must_use]
pub fn weight(importance: Importance) -> f64 {
    importance.weight().clamp(WEIGHTS.0, WEIGHTS.1)
}

/// What the leaves at or below a node add up to.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Sums {
    pub leaves: usize,
    /// Distinct cards, once [`gathered`] has taken out those that several leaves share.
    pub cards: usize,
    /// Distinct cards that are due.
    pub due: usize,
    /// Whether any card is met.
    is_met: bool,
    weight: f64,
    written: f64,
    met: f64,
    recall: f64,
    mastered: f64,
    /// Σ w² · the variance of each leaf's mean.
    variance: f64,
    weakest: Option<Weak>,
}

/// The weakest leaf so far.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Weak {
    recall: f64,
    weight: f64,
    node: NodeIndex,
}

/// How many cards are counted too often at a node, because several leaves below it share them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Shared {
    pub cards: usize,
    pub due: usize,
}

impl Sums {
    /// The sums of a single leaf.
    pub fn of_leaf(
        node: NodeIndex,
        importance: Importance,
        tally: &Tally,
        due: usize,
        state: LeafState,
    ) -> Self {
        let (weight, recall) = (weight(importance), tally.recall());
        let sums = Self {
            leaves: 1,
            cards: tally.cards,
            due,
            is_met: tally.met > 0,
            weight,
            written: if state.is_written() { weight } else { 0.0 },
            met: weight * tally.met_share(),
            recall: weight * recall,
            mastered: weight * tally.mastered_share(),
            variance: weight * weight * tally.variance(),
            weakest: None,
        };
        // The recall that is reported, which may differ from `recall` in its last digit: equal ones must tie.
        Self { weakest: Some(Weak { recall: sums.recall(), weight, node }), ..sums }
    }

    fn plus(self, other: Self) -> Self {
        Self {
            leaves: self.leaves + other.leaves,
            cards: self.cards + other.cards,
            due: self.due + other.due,
            is_met: self.is_met || other.is_met,
            weight: self.weight + other.weight,
            written: self.written + other.written,
            met: self.met + other.met,
            recall: self.recall + other.recall,
            mastered: self.mastered + other.mastered,
            variance: self.variance + other.variance,
            weakest: weaker(self.weakest, other.weakest),
        }
    }

    fn without(self, shared: Shared) -> Self {
        let (cards, due) = (self.cards.saturating_sub(shared.cards), self.due.saturating_sub(shared.due));
        Self { cards, due, ..self }
    }

    pub fn written(&self) -> f64 {
        self.mean(self.written)
    }

    pub fn met(&self) -> f64 {
        self.mean(self.met)
    }

    pub fn recall(&self) -> f64 {
        self.mean(self.recall)
    }

    pub fn mastered(&self) -> f64 {
        self.mean(self.mastered)
    }

    /// The 80 % band of the weighted mean; 0..0 where no card is met.
    pub fn band(&self, model_error: f64) -> Band {
        if self.is_met {
            Band::around(self.recall(), self.variance / (self.weight * self.weight), model_error)
        } else {
            Band::default()
        }
    }

    /// The leaf with the least recall.
    pub fn weakest(&self) -> Option<NodeIndex> {
        self.weakest.map(|leaf| leaf.node)
    }

    /// A weighted sum over the sum of the weights, which is above 0 wherever there is a leaf.
    fn mean(&self, sum: f64) -> f64 {
        if self.leaves == 0 { 0.0 } else { (sum / self.weight).clamp(0.0, 1.0) }
    }
}

/// Of two leaves the one with less recall; ties: greater importance, then map order.
fn weaker(one: Option<Weak>, other: Option<Weak>) -> Option<Weak> {
    let (Some(a), Some(b)) = (one, other) else {
        return one.or(other);
    };
    let order = a.recall.total_cmp(&b.recall).then(b.weight.total_cmp(&a.weight)).then(a.node.cmp(&b.node));
    Some(if order.is_le() { a } else { b })
}

/// Adds the sums of the leaves up, node by node from the last to the root; `shared` cards count once.
pub(super) fn gathered(map: &SkillMap, mut sums: Vec<Sums>, shared: &[Shared]) -> Vec<Sums> {
    for (place, node) in map.nodes().iter().enumerate().rev() {
        let Some(own) = sums.get_mut(place) else { continue };
        *own = own.without(shared.get(place).copied().unwrap_or_default());
        let own = *own;
        if let Some(above) = node.parent.and_then(|parent| sums.get_mut(parent.0)) {
            *above = own.plus(*above);
        }
    }
    sums
}

/// The lowest node that two nodes both lie below (or are).
pub(super) fn meeting_place(map: &SkillMap, one: NodeIndex, other: NodeIndex) -> NodeIndex {
    let (mut one, mut other) = (one, other);
    while one != other {
        let (a, b) = (map.node(one), map.node(other));
        let lower = if a.depth >= b.depth { &mut one } else { &mut other };
        match map.node(*lower).parent {
            Some(parent) => *lower = parent,
            None => return map.root(),
        }
    }
    one
}
