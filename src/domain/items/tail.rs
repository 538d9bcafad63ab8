//! How likely it is that so many things go wrong, each with a chance of its own.

/// The chance, 0..1, that at least `count` of independent events come true; `chances` are theirs.
///
/// Exact: the distribution is built event by event (Poisson binomial).
pub(super) fn at_least(count: usize, chances: &[f64]) -> f64 {
    // The chance of 0, 1, .. `count` - 1 events so far; what leaves the end has come true often enough.
    let mut fewer = vec![0.0; count];
    let Some(none) = fewer.first_mut() else { return 1.0 };
    *none = 1.0;
    for chance in chances {
        let chance = chance.clamp(0.0, 1.0);
        let mut carried = 0.0;
        for share in &mut fewer {
            let moved = *share * chance;
            *share += carried - moved;
            carried = moved;
        }
    }
    (1.0 - fewer.iter().sum::<f64>()).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::at_least;

    #[test]
    fn the_tail_is_that_of_the_binomial_distribution() {
        // P(X ≥ k) for n = 5 and p = 0.1, from tables of the binomial distribution.
        for (count, expected) in
            [(0, 1.0), (1, 0.409_51), (2, 0.081_46), (3, 0.008_56), (5, 0.000_01), (6, 0.0)]
        {
            assert!((at_least(count, &[0.1; 5]) - expected).abs() < 1e-9, "{count}");
        }
        assert!((at_least(2, &[0.5, 0.2]) - 0.1).abs() < 1e-12);
        assert!((at_least(1, &[]) - 0.0).abs() < 1e-12);
    }
}
