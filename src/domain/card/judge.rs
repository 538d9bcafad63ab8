//! Judging a reply against a card's key.
//!
//! What the learner judges (flashcards, revealed clozes) comes in as a grade and goes out unchanged.

use super::{Body, Card, ChoiceOption, Piece, TypedKey};
use crate::domain::grade::Grade;

/// Least share of a checklist, as parts of a whole, that counts as having explained it.
///
/// Two points of three: one miss in a short list is a pass with effort, half a list is not.
const TICKED_TO_PASS: (usize, usize) = (2, 3);
/// Least share that counts as nearly explained.
const TICKED_TO_NEARLY: (usize, usize) = (1, 3);

/// What a learner gave as an answer. Places count from 0, in the author's order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// Nothing at all.
    Nothing,
    /// Options of a choice.
    Picked(Vec<usize>),
    /// A typed text.
    Typed(String),
    /// A typed text for each gap of a cloze.
    Filled(Vec<String>),
    /// All items of an order, as the learner put them.
    Arranged(Vec<usize>),
    /// True or false.
    Truth(bool),
    /// Points of a checklist.
    Ticked(Vec<usize>),
    /// The learner's own grade.
    Graded(Grade),
}

/// How a reply compares with the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// As the key has it.
    Right,
    /// A wrong answer that the author foresaw.
    NearMiss,
    /// Right in part.
    Partly,
    /// Not right.
    Wrong,
    /// No answer.
    Nothing,
    /// The learner is the judge.
    OwnGrade(Grade),
}

/// An outcome, and what to tell of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// How the reply compares with the key.
    pub outcome: Outcome,
    /// Why a near miss is not right.
    pub note: Option<String>,
}

impl Verdict {
    /// Whether the reply counts as known.
    #[must_use]
    pub fn is_right(&self) -> bool {
        match self.outcome {
            Outcome::Right => true,
            Outcome::OwnGrade(grade) => grade.is_pass(),
            Outcome::NearMiss | Outcome::Partly | Outcome::Wrong | Outcome::Nothing => false,
        }
    }
}

impl From<Outcome> for Verdict {
    fn from(outcome: Outcome) -> Self {
        Self { outcome, note: None }
    }
}

impl Card {
    /// Judges a reply; one of another kind than the card's counts as wrong.
    #[must_use]
    pub fn judge(&self, reply: &Reply) -> Verdict {
        match (&self.body, reply) {
            (_, Reply::Nothing) => Outcome::Nothing.into(),
            (_, Reply::Graded(grade)) => Outcome::OwnGrade(*grade).into(),
            (Body::Choice { options, .. }, Reply::Picked(picked)) => picked_outcome(options, picked).into(),
            (Body::Typed { key, .. }, Reply::Typed(text)) => typed_verdict(key, text),
            (Body::Cloze { pieces }, Reply::Filled(texts)) => cloze_verdict(pieces, texts),
            (Body::Order { items, .. }, Reply::Arranged(places)) => order_outcome(items.len(), places).into(),
            (Body::TrueFalse { answer, .. }, Reply::Truth(said)) => right_or_wrong(answer == said).into(),
            (Body::Explain { checklist, .. }, Reply::Ticked(points)) => {
                Outcome::OwnGrade(ticked_grade(checklist.len(), points)).into()
            }
            _ => Outcome::Wrong.into(),
        }
    }
}

fn right_or_wrong(right: bool) -> Outcome {
    if right { Outcome::Right } else { Outcome::Wrong }
}

/// Several right options: partly right when more right ones than wrong ones were picked.
fn picked_outcome(options: &[ChoiceOption], picked: &[usize]) -> Outcome {
    let keys = options.iter().filter(|option| option.correct).count();
    let is_key = |&place: &usize| options.get(place).is_some_and(|option| option.correct);
    let places = distinct(picked);
    let hits = places.iter().filter(|place| is_key(place)).count();
    let misses = places.len() - hits;
    match (places.len(), hits) {
        (0, _) => Outcome::Nothing,
        _ if hits == keys && misses == 0 => Outcome::Right,
        _ if keys > 1 && hits > misses => Outcome::Partly,
        _ => Outcome::Wrong,
    }
}

fn distinct(places: &[usize]) -> Vec<usize> {
    let mut places = places.to_vec();
    places.sort_unstable();
    places.dedup();
    places
}

fn typed_verdict(key: &TypedKey, text: &str) -> Verdict {
    if text.trim().is_empty() {
        return Outcome::Nothing.into();
    }
    if key.accepts(text) {
        return Outcome::Right.into();
    }
    match key.near_miss(text) {
        Some(why) => Verdict { outcome: Outcome::NearMiss, note: Some(why.to_owned()) },
        None => Outcome::Wrong.into(),
    }
}

/// Each gap as a typed answer; some but not all of them right is partly right.
fn cloze_verdict(pieces: &[Piece], texts: &[String]) -> Verdict {
    let gaps = pieces.iter().filter_map(Piece::key);
    let given = texts.iter().map(String::as_str).chain(std::iter::repeat(""));
    let verdicts: Vec<Verdict> = gaps.zip(given).map(|(key, text)| typed_verdict(key, text)).collect();
    let count = |wanted: Outcome| verdicts.iter().filter(|verdict| verdict.outcome == wanted).count();
    let note = verdicts.iter().find_map(|verdict| verdict.note.clone());
    let outcome = match count(Outcome::Right) {
        all if all == verdicts.len() && texts.len() <= all => Outcome::Right,
        _ if count(Outcome::Nothing) == verdicts.len() => Outcome::Nothing,
        0 if note.is_some() => Outcome::NearMiss,
        0 => Outcome::Wrong,
        _ => Outcome::Partly,
    };
    Verdict { outcome, note }
}

/// Right as a whole, or partly right with just two neighbours exchanged among four items or more.
fn order_outcome(count: usize, places: &[usize]) -> Outcome {
    let displaced = places.iter().enumerate().filter(|(spot, place)| spot != *place).count();
    let is_whole = distinct(places).len() == count && places.len() == count;
    let neighbours = places.windows(2).filter(|pair| pair.first() > pair.last()).count() == 1;
    match displaced {
        _ if places.is_empty() => Outcome::Nothing,
        0 if is_whole => Outcome::Right,
        2 if is_whole && neighbours && count > 3 => Outcome::Partly,
        _ => Outcome::Wrong,
    }
}

/// All points 4, two thirds 3, one third 2, fewer 1, none 0.
fn ticked_grade(count: usize, points: &[usize]) -> Grade {
    let ticked = distinct(points).into_iter().filter(|&point| point < count).count();
    let at_least = |(parts, whole): (usize, usize)| ticked * whole >= count * parts;
    match ticked {
        0 => Grade::NOTHING,
        _ if ticked == count => Grade::GOOD,
        _ if at_least(TICKED_TO_PASS) => Grade::HARD,
        _ if at_least(TICKED_TO_NEARLY) => Grade::NEARLY,
        _ => Grade::AGAIN,
    }
}

impl Piece {
    /// What fills a gap; `None` for shown text.
    #[must_use]
    pub fn key(&self) -> Option<&TypedKey> {
        match self {
            Self::Text(_) => None,
            Self::Gap(key) => Some(key),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Outcome, cloze_verdict, order_outcome, picked_outcome, ticked_grade, typed_verdict};
    use crate::domain::card::{ChoiceOption, NearMiss, Piece, TypedKey};

    fn options(keys: &[bool]) -> Vec<ChoiceOption> {
        let option = |&correct| ChoiceOption { text: String::new(), correct, why: None, pinned: false };
        keys.iter().map(option).collect()
    }

    fn typed(accept: &str) -> TypedKey {
        TypedKey { accept: accept.split('|').map(str::to_owned).collect(), ..TypedKey::default() }
    }

    #[test]
    fn one_right_option_is_right_or_wrong() {
        let options = options(&[false, true, false]);
        assert_eq!(picked_outcome(&options, &[1]), Outcome::Right);
        assert_eq!(picked_outcome(&options, &[0]), Outcome::Wrong);
        assert_eq!(picked_outcome(&options, &[0, 1]), Outcome::Wrong);
        assert_eq!(picked_outcome(&options, &[]), Outcome::Nothing);
        assert_eq!(picked_outcome(&options, &[9]), Outcome::Wrong);
    }

    #[test]
    fn several_right_options_can_be_partly_right() {
        let options = options(&[true, true, false, false]);
        assert_eq!(picked_outcome(&options, &[1, 0, 0]), Outcome::Right);
        assert_eq!(picked_outcome(&options, &[0]), Outcome::Partly);
        assert_eq!(picked_outcome(&options, &[0, 1, 2]), Outcome::Partly);
        assert_eq!(picked_outcome(&options, &[0, 2]), Outcome::Wrong);
        assert_eq!(picked_outcome(&options, &[0, 1, 2, 3]), Outcome::Wrong);
    }

    #[test]
    fn a_foreseen_wrong_answer_is_a_near_miss_with_its_why() {
        let near_misses = vec![NearMiss { text: "1205".to_owned(), why: "that is the timeout".to_owned() }];
        let key = TypedKey { near_misses, ..typed("1213") };
        let verdict = typed_verdict(&key, " 1205 ");
        assert_eq!(verdict.outcome, Outcome::NearMiss);
        assert_eq!(verdict.note.as_deref(), Some("that is the timeout"));
        assert_eq!(typed_verdict(&key, "1213").outcome, Outcome::Right);
        assert_eq!(typed_verdict(&key, " ").outcome, Outcome::Nothing);
    }

    #[test]
    fn every_gap_of_a_cloze_counts() {
        let pieces = [Piece::Gap(typed("a|b")), Piece::Text(" or ".to_owned()), Piece::Gap(typed("c"))];
        let outcome = |texts: &[&str]| {
            let texts: Vec<String> = texts.iter().map(|&text| text.to_owned()).collect();
            cloze_verdict(&pieces, &texts).outcome
        };
        assert_eq!(outcome(&["B", "c"]), Outcome::Right);
        assert_eq!(outcome(&["a"]), Outcome::Partly);
        assert_eq!(outcome(&["x", "y"]), Outcome::Wrong);
        assert_eq!(outcome(&["a", "c", "d"]), Outcome::Partly);
        assert_eq!(outcome(&[]), Outcome::Nothing);
    }

    #[test]
    fn an_order_is_judged_whole() {
        assert_eq!(order_outcome(4, &[0, 1, 2, 3]), Outcome::Right);
        assert_eq!(order_outcome(4, &[0, 2, 1, 3]), Outcome::Partly);
        assert_eq!(order_outcome(3, &[0, 2, 1]), Outcome::Wrong);
        assert_eq!(order_outcome(4, &[3, 1, 2, 0]), Outcome::Wrong);
        assert_eq!(order_outcome(4, &[0, 1, 2]), Outcome::Wrong);
        assert_eq!(order_outcome(4, &[0, 0, 2, 3]), Outcome::Wrong);
    }

    #[test]
    fn the_share_of_points_ticked_gives_the_grade() {
        let grade = |count, ticked: usize| ticked_grade(count, &(0..ticked).collect::<Vec<_>>()).value();
        assert_eq!([grade(3, 0), grade(3, 1), grade(3, 2), grade(3, 3)], [0, 2, 3, 4]);
        assert_eq!([grade(5, 1), grade(5, 2), grade(5, 3), grade(5, 4)], [1, 2, 2, 3]);
        assert_eq!(ticked_grade(2, &[0, 0, 7]).value(), 2);
    }
}
