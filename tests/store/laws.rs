//! The law of the cache: whatever is done, the states are what the domain's own replay of the log gives.

use std::collections::BTreeSet;

use mindrill::domain::card::CardId;
use mindrill::domain::progress::replay;
use mindrill::domain::review::{Answer, Grade, Mode};
use mindrill::domain::sm2::{Fuzz, Repeat, Rules};
use mindrill::store::Store;
use proptest::prelude::{Just, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest};
use proptest::{collection, sample};

use crate::support::{answer, card, day, entries, moment};

#[derive(Debug, Clone)]
enum Act {
    Answer { card: usize, grade: i64, mode: Mode, later: i64 },
    Undo,
    Restart { card: usize },
}

const CARDS: [&str; 4] = ["a/one", "a/two", "b/one", "ä/ö"];

fn act() -> impl Strategy<Value = Act> {
    let mode = sample::select(vec![Mode::Study, Mode::Study, Mode::Study, Mode::Cram, Mode::Mock]);
    // Sometimes the clock runs back.
    let later = prop_oneof![4 => Just(0), 4 => 0_i64..20, 1 => -3_i64..0];
    prop_oneof![
        8 => (0..CARDS.len(), 0_i64..6, mode, later)
            .prop_map(|(card, grade, mode, later)| Act::Answer { card, grade, mode, later }),
        3 => Just(Act::Undo),
        1 => (0..CARDS.len()).prop_map(|card| Act::Restart { card }),
    ]
}

fn rules() -> impl Strategy<Value = Rules> {
    any::<(bool, bool)>().prop_map(|(spread, repeat)| Rules {
        fuzz: if spread { Fuzz::Spread } else { Fuzz::Off },
        repeat: if repeat { Repeat::BelowGood } else { Repeat::Fails },
    })
}

fn perform(store: &mut Store, act: &Act, today: &mut i64) {
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
}
