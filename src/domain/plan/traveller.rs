//! One card on its way to the interview.

use super::{Terms, home};
use crate::domain::card::CardId;
use crate::domain::collection::Collection;
use crate::domain::day::StudyDay;
use crate::domain::progress::CardState;
use crate::domain::queue::{Scope, States};
use crate::domain::skill_map::{NodeIndex, SkillMap};
use crate::domain::sm2::CardRules;

/// A card on its way.
pub(super) struct Traveller {
    pub id: CardId,
    pub home: NodeIndex,
    pub branch: NodeIndex,
    pub in_focus: bool,
    /// Milliseconds of one asking.
    pub ms: f64,
    pub rules: CardRules,
    pub state: CardState,
}

impl Traveller {
    /// Whether it is to be asked on a day, as due or once more.
    pub fn is_due(&self, day: StudyDay) -> bool {
        self.state.schedule.is_due(day) || self.state.schedule.is_drill_on(day)
    }

    /// A key that orders by recall on a day: the bits of numbers from 0 to 1 are in their order.
    pub fn rank(&self, day: StudyDay) -> u64 {
        self.state.memory.map_or(0.0, |memory| memory.recall(day)).to_bits()
    }
}

/// Every card of the collection, as it stands.
pub(super) fn travellers(collection: &Collection, states: &States, terms: &Terms) -> Vec<Traveller> {
    let focus = Scope { nodes: terms.focus.clone(), kind: None };
    let card = |header| {
        let home = home(Some(header));
        Traveller {
            id: header.id.clone(),
            home,
            branch: branch(collection.map(), home, &terms.focus),
            in_focus: focus.holds(collection, header),
            ms: terms.paces.ms(header.kind),
            rules: terms.rules.of(&header.id),
            state: states.get(&header.id).copied().unwrap_or_default(),
        }
    };
    collection.cards().map(card).collect()
}

/// The branch under which a node is told: what hangs on a node of the focus, else on the root.
fn branch(map: &SkillMap, node: NodeIndex, focus: &[NodeIndex]) -> NodeIndex {
    let mut place = node;
    while map.node(place).depth > 1
        && !focus.contains(&place)
        && let Some(parent) = map.node(place).parent
        && !focus.contains(&parent)
    {
        place = parent;
    }
    place
}
