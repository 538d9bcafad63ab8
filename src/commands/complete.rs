//! What a shell completes beyond commands and options: node names and card ids of the collection in force.
//!
//! Runs while the learner types: any trouble completes nothing and says nothing.

use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};

use super::library::Library;
use crate::deck_files::Source;
use crate::settings::{Environment, Flags, Settings};

/// Completes nodes by their keys.
pub(super) fn nodes() -> ArgValueCandidates {
    ArgValueCandidates::new(|| library().map(|library| node_names(&library)).unwrap_or_default())
}

/// Completes cards by their ids.
pub(super) fn cards() -> ArgValueCandidates {
    ArgValueCandidates::new(|| library().map(|library| card_ids(&library)).unwrap_or_default())
}

/// Completes cards and nodes.
pub(super) fn cards_and_nodes() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let Some(library) = library() else { return Vec::new() };
        let mut names = node_names(&library);
        names.extend(card_ids(&library));
        names
    })
}

/// The collection that environment and settings name; the command line is not known yet.
fn library() -> Option<Library> {
    let environment = Environment::read();
    let settings = Settings::load(Flags::default(), &environment).ok()?;
    let chosen = super::context::choose(settings.collection.as_ref(), &environment).ok()?;
    let source: Source = chosen.value;
    Library::open(source).ok()
}

fn node_names(library: &Library) -> Vec<CompletionCandidate> {
    let nodes = library.collection.map().nodes().iter().skip(1);
    nodes.map(|node| CompletionCandidate::new(&node.key.0).help(Some(node.label.clone().into()))).collect()
}

fn card_ids(library: &Library) -> Vec<CompletionCandidate> {
    library.collection.cards().map(|header| CompletionCandidate::new(header.id.to_string())).collect()
}
