//! The output contract: names and values that scripts rely on.

use serde_json::{Value, json};

use crate::harness::Learner;

fn names(object: &Value) -> Vec<&str> {
    object.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn due_counts_what_the_day_holds() {
    let mut learner = Learner::new();
    assert_eq!(
        learner.json("due", ""),
        [json!({ "today": "2026-11-22", "due": 0, "new_today": 8, "new_total": 8, "overdue": 0 })]
    );
    learner.says("answer indexing/covering --grade 4", "");
    learner.at("2026-11-25T10:00:00Z");
    assert_eq!(
        learner.json("due", ""),
        [json!({ "today": "2026-11-25", "due": 1, "new_today": 7, "new_total": 7, "overdue": 1 })]
    );
}

#[test]
fn an_answer_tells_the_schedule_it_made() {
    let mut learner = Learner::new();
    let first = &learner.json("answer covering -g 5", "")[0];
    assert_eq!(first["card"], "indexing/covering");
    assert_eq!(
        [&first["kind"], &first["repetitions"], &first["interval_days"], &first["ease"], &first["due"]],
        [&json!("scheduled"), &json!(1), &json!(1), &json!(2.6), &json!("2026-11-23")]
    );
    assert_eq!(learner.json("answer covering -g 4", "")[0]["kind"], "drill");
    learner.at("2026-11-23T10:00:00Z");
    assert_eq!(learner.json("answer covering -g 4", "")[0]["interval_days"], 6);
    learner.at("2026-11-25T10:00:00Z");
    let early = &learner.json("answer covering -g 4", "")[0];
    assert_eq!([&early["kind"], &early["interval_days"]], [&json!("early"), &json!(6)]);
}

#[test]
fn the_log_keeps_every_row_and_undo_names_the_one_it_retracts() {
    let learner = Learner::new();
    learner.says("answer covering -g 4", "");
    learner.says("undo", "");
    let log = learner.json("log", "");
    let wanted = ["id", "device", "at", "day", "card", "grade", "kind", "elapsed_ms", "reply", "retracts"];
    assert_eq!(names(&log[0]), wanted);
    assert_eq!(
        [&log[0]["grade"], &log[0]["kind"], &log[0]["day"]],
        [&json!(4), &json!("scheduled"), &json!("2026-11-22")]
    );
    assert_eq!(
        [&log[1]["kind"], &log[1]["card"], &log[1]["grade"]],
        [&json!("undo"), &Value::Null, &Value::Null]
    );
    assert_eq!(log[1]["retracts"], log[0]["id"]);
    assert_eq!(learner.json("due", "")[0]["new_total"], 8);
    assert_eq!(learner.json("undo", "")[0]["card"], Value::Null);
}

#[test]
fn coverage_tells_every_node_in_map_order() {
    let learner = Learner::new();
    learner.says("answer covering -g 4", "");
    let coverage = &learner.json("coverage --on 2026-12-22", "")[0];
    assert_eq!([&coverage["today"], &coverage["horizon"]], [&json!("2026-11-22"), &json!("2026-12-22")]);
    let nodes = coverage["nodes"].as_array().unwrap();
    let keys: Vec<&str> = nodes.iter().map(|node| node["key"].as_str().unwrap()).collect();
    let wanted = [
        ".",
        "databases",
        "databases/indexing",
        "databases/isolation",
        "networking",
        "networking/http",
        "networking/dns",
    ];
    assert_eq!(keys, wanted);
    let fields = [
        "key",
        "label",
        "parent",
        "depth",
        "leaves",
        "written",
        "cards",
        "met",
        "due",
        "recall",
        "recall_low",
        "recall_high",
        "mastered",
        "state",
        "weakest",
    ];
    assert_eq!(names(&nodes[2]), fields);
    assert_eq!(
        [&nodes[2]["cards"], &nodes[2]["met"], &nodes[2]["state"]],
        [&json!(4), &json!(0.25), &json!("thin")]
    );
    assert_eq!(
        [&nodes[0]["parent"], &nodes[0]["state"], &nodes[0]["leaves"]],
        [&Value::Null, &Value::Null, &json!(4)]
    );
    assert_eq!(nodes[5]["state"], "none");
    assert_eq!(nodes[1]["weakest"], "databases/isolation");
}

#[test]
fn cards_are_one_object_a_line() {
    let learner = Learner::new();
    let cards = learner.json("cards databases/indexing", "");
    assert_eq!(cards.len(), 4);
    let fields = ["card", "deck", "node", "kind", "aim", "difficulty", "prompt", "file", "line"];
    assert_eq!(names(&cards[0]), fields);
    assert_eq!(cards[1]["card"], "indexing/prefix");
    assert_eq!(cards[1]["node"], "databases/indexing");
    assert_eq!(cards[1]["line"], 18);
}

#[test]
fn check_tells_every_problem_with_its_place() {
    let learner = Learner::new();
    let printed = learner.run("check --json", "");
    assert_eq!(printed.end.unwrap_err().exit_code(), 1);
    let found: Value = serde_json::from_str(&printed.text).unwrap();
    assert_eq!(names(&found), ["files", "decks", "cards", "problems"]);
    let all = found["problems"].as_array().unwrap();
    let problem = all.iter().find(|problem| problem["rule"] == "unknown-key").unwrap();
    assert_eq!(names(problem), ["file", "line", "column", "rule", "level", "message", "hint"]);
    assert_eq!(
        [&problem["line"], &problem["column"], &problem["level"]],
        [&json!(10), &json!(1), &json!("error")]
    );
}

#[test]
fn the_map_is_told_with_both_labels() {
    let learner = Learner::new();
    let map = &learner.json("map show", "")[0];
    assert_eq!(names(map), ["title", "mermaid_ok", "root"]);
    let fields =
        ["key", "label", "mermaid_label", "id", "shape", "icon", "class", "importance", "line", "children"];
    assert_eq!(names(&map["root"]), fields);
    let indexing = &map["root"]["children"][0]["children"][0];
    assert_eq!(
        [&indexing["label"], &indexing["mermaid_label"], &indexing["importance"], &indexing["line"]],
        [&json!("Indexing (priority)"), &json!("priority"), &json!(2.0), &json!(4)]
    );
}

#[test]
fn the_reports_about_weak_areas_and_the_interview_keep_names_and_order() {
    let mut learner = Learner::new();
    learner.says("answer indexing/limit --grade 1", "");
    learner.at("2026-11-25T10:00:00Z");
    learner.says("answer indexing/limit --grade 4", "");
    let ready = &learner.json("ready", "")[0];
    assert_eq!(names(ready), ["on", "today", "low_confidence", "nodes", "minutes_needed", "minutes_a_day"]);
    let node = ["key", "label", "recall_stop", "recall_plan", "low", "high", "unwritten", "unmet", "weakest"];
    assert_eq!(names(&ready["nodes"][0])[..node.len()], node);
    let plan = &learner.json("plan", "")[0];
    assert_eq!(names(plan), ["on", "days", "left_out"]);
    assert_eq!(names(&plan["days"][0]), ["day", "new", "reviews", "sweep", "minutes"]);
    let weak = &learner.json("weak", "")[0][0];
    assert_eq!(names(weak)[..6], ["cause", "node", "cards", "points_lost", "minutes", "command"]);
    let audit = &learner.json("audit", "")[0];
    assert_eq!(names(audit), ["answers", "scored", "models"]);
    let models = audit["models"].as_array().unwrap();
    assert!(models.iter().all(|model| names(model) == ["name", "log_loss", "rmse_bins", "auc"]));
    let called: Vec<&str> = models.iter().filter_map(|model| model["name"].as_str()).collect();
    assert_eq!(called, ["fsrs", "fsrs-default", "sm2", "average"]);
    let stats = &learner.json("stats", "")[0];
    assert_eq!(names(stats)[..4], ["days", "streak", "retention", "forecast"]);
    let mock = learner.json("mock indexing", "{\"do\":\"skip\"}\n{\"grade\":4}\n");
    let last = mock.last().unwrap().as_array().unwrap();
    assert!(last.iter().all(|row| names(row) == ["key", "asked", "right", "low", "high", "predicted"]));
}
