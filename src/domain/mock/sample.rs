//! Which cards a mock interview asks: a sample that is stratified over the leaves by importance.
//!
//! It does not know when a card is due: that says when to learn, not what an interviewer asks.

use std::collections::{BTreeMap, BTreeSet};

use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;

use crate::domain::card::CardId;
use crate::domain::collection::{Collection, Header};
use crate::domain::day::StudyDay;
use crate::domain::mastery;
use crate::domain::queue::Scope;
use crate::domain::skill_map::NodeIndex;

/// At most `size` cards of the scope, each with the leaf for which it is asked, in the order of asking.
///
/// Each leaf with a card has places by its importance ([`apportioned`]). Stale cards are left out, and of cards that
/// turn one another's question round at most one is asked. The same seed gives the same sample.
#[must_use]
pub fn sample(
    collection: &Collection,
    scope: &Scope,
    today: StudyDay,
    size: usize,
    seed: u64,
) -> Vec<(CardId, NodeIndex)> {
    let mut rng = StdRng::seed_from_u64(seed);
    let mut headers: Vec<&Header> = collection
        .cards()
        .filter(|header| scope.holds(collection, header) && !header.is_stale(today))
        .collect();
    headers.shuffle(&mut rng);
    let mut groups: BTreeSet<&CardId> = BTreeSet::new();
    headers.retain(|header| groups.insert(header.reverse_of.as_ref().unwrap_or(&header.id)));
    let mut leaves: BTreeMap<NodeIndex, Vec<&Header>> = BTreeMap::new();
    for header in headers {
        if let Some(leaf) = home(collection, scope, header) {
            leaves.entry(leaf).or_default().push(header);
        }
    }
    let importance = |leaf: NodeIndex| mastery::weight(collection.map().node(leaf).importance);
    let strata: Vec<(f64, usize)> =
        leaves.iter().map(|(&leaf, cards)| (importance(leaf), cards.len())).collect();
    let places = apportioned(&strata, size);
    let taken = leaves.into_iter().zip(places);
    let mut sample: Vec<(CardId, NodeIndex)> = taken
        .flat_map(|((leaf, cards), places)| {
            cards.into_iter().take(places).map(move |header| (header.id.clone(), leaf))
        })
        .collect();
    sample.shuffle(&mut rng);
    sample
}

/// The leaf for which a card is asked: the first it hangs on that lies in the scope.
fn home(collection: &Collection, scope: &Scope, header: &Header) -> Option<NodeIndex> {
    let map = collection.map();
    let is_in = |&node: &NodeIndex| {
        map.is_leaf(node)
            && (scope.nodes.is_empty() || scope.nodes.iter().any(|&top| map.is_within(node, top)))
    };
    header.nodes.iter().copied().find(is_in)
}

/// How many of `size` places each stratum gets, of which weight (above 0) and number of cards are given.
///
/// By largest remainder: each gets the whole part of its share by weight, what is left goes one by one to the largest
/// remainders (ties: the first). A stratum that has too few cards gets as many as it has; its other places are shared
/// out among the rest in the same way.
#[must_use]
pub fn apportioned(strata: &[(f64, usize)], size: usize) -> Vec<usize> {
    let mut places = vec![0; strata.len()];
    let mut open: Vec<usize> = (0..strata.len()).filter(|&stratum| strata.get(stratum).is_some()).collect();
    let mut left = size.min(strata.iter().map(|(_, cards)| cards).sum());
    loop {
        let shares = shared(strata, &open, left);
        let room = |stratum: usize| strata.get(stratum).map_or(0, |(_, cards)| *cards);
        let full: Vec<usize> = shares
            .iter()
            .filter(|(stratum, share)| *share >= room(*stratum))
            .map(|(stratum, _)| *stratum)
            .collect();
        if full.is_empty() || full.len() == open.len() {
            for (stratum, share) in shares {
                set(&mut places, stratum, share.min(room(stratum)));
            }
            return places;
        }
        for &stratum in &full {
            set(&mut places, stratum, room(stratum));
            left = left.saturating_sub(room(stratum));
        }
        open.retain(|stratum| !full.contains(stratum));
    }
}

fn set(places: &mut [usize], stratum: usize, number: usize) {
    if let Some(place) = places.get_mut(stratum) {
        *place = number;
    }
}

/// Shares by largest remainder, whatever room there is.
#[expect(clippy::cast_precision_loss, reason = "a number of cards is exact in f64 up to 2^53")]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share lies between 0 and the number of places"
)]
fn shared(strata: &[(f64, usize)], open: &[usize], places: usize) -> Vec<(usize, usize)> {
    let weight = |stratum: &usize| strata.get(*stratum).map_or(0.0, |(weight, _)| *weight);
    let whole: f64 = open.iter().map(weight).sum();
    let mut shares: Vec<(usize, usize, f64)> = open
        .iter()
        .map(|stratum| {
            let share = weight(stratum) / whole * places as f64;
            (*stratum, share.floor() as usize, share.fract())
        })
        .collect();
    let given: usize = shares.iter().map(|(_, share, _)| share).sum();
    shares.sort_by(|(a, _, left), (b, _, right)| right.total_cmp(left).then(a.cmp(b)));
    for (_, share, _) in shares.iter_mut().take(places.saturating_sub(given)) {
        *share += 1;
    }
    shares.into_iter().map(|(stratum, share, _)| (stratum, share)).collect()
}
