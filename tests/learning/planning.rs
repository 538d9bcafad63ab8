//! What a sitting asks, in which order, under which limits.

use std::collections::BTreeSet;

use mindrill::domain::card::{Card, CardId, Kind};
use mindrill::domain::collection::Collection;
use mindrill::domain::grade::Grade;
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
