//! Whether a learner knows what he knows: what was said before answers were judged, against how they were judged.
//!
//! It does not know how it was asked.

use std::collections::BTreeMap;

use super::audit::Graded;
use super::card::CardId;
use super::collection::Collection;
use super::review::Confidence;
use super::skill_map::NodeIndex;

/// Answers of which the learner said how sure they were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sureness {
    /// How many he was sure of.
    pub sure: u32,
    /// How many of those were right.
    pub sure_right: u32,
    /// How many he was unsure of.
    pub unsure: u32,
    /// How many of those were right.
    pub unsure_right: u32,
}

impl Sureness {
    /// Counts an answer, if anything was said of it.
    pub fn count(&mut self, answer: &Graded) {
        let right = u32::from(answer.grade.is_pass());
        match answer.confidence {
            Some(Confidence::Sure) => {
                self.sure += 1;
                self.sure_right += right;
            }
            Some(Confidence::Unsure) => {
                self.unsure += 1;
                self.unsure_right += right;
            }
            None => {}
        }
    }

    /// Answers of which anything was said.
    #[must_use]
    pub fn said(&self) -> u32 {
        self.sure + self.unsure
    }

    /// The share right among the sure ones; `None` where there is none.
    #[must_use]
    pub fn sure_share(&self) -> Option<f64> {
        share(self.sure_right, self.sure)
    }

    /// The share right among the unsure ones; `None` where there is none.
    #[must_use]
    pub fn unsure_share(&self) -> Option<f64> {
        share(self.unsure_right, self.unsure)
    }

    fn add(&mut self, other: Self) {
        self.sure += other.sure;
        self.sure_right += other.sure_right;
        self.unsure += other.unsure;
        self.unsure_right += other.unsure_right;
    }
}

fn share(part: u32, whole: u32) -> Option<f64> {
    (whole > 0).then(|| f64::from(part) / f64::from(whole))
}

/// What was said of the cards at or below each node, in map order; nodes of which nothing was said are left out.
///
/// A card that hangs on several nodes counts once at each node above them.
#[must_use]
pub fn by_node(collection: &Collection, cards: &BTreeMap<CardId, Sureness>) -> Vec<(NodeIndex, Sureness)> {
    let mut nodes: BTreeMap<NodeIndex, Sureness> = BTreeMap::new();
    for (card, sureness) in cards.iter().filter(|(_, sureness)| sureness.said() > 0) {
        let Some(header) = collection.header(card) else { continue };
        for node in collection.map().indices().filter(|node| collection.is_below(header, *node)) {
            nodes.entry(node).or_default().add(*sureness);
        }
    }
    nodes.into_iter().collect()
}
