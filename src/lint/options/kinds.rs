//! What kind of thing each option is: mixed sets, and a key that looks unlike the rest (M07, M14).

use super::{OPTIONS, at};
use crate::lint::choice::{Choice, Offer, quoted};
use crate::lint::sheet::Sheet;
use crate::lint::words;
use crate::lint::{Finding, Rule, Severity};

/// Fewest options from which one can be the odd one out.
const LEAST_OPTIONS: usize = 3;
/// Most words of an option that is a number: the number and its unit.
const NUMBER_WORDS: usize = 3;

pub(super) const M07: Rule = Rule {
    id: "M07",
    title: "the options are of one kind",
    severity: Severity::Warning,
    why: "An option that is code among prose, a number among words or a full sentence among phrases is taken or struck out by its look (Haladyna et al. 2002, guideline 23: homogeneous options). \
              Told where one option is of another kind than all the rest. Cards that show a piece of code are left alone, since `undefined` and an error are results of one kind to their reader, and so is an option that says that there is none (`no limit`).",
    bad: include_str!("../examples/M07.bad.toml"),
    good: include_str!("../examples/M07.good.toml"),
};

pub(super) const M14: Rule = Rule {
    id: "M14",
    title: "the key is not the only option with a number, code, a bracket or a `may`",
    severity: Severity::Warning,
    why: "What makes a statement exact, or careful, marks it as the true one: authors add a version, an example or a `typically` to what must hold and to nothing else (NBME guide, test-wise cues). \
              Told where the key has such a mark and no other option has one; a number that the question has given is none.",
    bad: include_str!("../examples/M14.bad.toml"),
    good: include_str!("../examples/M14.good.toml"),
};

/// What an option is at first sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Number,
    Code,
    Sentence,
    Phrase,
}

impl Look {
    fn name(self) -> &'static str {
        match self {
            Self::Number => "a number",
            Self::Code => "a piece of code",
            Self::Sentence => "a sentence with a full stop",
            Self::Phrase => "a phrase",
        }
    }
}

/// Looks over one choice.
pub(super) fn look(choice: &Choice<'_>, sheet: &Sheet<'_>, findings: &mut Vec<Finding>) {
    let odd = odd_one(choice, sheet);
    let marked = if odd.is_some() { None } else { mark_of_the_key(choice, sheet) };
    findings.extend(odd.into_iter().chain(marked));
}

fn odd_one(choice: &Choice<'_>, sheet: &Sheet<'_>) -> Option<Finding> {
    if choice.offers.len() < LEAST_OPTIONS || !sheet.prompt.blocks.is_empty() {
        return None;
    }
    let kinds: Vec<Look> = choice.offers.iter().map(kind).collect();
    let count = |look: Look| kinds.iter().filter(|kind| **kind == look).count();
    let odd = (0..kinds.len()).find(|&index| count(kinds[index]) == 1)?;
    let rest = *kinds.iter().find(|kind| **kind != kinds[odd])?;
    let offer = &choice.offers[odd];
    if count(rest) + 1 < kinds.len() || says_none(offer) {
        return None;
    }
    let (text, odd_name, name) = (quoted(&offer.reading.prose), kinds[odd].name(), rest.name());
    let message = format!("the option {text} is {odd_name}, and each other one is {name}");
    Some(sheet.warning(at(odd), "M07", message, "give all options one form"))
}

fn kind(offer: &Offer<'_>) -> Look {
    let reading = &offer.reading;
    if !reading.blocks.is_empty()
        || (!reading.inline.is_empty() && words::words(&reading.spoken()).count() == 0)
    {
        return Look::Code;
    }
    let prose = reading.prose.trim();
    if prose.starts_with(|letter: char| letter.is_ascii_digit()) && offer.words <= NUMBER_WORDS {
        return Look::Number;
    }
    if prose.ends_with(['.', '!']) { Look::Sentence } else { Look::Phrase }
}

/// Whether an option says that there is nothing of the kind asked for.
fn says_none(offer: &Offer<'_>) -> bool {
    let first = words::words(&offer.reading.prose).next().unwrap_or_default().to_lowercase();
    matches!(
        first.as_str(),
        "no" | "none"
            | "nothing"
            | "unlimited"
            | "zero"
            | "never"
            | "neither"
            | "nowhere"
            | "an"
            | "error"
            | "it"
    )
}

/// The mark of which the question may speak itself.
const NUMBER: &str = "a number";

/// A mark by its name, and whether an option has it.
type Mark = (&'static str, fn(&Offer<'_>) -> bool);

/// What marks an option, and what it is called.
const MARKS: [Mark; 4] = [
    ("a piece of code", |offer| !offer.reading.inline.is_empty()),
    (NUMBER, |offer| offer.reading.spoken().contains(|letter: char| letter.is_ascii_digit())),
    ("a bracket", |offer| offer.reading.spoken().contains('(')),
    ("a word that leaves a way out (`may`, `usually`, ...)", |offer| offer.hedges > 0),
];

/// Whether an option has a number that the question does not.
fn is_new_number(offer: &Offer<'_>, sheet: &Sheet<'_>) -> bool {
    let spoken = offer.reading.spoken();
    let numbers = words::words(&spoken).filter(|word| word.contains(|letter: char| letter.is_ascii_digit()));
    let mut new = numbers.filter(|number| !words::words(&sheet.prompt.prose).any(|word| word == *number));
    new.next().is_some()
}

fn mark_of_the_key(choice: &Choice<'_>, sheet: &Sheet<'_>) -> Option<Finding> {
    let (key, wrong) = choice.sides()?;
    if wrong.len() + 1 < LEAST_OPTIONS {
        return None;
    }
    let alone = |mark: &&Mark| mark.1(key) && !wrong.iter().any(|(_, offer)| mark.1(offer));
    let (name, _) =
        MARKS.iter().filter(alone).find(|(name, _)| *name != NUMBER || is_new_number(key, sheet))?;
    let message = format!("the right option {} is the only one with {name}", quoted(&key.reading.prose));
    let hint = "give the wrong options the same, or take it from the right one";
    Some(sheet.warning(choice.key.map_or(OPTIONS, at), "M14", message, hint))
}
