//! The words that a deck is about: they stand in questions and answers alike and give nothing away.

use std::collections::{HashMap, HashSet};

use super::choice::set;
use super::sheet::Sheets;
use super::words::Stem;

/// Share of a deck's cards from which a word that they have is one of its subject.
const SHARE: usize = 4;
/// Fewest cards with a word for it to be one of the deck's subject.
const LEAST_CARDS: usize = 3;

/// The words that each deck is about.
pub(super) struct Keywords(Vec<HashSet<Stem>>);

impl Keywords {
    /// Of each deck, what its title and node name, and what a quarter of its cards have in their question or options.
    pub(super) fn read(sheets: &Sheets<'_>) -> Self {
        let decks = sheets.subject.decks;
        let mut counts: Vec<(usize, HashMap<Stem, usize>)> = vec![(0, HashMap::new()); decks.len()];
        let mut choices = sheets.choices.iter().peekable();
        for (at, sheet) in sheets.cards.iter().enumerate() {
            let mut stems = sheet.stems.clone();
            if let Some(choice) = choices.next_if(|choice| choice.sheet == at) {
                stems.extend(choice.offers.iter().flat_map(|offer| &offer.stems));
            }
            let (cards, count) = &mut counts[sheet.at.0];
            *cards += 1;
            for stem in set(stems) {
                *count.entry(stem).or_default() += 1;
            }
        }
        let mut lexicon = sheets.lexicon.borrow_mut();
        let of_deck =
            |((cards, count), deck): ((usize, HashMap<Stem, usize>), &crate::domain::deck::Deck)| {
                let frequent =
                    move |(_, having): &(Stem, usize)| *having >= LEAST_CARDS && having * SHARE >= cards;
                let mut words: HashSet<Stem> =
                    count.into_iter().filter(frequent).map(|(stem, _)| stem).collect();
                words.extend(lexicon.content(&deck.title));
                let node = deck.node.as_ref().map_or("", |(name, _)| name.as_str()).replace(['/', '-'], " ");
                words.extend(lexicon.content(&node));
                words
            };
        Self(counts.into_iter().zip(decks).map(of_deck).collect())
    }

    /// Whether a deck is about that word.
    pub(super) fn has(&self, deck: usize, stem: Stem) -> bool {
        self.0[deck].contains(&stem)
    }
}
