//! The day of an interview: set, told by every report, dropped.

use insta::assert_snapshot;
use serde_json::json;

use crate::harness::Learner;

#[test]
fn an_interview_is_set_listed_and_dropped() {
    let learner = Learner::new();
    assert_snapshot!(learner.says("interview", ""), @"
    No interview is set: reports look 30 days ahead.
      mindrill interview set +30  sets one in 30 days
    ");
    assert_snapshot!(learner.says("interview set +14 --name Acme --focus indexing networking --minutes-a-day 20", ""), @"
    Set.
    2026-12-06  in 14 days  Interview Acme
      Indexing (priority), Networking · 20 minutes a day

      mindrill plan   day by day until then
      mindrill ready  what you would know on the day
    ");
    learner.says("interview set 2026-11-30", "");
    assert_snapshot!(learner.says("interview list", ""), @"
    2026-11-30  in 8 days  Interview
      the whole map
    2026-12-06  in 14 days  Interview Acme
      Indexing (priority), Networking · 20 minutes a day
    ");
    assert_eq!(
        learner.json("interview", "")[0][1],
        json!({ "name": "Acme", "on": "2026-12-06", "days": 14, "focus": ["databases/indexing", "networking"], "minutes_a_day": 20 })
    );
    assert_snapshot!(learner.says("interview clear acme", ""), @"dropped: Interview Acme on 2026-12-06");
    assert_snapshot!(learner.says("interview clear", ""), @"dropped: Interview on 2026-11-30");
    assert_snapshot!(learner.says("interview clear --all", ""), @"No interview was set.");
}

#[test]
fn one_of_the_same_day_and_name_is_replaced_and_keeps_its_start() {
    let mut learner = Learner::new();
    assert_eq!(learner.json("interview set +9 --name A", "")[0]["replaced"], json!(false));
    learner.at("2026-11-25T10:00:00Z");
    let again = &learner.json("interview set 2026-12-01 --name A --minutes-a-day 5", "")[0];
    assert_eq!([&again["replaced"], &again["minutes_a_day"]], [&json!(true), &json!(5)]);
    assert_eq!(learner.json("interview", "")[0].as_array().unwrap().len(), 1);
}

#[test]
fn the_next_interview_is_the_day_of_every_report() {
    let mut learner = Learner::new();
    learner.says("interview set 2026-12-01 --name Acme", "");
    learner.says("interview set 2026-12-20", "");
    assert_eq!(learner.json("coverage", "")[0]["horizon"], "2026-12-01");
    assert_eq!(learner.json("coverage --on +1", "")[0]["horizon"], "2026-11-23");
    assert_eq!(learner.json("why indexing", "")[0]["horizon"], "2026-12-01");
    let near = learner.json("answer covering -g 4", "")[0]["recall"].as_f64().unwrap();
    assert!(learner.says("", "").contains("Interview Acme in 9 days, 2026-12-01"));
    assert_eq!(learner.json("", "")[0]["interview"]["name"], "Acme");
    learner.at("2026-12-01T10:00:00Z");
    assert!(learner.says("", "").contains("Interview Acme today"));
    learner.at("2026-12-02T10:00:00Z");
    assert_eq!(learner.json("coverage", "")[0]["horizon"], "2026-12-20");
    learner.says("interview clear --all", "");
    assert_eq!(learner.json("coverage", "")[0]["horizon"], "2027-01-01");
    assert!(learner.json("answer covering -g 4", "")[0]["recall"].as_f64() != Some(near));
}

#[test]
fn what_makes_no_sense_is_refused_with_the_way_out() {
    let learner = Learner::new();
    let cases = [
        ("interview set 2026-11-21", "2026-11-21 lies before today", "+30"),
        ("interview set soon", "is not a date like 2026-11-22, nor", "year-month-day"),
        ("interview set +731", "a plan looks at most 730 ahead", "earlier day"),
        ("interview set +9 --focus indexng", "no node `indexng`", "databases/indexing"),
        ("interview set +9 --minutes-a-day 0", "leaves no time to study", "--minutes-a-day 20"),
        ("interview set +9 --minutes-a-day 1441", "leaves no time to study", "--minutes-a-day 20"),
        ("interview clear Acme", "no interview is called `Acme`", "none is set"),
    ];
    for (words, error, hint) in cases {
        let (said, way_out) = learner.fails(words);
        assert!(said.contains(error) && way_out.contains(hint), "{words}: {said} / {way_out}");
    }
    assert!(learner.json("interview", "")[0].as_array().unwrap().is_empty());
    learner.says("interview set +9", "");
    learner.says("interview set +10 --name A", "");
    let (said, way_out) = learner.fails("interview clear");
    assert_eq!(said, "2 interviews are set");
    assert!(
        way_out.contains("`mindrill interview clear 2026-12-01`, `mindrill interview clear A`"),
        "{way_out}"
    );
}

#[test]
fn a_focus_that_left_the_map_is_told_and_no_fault() {
    let folder = tempfile::tempdir().unwrap();
    let map = |leaf: &str| format!("mindmap\n  root((Map))\n    Branch\n      {leaf}\n      Other\n");
    std::fs::write(folder.path().join("skill-map.mmd"), map("Leaf")).unwrap();
    let learner = Learner::new().of(folder.path());
    learner.says("interview set +9 --focus leaf other", "");
    std::fs::write(folder.path().join("skill-map.mmd"), map("Blossom")).unwrap();
    assert_snapshot!(learner.says("interview", ""), @"
    2026-12-01  in 9 days  Interview
      Other
      `branch/leaf` is on the map no more and left aside
    ");
    learner.says("coverage", "");
}

#[test]
fn a_plan_tells_each_day_and_what_is_left_out() {
    let learner = Learner::new();
    learner.says("interview set +6 --name Acme --minutes-a-day 1", "");
    assert_snapshot!(learner.says("plan", ""), @"
    Interview Acme in 6 days, 2026-11-28
    the whole map · 1 minute a day

    day          new  reviews  sweep  min            branches
    2026-11-22     3        0      0    1  ▓▓▓▓▓▓▓░  Databases 3
    2026-11-23     3        0      0    1  ▓▓▓▓▓▓▓░  Databases 3
    2026-11-24     2        1      0    1  ▓▓▓▓▓▓▓░  Databases 3
    2026-11-25     0        3      0    1  ▓▓▓▓▓▓░░  Databases 3
    2026-11-26     0        3      0    1  ▓▓▓▓▓▓░░  Databases 3
    2026-11-27     0        3      0    1  ▓▓▓▓▓▓░░  Databases 3

    In all 8 new, 10 reviews, 0 ahead of time: 5 min in 6 days.
    Final sweep, from 2026-11-26 on: time for 5 of the 8 cards begun by then, as
    they fall due.
    Time is short: new cards come first, so that none stays unseen.
    Made anew from where you stand each time; `mindrill quiz` follows it.
    ");
    let plan = &learner.json("plan --on +3 --minutes 30", "")[0];
    let names: Vec<&String> = plan.as_object().unwrap().keys().collect();
    assert_eq!(names, ["on", "days", "left_out"]);
    let names: Vec<&String> = plan["days"][0].as_object().unwrap().keys().collect();
    assert_eq!(names, ["day", "new", "reviews", "sweep", "minutes"]);
    assert_eq!([&plan["on"], &plan["days"][2]["day"]], [&json!("2026-11-25"), &json!("2026-11-24")]);
    assert_eq!(
        learner.json("plan --minutes 1 --on +2", "")[0]["left_out"],
        json!(["databases/indexing", "databases/isolation"])
    );
    assert_snapshot!(learner.says("plan --minutes 1 --on +2", ""), @"
    No interview on that day (in 2 days), 2026-11-24
    the whole map · 1 minute a day

    day          new  reviews  sweep  min            branches
    2026-11-22     3        0      0    1  ▓▓▓▓▓▓▓░  Databases 3
    2026-11-23     0        3      0    1  ▓▓▓▓▓▓░░  Databases 3

    In all 3 new, 3 reviews, 0 ahead of time: 2 min in 2 days.
    Final sweep, from 2026-11-23 on: all 3 cards begun by then once more, as they
    fall due.
    Time is short: all of it would take about 3 minutes a day; it leaves 5 cards
    unseen, on 2 leaves: Indexing (priority) (1 of 4), Isolation (4 of 4).
    Until the sweep new cards come before due ones, those of the most important
    leaves first.
    Made anew from where you stand each time; `mindrill quiz` follows it.
    ");
    assert_snapshot!(Learner::new().wide(40).says("plan --on +3", ""), @"
    No interview on that day (in 3 days),
    2026-11-25
    the whole map · as many minutes as it
    takes (`--minutes M` sets a limit)

    day          new  reviews  sweep  min
    2026-11-22     8        0      0    2
    2026-11-23     0        8      0    2
    2026-11-24     0        2      6    2

    In all 8 new, 10 reviews, 6 ahead of
    time: 6 min in 3 days.
    Final sweep, from 2026-11-24 on: every
    card once more, 6 of them before they
    are due.
    Made anew from where you stand each
    time; `mindrill quiz` follows it.
    ");
    assert_snapshot!(Learner::new().says("plan --on +0", ""), @"
    No interview on that day (today), 2026-11-22
    the whole map · as many minutes as it takes (`--minutes M` sets a limit)

    Today is the day: nothing is planned. Good luck!
    ");
}

#[test]
fn a_plan_that_makes_no_sense_is_refused() {
    let learner = Learner::new();
    assert!(learner.fails("plan --minutes 0").0.contains("leaves no time to study"));
    assert!(learner.fails("plan --on 2026-11-21").0.contains("lies before today"));
    learner.says("interview set +9 --focus http", "");
    let (error, hint) = learner.fails("plan");
    assert_eq!(error, "no card is written for HTTP: there is nothing to plan");
    assert!(hint.contains("mindrill new --missing"), "{hint}");
}

#[test]
fn the_sitting_follows_the_plan_and_the_day_tells_it() {
    let mut learner = Learner::new();
    learner.says("interview set +10 --name Acme --focus databases", "");
    assert_eq!(learner.json("due", "")[0]["new_today"], 2, "eight cards over six days");
    assert!(learner.says("quiz --json", "").contains("\"left\":2"));
    assert!(learner.says("quiz --new 3 --json", "").contains("\"left\":3"));
    for day in ["22", "23", "29"] {
        learner.at(&format!("2026-11-{day}T10:00:00Z"));
        for card in learner.json("cards indexing", "") {
            learner.says(&format!("answer {} -g 5", card["card"].as_str().unwrap()), "");
        }
    }
    // Intervals 1, 6 and 17: nothing is due before the interview, and the sweep shows it all the same.
    learner.says("interview set 2026-12-10 --focus indexing", "");
    learner.says("interview clear Acme", "");
    learner.at("2026-12-08T10:00:00Z");
    let due = &learner.json("due", "")[0];
    assert_eq!([&due["due"], &due["new_today"], &due["sweep"]], [&json!(0), &json!(0), &json!(2)]);
    assert!(learner.says("", "").contains("0 due · 0 new today of 4 never asked · 2 for the final sweep"));
    let asked = learner.says("quiz", "q\n");
    assert!(asked.contains("0 done · 2 left"), "{asked}");
    assert_eq!(learner.json("plan", "")[0]["days"][0]["sweep"], 2);
}
