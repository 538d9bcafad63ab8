//! What authors set aside: `lint_allow = ["M06: reason"]` on a card or deck (A01, A02).

use std::collections::{BTreeMap, BTreeSet};

use super::{Finding, Rule, Severity, Spot, Subject, duplicates, rule, statistics};
use crate::domain::card::Part;
use crate::domain::problem::Level;

pub(super) const A01: Rule = Rule {
    id: "A01",
    title: "a rule is set aside by its id and a reason",
    severity: Severity::Error,
    why: "`lint_allow` on a card leaves out what one rule says of it, errors too; under [deck] it holds for the deck's statistics and all its cards. The reason is for the next author: without it nobody can tell a considered exception from a silenced alarm. S01 and the rules on `lint_allow` itself cannot be set aside.",
    bad: r#"[[card]]
id = "http-versions"
kind = "flashcard"
prompt = "Which versions of HTTP may carry several requests at once on one connection?"
answer = "HTTP/2 and HTTP/3, which part each request into frames of its own stream."
lint_allow = ["F02"]
"#,
    good: r#"[[card]]
id = "osi-order"
kind = "flashcard"
prompt = "Which three layers of the OSI model lie above the transport layer?"
answer = "Session, presentation and application."
lint_allow = ["F02: the three are one unit, and are asked for as one"]
"#,
};

pub(super) const A02: Rule = Rule {
    id: "A02",
    title: "a rule that is set aside would have something to say",
    severity: Severity::Warning,
    why: "An allowance that outlives its cause would hide the next fault of the same kind. Statistics and comparisons between cards are left alone: whether they speak depends on the other cards.",
    bad: r#"[[card]]
id = "gap-lock"
kind = "flashcard"
prompt = "What does a gap lock of InnoDB keep out?"
answer = "Inserts by other transactions into the gap that it covers."
lint_allow = ["F01: the long answer cannot be parted"]
"#,
    good: r#"[[card]]
id = "gap-lock"
kind = "flashcard"
prompt = "What does a gap lock of InnoDB keep out?"
answer = "Inserts by other transactions into the gap that it covers."
"#,
};

/// The rules about setting rules aside.
pub(super) const RULES: &[Rule] = &[A01, A02];
/// Rules that cannot be set aside: what they guard would be lost, or nobody would be told.
const NEVER: [&str; 3] = ["A01", "A02", "S01"];
/// How a rule is set aside, as a hint.
const FORM: &str = "write the rule's id, a colon and why it does not hold here: `lint_allow = [\"M06: the long option is a command\"]`";

/// A rule set aside, with the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance<'a> {
    /// The rule's id.
    pub rule: &'a str,
    /// Why it does not hold here.
    pub reason: &'a str,
}

impl<'a> Allowance<'a> {
    /// Reads `ID: reason`.
    ///
    /// # Errors
    /// What is wrong with it: no reason, no such rule, or one that cannot be set aside.
    pub fn parse(text: &'a str) -> Result<Self, String> {
        let (id, reason) = text.split_once(':').unwrap_or((text, ""));
        let (id, reason) = (id.trim(), reason.trim());
        match rule(id) {
            None => Err(format!("`{id}` is no rule")),
            Some(found) if NEVER.contains(&found.id) => Err(format!("{} cannot be set aside", found.id)),
            Some(found) if reason.is_empty() => Err(format!("{} is set aside without a reason", found.id)),
            Some(found) => Ok(Self { rule: found.id, reason }),
        }
    }
}

/// Where something is set aside: the deck, and the card where it is not for all of them.
type Place = (usize, Option<usize>);

/// Everything that is set aside, and what of it had something to set aside.
struct Aside {
    rules: BTreeMap<(Place, &'static str), Spot>,
    used: BTreeSet<(Place, &'static str)>,
}

/// Leaves out what was set aside; the rest comes by spot, then rule.
pub(super) fn apply(subject: &Subject<'_>, mut findings: Vec<Finding>) -> Vec<Finding> {
    let mut faults = Vec::new();
    let mut aside = Aside::read(subject, &mut faults);
    findings.retain(|finding| !aside.has(subject, finding));
    findings.extend(faults);
    // Away from their map, many rules have nothing to go by.
    if subject.map.is_some() {
        findings.extend(aside.idle());
    }
    findings.sort();
    findings
}

impl Aside {
    fn read(subject: &Subject<'_>, faults: &mut Vec<Finding>) -> Self {
        let mut aside = Self { rules: BTreeMap::new(), used: BTreeSet::new() };
        for (deck_at, deck) in subject.decks.iter().enumerate() {
            for text in &deck.lint_allow {
                aside.add(text, (deck_at, None), Spot::Deck(deck_at), faults);
            }
            for (card_at, card) in deck.cards.iter().enumerate().filter(|(_, card)| !card.is_derived()) {
                for (item, text) in card.lint_allow.iter().enumerate() {
                    let spot = Spot::Card(deck_at, card_at, Part::key("lint_allow").item(item));
                    aside.add(text, (deck_at, Some(card_at)), spot, faults);
                }
            }
        }
        aside
    }

    fn add(&mut self, text: &str, place: Place, spot: Spot, faults: &mut Vec<Finding>) {
        let known = Allowance::parse(text).map(|allowance| rule(allowance.rule));
        match known {
            Ok(found) => self.rules.extend(found.map(|rule| ((place, rule.id), spot))),
            Err(message) => {
                let (rule, level, hint) = (A01.id, Level::Error, FORM.to_owned());
                faults.push(Finding { spot, rule, level, message, hint });
            }
        }
    }

    /// Whether a finding was set aside.
    fn has(&mut self, subject: &Subject<'_>, finding: &Finding) -> bool {
        let places: Vec<Place> = match finding.spot {
            Spot::Card(deck, card, _) => vec![(deck, Some(card)), (deck, None)],
            Spot::Deck(deck) => vec![(deck, None)],
            Spot::Node(node) => {
                let decks = subject.decks.iter().enumerate();
                let bound = |name: &str| subject.find(name) == Some(node);
                let here = decks.filter(|(_, deck)| deck.node.as_ref().is_some_and(|(name, _)| bound(name)));
                here.map(|(at, _)| (at, None)).collect()
            }
        };
        let keys = places.into_iter().map(|place| (place, finding.rule));
        let found: Vec<_> = keys.filter(|key| self.rules.contains_key(key)).collect();
        self.used.extend(&found);
        !found.is_empty()
    }

    /// What was set aside, and had nothing to say (A02).
    fn idle(&self) -> impl Iterator<Item = Finding> {
        let compared: BTreeSet<&str> =
            statistics::RULES.iter().chain(duplicates::RULES).map(|rule| rule.id).collect();
        let idle =
            self.rules.iter().filter(move |(key, _)| !self.used.contains(key) && !compared.contains(key.1));
        idle.map(|((_, id), spot)| Finding {
            spot: *spot,
            rule: A02.id,
            level: Level::Warning,
            message: format!("{id} is set aside, and has nothing to say here"),
            hint: "remove it from `lint_allow`".to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Allowance;

    #[test]
    fn an_allowance_names_a_rule_and_a_reason() {
        let good = Allowance::parse("p04: the exception is the point").unwrap();
        assert_eq!((good.rule, good.reason), ("P04", "the exception is the point"));
        for (text, fault) in [
            ("P04", "P04 is set aside without a reason"),
            ("P04:  ", "P04 is set aside without a reason"),
            ("P99: because", "`P99` is no rule"),
            ("S01: because", "S01 cannot be set aside"),
            ("", "`` is no rule"),
        ] {
            assert_eq!(Allowance::parse(text), Err(fault.to_owned()));
        }
    }
}
