//! Answers of flashcards, typed cards and clozes (F01-F08).

use super::sheet::Sheets;
use super::{Finding, Rule};

/// The rules of this family.
pub(super) const RULES: &[Rule] = &[];

/// Looks over every card.
pub(super) fn look(_sheets: &Sheets<'_>, _findings: &mut Vec<Finding>) {}
