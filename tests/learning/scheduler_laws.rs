//! Laws of the choice of scheduler: two folds of one log, neither of which costs the other anything.

use std::collections::BTreeMap;

use mindrill::domain::day::StudyDay;
use mindrill::domain::memory::{Memory, Model};
use mindrill::domain::progress::{CardState, replay};
use mindrill::domain::retention::Retention;
use mindrill::domain::review::{Grade, Mode, ReviewKind};
use mindrill::domain::sm2::{CardRules, Fuzz, LONGEST_INTERVAL, Progress, Rules, Scheduler};
use proptest::prelude::{Strategy, any, proptest};
use proptest::{collection, prop_assert, prop_assert_eq};
use serde_json::Value;

use crate::log_laws::{log_of, steps};
use crate::schedule_laws::grades;

fn retentions() -> impl Strategy<Value = Retention> {
    (700_u16..=990).prop_filter_map("a retention", Retention::from_thousandths)
}

fn fsrs(retention: Retention) -> Rules {
    Rules { scheduler: Scheduler::Fsrs(retention), ..Rules::default() }
}

fn card_rules(rules: Rules) -> CardRules {
    rules.of(&"deck/card".parse().unwrap())
}

fn after(answers: &[(i64, Grade)], rules: CardRules) -> CardState {
    answers.iter().fold(CardState::default(), |state, &(on, grade)| {
        state.after(grade, Mode::Study, StudyDay::from_number(on), rules).0
    })
}

proptest! {
    #[test]
    fn switching_there_and_back_gives_the_same_states(story in steps(), retention in retentions()) {
        let log = log_of(&story);
        let before = replay(&log, Rules::default());
        let there = replay(&log, fsrs(retention));
        prop_assert_eq!(replay(&log, Rules::default()), before.clone());
        prop_assert_eq!(there.keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>());
        for (card, state) in &there {
            prop_assert_eq!(state.memory, before[card].memory, "the memory is the same under both");
            prop_assert_eq!(state.first, before[card].first);
        }
    }

    #[test]
    fn under_fsrs_a_schedule_stays_in_its_bounds(
        answers in collection::vec((grades(), proptest::prop_oneof![-9_i64..60, 0_i64..50_000]), 1..30),
        retention in retentions(),
        spread in any::<bool>(),
    ) {
        let fuzz = if spread { Fuzz::Spread } else { Fuzz::Off };
        let rules = card_rules(Rules { fuzz, ..fsrs(retention) });
        let (mut state, mut number) = (CardState::default(), 0);
        for (grade, gap) in answers {
            number += gap;
            let day = StudyDay::from_number(number);
            let before = state;
            let (next, kind) = state.after(grade, Mode::Study, day, rules);
            state = next;
            let schedule = *state.schedule.schedule().unwrap();
            prop_assert!(schedule.due > schedule.last || schedule.last == StudyDay::LAST);
            prop_assert!((1..=LONGEST_INTERVAL).contains(&schedule.interval));
            let counted = matches!(kind, ReviewKind::Scheduled | ReviewKind::Early);
            if counted && grade.is_pass() {
                let days = state.memory.unwrap().days_to(retention).clamp(1, LONGEST_INTERVAL);
                prop_assert_eq!(schedule.interval, days);
            } else if counted {
                prop_assert_eq!(schedule.due, day.plus(1), "a failed card is due tomorrow");
            } else {
                let before = before.schedule.schedule().unwrap();
                prop_assert_eq!((before.due, before.interval), (schedule.due, schedule.interval));
            }
        }
    }

    #[test]
    fn cram_and_mock_move_no_schedule_under_either(grade in grades(), later in 0_i64..400, retention in retentions()) {
        for rules in [Rules::default(), fsrs(retention)].map(card_rules) {
            let state = after(&[(0, Grade::GOOD), (1, Grade::GOOD)], rules);
            for mode in [Mode::Cram, Mode::Mock] {
                let practised = state.after(grade, mode, StudyDay::from_number(1 + later), rules).0;
                prop_assert_eq!(practised.schedule, state.schedule);
            }
        }
    }

    #[test]
    fn a_higher_retention_never_asks_later(a in retentions(), b in retentions(), stability in 0.01_f32..5_000.0) {
        let memory = Memory::new(stability, 5.0, StudyDay::from_number(0));
        prop_assert!(memory.days_to(a.max(b)) <= memory.days_to(a.min(b)));
    }
}

#[test]
fn repetitions_and_ease_are_counted_as_before() {
    let answers = [(0, Grade::GOOD), (40, Grade::HARD), (200, Grade::AGAIN), (300, Grade::EASY)];
    let (sm2, fsrs) =
        (after(&answers, CardRules::default()), after(&answers, card_rules(fsrs(Retention::DEFAULT))));
    let (Progress::Seen(sm2), Progress::Seen(fsrs)) = (sm2.schedule, fsrs.schedule) else {
        panic!("answered")
    };
    assert_eq!((sm2.repetitions, sm2.ease, sm2.lapses), (fsrs.repetitions, fsrs.ease, fsrs.lapses));
    assert_ne!(sm2.interval, fsrs.interval);
}

#[test]
fn a_fitted_model_goes_on_in_the_memories_it_made() {
    let mut parameters = *Model::default().parameters();
    parameters[2] = 30.0; // w2: stability after a first answer of grade 4
    parameters[20] = 0.3; // w20: decay
    let model = Model::new(parameters).unwrap();
    let rules = card_rules(Rules { model, ..fsrs(Retention::DEFAULT) });
    let state = after(&[(0, Grade::GOOD)], rules);
    assert_eq!(state.schedule.schedule().unwrap().interval, 30);
    let memory = state.memory.unwrap();
    assert!((memory.recall(StudyDay::from_number(30)) - 0.9).abs() < 1e-6, "at its stability recall is 0.9");
    // R = (1 + f·t/S)^(−w20), f = 0.9^(−1/0.3) − 1 = 0.42077: 90 days on, (1 + 3 × 0.42077)^(−0.3) = 0.78278.
    assert!((memory.recall(StudyDay::from_number(90)) - 0.782_78).abs() < 1e-4);
    let plain =
        Memory::first(Grade::GOOD, StudyDay::from_number(0)).after(Grade::GOOD, StudyDay::from_number(9));
    assert_ne!(memory.after(Grade::GOOD, StudyDay::from_number(9)), Memory { model, ..plain });
    assert_eq!(memory.after(Grade::GOOD, StudyDay::from_number(9)).model, model);
}

#[test]
fn intervals_agree_with_the_reference() {
    let path = format!("{}/tests/vectors/fsrs.json", env!("CARGO_MANIFEST_DIR"));
    let vectors: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut seen = BTreeMap::new();
    for step in
        vectors["vectors"].as_array().unwrap().iter().flat_map(|vector| vector["steps"].as_array().unwrap())
    {
        #[expect(clippy::cast_possible_truncation, reason = "the crate computes in f32")]
        let stability = step["stability"].as_f64().unwrap() as f32;
        let memory = Memory::new(stability, 5.0, StudyDay::from_number(0));
        for (share, days) in step["interval"].as_object().unwrap() {
            let retention = Retention::new(share.parse().unwrap()).unwrap();
            let (ours, theirs) =
                (memory.days_to(retention).clamp(1, LONGEST_INTERVAL), days.as_u64().unwrap());
            // A half may be rounded either way in single precision; large ones differ by a rounding of 6e-8.
            assert!(
                u64::from(ours).abs_diff(theirs) <= u64::from(ours > 20),
                "{stability} at {share}: {ours} for {theirs}"
            );
            *seen.entry(share.clone()).or_insert(0) += 1;
        }
    }
    assert_eq!(seen.len(), 3);
}
