//! How readers fare who look at the options alone, or for words of the question in them.

use crate::lint::choice::{Choice, shared};
use crate::lint::sheet::{Sheet, Sheets};

use super::number;

/// Ways to guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// The longest option.
    Longest,
    /// The shortest one.
    Shortest,
    /// The one with most words of the question.
    Echo,
    /// The one with fewest words that leave no exception.
    FewestAbsolutes,
    /// The one with most words that leave a way out.
    MostHedges,
    /// The one with most words of the other options.
    Convergence,
}

impl Way {
    /// All of them.
    pub(super) const ALL: [Self; 6] = [
        Self::Longest,
        Self::Shortest,
        Self::Echo,
        Self::FewestAbsolutes,
        Self::MostHedges,
        Self::Convergence,
    ];

    /// What a reader takes.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Longest => "the longest option",
            Self::Shortest => "the shortest option",
            Self::Echo => "the option with most words of the question",
            Self::FewestAbsolutes => "the option with fewest words like `always` and `only`",
            Self::MostHedges => "the option with most words like `may` and `usually`",
            Self::Convergence => "the option with most words of the other options",
        }
    }
}

/// What guessing does on one choice with one right option.
pub(super) struct Guess {
    /// The share of a hit (0..1) that each way has, ties split, in the order of [`Way::ALL`].
    pub hits: [f64; 6],
    /// The chance of a blind hit.
    pub chance: f64,
    /// The place at which the key is stored, from 0.
    pub position: usize,
    /// How many options there are.
    pub options: usize,
    /// Whether the key has a word that leaves no exception.
    pub absolute_key: bool,
    /// How many distractors have one.
    pub absolute_wrong: usize,
}

/// The guesses of each card, by the indices of the sheets; `None` for what is no choice of one.
pub(super) fn read(sheets: &Sheets<'_>) -> Vec<Option<Guess>> {
    let mut guesses: Vec<Option<Guess>> = sheets.cards.iter().map(|_| None).collect();
    for choice in &sheets.choices {
        guesses[choice.sheet] = guess(choice, &sheets.cards[choice.sheet]);
    }
    guesses
}

fn guess(choice: &Choice<'_>, sheet: &Sheet<'_>) -> Option<Guess> {
    let key = choice.key?;
    let offers = &choice.offers;
    let of = |way: Way| {
        let worth: Vec<isize> = (0..offers.len()).map(|index| worth(way, choice, sheet, index)).collect();
        hit(&worth, key)
    };
    let wrong = offers.iter().filter(|offer| !offer.option.correct);
    Some(Guess {
        hits: Way::ALL.map(of),
        chance: 1.0 / number(offers.len()),
        position: key,
        options: offers.len(),
        absolute_key: offers[key].absolutes > 0,
        absolute_wrong: wrong.filter(|offer| offer.absolutes > 0).count(),
    })
}

/// How much an option has of what a way of guessing looks for.
fn worth(way: Way, choice: &Choice<'_>, sheet: &Sheet<'_>, index: usize) -> isize {
    let offer = &choice.offers[index];
    let sign = |count: usize| isize::try_from(count).unwrap_or(isize::MAX);
    match way {
        Way::Longest => sign(offer.length),
        Way::Shortest => -sign(offer.length),
        Way::Echo => sign(shared(&offer.stems, &sheet.stems)),
        Way::FewestAbsolutes => -sign(offer.absolutes),
        Way::MostHedges => sign(offer.hedges),
        Way::Convergence => {
            let others = choice.offers.iter().enumerate().filter(|(other, _)| *other != index);
            sign(others.map(|(_, other)| shared(&offer.stems, &other.stems)).sum())
        }
    }
}

/// The share of a hit: all of it where the key alone is worth most, a part where others are worth as much.
fn hit(worth: &[isize], key: usize) -> f64 {
    let most = worth.iter().max().copied().unwrap_or_default();
    if worth[key] < most {
        return 0.0;
    }
    1.0 / number(worth.iter().filter(|each| **each == most).count())
}
