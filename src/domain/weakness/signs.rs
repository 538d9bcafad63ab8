//! What a card's answers show beyond its recall: sure and wrong, mixed up, slow, or a fault of the card.
//!
//! It does not know which of these is taken for the cause.

use std::collections::BTreeSet;

use super::confusion::{self, AcceptedTexts, MixUp};
use crate::domain::card::Card;
use crate::domain::day::StudyDay;
use crate::domain::grade::Grade;
use crate::domain::items::{Evidence, Reason};
use crate::domain::review::{EntryId, Event, LogEntry};

/// How many of a card's newest answers are looked at: what was long ago says little of today.
pub(super) const RECENT: usize = 10;
/// Different later days with a pass that settle a fail: one proves short-term memory only.
const DAYS_TO_SETTLE: usize = 2;
/// Newest timed passes whose median tells whether a card is slow, and the fewest that do.
const TIMED: (usize, usize) = (3, 2);
/// A card that takes more than so many of the learner's medians for its kind is slow.
const SLOW: u32 = 2;

/// What shows a cause.
#[derive(Debug, Clone, PartialEq)]
pub enum Sign {
    /// Failed so many times though the learner was sure.
    Sure(usize),
    /// Taken for something else.
    MixedUp(MixUp),
    /// Known, but slowly.
    Slow(Slow),
    /// The card is to blame.
    Bad(Reason),
}

/// How slowly a card is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slow {
    /// The median of its newest passes, in milliseconds.
    pub median_ms: u32,
    /// The learner's median for its kind, in milliseconds.
    pub usual_ms: u32,
}

/// All signs of a card.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Signs {
    /// What is wrong with the card itself.
    pub bad: Option<Reason>,
    /// How often it was failed though the learner was sure, later passes not having settled it.
    pub sure_fails: usize,
    /// What it is taken for.
    pub mix_up: Option<MixUp>,
    /// That it is slow.
    pub slow: Option<Slow>,
}

impl Signs {
    /// The signs of a card; `evidence` is what is known of it, `sure` the answers of which the learner was sure.
    #[must_use]
    pub fn of(card: &Card, evidence: &Evidence<'_>, sure: &BTreeSet<EntryId>, texts: &AcceptedTexts) -> Self {
        let answers = Answers { entries: evidence.answers };
        Self {
            bad: evidence.reasons().into_iter().find(is_bad),
            sure_fails: answers.unsettled_fails().filter(|fail| sure.contains(&fail.id)).count(),
            mix_up: confusion::of(card, &answers, texts),
            slow: slow(evidence),
        }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Whether a reason makes a card lose points: an idle option makes it easier, and a slow card is a cause of its own.
fn is_bad(reason: &Reason) -> bool {
    match reason {
        Reason::MisleadingOption { .. }
        | Reason::HarderThanPredicted { .. }
        | Reason::Leech { .. }
        | Reason::Flagged { .. } => true,
        Reason::Slow { .. } | Reason::IdleOption { .. } => false,
    }
}

fn slow(evidence: &Evidence<'_>) -> Option<Slow> {
    let usual_ms = evidence.usual_ms?;
    let (most, least) = TIMED;
    let passed_in = |entry: &LogEntry| match &entry.event {
        Event::Answered { elapsed_ms, grade, .. } if grade.is_pass() => *elapsed_ms,
        _ => None,
    };
    let mut times: Vec<u32> = evidence.answers.iter().rev().filter_map(passed_in).take(most).collect();
    times.sort_unstable();
    // The lower one of two: one slow answer may be a distraction.
    let median_ms = times.len().checked_sub(1).and_then(|last| times.get(last / 2)).copied()?;
    let is_slow = times.len() >= least && median_ms > usual_ms.saturating_mul(SLOW);
    is_slow.then_some(Slow { median_ms, usual_ms })
}

/// The live answers of a card, oldest first.
#[derive(Debug, Clone, Copy)]
pub struct Answers<'a> {
    entries: &'a [LogEntry],
}

/// A failed answer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fail<'a> {
    pub id: EntryId,
    pub reply: &'a str,
}

impl<'a> Answers<'a> {
    /// The fails that passes on [`DAYS_TO_SETTLE`] later days have not settled, oldest first.
    pub(super) fn unsettled_fails(&self) -> impl Iterator<Item = Fail<'a>> + use<'a> {
        let mut passed: BTreeSet<StudyDay> = BTreeSet::new();
        let mut fails = Vec::new();
        for (day, grade, fail) in self.entries.iter().rev().filter_map(graded) {
            if grade.is_pass() {
                passed.insert(day);
            } else if passed.range(day.plus(1)..).count() < DAYS_TO_SETTLE {
                fails.push(fail);
            }
        }
        fails.into_iter().rev()
    }
}

fn graded(entry: &LogEntry) -> Option<(StudyDay, Grade, Fail<'_>)> {
    match &entry.event {
        Event::Answered { grade, reply, .. } => Some((entry.day, *grade, Fail { id: entry.id, reply })),
        _ => None,
    }
}
