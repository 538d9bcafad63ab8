//! Cards that are given to a deck from outside, as TOML or as JSON: read as the deck itself would be, all or none.
//!
//! JSON has the names of the deck format. It is written as TOML and read by the one reader there is; what is found wrong
//! is told by its path. This module does not know where texts come from.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use serde_json::Value;

use super::append::fresh_id;
use super::deck::{self, Parsed};
use super::json::{self, Written};
use crate::domain::card::{Card, DeckId};
use crate::domain::problem::{Level, Place, Problem};

/// How given cards are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `[[card]]` tables, with or without `[deck]`.
    Toml,
    /// An object, a list of objects, or an object with `card` or `cards`.
    Json,
}

impl Form {
    /// The form of a text: by the ending of its file's name, else by how it starts.
    #[must_use]
    pub fn of(file: &str, text: &str) -> Self {
        let is =
            |ending: &str| Path::new(file).extension().is_some_and(|own| own.eq_ignore_ascii_case(ending));
        let mut marks = text.trim_start().chars().filter(|mark| !mark.is_whitespace());
        match (marks.next(), marks.next()) {
            _ if is("toml") => Self::Toml,
            _ if is("json") => Self::Json,
            (Some('{'), _) | (Some('['), Some('{' | ']')) => Self::Json,
            _ => Self::Toml,
        }
    }
}

/// A problem of given cards; what was JSON has a path (`[0].options[1]`) instead of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// The path; `None` where the place counts.
    pub path: Option<String>,
    /// The problem.
    pub problem: Problem,
}

/// Cards of a text, which is shown as `file`, for a deck that has cards of the ids `taken`. Cards without an id get a
/// fresh one.
///
/// # Errors
/// Every flaw; a text without a card has one.
pub fn given(
    text: &str,
    file: &Arc<str>,
    form: Form,
    taken: &BTreeSet<String>,
) -> Result<Vec<Card>, Vec<Flaw>> {
    match form {
        Form::Toml => {
            let placed = |problem| Flaw { path: None, problem };
            read(text, file, taken).map_err(|problems| problems.into_iter().map(placed).collect())
        }
        Form::Json => match serde_json::from_str(text) {
            Ok(value) => given_value(&value, file, taken),
            Err(error) => {
                let place = Place {
                    file: Arc::clone(file),
                    line: error.line().max(1),
                    column: error.column().max(1),
                };
                let message = format!("this is not JSON: {}", said(&error));
                let hint = "cards as TOML are in a file that ends in `.toml`".to_owned();
                let problem = Problem { place, rule: "syntax", level: Level::Error, message, hint };
                Err(vec![Flaw { path: None, problem }])
            }
        },
    }
}

/// What the parser says, without the place that is told anyway.
fn said(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or_default().to_owned()
}

/// As [`given`], for JSON that was read.
///
/// # Errors
/// As [`given`].
pub fn given_value(value: &Value, file: &Arc<str>, taken: &BTreeSet<String>) -> Result<Vec<Card>, Vec<Flaw>> {
    let flaw = |path: String, problem: Problem| Flaw { path: Some(path), problem };
    let start = Place { file: Arc::clone(file), line: 1, column: 1 };
    let Written { text, marks } = json::written(value).map_err(|(path, message)| {
        let hint = "give a card as an object with the keys of the deck format".to_owned();
        let problem =
            Problem { place: start.clone(), rule: "wrong-type", level: Level::Error, message, hint };
        vec![flaw(path, problem)]
    })?;
    read(&text, file, taken).map_err(|problems| {
        let placed = problems.into_iter().map(|problem| {
            let mark = marks.iter().rev().find(|(line, _)| *line <= problem.place.line);
            let path = mark.map(|(_, path)| path.clone()).unwrap_or_default();
            flaw(path, Problem { place: start.clone(), ..problem })
        });
        placed.collect()
    })
}

/// Reads TOML; its errors, or its cards with ids of their own.
fn read(text: &str, file: &Arc<str>, taken: &BTreeSet<String>) -> Result<Vec<Card>, Vec<Problem>> {
    let Parsed { deck, problems } = deck::parse_beside(DeckId("given".to_owned()), file, text, taken);
    let is_error = |problem: &Problem| problem.level == Level::Error;
    let mut errors: Vec<Problem> = problems.into_iter().filter(is_error).collect();
    let cards = deck.map(|deck| deck.cards).unwrap_or_default();
    if cards.is_empty() && errors.is_empty() {
        errors.push(none(file));
    }
    let unnamed = deck::unnamed_places(text, file);
    let is_taken = |card: &&Card| !unnamed.contains(&card.place) && taken.contains(&card.id.card);
    errors.extend(cards.iter().filter(is_taken).map(second));
    if errors.is_empty() { Ok(named(cards, &unnamed, taken)) } else { Err(errors) }
}

/// Gives ids to the cards at these places, and to those that turn them round.
fn named(mut cards: Vec<Card>, unnamed: &BTreeSet<Place>, taken: &BTreeSet<String>) -> Vec<Card> {
    let mut used = taken.clone();
    used.extend(cards.iter().filter(|card| !unnamed.contains(&card.place)).map(|card| card.id.card.clone()));
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for card in cards.iter_mut().filter(|card| unnamed.contains(&card.place)) {
        if card.is_derived() {
            continue;
        }
        let fresh = fresh_id(&card.prompt(), &used);
        used.insert(fresh.clone());
        names.insert(std::mem::replace(&mut card.id.card, fresh.clone()), fresh);
    }
    for card in &mut cards {
        if let Some(fresh) = card.reverse_of.as_ref().and_then(|old| names.get(old)) {
            if card.is_derived() {
                card.id.card = super::ids::reversed(fresh);
            }
            card.reverse_of = Some(fresh.clone());
        }
    }
    cards
}

fn none(file: &Arc<str>) -> Problem {
    let place = Place { file: Arc::clone(file), line: 1, column: 1 };
    let message = "there is no card in it".to_owned();
    let hint = "write `[[card]]` and its fields, or a JSON object a card".to_owned();
    Problem { place, rule: "no-cards", level: Level::Error, message, hint }
}

fn second(card: &Card) -> Problem {
    let message = format!("the deck has a card `{}` already", card.id.card);
    let hint = "give it another id, or none: one is made of its prompt".to_owned();
    Problem { place: card.place.clone(), rule: "S01", level: Level::Error, message, hint }
}
