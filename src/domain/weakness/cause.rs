//! The causes, and how long a card of each takes to mend.
//!
//! It does not know how a cause is found.

/// Minutes to write one card with its key, whys and a source looked up. Assumed, not measured; it need only be so much
/// more than asking a card that cards which are there come first.
const MINUTES_TO_WRITE: f64 = 5.0;
/// Minutes to look a doubtful card over and mend it. Assumed: less than writing one, for its sources are named.
const MINUTES_TO_MEND: f64 = 3.0;
/// Askings until a new card lasts for weeks: SM-2 asks on the first day, a day later and six days later.
const ASKINGS_NEW: f64 = 3.0;
/// Askings that bring a card back that was known: now, and once more to hold it.
const ASKINGS_AGAIN: f64 = 2.0;
/// Askings that part what was mixed up: both sides in one sitting, and each once more.
const ASKINGS_APART: f64 = 3.0;

/// Why points are lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// The leaf has no card that counts, or fewer than [`LEAST_CARDS`](crate::domain::mastery::LEAST_CARDS).
    NotWritten,
    /// The card was never answered.
    NeverMet,
    /// The card was answered, and its recall on the day is under [`MASTERED_RECALL`](crate::domain::mastery::MASTERED_RECALL).
    Forgotten,
    /// It is known, but takes more than twice as long as others of its kind.
    Slow,
    /// It was failed though the learner was sure.
    Overconfident,
    /// The same wrong option is taken again and again, or another card's answer is given.
    Confusable,
    /// The card itself is to blame: see `items`.
    BadCard,
}

impl Cause {
    /// Every cause.
    pub const ALL: [Self; 7] = [
        Self::NotWritten,
        Self::NeverMet,
        Self::Forgotten,
        Self::Slow,
        Self::Overconfident,
        Self::Confusable,
        Self::BadCard,
    ];

    /// The name used in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NotWritten => "not-written",
            Self::NeverMet => "never-met",
            Self::Forgotten => "forgotten",
            Self::Slow => "slow",
            Self::Overconfident => "overconfident",
            Self::Confusable => "confusable",
            Self::BadCard => "bad-card",
        }
    }

    /// The cause of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.name() == name)
    }

    /// Whether asking its cards mends it.
    #[must_use]
    pub fn is_drilled(self) -> bool {
        match self {
            Self::NeverMet | Self::Forgotten | Self::Slow | Self::Overconfident | Self::Confusable => true,
            Self::NotWritten | Self::BadCard => false,
        }
    }

    /// Minutes that one card takes to mend; `asking` is what one asking takes.
    pub(super) fn minutes_a_card(self, asking: f64) -> f64 {
        match self {
            Self::NotWritten => MINUTES_TO_WRITE + ASKINGS_NEW * asking,
            Self::BadCard => MINUTES_TO_MEND,
            Self::NeverMet => ASKINGS_NEW * asking,
            Self::Confusable => ASKINGS_APART * asking,
            Self::Forgotten | Self::Slow | Self::Overconfident => ASKINGS_AGAIN * asking,
        }
    }
}
