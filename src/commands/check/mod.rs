//! `check`: every problem of map and decks at once.

mod changed;
mod explain;
mod reading;
mod revision;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueHint};
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};

use super::library::{Library, authored};
use super::{CommandError, Context, identity, review};
use crate::deck_files::{self, Source};
use crate::domain::card::DeckId;
use crate::domain::collection::Collection;
use crate::domain::deck::Deck;
use crate::domain::policy::Policy;
use crate::domain::problem::{Level, Problem};
use crate::domain::skill_map::{NodeIndex, SkillMap};
use crate::lint::Subject;
use crate::report::check::{self, Extent};
use crate::report::snippet;

/// Check map and decks: every problem at once, with its line and what to do
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mindrill check                   the collection in force\n  mindrill check decks/databases   some files or folders\n  mindrill check --changed         cards touched since the last commit\n  mindrill check --explain P04     why a rule exists, with examples\n  mindrill check --json\n\nSet a rule aside on a card or deck: lint_allow = [\"P04: the exception is the point\"]\nExit status 1 if there is an error; warnings alone are 0."
)]
pub struct CheckArgs {
    /// Files or folders; else the whole collection
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    /// Only cards touched since a git revision; the last commit where none is named
    #[arg(long, value_name = "REV", num_args = 0..=1, default_missing_value = "HEAD", conflicts_with = "paths")]
    changed: Option<String>,
    /// Why a rule exists, with a bad and a good example; a list of all rules where none is named
    #[arg(
        long,
        value_name = "RULE",
        num_args = 0..=1,
        default_missing_value = "",
        conflicts_with_all = ["paths", "changed"],
        add = ArgValueCandidates::new(rule_ids)
    )]
    explain: Option<String>,
}

pub(super) fn run(args: &CheckArgs, context: &mut Context<'_>) -> Result<(), CommandError> {
    if let Some(rule) = &args.explain {
        return explain::run(rule, context);
    }
    let Looked { extent, mut problems } = match args.paths.as_slice() {
        [] => whole(&context.source()?.value, context, args.changed.as_deref())?,
        paths => some(paths, context)?,
    };
    problems.sort();
    if context.json {
        context.show_line(&check::json(extent, &problems))?;
    } else {
        tell(&problems, context)?;
        context.show_page(&check::summary(extent, &problems))?;
    }
    match check::count(&problems, Level::Error) {
        0 => Ok(()),
        errors => Err(CommandError::Findings(format!("{} found", check::counted(errors, "error")))),
    }
}

fn rule_ids() -> Vec<CompletionCandidate> {
    explain::every().map(|rule| CompletionCandidate::new(rule.id).help(Some(rule.title.into()))).collect()
}

/// Every problem of one deck file, by place, as `check FILE` finds them.
pub(super) fn of_file(path: &Path, context: &Context<'_>) -> Result<Vec<Problem>, CommandError> {
    let mut problems = some(&[path.to_path_buf()], context)?.problems;
    problems.sort();
    Ok(problems)
}

/// Draws problems with the lines that they are about.
pub(super) fn tell(problems: &[Problem], context: &mut Context<'_>) -> Result<(), CommandError> {
    let texts = texts(problems);
    let drawn = snippet::text(problems, |file| texts.get(file).map(String::as_str), &context.look());
    context.show(&drawn)
}

/// What was looked at, and what was found.
struct Looked {
    extent: Extent,
    problems: Vec<Problem>,
}

/// A collection; where a revision is named, of what is wrong only what was touched since.
fn whole(source: &Source, context: &Context<'_>, since: Option<&str>) -> Result<Looked, CommandError> {
    let map_file = source.map_text()?.file;
    let (library, decks) = Library::open_whole(source.clone())?;
    let extent = Extent { files: library.files, decks: decks.len(), cards: library.authored };
    let mut problems = identity::warnings(&library, context);
    let map = library.collection.map();
    let (policy, today) = (&library.policy, context.today());
    let subject = Subject { map: Some(map), decks: &decks, beyond: &BTreeMap::new(), policy, today };
    problems.extend(review::problems(&subject, &map_file));
    problems.extend(library.problems);
    match since {
        None => Ok(Looked { extent, problems }),
        Some(revision) => {
            let whole = changed::Whole { map, map_file: &map_file, decks: &decks, problems };
            changed::keep(whole, source, revision)
        }
    }
}

/// The named files and folders. A folder that is a collection is checked whole; what else is named is bound
/// to the map of the collection it lies in, if there is one.
fn some(paths: &[PathBuf], context: &Context<'_>) -> Result<Looked, CommandError> {
    if let [path] = paths
        && let Some(root) = deck_files::locate(path)
    {
        return whole(&Source::Folder(root), context, None);
    }
    let loaded = deck_files::read_paths(paths);
    let decks = loaded.decks;
    let extent = Extent { files: loaded.files, decks: decks.len(), cards: authored(&decks) };
    let mut problems = loaded.problems;
    let today = context.today();
    if let Some(root) = paths.first().and_then(|path| around(path)) {
        let source = Source::Folder(root);
        let (map, file) = (Library::map(&source)?, source.map_text()?.file);
        let policy = source.own_settings().policy;
        let beyond = beyond(&source, &map, &decks);
        problems.extend(Collection::bind(map.clone(), &decks).1);
        let subject = Subject { map: Some(&map), decks: &decks, beyond: &beyond, policy: &policy, today };
        problems.extend(review::problems(&subject, &file));
    } else {
        let (beyond, policy) = (BTreeMap::new(), Policy::default());
        let subject = Subject { map: None, decks: &decks, beyond: &beyond, policy: &policy, today };
        problems.extend(review::problems(&subject, &Arc::from("")));
    }
    Ok(Looked { extent, problems })
}

/// How many cards hang on each node in the other decks of a collection: the whole of it decides how many a leaf has.
fn beyond(source: &Source, map: &SkillMap, looked_at: &[Deck]) -> BTreeMap<NodeIndex, usize> {
    let ids: BTreeSet<&DeckId> = looked_at.iter().map(|deck| &deck.id).collect();
    let mut beyond = BTreeMap::new();
    for deck in source.decks().decks.iter().filter(|deck| !ids.contains(&deck.id)) {
        for card in deck.cards.iter().filter(|card| !card.is_derived()) {
            let nodes = deck.node.iter().chain(&card.nodes).filter_map(|(name, _)| map.find(name).ok());
            for node in nodes.collect::<BTreeSet<NodeIndex>>() {
                *beyond.entry(node).or_default() += 1;
            }
        }
    }
    beyond
}

/// The collection in which a file or folder lies.
fn around(path: &Path) -> Option<PathBuf> {
    let path = path.canonicalize().ok()?;
    path.ancestors().find_map(deck_files::locate)
}

/// The text of every file that a problem names, to draw its line.
fn texts(problems: &[Problem]) -> BTreeMap<&str, String> {
    let files: BTreeSet<&str> = problems.iter().map(|problem| &*problem.place.file).collect();
    files.into_iter().filter_map(|file| Some((file, deck_files::shown_text(file)?))).collect()
}
