//! A mock interview: which cards it asks, what was predicted of them, and what came of it.
//!
//! It does not know how a question is put, nor how an answer is kept.

mod sample;
mod share;

pub use sample::{apportioned, sample};
pub use share::{Interval, wilson};

use super::card::{Body, Card, CardId};
use super::skill_map::{NodeIndex, SkillMap};

/// A predicted score from which a fail is a surprise.
pub const HIGH: f64 = 0.8;
/// A predicted score up to which a right answer is a surprise: below even chances, and above a guess among two.
pub const LOW: f64 = 0.4;

/// A card that was answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered {
    /// The card.
    pub card: CardId,
    /// The leaf for which it was asked.
    pub leaf: NodeIndex,
    /// The chance of a right answer, 0..1, as it was before the mock; see [`predicted`].
    pub predicted: f64,
    /// Whether it was right.
    pub is_right: bool,
}

/// The chance of a right answer to a card that is recalled with probability `recall` (0..1): R + (1 − R) × the chance of
/// a lucky guess, which is 1/k among k options of which one is right, ½ for true or false, and 1/(2^k − 1) where any
/// number of k options may be right.
#[must_use]
pub fn predicted(card: &Card, recall: f64) -> f64 {
    let luck = match &card.body {
        Body::TrueFalse { .. } => 0.5,
        Body::Choice { options, .. } if card.right_options() > 1 => {
            let options = i32::try_from(options.len()).unwrap_or(i32::MAX);
            1.0 / (2.0_f64.powi(options) - 1.0).max(1.0)
        }
        Body::Choice { options, .. } => 1.0 / count(options.len().max(1)),
        Body::Flashcard { .. }
        | Body::Typed { .. }
        | Body::Cloze { .. }
        | Body::Order { .. }
        | Body::Explain { .. } => 0.0,
    };
    recall + (1.0 - recall) * luck
}

/// What came of a branch.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Branch {
    /// The branch.
    pub node: NodeIndex,
    /// Cards answered.
    pub asked: usize,
    /// Of them right.
    pub right: usize,
    /// Where the learner's true share of right answers lies: 80 % interval; see [`wilson`].
    pub interval: Interval,
    /// The mean predicted score, 0..1.
    pub predicted: f64,
}

/// The outcome of each of these branches that was asked about.
#[must_use]
pub fn branches(map: &SkillMap, nodes: &[NodeIndex], answered: &[Answered]) -> Vec<Branch> {
    let of = |&node: &NodeIndex| {
        let own: Vec<&Answered> = answered.iter().filter(|one| map.is_within(one.leaf, node)).collect();
        let asked = own.len();
        let right = own.iter().filter(|one| one.is_right).count();
        let predicted = own.iter().map(|one| one.predicted).sum::<f64>() / count(asked.max(1));
        (asked > 0).then(|| Branch { node, asked, right, interval: wilson(right, asked), predicted })
    };
    nodes.iter().filter_map(of).collect()
}

/// What was not to be expected, the greatest surprise first: failed though predicted [`HIGH`], right though [`LOW`].
#[must_use]
pub fn surprises(answered: &[Answered]) -> Vec<&Answered> {
    let is_one = |one: &&Answered| if one.is_right { one.predicted <= LOW } else { one.predicted >= HIGH };
    let mut surprises: Vec<&Answered> = answered.iter().filter(is_one).collect();
    let size = |one: &Answered| if one.is_right { 1.0 - one.predicted } else { one.predicted };
    surprises.sort_by(|a, b| size(b).total_cmp(&size(a)).then_with(|| a.card.cmp(&b.card)));
    surprises
}

#[expect(clippy::cast_precision_loss, reason = "a count of cards is exact in f64 up to 2^53")]
fn count(number: usize) -> f64 {
    number as f64
}
