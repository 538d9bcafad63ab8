//! Whose an answer is: it follows its card through relinks, until a fresh start of that card sets it aside.
//!
//! It does not know what an answer says, nor how rows are stored: places in the log are numbers that grow.

use std::collections::{BTreeMap, BTreeSet};

use super::card::CardId;
use super::review::Event;

/// What becomes, at one place of the log, of the answers that are a card's own until then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// They no longer count.
    Afresh(CardId),
    /// They count for another card.
    Relink {
        /// Whose they were.
        from: CardId,
        /// Whose they are now.
        to: CardId,
    },
}

impl Turn {
    /// The turn that a row of the log is; `None` for one that moves no answer.
    #[must_use]
    pub fn of(event: &Event) -> Option<Self> {
        match event {
            Event::Restarted { card } => Some(Self::Afresh(card.clone())),
            Event::Relinked { from, to } => Some(Self::Relink { from: from.clone(), to: to.clone() }),
            Event::Answered { .. } | Event::Undone { .. } | Event::Kept { .. } => None,
        }
    }
}

/// The turns of a log, those taken back left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lineage {
    /// Of each card its turns by place; `None` is a fresh start, else the card that takes over.
    turns: BTreeMap<CardId, Vec<(i64, Option<CardId>)>>,
}

impl Lineage {
    /// The lineage that turns at growing places give.
    #[must_use]
    pub fn new(turns: impl IntoIterator<Item = (i64, Turn)>) -> Self {
        let mut lineage = Self::default();
        for (at, turn) in turns {
            let (card, next) = match turn {
                Turn::Afresh(card) => (card, None),
                Turn::Relink { from, to } => (from, Some(to)),
            };
            lineage.turns.entry(card).or_default().push((at, next));
        }
        lineage
    }

    /// The card for which an answer to `card` at the place `at` counts now; `None` where it was set aside.
    #[must_use]
    pub fn owner<'a>(&'a self, card: &'a CardId, at: i64) -> Option<&'a CardId> {
        let (mut card, mut at) = (card, at);
        // Each round stands at a later place, so it ends whatever the relinks say.
        while let Some((later, next)) = self.next(card, at) {
            card = next.as_ref()?;
            at = *later;
        }
        Some(card)
    }

    fn next(&self, card: &CardId, at: i64) -> Option<&(i64, Option<CardId>)> {
        let turns = self.turns.get(card)?;
        turns.get(turns.partition_point(|(place, _)| *place <= at))
    }

    /// The card itself and every card tied to it by relinks, in either direction: no answer moves out of this family.
    #[must_use]
    pub fn family(&self, card: &CardId) -> BTreeSet<CardId> {
        let links: Vec<(&CardId, &CardId)> = self
            .turns
            .iter()
            .flat_map(|(from, turns)| turns.iter().filter_map(move |(_, to)| Some((from, to.as_ref()?))))
            .collect();
        let mut family = BTreeSet::from([card.clone()]);
        loop {
            let before = family.len();
            for (from, to) in &links {
                if family.contains(*from) || family.contains(*to) {
                    family.extend([(*from).clone(), (*to).clone()]);
                }
            }
            if family.len() == before {
                return family;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Lineage, Turn};
    use crate::domain::card::CardId;

    fn card(name: &str) -> CardId {
        format!("d/{name}").parse().unwrap()
    }

    fn lineage(turns: &[(i64, &str, &str)]) -> Lineage {
        Lineage::new(turns.iter().map(|&(at, from, to)| {
            let turn = match to {
                "" => Turn::Afresh(card(from)),
                to => Turn::Relink { from: card(from), to: card(to) },
            };
            (at, turn)
        }))
    }

    #[test]
    fn an_answer_follows_its_card() {
        let chain = lineage(&[(5, "a", "b"), (9, "b", "c")]);
        let there_and_back = lineage(&[(5, "a", "b"), (9, "b", "a")]);
        let afresh = lineage(&[(3, "b", ""), (5, "a", "b"), (7, "b", ""), (9, "a", "")]);
        let circle = lineage(&[(5, "a", "a")]);
        let table: [(&str, &Lineage, &str, i64, Option<&str>); 10] = [
            ("before both relinks", &chain, "a", 1, Some("c")),
            ("after the relink an id is its own again", &chain, "a", 6, Some("a")),
            ("between two relinks", &chain, "b", 7, Some("c")),
            ("after both", &chain, "b", 10, Some("b")),
            ("there and back", &there_and_back, "a", 1, Some("a")),
            ("a fresh start before the relink spares what comes later", &afresh, "a", 1, None),
            ("one of the new id alone", &afresh, "b", 4, None),
            ("what is answered after the fresh start stays", &afresh, "b", 8, Some("b")),
            ("an id to itself", &circle, "a", 1, Some("a")),
            ("another card", &chain, "z", 1, Some("z")),
        ];
        for (name, lineage, named, at, owner) in table {
            assert_eq!(lineage.owner(&card(named), at), owner.map(card).as_ref(), "{name}");
        }
        assert_eq!(lineage(&[(3, "b", ""), (5, "a", "b")]).owner(&card("a"), 1), Some(&card("b")));
    }

    #[test]
    fn a_family_is_tied_by_relinks_in_either_direction() {
        let ties = lineage(&[(1, "a", "b"), (2, "c", "b"), (3, "c", "d"), (4, "x", "y"), (5, "b", "")]);
        let family: Vec<String> = ties.family(&card("a")).into_iter().map(|id| id.card).collect();
        assert_eq!(family, ["a", "b", "c", "d"]);
        assert_eq!(ties.family(&card("z")).len(), 1);
    }
}
