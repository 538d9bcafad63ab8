//! The track record: how the memory model's predictions stood up to the learner's own log.
//!
//! It does not know what is predicted from it (`readiness`).

use std::collections::BTreeMap;

use super::card::CardId;
use super::day::StudyDay;
use super::mastery::MODEL_ERROR;
use super::memory::Memory;
use super::model::Model;
use super::review::Grade;

/// Fewer graded answers than this prove little of a learner.
pub const LEAST_ANSWERS: u64 = 50;
/// A prediction is trusted for so many times the longest gap that the log has between two answers to a card.
///
/// Source: on a public log, recall after gaps over 30 days was predicted as .60 and observed as .44.
pub const TRUSTED_GAPS: u32 = 2;
/// Weeks of which the model's error for this learner can be told.
pub const LEAST_WEEKS: usize = 8;
/// Scored answers that make a week worth counting: with fewer, chance alone moves its mean by over a tenth.
pub const LEAST_A_WEEK: u32 = 20;
/// The least error that is taken from a learner's weeks: a few weeks can look better than the model is.
///
/// Chosen by `cargo bench --bench bands` on learners apart from those of whom it reports: without a floor 76 % of later
/// weeks lay in the 80 % band, with .02 80 %, with .03 85 %.
pub const LEAST_ERROR: f64 = 0.02;
const DAYS_A_WEEK: i32 = 7;

/// What a week's answers were predicted to be, and were.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Week {
    /// Scored answers: those at least one study day after their card's answer before.
    pub answers: u32,
    /// Passes among them.
    pub right: u32,
    /// Passes that were predicted: Σ R.
    pub predicted: f64,
    /// Their variance by chance: Σ R(1 − R).
    pub variance: f64,
}

impl Week {
    /// Observed less predicted mean recall; 0 for no answer.
    #[must_use]
    pub fn residual(&self) -> f64 {
        if self.answers == 0 {
            return 0.0;
        }
        (f64::from(self.right) - self.predicted) / f64::from(self.answers)
    }

    /// The variance of the residual by chance alone, Σ R(1 − R)/n²; 0 for no answer.
    #[must_use]
    pub fn chance(&self) -> f64 {
        self.variance / f64::from(self.answers.max(1)).powi(2)
    }
}

/// Why a prediction is not to be trusted much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// So few graded answers, under [`LEAST_ANSWERS`].
    FewAnswers(u64),
    /// The day lies further ahead than [`TRUSTED_GAPS`] times so many days, the longest gap.
    ShortGaps(u32),
}

/// A log replayed, each answer predicted from what came before it.
#[derive(Debug, Clone, Default)]
pub struct TrackRecord {
    model: Model,
    memories: BTreeMap<CardId, Memory>,
    weeks: BTreeMap<i32, Week>,
    answers: u64,
    longest_gap: u32,
}

impl TrackRecord {
    /// An empty log, to be predicted by `model`.
    #[must_use]
    pub fn new(model: Model) -> Self {
        Self { model, ..Self::default() }
    }

    /// Takes in the next live answer of the log, of any kind.
    pub fn take(&mut self, card: CardId, grade: Grade, day: StudyDay) {
        self.answers += 1;
        let Some(memory) = self.memories.get_mut(&card) else {
            self.memories.insert(card, Memory::begun(self.model, grade, day));
            return;
        };
        let gap = day.since(memory.last);
        if gap > 0 {
            self.longest_gap = self.longest_gap.max(gap);
            let (recall, week) = (memory.recall(day), day.number().div_euclid(DAYS_A_WEEK));
            let week = self.weeks.entry(week).or_default();
            week.answers += 1;
            week.right += u32::from(grade.is_pass());
            week.predicted += recall;
            week.variance += recall * (1.0 - recall);
        }
        *memory = memory.after(grade, day);
    }

    /// The weeks that count, oldest first.
    pub fn weeks(&self) -> impl Iterator<Item = &Week> {
        self.weeks.values().filter(|week| week.answers >= LEAST_A_WEEK)
    }

    /// The model's error in a mean for this learner, see [`model_error`].
    #[must_use]
    pub fn model_error(&self) -> f64 {
        model_error(self.weeks())
    }

    /// What stands against a prediction so many days ahead; `None` where nothing does.
    #[must_use]
    pub fn doubt(&self, days_ahead: u32) -> Option<Doubt> {
        if self.answers < LEAST_ANSWERS {
            Some(Doubt::FewAnswers(self.answers))
        } else if days_ahead > self.longest_gap.saturating_mul(TRUSTED_GAPS) {
            Some(Doubt::ShortGaps(self.longest_gap))
        } else {
            None
        }
    }
}

/// The model's error in a mean, as these weeks show it; [`MODEL_ERROR`] under [`LEAST_WEEKS`] weeks.
///
/// A week's residual varies for two reasons: the model's error, and the chance by which each answer passes or fails.
/// A band counts the chance of its own answers itself, so what chance alone explains is taken off here: the mean square
/// of the residuals (about 0, so that a steady bias counts) less the mean of Σ R(1 − R)/n², and never below
/// [`LEAST_ERROR`].
#[must_use]
pub fn model_error<'a>(weeks: impl IntoIterator<Item = &'a Week>) -> f64 {
    let beyond_chance: Vec<f64> =
        weeks.into_iter().map(|week| week.residual().powi(2) - week.chance()).collect();
    let Some(count) = u32::try_from(beyond_chance.len()).ok().filter(|_| beyond_chance.len() >= LEAST_WEEKS)
    else {
        return MODEL_ERROR;
    };
    (beyond_chance.iter().sum::<f64>() / f64::from(count)).max(0.0).sqrt().max(LEAST_ERROR)
}

#[cfg(test)]
mod tests {
    use super::{Doubt, LEAST_ERROR, TrackRecord};
    use crate::domain::day::StudyDay;
    use crate::domain::grade::Grade;

    fn day(number: i64) -> StudyDay {
        StudyDay::from_number(number)
    }

    /// Fifty cards answered on the first day, and then each after `gap` days, all of them with `grade`.
    fn record(gaps: &[i64], grade: Grade) -> TrackRecord {
        let mut record = TrackRecord::default();
        let mut on = 0;
        for gap in [0].iter().chain(gaps) {
            on += gap;
            for card in 0..50 {
                record.take(format!("d/{card}").parse().unwrap(), grade, day(on));
            }
        }
        record
    }

    #[test]
    fn few_answers_and_days_beyond_twice_the_longest_gap_are_doubted() {
        assert_eq!(TrackRecord::default().doubt(0), Some(Doubt::FewAnswers(0)));
        assert_eq!(record(&[], Grade::GOOD).doubt(1), Some(Doubt::ShortGaps(0)));
        let record = record(&[3, 10, 2], Grade::GOOD);
        assert_eq!((record.doubt(20), record.doubt(21)), (None, Some(Doubt::ShortGaps(10))));
    }

    #[test]
    fn the_error_is_the_usual_one_until_eight_weeks_and_then_the_learners_own() {
        let seven = record(&[7; 7], Grade::GOOD);
        assert!((seven.model_error() - 0.05).abs() < f64::EPSILON);
        let eight = record(&[7; 8], Grade::GOOD);
        let beyond =
            eight.weeks().map(|week| week.residual().powi(2) - week.variance / 2_500.0).sum::<f64>() / 8.0;
        assert_eq!(eight.weeks().count(), 8);
        assert!((eight.model_error() - beyond.sqrt()).abs() < 1e-12 && eight.model_error() > LEAST_ERROR);
        // Who always fails is far off every week: a steady bias counts.
        assert!(record(&[7; 8], Grade::AGAIN).model_error() > 0.3);
    }
}
