//! Cards to TOML, in the order of `format`, as an author would lay them out.
//!
//! Law: what is written is read as the same cards. Strings are quoted by `toml_edit`. It does not know files.

use toml_edit::{Array, Date, Datetime, InlineTable, Value};

use super::format::CARD;
use super::gaps;
use crate::domain::card::{Body, Card, ChoiceOption, NearMiss, Source, TypedKey};
use crate::domain::day::StudyDay;

/// Widest list that stays on one line, in characters; as the shipped decks have it.
const WIDEST_LIST: usize = 100;

/// Cards as the text of a deck file without its `[deck]`: `[[card]]` tables, an empty line between them.
///
/// A card that is turned round (`id~reverse`) is told by `reverse = true` on its original and not written itself.
#[must_use]
pub fn cards_toml(cards: &[Card]) -> String {
    let written = cards.iter().filter(|card| !card.is_derived());
    let tables = written.map(|card| {
        let is_turned =
            |other: &Card| other.is_derived() && other.reverse_of.as_deref() == Some(&card.id.card);
        table(card, cards.iter().any(is_turned))
    });
    tables.collect::<Vec<_>>().join("\n")
}

/// The head of a new deck: its title, its node, the day on which its facts are checked.
#[must_use]
pub fn deck_toml(title: &str, node: &str, as_of: StudyDay) -> String {
    let (title, node, as_of) = (Value::from(title), Value::from(node), day(as_of));
    format!("[deck]\ntitle = {title}\nnode = {node}\nas_of = {as_of}\n")
}

fn table(card: &Card, is_turned: bool) -> String {
    let mut text = "[[card]]\n".to_owned();
    let rows = CARD.iter().filter(|row| row.kinds.contains(&card.kind()));
    for row in rows {
        let value = match row.name {
            "reverse" => is_turned.then(|| Value::from(true)),
            name => common(card, name).or_else(|| of_kind(card, name)),
        };
        if let Some(value) = value {
            text.push_str(&format!("{} = {}\n", row.name, laid_out(value, row.name == "options")));
        }
    }
    text
}

/// What any card may say.
fn common(card: &Card, key: &str) -> Option<Value> {
    match key {
        "id" => Some(card.id.card.as_str().into()),
        "kind" => Some(card.kind().name().into()),
        "aim" => Some(card.aim.name().into()),
        "difficulty" => Some(i64::from(card.difficulty.value()).into()),
        "nodes" => texts(card.nodes.iter().map(|(node, _)| node.as_str())),
        "variants" => variants(card),
        "hint" => card.hint.as_deref().map(prose),
        "explanation" => card.explanation.as_deref().map(prose),
        "sources" => tables(card.sources.iter().map(source)),
        "versions" => texts(card.versions.iter().map(String::as_str)),
        "as_of" => card.as_of.map(day),
        "review_by" => card.review_by.map(day),
        "tags" => texts(card.tags.iter().map(String::as_str)),
        "reverse_of" => card.reverse_of.as_deref().map(Value::from),
        "lint_allow" => texts(card.lint_allow.iter().map(String::as_str)),
        _ => None,
    }
}

/// What a card says as one of its kind.
fn of_kind(card: &Card, key: &str) -> Option<Value> {
    match (&card.body, key) {
        (Body::Cloze { pieces }, "text") => Some(prose(&gaps::text(pieces))),
        (Body::TrueFalse { statement, .. }, "statement") => Some(prose(statement)),
        (Body::TrueFalse { answer, .. }, "answer") => Some((*answer).into()),
        (Body::Flashcard { answer, .. } | Body::Explain { answer, .. }, "answer") => Some(prose(answer)),
        (Body::Choice { options, .. }, "options") => tables(options.iter().map(option)),
        (Body::Order { items, .. }, "items") => texts(items.iter().map(String::as_str)),
        (Body::Explain { checklist, .. }, "checklist") => texts(checklist.iter().map(String::as_str)),
        (Body::Typed { key: typed, .. }, _) if key != "prompt" => of_typed(typed, key),
        (_, "prompt") => Some(prose(&card.prompt())),
        _ => None,
    }
}

fn of_typed(typed: &TypedKey, key: &str) -> Option<Value> {
    match key {
        "accept" => texts(typed.accept.iter().map(String::as_str)),
        "near_misses" => tables(typed.near_misses.iter().map(near_miss)),
        "tolerance" => typed.tolerance.map(Value::from),
        "case_sensitive" => typed.case_sensitive.then(|| true.into()),
        _ => None,
    }
}

fn variants(card: &Card) -> Option<Value> {
    let variants = card.variants.iter();
    match &card.body {
        Body::Cloze { pieces } => {
            let written: Vec<String> = variants.map(|drawn| gaps::variant(drawn, pieces)).collect();
            texts(written.iter().map(String::as_str))
        }
        _ => texts(variants.map(String::as_str)),
    }
}

fn option(option: &ChoiceOption) -> InlineTable {
    let mut table = InlineTable::new();
    table.insert("text", prose(&option.text));
    if option.correct {
        table.insert("correct", true.into());
    }
    table.extend(option.why.as_deref().map(|why| ("why", prose(why))));
    if option.pinned {
        table.insert("pin", true.into());
    }
    table
}

fn near_miss(miss: &NearMiss) -> InlineTable {
    [("text", Value::from(&miss.text)), ("why", prose(&miss.why))].into_iter().collect()
}

fn source(source: &Source) -> InlineTable {
    let fields = [("title", Some(&source.title)), ("at", source.at.as_ref()), ("url", source.url.as_ref())];
    fields.into_iter().filter_map(|(key, text)| Some((key, Value::from(text?)))).collect()
}

/// Markdown; several lines end in a line end, which does not count when they are read.
fn prose(text: &str) -> Value {
    if text.contains('\n') { Value::from(format!("{text}\n")) } else { Value::from(text) }
}

fn texts<'t>(texts: impl Iterator<Item = &'t str>) -> Option<Value> {
    let array: Array = texts.collect();
    (!array.is_empty()).then_some(Value::Array(array))
}

fn tables(tables: impl Iterator<Item = InlineTable>) -> Option<Value> {
    let array: Array = tables.collect();
    (!array.is_empty()).then_some(Value::Array(array))
}

fn day(day: StudyDay) -> Value {
    let (year, month, day) = day.ymd();
    let small = |number: u32| u8::try_from(number).unwrap_or(1);
    let date = Date { year: u16::try_from(year).unwrap_or(0), month: small(month), day: small(day) };
    Value::from(Datetime { date: Some(date), time: None, offset: None })
}

/// A value as text: a list of several tables, or one too long for a line, has an item a line.
fn laid_out(value: Value, always: bool) -> String {
    let Value::Array(mut array) = value else { return value.to_string() };
    let short = array.to_string();
    let is_one = array.len() == 1;
    let several_tables = array.len() > 1 && array.iter().any(Value::is_inline_table);
    let is_wide = short.chars().count() > WIDEST_LIST && !is_one || short.contains('\n');
    if !(always || several_tables || is_wide) {
        return short.trim().to_owned();
    }
    for item in array.iter_mut() {
        item.decor_mut().set_prefix("\n  ");
        item.decor_mut().set_suffix("");
    }
    array.set_trailing_comma(true);
    array.set_trailing("\n");
    array.to_string().trim().to_owned()
}

#[cfg(test)]
pub(super) mod tests {
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
        vec((line(), option::of(line()), option::of(line())), 0..3).prop_map(|sources| {
            sources.into_iter().map(|(title, at, url)| Source { title, at, url }).collect()
        })
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
        let text = include_str!("../../tests/decks/seven-kinds.toml");
        let cards = cards_of(text);
        assert_eq!(cards_of(&cards_toml(&cards)), cards);
        let file: Arc<str> = Arc::from("d.toml");
        let problems = deck::parse(loaded::id_of(&file), &file, &cards_toml(&cards)).problems;
        assert!(problems.iter().all(|problem| problem.level == Level::Warning), "{problems:?}");
    }
}
