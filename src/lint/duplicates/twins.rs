//! Cards that are there twice, to the letter or nearly (D06, D07).

use std::collections::HashMap;

use super::alike::{self, Pair};
use super::text::{self, Text};
use crate::domain::problem::Level;
use crate::lint::Finding;
use crate::lint::choice::shared;
use crate::lint::lexicon::Folded;
use crate::lint::sheet::{Sheet, Sheets};
use crate::lint::table::Seed;

/// Likeness of two cards of one leaf from which it is told. Source: item-writing §1.6, D07.
const ALIKE_IN_A_LEAF: f64 = 0.75;
/// The same from which they are one card, where their answers agree. Source: item-writing §1.6, D07.
const ONE_IN_A_LEAF: f64 = 0.90;
/// Likeness of two cards of different leaves from which it is told. Source: item-writing §1.6, D07.
const ALIKE_ELSEWHERE: f64 = 0.92;
/// Share of the words of two answers that agree, from which the answers do.
const AGREEING: (usize, usize) = (4, 5);
/// Earlier cards like it from which a card belongs to a crowd, of which the first ones are told.
const CROWD: usize = 3;

/// Looks over every card.
pub(super) fn look(
    sheets: &Sheets<'_>,
    texts: &[Text],
    questions: &[Vec<Folded>],
    findings: &mut Vec<Finding>,
) {
    let cards = &sheets.cards;
    let same = exact(cards, questions);
    for (index, sheet) in cards.iter().enumerate() {
        if let Some(first) = same[index] {
            let message = format!("the card says the same as `{}`", cards[first].card.id);
            let hint = "remove one of them; `mindrill relink` carries progress over";
            findings.push(sheet.error(sheet.asks, "D06", message, hint));
        }
    }
    // What is there twice to the letter is compared once.
    let single: Vec<usize> = (0..cards.len()).filter(|index| same[*index].is_none()).collect();
    let terms: Vec<_> = single.iter().map(|index| texts[*index].terms.clone()).collect();
    let pairs = alike::pairs(&terms, ALIKE_IN_A_LEAF, CROWD);
    let told = pairs.chunk_by(|one, other| one.text == other.text).filter_map(|pairs| {
        let pairs =
            pairs.iter().map(|pair| Pair { text: single[pair.text], before: single[pair.before], ..*pair });
        let told = pairs.filter_map(|pair| Some((pair.likeness, near(&pair, sheets, texts)?)));
        told.max_by(|one, other| one.0.total_cmp(&other.0)).map(|(_, finding)| finding)
    });
    findings.extend(told);
}

/// Of each card, the first one that says the same.
fn exact(cards: &[Sheet<'_>], questions: &[Vec<Folded>]) -> Vec<Option<usize>> {
    let mut asking: HashMap<&[Folded], usize, Seed> = HashMap::default();
    for question in questions {
        *asking.entry(question).or_default() += 1;
    }
    let mut first: HashMap<String, usize> = HashMap::new();
    let earlier = |(index, question): (usize, &Vec<Folded>)| {
        // Most cards ask in words of their own.
        if asking.get(question.as_slice()).is_none_or(|cards| *cards < 2) {
            return None;
        }
        let first = *first.entry(text::whole(&cards[index])).or_insert(index);
        (first < index).then_some(first)
    };
    questions.iter().enumerate().map(earlier).collect()
}

fn near(pair: &Pair, sheets: &Sheets<'_>, texts: &[Text]) -> Option<Finding> {
    let (sheet, before) = (&sheets.cards[pair.text], &sheets.cards[pair.before]);
    let close = is_of_one_leaf(sheet, before);
    let limit = if close { ALIKE_IN_A_LEAF } else { ALIKE_ELSEWHERE };
    if pair.likeness < limit || are_reverse(sheet, before) || is_turned_round(sheet, before) {
        return None;
    }
    let agree = agree((sheet, &texts[pair.text]), (before, &texts[pair.before]));
    let level = if close && pair.likeness >= ONE_IN_A_LEAF && agree { Level::Error } else { Level::Warning };
    let message =
        format!("the card says nearly the same as `{}` (likeness {:.2})", before.card.id, pair.likeness);
    let hint = if agree {
        "keep one of them, the other wording among its `variants`"
    } else {
        "ask for what differs between them, or make one card of the contrast"
    };
    Some(sheet.finding(sheet.asks, ("D07", level), message, hint))
}

fn is_of_one_leaf(one: &Sheet<'_>, other: &Sheet<'_>) -> bool {
    one.at.0 == other.at.0 || one.nodes.iter().any(|node| other.nodes.contains(node))
}

/// Whether one of the two is written as the other's reverse.
pub(super) fn are_reverse(one: &Sheet<'_>, other: &Sheet<'_>) -> bool {
    let of = |one: &Sheet<'_>, other: &Sheet<'_>| one.card.reverse_of.as_ref() == Some(&other.card.id.card);
    one.at.0 == other.at.0 && (of(one, other) || of(other, one))
}

/// Whether each of two cards asks for what the other one says.
fn is_turned_round(one: &Sheet<'_>, other: &Sheet<'_>) -> bool {
    let says = |one: &Sheet<'_>, other: &Sheet<'_>| {
        let answer = text::answer(other);
        !answer.is_empty() && text::whole(one).starts_with(&answer)
    };
    says(one, other) && says(other, one)
}

fn agree((one, text): (&Sheet<'_>, &Text), (other, other_text): (&Sheet<'_>, &Text)) -> bool {
    let (stems, others) = (&text.answer_stems, &other_text.answer_stems);
    match stems.len().max(others.len()) {
        0 => text::answer(one) == text::answer(other),
        all => shared(stems, others) * AGREEING.1 >= all * AGREEING.0,
    }
}
