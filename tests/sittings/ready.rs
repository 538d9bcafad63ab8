//! What would be known on the day of an interview, as it is told.

use insta::assert_snapshot;
use serde_json::json;

use crate::harness::Learner;

#[test]
fn readiness_is_told_branch_by_branch_with_a_verdict() {
    let learner = Learner::new();
    learner.says("interview set +20 --name Acme --minutes-a-day 10", "");
    assert_snapshot!(learner.says("ready", ""), @"
    Interview Acme in 20 days, 2026-12-12: recall on the day, ± 80 % band

                          if you stop now    with the plan     counted as 0
    Small map             ░░░░░░░░ 0 %       ▓▓▓▓▓░░░ 66 ± 7   4 leaves, 8 cards
      Databases           ░░░░░░░░ 0 %       ▓▓▓▓▓▓▓░ 99 ± 5   2 leaves, 8 cards
      Networking          ░░░░░░░░ 0 %       ░░░░░░░░ 0 %      2 leaves

    You will know what is written (99 of 100), but 4 leaves are not: on the whole 66
    of 100. Writing helps more than studying.
    Low confidence: 0 answers so far, 50 tell something of you.
    Weakest leaves now: Indexing (priority) 0 %, Isolation 0 %, HTTP 0 %, DNS
    (optional) 0 %
    Counted as 0: 8 cards never met, and what lacks on 4 leaves not written (no
    card, or too few).
    All of it takes 10 min, about 1 minute a day; you have 10 a day.

      mindrill plan  day by day until then
      mindrill quiz  today's part of it
    ");
    learner.says("answer covering -g 4", "");
    assert_snapshot!(learner.says("ready databases", ""), @"
    Interview Acme in 20 days, 2026-12-12: recall on the day, ± 80 % band

                          if you stop now    with the plan     counted as 0
    Databases             ▓░░░░░░░ 12 ± 12   ▓▓▓▓▓▓▓░ 99 ± 5   2 leaves, 7 cards
      Indexing (priorit…  ▓░░░░░░░ 18 ± 16   ▓▓▓▓▓▓▓░ 99 ± 5   too few, 3 cards
      Isolation           ░░░░░░░░ 0 %       ▓▓▓▓▓▓▓░ 99 ± 5   too few, 4 cards

    Not yet, but the plan makes you ready: about 99 of 100 questions, against 12 if
    you stop now. 2 leaves have too few cards to prove it.
    Low confidence: 1 answer so far, 50 tell something of you.
    Weakest leaves now: Isolation 0 %, Indexing (priority) 18 %
    Counted as 0: 7 cards never met, and what lacks on 2 leaves not written (no
    card, or too few).
    All of it takes 10 min, about 1 minute a day; you have 10 a day.

      mindrill plan  day by day until then
      mindrill quiz  today's part of it
    ");
}

#[test]
fn readiness_fits_forty_columns() {
    let learner = Learner::new().wide(40);
    learner.says("interview set +20 --focus indexing", "");
    assert_snapshot!(learner.says("ready", ""), @"
    Interview in 20 days, 2026-12-12: recall
    on the day, ± 80 % band

    Indexing (priority)
      stop ░░░░░░░░ 0 %
      plan ▓▓▓▓▓▓▓░ 99 ± 4
      too few, 4 cards

    Not yet, but the plan makes you ready:
    about 99 of 100 questions, against 0 if
    you stop now. Its cards are too few to
    prove it.
    Low confidence: 0 answers so far, 50
    tell something of you.
    Counted as 0: 4 cards never met, and
    what lacks on 1 leaf not written (no
    card, or too few).
    All of it takes 5 min, about 1 minute a
    day.

      mindrill plan  day by day until then
      mindrill quiz  today's part of it
    ");
}

#[test]
fn the_object_has_the_names_of_the_contract() {
    let learner = Learner::new();
    let ready = &learner.json("ready --on 2026-12-22", "")[0];
    let names = |object: &serde_json::Value| object.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(ready), ["on", "today", "low_confidence", "nodes", "minutes_needed", "minutes_a_day"]);
    let fields =
        ["key", "label", "recall_stop", "recall_plan", "low", "high", "unwritten", "unmet", "weakest"];
    assert_eq!(names(&ready["nodes"][0]), fields);
    assert_eq!(ready["nodes"].as_array().unwrap().len(), 7);
    assert_eq!([&ready["today"], &ready["low_confidence"]], [&json!("2026-11-22"), &json!(true)]);
    let root = &ready["nodes"][0];
    assert_eq!([&root["recall_stop"], &root["high"], &root["unmet"]], [&json!(0.0), &json!(0.0), &json!(8)]);
    assert!(root["recall_plan"].as_f64().unwrap() > 0.4);
    assert_eq!(learner.json("ready indexing", "")[0]["nodes"].as_array().unwrap().len(), 1);
}

#[test]
fn a_focus_narrows_it_and_one_without_cards_is_refused() {
    let learner = Learner::new();
    learner.says("interview set +20 --focus indexing dns", "");
    let nodes = learner.json("ready", "")[0]["nodes"].clone();
    let keys: Vec<&str> =
        nodes.as_array().unwrap().iter().map(|node| node["key"].as_str().unwrap()).collect();
    assert_eq!(keys, ["databases/indexing", "networking/dns"]);
    learner.says("interview set +10 --focus http", "");
    assert!(learner.fails("ready").0.starts_with("no card is written for HTTP"));
    assert!(learner.says("ready http", "").contains("Nothing is written here yet"));
}
