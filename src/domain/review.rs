//! One answer and one row of the review log: the unit of truth.

use std::fmt;

use super::card::CardId;
use super::day::{Moment, StudyDay};
pub use super::grade::Grade;

/// Under which rules an answer is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mode {
    /// A sitting, or an answer without one: moves the schedule.
    Study,
    /// Practice at will: evidence for the memory model only.
    Cram,
    /// A mock interview: evidence for the memory model only.
    Mock,
}

/// How an answer stands to the card's schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReviewKind {
    /// Due, or the card's first: an SM-2 repetition.
    Scheduled,
    /// Before it was due.
    Early,
    /// Again on the day of the last counted answer: changes no schedule.
    Drill,
    /// See [`Mode::Cram`].
    Cram,
    /// See [`Mode::Mock`].
    Mock,
}

impl ReviewKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Scheduled, Self::Early, Self::Drill, Self::Cram, Self::Mock];

    /// The name used in the log.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Scheduled => "scheduled",
            Self::Early => "early",
            Self::Drill => "drill",
            Self::Cram => "cram",
            Self::Mock => "mock",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The rules under which such an answer was given.
    #[must_use]
    pub fn mode(self) -> Mode {
        match self {
            Self::Scheduled | Self::Early | Self::Drill => Mode::Study,
            Self::Cram => Mode::Cram,
            Self::Mock => Mode::Mock,
        }
    }
}

/// What a learner said of a reply before it was judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// That it is right.
    Sure,
    /// That it may be wrong.
    Unsure,
}

impl Confidence {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Sure, Self::Unsure];

    /// The name used in the log.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Sure => "sure",
            Self::Unsure => "unsure",
        }
    }

    /// The confidence of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|confidence| confidence.name() == name)
    }
}

/// An answer as it comes from a sitting, before the log has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The card.
    pub card: CardId,
    /// How well.
    pub grade: Grade,
    /// Under which rules.
    pub mode: Mode,
    /// When.
    pub at: Moment,
    /// The study day, fixed now and never computed again.
    pub day: StudyDay,
    /// Milliseconds from the question to the reply; `None` when no time was measured.
    pub elapsed_ms: Option<u32>,
    /// What the learner replied, as text.
    pub reply: String,
    /// How sure the learner was; `None` where nothing was said.
    pub confidence: Option<Confidence>,
}

/// A log row's globally unique id: a `UUIDv7`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub u128);

impl fmt::Display for EntryId {
    /// Hyphenated, lower case.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", uuid::Uuid::from_u128(self.0))
    }
}

/// What a log row says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A card was answered.
    Answered {
        /// The card.
        card: CardId,
        /// How well.
        grade: Grade,
        /// How it stood to the schedule when it was given.
        kind: ReviewKind,
        /// Milliseconds from the question to the reply.
        elapsed_ms: Option<u32>,
        /// What the learner replied.
        reply: String,
        /// How sure the learner was; `None` where nothing was said.
        confidence: Option<Confidence>,
    },
    /// An earlier row was taken back.
    Undone {
        /// That row.
        retracts: EntryId,
    },
    /// A card starts afresh: its earlier rows no longer count.
    Restarted {
        /// The card.
        card: CardId,
    },
    /// A card goes on under another id: the rows that are its own until now count for that one.
    Relinked {
        /// The id that has gone.
        from: CardId,
        /// The id under which it goes on.
        to: CardId,
    },
    /// A card's answer was edited, and the learner keeps what is known of it: changes no state.
    Kept {
        /// The card.
        card: CardId,
    },
}

impl Event {
    /// The card that the row names; of a relink the one that goes on. `None` for a retraction.
    #[must_use]
    pub fn card(&self) -> Option<&CardId> {
        match self {
            Self::Answered { card, .. }
            | Self::Restarted { card }
            | Self::Relinked { to: card, .. }
            | Self::Kept { card } => Some(card),
            Self::Undone { .. } => None,
        }
    }
}

/// One row of the append-only review log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEntry {
    /// Its own id.
    pub id: EntryId,
    /// The device that wrote it.
    pub device: String,
    /// When it was written.
    pub at: Moment,
    /// The study day, as fixed then.
    pub day: StudyDay,
    /// What it says.
    pub event: Event,
}
