//! A log that moves between machines, as a learner moves it.

use crate::harness::Learner;

/// A learner with some answers, an undo and a fresh start behind him.
fn experienced() -> Learner {
    let mut learner = Learner::new();
    for (day, grade) in [("01", 4), ("02", 5), ("08", 1), ("09", 3)] {
        learner.at(&format!("2026-11-{day}T10:00:00Z"));
        learner.says(&format!("answer covering -g {grade}"), "");
        learner.says(&format!("answer prefix -g {grade}"), "");
    }
    learner.says("undo", "");
    learner.at("2026-11-22T10:00:00Z");
    learner
}

fn write(learner: &Learner, name: &str, text: &str) -> String {
    let path = learner.home().join(name);
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_log_moves_to_another_machine_line_by_line() {
    let (old, new) = (experienced(), Learner::new());
    let lines = old.says("log --json", "");
    let file = write(&new, "old.jsonl", &lines);
    assert_eq!(
        new.says(&format!("log import {file} --dry-run"), ""),
        "9 rows would be added, 0 known already\n"
    );
    assert_eq!(new.says("log", ""), "", "a dry run changes nothing");
    assert_eq!(
        new.json(&format!("log import {file}"), "")[0].to_string(),
        r#"{"rows":9,"added":9,"known":0,"unknown_cards":0}"#
    );
    assert_eq!(new.says("log --json", ""), lines);
    assert_eq!(new.says("why covering", ""), old.says("why covering", ""));
    assert_eq!(
        new.says("log import -", &lines),
        "0 rows added, 9 known already\n",
        "and once more, from a pipe"
    );
    assert!(new.json("doctor", "")[0]["sound"].as_bool().unwrap());
}

#[test]
fn answers_to_unknown_cards_are_kept_and_counted() {
    let lines = experienced().says("log --json", "").replace("/covering", "/gone");
    let learner = Learner::new();
    insta::assert_snapshot!(learner.says("log import -", &lines), @r"
    9 rows added, 0 known already
    1 card is not in this collection; rows are kept, and count when it is there
    ");
}

#[test]
fn a_log_with_a_bad_line_is_refused_whole_and_every_bad_line_is_named() {
    let lines = experienced().says("log --json", "");
    let learner = Learner::new();
    let mut rows: Vec<String> = lines.lines().map(str::to_owned).collect();
    rows[1] = rows[1].replace("\"kind\":\"scheduled\"", "\"kind\":\"learned\"");
    rows[3] = "{}".to_owned();
    let error = learner.run("log import -", &rows.join("\n")).end.unwrap_err();
    assert_eq!(error.to_string(), "nothing was taken in: 2 lines of the log cannot be");
    assert_eq!(error.exit_code(), 1);
    let (problems, _) = error.problems().unwrap();
    let told: Vec<String> =
        problems.iter().map(|problem| format!("{}: {}", problem.place.line, problem.message)).collect();
    assert_eq!(told[1], "4: missing field `id`");
    assert!(told[0].starts_with("2: `kind` is scheduled, early"), "{told:?}");
    assert_eq!(learner.says("log", ""), "");

    // Without the answers that they take back, undo rows make no sense.
    let last = lines.lines().last().unwrap();
    let error = learner.run("log import -", last).end.unwrap_err();
    assert!(error.problems().unwrap().0[0].message.contains("takes back a row that is neither"));
    let (error, hint) = learner.fails("log import nowhere.jsonl");
    assert_eq!(error, "cannot read `nowhere.jsonl`");
    assert!(hint.contains("standard input"));
}

#[test]
fn a_row_with_a_known_id_that_says_something_else_is_refused() {
    let learner = experienced();
    let lines = learner.says("log --json", "");
    let error =
        learner.run("log import -", &lines.replacen("\"grade\":4", "\"grade\":5", 1)).end.unwrap_err();
    assert!(error.problems().unwrap().0[0].message.contains("says something else"));
    assert_eq!(learner.says("log --json", ""), lines);
}
