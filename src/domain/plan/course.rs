//! The stretch of days up to an interview: how many new cards a day, and when the final sweep begins.
//!
//! It knows days and numbers, not cards.
//!
//! Source: simulations of 300 learners, `cargo bench --bench simulation`. Covering every card and showing each once
//! more at the end matter more there than the algorithm in between; capping intervals costs minutes and recall.

use crate::domain::day::StudyDay;

/// The part of the stretch in which new cards are begun, in tenths: the rest is left to review them.
const NEW_TENTHS: u32 = 6;
/// The part of the focus's cards for which the final sweep needs time: the others are due in those days anyway.
const SWEPT: f64 = 0.9;
/// The final sweep takes at least so many days, where the stretch allows …
const LEAST_SWEEP: u32 = 2;
/// … and at most one day in so many: earlier, what is shown fades again.
const SWEEP_PART: u32 = 3;

/// The days from the one on which an interview was set up to the interview's own, on which nothing is studied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Course {
    /// The day it was set.
    pub since: StudyDay,
    /// The day of the interview.
    pub on: StudyDay,
}

impl Course {
    /// How many days there are from `today` to the interview; the interview's own is none of them.
    #[must_use]
    pub fn left(self, today: StudyDay) -> u32 {
        self.on.since(today)
    }

    /// The first day of the final sweep over `cards` cards, of which a day has time for `a_day`.
    ///
    /// It takes the last K = ⌈0.9 · cards ÷ a day⌉ + 1 days, 2 ≤ K ≤ a third of the stretch, and at least one.
    #[must_use]
    pub fn sweep_from(self, cards: usize, a_day: f64) -> StudyDay {
        let most = (self.left(self.since) / SWEEP_PART).max(1);
        let needed = (SWEPT * count(cards) / a_day.max(1.0)).ceil().min(f64::from(most));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and `most`")]
        let days = (needed as u32).saturating_add(1).max(LEAST_SWEEP).min(most);
        self.on.minus(days)
    }

    /// How many cards to begin on each day from `today` on, `unseen` being left and the sweep beginning on
    /// `sweep_from`.
    ///
    /// New cards are begun in the first six tenths of the stretch; who is behind has until the sweep, and then six
    /// tenths of what is left.
    #[must_use]
    pub fn new_a_day(self, unseen: usize, today: StudyDay, sweep_from: StudyDay) -> usize {
        let end = self.since.plus(self.left(self.since) * NEW_TENTHS / 10);
        let days = if today < end {
            end.since(today)
        } else if today < sweep_from {
            sweep_from.since(today)
        } else {
            self.left(today) * NEW_TENTHS / 10
        };
        unseen.div_ceil(usize::try_from(days).unwrap_or(usize::MAX).max(1))
    }
}

#[expect(clippy::cast_precision_loss, reason = "a count of cards is exact in f64 up to 2^53")]
fn count(number: usize) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::Course;
    use crate::domain::day::StudyDay;

    fn day(number: i64) -> StudyDay {
        StudyDay::from_number(number)
    }

    fn course(days: i64) -> Course {
        Course { since: day(0), on: day(days) }
    }

    /// Cards that fit into a day of so many minutes at 14 s each.
    fn fits(minutes: f64) -> f64 {
        minutes * 60.0 / 14.0
    }

    #[test]
    fn the_sweep_takes_the_last_days_by_the_formula() {
        let table = [
            ("300 cards, 20 minutes: 5 of 30", 30, 300, 20.0, 5),
            ("150 cards, 20 minutes: 3 of 14", 14, 150, 20.0, 3),
            ("few cards: two days", 30, 10, 20.0, 2),
            ("many cards: a third", 30, 3_000, 20.0, 10),
            ("a short stretch: one day", 5, 300, 20.0, 1),
            ("tomorrow", 1, 300, 20.0, 1),
            ("no card", 30, 0, 20.0, 2),
        ];
        for (name, days, cards, minutes, sweep) in table {
            let from = course(days).sweep_from(cards, fits(minutes));
            assert_eq!(course(days).left(from), sweep, "{name}");
        }
        assert_eq!(course(0).sweep_from(9, 0.0), day(-1), "today: nothing is left to sweep");
    }

    #[test]
    fn new_cards_are_begun_in_the_first_six_tenths() {
        let course = course(30);
        let pace = |unseen, today| course.new_a_day(unseen, day(today), day(25));
        // ⌈300 ÷ ⌊0.6 × 30⌋⌉ = 17, and as many a day until the eighteenth.
        assert_eq!([pace(300, 0), pace(300 - 17 * 9, 9), pace(300 - 17 * 17, 17)], [17, 17, 11]);
        // Behind: until the sweep, then six tenths of the rest.
        assert_eq!([pace(50, 18), pace(50, 24), pace(50, 25), pace(50, 29)], [8, 50, 17, 50]);
        assert_eq!([pace(0, 0), pace(0, 29)], [0, 0]);
    }
}
