//! What edits did to cards with progress: cards that have gone, with those that follow them, and changed answers.
//!
//! Where collection and progress meet over the identity of cards; the comparisons are the domain's.

use std::collections::{BTreeMap, BTreeSet};

use super::library::Library;
use super::{CommandError, Context};
use crate::domain::card::{Card, CardId};
use crate::domain::collection::Header;
use crate::domain::identity::{AnswerChange, Face, Gone, Succession, answer_change, is_near, successions};
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
    let successions = successions(&gone(library, store, &states, &prints)?);
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

/// The cards with progress and a face that are not in the collection, each with the cards that may follow it.
fn gone(
    library: &Library,
    store: &Store,
    states: &States,
    prints: &BTreeMap<CardId, u64>,
) -> Result<Vec<Gone>, CommandError> {
    let has_gone = |id: &&CardId| prints.contains_key(id) && library.collection.header(id).is_none();
    let mut gone = Vec::new();
    for id in states.keys().filter(has_gone) {
        gone.extend(store.face(id)?.map(|face| (id.clone(), face)));
    }
    let near = Near::new(library, states, &gone);
    let faces = near.faces(library);
    let with_faces = |(at, (id, face)): (usize, (CardId, Face))| {
        let candidates = near.of.get(&at).into_iter().flatten();
        let candidates = candidates.filter_map(|id| Some((id.clone(), faces.get(id)?.clone()))).collect();
        Gone { id, face, candidates }
    };
    Ok(gone.into_iter().enumerate().map(with_faces).collect())
}

/// The cards without progress that may follow cards which have gone.
struct Near<'a> {
    /// For the index of each gone card, the ids of those near it.
    of: BTreeMap<usize, BTreeSet<CardId>>,
    headers: Vec<&'a Header>,
}

impl<'a> Near<'a> {
    fn new(library: &'a Library, states: &States, gone: &[(CardId, Face)]) -> Self {
        // By deck, node and id, so that no card is compared with every other.
        let mut by_name: BTreeMap<(u8, &str), Vec<usize>> = BTreeMap::new();
        for (at, (id, face)) in gone.iter().enumerate() {
            for name in [(0, id.deck.0.as_str()), (1, face.node.0.as_str()), (2, id.card.as_str())] {
                by_name.entry(name).or_default().push(at);
            }
        }
        let (mut of, mut headers): (BTreeMap<usize, BTreeSet<CardId>>, _) = (BTreeMap::new(), Vec::new());
        let map = library.collection.map();
        for header in library.collection.cards().filter(|header| !states.contains_key(&header.id)) {
            let nodes: Vec<&str> = header.nodes.iter().map(|node| map.node(*node).key.0.as_str()).collect();
            let names = nodes.iter().map(|node| (1, *node));
            let names = names.chain([(0, header.id.deck.0.as_str()), (2, header.id.card.as_str())]);
            let mut near: Vec<usize> =
                names.filter_map(|name| by_name.get(&name)).flatten().copied().collect();
            near.retain(|at| gone.get(*at).is_some_and(|(id, face)| is_near((id, face), &header.id, &nodes)));
            if !near.is_empty() {
                headers.push(header);
            }
            for at in near {
                of.entry(at).or_default().insert(header.id.clone());
            }
        }
        Self { of, headers }
    }

    /// How they look; in the order of their files, so that each is read once.
    fn faces(&self, library: &Library) -> BTreeMap<CardId, Face> {
        let mut headers = self.headers.clone();
        headers.sort_by_key(|header| &header.place);
        let face = |header: &Header| Some((header.id.clone(), library.face(&library.card(&header.id).ok()?)));
        headers.into_iter().filter_map(face).collect()
    }
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
