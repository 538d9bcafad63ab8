//! How well the memory models would have predicted a learner's own answers.
//!
//! Scored is every live answer, of any kind, at least one study day after the card's previous one, predicted from what
//! came before it. It does not know where answers are kept.

use std::collections::BTreeMap;

use super::card::CardId;
use super::day::StudyDay;
use super::memory::Memory;
use super::model::{Model, rating};
use super::progress::CardState;
use super::review::{Confidence, Grade, Mode};
use super::sm2::{Rules, Scheduler};

/// The recall that SM-2 aims at when its interval is over. Source: Wozniak 1990 (forgetting index 10 %).
const SM2_RECALL: f64 = 0.9;
/// The interval of a card that SM-2 does not know yet, in days: its first (a card that was only crammed or mocked).
const NO_INTERVAL: f64 = 1.0;
/// Predictions are kept so far from 0 and 1 before their logarithm is taken: one wrong certainty costs 9.2, not
/// infinitely much. It moves a model that is never so certain by nothing.
const LEAST_CHANCE: f64 = 1e-4;
/// How many models are compared.
const MODELS: usize = 4;
/// The names of the models, best known first.
pub const NAMES: [&str; MODELS] = ["fsrs", "fsrs-default", "sm2", "average"];
/// Parts into which predictions are sorted for the plot.
pub const PARTS: usize = 10;

/// A live answer as far as a model looks at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Graded {
    /// The card for which it counts.
    pub card: CardId,
    /// How well.
    pub grade: Grade,
    /// Under which rules.
    pub mode: Mode,
    /// The study day.
    pub day: StudyDay,
    /// What the learner said before it was judged.
    pub confidence: Option<Confidence>,
}

/// How one model did; `None` where nothing was scored, or nothing can be told apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figures {
    /// Its name, of [`NAMES`].
    pub name: &'static str,
    /// Mean log-loss, in nats: less is better.
    pub log_loss: Option<f64>,
    /// Root mean square of predicted − observed recall over bins of interval, number of answers and lapses.
    ///
    /// Source: crate fsrs, `evaluate`; without its weight for newer answers.
    pub rmse_bins: Option<f64>,
    /// The chance that a passed answer was given a higher recall than a failed one; a half is chance.
    pub auc: Option<f64>,
}

/// Answers whose predicted recall lay in one tenth.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Part {
    /// How many.
    pub answers: u32,
    /// Sum of predictions.
    predicted: f64,
    /// How many were passed.
    pub passed: u32,
}

impl Part {
    /// Mean prediction and share passed, 0..1; `None` where there is no answer.
    #[must_use]
    pub fn shares(&self) -> Option<(f64, f64)> {
        let count = f64::from(self.answers);
        (self.answers > 0).then(|| (self.predicted / count, f64::from(self.passed) / count))
    }
}

/// What an audit found.
#[derive(Debug, Clone, PartialEq)]
pub struct Audit {
    /// Live answers.
    pub answers: usize,
    /// How many of them were scored.
    pub scored: usize,
    /// Each model's figures, in the order of [`NAMES`].
    pub models: [Figures; MODELS],
    /// Predictions of the model in force, by tenths of recall.
    pub parts: [Part; PARTS],
}

/// Follows a log, answer by answer.
#[derive(Debug)]
pub struct Auditor {
    rules: Rules,
    cards: BTreeMap<CardId, Followed>,
    scored: Vec<Scored>,
    answers: usize,
}

/// A card on the way.
#[derive(Debug, Clone, Copy, Default)]
struct Followed {
    state: CardState,
    /// Its memory by the default model.
    plain: Option<Memory>,
    /// Answers on a later day than the one before, and how many of them failed.
    later: u32,
    lapses: u32,
}

/// Interval, number of answers and lapses, each in classes that widen.
type Bin = (u32, u32, u32);

#[derive(Debug, Clone, Copy)]
struct Scored {
    passed: bool,
    bin: Bin,
    /// Predictions in the order of [`NAMES`]; the average is not known before the end.
    by: [f64; MODELS],
}

impl Auditor {
    /// An audit of a log by its rules; the schedule is SM-2's, whichever is in force.
    #[must_use]
    pub fn new(rules: Rules) -> Self {
        let rules = Rules { scheduler: Scheduler::Sm2, ..rules };
        Self { rules, cards: BTreeMap::new(), scored: Vec::new(), answers: 0 }
    }

    /// Takes the next answer, oldest first.
    pub fn take(&mut self, answer: &Graded) {
        self.answers += 1;
        let rules = self.rules.of(&answer.card);
        let followed = match self.cards.get_mut(&answer.card) {
            Some(followed) => followed,
            None => self.cards.entry(answer.card.clone()).or_default(),
        };
        self.scored.extend(followed.predicted(answer));
        followed.go_on(answer, rules, self.rules.model.is_default());
    }

    /// The figures of all that was taken.
    #[must_use]
    pub fn finish(mut self) -> Audit {
        let passed = self.scored.iter().filter(|scored| scored.passed).count();
        let average = share(passed, self.scored.len());
        for scored in &mut self.scored {
            scored.by[MODELS - 1] = average;
        }
        let models = std::array::from_fn(|model| figures(NAMES[model], model, &self.scored));
        Audit { answers: self.answers, scored: self.scored.len(), models, parts: parts(&self.scored) }
    }
}

impl Followed {
    /// What is predicted of an answer, if it is scored.
    fn predicted(&self, answer: &Graded) -> Option<Scored> {
        let memory = self.state.memory.filter(|memory| answer.day > memory.last)?;
        let plain = self.plain.unwrap_or(memory);
        let sm2 = match self.state.schedule.schedule() {
            Some(schedule) => {
                f64::from(answer.day.since(schedule.last)) / f64::from(schedule.interval.max(1))
            }
            None => f64::from(answer.day.since(memory.last)) / NO_INTERVAL,
        };
        let by = [memory.recall(answer.day), plain.recall(answer.day), SM2_RECALL.powf(sm2), 0.0];
        let bin = bin(answer.day.since(memory.last), self.later + 1, self.lapses);
        Some(Scored { passed: answer.grade.is_pass(), bin, by })
    }

    fn go_on(&mut self, answer: &Graded, rules: super::sm2::CardRules, is_default: bool) {
        let is_later = self.state.memory.is_some_and(|memory| answer.day > memory.last);
        self.later += u32::from(is_later);
        self.lapses += u32::from(is_later && rating(answer.grade) == 1);
        self.state = self.state.after(answer.grade, answer.mode, answer.day, rules).0;
        self.plain = match self.plain {
            _ if is_default => None,
            Some(plain) => Some(plain.after(answer.grade, answer.day)),
            None => Some(Memory::begun(Model::default(), answer.grade, answer.day)),
        };
    }
}

/// The bin of an answer `days` after the one before, the card's n-th on a later day, after so many lapses.
///
/// Source: crate fsrs, `FSRSItem::r_matrix_index`.
fn bin(days: u32, later: u32, lapses: u32) -> Bin {
    let class = |number: u32, scale: f64, base: f64| {
        let value = scale * base.powf(f64::from(number).log(base).floor());
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates")]
        let value = (value * 100.0).round() as u32;
        value
    };
    let lapses = if lapses == 0 { 0 } else { class(lapses, 1.65, 1.73) };
    (class(days, 2.48, 3.62), class(later + 1, 1.99, 1.89), lapses)
}

fn share(part: usize, whole: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a log has fewer than 2^52 rows")]
    let share = if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
    share
}

fn count(number: usize) -> f64 {
    share(number, 1)
}

fn figures(name: &'static str, model: usize, scored: &[Scored]) -> Figures {
    let pairs: Vec<(f64, bool)> = scored.iter().map(|scored| (scored.by[model], scored.passed)).collect();
    let (log_loss, auc) = (log_loss(&pairs), auc(pairs));
    Figures { name, log_loss, rmse_bins: rmse_bins(model, scored), auc }
}

/// Mean log-loss of predictions, each with whether the answer was passed; `None` without any.
#[must_use]
pub fn log_loss(pairs: &[(f64, bool)]) -> Option<f64> {
    let loss = |&(chance, passed): &(f64, bool)| {
        let chance = chance.clamp(LEAST_CHANCE, 1.0 - LEAST_CHANCE);
        -(if passed { chance } else { 1.0 - chance }).ln()
    };
    (!pairs.is_empty()).then(|| pairs.iter().map(loss).sum::<f64>() / count(pairs.len()))
}

fn rmse_bins(model: usize, scored: &[Scored]) -> Option<f64> {
    let mut bins: BTreeMap<Bin, (f64, f64, f64)> = BTreeMap::new();
    for scored in scored {
        let (predicted, passed, number) = bins.entry(scored.bin).or_default();
        *predicted += scored.by[model];
        *passed += f64::from(u8::from(scored.passed));
        *number += 1.0;
    }
    let squares = bins.values().map(|(predicted, passed, number)| (predicted - passed).powi(2) / number);
    (!scored.is_empty()).then(|| (squares.sum::<f64>() / count(scored.len())).sqrt())
}

/// Area under the curve by ranks, equal predictions sharing theirs; `None` unless some passed and some failed.
fn auc(mut pairs: Vec<(f64, bool)>) -> Option<f64> {
    pairs.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let (mut ranks, mut before) = (0.0, 0);
    for tied in pairs.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
        let middle = count(before) + f64::midpoint(count(tied.len()), 1.0);
        ranks += middle * count(tied.iter().filter(|(_, passed)| *passed).count());
        before += tied.len();
    }
    let passed = pairs.iter().filter(|(_, passed)| *passed).count();
    let (passed, failed) = (count(passed), count(pairs.len() - passed));
    (passed > 0.0 && failed > 0.0).then(|| (ranks - passed * (passed + 1.0) / 2.0) / (passed * failed))
}

fn parts(scored: &[Scored]) -> [Part; PARTS] {
    let mut parts = [Part::default(); PARTS];
    for scored in scored {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a recall is 0 to 1")]
        let tenth = (scored.by[0] * count(PARTS)) as usize;
        if let Some(part) = parts.get_mut(tenth.min(PARTS - 1)) {
            part.answers += 1;
            part.passed += u32::from(scored.passed);
            part.predicted += scored.by[0];
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::{auc, bin, log_loss};

    #[test]
    fn bins_are_those_of_the_crate() {
        // Of an item with answers after 0, 1 and 4 days, the second a fail: 2.48·3.62^⌊log 4⌋, 1.99·1.89^⌊log 3⌋,
        // 1.65·1.73^⌊log 1⌋, in hundredths.
        assert_eq!(bin(4, 2, 1), (898, 376, 165));
        assert_eq!(bin(1, 1, 0), (248, 376, 0));
    }

    #[test]
    fn ties_share_their_ranks() {
        assert_eq!(auc(vec![(0.5, true), (0.5, false), (0.5, true)]), Some(0.5));
        assert_eq!(auc(vec![(0.9, true), (0.1, false)]), Some(1.0));
        assert_eq!(auc(vec![(0.9, false), (0.1, true)]), Some(0.0));
        // Pairs: 0.8 over 0.6, 0.8 over 0.3, 0.3 under 0.6, 0.3 beside 0.3: 2.5 of 4.
        assert_eq!(auc(vec![(0.8, true), (0.6, false), (0.3, false), (0.3, true)]), Some(0.625));
        assert_eq!(auc(vec![(0.8, true)]), None);
    }

    #[test]
    fn a_wrong_certainty_costs_much_but_not_infinitely() {
        assert_eq!(log_loss(&[]), None);
        let half = log_loss(&[(0.5, true), (0.5, false)]).unwrap();
        assert!((half - std::f64::consts::LN_2).abs() < 1e-12);
        let certain = log_loss(&[(1.0, false)]).unwrap();
        assert!((certain - 9.210_34).abs() < 1e-4, "{certain}");
    }
}
