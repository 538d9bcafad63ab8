//! What to ask in a sitting, in which order, under which limits. Chance comes in as a seed.

use std::collections::{BTreeMap, VecDeque};

use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;

use super::card::{CardId, Kind};
use super::collection::{Collection, Header};
use super::day::StudyDay;
use super::progress::CardState;
use super::skill_map::NodeIndex;
use super::sm2::Progress;

/// Due cards between two new ones: new cards are spread over the sitting, not heaped at its end.
const DUE_BETWEEN_NEW: usize = 3;
/// How far ahead a card of another leaf is looked for, so that planning stays linear in the queue.
const LOOK_AHEAD: usize = 50;

/// The states of all cards that were ever answered.
pub type States = BTreeMap<CardId, CardState>;

/// Whether a card was never answered under the schedule.
#[must_use]
pub fn is_new(states: &States, id: &CardId) -> bool {
    states.get(id).is_none_or(|state| state.schedule == Progress::New)
}

/// Which cards a sitting is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// At or below these nodes; everywhere when empty.
    pub nodes: Vec<NodeIndex>,
    /// Of this kind; of any when `None`.
    pub kind: Option<Kind>,
}

/// How much a sitting may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Most new cards.
    pub new: usize,
    /// Most cards in all; no limit when `None`.
    pub cards: Option<usize>,
}

/// What a day holds, before any limit on the number of cards.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Agenda {
    /// Cards that are due on or before the day; lowest recall first.
    pub due: Vec<CardId>,
    /// Cards failed earlier on the day that wait to be passed; lowest recall first.
    pub again: Vec<CardId>,
    /// Those of them that were due before today.
    pub overdue: usize,
    /// Cards never answered under the schedule, in the order in which they would be begun.
    pub new: Vec<CardId>,
}

impl Scope {
    /// Whether a card belongs to the scope.
    #[must_use]
    pub fn holds(&self, collection: &Collection, header: &Header) -> bool {
        self.kind.is_none_or(|kind| kind == header.kind)
            && (self.nodes.is_empty() || self.nodes.iter().any(|&node| collection.is_below(header, node)))
    }
}

/// What is due and what is new in a scope on a day.
#[must_use]
pub fn agenda(collection: &Collection, states: &States, scope: &Scope, today: StudyDay) -> Agenda {
    let mut agenda = Agenda::default();
    let (mut due, mut again) = (Vec::new(), Vec::new());
    for header in collection.cards().filter(|header| scope.holds(collection, header)) {
        let id = &header.id;
        match states.get(id).map(|state| (state, state.schedule)) {
            None | Some((_, Progress::New)) => agenda.new.push(id.clone()),
            Some((state, Progress::Seen(schedule))) if schedule.due <= today => {
                agenda.overdue += usize::from(schedule.due < today);
                due.push((recall(state, today), id.clone()));
            }
            Some((state, progress)) if progress.is_drill_on(today) => {
                again.push((recall(state, today), id.clone()));
            }
            Some(_) => {}
        }
    }
    agenda.due = lowest_first(due);
    agenda.again = lowest_first(again);
    agenda.new = begun_in_turn(collection, agenda.new);
    agenda
}

/// Cards by predicted recall, ties by id.
fn lowest_first(mut cards: Vec<(f64, CardId)>) -> Vec<CardId> {
    cards.sort_by(|(left, a), (right, b)| left.total_cmp(right).then_with(|| a.cmp(b)));
    cards.into_iter().map(|(_, id)| id).collect()
}

fn recall(state: &CardState, today: StudyDay) -> f64 {
    state.memory.map_or(0.0, |memory| memory.recall(today))
}

/// New cards leaf by leaf in turn, the most important leaves first, so that a first sitting shows the whole map.
fn begun_in_turn(collection: &Collection, new: Vec<CardId>) -> Vec<CardId> {
    let mut leaves: BTreeMap<NodeIndex, Vec<(&Header, CardId)>> = BTreeMap::new();
    for id in new {
        if let Some(header) = collection.header(&id) {
            leaves.entry(home(header)).or_default().push((header, id));
        }
    }
    for cards in leaves.values_mut() {
        cards.sort_by(|(a, _), (b, _)| (a.difficulty, &a.place).cmp(&(b.difficulty, &b.place)));
    }
    let mut order: Vec<NodeIndex> = leaves.keys().copied().collect();
    let weight = |node: &NodeIndex| collection.map().node(*node).importance.weight();
    order.sort_by(|a, b| weight(b).total_cmp(&weight(a)).then_with(|| a.cmp(b)));
    let mut ranked: Vec<(usize, usize, CardId)> = Vec::new();
    for (turn, node) in order.iter().enumerate() {
        let cards = leaves.remove(node).unwrap_or_default();
        ranked.extend(cards.into_iter().enumerate().map(|(round, (_, id))| (round, turn, id)));
    }
    ranked.sort();
    ranked.into_iter().map(|(_, _, id)| id).collect()
}

/// The leaf by which a card is spaced out in a sitting: the first it hangs on.
fn home(header: &Header) -> NodeIndex {
    header.nodes.first().copied().unwrap_or(NodeIndex(0))
}

/// The cards of a daily sitting, in the order in which they are asked: due by lowest predicted recall, new
/// ones mixed in, no two of one leaf in a row where it can be avoided, siblings never on one day.
#[must_use]
pub fn plan(
    collection: &Collection,
    states: &States,
    scope: &Scope,
    today: StudyDay,
    limits: Limits,
) -> Vec<CardId> {
    let programme = Programme { cards: limits.cards, new_most: limits.new, ..Programme::default() };
    programme.queue(collection, states, scope, today)
}

/// What a sitting adds to the cards that are due, where a plan says so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Programme {
    /// Cards to begin, in order; those of the agenda when `None`.
    pub new: Option<Vec<CardId>>,
    /// Most of them.
    pub new_most: usize,
    /// Whether they come before what is due.
    pub new_first: bool,
    /// Cards to show once more before they are due, in order, after all others.
    pub early: Vec<CardId>,
    /// Most of those.
    pub early_most: usize,
    /// Most cards in all; no limit when `None`.
    pub cards: Option<usize>,
}

impl Programme {
    /// The cards of the sitting in a scope, in the order in which they are asked; see [`plan`].
    #[must_use]
    pub fn queue(
        self,
        collection: &Collection,
        states: &States,
        scope: &Scope,
        today: StudyDay,
    ) -> Vec<CardId> {
        let agenda = agenda(collection, states, scope, today);
        let mut siblings = Siblings::of(collection, states, today);
        let within =
            |id: &CardId| collection.header(id).is_some_and(|header| scope.holds(collection, header));
        let asked = agenda.again.into_iter().chain(agenda.due);
        let due: Vec<CardId> = asked.filter(|id| siblings.admit(id)).collect();
        let new = self.new.unwrap_or(agenda.new).into_iter().filter(within);
        let new: Vec<CardId> = new.filter(|id| siblings.admit(id)).take(self.new_most).collect();
        let early = self.early.into_iter().filter(within);
        let early: Vec<CardId> = early.filter(|id| siblings.admit(id)).take(self.early_most).collect();
        let mut cards = if self.new_first { [new, due].concat() } else { mixed(due, new) };
        cards.extend(early);
        cards.truncate(self.cards.unwrap_or(usize::MAX));
        spaced(collection, cards)
    }
}

/// The cards of a cram: everything in scope, whatever the schedule, lowest recall first; equals are shuffled.
#[must_use]
pub fn cram(
    collection: &Collection,
    states: &States,
    scope: &Scope,
    today: StudyDay,
    limits: Limits,
    seed: u64,
) -> Vec<CardId> {
    let in_scope = collection.cards().filter(|header| scope.holds(collection, header));
    let mut cards: Vec<(f64, CardId)> = in_scope
        .map(|header| (states.get(&header.id).map_or(0.0, |state| recall(state, today)), header.id.clone()))
        .collect();
    cards.shuffle(&mut StdRng::seed_from_u64(seed));
    cards.sort_by(|(left, _), (right, _)| left.total_cmp(right));
    let cards = cards.into_iter().map(|(_, id)| id).take(limits.cards.unwrap_or(usize::MAX)).collect();
    spaced(collection, cards)
}

/// Cards that turn one another's question round, of which a day shows one.
struct Siblings<'a> {
    collection: &'a Collection,
    /// The groups (named by the card that is turned round) of which a card was answered today or is planned.
    taken: BTreeMap<CardId, CardId>,
}

impl<'a> Siblings<'a> {
    fn of(collection: &'a Collection, states: &States, today: StudyDay) -> Self {
        let mut siblings = Self { collection, taken: BTreeMap::new() };
        let today_already = |id: &CardId| states.get(id).is_some_and(|state| state.answered_on(today));
        for header in collection.cards().filter(|header| header.reverse_of.is_some()) {
            let group = siblings.group(&header.id);
            for id in [&header.id, &group] {
                if today_already(id) {
                    siblings.taken.insert(group.clone(), id.clone());
                }
            }
        }
        siblings
    }

    fn group(&self, id: &CardId) -> CardId {
        let reversed = self.collection.header(id).and_then(|header| header.reverse_of.clone());
        reversed.unwrap_or_else(|| id.clone())
    }

    /// Takes a card's group for it; false where a sibling has it.
    fn admit(&mut self, id: &CardId) -> bool {
        let group = self.group(id);
        self.taken.entry(group).or_insert_with(|| id.clone()) == id
    }
}

/// New cards spread evenly: one after every few due ones, what is left at the end.
fn mixed(due: Vec<CardId>, new: Vec<CardId>) -> Vec<CardId> {
    let mut new = new.into_iter();
    let mut mixed = Vec::new();
    for (place, id) in due.into_iter().enumerate() {
        mixed.push(id);
        if (place + 1) % DUE_BETWEEN_NEW == 0 {
            mixed.extend(new.next());
        }
    }
    mixed.extend(new);
    mixed
}

/// Takes each time the first card, of the next few, that is of another leaf than the one before.
fn spaced(collection: &Collection, cards: Vec<CardId>) -> Vec<CardId> {
    let leaf = |id: &CardId| collection.header(id).map(home);
    let mut ahead: VecDeque<CardId> = cards.into();
    let mut spaced = Vec::with_capacity(ahead.len());
    let mut last = None;
    while !ahead.is_empty() {
        let other = ahead.iter().take(LOOK_AHEAD).position(|id| leaf(id) != last).unwrap_or(0);
        if let Some(id) = ahead.remove(other) {
            last = leaf(&id);
            spaced.push(id);
        }
    }
    spaced
}
