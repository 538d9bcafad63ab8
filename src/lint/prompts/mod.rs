//! Questions of all kinds (P01-P05, P07-P12; P06 is a statistic).

mod acronyms;
mod blocks;
mod clarity;
mod form;
mod known;
mod leaks;
mod negation;

pub(super) use clarity::{POINTING, VAGUE, list_items};
pub(super) use negation::negates;

use std::borrow::Cow;

use super::sheet::{Sheet, Sheets};
use super::words;
use super::{Finding, Rule};

/// The rules of this family.
pub(super) const RULES: &[Rule] = &[
    form::P01,
    form::P02,
    form::P03,
    negation::P04,
    negation::P05,
    form::P07,
    clarity::P08,
    leaks::P09,
    clarity::P10,
    blocks::P11,
    acronyms::P12,
];

/// A question as the rules of this family read it.
struct Question<'s, 'a> {
    sheet: &'s Sheet<'a>,
    /// What it says, without code and quotations.
    plain: &'s str,
    /// Its sentences.
    sentences: Vec<&'s str>,
}

impl<'s> Question<'s, '_> {
    /// The sentences that ask.
    fn asking(&self) -> impl Iterator<Item = &'s str> {
        self.sentences.iter().copied().filter(|sentence| sentence.ends_with('?'))
    }
}

/// Looks over every card.
pub(super) fn look(sheets: &Sheets<'_>, findings: &mut Vec<Finding>) {
    let accepted = acronyms::Accepted::read(sheets.subject);
    for sheet in &sheets.cards {
        let spoken = sheet.prompt.spoken();
        let plain: Cow<'_, str> = words::unquoted(&spoken);
        let question = Question { sheet, plain: &plain, sentences: words::sentences(&plain).collect() };
        form::look(&question, findings);
        negation::look(&question, findings);
        clarity::look(&question, findings);
        leaks::look(sheet, sheets, findings);
        blocks::look(sheet, findings);
        acronyms::look(sheet, &accepted, findings);
    }
    negation::look_at_leaves(sheets, findings);
}

/// The words of a sentence in lower case.
fn folded(sentence: &str) -> Vec<String> {
    words::words(sentence).map(str::to_lowercase).collect()
}
