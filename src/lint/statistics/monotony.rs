//! The same again and again: forms of question and wrong options (P06, M16, D09).

use std::collections::{BTreeMap, HashMap};

use super::{LEAST_CARDS, number, percent};
use crate::domain::card::Part;
use crate::lint::choice::{is_among, quoted};
use crate::lint::groups::Group;
use crate::lint::lexicon::Folded;
use crate::lint::sheet::{Role, Sheet, Sheets};
use crate::lint::table::Seed;
use crate::lint::words;
use crate::lint::{Finding, Rule, Severity};

/// Greatest share of a leaf's cards that ask for a definition. Source: item-writing §1.2, P06 (public sets: 23-61 %).
const MOST_DEFINITIONS: f64 = 0.2;
/// Greatest share of a leaf's cards with one beginning. Source: item-writing §1.6, D09.
const MOST_ALIKE: f64 = 0.2;
/// Words of a beginning. Source: item-writing §1.6, D09.
const BEGINNING: usize = 4;
/// Fewest cards that make a habit.
const LEAST_HABIT: usize = 3;
/// Most words of what a definition is asked of: `What is a covering index?`
const LONGEST_TERM: usize = 4;
/// Most choices of a leaf with the same wrong option. Source: item-writing §1.4, M16.
const MOST_REUSE: usize = 3;
/// Fewest words of a wrong option that is told: a term (`READ COMMITTED`) belongs to its set.
const LEAST_REUSED_WORDS: usize = 3;

pub(super) const P06: Rule = Rule {
    id: "P06",
    title: "at most 20 % of a leaf's cards ask what a thing is",
    severity: Severity::Warning,
    why: "`What is X?` is the easiest question to write and rehearses a dictionary (public sets: 23-61 % of cards). Ask what follows from X, what X costs, how it fails, or when it is the wrong choice. Counted from 8 cards and 3 such questions on; `What is the limit of X?` asks for a fact and does not count.",
    bad: include_str!("../examples/P06.bad.toml"),
    good: include_str!("../examples/P06.good.toml"),
};

pub(super) const M16: Rule = Rule {
    id: "M16",
    title: "a wrong option does not return in card after card",
    severity: Severity::Warning,
    why: "A distractor that has been wrong three times is known to be wrong the fourth time, whatever is asked. Told from the fourth choice of a leaf on, for options of three words or more: the members of a closed set (isolation levels, status codes) have to return.",
    bad: include_str!("../examples/M16.bad.toml"),
    good: include_str!("../examples/M16.good.toml"),
};

pub(super) const D09: Rule = Rule {
    id: "D09",
    title: "questions do not all begin alike",
    severity: Severity::Warning,
    why: "Questions of one mould are answered by their place in the mould, not by what they ask (Matuschak: shallow recognition of the shape of a question). At most 20 % of a leaf's cards share their first four words; counted from 8 cards and 3 alike on.",
    bad: include_str!("../examples/D09.bad.toml"),
    good: include_str!("../examples/D09.good.toml"),
};

/// Looks over the cards of a leaf.
pub(super) fn look(group: &Group, sheets: &Sheets<'_>, findings: &mut Vec<Finding>) {
    let cards: Vec<&Sheet<'_>> = group.cards.iter().map(|card| &sheets.cards[*card]).collect();
    if cards.len() >= LEAST_CARDS {
        findings.extend(definitions(group, &cards));
        findings.extend(beginnings(group, &cards));
    }
    reuse(group, sheets, findings);
}

fn definitions(group: &Group, cards: &[&Sheet<'_>]) -> Option<Finding> {
    let asking = cards.iter().filter(|sheet| asks_for_a_definition(&sheet.prompt.spoken())).count();
    (asking >= LEAST_HABIT && number(asking) > MOST_DEFINITIONS * number(cards.len())).then(|| {
        let share = percent(number(asking), number(cards.len()));
        let message =
            format!("{asking} of {} cards ({share}) ask what a thing is, more than 20 %", cards.len());
        group.warning(
            "P06",
            message,
            "ask what follows from it, how it fails, or when it is the wrong choice",
        )
    })
}

/// `What is a covering index?`, `Define idempotence`, `What does ACID stand for?`
fn asks_for_a_definition(spoken: &str) -> bool {
    if !words::words(spoken)
        .next()
        .is_some_and(|first| is_among(&["define", "what", "what's", "what’s"], first))
    {
        return false;
    }
    let folded = spoken.to_lowercase();
    let said: Vec<&str> = words::words(&folded).collect();
    let (["what", "is" | "are", term @ ..]
    | ["what's" | "what’s" | "define", term @ ..]
    | ["what", "does" | "do", term @ .., "mean"]
    | ["what", "does" | "do", term @ .., "stand", "for"]) = said.as_slice()
    else {
        return false;
    };
    let term: Vec<&&str> = term.iter().filter(|word| !matches!(**word, "a" | "an" | "the")).collect();
    let asks_for_a_part =
        term.iter().any(|word| matches!(**word, "of" | "for" | "in" | "between" | "to" | "when" | "with"));
    !term.is_empty() && term.len() <= LONGEST_TERM && !asks_for_a_part
}

fn beginnings(group: &Group, cards: &[&Sheet<'_>]) -> Option<Finding> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for sheet in cards.iter().filter(|sheet| !matches!(sheet.role, Role::Claim | Role::Cloze)) {
        let spoken = sheet.prompt.spoken();
        let said: Vec<String> = words::words(&spoken).take(BEGINNING).map(str::to_lowercase).collect();
        if said.len() == BEGINNING {
            *counts.entry(said.join(" ")).or_default() += 1;
        }
    }
    let (beginning, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    (count >= LEAST_HABIT && number(count) > MOST_ALIKE * number(cards.len())).then(|| {
        let share = percent(number(count), number(cards.len()));
        let message =
            format!("{count} of {} cards ({share}) begin with `{beginning}`, more than 20 %", cards.len());
        group.warning("D09", message, "ask from other sides: a symptom, a cause, a consequence, a choice")
    })
}

fn reuse(group: &Group, sheets: &Sheets<'_>, findings: &mut Vec<Finding>) {
    let mut counts: HashMap<&[Folded], usize, Seed> = HashMap::default();
    for (sheet, choice) in group.cards.iter().filter_map(|card| sheets.choice(*card)) {
        let wrong = choice.offers.iter().enumerate().filter(|(_, offer)| !offer.option.correct);
        for (index, offer) in wrong.filter(|(_, offer)| offer.folded.len() >= LEAST_REUSED_WORDS) {
            let count = counts.entry(&offer.folded).or_default();
            *count += 1;
            if *count == MOST_REUSE + 1 {
                let text = quoted(&offer.option.text);
                let message =
                    format!("the wrong option {text} stands in more than {MOST_REUSE} choices of this leaf");
                let hint = "write one that belongs to this question";
                findings.push(sheet.warning(Part::key("options").item(index), "M16", message, hint));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::asks_for_a_definition;

    #[test]
    fn a_definition_is_asked_of_a_term_alone() {
        for (prompt, wanted) in [
            ("What is a covering index?", true),
            ("Define idempotence.", true),
            ("What does ACID stand for?", true),
            ("What is the default limit of an SQS message?", false),
            ("What is printed when the second write fails on a follower?", false),
            ("Which lock does the update take?", false),
        ] {
            assert_eq!(asks_for_a_definition(prompt), wanted, "{prompt}");
        }
    }
}
