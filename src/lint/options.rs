//! Options of choices: cues that give the key away, and options that do no work (M01-M18).

use super::sheet::Sheets;
use super::{Finding, Rule};

/// The rules of this family.
pub(super) const RULES: &[Rule] = &[];

/// Looks over every card.
pub(super) fn look(_sheets: &Sheets<'_>, _findings: &mut Vec<Finding>) {}
