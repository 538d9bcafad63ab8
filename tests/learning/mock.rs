//! A mock interview's sample and intervals obey their laws.

use std::collections::{BTreeMap, BTreeSet};

use mindrill::domain::mock::{apportioned, sample, wilson};
use mindrill::domain::queue::Scope;
use mindrill::domain::skill_map::NodeIndex;
use proptest::prelude::*;

use crate::world::{cards, collection, day, map};

/// Weights and cards of the strata, places to give, places given.
type Shared<'a> = (&'a [(f64, usize)], usize, &'a [usize]);

#[test]
fn places_are_shared_out_by_largest_remainder() {
    let table: [Shared<'_>; 7] = [
        (&[(2.0, 9), (1.0, 9), (1.0, 9)], 4, &[2, 1, 1]),
        (&[(1.0, 9), (1.0, 9), (1.0, 9)], 4, &[2, 1, 1]),
        (&[(2.0, 9), (1.0, 9), (0.5, 9)], 7, &[4, 2, 1]),
        // One card only: the two places that it leaves go to the others.
        (&[(2.0, 1), (1.0, 9), (1.0, 9)], 7, &[1, 3, 3]),
        (&[(1.0, 2), (1.0, 3)], 99, &[2, 3]),
        (&[(1.0, 2), (1.0, 3)], 0, &[0, 0]),
        (&[], 3, &[]),
    ];
    for (strata, size, places) in table {
        assert_eq!(apportioned(strata, size), places, "{size} among {strata:?}");
    }
}

proptest! {
    #[test]
    fn every_place_is_given_and_no_leaf_has_more_than_its_cards(
        strata in proptest::collection::vec((1e-6_f64..1e6, 0_usize..40), 0..20),
        size in 0_usize..300,
    ) {
        let places = apportioned(&strata, size);
        let cards: usize = strata.iter().map(|(_, cards)| cards).sum();
        prop_assert_eq!(places.len(), strata.len());
        prop_assert_eq!(places.iter().sum::<usize>(), size.min(cards));
        prop_assert!(places.iter().zip(&strata).all(|(places, (_, cards))| places <= cards));
    }

    #[test]
    fn with_cards_enough_each_leaf_is_within_one_of_its_share(
        weights in proptest::collection::vec(0.1_f64..10.0, 1..20),
        size in 0_usize..300,
    ) {
        let strata: Vec<(f64, usize)> = weights.iter().map(|&weight| (weight, 1_000)).collect();
        let whole: f64 = weights.iter().sum();
        for (places, weight) in apportioned(&strata, size).into_iter().zip(weights) {
            let share = weight / whole * f64::from(u32::try_from(size).unwrap());
            prop_assert!((f64::from(u32::try_from(places).unwrap()) - share).abs() < 1.0 + 1e-9);
        }
    }

    #[test]
    fn the_sample_is_of_the_scope_each_card_once_and_the_same_for_a_seed(
        a in 0_usize..20, b in 0_usize..20, size in 0_usize..50, seed: u64, one_leaf: bool,
    ) {
        let map = map(&[(0, ".", 1.0), (1, "a", 2.0), (1, "b", 0.5), (1, "c", 1.0)]);
        let world = collection(map, [cards("a", a, "a"), cards("b", b, "b")].concat());
        let nodes = if one_leaf { vec![NodeIndex(1)] } else { Vec::new() };
        let scope = Scope { nodes, kind: None };
        let asked = sample(&world, &scope, day(0), size, seed);
        prop_assert_eq!(&asked, &sample(&world, &scope, day(0), size, seed));
        let there = if one_leaf { a } else { a + b };
        prop_assert_eq!(asked.len(), size.min(there));
        prop_assert_eq!(asked.iter().map(|(card, _)| card).collect::<BTreeSet<_>>().len(), asked.len());
        let mut by_leaf: BTreeMap<NodeIndex, usize> = BTreeMap::new();
        for (card, leaf) in &asked {
            prop_assert!(world.header(card).unwrap().nodes.contains(leaf));
            *by_leaf.entry(*leaf).or_default() += 1;
        }
        prop_assert!(by_leaf.keys().all(|leaf| !one_leaf || leaf.0 == 1));
    }

    #[test]
    fn the_interval_holds_the_share_and_narrows_with_answers(right in 0_usize..200, wrong in 0_usize..200) {
        let asked = right + wrong;
        let interval = wilson(right, asked);
        prop_assert!(0.0 <= interval.low && interval.low <= interval.high && interval.high <= 1.0);
        if asked > 0 {
            let share = f64::from(u32::try_from(right).unwrap()) / f64::from(u32::try_from(asked).unwrap());
            prop_assert!(interval.low <= share && share <= interval.high);
            let more = wilson(right * 4, asked * 4);
            prop_assert!(more.high - more.low < interval.high - interval.low + 1e-12);
        }
    }
}
