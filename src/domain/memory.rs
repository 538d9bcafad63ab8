//! Memory: what a learner would recall on a day, by the model under which it was made.
//!
//! It does not know when a card is asked (`sm2`): every live answer of any kind is evidence.

use fsrs::MemoryState;

use super::day::StudyDay;
use super::grade::Grade;
use super::model::LEAST_STABILITY;
pub use super::model::Model;
use super::retention::Retention;

/// What stands in should the model refuse an answer to a new card, which it has no ground to do: the
/// least stability and the middle of the range of difficulty, so that nothing is claimed.
const UNKNOWN: MemoryState = MemoryState { stability: LEAST_STABILITY, difficulty: 5.0 };

/// The memory of one card after its latest answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Memory {
    /// Days after which recall has fallen to 0.9; 0.001 to 36,500.
    pub stability: f32,
    /// FSRS difficulty, 1..10.
    pub difficulty: f32,
    /// The study day of the latest answer of any kind.
    pub last: StudyDay,
    /// The model by which it was made, and goes on.
    pub model: Model,
}

impl Memory {
    /// A memory by the model of the average learner.
    #[must_use]
    pub fn new(stability: f32, difficulty: f32, last: StudyDay) -> Self {
        Self { stability, difficulty, last, model: Model::default() }
    }

    /// The memory after a card's first answer, by the model of the average learner.
    #[must_use]
    pub fn first(grade: Grade, day: StudyDay) -> Self {
        Self::begun(Model::default(), grade, day)
    }

    /// The memory after a card's first answer, by `model`.
    #[must_use]
    pub fn begun(model: Model, grade: Grade, day: StudyDay) -> Self {
        Self::of(model, model.step(None, grade, 0).unwrap_or(UNKNOWN), day)
    }

    /// The memory after a further answer. Between two answers whole study days count; none where the
    /// clock ran back. Numbers that are no memory (not finite) are forgotten.
    #[must_use]
    pub fn after(&self, grade: Grade, day: StudyDay) -> Self {
        let before = MemoryState { stability: self.stability, difficulty: self.difficulty };
        match self.model.step(Some(before), grade, day.since(self.last)) {
            Some(state) => Self::of(self.model, state, day),
            None => Self::begun(self.model, grade, day),
        }
    }

    fn of(model: Model, state: MemoryState, last: StudyDay) -> Self {
        Self { stability: state.stability, difficulty: state.difficulty, last, model }
    }

    /// The probability, 0..1, of answering right on `day`; 1 on the day of the latest answer and before it.
    #[must_use]
    pub fn recall(&self, day: StudyDay) -> f64 {
        self.recall_after(day.since(self.last))
    }

    /// The first study day, not before the latest answer, on which recall is under `level` (0..1);
    /// `None` where that day cannot be told, or never comes.
    #[must_use]
    pub fn falls_under(&self, level: f64) -> Option<StudyDay> {
        let most = StudyDay::LAST.since(self.last);
        let (mut low, mut high) = (0, most.saturating_add(1));
        while low < high {
            let middle = low + (high - low) / 2;
            if self.recall_after(middle) < level {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        (low <= most).then(|| self.last.plus(low))
    }

    /// Whole days from the latest answer until recall falls to `retention`, rounded to the nearest.
    ///
    /// Source: FSRS-6, `next_interval`.
    #[must_use]
    pub fn days_to(&self, retention: Retention) -> u32 {
        let days = self.model.interval(self.stability, retention.share());
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "`as` saturates, and what is no number becomes 0"
        )]
        let days = days.round() as u32;
        days
    }

    /// Recall `days` after the latest answer.
    fn recall_after(&self, days: u32) -> f64 {
        self.model.recall(self.stability, days)
    }
}

#[cfg(test)]
mod tests {
    use super::Memory;
    use crate::domain::day::StudyDay;
    use crate::domain::grade::Grade;

    fn day(number: i64) -> StudyDay {
        StudyDay::from_number(number)
    }

    #[test]
    fn first_answers_give_the_published_initial_stability() {
        // w0 to w3 of the default parameters.
        for (q, stability) in [(0, 0.212), (1, 0.212), (2, 0.212), (3, 1.2931), (4, 2.3065), (5, 8.2956)] {
            let memory = Memory::first(Grade::new(q).unwrap(), day(0));
            assert!((memory.stability - stability).abs() < 1e-6, "grade {q}");
        }
    }

    #[test]
    fn a_clock_that_ran_back_counts_no_days() {
        let memory = Memory::first(Grade::GOOD, day(10));
        let (same, back) = (memory.after(Grade::GOOD, day(10)), memory.after(Grade::GOOD, day(3)));
        assert_eq!((same.stability, same.difficulty), (back.stability, back.difficulty));
        assert_eq!(back.last, day(3));
    }

    #[test]
    fn recall_is_certain_on_the_day_and_nine_tenths_after_the_stability() {
        let memory = Memory::new(40.0, 5.0, day(100));
        assert!((memory.recall(day(100)) - 1.0).abs() < f64::EPSILON);
        assert!((memory.recall(day(90)) - 1.0).abs() < f64::EPSILON);
        assert!((memory.recall(day(140)) - 0.9).abs() < 1e-6);
    }

    #[test]
    fn the_day_recall_falls_is_the_first_under_the_level() {
        // R(t) < 0.85 ⟺ t > S ÷ 0.9803465 × (0.85^(−1/0.1542) − 1) = 40 × 1.90643 = 76.26.
        let memory = Memory::new(40.0, 5.0, day(100));
        let falls = memory.falls_under(0.85).unwrap();
        assert_eq!(falls, day(177));
        assert!(memory.recall(falls) < 0.85 && memory.recall(falls.minus(1)) >= 0.85);
        assert_eq!(memory.falls_under(0.0), None);
        assert_eq!(memory.falls_under(1.5), Some(day(100)));
    }

    #[test]
    fn numbers_that_are_no_memory_do_not_panic() {
        for bad in [f32::NAN, f32::INFINITY, -1.0, 0.0] {
            let memory = Memory::new(bad, bad, day(0));
            let after = memory.after(Grade::GOOD, day(9));
            assert!(after.stability.is_finite() && after.difficulty.is_finite());
            assert!((0.0..=1.0).contains(&memory.recall(day(9))));
        }
    }
}
