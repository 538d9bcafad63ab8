//! What edits did to cards with progress: cards that have gone, with those that follow them, and changed answers.
//!
//! Where collection and progress meet over the identity of cards; the comparisons are the domain's.

use std::collections::BTreeMap;

use super::library::Library;
use super::{CommandError, Context};
use crate::domain::card::{Card, CardId};
use crate::domain::collection::Header;
use crate::domain::identity::{AnswerChange, Face, Free, Succession, answer_change, successions};
use crate::domain::problem::{Level, Problem};
use crate::domain::queue::States;
use crate::report::relink::{Edited, Edits};
use crate::store::Store;

/// How a card looked, where its answer was changed since the learner met it and nothing was said of that yet.
pub(super) fn unsettled(store: &Store, card: &Card) -> Result<Option<Face>, CommandError> {
    let Some(old) = store.face(&card.id)? else { return Ok(None) };
    let changed = answer_change(&old, card) == AnswerChange::Changed && store.state(&card.id)?.is_met();
    Ok(changed.then_some(old))
}

/// The face to remember with an answer to a card; none while the learner has not said what a changed answer means.
pub(super) fn face_to_keep(
    library: &Library,
    store: &Store,
    card: &Card,
) -> Result<Option<Face>, CommandError> {
    Ok(match unsettled(store, card)? {
        Some(_) => None,
        None => Some(library.face(card)),
    })
}

/// All that edits left open; cards whose text cannot be read are left out.
pub(super) fn edits(library: &Library, store: &Store) -> Result<Edits, CommandError> {
    let (states, prints) = (store.states()?, store.fingerprints()?);
    let gone = gone(library, store, &states, &prints)?;
    let free = if gone.is_empty() { Vec::new() } else { free(library, &states) };
    let successions = successions(&gone, &free, |id| Some(library.face(&library.card(id).ok()?)));
    let mut edited = Vec::new();
    for (id, print) in prints.iter().filter(|(id, _)| states.contains_key(id)) {
        let is_other = library.collection.header(id).is_some_and(|header| header.fingerprint != *print);
        let Some(card) = is_other.then(|| library.card(id).ok()).flatten() else { continue };
        if let Some(before) = unsettled(store, &card)? {
            edited.push(Edited { card: id.clone(), before, now: library.face(&card) });
        }
    }
    Ok(Edits { successions, edited })
}

/// The cards with progress and a face that are not in the collection.
fn gone(
    library: &Library,
    store: &Store,
    states: &States,
    prints: &BTreeMap<CardId, u64>,
) -> Result<Vec<(CardId, Face)>, CommandError> {
    let has_gone = |id: &&CardId| prints.contains_key(id) && library.collection.header(id).is_none();
    let mut gone = Vec::new();
    for id in states.keys().filter(has_gone) {
        gone.extend(store.face(id)?.map(|face| (id.clone(), face)));
    }
    Ok(gone)
}

/// The cards without progress, in the order of their files, so that each file is read once.
fn free<'a>(library: &'a Library, states: &States) -> Vec<Free<'a>> {
    let map = library.collection.map();
    let free = library.collection.cards().filter(|header| !states.contains_key(&header.id));
    let mut headers: Vec<&Header> = free.collect();
    headers.sort_by_key(|header| &header.place);
    let nodes = |header: &'a Header| header.nodes.iter().map(|node| map.node(*node).key.0.as_str()).collect();
    let free =
        |header: &'a Header| Free { id: &header.id, nodes: nodes(header), fingerprint: header.fingerprint };
    headers.into_iter().map(free).collect()
}

/// What edits left open, for `check`; nothing where there is no progress file, or none that can be read.
pub(super) fn warnings(library: &Library, context: &Context<'_>) -> Vec<Problem> {
    let store = context.readable_store();
    let Ok(edits) = store.and_then(|store| edits(library, &store)) else { return Vec::new() };
    let problem = |id: &CardId, rule: &'static str, message: String, hint: String| {
        let place = library.collection.header(id)?.place.clone();
        Some(Problem { place, rule, level: Level::Warning, message, hint })
    };
    let vanished = edits.successions.iter().filter_map(|Succession { gone, successor, .. }| {
        let message = format!("your progress waits under `{gone}`, which has gone; `{successor}` is like it");
        let hint = format!("`{}` carries it over", crate::report::relink::carry(gone, successor));
        problem(successor, "vanished-card", message, hint)
    });
    let changed = edits.edited.iter().filter_map(|Edited { card, .. }| {
        let message = format!("the answer of `{card}` was changed since you last answered it");
        let [keep, afresh] = crate::report::relink::settle(card);
        problem(
            card,
            "changed-answer",
            message,
            format!("keep what you know: `{keep}`; or begin it again: `{afresh}`"),
        )
    });
    vanished.chain(changed).collect()
}
