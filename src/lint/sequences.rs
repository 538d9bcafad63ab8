//! Orders, claims and code (O01, T01, C01, C02).

use super::sheet::Sheets;
use super::{Finding, Rule};

/// The rules of this family.
pub(super) const RULES: &[Rule] = &[];

/// Looks over every card.
pub(super) fn look(_sheets: &Sheets<'_>, _findings: &mut Vec<Finding>) {}
