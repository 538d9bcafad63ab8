//! How alike two cards are, by the words of their prompts and answers. It does not know which cards are compared.

use std::collections::{BTreeMap, BTreeSet};

use rust_stemmers::{Algorithm, Stemmer};

use super::face::Face;
use super::words::tokens;
use crate::domain::card::Kind;

/// Words that carry grammar rather than content.
const STOP_WORDS: [&str; 48] = [
    "and", "are", "as", "at", "be", "been", "by", "can", "could", "did", "do", "does", "for", "from", "had",
    "has", "have", "how", "if", "in", "into", "is", "it", "its", "of", "on", "or", "should", "so", "than",
    "that", "then", "these", "this", "those", "to", "was", "were", "what", "when", "where", "which", "who",
    "why", "will", "with", "would", "you",
];

/// What two cards are compared by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Gist {
    /// The stems of the prompt's content words.
    prompt: BTreeSet<u32>,
    /// Those of the answer's; `None` for a claim, which says all in its prompt.
    answer: Option<BTreeSet<u32>>,
}

/// Stems by number, each word looked at once.
pub(super) struct Stems {
    stemmer: Stemmer,
    known: BTreeMap<String, u32>,
    numbers: BTreeMap<String, u32>,
}

impl Stems {
    pub(super) fn new() -> Self {
        let stemmer = Stemmer::create(Algorithm::English);
        Self { stemmer, known: BTreeMap::new(), numbers: BTreeMap::new() }
    }

    /// What a face is compared by.
    pub(super) fn gist(&mut self, face: &Face) -> Gist {
        let prompt = self.of(&face.prompt);
        let is_claim = face.kind == Kind::TrueFalse;
        let things = face.key.things().collect::<Vec<_>>().join("\n");
        Gist { prompt, answer: (!is_claim).then(|| self.of(&things)) }
    }

    /// The stems of a text's content words, or its signs where it has none.
    fn of(&mut self, text: &str) -> BTreeSet<u32> {
        let mut all = tokens(text);
        let is_content = |token: &String| {
            token.chars().any(char::is_alphanumeric) && STOP_WORDS.binary_search(&token.as_str()).is_err()
        };
        if all.iter().any(is_content) {
            all.retain(is_content);
        }
        all.into_iter().map(|token| self.number(token)).collect()
    }

    fn number(&mut self, token: String) -> u32 {
        if let Some(number) = self.known.get(&token) {
            return *number;
        }
        let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(self.stemmer.stem(&token).into_owned()).or_insert(next);
        self.known.insert(token, number);
        number
    }
}

impl Gist {
    /// How alike two cards are, 0..1: the mean of the shares of content words that their prompts and their answers have
    /// in common. A share is taken of the longer text, so that half of a card is half of it. Of two claims only what
    /// they say counts.
    pub(super) fn likeness(&self, other: &Self) -> f64 {
        let prompts = shared(&self.prompt, &other.prompt);
        match (&self.answer, &other.answer) {
            (None, None) => prompts,
            (Some(one), Some(other)) => f64::midpoint(prompts, shared(one, other)),
            (None, Some(_)) | (Some(_), None) => prompts / 2.0,
        }
    }
}

/// How alike two cards are, 0..1.
#[must_use]
pub fn likeness(one: &Face, other: &Face) -> f64 {
    let mut stems = Stems::new();
    let one = stems.gist(one);
    one.likeness(&stems.gist(other))
}

fn shared(one: &BTreeSet<u32>, other: &BTreeSet<u32>) -> f64 {
    let count = |count: usize| u32::try_from(count).map_or(f64::MAX, f64::from);
    match one.len().max(other.len()) {
        0 => 1.0,
        longer => count(one.intersection(other).count()) / count(longer),
    }
}
