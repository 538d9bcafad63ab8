//! What authors set aside: `lint_allow = ["M06: reason"]` on a card or deck.

use super::{Finding, Rule, Severity, Spot, Subject};
use crate::domain::card::Part;
use crate::domain::problem::Level;

/// The rules about setting rules aside.
pub(super) const RULES: &[Rule] = &[];

/// A rule set aside, with the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance<'a> {
    /// The rule's id.
    pub rule: &'a str,
    /// Why it does not hold here.
    pub reason: &'a str,
}

/// Leaves out what was set aside.
pub(super) fn apply(_subject: &Subject<'_>, findings: Vec<Finding>) -> Vec<Finding> {
    let _ = (Severity::Both, Spot::Deck(0), Part::CARD, Level::Error);
    findings
}
