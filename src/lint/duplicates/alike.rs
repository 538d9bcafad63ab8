//! All pairs of vectors that are alike, without looking at all pairs.
//!
//! Source: Bayardo, Ma, Srikant: Scaling Up All Pairs Similarity Search (2007), with the bound by the norm of a
//! prefix from Anastasiu, Karypis: L2AP (2014). Terms are put in order from frequent to rare. The frequent ones of
//! a vector, as long as their norm is below the limit, cannot reach the limit with any other vector by themselves,
//! so that only the rarer ones need an index; and a vector is looked up by its rarer ones alone, for the same reason.

/// A term: a small number.
pub(super) type Term = u32;

/// How often each term stands in a text, each term once, in order of terms.
pub(super) type Counts = Vec<(Term, u32)>;

/// Room for rounding, so that a pair just at the limit is in.
const ROUNDING: f64 = 1e-9;

/// Two texts that are alike.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pair {
    /// The later text.
    pub text: usize,
    /// The earlier one.
    pub before: usize,
    /// The cosine of the two, 0..1.
    pub likeness: f64,
}

/// The pairs whose cosine of TF-IDF weights is at least `limit` (above 0), by the later text, then the earlier.
///
/// A text that has `crowd` earlier ones like it is not looked up by later texts: in a crowd each text is told of the
/// first ones, and the pairs stay few. Where no text has so many, all pairs are found.
pub(super) fn pairs(texts: &[Counts], limit: f64, crowd: usize) -> Vec<Pair> {
    let weights = weighted(texts);
    let terms = weights.iter().flatten().map(|(term, _)| *term as usize + 1).max().unwrap_or(0);
    let mut index = Index { limit, texts: &weights, prefixes: Vec::new(), postings: vec![Vec::new(); terms] };
    let (mut found, mut sums) = (Vec::new(), vec![0.0; texts.len()]);
    for (text, vector) in weights.iter().enumerate() {
        let first = found.len();
        index.look_up(text, &mut sums, &mut found);
        index.add(text, vector, found.len() - first < crowd);
    }
    found
}

/// Unit vectors, terms in order from frequent to rare. Terms of the result are ranks: the most frequent is 0.
fn weighted(texts: &[Counts]) -> Vec<Vec<(Term, f64)>> {
    let terms = texts.iter().flatten().map(|(term, _)| *term as usize + 1).max().unwrap_or(0);
    let mut having = vec![0_u32; terms];
    texts.iter().flatten().for_each(|(term, _)| having[*term as usize] += 1);
    let mut order: Vec<Term> = (0..).take(terms).collect();
    order.sort_by_key(|term| std::cmp::Reverse(having[*term as usize]));
    let mut ranks = vec![0; terms];
    (0..).zip(&order).for_each(|(rank, term)| ranks[*term as usize] = rank);
    let all = f64::from(u32::try_from(texts.len()).unwrap_or(u32::MAX));
    // Smoothed, so that few texts have weights too.
    let rarity: Vec<f64> =
        having.iter().map(|having| ((1.0 + all) / (1.0 + f64::from(*having))).ln() + 1.0).collect();
    texts.iter().map(|counts| unit(counts, &ranks, &rarity)).collect()
}

fn unit(counts: &Counts, ranks: &[Term], rarity: &[f64]) -> Vec<(Term, f64)> {
    let weigh =
        |(term, count): &(Term, u32)| (ranks[*term as usize], f64::from(*count) * rarity[*term as usize]);
    let mut vector: Vec<(Term, f64)> = counts.iter().map(weigh).collect();
    vector.sort_unstable_by_key(|(rank, _)| *rank);
    let norm = vector.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt();
    for (_, weight) in &mut vector {
        *weight /= norm;
    }
    vector
}

/// The rarer terms of the texts so far.
struct Index<'t> {
    limit: f64,
    texts: &'t [Vec<(Term, f64)>],
    /// Of each text so far, how many of its terms are not indexed, and their norm.
    prefixes: Vec<(usize, f64)>,
    /// Of each term, the texts that have it and how much.
    postings: Vec<Vec<(u32, f64)>>,
}

impl Index<'_> {
    /// Adds the pairs of a text with earlier ones; `sums` are all 0, before and after.
    fn look_up(&self, text: usize, sums: &mut [f64], found: &mut Vec<Pair>) {
        let vector = &self.texts[text];
        let (common, _) = prefix(vector, self.limit);
        let mut candidates: Vec<u32> = Vec::new();
        for (at, (term, weight)) in vector.iter().enumerate().rev() {
            for (before, other) in &self.postings[*term as usize] {
                let sum = &mut sums[*before as usize];
                if *sum > 0.0 {
                    *sum += weight * other;
                } else if at >= common {
                    candidates.push(*before);
                    *sum = weight * other;
                }
            }
        }
        candidates.sort_unstable();
        for before in candidates {
            let sum = std::mem::take(&mut sums[before as usize]);
            found.extend(self.pair(text, before as usize, sum));
        }
    }

    /// The pair of two texts, of which the indexed terms of the earlier make `sum`, if it reaches the limit.
    fn pair(&self, text: usize, before: usize, sum: f64) -> Option<Pair> {
        let (cut, norm) = self.prefixes[before];
        if sum + norm < self.limit - ROUNDING {
            return None;
        }
        let likeness = sum + dot(&self.texts[text], &self.texts[before][..cut]);
        (likeness >= self.limit - ROUNDING).then_some(Pair { text, before, likeness })
    }

    /// Takes in a text, to be looked up by later ones if it is `wanted`.
    fn add(&mut self, text: usize, vector: &[(Term, f64)], wanted: bool) {
        let (cut, norm) = prefix(vector, self.limit);
        self.prefixes.push((cut, norm));
        let (Ok(text), true) = (u32::try_from(text), wanted) else { return };
        for (term, weight) in &vector[cut..] {
            self.postings[*term as usize].push((text, *weight));
        }
    }
}

/// How many terms, from the most frequent, have a norm below the limit together, and that norm.
fn prefix(vector: &[(Term, f64)], limit: f64) -> (usize, f64) {
    let mut squares = 0.0;
    for (at, (_, weight)) in vector.iter().enumerate() {
        let next = squares + weight * weight;
        if next.sqrt() >= limit - ROUNDING {
            return (at, squares.sqrt());
        }
        squares = next;
    }
    (vector.len(), squares.sqrt())
}

/// The sum of products over common terms.
fn dot(one: &[(Term, f64)], other: &[(Term, f64)]) -> f64 {
    let (mut one, mut other, mut sum) = (one.iter().peekable(), other.iter().peekable(), 0.0);
    while let (Some((term, weight)), Some((other_term, other_weight))) = (one.peek(), other.peek()) {
        match term.cmp(other_term) {
            std::cmp::Ordering::Less => drop(one.next()),
            std::cmp::Ordering::Greater => drop(other.next()),
            std::cmp::Ordering::Equal => {
                sum += weight * other_weight;
                one.next();
                other.next();
            }
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::{Counts, Pair, dot, pairs, weighted};

    /// Every pair, one by one.
    fn by_force(texts: &[Counts], limit: f64) -> Vec<(usize, usize)> {
        let vectors = weighted(texts);
        let all = (0..texts.len()).flat_map(|text| (0..text).map(move |before| (text, before)));
        all.filter(|(text, before)| dot(&vectors[*text], &vectors[*before]) >= limit - 1e-9).collect()
    }

    fn texts() -> impl Strategy<Value = Vec<Counts>> {
        // Few terms, so that many texts are alike.
        let text = vec((0_u32..12, 1_u32..4), 0..8);
        vec(text.prop_map(|terms| terms.into_iter().collect::<BTreeMap<_, _>>().into_iter().collect()), 0..40)
    }

    fn places(found: &[Pair]) -> Vec<(usize, usize)> {
        found.iter().map(|pair| (pair.text, pair.before)).collect()
    }

    proptest! {
        #[test]
        fn the_index_finds_what_a_look_at_all_pairs_finds(texts in texts(), limit in 0.3_f64..1.0) {
            let found = pairs(&texts, limit, usize::MAX);
            prop_assert_eq!(places(&found), by_force(&texts, limit));
            let vectors = weighted(&texts);
            for pair in found {
                let exact = dot(&vectors[pair.text], &vectors[pair.before]);
                prop_assert!((pair.likeness - exact).abs() < 1e-9);
            }
        }

        #[test]
        fn in_a_crowd_the_pairs_are_few_and_true(texts in texts(), limit in 0.3_f64..1.0) {
            let (found, all) = (places(&pairs(&texts, limit, 3)), by_force(&texts, limit));
            prop_assert!(found.iter().all(|pair| all.contains(pair)));
            // What is left out is a text that has been told of three others itself.
            let told = |text: usize| found.iter().filter(|(later, _)| *later == text).count();
            for (text, before) in all {
                prop_assert!(found.contains(&(text, before)) || told(before) >= 3);
            }
        }
    }
}
