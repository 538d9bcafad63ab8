//! What a sitting asks, in which order, under which limits; what a plan for an interview makes of the days.

use std::collections::BTreeSet;

use mindrill::domain::card::{Card, CardId, Kind};
use mindrill::domain::collection::Collection;
use mindrill::domain::grade::Grade;
use mindrill::domain::grading::Paces;
use mindrill::domain::plan::{Course, Plan, Terms};
use mindrill::domain::progress::CardState;
use mindrill::domain::queue::{self, Limits, Scope, States};
use mindrill::domain::review::Mode;
use mindrill::domain::sm2::Rules;
use proptest::prelude::*;

use crate::world::{card, cards, collection, day, id, map};

const ALL: Limits = Limits { new: usize::MAX, cards: None };

/// A branch with three leaves, the second a priority, the third optional.
fn three_leaves(cards: Vec<Card>) -> Collection {
    collection(map(&[(0, ".", 1.0), (1, "a", 1.0), (1, "b", 2.0), (1, "c", 0.5)]), cards)
}

/// A card answered on days with grades.
fn answered(name: &str, answers: &[(i64, u8)]) -> (CardId, CardState) {
    let rules = Rules::default().of(&id(name));
    let fold = |state: CardState, &(on, grade): &(i64, u8)| {
        state.after(Grade::new(grade.into()).unwrap(), Mode::Study, day(on), rules).0
    };
    (id(name), answers.iter().fold(CardState::default(), fold))
}

fn names(cards: &[CardId]) -> Vec<&str> {
    cards.iter().map(|card| card.card.as_str()).collect()
}

#[test]
fn new_cards_are_begun_leaf_by_leaf_the_important_ones_first() {
    let mut all = cards("a", 2, "a");
    all.extend(cards("b", 2, "b"));
    all.extend(cards("c", 2, "c"));
    let collection = three_leaves(all);
    let plan = queue::plan(&collection, &States::new(), &Scope::default(), day(0), ALL);
    assert_eq!(names(&plan), ["b-0", "a-0", "c-0", "b-1", "a-1", "c-1"]);
    let few = Limits { new: 2, cards: None };
    assert_eq!(
        names(&queue::plan(&collection, &States::new(), &Scope::default(), day(0), few)),
        ["b-0", "a-0"]
    );
}

#[test]
fn due_cards_come_by_lowest_recall_with_a_new_one_after_every_three() {
    let collection = three_leaves(
        cards("a", 4, "a").into_iter().chain(cards("b", 1, "b")).chain(cards("c", 2, "c")).collect(),
    );
    // Interval 1 after one pass: all four are due on day 9; the longer ago, the lower the recall.
    let states = States::from([
        answered("a-0", &[(7, 4)]),
        answered("a-1", &[(5, 4)]),
        answered("c-0", &[(6, 4)]),
        answered("b-0", &[(4, 4)]),
    ]);
    let agenda = queue::agenda(&collection, &states, &Scope::default(), day(9));
    assert_eq!(names(&agenda.due), ["b-0", "a-1", "c-0", "a-0"]);
    assert_eq!((agenda.overdue, agenda.new.len()), (4, 3));
    let plan = queue::plan(&collection, &states, &Scope::default(), day(9), Limits { new: 1, cards: None });
    assert_eq!(names(&plan), ["b-0", "a-1", "c-0", "a-2", "a-0"][..]);
    let short =
        queue::plan(&collection, &states, &Scope::default(), day(9), Limits { new: 1, cards: Some(2) });
    assert_eq!(names(&short), ["b-0", "a-1"]);
}

#[test]
fn a_card_failed_today_waits_for_its_pass_but_is_not_due() {
    let collection = three_leaves(cards("a", 2, "a"));
    let states = States::from([answered("a-0", &[(3, 1)]), answered("a-1", &[(3, 1), (3, 4)])]);
    let agenda = queue::agenda(&collection, &states, &Scope::default(), day(3));
    assert_eq!((names(&agenda.again), agenda.due.len()), (vec!["a-0"], 0));
    assert_eq!(names(&queue::plan(&collection, &states, &Scope::default(), day(3), ALL)), ["a-0"]);
    assert_eq!(queue::agenda(&collection, &states, &Scope::default(), day(4)).due.len(), 2);
}

#[test]
fn a_day_shows_one_of_two_siblings() {
    let reversed = Card { reverse_of: Some("a-0".to_owned()), ..card("a-9", Kind::Flashcard, &["a"], None) };
    let mut all = cards("a", 2, "a");
    all.push(reversed);
    let collection = three_leaves(all);
    let plan = queue::plan(&collection, &States::new(), &Scope::default(), day(0), ALL);
    assert_eq!(names(&plan), ["a-0", "a-1"]);
    let states = States::from([answered("a-0", &[(0, 4)])]);
    assert_eq!(names(&queue::plan(&collection, &states, &Scope::default(), day(0), ALL)), ["a-1"]);
    let tomorrow = queue::plan(&collection, &states, &Scope::default(), day(1), ALL);
    assert_eq!(names(&tomorrow), ["a-0", "a-1"]);
}

#[test]
fn a_scope_holds_nodes_and_kinds() {
    let collection = three_leaves(cards("a", 3, "a").into_iter().chain(cards("b", 3, "b")).collect());
    let node = collection.map().find("b").unwrap();
    let scope = Scope { nodes: vec![node], kind: Some(Kind::TrueFalse) };
    assert_eq!(names(&queue::plan(&collection, &States::new(), &scope, day(0), ALL)), ["b-2"]);
}

#[test]
fn cramming_asks_everything_the_forgotten_first() {
    let collection = three_leaves(cards("a", 3, "a"));
    let states = States::from([answered("a-0", &[(0, 5)]), answered("a-1", &[(0, 3)])]);
    let plan = queue::cram(&collection, &states, &Scope::default(), day(0).plus(2), ALL, 1);
    assert_eq!(names(&plan), ["a-2", "a-1", "a-0"]);
}

proptest! {
    /// A plan asks each card once, keeps its limits, and puts two cards of a leaf in a row only at its end.
    #[test]
    fn a_plan_is_a_set_within_its_limits(sizes in proptest::array::uniform3(0_usize..12), new in 0_usize..20, most in 0_usize..30) {
        let mut all = Vec::new();
        for (leaf, size) in ["a", "b", "c"].into_iter().zip(sizes) {
            all.extend(cards(leaf, size, leaf));
        }
        let collection = three_leaves(all);
        let limits = Limits { new, cards: Some(most) };
        let plan = queue::plan(&collection, &States::new(), &Scope::default(), day(0), limits);
        let distinct: BTreeSet<_> = plan.iter().collect();
        prop_assert_eq!(distinct.len(), plan.len());
        prop_assert_eq!(plan.len(), new.min(most).min(sizes.iter().sum()));
        let leaf = |card: &CardId| card.card.chars().next();
        let pair = plan.windows(2).position(|pair| leaf(&pair[0]) == leaf(&pair[1]));
        if let Some(start) = pair {
            prop_assert!(plan[start..].windows(2).all(|pair| leaf(&pair[0]) == leaf(&pair[1])));
        }
    }
}

/// Terms for a plan from day 0 to `days`, at 14 s a card.
fn terms(days: i64, minutes: Option<u32>) -> Terms {
    Terms {
        course: Course { since: day(0), on: day(days) },
        focus: Vec::new(),
        minutes,
        most_new: None,
        paces: Paces::default(),
        rules: Rules::default(),
    }
}

fn sum(plan: &Plan, part: fn(&mindrill::domain::plan::PlannedDay) -> usize) -> usize {
    plan.days.iter().map(part).sum()
}

/// `sizes` cards on the three leaves.
fn sized(sizes: [usize; 3]) -> Collection {
    let all = ["a", "b", "c"].into_iter().zip(sizes).flat_map(|(leaf, size)| cards(leaf, size, leaf));
    three_leaves(all.collect())
}

#[test]
fn a_plan_begins_every_card_in_six_tenths_of_the_time_and_sweeps_at_the_end() {
    let plan = Plan::of(&sized([100, 100, 100]), &States::new(), &terms(30, Some(30)), day(0));
    assert_eq!((plan.days.len(), plan.new_first, plan.left_out.len()), (30, false, 0));
    assert_eq!(plan.days[0].new, 17, "300 over 18 days");
    assert_eq!(sum(&plan, |day| day.new), 300);
    assert!(plan.days[18..].iter().all(|day| day.new == 0));
    let sweep = plan.days.iter().position(|day| day.sweep > 0).unwrap();
    assert!(sweep >= 26, "the last four days at thirty minutes: {sweep}");
    let swept = plan.states.values().all(|state| state.memory.unwrap().last >= plan.sweep_from);
    assert!(swept, "every card is answered in the days of the sweep");
}

#[test]
fn where_minutes_do_not_suffice_whole_leaves_are_left_out_the_least_important_first() {
    let plan = Plan::of(&sized([60, 60, 60]), &States::new(), &terms(10, Some(3)), day(0));
    assert!(plan.new_first);
    let left: Vec<&str> = ["a", "b", "c"]
        .into_iter()
        .filter(|key| plan.left_out.iter().any(|left| left.node == sized([1, 1, 1]).map().find(key).unwrap()))
        .collect();
    assert_eq!(left, ["a", "c"], "the priority b is begun whole, before a, and that before the optional c");
    let cards = |place: usize| plan.left_out[place].cards;
    assert!(cards(1) == 60 && cards(0) < 60, "{:?}", plan.left_out);
}

#[test]
fn who_falls_behind_gets_another_plan() {
    let (collection, terms) = (sized([100, 100, 100]), terms(30, None));
    let (ahead, behind) = (
        Plan::of(&collection, &States::new(), &terms, day(0)),
        Plan::of(&collection, &States::new(), &terms, day(10)),
    );
    assert_eq!(
        (ahead.days[0].new, behind.days[0].new),
        (17, 38),
        "300 over the eight days that are left of 18"
    );
    assert_eq!(sum(&behind, |day| day.new), 300);
}

#[test]
fn a_focus_keeps_new_cards_and_sweep_but_not_what_is_due() {
    let collection = sized([10, 10, 10]);
    let states = States::from([answered("a-0", &[(0, 4)]), answered("b-0", &[(0, 4)])]);
    let focus = vec![collection.map().find("b").unwrap()];
    let plan = Plan::of(&collection, &states, &Terms { focus, ..terms(10, None) }, day(1));
    assert_eq!((plan.cards, sum(&plan, |day| day.new)), (10, 9));
    assert_eq!(plan.days[0].reviews, 2, "what is due is due");
    let begun = plan.states.keys().filter(|id| id.card.starts_with(['a', 'c'])).count();
    assert_eq!(begun, 1);
}

#[test]
fn what_was_begun_today_counts_for_today() {
    let collection = sized([10, 10, 10]);
    let begun: States = (0..3).map(|number| answered(&format!("a-{number}"), &[(0, 4)])).collect();
    let plan = Plan::of(&collection, &begun, &terms(20, None), day(0));
    assert_eq!(plan.days[0].new, 0, "30 over 12 days are 3 a day, and 3 were begun");
    assert_eq!(plan.days[1].new, 3);
}

#[test]
fn the_sitting_follows_the_plan() {
    let collection = sized([6, 6, 0]);
    let old: States = (0..6).map(|number| answered(&format!("a-{number}"), &[(0, 4), (1, 4)])).collect();
    // Two days before the interview: a card due on day 7 is swept early, new ones are begun.
    let terms = Terms { course: Course { since: day(0), on: day(6) }, ..terms(6, None) };
    let plan = Plan::of(&collection, &old, &terms, day(4));
    let today = plan.today().unwrap();
    assert_eq!((today.new, today.reviews, today.sweep), (6, 0, 3));
    let queue = plan.programme().queue(&collection, &old, &Scope::default(), day(4));
    assert_eq!(queue.len(), 9);
    // What is answered in the sweep is not asked again by it.
    let mut after = old.clone();
    for id in queue.iter().filter(|id| id.card.starts_with('a')) {
        let state = after.get_mut(id).unwrap();
        *state = state.after(Grade::GOOD, Mode::Study, day(4), Rules::default().of(id)).0;
    }
    let rest = Plan::of(&collection, &after, &terms, day(5)).sweep;
    assert_eq!(rest.len(), 3);
    assert!(rest.iter().all(|id| !queue.contains(id)));
}

#[test]
fn a_plan_for_today_or_for_no_card_is_empty() {
    let plan = Plan::of(&sized([3, 0, 0]), &States::new(), &terms(0, Some(1)), day(0));
    assert!(plan.days.is_empty() && plan.today().is_none() && plan.sweep.is_empty());
    let plan = Plan::of(&sized([0, 0, 0]), &States::new(), &terms(9, Some(1)), day(0));
    assert_eq!((plan.days.len(), plan.cards), (9, 0));
    assert!(plan.minutes() == 0.0 && plan.left_out.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// No card is lost, no day is longer than its limit, and what is known can only grow.
    #[test]
    fn a_plan_keeps_its_laws(
        sizes in proptest::array::uniform3(0_usize..40),
        days in 0_i64..40,
        start in 0_i64..10,
        minutes in proptest::option::of(1_u32..30),
        answers in proptest::collection::vec((0_usize..40, 0_i64..10, 0_u8..6), 0..60),
    ) {
        let collection = sized(sizes);
        let mut states = States::new();
        let mut answers = answers;
        answers.sort_by_key(|answer| answer.1);
        for (number, on, grade) in answers.into_iter().filter(|answer| answer.0 < sizes[0] && answer.1 <= start) {
            let card = id(&format!("a-{number}"));
            let state: &mut CardState = states.entry(card.clone()).or_default();
            *state = state.after(Grade::new(grade.into()).unwrap(), Mode::Study, day(on), Rules::default().of(&card)).0;
        }
        let on = day(start + days);
        let terms = Terms { course: Course { since: day(0), on }, ..terms(0, minutes) };
        let plan = Plan::of(&collection, &states, &terms, day(start));
        let unseen = sizes.iter().sum::<usize>() - states.len();
        let left: usize = plan.left_out.iter().map(|left| left.cards).sum();
        prop_assert_eq!(sum(&plan, |day| day.new) + left, unseen);
        prop_assert!(minutes.is_some() || days == 0 || left == 0);
        for planned in &plan.days {
            prop_assert!(minutes.is_none_or(|most| planned.minutes <= f64::from(most) + 1e-9));
        }
        prop_assert_eq!(plan.days.len(), usize::try_from(days).unwrap());
        let recall = |states: &States| {
            let known = states.values().filter_map(|state| state.memory);
            known.map(|memory| memory.recall(on)).sum::<f64>()
        };
        prop_assert!(recall(&plan.states) >= recall(&states) - 0.5);
        if minutes.is_none() && days > 1 {
            let swept = |state: &CardState| state.memory.is_some_and(|memory| memory.last >= plan.sweep_from);
            prop_assert!(plan.states.values().all(swept));
        }
    }
}
