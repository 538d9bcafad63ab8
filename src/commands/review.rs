//! The content rules over decks: findings with the places at which their parts are written.
//!
//! Where the rooms `lint` and `deck_files` meet.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::deck_files;
use crate::domain::card::Part;
use crate::domain::deck::Deck;
use crate::domain::problem::{Place, Problem};
use crate::domain::skill_map::SkillMap;
use crate::lint::{self, Finding, Spot, Subject};

/// What the rules have to say of decks, and of the map on which they hang, which is shown as `map_file`.
pub(super) fn problems(subject: &Subject<'_>, map_file: &Arc<str>) -> Vec<Problem> {
    let findings = lint::review(subject);
    let places = places(&findings, subject.decks, subject.map.map(|map| (map, map_file)));
    let problem = |(finding, place): (Finding, Place)| {
        let Finding { rule, level, message, hint, .. } = finding;
        Problem { place, rule, level, message, hint }
    };
    findings.into_iter().zip(places).map(problem).collect()
}

/// A finding by its index, and the part whose place it needs: the line of its card, the part.
type Wanted = (usize, (usize, Part));

/// The place of each finding.
fn places(findings: &[Finding], decks: &[Deck], map: Option<(&SkillMap, &Arc<str>)>) -> Vec<Place> {
    let mut parts: BTreeMap<usize, Vec<Wanted>> = BTreeMap::new();
    let mut places = Vec::with_capacity(findings.len());
    for (index, finding) in findings.iter().enumerate() {
        places.push(match finding.spot {
            Spot::Card(deck, card, part) => {
                let place = &decks[deck].cards[card].place;
                if part != Part::CARD {
                    parts.entry(deck).or_default().push((index, (place.line, part)));
                }
                place.clone()
            }
            Spot::Deck(deck) => decks[deck].place.clone(),
            Spot::Node(node) => of_node(map, node.0),
        });
    }
    for (deck, wanted) in parts {
        let file = &decks[deck].place.file;
        let Some(text) = deck_files::shown_text(file) else { continue };
        let asked: Vec<(usize, Part)> = wanted.iter().map(|(_, part)| *part).collect();
        let starts = decks[deck].cards.iter().map(|card| card.place.line).collect();
        for ((index, _), place) in wanted.iter().zip(deck_files::places(&text, file, &asked, &starts)) {
            places[*index] = place;
        }
    }
    places
}

/// The line of the map on which a node stands.
fn of_node(map: Option<(&SkillMap, &Arc<str>)>, node: usize) -> Place {
    match map {
        Some((map, file)) => Place { file: Arc::clone(file), line: map.nodes()[node].line, column: 1 },
        None => Place { file: Arc::from(""), line: 1, column: 1 },
    }
}
