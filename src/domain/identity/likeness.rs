//! How alike two cards are, and which card follows one that has gone.

use std::collections::{BTreeMap, BTreeSet};

use rust_stemmers::{Algorithm, Stemmer};

use super::face::Face;
use super::words::tokens;
use crate::domain::card::{CardId, Kind};

/// Least likeness (0..1) of a card that follows another: a prompt said in other words with the answer left alone is
/// above it, half of a split card and a neighbour in the same deck are below.
pub const LEAST_LIKENESS: f64 = 0.65;
/// What the same id in another deck adds to the likeness.
const SAME_ID: f64 = 0.2;

/// Words that carry grammar rather than content.
const STOP_WORDS: [&str; 48] = [
    "and", "are", "as", "at", "be", "been", "by", "can", "could", "did", "do", "does", "for", "from", "had",
    "has", "have", "how", "if", "in", "into", "is", "it", "its", "of", "on", "or", "should", "so", "than",
    "that", "then", "these", "this", "those", "to", "was", "were", "what", "when", "where", "which", "who",
    "why", "will", "with", "would", "you",
];

/// A card that has gone, and the one that most likely follows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Succession {
    /// The card that has gone.
    pub gone: CardId,
    /// The card that follows it.
    pub successor: CardId,
    /// How alike they are, [`LEAST_LIKENESS`]..1.
    pub likeness: f64,
}

/// A card that has gone, with those that may follow it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    /// Its id.
    pub id: CardId,
    /// How it looked when it was last answered.
    pub face: Face,
    /// The cards near it that have no progress of their own.
    pub candidates: Vec<(CardId, Face)>,
}

/// Whether a card may follow one that has gone: it is in the same deck, hangs on the same node, or has the same id in
/// another deck.
#[must_use]
pub fn is_near(gone: (&CardId, &Face), id: &CardId, nodes: &[&str]) -> bool {
    let (old, face) = gone;
    old.deck == id.deck || old.card == id.card || nodes.contains(&face.node.0.as_str())
}

/// How alike two cards are, 0..1: the mean of the shares of content words, by stem, that their prompts and their answers
/// have in common. A share is taken of the longer text, so that half of a card is half of it. Of two claims only what
/// they say counts.
#[must_use]
pub fn likeness(one: &Face, other: &Face) -> f64 {
    let prompts = shared(&stems(&one.prompt), &stems(&other.prompt));
    if (one.kind, other.kind) == (Kind::TrueFalse, Kind::TrueFalse) {
        return prompts;
    }
    let answer = |face: &Face| stems(&face.key.things().collect::<Vec<_>>().join("\n"));
    f64::midpoint(prompts, shared(&answer(one), &answer(other)))
}

fn shared(one: &BTreeSet<String>, other: &BTreeSet<String>) -> f64 {
    let count = |count: usize| u32::try_from(count).map_or(f64::MAX, f64::from);
    match one.len().max(other.len()) {
        0 => 1.0,
        longer => count(one.intersection(other).count()) / count(longer),
    }
}

/// The stems of a text's content words, or its signs where it has none.
fn stems(text: &str) -> BTreeSet<String> {
    let all = tokens(text);
    let stemmer = Stemmer::create(Algorithm::English);
    let is_content = |token: &&String| {
        token.chars().any(char::is_alphanumeric) && STOP_WORDS.binary_search(&token.as_str()).is_err()
    };
    let content: BTreeSet<String> =
        all.iter().filter(is_content).map(|token| stemmer.stem(token).into_owned()).collect();
    if content.is_empty() { all.into_iter().collect() } else { content }
}

/// The most likely successor of each card that has gone; each card follows one at most, the most alike pairs first.
#[must_use]
pub fn successions(gone: &[Gone]) -> Vec<Succession> {
    let mut pairs: Vec<Succession> = Vec::new();
    for Gone { id: old, face, candidates } in gone {
        pairs.extend(candidates.iter().filter_map(|(id, candidate)| {
            let same_id = if old.card == id.card { SAME_ID } else { 0.0 };
            let likeness = (likeness(face, candidate) + same_id).min(1.0);
            let (gone, successor) = (old.clone(), id.clone());
            (likeness >= LEAST_LIKENESS).then_some(Succession { gone, successor, likeness })
        }));
    }
    pairs.sort_by(|a, b| {
        b.likeness.total_cmp(&a.likeness).then_with(|| (&a.gone, &a.successor).cmp(&(&b.gone, &b.successor)))
    });
    let (mut by_gone, mut taken) = (BTreeMap::new(), BTreeSet::new());
    for pair in pairs {
        if !by_gone.contains_key(&pair.gone) && taken.insert(pair.successor.clone()) {
            by_gone.insert(pair.gone.clone(), pair);
        }
    }
    by_gone.into_values().collect()
}
