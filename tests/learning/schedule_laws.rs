//! Laws of the schedule and the memory that hold for every sequence of answers.

use mindrill::domain::day::StudyDay;
use mindrill::domain::memory::Memory;
use mindrill::domain::review::{Grade, ReviewKind};
use mindrill::domain::sm2::{CardRules, Ease, Fuzz, LONGEST_INTERVAL, Progress, Rules};
use proptest::prelude::{Strategy, any, proptest};
use proptest::{collection, prop_assert, prop_assert_eq};

pub fn grades() -> impl Strategy<Value = Grade> {
    (0_i64..=5).prop_filter_map("a grade", Grade::new)
}

fn passes() -> impl Strategy<Value = Grade> {
    (3_i64..=5).prop_filter_map("a grade", Grade::new)
}

/// Answers on days that mostly go forward, by little or much, and sometimes back.
fn answers() -> impl Strategy<Value = Vec<(Grade, i64)>> {
    let gap = proptest::prop_oneof![6 => 0_i64..30, 2 => 0_i64..50_000, 1 => -400_i64..0];
    collection::vec((grades(), gap), 1..40)
}

fn rules(spread: bool) -> CardRules {
    let fuzz = if spread { Fuzz::Spread } else { Fuzz::Off };
    Rules { fuzz, ..Rules::default() }.of(&"deck/card".parse().unwrap())
}

proptest! {
    #[test]
    fn a_schedule_stays_in_its_bounds(answers in answers(), start in any::<i64>(), spread in any::<bool>()) {
        let mut progress = Progress::New;
        let mut number = i64::from(StudyDay::from_number(start).number());
        for (grade, gap) in answers {
            number += gap;
            let day = StudyDay::from_number(number);
            let (before, kind) = (progress, progress.kind_on(day));
            progress = progress.after(grade, day, rules(spread));
            let schedule = *progress.schedule().unwrap();
            prop_assert!(schedule.ease >= Ease::FLOOR);
            prop_assert!((1..=LONGEST_INTERVAL).contains(&schedule.interval));
            prop_assert!(schedule.due > schedule.last || schedule.last == StudyDay::LAST);
            if kind == ReviewKind::Drill {
                let before = before.schedule().unwrap();
                prop_assert_eq!((before.due, before.interval, before.last), (schedule.due, schedule.interval, schedule.last));
            } else {
                prop_assert_eq!(schedule.last, day);
                let plain = day.plus(schedule.interval);
                let shift = (schedule.due.number() - plain.number()).unsigned_abs();
                prop_assert!(shift <= schedule.interval / 10 || schedule.due == StudyDay::LAST);
            }
        }
    }

    #[test]
    fn a_pass_never_shortens_an_interval_that_was_passed(answers in answers(), pass in passes()) {
        let (mut progress, mut day) = (Progress::New, StudyDay::from_number(0));
        for (grade, gap) in answers {
            day = StudyDay::from_number(i64::from(day.number()) + gap);
            progress = progress.after(grade, day, CardRules::default());
        }
        let before = *progress.schedule().unwrap();
        let after = progress.after(pass, before.due, CardRules::default());
        prop_assert!(after.schedule().unwrap().interval >= before.interval);
    }

    #[test]
    fn a_pass_never_lowers_recall(answers in answers(), pass in passes(), gap in 0_u32..400, ahead in 0_u32..2_000) {
        let mut day = StudyDay::from_number(0);
        let mut memory: Option<Memory> = None;
        for (grade, gap) in answers {
            day = StudyDay::from_number(i64::from(day.number()) + gap);
            memory = Some(memory.map_or(Memory::first(grade, day), |memory| memory.after(grade, day)));
        }
        let before = memory.unwrap();
        let day = before.last.plus(gap);
        let after = before.after(pass, day);
        let on = day.plus(ahead);
        // One f32 rounding of slack: both recalls are rounded on their own.
        prop_assert!(after.recall(on) + 1e-6 >= before.recall(on));
    }

    #[test]
    fn recall_only_falls_with_time(answers in answers(), day in 0_u32..40_000, later in 0_u32..40_000) {
        let memory = answers.iter().fold(None, |memory: Option<Memory>, &(grade, gap)| {
            let last = memory.map_or(0, |memory| i64::from(memory.last.number()));
            let day = StudyDay::from_number(last + gap);
            Some(memory.map_or(Memory::first(grade, day), |memory| memory.after(grade, day)))
        });
        let memory = memory.unwrap();
        let (near, far) = (memory.last.plus(day), memory.last.plus(day).plus(later));
        prop_assert!((0.0..=1.0).contains(&memory.recall(far)));
        prop_assert!(memory.recall(far) <= memory.recall(near) + 1e-6);
    }
}
