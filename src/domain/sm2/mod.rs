//! SM-2: when to ask a card again. Integers only.
//!
//! It does not know what a learner would recall (`memory`) or how rows are logged (`review`).
//!
//! Source: Wozniak 1990, "Optimization of learning", algorithm SM-2. Beyond the text: an answer before
//! the due day is *early*, one on the day of the last counted answer is a *drill*.

mod ease;
mod rules;

pub use ease::Ease;
pub use rules::{CardRules, Fuzz, Repeat, Rules, Scheduler};

use super::day::StudyDay;
use super::review::{Grade, ReviewKind};

/// The longest interval, in days: a hundred years, as in the published vectors; it keeps every date tellable.
pub const LONGEST_INTERVAL: u32 = 36_500;
/// The interval after a card's first pass, and after any fail, in days. Source: Wozniak 1990, step 3.
const FIRST_INTERVAL: u32 = 1;
/// The interval after the second pass in a row, in days. Source: Wozniak 1990, step 3.
const SECOND_INTERVAL: u32 = 6;

/// A card's place in its schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Schedule {
    /// Passes in a row (n of the text).
    pub repetitions: u32,
    /// Days between the last counted answer and the next, 1 to [`LONGEST_INTERVAL`].
    pub interval: u32,
    /// How much the interval grows.
    pub ease: Ease,
    /// The day of the last counted (scheduled or early) answer.
    pub last: StudyDay,
    /// The day the card is due: `last` plus the interval, shifted where [`Fuzz::Spread`] is set.
    pub due: StudyDay,
    /// Whether the latest answer asks for the card once more on the same day, see [`Repeat`].
    pub drill: bool,
    /// Counted fails, a card's very first answer aside.
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

/// What one of the learner's four grade keys would do to a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyPreview {
    /// The key, 1 to 4.
    pub key: u8,
    /// The grade it stands for.
    pub grade: Grade,
    /// The interval the card would then have, in days.
    pub interval: u32,
    /// The day the card would then be due.
    pub due: StudyDay,
    /// Whether the card would come once more on the same day.
    pub drill: bool,
}

impl Progress {
    /// How an answer on `day` stands to the schedule: scheduled, early or a drill.
    ///
    /// On the day of the last counted answer, or before it (a clock set back), it is a drill, so that
    /// nothing is ever scheduled into the past.
    #[must_use]
    pub fn kind_on(&self, day: StudyDay) -> ReviewKind {
        match self {
            Self::Seen(schedule) if day <= schedule.last => ReviewKind::Drill,
            Self::Seen(schedule) if day < schedule.due => ReviewKind::Early,
            Self::New | Self::Seen(_) => ReviewKind::Scheduled,
        }
    }

    /// Where the card stands after an answer on `day`; see [`Self::kind_on`] for how the answer counts.
    #[must_use]
    pub fn after(&self, grade: Grade, day: StudyDay, rules: CardRules) -> Self {
        Self::Seen(match self {
            Self::New => Schedule::unanswered(day).repeated(grade, day, rules),
            Self::Seen(schedule) if day <= schedule.last => schedule.drilled(grade, rules),
            Self::Seen(schedule) if day < schedule.due => schedule.met_early(grade, day, rules),
            Self::Seen(schedule) => schedule.repeated(grade, day, rules),
        })
    }

    /// The schedule, once the card has one.
    #[must_use]
    pub fn schedule(&self) -> Option<&Schedule> {
        match self {
            Self::New => None,
            Self::Seen(schedule) => Some(schedule),
        }
    }

    /// Whether the card is due on or before `day`; a new card is not.
    #[must_use]
    pub fn is_due(&self, day: StudyDay) -> bool {
        self.schedule().is_some_and(|schedule| schedule.due <= day)
    }

    /// Whether the card still waits, on `day`, to be repeated in the same sitting.
    #[must_use]
    pub fn is_drill_on(&self, day: StudyDay) -> bool {
        self.schedule().is_some_and(|schedule| schedule.drill && day <= schedule.last)
    }
}

impl Schedule {
    /// The state before the first answer (n = 0, interval 0, ease 2.50).
    fn unanswered(day: StudyDay) -> Self {
        let (last, due) = (day, day);
        Self {
            repetitions: 0,
            interval: 0,
            ease: Ease::START,
            last,
            due,
            drill: false,
            lapses: 0,
            reviews: 0,
        }
    }

    /// Steps 3 to 6 of the text: a repetition on or after the due day. Lateness gives no bonus.
    fn repeated(self, grade: Grade, day: StudyDay, rules: CardRules) -> Self {
        if !grade.is_pass() {
            return self.failed(grade, day, rules);
        }
        let ease = self.ease.after(grade);
        let interval = match self.repetitions {
            0 => FIRST_INTERVAL,
            1 => SECOND_INTERVAL,
            _ => ease.times(self.interval),
        };
        let repetitions = self.repetitions.saturating_add(1);
        Self { repetitions, ease, ..self }.asked_again_in(interval, grade, day, rules)
    }

    /// A pass before the due day proves less than a repetition: n and ease stay, and the interval
    /// becomes what the days that did pass are worth, if that is more. A fail counts as any fail.
    fn met_early(self, grade: Grade, day: StudyDay, rules: CardRules) -> Self {
        if !grade.is_pass() {
            return self.failed(grade, day, rules);
        }
        let earned = self.ease.times(day.since(self.last));
        self.asked_again_in(self.interval.max(earned), grade, day, rules)
    }

    fn failed(self, grade: Grade, day: StudyDay, rules: CardRules) -> Self {
        let lapses = self.lapses.saturating_add(u32::from(self.reviews > 0));
        Self { repetitions: 0, lapses, ..self }.asked_again_in(FIRST_INTERVAL, grade, day, rules)
    }

    fn asked_again_in(self, interval: u32, grade: Grade, day: StudyDay, rules: CardRules) -> Self {
        let interval = interval.clamp(FIRST_INTERVAL, LONGEST_INTERVAL);
        let reviews = self.reviews.saturating_add(1);
        let due = day.plus(rules.spread(interval, reviews));
        Self { interval, reviews, last: day, due, drill: rules.repeats(grade), ..self }
    }

    /// The schedule after a counted answer with another interval, within its bounds.
    pub(super) fn due_in(self, interval: u32, rules: CardRules) -> Self {
        let interval = interval.clamp(FIRST_INTERVAL, LONGEST_INTERVAL);
        Self { interval, due: self.last.plus(rules.spread(interval, self.reviews)), ..self }
    }

    /// A drill changes no schedule; it only says whether the card comes once more.
    fn drilled(self, grade: Grade, rules: CardRules) -> Self {
        Self { drill: rules.repeats(grade), reviews: self.reviews.saturating_add(1), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::{CardRules, Ease, Progress, Schedule};
    use crate::domain::day::StudyDay;
    use crate::domain::review::{Grade, ReviewKind};

    fn day(number: i64) -> StudyDay {
        StudyDay::from_number(number)
    }

    /// Answers of grade 4 on days 0, 1 and 7: n 3, interval 15, due on day 22.
    fn mature() -> Progress {
        [0, 1, 7]
            .into_iter()
            .fold(Progress::New, |progress, on| progress.after(Grade::GOOD, day(on), CardRules::default()))
    }

    #[test]
    fn the_day_of_an_answer_says_how_it_counts() {
        let table = [
            ("clock set back to before the last answer", 6, ReviewKind::Drill),
            ("the day of the last answer", 7, ReviewKind::Drill),
            ("the day after it", 8, ReviewKind::Early),
            ("the day before it is due", 21, ReviewKind::Early),
            ("the day it is due", 22, ReviewKind::Scheduled),
            ("much too late", 4_000, ReviewKind::Scheduled),
        ];
        for (name, on, kind) in table {
            assert_eq!(mature().kind_on(day(on)), kind, "{name}");
        }
        assert_eq!(Progress::New.kind_on(day(0)), ReviewKind::Scheduled);
    }

    #[test]
    fn a_clock_set_back_reschedules_nothing() {
        let Progress::Seen(before) = mature() else { panic!("answered") };
        let after = mature().after(Grade::AGAIN, day(3), CardRules::default());
        assert_eq!(after, Progress::Seen(Schedule { drill: true, reviews: 4, ..before }));
        assert!(after.is_drill_on(day(7)) && !after.is_drill_on(day(8)));
    }

    #[test]
    fn the_worst_numbers_stay_in_range() {
        let worst = Schedule {
            repetitions: u32::MAX,
            interval: u32::MAX,
            ease: Ease(u32::MAX),
            last: StudyDay::FIRST,
            due: StudyDay::FIRST,
            drill: true,
            lapses: u32::MAX,
            reviews: u32::MAX,
        };
        for on in [StudyDay::FIRST, day(0), StudyDay::LAST] {
            for grade in [Grade::NOTHING, Grade::HARD, Grade::EASY] {
                let after = Progress::Seen(worst).after(grade, on, CardRules::default());
                let after = after.after(grade, StudyDay::LAST, CardRules::default());
                let schedule = after.schedule().copied().unwrap();
                assert!((1..=36_500).contains(&schedule.interval) && schedule.due <= StudyDay::LAST);
            }
        }
    }
}
