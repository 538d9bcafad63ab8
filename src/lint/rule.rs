//! What a rule is, and the list of all of them.

use super::{allow, answers, duplicates, options, prompts, sequences, statistics, structure};

/// How much a rule matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// Always an error.
    Error,
    /// Always a warning.
    Warning,
    /// A warning from one limit, an error from a further one.
    Both,
}

/// A content rule, with what an author needs to agree with it.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Its stable id: `P04`.
    pub id: &'static str,
    /// What it asks, in a line: `the longest option is no more often right than chance`.
    pub title: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// Why it exists, with the evidence; a paragraph of plain text.
    pub why: &'static str,
    /// A piece of a deck that breaks it (TOML): `[[card]]` tables, with `[deck]` where the rule looks at it; an id, an
    /// explanation and sources are left out where the rule does not look at them.
    pub bad: &'static str,
    /// The same, mended.
    pub good: &'static str,
}

/// Every rule, family by family, in the order of their ids within one.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    let families = [
        structure::RULES,
        prompts::RULES,
        answers::RULES,
        options::RULES,
        sequences::RULES,
        statistics::RULES,
        duplicates::RULES,
        allow::RULES,
    ];
    families.into_iter().flatten()
}

/// The rule of that id, upper or lower case.
#[must_use]
pub fn rule(id: &str) -> Option<&'static Rule> {
    rules().find(|rule| rule.id.eq_ignore_ascii_case(id))
}
