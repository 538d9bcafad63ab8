//! Options of choices: cues that give the key away, and options that do no work (M01-M18).
//!
//! A cue lets a reader who knows nothing of the matter find the key by the look of the options; the calibration of
//! all limits is 10,448 public multiple-choice items (item-writing §0).

mod cues;
mod form;
mod kinds;
mod length;
mod numbers;
mod opposites;
mod wording;

use super::sheet::Sheets;
use super::{Finding, Rule};
use crate::domain::card::Part;

/// The rules of this family.
pub(super) const RULES: &[Rule] = &[
    length::M01,
    wording::M02,
    form::M03,
    wording::M04,
    wording::M05,
    length::M06,
    kinds::M07,
    numbers::M08,
    wording::M09,
    cues::M10,
    cues::M11,
    cues::M12,
    opposites::M13,
    kinds::M14,
    form::M15,
    form::M17,
    form::M18,
];

/// The field that lists the options.
const OPTIONS: Part = Part::key("options");

/// Looks over every choice.
pub(super) fn look(sheets: &Sheets<'_>, findings: &mut Vec<Finding>) {
    let keywords = sheets.keywords();
    for choice in &sheets.choices {
        let sheet = &sheets.cards[choice.sheet];
        for group in [length::look, wording::look, form::look, kinds::look, numbers::look, opposites::look] {
            group(choice, sheet, findings);
        }
        cues::look(choice, sheet, keywords, findings);
    }
}

/// Where an option is written.
fn at(option: usize) -> Part {
    OPTIONS.item(option).field("text")
}
