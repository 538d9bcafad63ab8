//! The author's guide `decks/README.md`: every deck in it is real, and makes the point it is there for.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::harness::Learner;

const MAP: &str = "mindmap\n  root(Guide)\n    Backend Infrastructure\n      Databases\n        Indexing\n    Further\n      a further leaf\n";
const HEAD: &str = "[deck]\ntitle = \"Indexing\"\nnode = \"databases/indexing\"\nas_of = 2026-11-22\n\n";

/// A block of TOML, and the title it stands under.
struct Block {
    title: String,
    text: String,
}

fn blocks() -> Vec<Block> {
    let guide = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("decks/README.md")).unwrap();
    let mut blocks = Vec::new();
    let (mut title, mut open) = (String::new(), None::<String>);
    for line in guide.lines() {
        match &mut open {
            Some(text) if line == "```" => {
                blocks.push(Block { title: title.clone(), text: text.clone() });
                open = None;
            }
            Some(text) => {
                text.push_str(line);
                text.push('\n');
            }
            None if line == "```toml" => open = Some(String::new()),
            None => {
                if let Some(heading) = line.strip_prefix("### ") {
                    heading.clone_into(&mut title);
                }
            }
        }
    }
    blocks
}

/// A collection with the block as its only deck.
fn collection(block: &Block) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let text =
        if block.text.contains("[deck]") { block.text.clone() } else { format!("{HEAD}{}", block.text) };
    fs::write(folder.path().join("skill-map.mmd"), MAP).unwrap();
    fs::create_dir(folder.path().join("backend-infrastructure")).unwrap();
    fs::write(folder.path().join("backend-infrastructure/indexing.toml"), text).unwrap();
    folder
}

/// The rules that `check` names for a block's cards, with their levels.
fn problems(block: &Block) -> Vec<(String, String)> {
    let folder = collection(block);
    let printed = Learner::new().of(folder.path()).run("check --json", "");
    let object: serde_json::Value = serde_json::from_str(printed.text.trim()).unwrap();
    assert!(object["cards"].as_u64().unwrap() > 0, "{}", block.text);
    let problems = object["problems"].as_array().unwrap();
    let text = |problem: &serde_json::Value, key: &str| problem[key].as_str().unwrap().to_owned();
    problems.iter().map(|problem| (text(problem, "rule"), text(problem, "level"))).collect()
}

/// The rule that a title names: `F02: one card asks one thing`.
fn rule(title: &str) -> Option<&str> {
    let (rule, _) = title.split_once(": ")?;
    (rule.len() == 3 && rule.starts_with(|letter: char| letter.is_ascii_uppercase())).then_some(rule)
}

#[test]
fn every_deck_of_the_guide_loads_whole() {
    let blocks = blocks();
    assert!(blocks.len() > 20);
    for block in &blocks {
        let written = block.text.matches("[[card]]").count();
        let folder = collection(block);
        let cards = Learner::new().of(folder.path()).says("cards", "");
        assert_eq!(cards.lines().count(), written, "{}\n{cards}", block.text);
    }
}

#[test]
fn each_pair_breaks_and_keeps_the_rule_it_is_about() {
    let blocks = blocks();
    let about: Vec<&Block> = blocks.iter().filter(|block| rule(&block.title).is_some()).collect();
    assert_eq!(about.len(), 20, "ten rules, a pair each");
    for pair in about.chunks(2) {
        let [bad, good] = pair else { panic!("a rule without a pair") };
        let rule = rule(&bad.title).unwrap();
        let told = problems(bad);
        assert!(told.iter().any(|(one, _)| one == rule), "{rule} is silent about\n{}\n{told:?}", bad.text);
        let told = problems(good);
        assert!(
            told.iter().all(|(one, level)| one != rule && level != "error"),
            "{rule}: {told:?}\n{}",
            good.text
        );
    }
}

#[test]
fn the_other_decks_of_the_guide_break_no_rule() {
    for block in blocks().iter().filter(|block| rule(&block.title).is_none()) {
        let told = problems(block);
        let of_the_deck = ["D10", "D11", "D12", "S09"];
        let rest: Vec<_> = told.iter().filter(|(rule, _)| !of_the_deck.contains(&rule.as_str())).collect();
        assert!(rest.is_empty(), "{rest:?}\n{}", block.text);
    }
}
