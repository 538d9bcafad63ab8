//! What is mistaken for what, read from the replies in the log.
//!
//! It does not know how much that costs.

use std::collections::BTreeMap;

use super::signs::{Answers, RECENT};
use crate::domain::card::{Body, Card, CardId, Case, ChoiceOption, Piece, TypedKey, normalised};
use crate::domain::items::chosen;

/// How often the same wrong option must be taken before it is more than a slip.
const TIMES_TAKEN: usize = 2;
/// Answers shorter than this, in characters, say nothing of another card: `7`, `no`, `up`.
const LEAST_LETTERS: usize = 3;
/// What parts the gaps of a cloze in a typed line.
const BETWEEN_GAPS: char = ';';

/// What is taken for what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MixUp {
    /// The same wrong option, more than once.
    Option {
        /// Its text, Markdown.
        taken: String,
        /// How often, among the newest answers.
        times: usize,
    },
    /// The answer of another card.
    Card {
        /// That card.
        other: CardId,
        /// What was typed.
        said: String,
        /// How often, among the newest answers.
        times: usize,
    },
}

/// Which cards accept which typed text.
#[derive(Debug, Clone, Default)]
pub struct AcceptedTexts {
    cards: BTreeMap<String, Vec<CardId>>,
}

impl AcceptedTexts {
    /// The texts that typed cards and gaps of these cards accept.
    pub fn new<'a>(cards: impl IntoIterator<Item = &'a Card>) -> Self {
        let mut texts = Self::default();
        for card in cards {
            for text in keys(card).into_iter().flat_map(|key| &key.accept) {
                let folded = normalised(text, Case::Folded);
                if is_telling(&folded) {
                    let accepting = texts.cards.entry(folded).or_default();
                    if !accepting.contains(&card.id) {
                        accepting.push(card.id.clone());
                    }
                }
            }
        }
        texts
    }

    /// Another card that accepts a text which `card` does not: one of the same deck, else the first.
    fn other(&self, card: &Card, text: &str) -> Option<&CardId> {
        let folded = normalised(text, Case::Folded);
        if !is_telling(&folded) || keys(card).into_iter().any(|key| key.accepts(text)) {
            return None;
        }
        let others = || self.cards.get(&folded).into_iter().flatten().filter(|other| **other != card.id);
        others().find(|other| other.deck == card.id.deck).or_else(|| others().next())
    }
}

/// Whether two cards that share the text are likely to share more than chance: numbers alone do not.
fn is_telling(folded: &str) -> bool {
    folded.chars().count() >= LEAST_LETTERS && folded.chars().any(char::is_alphabetic)
}

/// What a card compares typed texts with.
fn keys(card: &Card) -> Vec<&TypedKey> {
    match &card.body {
        Body::Typed { key, .. } => vec![key],
        Body::Cloze { pieces } => pieces.iter().filter_map(Piece::key).collect(),
        Body::Flashcard { .. }
        | Body::Choice { .. }
        | Body::Order { .. }
        | Body::TrueFalse { .. }
        | Body::Explain { .. } => Vec::new(),
    }
}

/// What this card is mistaken for in its newest answers, as far as later answers have not settled it.
pub(super) fn of(card: &Card, answers: &Answers<'_>, texts: &AcceptedTexts) -> Option<MixUp> {
    let unsettled: Vec<&str> = answers.unsettled_fails().map(|fail| fail.reply).collect();
    let newest = unsettled.get(unsettled.len().saturating_sub(RECENT)..).unwrap_or_default();
    match &card.body {
        Body::Choice { options, .. } => most_taken(options, newest),
        Body::Typed { .. } => typed(card, newest.iter().copied(), texts),
        Body::Cloze { .. } => typed(card, newest.iter().flat_map(|reply| reply.split(BETWEEN_GAPS)), texts),
        _ => None,
    }
}

fn most_taken(options: &[ChoiceOption], replies: &[&str]) -> Option<MixUp> {
    let mut times = vec![0_usize; options.len()];
    for place in replies.iter().filter_map(|reply| chosen(reply, options)).flatten() {
        if let Some(times) = times.get_mut(place) {
            *times += 1;
        }
    }
    let wrong = options.iter().zip(times).filter(|(option, _)| !option.correct);
    let (option, times) = wrong.rev().max_by_key(|(_, times)| *times)?;
    (times >= TIMES_TAKEN).then(|| MixUp::Option { taken: option.text.clone(), times })
}

fn typed<'a>(card: &Card, said: impl Iterator<Item = &'a str>, texts: &AcceptedTexts) -> Option<MixUp> {
    let mut others: BTreeMap<&CardId, (usize, &str)> = BTreeMap::new();
    for text in said {
        if let Some(other) = texts.other(card, text) {
            let (times, newest) = others.entry(other).or_default();
            (*times, *newest) = (*times + 1, text);
        }
    }
    let (other, (times, said)) = others.into_iter().rev().max_by_key(|(_, (times, _))| *times)?;
    Some(MixUp::Card { other: other.clone(), said: said.trim().to_owned(), times })
}
