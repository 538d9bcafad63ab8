//! The length of options: a key that stands out by it, and options that are long or uneven (M01, M06).

use super::{OPTIONS, at};
use crate::domain::card::Part;
use crate::domain::problem::Level;
use crate::lint::choice::{Choice, Offer, quoted};
use crate::lint::sheet::Sheet;
use crate::lint::{Finding, Rule, Severity};

/// Key to mean distractor, by characters, from which the key stands out: the 95th percentile of clean sets is 1.84.
const LONG_KEY: f64 = 1.8;
/// The same from which it gives itself away. Source: item-writing §1.4, M01.
const GLARING_KEY: f64 = 2.5;
/// Key to second longest option, by characters, from which it stands out. Source: item-writing §1.4, M01.
const FAR_LONGEST: f64 = 1.4;
/// Fewest characters by which the key exceeds what it is held against: names differ in length as they do.
const LEAST_EXCESS: f64 = 12.0;

/// Most words of an option that are read at a glance: the 95th percentile of clean sets is 21.
const LONG_OPTION: usize = 20;
/// Most words of an option at all. Source: item-writing §1.4, M06.
const LONGEST_OPTION: usize = 30;
/// Longest to shortest option, by characters; the 90th percentile of clean sets is 3.67.
const WIDEST_SPREAD: f64 = 4.0;
/// Fewest characters of the longest option from which an uneven set shows: names differ in length as they do.
const LEAST_LONGEST: usize = 32;

pub(super) const M01: Rule = Rule {
    id: "M01",
    title: "the key does not stand out by its length",
    severity: Severity::Both,
    why: "Authors add what makes the key exact, and so it grows; a reader who takes the longest option then scores without knowing anything. \
              In bulk question sets that strategy alone gets 45-87 % right, in 5,751 items without the cue 27 %; there the key is 1.8 times as long as the mean distractor in one item of twenty. \
              Warned: 1.8 times the mean distractor, or the longest by far (1.4 times the second); error from 2.5 times. \
              Length is counted in characters, and a difference of fewer than 12 tells nothing: `DELETE` is no cue beside `GET`. With several keys their mean counts.",
    bad: include_str!("../examples/M01.bad.toml"),
    good: include_str!("../examples/M01.good.toml"),
};

pub(super) const M06: Rule = Rule {
    id: "M06",
    title: "options are short and about equally long",
    severity: Severity::Both,
    why: "An option is held in mind beside the others: long ones test reading, not knowledge (NBME guide, irrelevant difficulty). Of 10,448 public items 95 % have options of up to 21 words. \
              Warned above 20 words and where the longest is more than 4 times the shortest (from 32 characters on: names differ in length as they do); error above 30 words. A piece of inline code counts as one word.",
    bad: include_str!("../examples/M06.bad.toml"),
    good: include_str!("../examples/M06.good.toml"),
};

/// Looks over one choice.
pub(super) fn look(choice: &Choice<'_>, sheet: &Sheet<'_>, findings: &mut Vec<Finding>) {
    findings.extend(standing_out(choice, sheet));
    findings.extend(choice.offers.iter().enumerate().filter_map(|(index, offer)| long(index, offer, sheet)));
    findings.extend(uneven(choice, sheet));
}

fn standing_out(choice: &Choice<'_>, sheet: &Sheet<'_>) -> Option<Finding> {
    const RULE: &str = "M01";
    const HINT: &str = "move detail from the right option to its `why`, or say as much in the wrong ones";
    let (key, wrong) = (mean(choice, true)?, mean(choice, false)?);
    let (ratio, excess) = (key / wrong, key - wrong);
    let part = choice.key.map_or(OPTIONS, at);
    let level = if ratio > GLARING_KEY { Level::Error } else { Level::Warning };
    if ratio > LONG_KEY && excess >= LEAST_EXCESS {
        let who = choice.key.map_or("the right options are".to_owned(), |key| {
            format!("the right option {} is", quoted(&choice.offers[key].reading.prose))
        });
        let message = format!("{who} {ratio:.1} times as long as the wrong ones on average");
        return Some(sheet.finding(part, (RULE, level), message, HINT));
    }
    let (offer, others) = choice.sides()?;
    let second = others.iter().map(|(_, other)| other.length).max()?;
    let (far, more) = (of(offer.length) / of(second.max(1)), of(offer.length) - of(second));
    (far > FAR_LONGEST && more >= LEAST_EXCESS).then(|| {
        let text = quoted(&offer.reading.prose);
        let message = format!("the right option {text} is {far:.1} times as long as the longest wrong one");
        sheet.warning(part, RULE, message, HINT)
    })
}

/// Mean length of the right or wrong options, characters; `None` where there is none or they show nothing.
fn mean(choice: &Choice<'_>, correct: bool) -> Option<f64> {
    let side = choice.offers.iter().filter(|offer| offer.option.correct == correct);
    let (sum, count) = side.fold((0, 0), |(sum, count), offer| (sum + offer.length, count + 1));
    (sum > 0).then(|| of(sum) / of(count))
}

fn of(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

fn long(index: usize, offer: &Offer<'_>, sheet: &Sheet<'_>) -> Option<Finding> {
    if offer.words <= LONG_OPTION {
        return None;
    }
    let level = if offer.words > LONGEST_OPTION { Level::Error } else { Level::Warning };
    let message = format!("the option {} has {} words", quoted(&offer.reading.prose), offer.words);
    let hint = "at most 20: move what all options share to the question, and reasons to `why`";
    Some(sheet.finding(at(index), ("M06", level), message, hint))
}

fn uneven(choice: &Choice<'_>, sheet: &Sheet<'_>) -> Option<Finding> {
    let longest = choice.offers.iter().max_by_key(|offer| offer.length)?;
    let shortest = choice.offers.iter().min_by_key(|offer| offer.length)?;
    let spread = of(longest.length) / of(shortest.length.max(1));
    if spread <= WIDEST_SPREAD || longest.length < LEAST_LONGEST {
        return None;
    }
    let (long, short) = (quoted(&longest.reading.prose), quoted(&shortest.reading.prose));
    let message = format!("the option {long} is {spread:.1} times as long as {short}");
    Some(sheet.warning(Part::key("options"), "M06", message, "say about as much in each option"))
}
