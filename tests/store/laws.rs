//! The law of the cache: whatever is done, the states are what the domain's own replay of the log gives.

use std::collections::{BTreeMap, BTreeSet};

use mindrill::domain::card::CardId;
use mindrill::domain::progress::{CardState, replay};
use mindrill::domain::retention::Retention;
use mindrill::domain::review::{Answer, Grade, Mode};
use mindrill::domain::sm2::{Fuzz, Repeat, Rules, Scheduler};
use mindrill::store::Store;
use proptest::prelude::{Just, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest};
use proptest::{collection, sample};

use crate::support::{answer, card, day, entries, face, moment};

#[derive(Debug, Clone)]
pub enum Act {
    Answer { card: usize, grade: i64, mode: Mode, later: i64 },
    Undo,
    Restart { card: usize },
    Relink { from: usize, to: usize },
    Keep { card: usize },
    Retract { row: sample::Index },
}

const CARDS: [&str; 4] = ["a/one", "a/two", "b/one", "ä/ö"];

pub fn act() -> impl Strategy<Value = Act> {
    let mode = sample::select(vec![Mode::Study, Mode::Study, Mode::Study, Mode::Cram, Mode::Mock]);
    // Sometimes the clock runs back.
    let later = prop_oneof![4 => Just(0), 4 => 0_i64..20, 1 => -3_i64..0];
    prop_oneof![
        8 => (0..CARDS.len(), 0_i64..6, mode, later)
            .prop_map(|(card, grade, mode, later)| Act::Answer { card, grade, mode, later }),
        3 => Just(Act::Undo),
        1 => (0..CARDS.len()).prop_map(|card| Act::Restart { card }),
        2 => (0..CARDS.len(), 0..CARDS.len()).prop_map(|(from, to)| Act::Relink { from, to }),
        1 => (0..CARDS.len()).prop_map(|card| Act::Keep { card }),
        1 => any::<sample::Index>().prop_map(|row| Act::Retract { row }),
    ]
}

fn rules() -> impl Strategy<Value = Rules> {
    (any::<(bool, bool)>(), schedulers()).prop_map(|((spread, repeat), scheduler)| Rules {
        fuzz: if spread { Fuzz::Spread } else { Fuzz::Off },
        repeat: if repeat { Repeat::BelowGood } else { Repeat::Fails },
        scheduler,
        ..Rules::default()
    })
}

/// Either scheduler, with any retention.
fn schedulers() -> impl Strategy<Value = Scheduler> {
    prop_oneof![
        Just(Scheduler::Sm2),
        (700_u16..=990).prop_map(|share| Scheduler::Fsrs(Retention::from_thousandths(share).unwrap())),
    ]
}

pub fn perform(store: &mut Store, act: &Act, today: &mut i64) {
    match act {
        Act::Answer { card, grade, mode, later } => {
            *today += later;
            let grade = Grade::new(*grade).unwrap();
            let given = Answer { grade, mode: *mode, ..answer(CARDS[*card], 0, *today) };
            store.record(&given).unwrap();
        }
        Act::Undo => drop(store.undo(moment(*today, 0), day(*today)).unwrap()),
        Act::Restart { card: index } => {
            drop(store.restart(&card(CARDS[*index]), moment(*today, 0), day(*today)).unwrap());
        }
        Act::Relink { from, to } => {
            let (from, to) = (card(CARDS[*from]), card(CARDS[*to]));
            drop(store.relink(&from, &to, moment(*today, 0), day(*today)).unwrap());
        }
        Act::Keep { card: index } => {
            drop(store.keep(&card(CARDS[*index]), &face("x"), moment(*today, 0), day(*today)).unwrap());
        }
        Act::Retract { row } => {
            let log = entries(store);
            if !log.is_empty() {
                drop(store.retract(row.get(&log).id, moment(*today, 0), day(*today)).unwrap());
            }
        }
    }
}

proptest! {
    #[test]
    fn the_cache_is_the_replay_of_the_log(acts in collection::vec(act(), 1..60), rules in rules()) {
        let mut store = Store::in_memory(rules).unwrap();
        let mut today = 0;
        for act in &acts {
            perform(&mut store, act, &mut today);
        }
        let log = entries(&store);
        let expected = replay(&log, rules);
        let states = store.states().unwrap();
        prop_assert_eq!(&states, &expected);
        for id in CARDS.map(card) {
            let state = expected.get(&id).copied().unwrap_or_default();
            prop_assert_eq!(store.state(&id).unwrap(), state);
            prop_assert_eq!(store.history(&id).unwrap().is_empty(), !state.is_met());
        }
        let known: BTreeSet<CardId> = CARDS.into_iter().map(card).collect();
        let health = store.doctor(&known, moment(100_000, 0)).unwrap();
        prop_assert!(health.is_sound() && health.orphans.is_empty(), "{:?}", health);
        prop_assert_eq!(store.rebuild().unwrap().cards, expected.len());
        prop_assert_eq!(store.states().unwrap(), states);
    }

    #[test]
    fn a_relink_carries_the_state_over_and_its_undo_restores_both(
        acts in collection::vec(act(), 1..40), from in 0..CARDS.len(), to in 0..CARDS.len()
    ) {
        let rules = Rules::default();
        let mut store = Store::in_memory(rules).unwrap();
        let mut today = 0;
        for act in &acts {
            perform(&mut store, act, &mut today);
        }
        let (from, to) = (card(CARDS[from]), card(CARDS[to]));
        let before = store.states().unwrap();
        let histories = [&from, &to].map(|id| store.history(id).unwrap());
        let Some(relinked) = store.relink(&from, &to, moment(today, 0), day(today)).unwrap() else {
            prop_assert!(from == to || !before.contains_key(&from));
            return Ok(());
        };
        let after = store.states().unwrap();
        prop_assert_eq!(relinked.moved, histories[0].len());
        prop_assert_eq!(after.get(&from), None);
        if !before.contains_key(&to) {
            prop_assert_eq!(after.get(&to), before.get(&from), "carried over exactly");
        }
        let others = |states: &BTreeMap<CardId, CardState>| {
            let mut states = states.clone();
            states.retain(|id, _| *id != from && *id != to);
            states
        };
        prop_assert_eq!(others(&after), others(&before), "no other card changes");
        let taken = store.undo(moment(today, 1), day(today)).unwrap().unwrap();
        prop_assert_eq!(taken.row, relinked.entry);
        prop_assert_eq!(store.states().unwrap(), before);
        prop_assert_eq!([&from, &to].map(|id| store.history(id).unwrap()), histories);
        prop_assert!(store.doctor(&BTreeSet::new(), moment(100_000, 0)).unwrap().is_sound());
    }
}
