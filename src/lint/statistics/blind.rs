//! What choices give away as a set: to a reader who takes the longest option, or any other blind way
//! (D01, D02, D03, D04, M09).

use super::chance::{LEAST_FOR_Z, ONE_IN_A_HUNDRED, Tally};
use super::guess::{Guess, Way};
use super::{number, percent};
use crate::domain::problem::Level;
use crate::lint::groups::{Extent, Group};
use crate::lint::{Finding, Rule, Severity};

/// Rate above chance that is told of a branch or collection. Source: item-writing §1.6, D01 and D04.
const NOTABLE: f64 = 0.04;
/// Rate above chance of which a branch or collection is warned whatever its size. Source: item-writing §1.6, D01.
const LARGE: f64 = 0.07;
/// Standard deviations that chance exceeds once in twenty.
const ONE_IN_TWENTY: f64 = 1.645;
/// Rate above chance of the best of six ways that is an error. Source: item-writing §1.6, D04.
const GLARING: f64 = 0.08;
/// As `ONE_IN_TWENTY`, for the best of six ways (Bonferroni: .05 / 6).
const ONE_IN_TWENTY_OF_SIX: f64 = 2.39;
/// As `ONE_IN_A_HUNDRED`, for the best of six ways (Bonferroni: .01 / 6).
const ONE_IN_A_HUNDRED_OF_SIX: f64 = 2.93;
/// Fewest choices of which the places of their keys are told.
const LEAST_POSITIONS: usize = 20;
/// Share of keys at one place that is told, and that is an error. Source: item-writing §1.6, D03.
const CROWDED: (f64, f64) = (0.4, 0.6);
/// Greatest difference of the shares of absolute words. Source: item-writing §1.4, M09.
const UNEVEN: f64 = 0.05;

pub(super) const D01: Rule = Rule {
    id: "D01",
    title: "the longest option is no more often right than chance",
    severity: Severity::Both,
    why: "Where the longest option is right more often than its share, a learner learns to take it, and every figure about his knowledge is too high. Bulk question sets give 45-87 % to that reader where chance gives 25 %, clean ones at most 27 %. \
              A leaf is warned where chance alone would do so less than once in a hundred times (exact binomial: 6 of 8 choices of four, 7 of 10, 9 of 15). \
              From 60 choices on: an error where the rate is more than 4 points above chance and z is above 2.33 (once in a hundred times); a warning from 7 points on, or from 4 points where z is above 1.64. \
              A difference that is certain but below 4 points is no error: clean sets have it too. Choices with one right option count; ties are split.",
    bad: include_str!("../examples/D01.bad.toml"),
    good: include_str!("../examples/D01.good.toml"),
};

pub(super) const D02: Rule = Rule {
    id: "D02",
    title: "the shortest option is no more often right than chance",
    severity: Severity::Both,
    why: "Authors who have been told of long keys cut them until the shortest option is right. The same test as D01, at the other end.",
    bad: include_str!("../examples/D02.bad.toml"),
    good: include_str!("../examples/D02.good.toml"),
};

pub(super) const D03: Rule = Rule {
    id: "D03",
    title: "keys are stored at all places",
    severity: Severity::Both,
    why: "Options are shuffled when they are shown, but a key that always stands first gives itself away in diffs, exports and other programs. Warned where one place holds more than 40 % of a collection's keys, error above 60 %; \
              from 20 choices on, and only where chance would not do as much.",
    bad: include_str!("../examples/D03.bad.toml"),
    good: include_str!("../examples/D03.good.toml"),
};

pub(super) const D04: Rule = Rule {
    id: "D04",
    title: "a reader who guesses by the look of the options does no better than chance",
    severity: Severity::Both,
    why: "Six readers who know nothing answer every choice: by the longest option, the shortest, most words of the question, fewest words like `always`, most words like `may`, most words of the other options. The best of them should do no better than chance: \
              on clean public sets 27.2 % where chance is 25 %, on bulk sets 45-87 %. Warned above 4 points, error above 8, from 60 choices on and only where the best of six would not do so by chance (z above 2.39 and 2.93).",
    bad: include_str!("../examples/D04.bad.toml"),
    good: include_str!("../examples/D04.good.toml"),
};

/// Looks over one group.
pub(super) fn look(group: &Group, guesses: &[Option<Guess>], findings: &mut Vec<Finding>) {
    let guesses: Vec<&Guess> = group.cards.iter().filter_map(|card| guesses[*card].as_ref()).collect();
    if group.adds {
        findings.extend(length(group, &guesses, "D01", Way::Longest));
        findings.extend(length(group, &guesses, "D02", Way::Shortest));
    }
    if group.extent == Extent::Whole {
        findings.extend(positions(group, &guesses));
        findings.extend(blind(group, &guesses));
        findings.extend(absolutes(group, &guesses));
    }
}

fn tally(guesses: &[&Guess], way: Way) -> Tally {
    let mut tally = Tally::default();
    for guess in guesses {
        tally.add(guess.hits[way as usize], guess.chance);
    }
    tally
}

fn length(group: &Group, guesses: &[&Guess], rule: &'static str, way: Way) -> Option<Finding> {
    let tally = tally(guesses, way);
    let level = if tally.trials < LEAST_FOR_Z {
        (group.extent == Extent::Leaf && tally.is_beyond_chance()).then_some(Level::Warning)
    } else {
        many(&tally)
    }?;
    let (rate, chance) = (percent(tally.rate(), 1.0), percent(tally.chance(), 1.0));
    let (name, trials) = (way.name(), tally.trials);
    let message =
        format!("{name} is right in {:.0} of {trials} choices ({rate}); chance is {chance}", tally.hits);
    let hint = match way {
        Way::Shortest => "let some right options say more, and some wrong ones less",
        _ => "let some wrong options say more, or move detail of right ones to `why`",
    };
    Some(group.finding((rule, level), message, hint))
}

/// What the rate of many trials is worth telling.
fn many(tally: &Tally) -> Option<Level> {
    let above = tally.rate() - tally.chance();
    if above > NOTABLE && tally.z() > ONE_IN_A_HUNDRED {
        return Some(Level::Error);
    }
    (above > LARGE || (above > NOTABLE && tally.z() > ONE_IN_TWENTY)).then_some(Level::Warning)
}

fn positions(group: &Group, guesses: &[&Guess]) -> Option<Finding> {
    let places = guesses.iter().map(|guess| guess.options).max()?;
    let tally = |place: usize| {
        let mut tally = Tally::default();
        for guess in guesses {
            let chance = if place < guess.options { guess.chance } else { 0.0 };
            tally.add(f64::from(u8::from(guess.position == place)), chance);
        }
        tally
    };
    let (place, tally) = (0..places)
        .map(|place| (place, tally(place)))
        .max_by(|one, other| one.1.hits.total_cmp(&other.1.hits))?;
    if tally.trials < LEAST_POSITIONS || tally.rate() <= CROWDED.0 || !tally.is_beyond_chance() {
        return None;
    }
    let level = if tally.rate() > CROWDED.1 { Level::Error } else { Level::Warning };
    let (rate, trials) = (percent(tally.rate(), 1.0), tally.trials);
    let message = format!("the right option is stored at place {} in {rate} of {trials} choices", place + 1);
    Some(group.finding(("D03", level), message, "move right options to other places of their lists"))
}

fn blind(group: &Group, guesses: &[&Guess]) -> Option<Finding> {
    let tallies = Way::ALL.map(|way| (way, tally(guesses, way)));
    let (way, best) = tallies.into_iter().max_by(|one, other| one.1.hits.total_cmp(&other.1.hits))?;
    let above = best.rate() - best.chance();
    if best.trials < LEAST_FOR_Z || above <= NOTABLE || best.z() <= ONE_IN_TWENTY_OF_SIX {
        return None;
    }
    let glaring = above > GLARING && best.z() > ONE_IN_A_HUNDRED_OF_SIX;
    let level = if glaring { Level::Error } else { Level::Warning };
    let (name, rate, chance) = (way.name(), percent(best.rate(), 1.0), percent(best.chance(), 1.0));
    let message = format!(
        "who takes {name} gets {rate} of {} choices right without knowing anything; chance is {chance}",
        best.trials
    );
    Some(group.finding(
        ("D04", level),
        message,
        "mend the choices in which that finds the key, M01-M14 name many",
    ))
}

fn absolutes(group: &Group, guesses: &[&Guess]) -> Option<Finding> {
    if guesses.len() < LEAST_FOR_Z {
        return None;
    }
    let keys = number(guesses.len());
    let wrong = number(guesses.iter().map(|guess| guess.options - 1).sum());
    let of_keys = number(guesses.iter().filter(|guess| guess.absolute_key).count());
    let of_wrong = number(guesses.iter().map(|guess| guess.absolute_wrong).sum());
    let pooled = (of_keys + of_wrong) / (keys + wrong);
    let deviation = (pooled * (1.0 - pooled) * (1.0 / keys + 1.0 / wrong)).sqrt();
    let difference = (of_keys / keys - of_wrong / wrong).abs();
    (difference > UNEVEN && difference > ONE_IN_A_HUNDRED * deviation).then(|| {
        let (of_keys, of_wrong) = (percent(of_keys, keys), percent(of_wrong, wrong));
        let message = format!(
            "{of_keys} of right options and {of_wrong} of wrong ones have a word like `always` or `only`"
        );
        let hint = "word right and wrong options alike in this";
        group.finding(("M09", Level::Error), message, hint)
    })
}
