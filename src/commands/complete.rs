//! What a shell completes beyond commands and options: node names and card ids of the collection in force.
//!
//! Runs while the learner types: any trouble completes nothing and says nothing.

use std::collections::BTreeMap;
use std::ffi::OsStr;

use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};

use super::library::Library;
use crate::domain::queue::States;
use crate::domain::sm2::Rules;
use crate::settings::{Environment, Flags, Settings};
use crate::store::Store;

/// Completes nodes: by the last part of their keys where that is unique, by whole keys once a `/` is typed.
pub(super) fn nodes() -> ArgValueCompleter {
    completer(node_names)
}

/// Completes cards by their ids.
pub(super) fn cards() -> ArgValueCompleter {
    completer(|library, _| card_ids(library))
}

/// Completes cards and nodes.
pub(super) fn cards_and_nodes() -> ArgValueCompleter {
    completer(|library, typed| {
        let mut names = node_names(library, typed);
        names.extend(card_ids(library));
        names
    })
}

/// Completes cards that were answered, whether the collection has them or not.
pub(super) fn answered() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| {
        let typed = typed.to_string_lossy();
        let ids = states().unwrap_or_default().into_keys().map(|id| id.to_string());
        ids.filter(|id| id.starts_with(&*typed)).map(CompletionCandidate::new).collect()
    })
}

/// The states that the progress file of environment and settings holds.
fn states() -> Option<States> {
    let environment = Environment::read();
    let settings = Settings::load(Flags::default(), &environment).ok()?;
    Store::open_existing(&settings.progress?.value, Rules::default()).ok()?.states().ok()
}

fn completer(names: fn(&Library, &str) -> Vec<CompletionCandidate>) -> ArgValueCompleter {
    ArgValueCompleter::new(move |typed: &OsStr| {
        let typed = typed.to_string_lossy();
        let begins = |name: &CompletionCandidate| name.get_value().to_string_lossy().starts_with(&*typed);
        let mut names = library().map(|library| names(&library, &typed)).unwrap_or_default();
        names.retain(begins);
        names
    })
}

/// The collection that environment and settings name; the command line is not known yet.
fn library() -> Option<Library> {
    let environment = Environment::read();
    let settings = Settings::load(Flags::default(), &environment).ok()?;
    let chosen = super::context::choose(settings.collection.as_ref(), &environment).ok()?;
    Library::open(chosen.value).ok()
}

fn node_names(library: &Library, typed: &str) -> Vec<CompletionCandidate> {
    let nodes = || library.collection.map().nodes().iter().skip(1);
    let last = |key: &str| key.rsplit('/').next().unwrap_or_default().to_owned();
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for node in nodes() {
        *times.entry(last(&node.key.0)).or_default() += 1;
    }
    let name = |key: &str| {
        let short = last(key);
        if typed.contains('/') || times.get(&short) != Some(&1) { key.to_owned() } else { short }
    };
    nodes()
        .map(|node| CompletionCandidate::new(name(&node.key.0)).help(Some(node.label.clone().into())))
        .collect()
}

fn card_ids(library: &Library) -> Vec<CompletionCandidate> {
    library.collection.cards().map(|header| CompletionCandidate::new(header.id.to_string())).collect()
}
