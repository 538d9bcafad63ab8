//! Answers that stand in the question of another card (D14).

use std::collections::HashMap;

use super::text::Text;
use super::twins::are_reverse;
use crate::domain::card::{Body, Piece};
use crate::lint::Finding;
use crate::lint::choice::quoted;
use crate::lint::groups::{self, Extent};
use crate::lint::keywords::Keywords;
use crate::lint::lexicon::Folded;
use crate::lint::sheet::Sheets;
use crate::lint::table::Seed;

/// Fewest content words of an answer that can be given away. Source: item-writing §1.6, D14.
const LEAST_CONTENT: usize = 2;
/// Content words from which an answer says so much that its words alone give it away.
const TELLING: usize = 4;
/// Words in common, beside those of the deck's subject, by which two questions are about one matter.
const LEAST_COMMON: usize = 2;
/// Most questions that are looked at for one answer: more have its words by habit, not by chance.
const MOST_LOOKED_AT: usize = 64;

/// Two words in a row, and where: the card, the place of the first word.
type Places = HashMap<(Folded, Folded), Vec<(usize, usize)>, Seed>;

/// Looks over every leaf.
pub(super) fn look(
    sheets: &Sheets<'_>,
    texts: &[Text],
    questions: &[Vec<Folded>],
    findings: &mut Vec<Finding>,
) {
    let mut told = Vec::new();
    for group in groups::read(sheets).into_iter().filter(|group| group.extent == Extent::Leaf) {
        let leaf = Leaf {
            sheets,
            texts,
            keywords: sheets.keywords(),
            questions,
            places: places(&group.cards, questions),
        };
        told.extend(group.cards.iter().filter_map(|card| leaf.leak(*card)));
    }
    // A pair on two leaves is told once.
    told.sort();
    told.dedup();
    findings.extend(told);
}

fn places(cards: &[usize], questions: &[Vec<Folded>]) -> Places {
    let mut places = Places::default();
    for card in cards {
        for (at, two) in questions[*card].windows(2).enumerate() {
            let places = places.entry((two[0], two[1])).or_default();
            // One more than is looked at tells that there are too many.
            if places.len() <= MOST_LOOKED_AT {
                places.push((*card, at));
            }
        }
    }
    places
}

/// A leaf's questions, and what helps to judge.
struct Leaf<'s, 'a> {
    sheets: &'s Sheets<'a>,
    texts: &'s [Text],
    keywords: &'s Keywords,
    questions: &'s [Vec<Folded>],
    places: Places,
}

impl Leaf<'_, '_> {
    /// The finding about the question that gives away a card's answer.
    fn leak(&self, card: usize) -> Option<Finding> {
        let sheet = &self.sheets.cards[card];
        let answer =
            answer(&sheet.card.body).filter(|_| self.texts[card].answer_stems.len() >= LEAST_CONTENT)?;
        let wanted = self.folded(answer);
        let (offset, places) = wanted
            .windows(2)
            .enumerate()
            .map(|(offset, two)| (offset, self.places.get(&(two[0], two[1])).map_or(&[][..], Vec::as_slice)))
            .min_by_key(|(_, places)| places.len())?;
        if places.len() > MOST_LOOKED_AT {
            return None;
        }
        let holds = |(other, at): &&(usize, usize)| {
            let question = &self.questions[*other];
            *other != card
                && at.checked_sub(offset).is_some_and(|start| question[start..].starts_with(&wanted))
        };
        let (other, _) = places.iter().filter(holds).find(|(other, _)| self.gives_away(card, *other))?;
        let other = &self.sheets.cards[*other];
        let message = format!("the question holds the answer of `{}`: {}", sheet.card.id, quoted(answer));
        let hint = "word one of the two so that it does not answer the other";
        Some(other.warning(other.asks, "D14", message, hint))
    }

    /// The words of a text in lower case.
    fn folded(&self, text: &str) -> Vec<Folded> {
        let mut lexicon = self.sheets.lexicon.borrow_mut();
        let words = lexicon.words(text);
        lexicon.folded(&words).collect()
    }

    /// Whether a question that holds a card's answer is about the same matter.
    fn gives_away(&self, card: usize, other: usize) -> bool {
        let (sheet, other) = (&self.sheets.cards[card], &self.sheets.cards[other]);
        let answer = &self.texts[card].answer_stems;
        let telling = |stem: &&u32| {
            other.stems.binary_search(stem).is_ok()
                && answer.binary_search(stem).is_err()
                && !self.keywords.has(sheet.at.0, **stem)
        };
        !are_reverse(sheet, other)
            && (answer.len() >= TELLING || sheet.stems.iter().filter(telling).count() >= LEAST_COMMON)
    }
}

/// The answer, where a card has one that a question could give away.
fn answer(body: &Body) -> Option<&str> {
    match body {
        Body::Flashcard { answer, .. } => Some(answer),
        Body::Typed { key, .. } => key.accept.first().map(String::as_str),
        Body::Choice { options, .. } => {
            let mut keys = options.iter().filter(|option| option.correct);
            keys.next().filter(|_| keys.next().is_none()).map(|option| option.text.as_str())
        }
        Body::Cloze { pieces } => {
            let gaps = pieces.iter().filter_map(|piece| match piece {
                Piece::Gap(key) => key.accept.first().map(String::as_str),
                Piece::Text(_) => None,
            });
            gaps.max_by_key(|gap| gap.len())
        }
        Body::Order { .. } | Body::TrueFalse { .. } | Body::Explain { .. } => None,
    }
}
