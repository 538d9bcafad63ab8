//! What every card must have, whatever it asks (S01-S08, S12, S13).

mod dates;
mod fields;
mod plain;
mod slips;
mod sources;
mod spelling;
mod versions;

pub(super) use plain::{OF_TIME, UNFINISHED};
pub(super) use spelling::is_spelling_told;

use super::sheet::Sheets;
use super::{Finding, Rule};

/// The rules of this family; S09 is a statistic, and S01 is told where decks are read.
pub(super) const RULES: &[Rule] = &[
    fields::S01,
    fields::S02,
    fields::S03,
    plain::S04,
    sources::S05,
    versions::S06,
    dates::S07,
    dates::S08,
    spelling::S12,
    plain::S13,
];

/// Looks over every card.
pub(super) fn look(sheets: &Sheets<'_>, findings: &mut Vec<Finding>) {
    fields::look_at_decks(sheets, findings);
    versions::look_at_decks(sheets, findings);
    spelling::look(sheets, findings);
    for sheet in &sheets.cards {
        fields::look(sheet, findings);
        plain::look(sheet, findings);
        sources::look(sheet, sheets.subject.policy, findings);
        versions::look(sheet, findings);
        dates::look(sheet, sheets.subject, findings);
    }
}
