//! `why`: what stands behind a figure.

use clap::Args;

use super::library::{Library, Named};
use super::{CommandError, Context, complete};
use crate::domain::card::CardId;
use crate::domain::mastery::{NodeFigures, Outlook};
use crate::domain::queue::States;
use crate::domain::skill_map::NodeIndex;
use crate::report::why::{self, Days};
use crate::store::Store;

/// Why a card or a node stands where it stands, when it falls, what mends it
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mindrill why indexing/leftmost-prefix\n  mindrill why indexing\n  mindrill why databases --on 2027-01-31"
)]
pub struct WhyArgs {
    /// A card or a node
    #[arg(value_name = "CARD|NODE", add = complete::cards_and_nodes())]
    name: String,
    /// The day it is about, a date or `+30`; else the next interview's, else 30 days from today
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
}

pub(super) fn run(args: &WhyArgs, context: &mut Context<'_>) -> Result<(), CommandError> {
    let library = context.library()?;
    let store = context.readable_store()?;
    let at = Days { today: context.today(), horizon: context.horizon_on(args.on.as_deref(), &store)? };
    match library.named(&args.name)? {
        Named::Card(id) => card(context, &library, &store, &id, at),
        Named::Node(node) => node_page(context, &library, &store.states()?, node, at),
    }
}

fn card(
    context: &mut Context<'_>,
    library: &Library,
    store: &Store,
    id: &CardId,
    at: Days,
) -> Result<(), CommandError> {
    let state = store.state(id)?;
    let states = States::from([(id.clone(), state)]);
    let outlook = Outlook::new(&library.collection, &states, at.today, at.horizon);
    let Some(figures) = outlook.card(id) else { return Ok(()) };
    let history = store.history(id)?;
    if context.json {
        return context.show_line(&why::card_json(&figures, &state, history.len(), at));
    }
    context.show_page(&why::card(&figures, &state, &history, at))
}

fn node_page(
    context: &mut Context<'_>,
    library: &Library,
    states: &States,
    node: NodeIndex,
    at: Days,
) -> Result<(), CommandError> {
    let outlook = Outlook::new(&library.collection, states, at.today, at.horizon);
    let coverage = outlook.coverage();
    let Some(figures) = coverage.node(node) else { return Ok(()) };
    let reasons = outlook.leaf(node);
    let map = library.collection.map();
    let mut leaves: Vec<&NodeFigures> = match reasons {
        Some(_) => Vec::new(),
        None => map.leaves_below(node).filter_map(|leaf| coverage.node(leaf)).collect(),
    };
    leaves.sort_by(|a, b| a.recall.total_cmp(&b.recall));
    if context.json {
        return context.show_line(&why::node_json(figures, reasons.as_ref(), &leaves, at));
    }
    let page = match &reasons {
        Some(reasons) => why::leaf(figures, reasons, at),
        None => why::branch(figures, &leaves),
    };
    context.show_page(&page)
}
