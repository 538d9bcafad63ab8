//! Why a figure is what it is, on one screen; and what faded since last time.

use std::fs;

use serde_json::Value;

use crate::harness::{Learner, small};

/// A learner of three weeks: two cards known well, one failed, then a month away.
fn learner() -> Learner {
    let mut learner = Learner::new();
    for (at, card, grade) in [
        ("2026-09-01T10:00:00Z", "covering", 4),
        ("2026-09-01T10:01:00Z", "prefix", 4),
        ("2026-09-02T10:00:00Z", "covering", 4),
        ("2026-09-02T10:01:00Z", "prefix", 4),
        ("2026-09-08T10:00:00Z", "covering", 4),
        ("2026-09-08T10:01:00Z", "prefix", 5),
        ("2026-09-23T10:00:00Z", "covering", 4),
        ("2026-09-23T10:01:00Z", "prefix", 4),
        ("2026-09-23T10:02:00Z", "limit", 1),
        ("2026-09-23T10:03:00Z", "limit", 4),
        ("2026-09-24T10:00:00Z", "snapshot", 4),
    ] {
        learner.at(at).says(&format!("answer {card} --grade {grade}"), "");
    }
    learner.at("2026-10-30T10:00:00Z");
    learner
}

fn rows(text: &str) -> usize {
    text.lines().count()
}

#[test]
fn a_card_tells_evidence_model_fall_schedule_and_what_mends_it() {
    let learner = learner();
    let text = learner.says("why covering", "");
    assert!(rows(&text) <= 24, "{text}");
    insta::assert_snapshot!(text, @r#"
    indexing/covering  mastered  one of 4 cards of Indexing (priority)

    answers   4, 4 right: 4 scheduled; the last 37 days ago
    memory    stability 76.9 d (recall then is 90 %), difficulty 2.1 of 10
    recall    94 % today, 91 % on 2026-11-29
    falls     under 85 % on 2027-02-17 (in 110 days); looking 30 days ahead on
              2027-01-18
    mastered  yes: passes on 4 days (2 needed), recall 91 % (85 % needed)
    due       2026-10-31 (tomorrow), 38 days after 2026-09-23
    schedule  4 passes in a row, ease 2.50, 0 lapses
    now       not now: an answer before it is due counts as early

      2026-09-01  4  scheduled  indexing/covering
      2026-09-02  4  scheduled  indexing/covering
      2026-09-08  4  scheduled  indexing/covering
      2026-09-23  4  scheduled  indexing/covering

    Next: mindrill quiz  mastered; the schedule asks again on 2026-10-31
    "#);
    let new = learner.says("why levels", "");
    insta::assert_snapshot!(new, @r#"
    isolation/levels  new  one of 4 cards of Isolation

    answers   none: it was never asked
    recall    0 % today, 0 % on 2026-11-29
    mastered  no: passes on 0 days (2 needed), recall 0 % (85 % needed)
    due       not yet: a sitting that asks it starts its schedule

    Next: mindrill quiz isolation  never asked: it counts as 0 until it is met
    "#);
}

#[test]
fn a_leaf_and_a_branch_tell_the_same_of_their_parts() {
    let learner = learner();
    for (name, seen) in [("indexing", 24), ("databases", 24)] {
        let text = learner.says(&format!("why {name}"), "");
        assert!(rows(&text) <= seen, "{text}");
    }
    insta::assert_snapshot!(learner.says("why indexing", ""), @r#"
    Indexing (priority)  thin  databases/indexing
    ▓▓▓▓▓▓░░░░ 56 ± 21 %

    answers  10, 90 % right; the last 37 days ago
    cards    4 of 3 kinds (written from 8 of 2 on)
    met      75 %; 1 due
    recall   59 % today, 56 % on 2026-11-29
    solid    no: recall 56 % of 85 %, lower band 35 % of 75 %, mastered 50 % of 80 %

    What pulls it down, recall today and on 2026-11-29:
      0 %   0 %  indexing/several  never asked
     46 %  42 %  indexing/limit  due 2026-09-24

    Faded since 2026-09-24:
      Indexing (priority) 60 → 56 %: not seen for 37 days; mindrill quiz indexing

    Next: mindrill quiz indexing --new 1  few cards, and not all of them met
    "#);
    insta::assert_snapshot!(learner.says("why databases", ""), @r#"
    Databases  databases
    ▓▓▓▓░░░░░░ 43 ± 16 %

    answers  11, 91 % right; the last 36 days ago
    cards    8 on 2 leaves; 2 due
    recall   45 % today, 43 % on 2026-11-29
    means    written 0 %, met 58 %, mastered 33 %: over leaves, by importance

    The weakest leaves:
    ▓░░░░░░░░░ 15 ± 16 %  Isolation  thin · 4 cards
    ▓▓▓▓▓▓░░░░ 56 ± 21 %  Indexing (priority)  thin · 4 cards

    Faded since 2026-09-24:
      Indexing (priority) 60 → 56 %: not seen for 37 days; mindrill quiz indexing
      Isolation 17 → 15 %: not seen for 36 days; mindrill quiz isolation

    Next: mindrill weak databases  what costs it most, and the command that mends
    each part
    "#);
    insta::assert_snapshot!(learner.says("why http", ""), @r#"
    HTTP  none  networking/http
    ░░░░░░░░░░ 0 %

    answers  none
    cards    0 of 0 kinds (written from 8 of 2 on)
    met      0 %; 0 due
    recall   0 % today, 0 % on 2026-11-29
    solid    no: recall 0 % of 85 %, lower band 0 % of 75 %, mastered 0 % of 80 %

    Next: mindrill new http  no card counts here: write some
    "#);
}

#[test]
fn every_command_of_why_works() {
    // In a copy: one of them makes a deck.
    let folder = tempfile::tempdir().unwrap();
    for file in fs::read_dir(small().join("decks")).unwrap() {
        let path = file.unwrap().path();
        fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    let learner = learner().of(folder.path());
    for name in ["covering", "limit", "levels", "skew", "indexing", "isolation", "http", "databases", "."] {
        let why: Value = serde_json::from_str(&learner.says(&format!("why {name} --json"), "")).unwrap();
        let next = why["next"].as_str().unwrap();
        let end = learner.run(next.strip_prefix("mindrill ").unwrap(), "q\n").end;
        if let Err(error) = end {
            assert!(next.contains("edit") && error.to_string().contains("terminal"), "{next}: {error}");
        }
    }
}

#[test]
fn what_faded_is_told_by_the_glance_and_at_the_end_of_a_sitting() {
    let learner = learner();
    insta::assert_snapshot!(learner.says("", ""), @r#"
    Small map
    2 due · 4 new today of 4 never asked · 2 overdue
    about 1 min · no streak yet · 0 answered today

    Weakest branches, recall on 2026-11-29:
      ▓▓▓▓░░░░░░ 43 ± 16 % Databases  58 % met
      ░░░░░░░░░░ 0 %       Networking  0 % met

    Faded since 2026-09-24:
      Indexing (priority) 60 → 56 %: not seen for 37 days; mindrill quiz indexing
      Isolation 17 → 15 %: not seen for 36 days; mindrill quiz isolation

    Next: mindrill quiz  today's cards
    "#);
    let told = learner.says("quiz isolation --limit 1", "y\nq\n");
    insta::assert_snapshot!(told.split("Faded").last().unwrap(), @r#"
     since 2026-09-24:
      Indexing (priority) 60 → 56 %: not seen for 37 days; mindrill quiz indexing

    Due tomorrow: 3. Next: mindrill quiz  go on where you left
    "#);
    let glance: Value = serde_json::from_str(&learner.says("--json", "")).unwrap();
    let names: Vec<&String> = glance["faded"][0].as_object().unwrap().keys().collect();
    assert_eq!(names, ["key", "before", "now", "fell", "last_seen", "command"]);
    let coverage: Value = serde_json::from_str(&learner.says("coverage indexing --json", "")).unwrap();
    let now = glance["faded"][0]["now"].as_f64().unwrap();
    assert!((coverage["nodes"][0]["recall"].as_f64().unwrap() - now).abs() < 1e-9);
    let narrow = learner.wide(40).says("", "");
    assert!(narrow.lines().all(|line| line.chars().count() <= 40), "{narrow}");
}

#[test]
fn nothing_faded_where_there_is_no_day_before() {
    assert!(!Learner::new().says("", "").contains("Faded"));
    let learner = Learner::new();
    learner.says("answer covering --grade 4", "");
    assert!(!learner.says("", "").contains("Faded"), "the first day has no day before it");
}

#[test]
fn a_card_that_a_mock_alone_has_asked_was_asked() {
    let learner = Learner::new();
    learner.says("mock indexing", "3072\n");
    let page = learner.says("why indexing", "");
    let rows = |told: &str| page.lines().filter(|line| line.ends_with(told)).count();
    assert_eq!((rows("  not scheduled yet"), rows("  never asked")), (1, 3), "{page}");
}
