//! The content rules: what makes a question a bad one, told card by card and for decks as a whole.
//!
//! Pure: decks, map and policy in, findings out. It knows neither files nor the terminal; where a part of
//! a card is written is found by `deck_files`. One family of rules a file; each family lists its rules with their
//! reasons beside the code that checks them.

mod allow;
mod choice;
mod groups;
mod keywords;
mod lexicon;
mod marks;
mod rule;
mod sheet;
mod signs;
mod table;
mod words;

mod answers;
mod duplicates;
mod options;
mod prompts;
mod sequences;
mod statistics;
mod structure;

pub use allow::Allowance;
pub use rule::{Rule, Severity, rule, rules};

use std::collections::BTreeMap;

use crate::domain::card::Part;
use crate::domain::day::StudyDay;
use crate::domain::deck::Deck;
use crate::domain::policy::Policy;
use crate::domain::problem::Level;
use crate::domain::skill_map::{NodeIndex, SkillMap};
use sheet::Sheets;

/// What is looked over.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The map on which the decks hang; `None` where they lie in no collection.
    pub map: Option<&'a SkillMap>,
    /// The decks, in the order of their files, with their sound cards.
    pub decks: &'a [Deck],
    /// How many more cards of the collection hang on each node, in decks that are not looked over.
    pub beyond: &'a BTreeMap<NodeIndex, usize>,
    /// What the collection asks beyond the format.
    pub policy: &'a Policy,
    /// The day of the look, against which `review_by` is held.
    pub today: StudyDay,
}

impl Subject<'_> {
    /// The node of that name, if there is a map and one such node on it.
    fn find(&self, name: &str) -> Option<NodeIndex> {
        self.map.and_then(|map| map.find(name).ok())
    }
}

/// Where a finding belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    /// A part of a card: the index of its deck, the card's index in it, the part.
    Card(usize, usize, Part),
    /// A deck, by its index.
    Deck(usize),
    /// A node of the map: a statistic of all that hangs at or below it.
    Node(NodeIndex),
}

/// Something that a rule has to say.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Where.
    pub spot: Spot,
    /// The rule's id, as in [`rules`].
    pub rule: &'static str,
    /// Error or warning.
    pub level: Level,
    /// What is wrong with this very card, deck or branch: lower case, no full stop, the thing in backticks.
    pub message: String,
    /// How to mend it.
    pub hint: String,
}

/// Looks over every card, deck, leaf and branch; what authors set aside with a reason is left out.
///
/// Findings come in the order of decks, cards and parts, then rules. Derived cards are not looked at: they say
/// what their originals say.
#[must_use]
pub fn review(subject: &Subject<'_>) -> Vec<Finding> {
    let sheets = Sheets::read(subject);
    let mut findings = Vec::new();
    for family in [
        structure::look,
        prompts::look,
        answers::look,
        options::look,
        sequences::look,
        statistics::look,
        duplicates::look,
    ] {
        family(&sheets, &mut findings);
    }
    allow::apply(subject, findings)
}
