//! Memory: what a learner would recall on a day, by FSRS-6 with default parameters.

use super::day::StudyDay;

/// The memory of one card after its latest answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Memory {
    /// Days after which recall has fallen to 0.9.
    pub stability: f32,
    /// FSRS difficulty, 1..10.
    pub difficulty: f32,
    /// The study day of the latest answer of any kind.
    pub last: StudyDay,
}

impl Memory {
    /// Recall on a day (placeholder until the memory room lands).
    #[must_use]
    pub fn recall(&self, _day: StudyDay) -> f64 {
        0.0
    }
}
