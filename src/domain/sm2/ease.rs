//! The ease factor: how much an interval grows, and how an answer changes that.
//!
//! It does not know of days.

use std::fmt;

use super::LONGEST_INTERVAL;
use crate::domain::grade::Grade;

/// Ease factor in hundredths: how much the interval grows at each pass (130..).
///
/// Source: Wozniak 1990, algorithm SM-2, step 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ease(pub u32);

/// What a grade from 0 to 5 adds to the ease, in hundredths. Source: Wozniak 1990, step 5:
/// 0.1 − (5 − q)(0.08 + (5 − q) 0.02).
const CHANGES: [i32; 6] = [-80, -54, -32, -14, 0, 10];
const HUNDREDTHS: u64 = 100;

impl Ease {
    /// Of a card that was never answered.
    pub const START: Self = Self(250);
    /// The least: below it cards come back annoyingly often. Source: Wozniak 1990, step 5.
    pub const FLOOR: Self = Self(130);

    /// The ease after a pass of that grade.
    #[must_use]
    pub fn after(self, grade: Grade) -> Self {
        let change = CHANGES.get(usize::from(grade.value())).copied().unwrap_or(0);
        Self(self.0.saturating_add_signed(change)).max(Self::FLOOR)
    }

    /// An interval of `days` grown by this ease, rounded up, at most [`LONGEST_INTERVAL`].
    #[must_use]
    pub fn times(self, days: u32) -> u32 {
        let grown = (u64::from(days) * u64::from(self.0)).div_ceil(HUNDREDTHS);
        u32::try_from(grown).unwrap_or(LONGEST_INTERVAL).min(LONGEST_INTERVAL)
    }
}

impl fmt::Display for Ease {
    /// As a factor with two decimals: `2.36`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::Ease;
    use crate::domain::grade::Grade;

    #[test]
    fn ease_follows_the_published_formula() {
        for q in 0..=5 {
            let grade = Grade::new(q).unwrap();
            let formula = 10 - (5 - q) * (8 + (5 - q) * 2);
            assert_eq!(i64::from(Ease(1_000).after(grade).0), 1_000 + formula, "grade {q}");
        }
        assert_eq!(Ease(131).after(Grade::HARD), Ease::FLOOR);
        assert_eq!(Ease(236).to_string(), "2.36");
    }

    #[test]
    fn intervals_are_rounded_up_and_bounded() {
        assert_eq!(Ease(250).times(15), 38); // 37.5
        assert_eq!(Ease(250).times(6), 15);
        assert_eq!(Ease(u32::MAX).times(u32::MAX), 36_500);
    }
}
