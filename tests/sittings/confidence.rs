//! The tap before the verdict: how sure a reply is.

use serde_json::Value;

use crate::harness::Learner;

/// What the log says of each answer's confidence, oldest first.
fn said(learner: &Learner) -> Vec<Option<String>> {
    let rows = learner.json("log", "");
    rows.iter().map(|row| row.get("confidence").and_then(Value::as_str).map(str::to_owned)).collect()
}

#[test]
fn one_key_says_how_sure_a_reply_is_before_it_is_judged() {
    let learner = Learner::new();
    let text = learner.says("quiz --confidence --kind true-false -n 1", "y\n+\n");
    let (tap, verdict) = (text.find("are you sure?").unwrap(), text.find("grade ").unwrap());
    assert!(tap < verdict, "{text}");
    assert_eq!(said(&learner), [Some("sure".to_owned())]);
}

#[test]
fn the_words_and_the_signs_and_nothing() {
    for (line, expected) in [
        ("+", Some("sure")),
        ("sure", Some("sure")),
        ("-", Some("unsure")),
        ("Unsure", Some("unsure")),
        ("", None),
    ] {
        let learner = Learner::new().settled("confidence = true");
        learner.says("quiz --kind true-false -n 1", &format!("y\n{line}\n"));
        assert_eq!(said(&learner), [expected.map(str::to_owned)], "`{line}`");
    }
    let learner = Learner::new().settled("confidence = true");
    let text = learner.says("quiz --kind true-false -n 1", "y\nperhaps\n+\n");
    assert!(text.contains("answer + for sure, - for unsure"), "{text}");
    assert_eq!(said(&learner), [Some("sure".to_owned())]);
}

#[test]
fn a_reply_counts_where_the_lines_end_before_the_tap() {
    let learner = Learner::new().settled("confidence = true");
    learner.says("quiz --kind true-false", "y\n");
    assert_eq!(said(&learner), [None], "nothing that the learner said is lost");
}

#[test]
fn a_card_that_the_learner_grades_asks_before_it_shows_the_answer() {
    let learner = Learner::new().settled("confidence = true");
    let text = learner.says("quiz --kind flashcard -n 1", "\n-\n3\n");
    let (tap, grades) = (text.find("are you sure?").unwrap(), text.find("1 again").unwrap());
    assert!(tap < grades, "{text}");
    assert_eq!(text.matches("are you sure?").count(), 1, "once: {text}");
    assert_eq!(said(&learner), [Some("unsure".to_owned())]);
}

#[test]
fn commands_are_heard_at_the_tap() {
    let learner = Learner::new().settled("confidence = true");
    let text = learner.says("quiz --kind true-false -n 2", "y\n+\ny\nu\ny\n-\n");
    assert!(text.contains("taken back"), "{text}");
    learner.says("doctor", "");
}

#[test]
fn a_program_says_it_with_the_reply() {
    let learner = Learner::new();
    let lines = "{\"reply\":true,\"confidence\":\"maybe\"}\n{\"reply\":true,\"confidence\":\"unsure\"}\n";
    let text = learner.says("quiz --json --kind true-false -n 1", lines);
    assert!(text.contains("`confidence` is sure or unsure"), "{text}");
    assert_eq!(said(&learner), [Some("unsure".to_owned())]);
    let row = learner.says("log --json", "");
    assert!(row.trim_end().ends_with(r#""retracts":null,"confidence":"unsure"}"#), "{row}");
    let other = Learner::new();
    other.says("log import -", &row);
    assert_eq!(other.says("log --json", ""), row);
}
