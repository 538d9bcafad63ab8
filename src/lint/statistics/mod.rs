//! What decks, leaves and branches show as a whole (S09, P06, M09, M16, T02, D01-D04, D09-D12).
//!
//! A statistic is silent where it has too few cards to speak, and where chance alone would do as much.

mod blind;
mod chance;
mod guess;
mod mix;
mod monotony;
mod sources;

use super::groups::{self, Extent, Group};
use super::sheet::Sheets;
use super::{Finding, Rule};
use crate::domain::problem::Level;

/// The rules of this family.
pub(super) const RULES: &[Rule] = &[
    mix::S09,
    monotony::P06,
    monotony::M16,
    mix::T02,
    blind::D01,
    blind::D02,
    blind::D03,
    blind::D04,
    monotony::D09,
    mix::D10,
    mix::D11,
    sources::D12,
];

/// Fewest cards of which a statistic speaks: below it a leaf is thin, and every share is a matter of one card.
const LEAST_CARDS: usize = 8;

/// Looks over every deck, leaf and branch.
pub(super) fn look(sheets: &Sheets<'_>, findings: &mut Vec<Finding>) {
    let guesses = guess::read(sheets);
    for group in groups::read(sheets) {
        if group.extent == Extent::Leaf {
            mix::leaf(&group, sheets, findings);
            monotony::look(&group, sheets, findings);
            sources::look(&group, sheets, findings);
        }
        if group.extent == Extent::Whole {
            mix::whole(&group, sheets, findings);
        }
        blind::look(&group, &guesses, findings);
    }
}

impl Group {
    /// A finding about the whole group.
    fn finding(&self, (rule, level): (&'static str, Level), message: String, hint: &str) -> Finding {
        Finding { spot: self.spot, rule, level, message, hint: hint.to_owned() }
    }

    /// A warning about the whole group.
    fn warning(&self, rule: &'static str, message: String, hint: &str) -> Finding {
        self.finding((rule, Level::Warning), message, hint)
    }
}

/// A share in per cent, rounded.
fn percent(part: f64, whole: f64) -> String {
    format!("{:.0} %", 100.0 * part / whole)
}

/// A count as a number to reckon with.
fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
