//! The words that a deck is about: they stand in questions and answers alike and give nothing away.

use super::choice::set;
use super::lexicon::Stem;
use super::sheet::Sheets;

/// Share of a deck's cards from which a word that they have is one of its subject.
const SHARE: usize = 4;
/// Fewest cards with a word for it to be one of the deck's subject.
const LEAST_CARDS: usize = 3;

/// The words that each deck is about, in the order of stems.
pub(super) struct Keywords(Vec<Vec<Stem>>);

impl Keywords {
    /// Of each deck, what its title and node name, and what a quarter of its cards have in their question or options.
    pub(super) fn read(sheets: &Sheets<'_>) -> Self {
        let decks = sheets.subject.decks;
        // Of each deck, how many cards it has, and the words of each of them.
        let mut said: Vec<(usize, Vec<Stem>)> = vec![(0, Vec::new()); decks.len()];
        let mut choices = sheets.choices.iter().peekable();
        for (at, sheet) in sheets.cards.iter().enumerate() {
            let mut stems = sheet.stems.clone();
            if let Some(choice) = choices.next_if(|choice| choice.sheet == at) {
                stems.extend(choice.offers.iter().flat_map(|offer| &offer.stems));
            }
            let (cards, all) = &mut said[sheet.at.0];
            *cards += 1;
            all.extend(set(stems));
        }
        let mut lexicon = sheets.lexicon.borrow_mut();
        let of_deck = |((cards, all), deck): ((usize, Vec<Stem>), &crate::domain::deck::Deck)| {
            let mut words = frequent(all, cards);
            words.extend(lexicon.content(&deck.title));
            let node = deck.node.as_ref().map_or("", |(name, _)| name.as_str()).replace(['/', '-'], " ");
            words.extend(lexicon.content(&node));
            set(words)
        };
        Self(said.into_iter().zip(decks).map(of_deck).collect())
    }

    /// Whether a deck is about that word.
    pub(super) fn has(&self, deck: usize, stem: Stem) -> bool {
        self.0[deck].binary_search(&stem).is_ok()
    }
}

/// The words that a quarter of a deck's cards have, of the words of each of them.
fn frequent(mut all: Vec<Stem>, cards: usize) -> Vec<Stem> {
    all.sort_unstable();
    let runs = all.chunk_by(|one, other| one == other);
    let frequent = runs.filter(|run| run.len() >= LEAST_CARDS && run.len() * SHARE >= cards);
    frequent.map(|run| run[0]).collect()
}
