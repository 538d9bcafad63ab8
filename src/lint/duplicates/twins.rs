//! Cards that are there twice, to the letter or nearly (D06, D07).

use std::collections::HashMap;

use super::alike::{self, Pair};
use super::text::Text;
use crate::domain::problem::Level;
use crate::lint::Finding;
use crate::lint::choice::shared;
use crate::lint::sheet::{Sheet, Sheets};

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
pub(super) fn look(sheets: &Sheets<'_>, texts: &[Text], findings: &mut Vec<Finding>) {
    let cards = &sheets.cards;
    let same = exact(texts);
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
fn exact(texts: &[Text]) -> Vec<Option<usize>> {
    let mut first: HashMap<&str, usize> = HashMap::new();
    let earlier = |(index, text)| {
        let first = *first.entry(text).or_insert(index);
        (first < index).then_some(first)
    };
    texts.iter().map(|text| text.whole.as_str()).enumerate().map(earlier).collect()
}

fn near(pair: &Pair, sheets: &Sheets<'_>, texts: &[Text]) -> Option<Finding> {
    let (sheet, before) = (&sheets.cards[pair.text], &sheets.cards[pair.before]);
    let close = is_of_one_leaf(sheet, before);
    let limit = if close { ALIKE_IN_A_LEAF } else { ALIKE_ELSEWHERE };
    if pair.likeness < limit
        || are_reverse(sheet, before)
        || is_turned_round(&texts[pair.text], &texts[pair.before])
    {
        return None;
    }
    let agree = agree(&texts[pair.text], &texts[pair.before]);
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
fn is_turned_round(one: &Text, other: &Text) -> bool {
    let says = |one: &Text, other: &Text| !other.answer.is_empty() && one.whole.starts_with(&other.answer);
    says(one, other) && says(other, one)
}

fn agree(one: &Text, other: &Text) -> bool {
    let (common, all) = (
        shared(&one.answer_stems, &other.answer_stems),
        one.answer_stems.len().max(other.answer_stems.len()),
    );
    if all == 0 { one.answer == other.answer } else { common * AGREEING.1 >= all * AGREEING.0 }
}
