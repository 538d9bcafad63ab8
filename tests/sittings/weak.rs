//! The diagnosis by cause, the commands it names, and its drills.

use std::fs;
use std::path::Path;

use clap::Parser;
use mindrill::commands::Cli;
use rusqlite::Connection;
use serde_json::Value;
use tempfile::TempDir;

use crate::harness::Learner;

const MAP: &str = "mindmap\n  root((Small))\n    Locks\n    Joins (optional)\n    Caches (priority)\n";

/// A deck of ten cards for a leaf: two typed ones that are easily mixed up, a choice, and true or false.
fn deck(node: &str) -> String {
    let mut text = format!("[deck]\ntitle = \"{node}\"\nnode = \"{node}\"\nas_of = 2026-11-22\n");
    text += "[[card]]\nid = \"write\"\nkind = \"typed\"\nprompt = \"First?\"\naccept = [\"write skew\"]\n";
    text +=
        "[[card]]\nid = \"phantom\"\nkind = \"typed\"\nprompt = \"Second?\"\naccept = [\"phantom read\"]\n";
    text += "[[card]]\nid = \"pick\"\nkind = \"choice\"\nprompt = \"Which?\"\noptions = [{ text = \"seek\", correct = true, why = \"a\" }, { text = \"scan\", why = \"b\" }, { text = \"sort\", why = \"c\" }]\n";
    let fact = |number: usize| {
        format!(
            "[[card]]\nid = \"fact-{number}\"\nkind = \"true-false\"\nstatement = \"Fact {number}.\"\nanswer = true\nexplanation = \"So.\"\n"
        )
    };
    text.extend((0..7).map(fact));
    text
}

fn collection() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let decks = folder.path().join("decks");
    fs::create_dir(&decks).unwrap();
    fs::write(decks.join("skill-map.mmd"), MAP).unwrap();
    fs::write(decks.join("locks.toml"), deck("locks")).unwrap();
    fs::write(decks.join("joins.toml"), deck("joins")).unwrap();
    folder
}

fn learner(folder: &TempDir) -> Learner {
    Learner::new().of(&folder.path().join("decks"))
}

/// An answer as the log has it: days before 2026-11-22, card, grade, milliseconds, reply, confidence.
type Logged<'a> = (i64, &'a str, i64, Option<i64>, &'a str, Option<&'a str>);

/// Writes answers into a progress file that is there, and makes its schedules anew.
fn log(learner: &Learner, answers: &[Logged<'_>]) {
    let connection = Connection::open(learner.progress()).unwrap();
    for (number, (ago, card, grade, elapsed_ms, reply, confidence)) in answers.iter().enumerate() {
        let (day, (deck, card)) = (20_779 - ago, card.split_once('/').unwrap());
        connection
            .execute(
                "INSERT INTO log (id, device, at, offset_s, day, kind, deck, card, grade, elapsed_ms, reply, confidence)
                 VALUES (randomblob(16), 'test', ?1, 0, ?2, 'scheduled', ?3, ?4, ?5, ?6, ?7, ?8)",
                (day * 86_400_000 + 36_000_000 + i64::try_from(number).unwrap(), day, deck, card, grade, elapsed_ms, reply, confidence),
            )
            .unwrap();
        connection.execute("UPDATE meta SET entries = entries + 1", []).unwrap();
    }
    drop(connection);
    learner.says("doctor --rebuild", "");
}

/// A learner of whom something is known: each cause of a drill once, in Locks.
fn known(folder: &TempDir) -> Learner {
    let learner = learner(folder);
    learner.says("answer locks/fact-0 --grade 4", "");
    learner.says("undo", "");
    let mut answers: Vec<Logged<'_>> = vec![
        (20, "locks/write", 1, Some(9_000), "phantom read", None),
        (20, "locks/pick", 1, Some(9_000), "scan", None),
        (19, "locks/pick", 1, Some(9_000), "scan", None),
        (19, "locks/fact-1", 1, Some(4_000), "false", Some("sure")),
        (30, "locks/fact-2", 4, Some(40_000), "true", None),
        (29, "locks/fact-2", 4, Some(44_000), "true", None),
        (40, "locks/fact-3", 4, Some(4_000), "true", None),
        (40, "locks/phantom", 4, Some(9_000), "phantom read", None),
    ];
    for _ in 0..10 {
        answers.push((18, "joins/fact-6", 4, Some(4_000), "true", None));
    }
    log(&learner, &answers);
    learner
}

fn entries(learner: &Learner, words: &str) -> Vec<Value> {
    let text = learner.says(&format!("weak {words} --json"), "");
    serde_json::from_str::<Value>(&text).unwrap().as_array().unwrap().clone()
}

fn recall(learner: &Learner, node: &str) -> f64 {
    let coverage: Value =
        serde_json::from_str(&learner.says(&format!("coverage {node} --json"), "")).unwrap();
    coverage["nodes"][0]["recall"].as_f64().unwrap()
}

#[test]
fn without_an_answer_nothing_is_weak_yet() {
    insta::assert_snapshot!(Learner::new().says("weak", ""), @r#"
    Small map  recall 0 % on 2026-12-22
    Nothing is weak yet: 8 cards were never met, 2 leaves are not written.

    Points of recall lost, by cause:
    not written    ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓░░░░░░░░░░░░░░░   33.3
    never met      ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓   66.7

    Most points a minute first:
     1  Indexing (priority)  never met  44.4 points · 3 min
        4 cards never asked
        mindrill quiz indexing --new 4
     2  Isolation  never met  22.2 points · 3 min
        4 cards never asked
        mindrill quiz isolation --new 4
     3  HTTP  not written  22.2 points · 46 min
        no card counts here
        mindrill new http
     4  DNS (optional)  not written  11.1 points · 46 min
        no card counts here
        mindrill new dns
    "#);
}

#[test]
fn each_cause_is_found_and_told_with_its_ground() {
    let folder = collection();
    let learner = known(&folder);
    insta::assert_snapshot!(learner.says("weak locks", ""), @r#"
    Locks  recall 31 % on 2026-12-22

    Points of recall lost, by cause:
    never met      ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓   40.0
    forgotten      ▓▓▓▓▓▓░░░░░░░░░░░░░░░░░░░░░░░░    8.2
    slow           ▓▓░░░░░░░░░░░░░░░░░░░░░░░░░░░░    2.9
    overconfident  ▓▓▓▓░░░░░░░░░░░░░░░░░░░░░░░░░░    5.7
    confusable     ▓▓▓▓▓▓▓▓▓░░░░░░░░░░░░░░░░░░░░░   11.8

    Most points a minute first:
     1  Locks  never met  40.0 points · 2 min
        4 cards never asked
        mindrill quiz locks --new 4
     2  Locks  overconfident  5.7 points · 1 min
        locks/fact-1 failed though you were sure
        mindrill weak locks --cause overconfident --drill
     3  Locks  forgotten  8.2 points · 1 min
        locks/fact-3 59 %, locks/phantom 59 %
        mindrill quiz locks --new 0
     4  Locks  slow  2.9 points · 1 min
        locks/fact-2 takes you 40 s, its kind 4 s
        mindrill weak locks --cause slow --drill
     5  Locks  confusable  11.8 points · 2 min
        locks/pick: “scan” taken 2 times, locks/write: you said “phantom read”,
        which answers locks/phantom
        mindrill weak locks --cause confusable --drill
    "#);
    let text = known(&folder).wide(40).says("weak", "");
    assert!(text.lines().all(|line| line.chars().count() <= 40), "{text}");
}

#[test]
fn the_contract_names_cause_node_cards_points_minutes_and_command() {
    let folder = collection();
    let learner = known(&folder);
    let all = entries(&learner, "");
    let names: Vec<&String> = all[0].as_object().unwrap().keys().collect();
    assert_eq!(names[..6], ["cause", "node", "cards", "points_lost", "minutes", "command"]);
    let worth =
        |entry: &Value| entry["points_lost"].as_f64().unwrap() / entry["minutes"].as_f64().unwrap().max(0.01);
    assert!(all.windows(2).all(|pair| worth(&pair[0]) >= worth(&pair[1]) * 0.95), "{all:#?}");
    assert_eq!(entries(&learner, "--top 2"), all[..2]);
    let places: std::collections::BTreeSet<(&str, &str)> =
        all.iter().map(|one| (one["node"].as_str().unwrap(), one["cause"].as_str().unwrap())).collect();
    assert_eq!(places.len(), all.len(), "one entry a leaf and cause");
    for cause in ["forgotten", "slow", "overconfident", "confusable"] {
        assert!(places.contains(&("locks", cause)), "{cause} in {places:?}");
    }
    assert!(places.contains(&("caches", "not-written")));
    let mixed = all.iter().find(|entry| entry["cause"] == "confusable").unwrap();
    let cards: Vec<&str> =
        mixed["cards"].as_array().unwrap().iter().map(|card| card.as_str().unwrap()).collect();
    let write = cards.iter().position(|card| *card == "locks/write").unwrap();
    assert_eq!(cards[write + 1], "locks/phantom", "what it is mixed up with comes right after it");
}

#[test]
fn every_command_that_is_named_works() {
    let folder = collection();
    let learner = known(&folder);
    learner.says("quiz joins --kind true-false --new 1", "! odd\nq\n");
    let all = entries(&learner, "");
    assert!(all.iter().any(|entry| entry["cause"] == "bad-card"));
    for entry in all {
        let command = entry["command"].as_str().unwrap();
        let words = command.strip_prefix("mindrill ").unwrap();
        let end = learner.run(words, "q\n").end;
        match end {
            Ok(()) => {}
            Err(error) => assert!(
                words.starts_with("edit ") && error.to_string() == "an editor needs a terminal",
                "{command}: {error}"
            ),
        }
    }
}

#[test]
fn a_drill_asks_exactly_the_cards_of_its_entry_and_moves_its_leaf() {
    let folder = collection();
    for cause in ["forgotten", "slow", "overconfident", "confusable", "never-met"] {
        let learner = known(&folder);
        let entry = entries(&learner, &format!("locks --cause {cause}")).swap_remove(0);
        let before = recall(&learner, "locks");
        let cards = entry["cards"].as_array().unwrap();
        let grades = "{\"grade\":4}\n".repeat(cards.len());
        let events = learner.json(&format!("weak locks --cause {cause} --drill"), &grades);
        let asked: Vec<&Value> =
            events.iter().filter(|event| event["event"] == "question").map(|event| &event["card"]).collect();
        assert_eq!(asked, cards.iter().collect::<Vec<_>>(), "{cause}");
        assert!(recall(&learner, "locks") > before + 0.001, "{cause} moves its leaf");
        let kind = &learner.json("log", "").pop().unwrap()["kind"];
        assert!(kind == "early" || kind == "scheduled", "{cause}: {kind}");
    }
}

#[test]
fn the_drill_without_a_cause_begins_with_the_first_entry_that_asking_mends() {
    let folder = collection();
    let learner = known(&folder);
    let first = entries(&learner, "")
        .into_iter()
        .find(|entry| entry["cause"] != "not-written" && entry["cause"] != "bad-card")
        .unwrap();
    let events = learner.json("weak --drill", "{\"do\":\"quit\"}\n");
    assert_eq!(events[0]["card"], first["cards"][0]);
    let told = learner.says("weak --drill", "q\n");
    assert!(told.starts_with("Drill: "), "{told}");
}

#[test]
fn two_later_days_with_a_pass_settle_a_mix_up() {
    let folder = collection();
    let mut learner = known(&folder);
    let is_there = |learner: &Learner| {
        entries(learner, "locks --cause confusable")
            .iter()
            .any(|entry| entry["cards"].as_array().unwrap().contains(&Value::from("locks/write")))
    };
    for (at, there) in [("2026-11-22T10:00:00Z", true), ("2026-11-24T10:00:00Z", false)] {
        learner.at(at).says("answer locks/write --grade 4", "");
        assert_eq!(is_there(&learner), there, "{at}");
    }
}

#[test]
fn an_unknown_cause_or_node_is_an_error_and_an_empty_map_is_not() {
    let learner = Learner::new();
    let (error, hint) = learner.fails("weak indxing");
    assert!(error.contains("indxing") && hint.contains("indexing"), "{error} {hint}");
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("skill-map.mmd"), "mindmap\n  root((Alone))\n").unwrap();
    let alone = Learner::new().of(Path::new(folder.path()));
    let told = alone.says("weak", "");
    assert!(told.contains("not written"), "{told}");
    assert!(alone.says("weak --drill", "").contains("nothing to drill"));
}

#[test]
fn a_cause_that_costs_nothing_says_nothing_of_the_others() {
    let mut learner = Learner::new();
    for answered in [false, true] {
        if answered {
            learner.says("answer indexing/limit --grade 1", "");
            learner.at("2026-11-25T10:00:00Z");
        }
        let page = learner.says("weak --cause slow", "");
        assert!(page.contains("No point is lost here through that cause: slow."), "{page}");
        assert!(!page.contains("Nothing is weak"), "{page}");
    }
}

#[test]
fn what_is_not_there_is_not_counted() {
    let learner = Learner::new();
    let page = learner.says("weak networking", "");
    assert!(page.contains("Nothing is weak yet: 2 leaves are not written."), "{page}");
    let page = learner.says("weak indexing", "");
    assert!(page.contains("Nothing is weak yet: 4 cards were never met"), "{page}");
    let none = Cli::try_parse_from(["mindrill", "weak", "--top", "0"]).unwrap_err();
    assert!(none.to_string().contains("0 is not in 1.."), "{none}");
}
