//! Cards that behave badly, from the learner's own answers: what is wrong with each, and how much.
//!
//! It does not know what to do about it, nor how answers are kept.

mod options;
mod tail;

pub use options::{Choices, chosen};

use std::cmp::Ordering;

use super::card::{CardId, ChoiceOption};
use super::memory::{Memory, Model};
use super::review::{Event, Grade, LogEntry, ReviewKind};

/// Fewest answers that say anything of a card.
pub const LEAST_ANSWERS: usize = 5;
/// The chance, 0..1, under which so many fails are not the memory model's: once in a hundred sound cards.
pub const LEAST_CHANCE: f64 = 0.01;
/// Lapses from which on a card is a leech. Source: Anki's default, `Leech threshold`.
pub const LEECH_LAPSES: u32 = 8;
/// Share of fails, as parts of a whole, above which a card is a leech.
const LEECH_FAILS: (usize, usize) = (3, 5);
/// Views after which an option that was never chosen does no work.
/// Source: Haladyna and Downing 1993: a distractor works if one in twenty chooses it.
pub const IDLE_VIEWS: usize = 20;
/// A card that takes more than so many of the learner's medians for its kind is slow.
const SLOW: u32 = 2;

/// What is wrong with a card; the worst reason first.
#[derive(Debug, Clone, PartialEq)]
pub enum Reason {
    /// A wrong option is chosen more often than the right one: the key may be wrong.
    MisleadingOption {
        /// The wrong option.
        option: String,
        /// How often it was chosen.
        chosen: usize,
        /// How often the least chosen right option was.
        key_chosen: usize,
        /// What is known of the choices.
        of: Choices,
    },
    /// It is failed far more often than the memory model predicts.
    HarderThanPredicted {
        /// Answers on a later day than the one before.
        answers: usize,
        /// How many of them were fails.
        fails: usize,
        /// How many fails the model predicts, the sum of 1 − recall before each.
        expected: f64,
        /// The chance, 0..1, of so many fails or more.
        chance: f64,
    },
    /// It is failed again and again.
    Leech {
        /// Counted fails after the first answer.
        lapses: u32,
        /// Counted answers.
        answers: usize,
        /// How many of them were fails.
        fails: usize,
    },
    /// The learner marked it as faulty.
    Flagged {
        /// What the learner said; may be empty.
        note: String,
    },
    /// It takes far longer than others of its kind.
    Slow {
        /// Median time of an answer, in milliseconds.
        median_ms: u32,
        /// The learner's median for its kind, in milliseconds.
        usual_ms: u32,
        /// Timed answers.
        answers: usize,
    },
    /// Wrong options that nobody would choose.
    IdleOption {
        /// The options.
        options: Vec<String>,
        /// What is known of the choices.
        of: Choices,
    },
}

impl Reason {
    /// Its name in reports.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::MisleadingOption { .. } => "misleading-option",
            Self::HarderThanPredicted { .. } => "harder-than-predicted",
            Self::Leech { .. } => "leech",
            Self::Flagged { .. } => "flagged",
            Self::Slow { .. } => "slow",
            Self::IdleOption { .. } => "idle-option",
        }
    }

    /// The worse, the less; among those of one kind `weight` decides.
    fn rank(&self) -> u8 {
        match self {
            Self::MisleadingOption { .. } => 0,
            Self::HarderThanPredicted { .. } => 1,
            Self::Leech { .. } => 2,
            Self::Flagged { .. } => 3,
            Self::Slow { .. } => 4,
            Self::IdleOption { .. } => 5,
        }
    }

    /// How bad it is among those of its kind; the greater, the worse.
    fn weight(&self) -> f64 {
        let count = |count: usize| u32::try_from(count).map_or(f64::MAX, f64::from);
        match self {
            Self::MisleadingOption { chosen, key_chosen, .. } => count(*chosen) - count(*key_chosen),
            Self::HarderThanPredicted { chance, .. } => -chance,
            Self::Leech { lapses, .. } => f64::from(*lapses),
            Self::Flagged { .. } => 0.0,
            Self::Slow { median_ms, usual_ms, .. } => f64::from(*median_ms) / f64::from((*usual_ms).max(1)),
            Self::IdleOption { options, .. } => count(options.len()),
        }
    }
}

/// A card with one thing that is wrong with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The card.
    pub card: CardId,
    /// What is wrong.
    pub reason: Reason,
}

/// What is known of a card.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'a> {
    /// Its live answers, oldest first.
    pub answers: &'a [LogEntry],
    /// Its options, if it is a choice.
    pub options: &'a [ChoiceOption],
    /// Counted fails after the first answer.
    pub lapses: u32,
    /// The learner's note, where it was flagged.
    pub flag: Option<&'a str>,
    /// The learner's median time for its kind, in milliseconds, where enough is known.
    pub usual_ms: Option<u32>,
    /// The memory model in force.
    pub model: Model,
}

impl Evidence<'_> {
    /// Everything that is wrong with the card.
    #[must_use]
    pub fn reasons(&self) -> Vec<Reason> {
        let flagged = self.flag.map(|note| Reason::Flagged { note: note.to_owned() });
        let mut reasons = options::reasons(self.options, self.answers);
        reasons.extend([self.harder(), self.leech(), flagged, self.slow()].into_iter().flatten());
        reasons
    }

    /// Replays the memory, and asks before each answer on a later day how likely a fail is.
    fn harder(&self) -> Option<Reason> {
        let (mut memory, mut risks, mut fails): (Option<Memory>, Vec<f64>, usize) = (None, Vec::new(), 0);
        for (day, grade, _) in graded(self.answers) {
            if let Some(before) = memory.filter(|before| day > before.last) {
                risks.push(1.0 - before.recall(day));
                fails += usize::from(!grade.is_pass());
            }
            memory = Some(
                memory
                    .map_or_else(|| Memory::begun(self.model, grade, day), |before| before.after(grade, day)),
            );
        }
        let chance = tail::at_least(fails, &risks);
        let expected = risks.iter().sum();
        (risks.len() >= LEAST_ANSWERS && chance < LEAST_CHANCE).then_some(Reason::HarderThanPredicted {
            answers: risks.len(),
            fails,
            expected,
            chance,
        })
    }

    fn leech(&self) -> Option<Reason> {
        let is_counted = |kind: &ReviewKind| matches!(kind, ReviewKind::Scheduled | ReviewKind::Early);
        let counted = || graded(self.answers).filter(|(_, _, kind)| is_counted(kind));
        let answers = counted().count();
        let fails = counted().filter(|(_, grade, _)| !grade.is_pass()).count();
        let (parts, whole) = LEECH_FAILS;
        let mostly_failed = answers >= LEAST_ANSWERS && fails * whole > answers * parts;
        (self.lapses >= LEECH_LAPSES || mostly_failed).then_some(Reason::Leech {
            lapses: self.lapses,
            answers,
            fails,
        })
    }

    fn slow(&self) -> Option<Reason> {
        let usual_ms = self.usual_ms?;
        let elapsed = |entry: &LogEntry| match &entry.event {
            Event::Answered { elapsed_ms, .. } => *elapsed_ms,
            _ => None,
        };
        let mut times: Vec<u32> = self.answers.iter().filter_map(elapsed).collect();
        times.sort_unstable();
        let median_ms = *times.get(times.len() / 2)?;
        let is_slow = times.len() >= LEAST_ANSWERS && median_ms > usual_ms.saturating_mul(SLOW);
        is_slow.then_some(Reason::Slow { median_ms, usual_ms, answers: times.len() })
    }
}

/// Day, grade and kind of each answer.
fn graded(answers: &[LogEntry]) -> impl Iterator<Item = (super::day::StudyDay, Grade, ReviewKind)> {
    answers.iter().filter_map(|entry| match &entry.event {
        Event::Answered { grade, kind, .. } => Some((entry.day, *grade, *kind)),
        _ => None,
    })
}

/// Sorts the worst first; ties by card.
pub fn worst_first(items: &mut [Item]) {
    let order = |a: &Item, b: &Item| -> Ordering {
        let ranks = a.reason.rank().cmp(&b.reason.rank());
        ranks.then_with(|| b.reason.weight().total_cmp(&a.reason.weight())).then_with(|| a.card.cmp(&b.card))
    };
    items.sort_by(order);
}

#[cfg(test)]
mod tests;
