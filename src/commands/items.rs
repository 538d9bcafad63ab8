//! `items`: cards that behave badly, from the learner's own answers.

use std::collections::{BTreeMap, HashMap};

use clap::Args;

use super::library::Library;
use super::{CommandError, Context, complete};
use crate::domain::card::{Body, CardId, ChoiceOption, Kind};
use crate::domain::collection::Header;
use crate::domain::items::{Evidence, Item, worst_first};
use crate::domain::review::LogEntry;
use crate::report::items::{self, Listed};
use crate::store::Store;

/// Cards that behave badly: too hard, leeches, slow, flagged, options that mislead or idle
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mindrill items\n  mindrill items databases\n  mindrill items --json | jq -r '.[].card'\n\nThe worst come first, each with the command to type next."
)]
pub struct ItemsArgs {
    /// Only cards at or below this node
    #[arg(value_name = "NODE", add = complete::nodes())]
    node: Option<String>,
}

pub(super) fn run(args: &ItemsArgs, context: &mut Context<'_>) -> Result<(), CommandError> {
    let library = context.library()?;
    let scope = library.scope(args.node.as_slice(), None)?;
    let store = context.readable_store()?;
    let headers = library.collection.cards().filter(|header| scope.holds(&library.collection, header));
    let headers: BTreeMap<&CardId, &Header> = headers.map(|header| (&header.id, header)).collect();
    let mut items = items(&library, &store, &headers)?;
    worst_first(&mut items);
    let listed: Vec<Listed> = items.into_iter().map(|item| listed(&library, item)).collect();
    if context.json {
        return context.show_line(&items::json(&listed));
    }
    context.show_page(&items::page(&listed))
}

/// What is wrong with each of these cards.
fn items(
    library: &Library,
    store: &Store,
    headers: &BTreeMap<&CardId, &Header>,
) -> Result<Vec<Item>, CommandError> {
    let (states, paces, model) = (store.states()?, library.paces(store)?, store.rules()?.model);
    let flags: BTreeMap<CardId, String> =
        store.flags()?.into_iter().map(|flag| (flag.card, flag.note)).collect();
    let answers = answers(store, headers)?;
    let mut items = Vec::new();
    for header in headers.values() {
        let card = &header.id;
        let (answers, flag) = (answers.get(card), flags.get(card));
        if answers.is_none() && flag.is_none() {
            continue;
        }
        let schedule = states.get(card).and_then(|state| state.schedule.schedule());
        let evidence = Evidence {
            answers: answers.map_or(&[], Vec::as_slice),
            options: &options(library, header),
            lapses: schedule.map_or(0, |schedule| schedule.lapses),
            flag: flag.map(String::as_str),
            usual_ms: paces.median(header.kind),
            model,
        };
        items.extend(evidence.reasons().into_iter().map(|reason| Item { card: card.clone(), reason }));
    }
    Ok(items)
}

/// The live answers of these cards.
pub(super) fn answers(
    store: &Store,
    headers: &BTreeMap<&CardId, &Header>,
) -> Result<BTreeMap<CardId, Vec<LogEntry>>, CommandError> {
    // A log has far more answers than cards: each answer costs one look into a table by hash.
    let mut places: HashMap<&CardId, Vec<LogEntry>> = headers.keys().map(|&id| (id, Vec::new())).collect();
    store.answers(|card, entry| {
        if let Some(answers) = places.get_mut(&card) {
            answers.push(entry);
        }
    })?;
    let answered = headers.keys().filter_map(|&id| Some((id.clone(), places.remove(id)?)));
    Ok(answered.filter(|(_, answers)| !answers.is_empty()).collect())
}

/// The options of a choice; none of another card, or where its text cannot be read.
fn options(library: &Library, header: &Header) -> Vec<ChoiceOption> {
    if header.kind != Kind::Choice {
        return Vec::new();
    }
    match library.card(&header.id).map(|card| card.body) {
        Ok(Body::Choice { options, .. }) => options,
        _ => Vec::new(),
    }
}

/// An item with the command to type next: a card that lies in a file can be mended.
fn listed(library: &Library, item: Item) -> Listed {
    let header = library.collection.header(&item.card);
    let verb = if header.and_then(|header| library.path(header)).is_some() { "edit" } else { "show" };
    Listed { item, verb }
}
