//! The grade of an answer, 0 to 5.

use std::fmt;

/// How well a card was answered: 0 (blackout) to 5 (perfect), as in SM-2. 3 and more is a pass.
///
/// Source: Wozniak 1990, "Optimization of learning", algorithm SM-2, step 4.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Grade(u8);

impl Grade {
    /// No answer at all.
    pub const NOTHING: Self = Self(0);
    /// Wrong; also the key `1 again`.
    pub const AGAIN: Self = Self(1);
    /// Nearly or partly right, or right by a guess: still a fail.
    pub const NEARLY: Self = Self(2);
    /// Right with effort; also the key `2 hard`.
    pub const HARD: Self = Self(3);
    /// Right; also the key `3 good`.
    pub const GOOD: Self = Self(4);
    /// Right at once; also the key `4 easy`.
    pub const EASY: Self = Self(5);

    /// A grade from 0 to 5.
    #[must_use]
    pub fn new(value: i64) -> Option<Self> {
        u8::try_from(value).ok().filter(|value| *value <= 5).map(Self)
    }

    /// The grade of a self-grading key: 1 again, 2 hard, 3 good, 4 easy.
    #[must_use]
    pub fn from_key(key: u8) -> Option<Self> {
        [Self::AGAIN, Self::HARD, Self::GOOD, Self::EASY].get(usize::from(key).checked_sub(1)?).copied()
    }

    /// 0 to 5.
    #[must_use]
    pub fn value(self) -> u8 {
        self.0
    }

    /// Whether the card counts as known.
    #[must_use]
    pub fn is_pass(self) -> bool {
        self.0 >= Self::HARD.0
    }
}

impl fmt::Display for Grade {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.0)
    }
}
