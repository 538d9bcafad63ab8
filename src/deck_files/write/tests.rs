//! What is written is read as the same cards.

use std::sync::Arc;

use super::super::{cloze, deck, loaded};
use super::cards_toml;
use crate::domain::card::{
    Aim, Body, Card, CardId, ChoiceOption, DeckId, Difficulty, NearMiss, Source, TypedKey,
};
use crate::domain::day::StudyDay;
use crate::domain::problem::{Level, Place};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

fn nowhere() -> Place {
    Place { file: Arc::from("d.toml"), line: 1, column: 1 }
}

/// The cards of a deck text, without their places.
pub fn cards_of(text: &str) -> Vec<Card> {
    let file: Arc<str> = Arc::from("d.toml");
    let parsed = deck::parse(loaded::id_of(&file), &file, text);
    let mut cards = parsed.deck.unwrap().cards;
    for card in &mut cards {
        card.place = nowhere();
        card.nodes.iter_mut().for_each(|(_, place)| *place = nowhere());
    }
    cards
}

fn line() -> impl Strategy<Value = String> {
    let odd = "[a-zé\"'\\\\{}|#=\\[\\] \t\u{1b}\u{7f}\u{202e}]{0,12}x";
    prop_oneof!["[a-z]{1,8}", odd].prop_map(|text| text.trim().to_owned())
}

fn lines() -> impl Strategy<Value = String> {
    vec(line(), 1..4).prop_map(|lines| lines.join("\n"))
}

fn distinct(least: usize) -> impl Strategy<Value = Vec<String>> {
    vec(line(), least..5).prop_map(|texts| {
        texts.into_iter().enumerate().map(|(place, text)| format!("{place} {text}")).collect()
    })
}

fn choice() -> impl Strategy<Value = Body> {
    let options = vec((lines(), any::<bool>(), option::of(lines()), any::<bool>()), 2..5);
    (lines(), options).prop_map(|(prompt, options)| {
        let options = options.into_iter().enumerate().map(|(place, (text, correct, why, pinned))| {
            ChoiceOption { text: format!("{place} {text}"), correct: correct || place == 0, why, pinned }
        });
        Body::Choice { prompt, options: options.collect() }
    })
}

fn typed() -> impl Strategy<Value = Body> {
    let misses = vec((line(), lines()).prop_map(|(text, why)| NearMiss { text, why }), 0..3);
    let number = (0.0_f64..1e9, 0.0_f64..1e9)
        .prop_map(|(number, tolerance)| (vec![number.to_string()], Some(tolerance)));
    let answer = prop_oneof![vec(line(), 1..3).prop_map(|accept| (accept, None)), number];
    (lines(), answer, misses, any::<bool>()).prop_map(
        |(prompt, (accept, tolerance), near_misses, case_sensitive)| Body::Typed {
            prompt,
            key: TypedKey { accept, near_misses, tolerance, case_sensitive },
        },
    )
}

fn cloze() -> impl Strategy<Value = Body> {
    let text = vec("[a-z ]{0,5}(\\{\\{[a-z]{1,4}(\\|b)?\\}\\}|\\\\\\{\\{|\\\\)?[a-z{]?", 1..4);
    let sound = text.prop_filter_map("no cloze", |parts| cloze::pieces(parts.concat().trim()).ok());
    sound.prop_map(|pieces| Body::Cloze { pieces })
}

fn body() -> impl Strategy<Value = Body> {
    prop_oneof![
        (lines(), lines()).prop_map(|(prompt, answer)| Body::Flashcard { prompt, answer }),
        choice(),
        typed(),
        cloze(),
        (lines(), distinct(2)).prop_map(|(prompt, items)| Body::Order { prompt, items }),
        (lines(), any::<bool>()).prop_map(|(statement, answer)| Body::TrueFalse { statement, answer }),
        (lines(), distinct(1), lines()).prop_map(|(prompt, checklist, answer)| Body::Explain {
            prompt,
            checklist,
            answer
        }),
    ]
}

fn sources() -> impl Strategy<Value = Vec<Source>> {
    vec((line(), option::of(line()), option::of(line())), 0..3)
        .prop_map(|sources| sources.into_iter().map(|(title, at, url)| Source { title, at, url }).collect())
}

fn card() -> impl Strategy<Value = Card> {
    let told = (option::of(lines()), option::of(lines()), sources(), vec(line(), 0..3));
    let days = (option::of(0..20_000_i64), option::of(0..20_000_i64));
    let lists = (vec(lines(), 0..3), vec("[a-z]{1,5}", 0..3), vec(line(), 0..2), vec(line(), 0..2));
    (body(), 0..4_usize, 1..6_i64, told, days, lists).prop_map(
        |(body, aim, difficulty, told, days, lists)| {
            let (hint, explanation, sources, versions) = told;
            let (variants, nodes, lint_allow, tags) = lists;
            let variants = if matches!(body, Body::Cloze { .. }) { Vec::new() } else { variants };
            Card {
                id: CardId { deck: DeckId("d".to_owned()), card: String::new() },
                aim: Aim::ALL[aim],
                difficulty: Difficulty::new(difficulty).unwrap(),
                body,
                variants,
                hint,
                explanation,
                sources,
                versions,
                as_of: days.0.map(StudyDay::from_number),
                review_by: days.1.map(StudyDay::from_number),
                lint_allow,
                tags,
                nodes: nodes.into_iter().map(|node| (node, nowhere())).collect(),
                reverse_of: None,
                place: nowhere(),
            }
        },
    )
}

/// Sound cards with ids.
pub fn any_cards() -> impl Strategy<Value = Vec<Card>> {
    vec(card(), 1..4).prop_map(|mut cards| {
        for (place, card) in cards.iter_mut().enumerate() {
            card.id.card = format!("c{place}");
            card.reverse_of = (place > 0).then(|| "c0".to_owned());
        }
        cards
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_as_the_same_cards(cards in any_cards()) {
        let text = cards_toml(&cards);
        prop_assert_eq!(cards_of(&text), cards, "{}", text);
    }
}

#[test]
fn a_card_of_every_kind_is_written_and_read_again() {
    let text = include_str!("../../../tests/decks/seven-kinds.toml");
    let cards = cards_of(text);
    assert_eq!(cards_of(&cards_toml(&cards)), cards);
    let file: Arc<str> = Arc::from("d.toml");
    let problems = deck::parse(loaded::id_of(&file), &file, &cards_toml(&cards)).problems;
    assert!(problems.iter().all(|problem| problem.level == Level::Warning), "{problems:?}");
}
