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
    assert!(learner.json("answer covering -g 4", "")[0]["recall"].as_f64().unwrap() != near);
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
