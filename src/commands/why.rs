//! `why`: what stands behind a figure.

use std::collections::{BTreeMap, BTreeSet};

use clap::Args;

use super::library::{Library, Named};
use super::{CommandError, Context, complete, fading};
use crate::deck_files::Source;
use crate::domain::card::CardId;
use crate::domain::day::StudyDay;
use crate::domain::mastery::{NodeFigures, Outlook};
use crate::domain::queue::States;
use crate::domain::skill_map::NodeIndex;
use crate::domain::statistics::Tally;
use crate::report::faded::Fading;
use crate::report::why::{self, Days, Grounds, Place, Told};
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
        Named::Node(node) => node_page(context, &library, &store, node, at),
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
    let place = place(library, id);
    if context.json {
        return context.show_line(&why::card_json(&figures, &state, history.len(), &place, at));
    }
    context.show_page(&why::card(&figures, &state, &history, &place, at))
}

/// Where a card hangs: the first of its nodes.
fn place(library: &Library, id: &CardId) -> Place {
    let collection = &library.collection;
    let header = collection.header(id);
    let node = header.and_then(|header| header.nodes.first().copied()).unwrap_or(collection.map().root());
    let (label, name) =
        (collection.map().node(node).label.clone(), collection.map().name_of(node).to_owned());
    Place { label, name, cards: collection.bound_to(node).len() }
}

fn node_page(
    context: &mut Context<'_>,
    library: &Library,
    store: &Store,
    node: NodeIndex,
    at: Days,
) -> Result<(), CommandError> {
    let states = store.states()?;
    let outlook = Outlook::new(&library.collection, &states, at.today, at.horizon);
    let coverage = outlook.coverage();
    let Some(figures) = coverage.node(node) else { return Ok(()) };
    let grounds = grounds(context, library, store, (&states, &outlook), node)?;
    let told = Told { node: figures, grounds: &grounds, at };
    let reasons = outlook.leaf(node);
    let map = library.collection.map();
    let mut leaves: Vec<&NodeFigures> = match reasons {
        Some(_) => Vec::new(),
        None => map.leaves_below(node).filter_map(|leaf| coverage.node(leaf)).collect(),
    };
    leaves.sort_by(|a, b| a.recall.total_cmp(&b.recall));
    if context.json {
        return context.show_line(&why::node_json(told, reasons.as_ref(), &leaves));
    }
    let falls = |leaf: &&NodeFigures| {
        let day = outlook.leaf(leaf.node)?.falls_on?;
        Some((day, map.node(leaf.node).label.as_str()))
    };
    let next_fall = leaves.iter().filter_map(falls).min().map(|(day, label)| (label, day));
    let page = match &reasons {
        Some(reasons) => why::leaf(told, reasons),
        None => why::branch(told, &leaves, next_fall),
    };
    context.show_page(&page)
}

/// What stands behind a node's figures.
fn grounds(
    context: &Context<'_>,
    library: &Library,
    store: &Store,
    (states, outlook): (&States, &Outlook<'_>),
    node: NodeIndex,
) -> Result<Grounds, CommandError> {
    let collection = &library.collection;
    let map = collection.map();
    let name = map.name_of(node).to_owned();
    let today = context.today();
    let now = Outlook::new(collection, states, today, today).coverage();
    let (answers, last) = answers(library, store, node)?;
    let is_within = |key: &str| map.find(key).is_ok_and(|leaf| map.is_within(leaf, node));
    let faded = fading::fading(library, outlook, &store.answered_days()?, today).and_then(|fading| {
        let leaves: Vec<_> = fading.leaves.into_iter().filter(|leaf| is_within(&leaf.key)).collect();
        (!leaves.is_empty()).then_some(Fading { leaves, ..fading })
    });
    let write = match (context.source()?.value, collection.bound_to(node)) {
        (Source::Embedded, _) => "mindrill init --with-decks".to_owned(),
        (Source::Folder(_), []) => format!("mindrill new {}", shell_words::quote(&name)),
        (Source::Folder(_), _) => format!("mindrill edit {}", shell_words::quote(&name)),
    };
    let recall_today = now.node(node).map_or(0.0, |figures| figures.recall);
    Ok(Grounds { name, recall_today, answers, last, faded, write })
}

/// The answers at or below a node, and the day of the newest.
fn answers(
    library: &Library,
    store: &Store,
    node: NodeIndex,
) -> Result<(Tally, Option<StudyDay>), CommandError> {
    let collection = &library.collection;
    let mut below: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for header in collection.cards().filter(|header| collection.is_below(header, node)) {
        below.entry(&header.id.deck.0).or_default().insert(&header.id.card);
    }
    let (mut tally, mut last) = (Tally::default(), None);
    store.activity(|deck, card, given| {
        if below.get(deck).is_some_and(|cards| cards.contains(card)) {
            tally.add(given.grade, given.elapsed_ms);
            last = last.max(Some(given.day));
        }
    })?;
    Ok((tally, last))
}
