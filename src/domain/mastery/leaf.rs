//! A leaf: the figures of the cards that hang on it, and the state they add up to.
//!
//! It does not know of other leaves.

use super::band::{Band, MODEL_ERROR};
use super::card::{Stage, recall};
use crate::domain::card::Kind;
use crate::domain::collection::Header;
use crate::domain::day::StudyDay;
use crate::domain::progress::CardState;

/// Fewer cards than this are too thin a ground to judge a leaf by.
pub const LEAST_CARDS: usize = 8;
/// Fewer kinds of card than this test one way of knowing only.
pub const LEAST_KINDS: usize = 2;
/// Mean recall at the horizon from which a leaf can be solid.
pub const SOLID_RECALL: f64 = 0.85;
/// Lower end of the band from which a leaf can be solid.
pub const SOLID_LOW: f64 = 0.75;
/// Share of mastered cards from which a leaf can be solid.
pub const SOLID_MASTERED: f64 = 0.80;

/// Where a leaf stands; the first that fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeafState {
    /// No card.
    None,
    /// Fewer than [`LEAST_CARDS`] cards or [`LEAST_KINDS`] kinds.
    Thin,
    /// No card met.
    New,
    /// Known, with something to spare, and most cards mastered.
    Solid,
    /// Solid on the day of its newest answer, and not now.
    Fading,
    /// Anything else.
    Learning,
}

impl LeafState {
    /// Every state, in the order in which they are tried.
    pub const ALL: [Self; 6] = [Self::None, Self::Thin, Self::New, Self::Solid, Self::Fading, Self::Learning];

    /// The name used in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Thin => "thin",
            Self::New => "new",
            Self::Solid => "solid",
            Self::Fading => "fading",
            Self::Learning => "learning",
        }
    }

    /// Whether a leaf in this state has enough cards to be judged.
    #[must_use]
    pub fn is_written(self) -> bool {
        !matches!(self, Self::None | Self::Thin)
    }
}

/// A card of a leaf with all that is known of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Member<'a> {
    pub header: &'a Header,
    pub state: CardState,
}

/// What the cards of a leaf add up to on a day.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Tally {
    pub cards: usize,
    pub met: usize,
    pub mastered: usize,
    recall_sum: f64,
    /// Σ R(1 − R): how much the number of right answers varies.
    variance_sum: f64,
}

impl Tally {
    /// The sums over `members`, recall asked for on the day `horizon`.
    pub fn of(members: &[Member<'_>], horizon: StudyDay) -> Self {
        members.iter().fold(Self::default(), |tally, member| tally.with(&member.state, horizon))
    }

    fn with(self, state: &CardState, horizon: StudyDay) -> Self {
        let recall = recall(state, horizon);
        Self {
            cards: self.cards + 1,
            met: self.met + usize::from(state.is_met()),
            mastered: self.mastered + usize::from(Stage::of(state, horizon) == Stage::Mastered),
            recall_sum: self.recall_sum + recall,
            variance_sum: self.variance_sum + recall * (1.0 - recall),
        }
    }

    /// Mean recall; 0 for no card.
    pub fn recall(&self) -> f64 {
        self.share_of(self.recall_sum)
    }

    /// The variance of the mean of the answers: Σ R(1 − R) ÷ n²; 0 for no card.
    pub fn variance(&self) -> f64 {
        self.share_of(self.share_of(self.variance_sum))
    }

    pub fn met_share(&self) -> f64 {
        self.share_of(count(self.met))
    }

    pub fn mastered_share(&self) -> f64 {
        self.share_of(count(self.mastered))
    }

    /// The 80 % band of the mean recall; 0..0 where no card is met.
    pub fn band(&self) -> Band {
        if self.met == 0 {
            Band::default()
        } else {
            Band::around(self.recall(), self.variance(), MODEL_ERROR)
        }
    }

    /// The test of [`LeafState::Solid`], for a leaf with enough cards.
    pub fn is_solid(&self) -> bool {
        self.recall() >= SOLID_RECALL
            && self.band().low >= SOLID_LOW
            && self.mastered_share() >= SOLID_MASTERED
    }

    fn share_of(&self, sum: f64) -> f64 {
        if self.cards == 0 { 0.0 } else { sum / count(self.cards) }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a count of cards is exact in f64 up to 2^53")]
fn count(number: usize) -> f64 {
    number as f64
}

/// How many different kinds of card there are among `members`.
pub(super) fn kinds(members: &[Member<'_>]) -> usize {
    Kind::ALL.iter().filter(|kind| members.iter().any(|member| member.header.kind == **kind)).count()
}

/// The day of the newest live answer on a leaf.
pub(super) fn newest(members: &[Member<'_>]) -> Option<StudyDay> {
    members.iter().filter_map(|member| member.state.memory).map(|memory| memory.last).max()
}

/// Whether the leaf was solid on the day of its newest answer, by the same test, the horizon as far ahead
/// of that day as it is of today.
pub(super) fn was_solid(members: &[Member<'_>], today: StudyDay, horizon: StudyDay) -> bool {
    newest(members).is_some_and(|day| Tally::of(members, day.plus(horizon.since(today))).is_solid())
}

/// The state of a leaf with these cards on `today`; `tally` is theirs at the horizon.
pub(super) fn state(members: &[Member<'_>], tally: &Tally, today: StudyDay, horizon: StudyDay) -> LeafState {
    if members.is_empty() {
        LeafState::None
    } else if members.len() < LEAST_CARDS || kinds(members) < LEAST_KINDS {
        LeafState::Thin
    } else if tally.met == 0 {
        LeafState::New
    } else if tally.is_solid() {
        LeafState::Solid
    } else if was_solid(members, today, horizon) {
        LeafState::Fading
    } else {
        LeafState::Learning
    }
}
