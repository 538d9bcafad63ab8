//! Decks edited, renamed, removed and broken, between sittings and in the middle of one; decks that are traps.

use std::fs;
use std::os::unix::fs::symlink;

use serde_json::Value;

use crate::place::{Place, Talk, deck, text, unwrapped};

#[test]
fn a_deck_edited_renamed_and_removed_between_sittings_keeps_its_progress() {
    let place = Place::with_deck(&deck(2));
    place.says("answer deck/c0 -g 4");
    fs::write(place.deck(), deck(2).replace("\"p\"", "\"p, better put\"")).unwrap();
    assert_eq!(place.json("why deck/c0")[0]["answers"], 1);
    fs::rename(place.deck(), place.collection.join("other.toml")).unwrap();
    let doctor = &place.json("doctor")[0];
    assert_eq!(
        [&doctor["sound"], &doctor["orphans"][0]["card"]],
        [&Value::from(true), &Value::from("deck/c0")]
    );
    assert!(unwrapped(&place.says("doctor")).contains("deck/c0"));
    fs::remove_file(place.collection.join("other.toml")).unwrap();
    assert_eq!(place.json("log").len(), 1);
    assert_eq!(place.json("due")[0]["new_total"], 0);
    fs::write(place.deck(), deck(2)).unwrap();
    assert_eq!(place.json("doctor")[0]["orphans"], Value::Array(Vec::new()));
    assert_eq!(place.json("why c0")[0]["repetitions"], 1);
}

#[test]
fn a_card_removed_from_its_deck_and_the_last_answer_can_still_be_told_and_taken_back() {
    let place = Place::with_deck(&deck(2));
    place.says("answer deck/c1 -g 4");
    fs::write(place.deck(), deck(1)).unwrap();
    assert_eq!(place.json("log deck/c1").len(), 1);
    assert_eq!(place.json("undo")[0]["card"], "deck/c1");
    assert_eq!(place.health(), (true, 2));
}

/// A deck of flashcards `c0`, `c1`, ... with this prompt.
fn prompting(count: usize, prompt: &str) -> String {
    deck(count).replace("\"p\"", &format!("\"{prompt}\""))
}

#[test]
fn the_card_on_the_screen_stays_and_the_next_is_as_its_file_says_now() {
    let place = Place::with_deck(&prompting(3, "before"));
    let mut sitting = Talk::sitting(&place, "");
    let first = sitting.expect("question");
    assert_eq!(first["prompt"], "before");
    fs::write(place.deck(), format!("# a line more\n{}", prompting(3, "after"))).unwrap();
    sitting.grade(4);
    assert_eq!(sitting.expect("verdict")["card"], first["card"]);
    assert_eq!(sitting.expect("question")["prompt"], "after");
    sitting.grade(4);
    sitting.expect("verdict");
    sitting.expect("question");
    sitting.grade(4);
    let rest = sitting.rest();
    assert_eq!(rest.last().unwrap()["cards"], 3);
    assert_eq!(place.json("log").len(), 3);
}

#[test]
fn what_is_broken_or_gone_in_the_middle_of_a_sitting_is_left_out_by_name() {
    type Harm = fn(&Place);
    let harms: [(&str, Harm); 4] = [
        ("broken", |place| fs::write(place.deck(), "[deck\n").unwrap()),
        ("no longer text", |place| fs::write(place.deck(), b"\xff\xfe\0").unwrap()),
        ("removed", |place| fs::remove_file(place.deck()).unwrap()),
        ("renamed", |place| fs::rename(place.deck(), place.collection.join("other.toml")).unwrap()),
    ];
    for (name, harm) in harms {
        let place = Place::with_deck(&deck(3));
        let mut sitting = Talk::sitting(&place, "");
        let first = sitting.expect("question");
        harm(&place);
        sitting.grade(4);
        assert_eq!(sitting.expect("verdict")["card"], first["card"], "{name}");
        let rest = sitting.rest();
        let missing: Vec<&Value> = rest.iter().filter(|event| event["event"] == "missing").collect();
        assert_eq!(missing.len(), 2, "{name}: {rest:?}");
        assert!(
            missing.iter().all(|event| event["message"].as_str().unwrap().contains("deck")),
            "{missing:?}"
        );
        assert_eq!(rest.last().unwrap()["event"], "summary", "{name}");
        assert!(sitting.child.wait().unwrap().success(), "{name}");
        assert_eq!(place.health(), (true, 1), "{name}");
    }
}

#[test]
fn what_is_gone_in_the_middle_of_a_sitting_by_lines_is_named_to_the_learner() {
    let place = Place::with_deck(&deck(3));
    let mut sitting = Talk::start(&mut place.command("quiz"));
    let mut shown = String::new();
    while !shown.contains("Enter shows the answer") {
        shown += &sitting.line().unwrap();
    }
    fs::remove_file(place.deck()).unwrap();
    sitting.say("");
    sitting.say("3");
    let rest: Vec<String> = std::iter::from_fn(|| sitting.line()).collect();
    let rest = rest.join("\n");
    assert_eq!(rest.matches("is left out").count(), 2, "{rest}");
    assert!(sitting.child.wait().unwrap().success());
    assert_eq!(place.health(), (true, 1));
}

#[test]
fn a_map_gone_in_the_middle_of_a_sitting_harms_nothing() {
    let place = Place::with_deck(&deck(2));
    let mut sitting = Talk::sitting(&place, "");
    sitting.expect("question");
    fs::remove_file(place.collection.join("skill-map.mmd")).unwrap();
    for _ in 0..2 {
        sitting.grade(4);
    }
    assert_eq!(sitting.rest().last().unwrap()["event"], "summary");
    assert!(place.refused("due").contains("no skill map"));
}

#[test]
fn a_progress_file_removed_in_the_middle_of_a_sitting_is_told_before_the_next_answer_is_taken() {
    let place = Place::with_deck(&deck(3));
    let mut command = place.command("quiz --json");
    command.stderr(std::process::Stdio::piped());
    let mut sitting = Talk::start(&mut command);
    sitting.expect("question");
    sitting.grade(4);
    sitting.expect("verdict");
    sitting.expect("question");
    fs::rename(place.progress(), place.path().join("elsewhere.db")).unwrap();
    sitting.grade(4);
    assert_eq!(sitting.rest(), Vec::<Value>::new(), "no verdict for what was not saved");
    assert_eq!(sitting.child.wait().unwrap().code(), Some(1));
    let mut said = String::new();
    std::io::Read::read_to_string(&mut sitting.child.stderr.take().unwrap(), &mut said).unwrap();
    assert!(said.starts_with("error: ") && said.contains("progress.db"), "{said}");
}

/// More than a deck may have, in bytes.
const HUGE: u64 = 100 << 20;
/// How deep the nested decks are nested.
const DEEP: usize = 10_000;

/// A collection full of traps beside one good deck.
fn trapped() -> Place {
    let place = Place::with_deck(&deck(3));
    let at = |name: &str| place.collection.join(name);
    let good = deck(1).replace('\n', "\r\n");
    let nested = "[deck]\ntitle = \"N\"\nnode = \"leaf\"\nx = ";
    let files: [(&str, Vec<u8>); 9] = [
        ("bad-bytes.toml", b"[deck]\ntitle = \"a\xff\"\n".to_vec()),
        ("byte-order.toml", format!("\u{feff}{good}").into_bytes()),
        ("nul.toml", b"[deck]\ntitle = \"a\0\"\n".to_vec()),
        ("nuls.toml", vec![0; 10_000]),
        ("arrays.toml", format!("{nested}{}", "[".repeat(DEEP)).into_bytes()),
        ("closed.toml", format!("{nested}{}{}\n", "[".repeat(DEEP), "]".repeat(DEEP)).into_bytes()),
        ("tables.toml", format!("{nested}{}", "{a=".repeat(DEEP)).into_bytes()),
        ("dotted.toml", format!("{}=1\n", vec!["a"; DEEP].join(".")).into_bytes()),
        ("header.toml", format!("[{}]\n", vec!["a"; DEEP].join(".")).into_bytes()),
    ];
    for (name, bytes) in files {
        fs::write(at(name), bytes).unwrap();
    }
    fs::File::create(at("huge.toml")).unwrap().set_len(HUGE).unwrap();
    symlink(".", at("loop")).unwrap();
    symlink("self.toml", at("self.toml")).unwrap();
    symlink("/etc", at("out")).unwrap();
    symlink("/dev/zero", at("zero.toml")).unwrap();
    symlink("nowhere", at("dangling.toml")).unwrap();
    fs::create_dir(at("folder.toml")).unwrap();
    nix::unistd::mkfifo(&at("pipe.toml"), nix::sys::stat::Mode::S_IRWXU).unwrap();
    place
}

#[test]
fn traps_in_a_collection_hold_up_nothing_but_themselves() {
    let place = trapped();
    let cards: Vec<String> =
        place.json("cards").iter().map(|card| card["card"].as_str().unwrap().to_owned()).collect();
    assert_eq!(cards, ["byte-order/c0", "deck/c0", "deck/c1", "deck/c2"]);
    let sat = place.hears("quiz", &"\n3\n".repeat(4));
    assert!(sat.status.success() && text(&sat.stdout).contains("4 of 4"), "{}", text(&sat.stdout));
    assert_eq!(place.health(), (true, 4));
    for words in ["", "due", "coverage", "show leaf", "map show", "where"] {
        place.says(words);
    }
}

#[test]
fn check_names_every_trap_and_none_a_hundred_times() {
    let place = trapped();
    let output = place.run("check --json");
    assert_eq!(output.status.code(), Some(1));
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut problems = found["problems"].as_array().unwrap().clone();
    let of = |name: &str| {
        let of_it = |problem: &&Value| problem["file"].as_str().unwrap().ends_with(&format!("/{name}"));
        problems.iter().filter(of_it).count()
    };
    let traps = [
        "bad-bytes.toml",
        "nul.toml",
        "nuls.toml",
        "arrays.toml",
        "closed.toml",
        "tables.toml",
        "dotted.toml",
        "header.toml",
        "huge.toml",
        "pipe.toml",
        "zero.toml",
        "dangling.toml",
        "self.toml",
    ];
    for name in traps {
        assert!((1..=8).contains(&of(name)), "{name}: {} problems", of(name));
    }
    // What the decks say is another matter: the rules of contents are told in capitals.
    problems.retain(|problem| {
        problem["rule"].as_str().unwrap().starts_with(|letter: char| letter.is_lowercase())
    });
    let sound =
        |name: &str| problems.iter().all(|problem| !problem["file"].as_str().unwrap().ends_with(name));
    assert!(sound("/deck.toml") && sound("/byte-order.toml"));
    let mut told: Vec<String> = problems.iter().map(Value::to_string).collect();
    let all = told.len();
    told.sort();
    told.dedup();
    assert_eq!(told.len(), all, "a problem is told once");
}
