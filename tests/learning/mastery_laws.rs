//! Laws of the mastery report that hold on every map, against sums taken the slow way.

use std::collections::{BTreeMap, BTreeSet};

use mindrill::domain::card::{Card, CardId, Kind};
use mindrill::domain::collection::{Collection, Header};
use mindrill::domain::mastery::{Coverage, NodeFigures, coverage};
use mindrill::domain::progress::CardState;
use mindrill::domain::review::{Grade, Mode};
use mindrill::domain::skill_map::SkillMap;
use mindrill::domain::sm2::CardRules;
use proptest::prelude::{Strategy, any, prop, proptest};
use proptest::test_runner::TestCaseError;
use proptest::{prop_assert, prop_assert_eq};

use crate::schedule_laws::grades;
use crate::world::{card, collection, day, id, map};

/// Rounding of a sum of some tens of shares.
const ROUNDING: f64 = 1e-12;
const TODAY: i64 = 400;

type Answers = Vec<(Grade, u32, bool)>;

fn maps() -> impl Strategy<Value = SkillMap> {
    let weight = prop::sample::select(vec![0.5, 1.0, 2.0, 0.3, 7.0]);
    prop::collection::vec((any::<prop::sample::Index>(), weight), 0..25).prop_map(|nodes| {
        let mut depths = vec![0];
        for (choice, _) in &nodes {
            let deepest = depths.last().copied().unwrap_or(0) + 1;
            depths.push(1 + choice.index(deepest));
        }
        let keys: Vec<String> = (0..depths.len()).map(|place| format!("node-{place}")).collect();
        let weights = std::iter::once(1.0).chain(nodes.iter().map(|(_, weight)| *weight));
        let rows: Vec<_> =
            depths.iter().zip(&keys).zip(weights).map(|((d, k), w)| (*d, k.as_str(), w)).collect();
        map(&rows)
    })
}

/// Cards on one to three nodes of the map, any node, with a story of answers each.
fn decks() -> impl Strategy<Value = Vec<(Vec<prop::sample::Index>, bool, Option<i64>, Answers)>> {
    let nodes = prop::collection::vec(any::<prop::sample::Index>(), 1..4);
    let stale = prop::option::weighted(0.2, TODAY - 2..TODAY + 2);
    let answers = prop::collection::vec((grades(), 0_u32..90, any::<bool>()), 0..7);
    prop::collection::vec((nodes, any::<bool>(), stale, answers), 0..30)
}

fn state_after(answers: &Answers) -> CardState {
    let (mut state, mut on) = (CardState::default(), day(0));
    for (grade, gap, study) in answers {
        on = day(i64::from(on.plus(*gap).number()).min(TODAY));
        let mode = if *study { Mode::Study } else { Mode::Mock };
        state = state.after(*grade, mode, on, CardRules::default()).0;
    }
    state
}

fn worlds() -> impl Strategy<Value = (Collection, Vec<Card>, BTreeMap<CardId, CardState>)> {
    (maps(), decks()).prop_map(|(map, deck)| {
        let mut cards = Vec::new();
        let mut states = BTreeMap::new();
        for (number, (nodes, other, stale, answers)) in deck.into_iter().enumerate() {
            let name = format!("card-{number}");
            let keys: Vec<String> =
                nodes.iter().map(|n| format!("node-{}", n.index(map.nodes().len()))).collect();
            let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
            let kind = if other { Kind::TrueFalse } else { Kind::Flashcard };
            cards.push(card(&name, kind, &keys, stale.map(day)));
            if !answers.is_empty() {
                states.insert(id(&name), state_after(&answers));
            }
        }
        (collection(map, cards.clone()), cards, states)
    })
}

fn leaves<'a>(collection: &Collection, report: &'a Coverage, node: &NodeFigures) -> Vec<&'a NodeFigures> {
    collection.map().leaves_below(node.node).filter_map(|leaf| report.node(leaf)).collect()
}

fn assert_between(figure: f64, among: impl Iterator<Item = f64> + Clone) -> Result<(), TestCaseError> {
    let least = among.clone().fold(f64::INFINITY, f64::min);
    let greatest = among.fold(f64::NEG_INFINITY, f64::max);
    prop_assert!(figure >= least - ROUNDING && figure <= greatest + ROUNDING, "{least} {figure} {greatest}");
    Ok(())
}

proptest! {
    #[test]
    fn shares_are_shares_and_bands_hold_their_mean((collection, _, states) in worlds(), ahead in 0_i64..90) {
        for node in coverage(&collection, &states, day(TODAY), day(TODAY + ahead)).nodes {
            for share in [node.written, node.met, node.recall, node.mastered, node.recall_low, node.recall_high] {
                prop_assert!((0.0..=1.0).contains(&share), "{}: {share}", node.key);
            }
            if node.met > 0.0 {
                prop_assert!(node.recall_low <= node.recall && node.recall <= node.recall_high);
            } else {
                prop_assert_eq!((node.recall_low.to_bits(), node.recall_high.to_bits()), (0, 0));
            }
            prop_assert!(node.mastered <= node.met + ROUNDING);
        }
    }

    #[test]
    fn a_branch_lies_between_its_leaves((collection, _, states) in worlds(), ahead in 0_i64..90) {
        let report = coverage(&collection, &states, day(TODAY), day(TODAY + ahead));
        for node in &report.nodes {
            let leaves = leaves(&collection, &report, node);
            prop_assert_eq!(node.leaves, leaves.len());
            assert_between(node.recall, leaves.iter().map(|leaf| leaf.recall))?;
            assert_between(node.met, leaves.iter().map(|leaf| leaf.met))?;
            assert_between(node.mastered, leaves.iter().map(|leaf| leaf.mastered))?;
            assert_between(node.written, leaves.iter().map(|leaf| leaf.written))?;
        }
    }

    #[test]
    fn a_branch_is_the_weighted_mean_of_its_leaves((collection, _, states) in worlds()) {
        let report = coverage(&collection, &states, day(TODAY), day(TODAY + 30));
        let weight = |leaf: &NodeFigures| collection.map().node(leaf.node).importance.weight();
        for node in report.nodes.iter().filter(|node| node.state.is_none()) {
            let leaves = leaves(&collection, &report, node);
            let total: f64 = leaves.iter().map(|leaf| weight(leaf)).sum();
            let recall: f64 = leaves.iter().map(|leaf| weight(leaf) * leaf.recall).sum();
            prop_assert!((node.recall - recall / total).abs() < ROUNDING);
            let weakest = leaves.iter().min_by(|a, b| {
                a.recall.total_cmp(&b.recall).then(weight(b).total_cmp(&weight(a))).then(a.node.cmp(&b.node))
            });
            prop_assert_eq!(&node.weakest, &weakest.map(|leaf| leaf.key.clone()));
        }
    }

    #[test]
    fn cards_and_due_ones_are_counted_once((collection, _, states) in worlds()) {
        let report = coverage(&collection, &states, day(TODAY), day(TODAY + 30));
        let map = collection.map();
        for node in &report.nodes {
            let on_leaf = |header: &&Header| header.nodes.iter().any(|&n| map.is_leaf(n) && map.is_within(n, node.node));
            let counts = collection.cards().filter(|header| !header.is_stale(day(TODAY)));
            let cards: BTreeSet<&CardId> = counts.filter(on_leaf).map(|header| &header.id).collect();
            let is_due = |id: &&&CardId| states.get(**id).is_some_and(|state| state.schedule.is_due(day(TODAY)));
            prop_assert_eq!(node.cards, cards.len());
            prop_assert_eq!(node.due, cards.iter().filter(is_due).count());
            let sum: usize = leaves(&collection, &report, node).iter().map(|leaf| leaf.cards).sum();
            prop_assert!(node.cards <= sum);
        }
    }

    #[test]
    fn the_order_of_the_cards_in_their_files_does_not_matter((collection, mut cards, states) in worlds()) {
        let report = coverage(&collection, &states, day(TODAY), day(TODAY + 30));
        cards.reverse();
        let other = crate::world::collection(collection.map().clone(), cards);
        prop_assert_eq!(report, coverage(&other, &states, day(TODAY), day(TODAY + 30)));
    }

    #[test]
    fn a_pass_today_lowers_no_nodes_recall((collection, _, mut states) in worlds(), which in any::<prop::sample::Index>()) {
        let before = coverage(&collection, &states, day(TODAY), day(TODAY + 30));
        let ids: Vec<CardId> = collection.cards().map(|header| header.id.clone()).collect();
        if ids.is_empty() {
            return Ok(());
        }
        let state = states.entry(ids[which.index(ids.len())].clone()).or_default();
        *state = state.after(Grade::GOOD, Mode::Study, day(TODAY), CardRules::default()).0;
        let after = coverage(&collection, &states, day(TODAY), day(TODAY + 30));
        for (before, after) in before.nodes.iter().zip(&after.nodes) {
            prop_assert!(after.recall + 1e-6 >= before.recall, "{}", before.key);
        }
    }
}
