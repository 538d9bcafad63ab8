//! The outlook from a day to a horizon: the whole report, and the grounds of each figure.
//!
//! It does not know how either is told.

use std::collections::BTreeMap;

use super::band::MODEL_ERROR;
use super::branch::{Shared, Sums, gathered, meeting_place, weight};
use super::card::CardFigures;
use super::faded::{self, Faded};
use super::leaf::{self, LeafState, Member, Tally};
use super::{Coverage, NodeFigures};
use crate::domain::card::CardId;
use crate::domain::collection::{Collection, Header};
use crate::domain::day::StudyDay;
use crate::domain::progress::CardState;
use crate::domain::skill_map::NodeIndex;

/// What is known today, and the day it is asked about.
#[derive(Debug, Clone, Copy)]
pub struct Outlook<'a> {
    collection: &'a Collection,
    states: &'a BTreeMap<CardId, CardState>,
    today: StudyDay,
    horizon: StudyDay,
    model_error: f64,
}

/// The grounds of a leaf's figures.
#[derive(Debug, Clone, PartialEq)]
pub struct LeafReasons {
    /// Where the leaf stands.
    pub state: LeafState,
    /// Its cards, those that pull it down first: least recall at the horizon, then by id.
    pub cards: Vec<CardFigures>,
    /// How many different kinds of card it has.
    pub kinds: usize,
    /// The day of its newest answer.
    pub newest: Option<StudyDay>,
    /// Whether it was solid on that day, the horizon as far ahead as it is today.
    pub was_solid: bool,
    /// For a solid leaf, the first day on which it no longer is if nothing is answered, the horizon as
    /// far ahead as it is today; `None` for any other leaf, and where that day never comes.
    pub falls_on: Option<StudyDay>,
}

impl<'a> Outlook<'a> {
    /// The outlook from `today` to `horizon`; a day before today is taken as today. A card that `states`
    /// does not name is new.
    #[must_use]
    pub fn new(
        collection: &'a Collection,
        states: &'a BTreeMap<CardId, CardState>,
        today: StudyDay,
        horizon: StudyDay,
    ) -> Self {
        Self { collection, states, today, horizon: horizon.max(today), model_error: MODEL_ERROR }
    }

    /// The same outlook, its bands as wide as the model errs for this learner (a standard deviation of means).
    #[must_use]
    pub fn erring_by(self, model_error: f64) -> Self {
        Self { model_error, ..self }
    }

    /// The figures of every node of the map.
    ///
    /// Takes time in proportion to nodes and bindings; a card on several leaves costs a walk up the map.
    #[must_use]
    pub fn coverage(&self) -> Coverage {
        let members = self.members();
        let states: Vec<LeafState> = members.iter().map(|members| self.state(members)).collect();
        let map = self.collection.map();
        let leaves = map.indices().zip(members.iter().zip(&states));
        let sums = leaves.map(|(node, (members, state))| self.sums(node, members, *state)).collect();
        let sums = gathered(map, sums, &self.shared());
        let figures = map.indices().zip(sums.iter().zip(&states));
        let nodes = figures.map(|(node, (sums, state))| self.figures(node, sums, *state)).collect();
        Coverage { today: self.today, horizon: self.horizon, nodes }
    }

    /// The grounds for a card's part in its leaf; `None` for a card that is not in the collection.
    #[must_use]
    pub fn card(&self, card: &CardId) -> Option<CardFigures> {
        self.collection.header(card).map(|header| self.card_figures(&self.member(header)))
    }

    /// The grounds of a leaf's figures; `None` for a node that is no leaf.
    #[must_use]
    pub fn leaf(&self, node: NodeIndex) -> Option<LeafReasons> {
        if !self.collection.map().is_leaf(node) {
            return None;
        }
        let bound = self.collection.bound_to(node).iter();
        let headers = bound.filter_map(|id| self.collection.header(id)).filter(|header| self.counts(header));
        let mut members: Vec<Member<'_>> = headers.map(|header| self.member(header)).collect();
        members.sort_by(|a, b| a.header.id.cmp(&b.header.id));
        let mut cards: Vec<CardFigures> = members.iter().map(|member| self.card_figures(member)).collect();
        cards.sort_by(|a, b| a.recall.total_cmp(&b.recall));
        let state = self.state(&members);
        Some(LeafReasons {
            state,
            cards,
            kinds: leaf::kinds(&members),
            newest: leaf::newest(&members),
            was_solid: leaf::was_solid(&members, self.today, self.horizon),
            falls_on: (state == LeafState::Solid).then(|| self.end_of_solid(&members)).flatten(),
        })
    }

    /// The leaves that faded since a day before today, the horizon as far ahead then as it is now; the greatest loss to
    /// the map first, that is, fall × importance.
    #[must_use]
    pub fn faded_since(&self, since: StudyDay) -> Vec<Faded> {
        let map = self.collection.map();
        let distance = self.horizon.since(self.today);
        let leaves = map.indices().zip(self.members()).filter(|(node, _)| map.is_leaf(*node));
        let mut faded: Vec<Faded> = leaves
            .filter_map(|(node, members)| faded::of_leaf(node, &members, since, self.today, distance))
            .collect();
        let loss = |one: &Faded| (one.before - one.now) * weight(map.node(one.node).importance);
        faded.sort_by(|a, b| loss(b).total_cmp(&loss(a)).then(a.node.cmp(&b.node)));
        faded
    }

    /// The first day of the report on which a leaf that is solid today no longer is, by bisection: without
    /// answers its figures only fall.
    fn end_of_solid(&self, members: &[Member<'_>]) -> Option<StudyDay> {
        let most = StudyDay::LAST.since(self.horizon);
        let (mut solid, mut fallen) = (0, most.saturating_add(1));
        while fallen - solid > 1 {
            let middle = solid + (fallen - solid) / 2;
            if Tally::of(members, self.horizon.plus(middle)).is_solid() {
                solid = middle;
            } else {
                fallen = middle;
            }
        }
        (fallen <= most).then(|| self.today.plus(fallen))
    }

    /// Whether a card counts in its leaves: a stale one is asked, but proves nothing.
    fn counts(&self, header: &Header) -> bool {
        !header.is_stale(self.today)
    }

    fn member(&self, header: &'a Header) -> Member<'a> {
        Member { header, state: self.states.get(&header.id).copied().unwrap_or_default() }
    }

    fn card_figures(&self, member: &Member<'_>) -> CardFigures {
        CardFigures::of(member.header.id.clone(), &member.state, self.today, self.horizon)
    }

    /// For every node the cards that count in it, by id: none for a branch.
    fn members(&self) -> Vec<Vec<Member<'a>>> {
        let mut members = vec![Vec::new(); self.collection.map().nodes().len()];
        for header in self.collection.cards().filter(|header| self.counts(header)) {
            let member = self.member(header);
            for node in self.leaves_of(header) {
                if let Some(leaf) = members.get_mut(node.0) {
                    leaf.push(member);
                }
            }
        }
        members
    }

    /// The leaves a card hangs on, in the order written; a binding to a branch counts nowhere.
    fn leaves_of(&self, header: &'a Header) -> impl Iterator<Item = NodeIndex> {
        header.nodes.iter().copied().filter(|&node| self.collection.map().is_leaf(node))
    }

    fn state(&self, members: &[Member<'_>]) -> LeafState {
        leaf::state(members, &Tally::of(members, self.horizon), self.today, self.horizon)
    }

    /// What a leaf brings to the branches above it; nothing for a branch.
    fn sums(&self, node: NodeIndex, members: &[Member<'_>], state: LeafState) -> Sums {
        let map = self.collection.map();
        if !map.is_leaf(node) {
            return Sums::default();
        }
        let tally = Tally::of(members, self.horizon);
        let due = members.iter().filter(|member| self.is_due(member)).count();
        Sums::of_leaf(node, map.node(node).importance, &tally, due, state)
    }

    fn is_due(&self, member: &Member<'_>) -> bool {
        member.state.schedule.is_due(self.today)
    }

    /// For every node the cards that its branches share. In map order the leaves below a node are
    /// neighbours, so a card on k of them has k − 1 neighbouring pairs that meet at or below the node:
    /// taking one off at each meeting place counts the card once everywhere.
    fn shared(&self) -> Vec<Shared> {
        let map = self.collection.map();
        let mut shared = vec![Shared::default(); map.nodes().len()];
        for header in self.collection.cards().filter(|header| header.nodes.len() > 1 && self.counts(header)) {
            let due = usize::from(self.is_due(&self.member(header)));
            let mut leaves: Vec<NodeIndex> = self.leaves_of(header).collect();
            leaves.sort_unstable();
            for (one, other) in leaves.iter().zip(leaves.iter().skip(1)) {
                if let Some(place) = shared.get_mut(meeting_place(map, *one, *other).0) {
                    *place = Shared { cards: place.cards + 1, due: place.due + due };
                }
            }
        }
        shared
    }

    fn figures(&self, node: NodeIndex, sums: &Sums, state: LeafState) -> NodeFigures {
        let map = self.collection.map();
        let (own, is_leaf, band) = (map.node(node), map.is_leaf(node), sums.band(self.model_error));
        NodeFigures {
            node,
            key: own.key.clone(),
            label: own.label.clone(),
            parent: own.parent.map(|parent| map.node(parent).key.clone()),
            depth: own.depth,
            leaves: sums.leaves,
            written: sums.written(),
            cards: sums.cards,
            met: sums.met(),
            due: sums.due,
            recall: sums.recall(),
            recall_low: band.low,
            recall_high: band.high,
            mastered: sums.mastered(),
            state: is_leaf.then_some(state),
            weakest: if is_leaf { None } else { sums.weakest().map(|leaf| map.node(leaf).key.clone()) },
        }
    }
}
