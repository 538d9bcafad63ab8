//! The plan for an interview: day by day what is begun, reviewed and swept once more, and what is left out.
//!
//! It is made anew from the present states whenever it is asked for, so that it follows a learner who falls behind.
//! It does not know how a sitting is put in order (`queue`), nor what the day will show (`readiness`).

mod course;
mod projection;
mod traveller;

pub use course::Course;

use std::collections::BTreeMap;

use super::card::CardId;
use super::collection::{Collection, Header};
use super::day::StudyDay;
use super::grading::Paces;
use super::queue::{self, Programme, Scope, States};
use super::skill_map::NodeIndex;
use super::sm2::Rules;
use projection::Projection;

/// Minutes a day by which the final sweep is measured where nothing was said of them.
pub const USUAL_MINUTES: u32 = 20;
const MS_A_MINUTE: f64 = 60_000.0;

/// What a plan is made for.
#[derive(Debug, Clone, PartialEq)]
pub struct Terms {
    /// From when to when.
    pub course: Course,
    /// New cards and the sweep keep to what is at or below these nodes; everything when empty. Due cards are
    /// reviewed wherever they hang.
    pub focus: Vec<NodeIndex>,
    /// Minutes a day; no limit when `None`.
    pub minutes: Option<u32>,
    /// Most new cards a day, where the learner has set one.
    pub most_new: Option<usize>,
    /// The learner's pace.
    pub paces: Paces,
    /// The rules of the schedule.
    pub rules: Rules,
}

/// One day of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedDay {
    /// The day.
    pub day: StudyDay,
    /// Cards that are begun.
    pub new: usize,
    /// Due cards that are reviewed.
    pub reviews: usize,
    /// Cards shown once more in the final sweep, before they are due.
    pub sweep: usize,
    /// Minutes it takes, repetitions of what is failed included.
    pub minutes: f64,
    /// How many of the cards hang below each branch of the root, or of the focus; the most first.
    pub branches: Vec<(NodeIndex, usize)>,
}

/// A leaf with cards for which there is no time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftOut {
    /// The leaf (of a card on a branch, the branch).
    pub node: NodeIndex,
    /// Its cards that are never begun.
    pub cards: usize,
    /// Its cards in all.
    pub of: usize,
}

/// A plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Every day from today up to the eve of the interview.
    pub days: Vec<PlannedDay>,
    /// What is left out, in map order.
    pub left_out: Vec<LeftOut>,
    /// Whether new cards come before due ones until the sweep begins, leaf after leaf, the most important first: else
    /// cards would stay unseen.
    pub new_first: bool,
    /// Whether the learner's own limit of new cards a day holds the plan back.
    pub is_capped: bool,
    /// The first day of the final sweep.
    pub sweep_from: StudyDay,
    /// The cards to begin, in order.
    pub new: Vec<CardId>,
    /// The cards that the sweep would show today, lowest recall on the day of the interview first; none before it.
    pub sweep: Vec<CardId>,
    /// Cards of the focus.
    pub cards: usize,
    /// Those of them that are answered once more in the days of the sweep.
    pub shown_at_end: usize,
    /// Every card as the plan leaves it.
    pub states: States,
}

impl Plan {
    /// The plan from `today` on.
    ///
    /// A projection tells what will be due: a card is passed (grade 4) unless the chances to fail, added up over the
    /// reviews of its leaf, reach a whole fail; then it is failed, and passed at once. So fails come as often as the
    /// memory model says, without chance, and each card follows the schedule's own rules. Siblings are not kept
    /// apart in it. It takes time in proportion to the reviews ahead.
    #[must_use]
    pub fn of(collection: &Collection, states: &States, terms: &Terms, today: StudyDay) -> Self {
        let focus = Scope { nodes: terms.focus.clone(), kind: None };
        let new = queue::agenda(collection, states, &focus, today).new;
        let plan = Self::with(collection, states, terms, (today, new.clone(), false));
        if plan.left_out.is_empty() {
            return plan;
        }
        let new = leaf_after_leaf(collection, new);
        Self::with(collection, states, terms, (today, new, true))
    }

    fn with(
        collection: &Collection,
        states: &States,
        terms: &Terms,
        (today, new, new_first): (StudyDay, Vec<CardId>, bool),
    ) -> Self {
        let mut projection = Projection::new(collection, states, terms, today, &new);
        let sweep = projection.sweep_today();
        let days = projection.walk(new_first);
        let unseen = projection.unseen();
        let left_out = unseen.into_iter().map(|(node, cards)| {
            let of = collection.bound_to(node).len().max(cards);
            LeftOut { node, cards, of }
        });
        Self {
            days,
            left_out: left_out.collect(),
            new_first,
            is_capped: projection.is_capped,
            sweep_from: projection.sweep_from,
            new,
            sweep,
            cards: projection.focus_cards(),
            shown_at_end: projection.shown_at_end(),
            states: projection.into_states(),
        }
    }

    /// Minutes of all days.
    #[must_use]
    pub fn minutes(&self) -> f64 {
        self.days.iter().map(|day| day.minutes).sum()
    }

    /// What today holds; `None` on the day of the interview.
    #[must_use]
    pub fn today(&self) -> Option<&PlannedDay> {
        self.days.first()
    }

    /// What today's sitting adds to what is due.
    #[must_use]
    pub fn programme(&self) -> Programme {
        let (new_most, early_most) = self.today().map_or((0, 0), |today| (today.new, today.sweep));
        let is_before_sweep = self.today().is_some_and(|today| today.day < self.sweep_from);
        let new_first = self.new_first && is_before_sweep;
        let (new, early) = (Some(self.new.clone()), self.sweep.clone());
        Programme { new, new_most, new_first, early, early_most, cards: None }
    }
}

/// Cards leaf after leaf: the important leaves first, then those with few cards, of which each counts for more (a leaf
/// is the mean of its cards); within a leaf as they came.
fn leaf_after_leaf(collection: &Collection, new: Vec<CardId>) -> Vec<CardId> {
    let mut leaves: BTreeMap<NodeIndex, Vec<CardId>> = BTreeMap::new();
    for id in new {
        leaves.entry(home(collection.header(&id))).or_default().push(id);
    }
    let weight = |node: &NodeIndex| collection.map().node(*node).importance.weight();
    let size = |node: &NodeIndex| collection.bound_to(*node).len();
    let mut order: Vec<NodeIndex> = leaves.keys().copied().collect();
    order.sort_by(|a, b| weight(b).total_cmp(&weight(a)).then(size(a).cmp(&size(b))).then(a.cmp(b)));
    order.iter().flat_map(|node| leaves.remove(node).unwrap_or_default()).collect()
}

/// The leaf by which a card is counted: the first it hangs on.
fn home(header: Option<&Header>) -> NodeIndex {
    header.and_then(|header| header.nodes.first().copied()).unwrap_or(NodeIndex(0))
}
