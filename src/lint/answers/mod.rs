//! Answers of flashcards, typed cards and clozes (F01-F08).

mod cloze;
mod flashcard;
mod typed;

use super::sheet::Sheets;
use super::{Finding, Rule};

/// The rules of this family.
pub(super) const RULES: &[Rule] = &[
    flashcard::F01,
    flashcard::F02,
    flashcard::F03,
    typed::F04,
    typed::F05,
    cloze::F06,
    flashcard::F07,
    flashcard::F08,
];

/// Looks over every card.
pub(super) fn look(sheets: &Sheets<'_>, findings: &mut Vec<Finding>) {
    for sheet in &sheets.cards {
        flashcard::look(sheet, sheets, findings);
        typed::look(sheet, findings);
        cloze::look(sheet, findings);
    }
    flashcard::look_at_pairs(sheets, findings);
}
