//! What chance would do: expected hits, and when there are too many for chance.

use super::number;

/// Fewest trials for the normal approximation. Source: item-writing §1.6, D01.
pub(super) const LEAST_FOR_Z: usize = 60;
/// Standard deviations that chance exceeds once in a hundred, one-sided.
pub(super) const ONE_IN_A_HUNDRED: f64 = 2.33;
/// How rarely chance alone reaches a number of hits that is told. Source: item-writing §1.6, D01.
const RARE: f64 = 0.01;

/// Hits among trials, each with a chance of its own.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Tally {
    /// Trials.
    pub trials: usize,
    /// Hits; a tie counts in part.
    pub hits: f64,
    /// Hits that chance would give.
    pub expected: f64,
    variance: f64,
}

impl Tally {
    /// One trial more, with its hit (0..1) and the chance of one (0..1).
    pub(super) fn add(&mut self, hit: f64, chance: f64) {
        self.trials += 1;
        self.hits += hit;
        self.expected += chance;
        self.variance += chance * (1.0 - chance);
    }

    /// Share of hits, 0..1.
    pub(super) fn rate(&self) -> f64 {
        self.hits / number(self.trials.max(1))
    }

    /// Share of hits that chance would give, 0..1.
    pub(super) fn chance(&self) -> f64 {
        self.expected / number(self.trials.max(1))
    }

    /// Hits above chance, in standard deviations of chance.
    pub(super) fn z(&self) -> f64 {
        if self.variance > 0.0 { (self.hits - self.expected) / self.variance.sqrt() } else { 0.0 }
    }

    /// Whether chance alone would give so many hits less than once in a hundred times: by the exact binomial for few
    /// trials, by the normal approximation for many.
    pub(super) fn is_beyond_chance(&self) -> bool {
        if self.trials >= LEAST_FOR_Z {
            return self.z() > ONE_IN_A_HUNDRED;
        }
        limit(self.trials, self.chance()).is_some_and(|limit| self.hits >= number(limit))
    }
}

/// The least number of hits that chance reaches less than once in a hundred times; `None` where even all hits are
/// not so rare.
fn limit(trials: usize, chance: f64) -> Option<usize> {
    let (mut tail, mut found) = (0.0, None);
    for hits in (0..=trials).rev() {
        tail += exactly(hits, trials, chance);
        if tail > RARE {
            break;
        }
        found = Some(hits);
    }
    found
}

/// The probability of just so many hits.
fn exactly(hits: usize, trials: usize, chance: f64) -> f64 {
    let ways = (0..hits).fold(1.0, |ways, at| ways * number(trials - at) / number(at + 1));
    let power = |base: f64, count: usize| base.powi(i32::try_from(count).unwrap_or(i32::MAX));
    ways * power(chance, hits) * power(1.0 - chance, trials - hits)
}

#[cfg(test)]
mod tests {
    use super::{Tally, limit};

    #[test]
    fn the_limits_are_those_of_the_exact_binomial() {
        // item-writing §1.6, D01, for four options.
        for (trials, wanted) in [(8, 6), (10, 7), (12, 8), (15, 9), (20, 11), (30, 14)] {
            assert_eq!(limit(trials, 0.25), Some(wanted), "{trials}");
        }
        assert_eq!(limit(3, 0.25), None);
    }

    #[test]
    fn many_trials_are_held_against_the_normal_approximation() {
        let of = |hits: usize| {
            let mut tally = Tally::default();
            (0..100).for_each(|at| tally.add(f64::from(u8::from(at < hits)), 0.25));
            tally
        };
        assert!(!of(35).is_beyond_chance());
        assert!(of(36).is_beyond_chance());
        assert!((of(35).z() - 2.309).abs() < 0.001);
    }
}
