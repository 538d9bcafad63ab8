//! From a verdict to a grade: the learner's own pace tells an easy answer from a laboured one.
//!
//! Measured on a public log: the fastest quarter of right answers is recalled next time at .95, the slowest at .79.

use std::collections::BTreeMap;

use super::card::{Kind, Outcome};
use super::review::Grade;

/// Fewest timed answers of a kind before its median means anything.
const LEAST_SAMPLES: usize = 10;
/// Newest timed answers of a kind that make its running median.
const MOST_SAMPLES: usize = 100;
/// Slower than this many medians is a laboured answer: grade 3.
const SLOW: f64 = 2.0;
/// Faster than this share of the median is an easy answer: grade 5.
const FAST: f64 = 0.75;
/// Longer than this, in milliseconds, and …
const DISTRACTED_MS: u32 = 60_000;
/// … than this many medians, the learner was away: grade 4.
const DISTRACTED: f64 = 5.0;
/// With so few options a fast right answer may be a lucky one: never above 4.
const MOST_OPTIONS_TO_GUESS: usize = 4;

/// Milliseconds an answer takes a learner of whom too little is known.
///
/// Source: the mean of the public logs behind the scheduling figures.
const MS_A_CARD: u64 = 14_000;
/// The same, as a share of a plan's minutes.
const USUAL_MS: f64 = 14_000.0;
const MS_A_MINUTE: u64 = 60_000;

/// A learner's running median time to answer, by kind of card.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Paces {
    newest: BTreeMap<Kind, Vec<u32>>,
}

impl Paces {
    /// The paces that `times` (milliseconds, newest first) show.
    pub fn new(times: impl IntoIterator<Item = (Kind, u32)>) -> Self {
        let mut paces = Self::default();
        for (kind, elapsed_ms) in times {
            let newest = paces.newest.entry(kind).or_default();
            if newest.len() < MOST_SAMPLES {
                newest.push(elapsed_ms);
            }
        }
        paces
    }

    /// Takes in one more answer.
    pub fn add(&mut self, kind: Kind, elapsed_ms: u32) {
        let newest = self.newest.entry(kind).or_default();
        newest.insert(0, elapsed_ms);
        newest.truncate(MOST_SAMPLES);
    }

    /// How many of the newest times are worth reading from a log: the window of every kind.
    pub const WANTED: u32 = 700;

    /// Whole minutes that so many askings will take at this pace.
    #[must_use]
    pub fn minutes(&self, askings: usize) -> u64 {
        let askings = u64::try_from(askings).unwrap_or(u64::MAX);
        askings.saturating_mul(self.mean_ms()).saturating_add(MS_A_MINUTE / 2) / MS_A_MINUTE
    }

    /// How many askings fit into so many minutes at this pace; at least one.
    #[must_use]
    pub fn askings(&self, minutes: u32) -> usize {
        let askings = u64::from(minutes).saturating_mul(MS_A_MINUTE) / self.mean_ms();
        usize::try_from(askings).unwrap_or(usize::MAX).max(1)
    }

    /// Mean time of an answer in milliseconds, all kinds together; at least 1.
    #[must_use]
    pub fn mean_ms(&self) -> u64 {
        let times = || self.newest.values().flatten().map(|&time| u64::from(time.min(DISTRACTED_MS)));
        let count = times().map(|_| 1_u64).sum::<u64>();
        if count < LEAST_SAMPLES as u64 {
            return MS_A_CARD;
        }
        (times().sum::<u64>() / count).max(1)
    }

    /// Milliseconds that an asking of a kind takes: the learner's median where it is known, else 14 s.
    #[must_use]
    pub fn ms(&self, kind: Kind) -> f64 {
        self.median(kind).map_or(USUAL_MS, |median| f64::from(median.max(1)))
    }

    /// The median time for a kind, in milliseconds; `None` under ten samples.
    #[must_use]
    pub fn median(&self, kind: Kind) -> Option<u32> {
        let mut times = self.newest.get(&kind)?.clone();
        if times.len() < LEAST_SAMPLES {
            return None;
        }
        times.sort_unstable();
        times.get(times.len() / 2).copied()
    }
}

/// How a reply came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Circumstances {
    /// Milliseconds from the question to the reply; `None` when no time was measured.
    pub elapsed_ms: Option<u32>,
    /// The learner's median for the kind; `None` when too little is known.
    pub median_ms: Option<u32>,
    /// Among how many options the answer was chosen; `None` where nothing was offered.
    pub options: Option<usize>,
    /// Whether the hint was shown.
    pub hinted: bool,
}

/// The grade of an outcome: no answer 0, wrong 1, near or partly 2, right 3 to 5 by pace; the learner's own as given.
#[must_use]
pub fn grade(outcome: Outcome, how: Circumstances) -> Grade {
    match outcome {
        Outcome::OwnGrade(grade) => grade,
        Outcome::Nothing => Grade::NOTHING,
        Outcome::Wrong => Grade::AGAIN,
        Outcome::NearMiss | Outcome::Partly => Grade::NEARLY,
        Outcome::Right if how.hinted => Grade::HARD,
        Outcome::Right => how.paced(),
    }
}

impl Circumstances {
    fn paced(self) -> Grade {
        let (Some(elapsed_ms), Some(median_ms)) = (self.elapsed_ms, self.median_ms) else {
            return Grade::GOOD;
        };
        let (elapsed, median) = (f64::from(elapsed_ms), f64::from(median_ms));
        if elapsed_ms > DISTRACTED_MS && elapsed > DISTRACTED * median {
            Grade::GOOD
        } else if elapsed > SLOW * median {
            Grade::HARD
        } else if elapsed < FAST * median && !self.may_be_luck() {
            Grade::EASY
        } else {
            Grade::GOOD
        }
    }

    fn may_be_luck(self) -> bool {
        self.options.is_some_and(|options| options <= MOST_OPTIONS_TO_GUESS)
    }
}

#[cfg(test)]
mod tests {
    use super::{Circumstances, Paces, grade};
    use crate::domain::card::{Kind, Outcome};
    use crate::domain::review::Grade;

    fn right(elapsed_s: u32, options: Option<usize>) -> u8 {
        let how = Circumstances {
            elapsed_ms: Some(elapsed_s * 1_000),
            median_ms: Some(10_000),
            options,
            hinted: false,
        };
        grade(Outcome::Right, how).value()
    }

    #[test]
    fn pace_tells_easy_from_laboured() {
        assert_eq!(right(7, None), 5);
        assert_eq!(right(8, None), 4);
        assert_eq!(right(20, None), 4);
        assert_eq!(right(21, None), 3);
        assert_eq!(right(60, None), 3);
        assert_eq!(right(61, None), 4);
        assert_eq!(right(5, Some(4)), 4);
        assert_eq!(right(5, Some(5)), 5);
    }

    #[test]
    fn without_a_pace_right_is_good() {
        let how = Circumstances { elapsed_ms: Some(1), ..Circumstances::default() };
        assert_eq!(grade(Outcome::Right, how), Grade::GOOD);
        let hinted = Circumstances { hinted: true, ..how };
        assert_eq!(grade(Outcome::Right, hinted), Grade::HARD);
        for (outcome, value) in
            [(Outcome::Nothing, 0), (Outcome::Wrong, 1), (Outcome::NearMiss, 2), (Outcome::Partly, 2)]
        {
            assert_eq!(grade(outcome, how).value(), value);
        }
        assert_eq!(grade(Outcome::OwnGrade(Grade::EASY), hinted), Grade::EASY);
    }

    #[test]
    fn the_median_needs_ten_samples_and_runs() {
        let mut paces = Paces::new((1..=9).map(|time| (Kind::Typed, time)));
        assert_eq!(paces.median(Kind::Typed), None);
        paces.add(Kind::Typed, 10);
        assert_eq!(paces.median(Kind::Typed), Some(6));
        assert_eq!(paces.median(Kind::Cloze), None);
        (0..100).for_each(|_| paces.add(Kind::Typed, 50));
        assert_eq!(paces.median(Kind::Typed), Some(50));
    }
}
