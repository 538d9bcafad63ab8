//! What decks, leaves and branches show as a whole (S09, P06, T02, D01-D04, D09-D12).

use super::sheet::Sheets;
use super::{Finding, Rule};

/// The rules of this family.
pub(super) const RULES: &[Rule] = &[];

/// Looks over every card.
pub(super) fn look(_sheets: &Sheets<'_>, _findings: &mut Vec<Finding>) {}
