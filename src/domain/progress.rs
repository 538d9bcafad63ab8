//! A card's progress: the fold of its live log rows into schedule, memory and passes.
//!
//! The store keeps these states as a derived cache; replaying the log gives them again.

use super::day::StudyDay;
use super::memory::Memory;
use super::sm2::Progress;

/// Everything the log says of one card.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct CardState {
    /// Its SM-2 schedule.
    pub schedule: Progress,
    /// Its memory; `None` before the first answer of any kind.
    pub memory: Option<Memory>,
    /// Different study days with a pass (final grade ≥ 3) in scheduled or early answers since the last fail in one.
    pub pass_days: u32,
    /// The latest of those days.
    pub last_pass: Option<StudyDay>,
    /// The study day of its first live answer.
    pub first: Option<StudyDay>,
}
impl CardState {
    /// Whether the card was answered, in any mode, on a day.
    #[must_use]
    pub fn answered_on(&self, day: StudyDay) -> bool {
        self.memory.is_some_and(|memory| memory.last == day)
    }
}
