//! Retention: the recall at which a card is to be asked again.

use std::fmt;

/// Recall at which a card is due, in thousandths, 700 to 990: below, half of what was learnt is learnt anew at
/// each asking; above, the last per cent costs as much as all before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Retention(u16);

const THOUSANDTHS: f64 = 1_000.0;

impl Retention {
    /// Nine in ten, the habit of the field.
    pub const DEFAULT: Self = Self(900);
    /// The least.
    pub const LEAST: Self = Self(700);
    /// The most.
    pub const MOST: Self = Self(990);

    /// A retention from a share, 0.7 to 0.99, to the nearest thousandth.
    #[must_use]
    pub fn new(share: f64) -> Option<Self> {
        let thousandths = (share * THOUSANDTHS).round();
        (Self::LEAST.0..=Self::MOST.0).map(Self).find(|own| (f64::from(own.0) - thousandths).abs() < 0.5)
    }

    /// A retention from thousandths, 700 to 990.
    #[must_use]
    pub fn from_thousandths(thousandths: u16) -> Option<Self> {
        Some(Self(thousandths)).filter(|own| (Self::LEAST..=Self::MOST).contains(own))
    }

    /// In thousandths, 700 to 990.
    #[must_use]
    pub fn thousandths(self) -> u16 {
        self.0
    }

    /// As a share, 0.7 to 0.99.
    #[must_use]
    pub fn share(self) -> f32 {
        f32::from(self.0) / 1_000.0
    }
}

impl Default for Retention {
    fn default() -> Self {
        Self::DEFAULT
    }
}

impl fmt::Display for Retention {
    /// As a share with no more digits than it needs: `0.9`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", f64::from(self.0) / THOUSANDTHS)
    }
}

#[cfg(test)]
mod tests {
    use super::Retention;

    #[test]
    fn a_retention_lies_between_seven_tenths_and_99_hundredths() {
        let table = [
            (0.9, Some(900)),
            (0.7, Some(700)),
            (0.99, Some(990)),
            (0.8504, Some(850)),
            (0.69, None),
            (0.995, None),
            (1.0, None),
            (90.0, None),
            (-0.9, None),
            (f64::NAN, None),
            (f64::INFINITY, None),
        ];
        for (share, thousandths) in table {
            assert_eq!(Retention::new(share).map(Retention::thousandths), thousandths, "{share}");
        }
        assert_eq!(Retention::DEFAULT.to_string(), "0.9");
        assert_eq!(Retention::from_thousandths(1_000), None);
    }
}
