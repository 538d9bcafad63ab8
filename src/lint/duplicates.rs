//! Cards that say the same: exact and near duplicates, answers given away by another card (D06, D07, D14).

use super::sheet::Sheets;
use super::{Finding, Rule};

/// The rules of this family.
pub(super) const RULES: &[Rule] = &[];

/// Looks over every card.
pub(super) fn look(_sheets: &Sheets<'_>, _findings: &mut Vec<Finding>) {}
