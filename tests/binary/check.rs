//! `check` as a reviewer: why a rule exists, and what was touched since a revision.

use std::fs;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::place::{Place, SOUND, unwrapped};

#[test]
fn every_rule_is_listed_and_each_is_explained() {
    let place = Place::new();
    let list = place.says("check --explain");
    let ids: Vec<&str> = list
        .lines()
        .filter(|line| !line.starts_with(' '))
        .map(|line| line.split(' ').next().unwrap())
        .collect();
    assert!(ids.contains(&"P04") && ids.contains(&"unknown-key"), "{list}");
    let rules = place.json("check --explain").remove(0);
    for rule in rules.as_array().unwrap() {
        let id = rule["rule"].as_str().unwrap();
        assert!(ids.contains(&id), "{id}");
        assert_eq!(place.json(&format!("check --explain {id}")).remove(0), *rule);
    }
}

#[test]
fn an_explanation_has_a_reason_and_two_examples() {
    let said = Place::new().says("check --explain p04");
    for part in ["P04  a choice asks for what holds", "Not so:", "But so:", "  [[card]]", "Source: NBME"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(said.lines().all(|line| line.chars().count() <= 80), "{said}");
}

#[test]
fn an_unknown_rule_is_answered_with_the_nearest() {
    let said = unwrapped(&Place::new().refused("check --explain unknown-keys"));
    assert!(
        said.contains("there is no rule `unknown-keys`") && said.contains("did you mean `unknown-key`"),
        "{said}"
    );
}

#[test]
fn the_whole_collection_decides_how_many_cards_a_leaf_has() {
    let place = Place::with_deck(SOUND);
    let file = place.deck().display().to_string();
    let is_thin = || problems(&place, &file).1.iter().any(|told| told.starts_with("D11"));
    assert!(is_thin(), "two cards are a thin leaf");
    let cards = |from: usize, to: usize| {
        let card = |number| {
            format!(
                "[[card]]\nid = \"n{number}\"\nkind = \"flashcard\"\nprompt = \"Why {number}?\"\nanswer = \"So\"\n"
            )
        };
        (from..to).map(card).collect::<String>()
    };
    let more = place.collection.join("more.toml");
    fs::write(&more, format!("[deck]\nnode = \"leaf\"\n{}", cards(0, 5))).unwrap();
    assert!(is_thin(), "seven are too");
    fs::write(&more, format!("[deck]\nnode = \"leaf\"\n{}", cards(0, 6))).unwrap();
    assert!(!is_thin(), "eight are not");
    fs::write(place.collection.join("mindrill.toml"), "[check]\ncards_a_leaf = [2, 7]\n").unwrap();
    assert!(is_thin(), "eight are more than this collection asks for");
}

/// Runs git in the collection; `None` where the machine has none.
fn git(place: &Place, words: &[&str]) -> Option<()> {
    let mut command = Command::new("git");
    place.furnish(&mut command);
    command.arg("-C").arg(&place.collection).args(["-c", "user.name=T", "-c", "user.email=t@example.com"]);
    let status = command.args(words).stdout(Stdio::null()).stderr(Stdio::null()).status().ok()?;
    assert!(status.success(), "git {words:?}");
    Some(())
}

fn problems(place: &Place, words: &str) -> (Value, Vec<String>) {
    let output = place.run(&format!("check {words} --json"));
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    let told = found["problems"].as_array().unwrap().iter();
    let told = told.map(|one| format!("{}:{}", one["rule"].as_str().unwrap(), one["line"])).collect();
    (found["cards"].clone(), told)
}

#[test]
fn only_cards_touched_since_a_revision_are_told() {
    // `c0` asks nothing from the beginning; `c1` is spoilt later.
    let place = Place::with_deck(&SOUND.replace("What does a gap lock keep out?", "Locks of the gap"));
    if git(&place, &["init", "-q"]).is_none() {
        return;
    }
    git(&place, &["add", "."]);
    git(&place, &["commit", "-q", "-m", "one"]);
    assert!(problems(&place, "").1.contains(&"P02:10".to_owned()));
    assert_eq!(problems(&place, "--changed").1, [""; 0]);
    let text = fs::read_to_string(place.deck()).unwrap();
    fs::write(place.deck(), text.replace("Why is a covering index fast?", "An index that covers all"))
        .unwrap();
    let (cards, told) = problems(&place, "--changed");
    assert_eq!(cards, 1);
    assert!(told.contains(&"P02:18".to_owned()) && !told.contains(&"P02:10".to_owned()), "{told:?}");
    git(&place, &["commit", "-q", "-a", "-m", "two"]);
    assert_eq!(problems(&place, "--changed").1, [""; 0]);
    assert_eq!(problems(&place, "--changed HEAD~1").0, 1);
    fs::write(place.collection.join("new deck.toml"), text.replace("covering", "broad")).unwrap();
    assert_eq!(problems(&place, "--changed").0, 0, "a blank in a file's name is no id of a deck");
    fs::rename(place.collection.join("new deck.toml"), place.collection.join("new.toml")).unwrap();
    assert_eq!(problems(&place, "--changed").0, 2, "a file that git does not know is new as a whole");
}

#[test]
fn a_revision_that_cannot_be_had_is_a_clear_error() {
    let place = Place::with_deck(SOUND);
    let said = unwrapped(&place.refused("check --changed"));
    if said.contains("cannot be run") {
        return;
    }
    assert!(said.contains("lies in no git repository") && said.contains("hint: "), "{said}");
    git(&place, &["init", "-q"]);
    let said = place.says("check --changed");
    assert!(said.contains(", 2 cards"), "before the first commit all is new: {said}");
    for revision in ["nothing", "--output=x", "HEAD~1"] {
        let said = unwrapped(&place.refused(&format!("check --changed={revision}")));
        assert!(said.contains(&format!("git knows no revision `{revision}`")), "{said}");
    }
    assert_eq!(fs::read_dir(&place.collection).unwrap().count(), 3, "the map, the deck, .git");
}
