//! The examples by which rules are explained: the bad one breaks its rule and no other, the good one none.

use mindrill::domain::policy::Policy;
use mindrill::lint::{Rule, Severity, rules};

use super::{Found, found_in, whole};

/// The families that are tried here.
const FAMILIES: [char; 4] = ['S', 'P', 'F', 'A'];
/// Statistics, which take more than an example of a card.
const STATISTICS: [&str; 2] = ["S09", "P06"];

fn ours() -> impl Iterator<Item = &'static Rule> {
    rules().filter(|rule| rule.id.starts_with(FAMILIES) && !STATISTICS.contains(&rule.id))
}

fn tried(rule: &Rule, text: &str) -> Found {
    let stem = if text.contains("cloud/lambda") { "lambda" } else { "indexing" };
    let mut found = found_in(stem, &whole(text, rule.id), &Policy::default());
    // An example of a deck alone has no card.
    found.problems.retain(|problem| problem.rule != "no-cards");
    found
}

#[test]
fn each_bad_example_breaks_its_rule_alone_and_each_good_one_none() {
    let mut faults = Vec::new();
    for rule in ours() {
        let (bad, good) = (tried(rule, rule.bad), tried(rule, rule.good));
        if bad.rules() != [rule.id] || !good.rules().is_empty() {
            faults.push(format!(
                "{}: bad {:?}, good {:?}\n{:#?}",
                rule.id,
                bad.rules(),
                good.rules(),
                good.findings
            ));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn each_rule_is_told_at_a_level_of_its_severity() {
    for rule in ours() {
        for level in tried(rule, rule.bad).levels(rule.id) {
            let fits = match rule.severity {
                Severity::Error => level.name() == "error",
                Severity::Warning => level.name() == "warning",
                Severity::Both => true,
            };
            assert!(fits, "{} is told as {}", rule.id, level.name());
        }
    }
}

#[test]
fn each_finding_says_what_to_do_in_the_voice_of_the_house() {
    for rule in ours() {
        for finding in tried(rule, rule.bad).findings {
            let (message, hint) = (&finding.message, &finding.hint);
            assert!(
                !message.ends_with('.') && !hint.is_empty() && !hint.ends_with('.'),
                "{message} / {hint}"
            );
            let first = message.chars().next().unwrap();
            assert!(!first.is_uppercase() || message.starts_with(['A', 'F', 'M', 'S']), "{message}");
        }
        assert!(rule.why.ends_with('.') && rule.why.len() > 80 && rule.title.len() < 100, "{}", rule.id);
    }
}
