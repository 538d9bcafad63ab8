//! Cards that say the same: exact and near duplicates, answers given away by another card (D06, D07, D14).
//!
//! No pass over all pairs: exact ones are found by their text, near ones by an index of their rarest words.

mod alike;
mod leak;
mod text;
mod twins;

use super::lexicon::Folded;
use super::sheet::Sheets;
use super::{Finding, Rule, Severity};

/// The rules of this family.
pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "D06",
        title: "no card is there twice",
        severity: Severity::Error,
        why: "A card that is there twice is learnt once and counted twice: its progress parts, and the second answer shows nothing. Told where question, code and answer (of a choice, all options in any order) agree but for case, white space and marks, anywhere in the collection.",
        bad: include_str!("../examples/D06.bad.toml"),
        good: include_str!("../examples/D06.good.toml"),
    },
    Rule {
        id: "D07",
        title: "no card says nearly the same as another",
        severity: Severity::Both,
        why: "Two wordings of one fact belong on one card, as `variants`: as two cards they answer each other. Likeness is the cosine of the words of question, code and answer, rare words weighing more (TF-IDF); sentences that several cards share are left out, and so is code that two cards show. \
              Warned from 0.75 within a leaf and from 0.92 elsewhere; an error from 0.90 within a leaf where the answers agree as well. In 10,448 public items 73 % of the pairs above 0.95 have one key, and 23-30 % of those at 0.80-0.95: \
              the rest are contrasts, which are good cards. Of the pairs of a card the closest is told. Pairs with `reverse_of`, and pairs that ask each other's answer, are not meant.",
        bad: include_str!("../examples/D07.bad.toml"),
        good: include_str!("../examples/D07.good.toml"),
    },
    Rule {
        id: "D14",
        title: "no card gives away the answer of another",
        severity: Severity::Warning,
        why: "A sitting asks cards of one leaf close together, and a question that contains the answer to another one answers it. Told where an answer with at least two content words stands word for word in the question of another card of the leaf. \
              To name a thing is not to give it away: an answer of two or three content words counts only where the two questions have two words in common beside those of the deck's subject.",
        bad: include_str!("../examples/D14.bad.toml"),
        good: include_str!("../examples/D14.good.toml"),
    },
];

/// Looks over every card.
pub(super) fn look(sheets: &Sheets<'_>, findings: &mut Vec<Finding>) {
    let texts = text::read(sheets);
    let questions: Vec<Vec<Folded>> = {
        let lexicon = sheets.lexicon.borrow();
        sheets.cards.iter().map(|sheet| lexicon.folded(&sheet.prompt.words).collect()).collect()
    };
    twins::look(sheets, &texts, &questions, findings);
    leak::look(sheets, &texts, &questions, findings);
}
