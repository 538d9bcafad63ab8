//! Mastery by example: figures worked out by hand from the formulas, states by their rules.
//!
//! R(t) = (1 + 0.9803465 t ÷ S)^−0.1542, so R(S) = 0.9 and R(2 S) = 0.845885. A recall is an f32
//! (6e-8), hence the tolerance.

use std::collections::BTreeMap;

use mindrill::domain::card::{Card, CardId, Kind};
use mindrill::domain::mastery::{LeafState, NodeFigures, Outlook, Stage, coverage};
use mindrill::domain::progress::CardState;
use mindrill::domain::review::{Grade, Mode};
use mindrill::domain::skill_map::{NodeIndex, NodeKey};
use mindrill::domain::sm2::CardRules;

use crate::world::{card, cards, collection, day, id, map, state, states};

const TOLERANCE: f64 = 1e-6;

fn assert_shares(node: &NodeFigures, expected: [f64; 6]) {
    let shares = [node.written, node.met, node.recall, node.recall_low, node.recall_high, node.mastered];
    for (place, (figure, expected)) in shares.iter().zip(expected).enumerate() {
        assert!(
            (figure - expected).abs() < TOLERANCE,
            "{}, share {place}: {figure} for {expected}",
            node.key
        );
    }
}

fn small_map() -> mindrill::domain::skill_map::SkillMap {
    map(&[(0, ".", 1.0), (1, "area", 1.0), (2, "area/alpha", 2.0), (2, "area/beta", 0.5)])
}

/// Leaf alpha (priority): 8 cards of 2 kinds. Leaf beta (optional): one of its own and alpha's first.
fn small_deck() -> Vec<Card> {
    let mut deck = cards("a", 8, "area/alpha");
    deck[0] = card("a-0", Kind::Flashcard, &["area/alpha", "area/beta"], None);
    deck.push(card("b-0", Kind::Flashcard, &["area/beta"], None));
    deck
}

/// On day 100, about day 130. Six of alpha answered on day 70 with S = 60, passed on two days: R = 0.9,
/// mastered. One with S = 30: R = R(2 S) = 0.845885, learning. One never met: R = 0.
/// Beta's own: R = 0.9, passed on one day only. One card of each leaf was due on day 95, one is due today.
fn small_states() -> BTreeMap<CardId, CardState> {
    let mut known = states("a", 6, state(60.0, 70, 2));
    known.insert(id("a-6"), state(30.0, 70, 3));
    known.insert(id("b-0"), state(60.0, 70, 1));
    for (name, on) in [("a-0", 94), ("b-0", 99)] {
        let scheduled = CardState::default().after(Grade::GOOD, Mode::Study, day(on), CardRules::default()).0;
        known.get_mut(&id(name)).unwrap().schedule = scheduled.schedule;
    }
    known
}

#[test]
fn a_small_map_has_the_figures_worked_out_by_hand() {
    let (collection, known) = (collection(small_map(), small_deck()), small_states());
    let report = coverage(&collection, &known, day(100), day(130));
    let keys: Vec<_> = report.nodes.iter().map(|node| (node.key.0.as_str(), node.depth)).collect();
    assert_eq!(keys, [(".", 0), ("area", 1), ("area/alpha", 2), ("area/beta", 2)]);
    let [root, area, alpha, beta] = report.nodes.as_slice() else { panic!("four nodes") };

    // recall (6 × 0.9 + 0.845885 + 0) ÷ 8 = 0.780736; variance (6 × 0.09 + 0.130364) ÷ 64 = 0.0104744;
    // band 1.28 × √(0.0104744 + 0.0025) = 0.145799.
    assert_shares(alpha, [1.0, 0.875, 0.780_735_6, 0.634_936_7, 0.926_534_5, 0.75]);
    assert_eq!((alpha.leaves, alpha.cards, alpha.due), (1, 8, 1));
    assert_eq!((alpha.state, &alpha.weakest), (Some(LeafState::Learning), &None));

    // Two cards are thin: not written. Recall 0.9, variance 2 × 0.09 ÷ 4 = 0.045;
    // band 1.28 × √0.0475 = 0.278970, cut at 1.
    assert_shares(beta, [0.0, 1.0, 0.9, 0.621_030_5, 1.0, 0.5]);
    assert_eq!((beta.leaves, beta.cards, beta.due), (1, 2, 2));
    assert_eq!((beta.state, &beta.weakest), (Some(LeafState::Thin), &None));

    // Weights 2 and ½: written 2 ÷ 2.5; met (2 × 0.875 + 0.5) ÷ 2.5; recall (2 × 0.780736 + 0.45) ÷ 2.5;
    // variance (4 × 0.0104744 + 0.25 × 0.045) ÷ 6.25 = 0.00850364; band 1.28 × √0.01100364 = 0.134270;
    // mastered (2 × 0.75 + 0.5 × 0.5) ÷ 2.5. Alpha's first card counts once.
    for branch in [root, area] {
        assert_shares(branch, [0.8, 0.9, 0.804_588_5, 0.670_318_7, 0.938_858_2, 0.7]);
        assert_eq!((branch.leaves, branch.cards, branch.due, branch.state), (2, 9, 2, None));
        assert_eq!(branch.weakest, Some(NodeKey("area/alpha".to_owned())));
    }
    assert_eq!((&root.parent, &beta.parent), (&None, &Some(NodeKey("area".to_owned()))));
}

/// The state of the leaf alpha with these cards and states on day 100, about day 130.
fn state_of(cards: Vec<Card>, known: &BTreeMap<CardId, CardState>) -> Option<LeafState> {
    coverage(&collection(small_map(), cards), known, day(100), day(130)).nodes[2].state
}

#[test]
fn a_leafs_state_is_the_first_that_fits() {
    let eight = || cards("a", 8, "area/alpha");
    let flash = |name: &str| card(name, Kind::Flashcard, &["area/alpha"], None);
    let one_kind: Vec<Card> = (0..8).map(|number| flash(&format!("a-{number}"))).collect();
    // S = 1000, answered today: R(30) = 0.9955.
    let known = states("a", 8, state(1_000.0, 100, 2));
    let but = |name: &str, other: CardState| {
        let mut known = known.clone();
        known.insert(id(name), other);
        known
    };
    let two_short = {
        let mut known = but("a-0", state(1_000.0, 100, 1));
        known.insert(id("a-1"), state(1_000.0, 100, 1));
        known
    };
    let table = [
        ("no card", Vec::new(), known.clone(), LeafState::None),
        ("seven cards", cards("a", 7, "area/alpha"), known.clone(), LeafState::Thin),
        ("eight of one kind", one_kind, known.clone(), LeafState::Thin),
        ("none met", eight(), BTreeMap::new(), LeafState::New),
        ("all known and mastered", eight(), known.clone(), LeafState::Solid),
        ("seven of eight mastered", eight(), but("a-0", state(1_000.0, 100, 1)), LeafState::Solid),
        // 7 × 0.9955 ÷ 8 = 0.871; band 1.28 × √(7 × 0.0045 ÷ 64 + 0.0025) = 0.070: low 0.80.
        ("one never met, seven known", eight(), but("a-0", CardState::default()), LeafState::Solid),
        ("six of eight mastered are 75 %", eight(), two_short, LeafState::Learning),
        ("known ten days, not thirty", eight(), states("a", 8, state(10.0, 100, 2)), LeafState::Learning),
    ];
    for (name, cards, known, expected) in table {
        assert_eq!(state_of(cards, &known), Some(expected), "{name}");
    }
}

#[test]
fn a_leaf_fades_from_solid_by_time_alone() {
    let eight = || cards("a", 8, "area/alpha");
    // S = 35, horizon 30 days ahead. On the day of the answers R(30) = 0.910237: mean − band
    // 0.910237 − 1.28 × √(0.0817 ÷ 8 + 0.0025) = 0.766: solid. 40 days later R(70) = R(2 S) = 0.845885.
    assert_eq!(state_of(eight(), &states("a", 8, state(35.0, 100, 2))), Some(LeafState::Solid));
    assert_eq!(state_of(eight(), &states("a", 8, state(35.0, 60, 2))), Some(LeafState::Fading));
    assert_eq!(state_of(eight(), &states("a", 8, state(35.0, 60, 1))), Some(LeafState::Learning));
    // A new answer that leaves the leaf unsolid on its own day makes it learning, not fading.
    let mut failed = states("a", 8, state(35.0, 60, 2));
    failed.insert(id("a-0"), state(0.2, 99, 0));
    assert_eq!(state_of(eight(), &failed), Some(LeafState::Learning));
}

#[test]
fn a_stale_card_counts_nowhere() {
    let mut deck = small_deck();
    deck[0].review_by = Some(day(99));
    deck[1].review_by = Some(day(100));
    let (collection, known) = (collection(small_map(), deck), small_states());
    let report = coverage(&collection, &known, day(100), day(130));
    let counts: Vec<_> = report.nodes.iter().map(|node| (node.cards, node.due)).collect();
    assert_eq!(counts, [(8, 1), (8, 1), (7, 0), (1, 1)]);
    assert_eq!(report.nodes[2].state, Some(LeafState::Thin));
}

#[test]
fn a_card_on_a_branch_counts_in_no_leaf() {
    let mut deck = small_deck();
    deck.push(card("inner", Kind::Flashcard, &["area"], None));
    let report = coverage(&collection(small_map(), deck), &small_states(), day(100), day(130));
    assert_eq!(report.nodes[1].cards, 9);
}

#[test]
fn an_empty_branch_claims_nothing() {
    let report = coverage(&collection(small_map(), Vec::new()), &BTreeMap::new(), day(100), day(130));
    for node in &report.nodes {
        assert_shares(node, [0.0; 6]);
    }
    // Both leaves at 0: the more important one is told.
    assert_eq!(report.nodes[0].weakest, Some(NodeKey("area/alpha".to_owned())));
}

#[test]
fn a_horizon_in_the_past_is_taken_as_today() {
    let (collection, known) = (collection(small_map(), small_deck()), small_states());
    let past = coverage(&collection, &known, day(100), day(20));
    assert_eq!(past, coverage(&collection, &known, day(100), day(100)));
}

#[test]
fn a_leafs_reasons_name_what_pulls_it_down() {
    let (collection, known) = (collection(small_map(), small_deck()), small_states());
    let outlook = Outlook::new(&collection, &known, day(100), day(130));
    let reasons = outlook.leaf(NodeIndex(2)).unwrap();
    let first: Vec<_> =
        reasons.cards.iter().take(3).map(|card| (card.card.card.as_str(), card.stage)).collect();
    assert_eq!(first, [("a-7", Stage::New), ("a-6", Stage::Learning), ("a-0", Stage::Mastered)]);
    // S = 30 falls under .85 after 57.2 days: on day 128, so 30 days ahead from day 98 on.
    let weak = &reasons.cards[1];
    assert_eq!((weak.under_on, weak.falls_on), (Some(day(128)), Some(day(98))));
    // S = 60, 30 days after the answer: (1 + 0.490173)^−0.1542 = 0.940344.
    assert!((reasons.cards[2].recall_today - 0.940_344).abs() < TOLERANCE);
    assert_eq!((reasons.kinds, reasons.newest, reasons.was_solid), (2, Some(day(70)), false));
    assert_eq!((reasons.state, reasons.falls_on), (LeafState::Learning, None));
    assert_eq!(outlook.leaf(NodeIndex(1)), None);
    assert_eq!(outlook.card(&id("b-0")).map(|card| card.pass_days), Some(1));
    assert_eq!(outlook.card(&id("nobody")), None);
}

#[test]
fn a_solid_leaf_knows_the_day_it_falls() {
    // Eight cards with S = 35, answered today. Recall 0.85 would stand till 66.7 days after the answer, but the
    // band's low end, R − 1.28 × √(R (1 − R) ÷ 8 + 0.0025), is under 0.75 as soon as R < 0.90006, which is
    // (0.90006^(−1 ÷ 0.1542) − 1) × 35 ÷ 0.9803465 = 34.97 days after it: on day 135, seen 30 days ahead on 105.
    let known = states("a", 8, state(35.0, 100, 2));
    let collection = collection(small_map(), cards("a", 8, "area/alpha"));
    let reasons = Outlook::new(&collection, &known, day(100), day(130)).leaf(NodeIndex(2)).unwrap();
    let falls = reasons.falls_on.unwrap();
    assert_eq!((reasons.state, falls), (LeafState::Solid, day(105)));
    let later = |today| coverage(&collection, &known, day(today), day(today + 30)).nodes[2].state;
    assert_eq!((later(104), later(105)), (Some(LeafState::Solid), Some(LeafState::Fading)));
}

#[test]
fn what_faded_is_what_time_took_and_no_more() {
    let map = map(&[(0, ".", 1.0), (1, "a", 1.0), (1, "b", 1.0)]);
    let world = collection(map, [cards("a", 9, "a"), cards("b", 9, "b")].concat());
    // Nine cards fall under .85 after 190.64 days, thirty days ahead after 161.
    let mut known = states("a", 9, state(100.0, 0, 2));
    let faded = |known: &_, since, today| {
        Outlook::new(&world, known, day(today), day(today + 30)).faded_since(day(since))
    };
    let [leaf] = faded(&known, 0, 200).try_into().unwrap();
    assert_eq!((leaf.node, leaf.fell, leaf.last_seen), (NodeIndex(1), 9, day(0)));
    assert!(leaf.before > 0.9 && leaf.now < 0.85);
    let coverage =
        |today| Outlook::new(&world, &known, day(today), day(today + 30)).coverage().nodes[1].recall;
    assert!((leaf.before - coverage(0)).abs() < 1e-12 && (leaf.now - coverage(200)).abs() < 1e-12);
    // One day later there is nothing to tell; and a card failed today is no fading.
    assert_eq!(faded(&known, 199, 200), []);
    known.insert(id("a-0"), state(0.1, 200, 0));
    let [leaf] = faded(&known, 0, 200).try_into().unwrap();
    assert_eq!(leaf.fell, 8);
    let known = states("a", 9, state(0.1, 200, 0));
    assert_eq!(faded(&known, 0, 200), []);
}
