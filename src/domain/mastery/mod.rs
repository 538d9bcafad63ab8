//! Mastery: what would be known on a day, from card to leaf to branch.
//!
//! It does not know when a card is asked (`sm2`, `queue`) beyond its due day, nor how figures are shown.
//! Every share is 0..1 and importance-weighted over leaves, never over cards: one fat leaf cannot hide
//! ten empty ones.

mod band;
mod branch;
mod card;
mod faded;
mod leaf;
mod outlook;

pub use band::{Band, MODEL_ERROR};
pub use branch::weight;
pub use card::{CardFigures, MASTERED_PASS_DAYS, MASTERED_RECALL, Stage};
pub use faded::{Faded, LEAST_FALL};
pub use leaf::{LEAST_CARDS, LEAST_KINDS, LeafState, SOLID_LOW, SOLID_MASTERED, SOLID_RECALL};
pub use outlook::{LeafReasons, Outlook};

use std::collections::BTreeMap;

use super::card::CardId;
use super::collection::Collection;
use super::day::StudyDay;
use super::progress::CardState;
use super::skill_map::{NodeIndex, NodeKey};

/// How many days ahead the report looks where no day is set: the usual notice of an interview, a month.
pub const DEFAULT_HORIZON_DAYS: u32 = 30;

/// The figures of one node of the map; shares are 0..1.
#[derive(Debug, Clone, PartialEq)]
pub struct NodeFigures {
    /// Its place on the map.
    pub node: NodeIndex,
    /// Its key.
    pub key: NodeKey,
    /// Its label, as the author meant it.
    pub label: String,
    /// The key of the node it hangs on; `None` for the root.
    pub parent: Option<NodeKey>,
    /// Distance from the root.
    pub depth: usize,
    /// Leaves at or below it; 1 for a leaf.
    pub leaves: usize,
    /// Share of its leaves that have enough cards to be judged.
    pub written: f64,
    /// Distinct cards on its leaves, stale ones left out.
    pub cards: usize,
    /// Share of cards with at least one live answer.
    pub met: f64,
    /// Distinct cards of those that are due on or before today.
    pub due: usize,
    /// Mean recall at the horizon, 0 for a card never met.
    pub recall: f64,
    /// Lower end of the 80 % band of that mean; 0 where no card is met.
    pub recall_low: f64,
    /// Upper end of the 80 % band of that mean; 0 where no card is met.
    pub recall_high: f64,
    /// Share of cards mastered at the horizon.
    pub mastered: f64,
    /// Where a leaf stands; `None` for a branch.
    pub state: Option<LeafState>,
    /// The leaf below with the least recall (ties: greater importance, then map order); `None` for a leaf.
    pub weakest: Option<NodeKey>,
}

/// The mastery report: every node of a map.
#[derive(Debug, Clone, PartialEq)]
pub struct Coverage {
    /// The day the report is made.
    pub today: StudyDay,
    /// The day it is about, not before today.
    pub horizon: StudyDay,
    /// Every node, in map order, the root first.
    pub nodes: Vec<NodeFigures>,
}

impl Coverage {
    /// The figures of a node of the map the report was made for.
    #[must_use]
    pub fn node(&self, node: NodeIndex) -> Option<&NodeFigures> {
        self.nodes.get(node.0)
    }
}

/// The mastery report on `today` about `horizon` (a day before today is taken as today); a card that
/// `states` does not name is new.
#[must_use]
pub fn coverage(
    collection: &Collection,
    states: &BTreeMap<CardId, CardState>,
    today: StudyDay,
    horizon: StudyDay,
) -> Coverage {
    Outlook::new(collection, states, today, horizon).coverage()
}
