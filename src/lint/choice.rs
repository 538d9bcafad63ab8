//! Choices prepared for the rules: options as a reader sees them who looks for cues rather than for the answer.

use super::lexicon::{Folded, Lexicon, Stem};
use super::marks::Marks;
use super::sheet::Sheet;
use super::words::Reading;
use crate::domain::card::{Body, ChoiceOption};

/// Words that leave no exception, in order. Source: item-writing §1.4, M09; Haladyna et al. 2002, guideline 28a.
pub(super) const ABSOLUTES: [&str; 13] = [
    "all",
    "always",
    "cannot",
    "completely",
    "entirely",
    "every",
    "everything",
    "impossible",
    "must",
    "never",
    "none",
    "nothing",
    "only",
];
/// Words that leave a way out, in order. Source: item-writing §1.4, M14; NBME Item-Writing Guide, chapter 3.
///
/// `Can` is left out: it says more often what is possible than that something is uncertain.
pub(super) const HEDGES: [&str; 11] = [
    "generally",
    "may",
    "maybe",
    "might",
    "often",
    "perhaps",
    "possibly",
    "probably",
    "sometimes",
    "typically",
    "usually",
];

/// One option, taken apart.
pub(super) struct Offer<'a> {
    /// The option.
    pub option: &'a ChoiceOption,
    /// Its text.
    pub reading: Reading<'a>,
    /// How many words it has, a piece of code counted as one.
    pub words: usize,
    /// How many characters a reader sees.
    pub length: usize,
    /// Its words in lower case.
    pub folded: Vec<Folded>,
    /// Its content words by stem, each once, in the order of stems.
    pub stems: Vec<Stem>,
    /// How many of its spoken words leave no exception.
    pub absolutes: usize,
    /// How many of its spoken words leave a way out.
    pub hedges: usize,
}

/// A choice, taken apart.
pub(super) struct Choice<'a> {
    /// Its index among the sheets.
    pub sheet: usize,
    /// Its options, in the order of the file.
    pub offers: Vec<Offer<'a>>,
    /// The right option, where there is one alone and something beside it.
    pub key: Option<usize>,
}

/// Takes all choices apart.
pub(super) fn read<'a>(cards: &[Sheet<'a>], lexicon: &Lexicon) -> Vec<Choice<'a>> {
    let choice = |(at, sheet): (usize, &Sheet<'a>)| {
        let Body::Choice { options, .. } = &sheet.card.body else { return None };
        let texts = options.iter().zip(sheet.options());
        let offers: Vec<_> = texts.map(|(option, text)| offer(option, text.read.clone(), lexicon)).collect();
        let key = only_key(&offers);
        Some(Choice { sheet: at, offers, key })
    };
    cards.iter().enumerate().filter_map(choice).collect()
}

fn offer<'a>(option: &'a ChoiceOption, reading: Reading<'a>, lexicon: &Lexicon) -> Offer<'a> {
    let absolutes = lexicon.count(reading.spoken_words(), Marks::ABSOLUTE);
    let hedges = lexicon.count(reading.spoken_words(), Marks::HEDGE);
    Offer {
        words: reading.length(),
        length: reading.prose.trim().chars().count(),
        folded: lexicon.folded(&reading.words).collect(),
        stems: set(lexicon.stems(&reading.words).collect()),
        option,
        reading,
        absolutes,
        hedges,
    }
}

/// Whether a list in order holds a word, whatever its case.
pub(super) fn is_among(list: &[&str], word: &str) -> bool {
    list.binary_search_by(|known| known.bytes().cmp(word.bytes().map(|byte| byte.to_ascii_lowercase())))
        .is_ok()
}

fn only_key(offers: &[Offer<'_>]) -> Option<usize> {
    let mut keys = (0..offers.len()).filter(|&at| offers[at].option.correct);
    let first = keys.next()?;
    (offers.len() > 1 && keys.next().is_none()).then_some(first)
}

/// Stems, each once, in order.
pub(super) fn set(mut stems: Vec<Stem>) -> Vec<Stem> {
    stems.sort_unstable();
    stems.dedup();
    stems
}

/// How many stems two sets share.
pub(super) fn shared(one: &[Stem], other: &[Stem]) -> usize {
    one.iter().filter(|stem| other.binary_search(stem).is_ok()).count()
}

impl<'a> Choice<'a> {
    /// The right option, and the wrong ones with their indices, where one alone is right.
    pub(super) fn sides(&self) -> Option<(&Offer<'a>, Vec<(usize, &Offer<'a>)>)> {
        let key = self.key?;
        let wrong = self.offers.iter().enumerate().filter(|(at, _)| *at != key).collect();
        Some((&self.offers[key], wrong))
    }
}

/// A text in a message: short, in backticks unless it has its own.
pub(super) fn quoted(text: &str) -> String {
    /// Longest piece of an option in a message, characters: enough to find it by.
    const LONGEST: usize = 48;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ").replace('`', "");
    if line.chars().count() <= LONGEST {
        return format!("`{line}`");
    }
    let cut: String = line.chars().take(LONGEST - 1).collect();
    format!("`{}…`", cut.trim_end())
}

#[cfg(test)]
mod tests {
    use super::{ABSOLUTES, HEDGES, is_among};

    #[test]
    fn the_lists_of_words_are_in_order() {
        assert!(ABSOLUTES.is_sorted() && HEDGES.is_sorted());
        assert!(is_among(&ABSOLUTES, "Never") && !is_among(&ABSOLUTES, "neverland"));
    }
}
