//! Readiness: what would be recalled on the day of an interview, if nothing more is answered, and if the plan is followed.
//!
//! It does not know how that is told.

use std::collections::BTreeSet;

use super::collection::Collection;
use super::day::StudyDay;
use super::mastery::{Band, Coverage, NodeFigures, Outlook, SOLID_LOW, SOLID_RECALL};
use super::plan::Plan;
use super::queue::States;
use super::skill_map::{NodeIndex, NodeKey};
use super::track::{Doubt, TrackRecord};

/// Under this expected recall a plan does not make ready, however long it is followed.
const POOR_RECALL: f64 = 0.6;

/// One node on the day.
#[derive(Debug, Clone, PartialEq)]
pub struct NodeReadiness {
    /// Its place on the map.
    pub node: NodeIndex,
    /// Its key.
    pub key: NodeKey,
    /// Its label.
    pub label: String,
    /// Distance from the root.
    pub depth: usize,
    /// Expected recall on the day if nothing more is answered, 0..1; cards never met and leaves without a card are 0.
    pub stop: f64,
    /// The 80 % band of it; 0..0 where no card is met.
    pub stop_band: Band,
    /// Expected recall on the day if the plan is followed, 0..1.
    pub plan: f64,
    /// The 80 % band of it.
    pub plan_band: Band,
    /// Leaves at or below it that are not written: without a card, or with too few to be judged by.
    pub unwritten: usize,
    /// Distinct cards at or below it that were never met; stale ones are no cards here.
    pub unmet: usize,
    /// The leaf below with the least recall now; `None` for a leaf.
    pub weakest: Option<NodeKey>,
    /// The greatest recall that its cards allow: the share, by importance, of its leaves that have a card.
    pub reach: f64,
    /// Whether no node hangs on it.
    pub is_leaf: bool,
}

/// The whole report.
#[derive(Debug, Clone, PartialEq)]
pub struct Readiness {
    /// The day.
    pub on: StudyDay,
    /// Today.
    pub today: StudyDay,
    /// Why the figures are not to be trusted much; `None` where nothing stands against them.
    pub doubt: Option<Doubt>,
    /// Every node of the map, in map order.
    pub nodes: Vec<NodeReadiness>,
    /// Minutes it takes to begin, review and sweep all cards of the focus.
    pub minutes_needed: f64,
    /// Minutes a day: those the learner has, else those needed spread over the days.
    pub minutes_a_day: f64,
}

/// What the figures of a node come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It has no card at all.
    NothingWritten,
    /// Known as it stands.
    Ready,
    /// Known on the day if the plan is followed.
    ReadyByPlan,
    /// What is written will be known; what is not written holds it back.
    Unwritten,
    /// Better on the day by the plan, but not well known.
    Partly,
    /// Not known on the day, plan or no plan.
    NotReady,
}

/// What readiness is made of.
#[derive(Debug, Clone, Copy)]
pub struct Grounds<'a> {
    /// The cards.
    pub collection: &'a Collection,
    /// Where they stand.
    pub states: &'a States,
    /// The learner's log.
    pub record: &'a TrackRecord,
    /// The plan that could be followed.
    pub plan: &'a Plan,
    /// Minutes that all cards of the focus need.
    pub minutes_needed: f64,
    /// Minutes a day that the learner has.
    pub minutes: Option<u32>,
}

impl Readiness {
    /// The readiness, seen `today`, for the day `on`.
    #[must_use]
    pub fn of(grounds: &Grounds<'_>, today: StudyDay, on: StudyDay) -> Self {
        let Grounds { collection, states, record, plan, minutes_needed, minutes } = *grounds;
        let error = record.model_error();
        let seen = |states| Outlook::new(collection, states, today, on).erring_by(error).coverage();
        let (stop, planned) = (seen(states), seen(&plan.states));
        let unmet = unmet(collection, states, today);
        let below = below(collection, &stop);
        let pairs = stop.nodes.iter().zip(&planned.nodes).zip(unmet.iter().zip(&below));
        let nodes = pairs.map(|((stop, planned), (unmet, below))| node(stop, planned, *unmet, *below));
        let days = f64::from(on.since(today).max(1));
        Self {
            on,
            today,
            doubt: record.doubt(on.since(today)),
            nodes: nodes.collect(),
            minutes_needed,
            minutes_a_day: minutes.map_or(minutes_needed / days, f64::from),
        }
    }
}

impl NodeReadiness {
    /// What its figures come to.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let known = |recall: f64, low: f64| recall >= SOLID_RECALL && low >= SOLID_LOW;
        if self.reach <= 0.0 {
            Verdict::NothingWritten
        } else if known(self.stop, self.stop_band.low) {
            Verdict::Ready
        } else if known(self.plan, self.plan_band.low) {
            Verdict::ReadyByPlan
        } else if self.plan / self.reach >= SOLID_RECALL && self.reach < 1.0 {
            Verdict::Unwritten
        } else if self.plan >= POOR_RECALL {
            Verdict::Partly
        } else {
            Verdict::NotReady
        }
    }
}

fn node(stop: &NodeFigures, planned: &NodeFigures, unmet: usize, below: Below) -> NodeReadiness {
    let band = |node: &NodeFigures| Band { low: node.recall_low, high: node.recall_high };
    NodeReadiness {
        node: stop.node,
        key: stop.key.clone(),
        label: stop.label.clone(),
        depth: stop.depth,
        stop: stop.recall,
        stop_band: band(stop),
        plan: planned.recall,
        plan_band: band(planned),
        unwritten: below.unwritten,
        unmet,
        weakest: stop.weakest.clone(),
        reach: if below.weight > 0.0 { below.carded / below.weight } else { 0.0 },
        is_leaf: stop.state.is_some(),
    }
}

/// What the leaves at or below a node add up to.
#[derive(Debug, Clone, Copy, Default)]
struct Below {
    unwritten: usize,
    /// Importance of those with a card.
    carded: f64,
    /// Importance of all of them.
    weight: f64,
}

fn below(collection: &Collection, stop: &Coverage) -> Vec<Below> {
    let map = collection.map();
    let mut below = vec![Below::default(); map.nodes().len()];
    for figures in stop.nodes.iter().filter(|figures| figures.state.is_some()) {
        let weight = map.node(figures.node).importance.weight();
        let is_written = figures.state.is_some_and(super::mastery::LeafState::is_written);
        for node in upwards(collection, figures.node) {
            let Some(own) = below.get_mut(node.0) else { continue };
            own.unwritten += usize::from(!is_written);
            own.weight += weight;
            own.carded += if figures.cards > 0 { weight } else { 0.0 };
        }
    }
    below
}

/// A node and all above it.
fn upwards(collection: &Collection, node: NodeIndex) -> impl Iterator<Item = NodeIndex> {
    std::iter::successors(Some(node), |&node| collection.map().node(node).parent)
}

/// How many distinct cards at or below each node were never met.
fn unmet(collection: &Collection, states: &States, today: StudyDay) -> Vec<usize> {
    let map = collection.map();
    let mut unmet = vec![0; map.nodes().len()];
    let is_met = |id| states.get(id).is_some_and(super::progress::CardState::is_met);
    for header in collection.cards().filter(|header| !header.is_stale(today) && !is_met(&header.id)) {
        let leaves = header.nodes.iter().filter(|&&node| map.is_leaf(node));
        let nodes: BTreeSet<NodeIndex> = leaves.flat_map(|&node| upwards(collection, node)).collect();
        for node in nodes {
            if let Some(count) = unmet.get_mut(node.0) {
                *count += 1;
            }
        }
    }
    unmet
}
