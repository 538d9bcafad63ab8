//! SM-2 against the vectors made from the text of Wozniak 1990 by an independent program.

use mindrill::domain::day::StudyDay;
use mindrill::domain::review::{Grade, ReviewKind};
use mindrill::domain::sm2::{CardRules, Progress, Repeat, Rules};
use serde_json::Value;

/// Steps in `sm2.json`, logs in `sm2_event_log.json`: a selection of the sets their heads count.
const STEPS: usize = 475;
const LOGS: usize = 60;

fn vectors(name: &str) -> Value {
    let path = format!("{}/tests/vectors/{name}", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// The vectors' flag follows step 7 of the text: every grade below 4 comes once more.
fn as_the_text() -> CardRules {
    let rules = Rules { repeat: Repeat::BelowGood, ..Rules::default() };
    rules.of(&"deck/card".parse().unwrap())
}

fn grade(value: &Value) -> Grade {
    Grade::new(value.as_i64().unwrap()).unwrap()
}

#[test]
fn repetitions_on_their_due_day_follow_the_text() {
    let vectors = vectors("sm2.json");
    let mut steps = 0;
    for vector in vectors["vectors"].as_array().unwrap() {
        let (mut progress, mut day) = (Progress::New, StudyDay::from_number(0));
        for (q, expected) in
            vector["grades"].as_array().unwrap().iter().zip(vector["expect"].as_array().unwrap())
        {
            let at = format!("vector {} step {steps}", vector["id"]);
            assert_eq!(progress.kind_on(day), ReviewKind::Scheduled, "{at}");
            progress = progress.after(grade(q), day, as_the_text());
            let schedule = *progress.schedule().unwrap();
            assert_eq!(Value::from(schedule.repetitions), expected["n"], "{at}");
            assert_eq!(Value::from(schedule.interval), expected["interval"], "{at}");
            assert_eq!(Value::from(schedule.ease.0), expected["ef"], "{at}");
            assert_eq!(Value::from(schedule.drill), expected["repeat_today"], "{at}");
            assert_eq!(schedule.due, day.plus(schedule.interval), "{at}");
            day = schedule.due;
            steps += 1;
        }
    }
    assert_eq!(steps, STEPS);
}

#[test]
fn event_logs_fold_to_the_published_states() {
    let vectors = vectors("sm2_event_log.json");
    let logs = vectors["logs"].as_array().unwrap();
    assert_eq!(logs.len(), LOGS);
    for log in logs {
        let mut live = vec![Progress::New];
        for (event, expected) in
            log["events"].as_array().unwrap().iter().zip(log["states"].as_array().unwrap())
        {
            if event["undo"].as_bool() == Some(true) {
                live.pop();
            } else {
                let day = StudyDay::from_number(event["day"].as_i64().unwrap());
                live.push(live.last().unwrap().after(grade(&event["q"]), day, as_the_text()));
            }
            assert_state(live.last().unwrap(), expected, &format!("log {} event {event}", log["id"]));
        }
    }
}

fn assert_state(progress: &Progress, expected: &Value, at: &str) {
    let Some(schedule) = progress.schedule() else {
        assert!(expected["last"].is_null(), "{at}");
        return;
    };
    let figures = [
        ("n", Value::from(schedule.repetitions)),
        ("interval", Value::from(schedule.interval)),
        ("ef", Value::from(schedule.ease.0)),
        ("last", Value::from(schedule.last.number())),
        ("due", Value::from(schedule.due.number())),
        ("drill", Value::from(schedule.drill)),
        ("lapses", Value::from(schedule.lapses)),
        ("reviews", Value::from(schedule.reviews)),
    ];
    for (name, figure) in figures {
        assert_eq!(figure, expected[name], "{at}: {name}");
    }
}
