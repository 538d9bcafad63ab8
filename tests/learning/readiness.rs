//! What would be known on the day: the laws of its figures.

use std::collections::BTreeMap;

use mindrill::domain::card::Card;
use mindrill::domain::collection::Collection;
use mindrill::domain::grade::Grade;
use mindrill::domain::grading::Paces;
use mindrill::domain::plan::{Course, Plan, Terms};
use mindrill::domain::queue::States;
use mindrill::domain::readiness::{Grounds, NodeReadiness, Readiness, Verdict};
use mindrill::domain::review::Mode;
use mindrill::domain::sm2::Rules;
use mindrill::domain::track::TrackRecord;
use proptest::prelude::*;

use crate::world::{card, cards, collection, day, id, map};
use mindrill::domain::card::Kind;

/// A branch `x` with the leaves `x/a` and `x/b` (a priority), and a leaf `c` beside it.
fn grown(cards: Vec<Card>) -> Collection {
    collection(map(&[(0, ".", 1.0), (1, "x", 1.0), (2, "x/a", 1.0), (2, "x/b", 2.0), (1, "c", 1.0)]), cards)
}

fn ready(collection: &Collection, states: &States, today: i64, on: i64, minutes: Option<u32>) -> Readiness {
    let terms = Terms {
        course: Course { since: day(today), on: day(on) },
        focus: Vec::new(),
        minutes,
        most_new: None,
        paces: Paces::default(),
        rules: Rules::default(),
    };
    let plan = Plan::of(collection, states, &terms, day(today));
    let record = TrackRecord::default();
    let (plan, record, minutes_needed) = (&plan, &record, plan.minutes());
    Readiness::of(&Grounds { collection, states, record, plan, minutes_needed, minutes }, day(today), day(on))
}

fn node<'a>(readiness: &'a Readiness, key: &str) -> &'a NodeReadiness {
    readiness.nodes.iter().find(|node| node.key.0 == key).unwrap()
}

#[test]
fn what_is_not_written_and_what_was_never_met_counts_as_nothing() {
    let mut all = cards("a", 10, "x/a");
    // A stale card, and one that hangs on two leaves.
    all.push(card("old", Kind::Flashcard, &["x/a"], Some(day(-1))));
    all.push(card("both", Kind::TrueFalse, &["x/a", "x/b"], None));
    let readiness = ready(&grown(all), &States::new(), 0, 20, None);
    let counts = |key: &str| (node(&readiness, key).unwritten, node(&readiness, key).unmet);
    assert_eq!([counts("x/a"), counts("x/b"), counts("x"), counts("c")], [(0, 11), (1, 1), (1, 11), (1, 0)]);
    assert_eq!(counts("."), (2, 11));
    assert!(readiness.nodes.iter().all(|node| node.stop == 0.0 && node.stop_band.high == 0.0));
    assert!(node(&readiness, "x/a").plan > 0.9 && node(&readiness, "c").plan == 0.0);
    assert_eq!(node(&readiness, ".").weakest.as_ref().map(|key| key.0.as_str()), Some("x/b"));
    assert_eq!(node(&readiness, "c").weakest, None);
}

#[test]
fn the_verdict_names_what_stands_in_the_way() {
    let full: Vec<Card> =
        ["x/a", "x/b", "c"].iter().flat_map(|key| cards(&key.replace('/', "-"), 12, key)).collect();
    let verdict = |cards: Vec<Card>, states: &States, on: i64, minutes: Option<u32>| {
        node(&ready(&grown(cards), states, 0, on, minutes), ".").verdict()
    };
    let new = States::new();
    let solid = crate::world::state(4_000.0, 0, 3);
    let known: BTreeMap<_, _> = full.iter().map(|card| (card.id.clone(), solid)).collect();
    let part: Vec<Card> = full.iter().filter(|card| card.id.card.starts_with('x')).cloned().collect();
    assert_eq!(verdict(Vec::new(), &new, 20, None), Verdict::NothingWritten);
    assert_eq!(verdict(full.clone(), &known, 20, None), Verdict::Ready);
    assert_eq!(verdict(full.clone(), &new, 20, None), Verdict::ReadyByPlan);
    assert_eq!(verdict(part, &new, 20, None), Verdict::Unwritten);
    assert_eq!(verdict(full.clone(), &new, 3, Some(3)), Verdict::Partly);
    assert_eq!(verdict(full, &new, 3, Some(1)), Verdict::NotReady);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Every share is one, its band holds it, and the plan costs nothing.
    #[test]
    fn readiness_keeps_its_laws(
        sizes in proptest::array::uniform3(0_usize..15),
        days in 0_i64..40,
        minutes in proptest::option::of(1_u32..20),
        answers in proptest::collection::vec((0_usize..15, 0_i64..10, 0_u8..6), 0..60),
    ) {
        let all = ["x/a", "x/b", "c"].iter().zip(sizes).flat_map(|(key, size)| cards(&key.replace('/', "-"), size, key));
        let collection = grown(all.collect());
        let mut states = States::new();
        let mut answers = answers;
        answers.sort_by_key(|answer| answer.1);
        for (number, on, grade) in answers.into_iter().filter(|answer| answer.0 < sizes[0]) {
            let card = id(&format!("x-a-{number}"));
            let state = states.entry(card.clone()).or_default();
            *state = state.after(Grade::new(grade.into()).unwrap(), Mode::Study, day(on), Rules::default().of(&card)).0;
        }
        let readiness = ready(&collection, &states, 10, 10 + days, minutes);
        for node in &readiness.nodes {
            prop_assert!((0.0..=1.0).contains(&node.stop) && (0.0..=1.0).contains(&node.plan));
            prop_assert!(node.stop_band.low <= node.stop + 1e-12 && node.stop <= node.stop_band.high + 1e-12);
            prop_assert!(node.plan_band.low <= node.plan + 1e-12 && node.plan <= node.plan_band.high + 1e-12);
            prop_assert!(node.plan >= node.stop - 0.05, "{node:?}");
            let _ = node.verdict();
        }
        prop_assert!(readiness.minutes_needed.is_finite() && readiness.minutes_a_day.is_finite());
    }
}
