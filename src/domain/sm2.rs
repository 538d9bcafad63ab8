//! SM-2: when to ask a card again. Integers only.
//!
//! Source: Wozniak 1990, "Optimization of learning", algorithm SM-2.

use super::day::StudyDay;

/// Ease factor in hundredths: how much the interval grows at each pass (130..).
///
/// Source: Wozniak 1990, algorithm SM-2, step 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ease(pub u32);

/// A card's place in its schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Schedule {
    /// Passes in a row (n of the text).
    pub repetitions: u32,
    /// Days between the last counted answer and the next; at most 36,500.
    pub interval: u32,
    /// How much the interval grows.
    pub ease: Ease,
    /// The day of the last counted (scheduled or early) answer.
    pub last: StudyDay,
    /// The day the card is due.
    pub due: StudyDay,
    /// Whether today's fail still waits for a pass in the same sitting.
    pub drill: bool,
    /// How often a card that had been passed was failed.
    pub lapses: u32,
    /// Counted answers and drills so far.
    pub reviews: u32,
}

/// Where a card stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Progress {
    /// Never answered under the schedule.
    #[default]
    New,
    /// Answered, and due on a day.
    Seen(Schedule),
}
