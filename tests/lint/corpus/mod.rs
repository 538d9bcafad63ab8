//! Rules about options, orders, claims and code (M, O, T, C), and about decks and branches as a whole (D).

mod examples;
mod statistics;
mod sound;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use mindrill::deck_files;
use mindrill::domain::day::StudyDay;
use mindrill::domain::policy::Policy;
use mindrill::lint::{self, Finding, Subject};

/// The head of a deck with nothing wrong about it.
const HEAD: &str = "[deck]\ntitle = \"Example\"\nas_of = 2026-11-22\n\n";

/// What the rules say of a deck that lies in no collection.
fn review(deck: &str) -> Vec<Finding> {
    review_for(deck, &Policy::default())
}

fn review_for(deck: &str, policy: &Policy) -> Vec<Finding> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("example.toml");
    fs::write(&path, deck).unwrap();
    let loaded = deck_files::read_paths(&[path]);
    assert!(loaded.decks.iter().map(|deck| deck.cards.len()).sum::<usize>() > 0, "{:?}", loaded.problems);
    let today = StudyDay::from_ymd(2026, 11, 26).unwrap();
    lint::review(&Subject { map: None, decks: &loaded.decks, beyond: &BTreeMap::new(), policy, today })
}

/// The rules that a deck breaks, each once, in order.
fn broken(findings: &[Finding]) -> Vec<&'static str> {
    let mut rules: Vec<_> = findings.iter().map(|finding| finding.rule).collect();
    rules.sort_unstable();
    rules.dedup();
    rules
}

/// The findings of one rule.
fn of(rule: &str, findings: &[Finding]) -> Vec<(String, String)> {
    let of_rule = findings.iter().filter(|finding| finding.rule == rule);
    of_rule.map(|finding| (finding.level.name().to_owned(), finding.message.clone())).collect()
}

/// A choice with these options, the right one at a place; nothing else about it is wrong by the rules of options.
fn choice(id: &str, prompt: &str, options: &[&str], right: usize) -> String {
    let mut text = format!(
        "[[card]]\nid = \"{id}\"\nkind = \"choice\"\naim = \"explain\"\nprompt = '''{prompt}'''\noptions = [\n"
    );
    for (at, option) in options.iter().enumerate() {
        let correct = if at == right { "correct = true, " } else { "" };
        writeln!(
            text,
            "  {{ text = '''{option}''', {correct}why = \"reason {at} of the card {id} here\" }},"
        )
        .unwrap();
    }
    text + "]\n\n"
}

/// Another word for each number: no two cards are alike.
fn word(number: usize) -> String {
    let syllables =
        ["ba", "de", "fi", "go", "lu", "ma", "ne", "pi", "ro", "su", "ta", "ve", "wi", "xo", "zu", "ke"];
    format!("{}{}{}n", syllables[number % 16], syllables[number / 16 % 16], syllables[number / 256 % 16])
}
