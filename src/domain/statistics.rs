//! What a learner has done, day by day: answers, time, streaks, retention by interval, and what falls due.
//!
//! It does not know what would be recalled (`memory`), nor how figures are drawn.

use std::collections::{BTreeMap, BTreeSet};

use super::day::StudyDay;
use super::grade::Grade;
use super::progress::CardState;
use super::review::ReviewKind;

/// The longest time that counts for one answer, in milliseconds: after five minutes the learner was elsewhere.
const LONGEST_MS: u32 = 300_000;
/// Days ahead for which due cards are told: the usual notice of an interview, a month.
pub const FORECAST_DAYS: u32 = 30;
/// The least interval of each class of intervals, in days: about twice the one before, as intervals grow.
pub const INTERVALS: [u32; 8] = [1, 2, 4, 8, 15, 31, 61, 121];

/// Answers added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// How many.
    pub answers: usize,
    /// How many of them were passes (grade ≥ 3).
    pub right: usize,
    /// Milliseconds they took, each at most five minutes; those without a measured time count as 0.
    pub ms: u64,
}

impl Tally {
    /// One answer more.
    pub fn add(&mut self, grade: Grade, elapsed_ms: Option<u32>) {
        self.answers += 1;
        self.right += usize::from(grade.is_pass());
        self.ms = self.ms.saturating_add(u64::from(elapsed_ms.unwrap_or(0).min(LONGEST_MS)));
    }

    /// The share of passes, 0..1; `None` without an answer.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts of answers are exact in f64 up to 2^53")]
    pub fn share(&self) -> Option<f64> {
        (self.answers > 0).then(|| self.right as f64 / self.answers as f64)
    }

    /// Whole minutes, rounded.
    #[must_use]
    pub fn minutes(&self) -> u64 {
        const MS_A_MINUTE: u64 = 60_000;
        self.ms.saturating_add(MS_A_MINUTE / 2) / MS_A_MINUTE
    }
}

/// An answer as far as these figures look at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given {
    /// The study day.
    pub day: StudyDay,
    /// How well.
    pub grade: Grade,
    /// How it stood to the schedule.
    pub kind: ReviewKind,
    /// Milliseconds it took, where they were measured.
    pub elapsed_ms: Option<u32>,
}

/// The answers of a class of intervals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    /// Least days since the card's answer before.
    pub from: u32,
    /// Most days; `None` for the last class.
    pub to: Option<u32>,
    /// The answers.
    pub tally: Tally,
}

/// All that was done, added up one answer at a time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Activity {
    days: BTreeMap<StudyDay, Tally>,
    retention: [Tally; INTERVALS.len()],
}

impl Activity {
    /// Takes an answer in; `before` is the day of its card's answer before, `None` for a first one.
    pub fn add(&mut self, given: Given, before: Option<StudyDay>) {
        self.days.entry(given.day).or_default().add(given.grade, given.elapsed_ms);
        let class = before.and_then(|before| class_of(given.day.since(before)));
        let tests = matches!(given.kind, ReviewKind::Scheduled | ReviewKind::Early);
        if let Some(tally) = class.filter(|_| tests).and_then(|class| self.retention.get_mut(class)) {
            tally.add(given.grade, given.elapsed_ms);
        }
    }

    /// The days with an answer, oldest first.
    #[must_use]
    pub fn days(&self) -> &BTreeMap<StudyDay, Tally> {
        &self.days
    }

    /// All answers.
    #[must_use]
    pub fn total(&self) -> Tally {
        self.since(StudyDay::FIRST)
    }

    /// The answers of that day and later.
    #[must_use]
    pub fn since(&self, first: StudyDay) -> Tally {
        self.days.range(first..).fold(Tally::default(), |sum, (_, day)| Tally {
            answers: sum.answers + day.answers,
            right: sum.right + day.right,
            ms: sum.ms.saturating_add(day.ms),
        })
    }

    /// Passes among scheduled and early answers, by the days since the card's answer before, shortest first.
    #[must_use]
    pub fn retention(&self) -> Vec<Retention> {
        let ends = INTERVALS.iter().skip(1).map(|next| Some(next - 1)).chain([None]);
        let classes = INTERVALS.iter().zip(ends).zip(&self.retention);
        classes.map(|((&from, to), &tally)| Retention { from, to, tally }).collect()
    }

    /// The runs of days with an answer.
    #[must_use]
    pub fn streak(&self, today: StudyDay) -> Streak {
        Streak::of(&self.days.keys().copied().collect(), today)
    }
}

/// The class of an interval; none on the same day.
fn class_of(days: u32) -> Option<usize> {
    INTERVALS.iter().rposition(|&from| days >= from)
}

/// Study days in a row with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Streak {
    /// The run that ends today or yesterday: today is not over yet.
    pub now: u32,
    /// The longest run ever.
    pub longest: u32,
}

impl Streak {
    /// The runs in a set of days; days after `today` (a clock that ran ahead) belong to no run of now.
    #[must_use]
    pub fn of(days: &BTreeSet<StudyDay>, today: StudyDay) -> Self {
        let mut streak = Self::default();
        let (mut run, mut last) = (0_u32, None);
        for &day in days {
            run = if last.is_some_and(|last: StudyDay| last.plus(1) == day) { run + 1 } else { 1 };
            streak.longest = streak.longest.max(run);
            if day == today || day.plus(1) == today {
                streak.now = run;
            }
            last = Some(day);
        }
        streak
    }
}

/// How many cards fall due on each of the next [`FORECAST_DAYS`] days, today first, with what is overdue: as the
/// schedules stand, without the answers in between.
pub fn forecast<'a>(
    states: impl IntoIterator<Item = &'a CardState>,
    today: StudyDay,
) -> Vec<(StudyDay, usize)> {
    let mut days: Vec<(StudyDay, usize)> = (0..FORECAST_DAYS).map(|ahead| (today.plus(ahead), 0)).collect();
    for schedule in states.into_iter().filter_map(|state| state.schedule.schedule()) {
        let ahead = usize::try_from(schedule.due.since(today)).unwrap_or(usize::MAX);
        if let Some((_, due)) = days.get_mut(ahead) {
            *due += 1;
        }
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: i64) -> StudyDay {
        StudyDay::from_number(number)
    }

    fn given(on: i64, grade: Grade, kind: ReviewKind) -> Given {
        Given { day: day(on), grade, kind, elapsed_ms: Some(400_000) }
    }

    #[test]
    fn a_streak_ends_today_or_yesterday() {
        let table: [(&[i64], i64, (u32, u32)); 6] = [
            (&[], 10, (0, 0)),
            (&[8, 9, 10], 10, (3, 3)),
            (&[8, 9], 10, (2, 2)),
            (&[7, 8], 10, (0, 2)),
            (&[1, 2, 3, 4, 9, 10], 10, (2, 4)),
            (&[9, 10, 11], 10, (2, 3)),
        ];
        for (days, today, (now, longest)) in table {
            let days: BTreeSet<_> = days.iter().map(|&number| day(number)).collect();
            assert_eq!(Streak::of(&days, day(today)), Streak { now, longest }, "{days:?}");
        }
    }

    #[test]
    fn retention_counts_what_tests_memory_after_a_day_or_more() {
        let mut activity = Activity::default();
        activity.add(given(0, Grade::GOOD, ReviewKind::Scheduled), None);
        activity.add(given(0, Grade::GOOD, ReviewKind::Drill), Some(day(0)));
        activity.add(given(1, Grade::AGAIN, ReviewKind::Scheduled), Some(day(0)));
        activity.add(given(4, Grade::GOOD, ReviewKind::Early), Some(day(1)));
        activity.add(given(400, Grade::GOOD, ReviewKind::Scheduled), Some(day(4)));
        activity.add(given(500, Grade::GOOD, ReviewKind::Mock), Some(day(400)));
        let counted: Vec<_> =
            activity.retention().iter().map(|class| (class.tally.right, class.tally.answers)).collect();
        assert_eq!(counted, [(0, 1), (1, 1), (0, 0), (0, 0), (0, 0), (0, 0), (0, 0), (1, 1)]);
        assert_eq!(activity.total(), Tally { answers: 6, right: 5, ms: 6 * 300_000 });
        assert_eq!(activity.since(day(400)).answers, 2);
    }

    #[test]
    fn the_forecast_puts_what_is_overdue_on_today() {
        let state = |on: i64, grade| {
            CardState::default().after(grade, crate::domain::review::Mode::Study, day(on), <_>::default()).0
        };
        // Due on day 1, 1 and 21.
        let states =
            [state(0, Grade::GOOD), state(0, Grade::AGAIN), state(20, Grade::GOOD), CardState::default()];
        let ahead = forecast(&states, day(10));
        assert_eq!(ahead.len(), 30);
        assert_eq!((ahead[0], ahead[11]), ((day(10), 2), (day(21), 1)));
        assert_eq!(ahead.iter().map(|(_, due)| due).sum::<usize>(), 3);
    }
}
