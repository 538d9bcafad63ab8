//! How far a share of few answers may lie from the truth.

/// The normal distribution's 0.9 quantile: half the width of an 80 % interval, in standard deviations. 80 % as the bands
/// of the mastery report, so that both can be laid side by side.
const WIDTH: f64 = 1.281_551_565_544_6;

/// The ends of an interval, 0..1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// The 80 % score interval of a share of `right` among `asked`; 0..1 where nothing was asked.
///
/// Source: Wilson 1927, "Probable inference, the law of succession, and statistical inference". Unlike the normal one it
/// is honest for few answers and for shares near 0 and 1.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts of answers are exact in f64 up to 2^53")]
pub fn wilson(right: usize, asked: usize) -> Interval {
    if asked == 0 {
        return Interval { low: 0.0, high: 1.0 };
    }
    let (asked, square) = (asked as f64, WIDTH * WIDTH);
    let share = right as f64 / asked;
    let middle = share + square / (2.0 * asked);
    let reach = WIDTH * (share * (1.0 - share) / asked + square / (4.0 * asked * asked)).sqrt();
    let whole = 1.0 + square / asked;
    // A share of 0 or 1 is an end itself; rounding must not push it out.
    let low = ((middle - reach) / whole).clamp(0.0, 1.0).min(share);
    let high = ((middle + reach) / whole).clamp(0.0, 1.0).max(share);
    Interval { low, high }
}

#[cfg(test)]
mod tests {
    use super::wilson;

    #[test]
    fn the_interval_is_wilsons() {
        // By hand, z² = 1.642374: 7 of 10 gives (0.7 + 0.082119 ± 1.281552 × √(0.021 + 0.004106)) ÷ 1.164237.
        let seven = wilson(7, 10);
        assert!((seven.low - 0.497_4).abs() < 1e-3 && (seven.high - 0.846_2).abs() < 1e-3, "{seven:?}");
        // All of n: the lower end is n ÷ (n + z²).
        let all = wilson(10, 10);
        assert!((all.low - 10.0 / 11.642_374).abs() < 1e-6 && all.high >= 1.0);
        let none = wilson(0, 0);
        assert!(none.low <= 0.0 && none.high >= 1.0);
    }
}
