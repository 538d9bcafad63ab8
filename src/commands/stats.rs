//! `stats`: what was done, and what falls due.

use std::collections::BTreeMap;

use clap::Args;

use super::library::Library;
use super::{CommandError, Context, audit, complete};
use crate::domain::day::StudyDay;
use crate::domain::skill_map::NodeIndex;
use crate::domain::statistics::{Activity, Tally, forecast};
use crate::report::stats::{self, Branch, Statistics};
use crate::store::Store;

/// Your answers: a heat map of the year, streaks, retention, time, and what falls due
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mindrill stats\n  mindrill stats databases      one branch\n  mindrill stats --calibration  predicted against observed recall\n  mindrill stats --json | jq '.days[-7:]'\n\nRetention is the share of passes in scheduled and early answers, by\nthe days since the card's answer before."
)]
pub struct StatsArgs {
    /// Only cards at or below this node
    #[arg(value_name = "NODE", add = complete::nodes())]
    node: Option<String>,
    /// Predicted against observed recall instead, as `mindrill audit` shows it
    #[arg(long)]
    calibration: bool,
}

pub(super) fn run(args: &StatsArgs, context: &mut Context<'_>) -> Result<(), CommandError> {
    if args.calibration {
        return audit::show(args.node.as_deref(), context);
    }
    let library = context.library()?;
    let node = args.node.as_ref().map(|name| library.node(name)).transpose()?;
    let store = context.readable_store()?;
    let (activity, branches) = gathered(&library, &store, node)?;
    let states = store.states()?;
    let in_scope = states.iter().filter(|(card, _)| {
        let header = library.collection.header(card);
        header.is_some_and(|header| node.is_none_or(|node| library.collection.is_below(header, node)))
    });
    let today = context.today();
    let statistics = Statistics {
        label: node.map(|node| library.collection.map().node(node).label.clone()),
        today,
        forecast: forecast(in_scope.map(|(_, state)| state), today),
        activity,
        branches,
    };
    if context.json {
        return context.show_line(&stats::json(&statistics));
    }
    let page = stats::page(&statistics, &context.look());
    context.show_page(&page)
}

/// What is known of a card while the log is read.
struct Seen {
    /// Whether it hangs at or below the node that was asked for; a card that has gone counts only without one.
    counts: bool,
    /// The places in the list of branches where it counts.
    branches: Vec<usize>,
    last: Option<StudyDay>,
}

/// The whole log added up: all of it, or what hangs at or below a node; and the branches one level below.
fn gathered(
    library: &Library,
    store: &Store,
    node: Option<NodeIndex>,
) -> Result<(Activity, Vec<Branch>), CommandError> {
    let map = library.collection.map();
    let top = node.unwrap_or(map.root());
    let below: Vec<NodeIndex> = map.indices().filter(|&child| map.node(child).parent == Some(top)).collect();
    let mut tallies = vec![Tally::default(); below.len()];
    let mut cards: BTreeMap<String, BTreeMap<String, Seen>> = BTreeMap::new();
    for header in library.collection.cards() {
        let within = |&(_, &branch): &(usize, &NodeIndex)| library.collection.is_below(header, branch);
        let branches = below.iter().enumerate().filter(within).map(|(place, _)| place).collect();
        let counts = node.is_none_or(|node| library.collection.is_below(header, node));
        let seen = Seen { counts, branches, last: None };
        cards.entry(header.id.deck.0.clone()).or_default().insert(header.id.card.clone(), seen);
    }
    let mut activity = Activity::default();
    store.activity(|deck, card, given| {
        let Some(seen) = cards.get_mut(deck).and_then(|deck| deck.get_mut(card)) else {
            if node.is_none() {
                activity.add(given, None);
            }
            return;
        };
        let before = seen.last.replace(given.day);
        if seen.counts {
            activity.add(given, before);
        }
        for &place in &seen.branches {
            if let Some(tally) = tallies.get_mut(place) {
                tally.add(given.grade, given.elapsed_ms);
            }
        }
    })?;
    let named = below.iter().map(|&branch| map.node(branch)).zip(tallies);
    let branches =
        named.map(|(node, tally)| Branch { key: node.key.clone(), label: node.label.clone(), tally });
    Ok((activity, branches.collect()))
}
