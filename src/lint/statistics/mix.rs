//! The mix of a leaf: how many cards, of which kinds, aims and answers (S09, T02, D10, D11).

use std::collections::BTreeSet;

use super::{LEAST_CARDS, number, percent};
use crate::domain::card::{Aim, Body};
use crate::domain::problem::Level;
use crate::lint::groups::Group;
use crate::lint::sheet::{Role, Sheet, Sheets};
use crate::lint::{Finding, Rule, Severity};

/// Greatest share of cards that ask for a fact alone. Source: item-writing §1.1, S09.
const MOST_RECALL: f64 = 0.6;
/// Fewest kinds of question. Source: item-writing §1.6, D10.
const LEAST_KINDS: usize = 4;
/// Greatest difference of true and false claims of a leaf. Source: item-writing §1.5, T02.
const MOST_UNEVEN: usize = 3;
/// Fewest claims of a collection of whose balance is spoken.
const LEAST_CLAIMS: usize = 20;
/// Least and greatest share of true claims. Source: item-writing §1.5, T02.
const TRUE_CLAIMS: (f64, f64) = (0.4, 0.6);

pub(super) const S09: Rule = Rule {
    id: "S09",
    title: "at most 60 % of a leaf's cards ask for a fact alone",
    severity: Severity::Error,
    why: "Facts are easiest to ask for and matter least on the day: a senior engineer is asked to explain, decide and diagnose. At least 40 % of a leaf's cards have such an aim. Counted from 8 cards on.",
    bad: include_str!("../examples/S09.bad.toml"),
    good: include_str!("../examples/S09.good.toml"),
};

pub(super) const T02: Rule = Rule {
    id: "T02",
    title: "as many claims are true as are false",
    severity: Severity::Warning,
    why: "Who notices that most claims are false says `false` and is right. A leaf has at most three more of one sort; of a collection's claims, from 20 on, 40-60 % are true.",
    bad: include_str!("../examples/T02.bad.toml"),
    good: include_str!("../examples/T02.good.toml"),
};

pub(super) const D10: Rule = Rule {
    id: "D10",
    title: "a leaf has four kinds of question",
    severity: Severity::Warning,
    why: "A fact that is known in one form of question may not be known in another: choosing is easier than recalling, and naming is not deciding. A leaf mixes at least four kinds, where choices of one, of several and scenarios count apart. Counted from 8 cards on.",
    bad: include_str!("../examples/D10.bad.toml"),
    good: include_str!("../examples/D10.good.toml"),
};

pub(super) const D11: Rule = Rule {
    id: "D11",
    title: "a leaf has enough cards, and not too many",
    severity: Severity::Both,
    why: "Fewer than 8 cards say little about what somebody knows of a leaf, and the report counts it as unwritten (`thin`): a warning. A collection may ask for more in its settings (`cards_a_leaf`); then a leaf outside those numbers is an error. Leaves without a card are no fault of a deck.",
    bad: include_str!("../examples/D11.bad.toml"),
    good: include_str!("../examples/D11.good.toml"),
};

/// Looks over the cards of a leaf.
pub(super) fn leaf(group: &Group, sheets: &Sheets<'_>, findings: &mut Vec<Finding>) {
    let cards: Vec<&Sheet<'_>> = group.cards.iter().map(|card| &sheets.cards[*card]).collect();
    let beyond = group.leaf.and_then(|leaf| sheets.subject.beyond.get(&leaf)).copied().unwrap_or_default();
    findings.extend(size(group, cards.len() + beyond, sheets.subject.policy.cards_a_leaf));
    findings.extend(uneven_claims(group, &cards));
    if cards.len() >= LEAST_CARDS {
        findings.extend(aims(group, &cards));
        findings.extend(kinds(group, &cards));
    }
}

fn size(group: &Group, cards: usize, wanted: Option<(usize, usize)>) -> Option<Finding> {
    group.leaf?;
    match wanted {
        Some((least, most)) if cards < least || cards > most => {
            let message = format!("the leaf has {cards} cards; the collection asks for {least} to {most}");
            let hint =
                if cards < least { "write more of them" } else { "drop the least useful, or split the leaf" };
            Some(group.finding(("D11", Level::Error), message, hint))
        }
        None if cards < LEAST_CARDS => {
            let message = format!("the leaf is thin: {cards} of {LEAST_CARDS} cards");
            Some(group.warning("D11", message, "write more cards; until then it counts as unwritten"))
        }
        _ => None,
    }
}

fn aims(group: &Group, cards: &[&Sheet<'_>]) -> Option<Finding> {
    let recall = cards.iter().filter(|sheet| sheet.card.aim == Aim::Recall).count();
    (number(recall) > MOST_RECALL * number(cards.len())).then(|| {
        let share = percent(number(recall), number(cards.len()));
        let message =
            format!("{recall} of {} cards ({share}) have the aim `recall`, more than 60 %", cards.len());
        let hint = "ask why it is so, what to choose, or what is wrong: `explain`, `decide`, `diagnose`";
        group.finding(("S09", Level::Error), message, hint)
    })
}

fn kinds(group: &Group, cards: &[&Sheet<'_>]) -> Option<Finding> {
    let kinds: BTreeSet<Role> = cards.iter().map(|sheet| sheet.role).collect();
    (kinds.len() < LEAST_KINDS).then(|| {
        let message = format!(
            "{} cards are of {} kinds of question, fewer than {LEAST_KINDS}",
            cards.len(),
            kinds.len()
        );
        group.warning(
            "D10",
            message,
            "turn some into another kind: `typed`, `cloze`, `order`, `true-false`, `explain`",
        )
    })
}

fn uneven_claims(group: &Group, cards: &[&Sheet<'_>]) -> Option<Finding> {
    let (yes, no) = claims(cards.iter().copied());
    (yes.abs_diff(no) > MOST_UNEVEN).then(|| {
        let message = format!("{yes} claims are true and {no} are false");
        group.warning(
            "T02",
            message,
            "turn some claims round: state what holds instead, or the misconception",
        )
    })
}

fn claims<'s, 'a: 's>(cards: impl Iterator<Item = &'s Sheet<'a>>) -> (usize, usize) {
    cards.fold((0, 0), |(yes, no), sheet| match sheet.card.body {
        Body::TrueFalse { answer: true, .. } => (yes + 1, no),
        Body::TrueFalse { answer: false, .. } => (yes, no + 1),
        _ => (yes, no),
    })
}

/// Looks over the whole collection.
pub(super) fn whole(group: &Group, sheets: &Sheets<'_>, findings: &mut Vec<Finding>) {
    let (yes, no) = claims(group.cards.iter().map(|card| &sheets.cards[*card]));
    let share = number(yes) / number((yes + no).max(1));
    if yes + no >= LEAST_CLAIMS && !(TRUE_CLAIMS.0..=TRUE_CLAIMS.1).contains(&share) {
        let message = format!("{yes} of {} claims are true ({}), not 40-60 %", yes + no, percent(share, 1.0));
        findings.push(group.warning("T02", message, "turn some claims round"));
    }
}
