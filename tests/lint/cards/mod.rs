//! Rules about single cards (S, P, F) and about setting rules aside (A).

mod examples;
mod fine;
mod limits;

use std::collections::BTreeMap;
use std::fs;

use mindrill::deck_files;
use mindrill::domain::collection::Collection;
use mindrill::domain::day::StudyDay;
use mindrill::domain::policy::Policy;
use mindrill::domain::problem::{Level, Problem};
use mindrill::lint::{self, Finding, Spot, Subject};
use mindrill::mindmap;
use toml_edit::{DocumentMut, value};

const MAP: &str =
    "mindmap\n  root\n    databases\n      indexing\n      isolation\n    cloud\n      lambda\n";
/// The head of a deck with nothing wrong about it.
const HEAD: &str = "[deck]\ntitle = \"Indexing\"\nnode = \"databases/indexing\"\nas_of = 2026-11-22\n\n";
const EXPLANATION: &str =
    "It follows from the section cited, which says so in as many words and gives the reason with it.";
const SOURCE: &str = "[{ title = \"Manual\", at = \"§1\", url = \"https://dev.mysql.com/doc/\" }]";

/// What was found: by the rules of contents, and where decks are read and bound.
struct Found {
    findings: Vec<Finding>,
    problems: Vec<Problem>,
}

impl Found {
    /// The rules of single cards that are broken, each once, in order; statistics depend on more than a card.
    fn rules(&self) -> Vec<&'static str> {
        let single = self.findings.iter().filter(|finding| !matches!(finding.spot, Spot::Node(_)));
        let of_cards =
            single.map(|finding| finding.rule).filter(|rule| rule.starts_with(['S', 'P', 'F', 'A']));
        let statistics = ["S09", "P06"];
        let mut rules: Vec<_> = of_cards.filter(|rule| !statistics.contains(rule)).collect();
        rules.extend(self.problems.iter().map(|problem| problem.rule));
        rules.sort_unstable();
        rules.dedup();
        rules
    }

    /// The levels at which a rule is told.
    fn levels(&self, rule: &str) -> Vec<Level> {
        let content = self.findings.iter().filter(|one| one.rule == rule).map(|one| one.level);
        let reading = self.problems.iter().filter(|one| one.rule == rule).map(|one| one.level);
        content.chain(reading).collect()
    }
}

/// What is found in the text of a deck, whose file is called `stem`.
fn found_in(stem: &str, text: &str, policy: &Policy) -> Found {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(format!("{stem}.toml"));
    fs::write(&path, text).unwrap();
    let loaded = deck_files::read_paths(&[path]);
    let map = mindmap::read(MAP, "skill-map.mmd").map.unwrap();
    let today = StudyDay::from_ymd(2026, 11, 26).unwrap();
    let subject = Subject { map: Some(&map), decks: &loaded.decks, beyond: &BTreeMap::new(), policy, today };
    let findings = lint::review(&subject);
    let mut problems = loaded.problems;
    problems.extend(Collection::bind(map.clone(), &loaded.decks).1);
    Found { findings, problems }
}

/// As [`found_in`], for cards of a sound deck.
fn found(cards: &str) -> Found {
    found_in("indexing", &whole(cards, ""), &Policy::default())
}

/// A deck of these cards; what has nothing to do with `rule` is filled in where it is left out.
fn whole(text: &str, rule: &str) -> String {
    let text = if text.contains("[deck]") { text.to_owned() } else { format!("{HEAD}{text}") };
    let mut document: DocumentMut = text.parse().unwrap();
    let Some(cards) = document.get_mut("card").and_then(|item| item.as_array_of_tables_mut()) else {
        return text;
    };
    for (number, card) in cards.iter_mut().enumerate() {
        let mut fill = |key: &str, item: toml_edit::Item| {
            if !card.contains_key(key) {
                card.insert(key, item);
            }
        };
        if rule != "S01" {
            fill("id", value(format!("card-{number}")));
        }
        if rule != "S03" {
            fill("explanation", value(EXPLANATION));
            fill("sources", SOURCE.parse().unwrap());
        }
    }
    document.to_string()
}
