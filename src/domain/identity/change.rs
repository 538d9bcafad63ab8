//! What an edit did to a card's answer: nothing, a typo mended, or another answer.

use super::face::{Face, key};
use super::words::{is_typo, tokens};
use crate::domain::card::{Body, Card, Kind, TypedKey};

/// What an edit did to a card's answer; the greater, the more it did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AnswerChange {
    /// The answer is the same, whatever else was edited.
    None,
    /// Only slips in words of it were mended.
    TypoOnly,
    /// It is another answer: what was learnt may be wrong now.
    Changed,
}

/// What became of the answer of a card since it looked like `old`.
///
/// The prompt does not count, nor do wrong options, their order, hints, and further accepted answers.
#[must_use]
pub fn answer_change(old: &Face, card: &Card) -> AnswerChange {
    if old.fingerprint == card.fingerprint() {
        return AnswerChange::None;
    }
    let (before, now) = (&old.key.0, &key(&card.body).0);
    let case = Case::of(&card.body);
    let either = |kind: Kind| old.kind == kind || card.kind() == kind;
    if before.len() != now.len() || (either(Kind::TrueFalse) && old.kind != card.kind()) {
        AnswerChange::Changed
    } else if either(Kind::Choice) || either(Kind::Explain) {
        in_any_order(before, now, case)
    } else {
        before
            .iter()
            .zip(now)
            .map(|(before, now)| thing(before, now, case))
            .max()
            .unwrap_or(AnswerChange::None)
    }
}

/// Whether upper and lower case differ in a typed answer.
#[derive(Clone, Copy)]
struct Case {
    matters: bool,
}

impl Case {
    fn of(body: &Body) -> Self {
        let matters = match body {
            Body::Typed { key, .. } => key.case_sensitive,
            Body::Cloze { pieces } => {
                pieces.iter().filter_map(|piece| piece.key()).any(|key| key.case_sensitive)
            }
            Body::Flashcard { .. }
            | Body::Choice { .. }
            | Body::Order { .. }
            | Body::TrueFalse { .. }
            | Body::Explain { .. } => false,
        };
        Self { matters }
    }
}

/// Pairs things off, the same ones first, then those that are slips of each other.
fn in_any_order(before: &[Vec<String>], now: &[Vec<String>], case: Case) -> AnswerChange {
    let mut left: Vec<&Vec<String>> = now.iter().collect();
    let mut unmatched: Vec<&Vec<String>> = before.iter().collect();
    for most in [AnswerChange::None, AnswerChange::TypoOnly] {
        unmatched.retain(|before| match left.iter().position(|now| thing(before, now, case) <= most) {
            Some(place) => {
                left.remove(place);
                false
            }
            None => true,
        });
        if unmatched.is_empty() {
            return most;
        }
    }
    AnswerChange::Changed
}

/// One thing: the same where either first way to say it is among the other's ways.
fn thing(before: &[String], now: &[String], case: Case) -> AnswerChange {
    let (Some(first_before), Some(first_now)) = (before.first(), now.first()) else {
        return if before.is_empty() == now.is_empty() { AnswerChange::None } else { AnswerChange::Changed };
    };
    let ways = |accept: &[String]| TypedKey {
        accept: accept.to_vec(),
        case_sensitive: case.matters,
        ..TypedKey::default()
    };
    if ways(now).accepts(first_before) || ways(before).accepts(first_now) {
        AnswerChange::None
    } else if case.matters {
        AnswerChange::Changed
    } else {
        text(first_before, first_now)
    }
}

/// Word by word.
fn text(before: &str, now: &str) -> AnswerChange {
    let (before, now) = (tokens(before), tokens(now));
    if before.concat() == now.concat() {
        return AnswerChange::None;
    }
    let alike = |(before, now): (&String, &String)| before == now || is_typo(before, now);
    if before.len() == now.len() && before.iter().zip(&now).all(alike) {
        AnswerChange::TypoOnly
    } else {
        AnswerChange::Changed
    }
}
