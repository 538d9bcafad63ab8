//! The form of a choice: how many options, reasons for each, and what the question must say (M03, M15, M17, M18).

use super::OPTIONS;
use crate::domain::card::{Aim, Body};
use crate::lint::choice::{Choice, is_among, quoted};
use crate::lint::sheet::{Role, Sheet};
use crate::lint::words;
use crate::lint::{Finding, Rule, Severity};

/// Fewest and most options where one is right. Source: Haladyna et al. 2002, guideline 18 (three serve); M03.
const OPTIONS_OF_ONE: (usize, usize) = (3, 5);
/// Fewest and most options where several are right. Source: item-writing §1.4, M03.
const OPTIONS_OF_SEVERAL: (usize, usize) = (4, 6);
/// Most right options. Source: item-writing §1.4, M03.
const MOST_KEYS: usize = 4;
/// Fewest words of a reason. Source: item-writing §1.4, M15.
const LEAST_WHY: usize = 5;

/// Words by which a question sets a condition, in order. Source: item-writing §1.4, M18.
const CONDITIONS: [&str; 36] = [
    "any", "before", "both", "cannot", "cheapest", "every", "except", "fastest", "fewer", "fewest", "first",
    "half", "highest", "least", "less", "longest", "lowest", "minimum", "more", "most", "must", "need",
    "needs", "never", "no", "none", "not", "once", "only", "same", "shortest", "smallest", "still", "twice",
    "within", "without",
];
/// Numbers in words, from 0.
const NUMBERS: [&str; 11] =
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

pub(super) const M03: Rule = Rule {
    id: "M03",
    title: "a choice has 3-5 options, or 4-6 where several are right",
    severity: Severity::Error,
    why: "With two options half of all guesses are right. Beyond that more is not better: only 52 % of distractors in 514 items were chosen by even 5 % of readers (Tarrant et al. 2009), \
              and three good options serve (Haladyna et al. 2002). Where several are right, 2-4 keys among 4-6 options leave something to decide, and not every option may be right.",
    bad: include_str!("../examples/M03.bad.toml"),
    good: include_str!("../examples/M03.good.toml"),
};

pub(super) const M15: Rule = Rule {
    id: "M15",
    title: "each option says why it is right or wrong",
    severity: Severity::Error,
    why: "A wrong answer is the moment at which a learner can be taught, and only the author knows which misconception an option stands for. \
              An author who cannot write the reason has a distractor that nobody would choose, or one that is right. Each reason has at least 5 words, and no two are alike.",
    bad: include_str!("../examples/M15.bad.toml"),
    good: include_str!("../examples/M15.good.toml"),
};

pub(super) const M17: Rule = Rule {
    id: "M17",
    title: "a choice of several says so",
    severity: Severity::Error,
    why: "A reader who does not know that several options are right tests the form and not the fact. The question says `Select all that apply`, or how many: `Choose two`, `Which two`; \
              a number that it says has to be the number of right options.",
    bad: include_str!("../examples/M17.bad.toml"),
    good: include_str!("../examples/M17.good.toml"),
};

pub(super) const M18: Rule = Rule {
    id: "M18",
    title: "a scenario names the condition that decides, and asks one thing",
    severity: Severity::Error,
    why: "`Which is best?` has as many answers as readers have priorities. A scenario that asks for a decision needs a number, a requirement or a limit that settles it (NBME guide; the negation test of the rubric), and one question. \
              A diagnosis may give its evidence as code, output or a citation instead.",
    bad: include_str!("../examples/M18.bad.toml"),
    good: include_str!("../examples/M18.good.toml"),
};

/// Looks over one choice.
pub(super) fn look(choice: &Choice<'_>, sheet: &Sheet<'_>, findings: &mut Vec<Finding>) {
    let keys = choice.offers.iter().filter(|offer| offer.option.correct).count();
    findings.extend(number_of_options(choice.offers.len(), keys, sheet));
    reasons(choice, sheet, findings);
    findings.extend(several(keys, sheet));
    findings.extend(scenario(sheet));
}

fn number_of_options(options: usize, keys: usize, sheet: &Sheet<'_>) -> Option<Finding> {
    const RULE: &str = "M03";
    let ((least, most), what) =
        if keys > 1 { (OPTIONS_OF_SEVERAL, "several are right") } else { (OPTIONS_OF_ONE, "one is right") };
    if options < least || options > most {
        let message = format!("{options} options where {what}, not {least} to {most}");
        let hint = "add a mistake that people make, or drop an option that nobody would choose";
        return Some(sheet.error(OPTIONS, RULE, message, hint));
    }
    if keys == options {
        let message = format!("all {options} options are right, so there is nothing to decide");
        return Some(sheet.error(
            OPTIONS,
            RULE,
            message,
            "add options that are wrong, or ask in another way",
        ));
    }
    (keys > MOST_KEYS).then(|| {
        let message = format!("{keys} options are right, more than {MOST_KEYS}");
        sheet.error(OPTIONS, RULE, message, "turn the question round, or split the card")
    })
}

fn reasons(choice: &Choice<'_>, sheet: &Sheet<'_>, findings: &mut Vec<Finding>) {
    const RULE: &str = "M15";
    for (index, offer) in choice.offers.iter().enumerate() {
        let text = || quoted(&offer.reading.prose);
        let part = OPTIONS.item(index).field("why");
        let Some(why) = &offer.option.why else {
            let hint = "add `why = \"...\"`: why it is right, or the mistake it stands for";
            findings.push(sheet.error(part, RULE, format!("the option {} has no `why`", text()), hint));
            continue;
        };
        let count = words::words(why).take(LEAST_WHY).count();
        if count < LEAST_WHY {
            let text = text();
            let message = format!("the `why` of the option {text} has {count} words, fewer than {LEAST_WHY}");
            let hint = "name the misconception, or the condition under which it would be right";
            findings.push(sheet.error(part, RULE, message, hint));
        }
        let is_same = |before: &usize| {
            choice.offers[*before].option.why.as_ref().is_some_and(|other| says_the_same(other, why))
        };
        if let Some(first) = (0..index).rev().find(is_same).filter(|_| count >= LEAST_WHY) {
            let message = format!("the options {} and {} have the same `why`", first + 1, index + 1);
            findings.push(sheet.error(part, RULE, message, "say what is wrong with this option"));
        }
    }
}

/// Whether two texts have the same words, whatever their case.
fn says_the_same(one: &str, other: &str) -> bool {
    let folded = |text| words::words(text).map(str::to_lowercase);
    folded(one).eq(folded(other))
}

fn several(keys: usize, sheet: &Sheet<'_>) -> Option<Finding> {
    let spoken = sheet.prompt.spoken();
    let said: Vec<&str> = words::words(&spoken).collect();
    let is = |word: &str, wanted: &str| word.eq_ignore_ascii_case(wanted);
    let any =
        said.windows(3).any(|three| is(three[0], "all") && is(three[1], "that") && is(three[2], "apply"))
            || said.windows(2).any(|two| asks_for(two[0]) && is_among(&["all", "each", "every"], two[1]));
    match said_number(&said) {
        Some(number) if number != keys && !any => {
            let message = format!("the question asks for {number}, and {keys} options are right");
            Some(sheet.error(sheet.asks, "M17", message, "make question and options agree"))
        }
        None if keys > 1 && !any => {
            let message = format!("{keys} options are right, and the question does not say so");
            Some(sheet.error(
                sheet.asks,
                "M17",
                message,
                "end it with `Select all that apply.` or `Choose two.`",
            ))
        }
        _ => None,
    }
}

/// How many options the question asks for: `choose two`, `which three of these`.
fn said_number(said: &[&str]) -> Option<usize> {
    let number = |word: &str| {
        let number = NUMBERS.iter().position(|name| name.eq_ignore_ascii_case(word));
        number.filter(|number| *number > 1)
    };
    let chosen = said.windows(2).filter(|two| asks_for(two[0])).find_map(|two| number(two[1]));
    chosen.or_else(|| {
        // `Which two ...?` asks for two options, `which two-phase commit` and a digit (`which 3 nodes`) do not.
        let plural = |three: &&[&str]| three[0].eq_ignore_ascii_case("which") && three[2].ends_with('s');
        said.windows(3).filter(plural).find_map(|three| number(three[1]))
    })
}

fn asks_for(word: &str) -> bool {
    is_among(&["check", "choose", "mark", "pick", "select", "tick"], word)
}

fn scenario(sheet: &Sheet<'_>) -> Option<Finding> {
    const RULE: &str = "M18";
    if sheet.role != Role::Scenario || !matches!(sheet.card.body, Body::Choice { .. }) {
        return None;
    }
    let questions = sheet.prompt.spoken().matches('?').count();
    if questions > 1 {
        let message = format!("the scenario asks {questions} questions");
        return Some(sheet.error(
            sheet.asks,
            RULE,
            message,
            "ask for one decision; make a card of each question",
        ));
    }
    let prompt = &sheet.prompt;
    let shown = sheet.card.aim == Aim::Diagnose
        && (!prompt.blocks.is_empty() || !prompt.inline.is_empty() || prompt.spoken().contains('"'));
    let told = prompt.prose.contains(|letter: char| letter.is_ascii_digit())
        || words::words(&prompt.spoken()).any(|word| is_among(&CONDITIONS, word) || is_number(word));
    (!shown && !told).then(|| {
        let message = "the scenario names no number, requirement or limit that decides".to_owned();
        sheet.error(sheet.asks, RULE, message, "say what must hold: a limit, a cost, what is ruled out")
    })
}

fn is_number(word: &str) -> bool {
    NUMBERS.iter().skip(2).any(|name| word.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::{CONDITIONS, said_number};

    #[test]
    fn the_conditions_are_in_order() {
        assert!(CONDITIONS.is_sorted());
    }

    #[test]
    fn a_number_counts_where_it_numbers_the_options() {
        let said = |text: &str| said_number(&crate::lint::words::words(text).collect::<Vec<_>>());
        assert_eq!(said("Which writes survive? Choose two."), Some(2));
        assert_eq!(said("Which three statements hold?"), Some(3));
        assert_eq!(said("Which one holds? Choose one."), None);
        assert_eq!(said("Two nodes fail. Which of these holds?"), None);
    }
}
