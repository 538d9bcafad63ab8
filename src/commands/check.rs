//! `check`: every problem of map and decks at once.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};

use super::library::{Library, authored};
use super::{CommandError, Context};
use crate::deck_files::{self, Source};
use crate::domain::problem::{Level, Problem};
use crate::report::check::{self, Extent};
use crate::report::snippet;

/// Check map and decks: every problem at once, with its line and what to do
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mindrill check                   the collection in force\n  mindrill check decks/databases   some files or folders\n  mindrill check --json\n\nExit status 1 if there is an error; warnings alone are 0."
)]
pub struct CheckArgs {
    /// Files or folders; else the whole collection
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
}

pub(super) fn run(args: &CheckArgs, context: &mut Context<'_>) -> Result<(), CommandError> {
    let (extent, mut problems) = match args.paths.as_slice() {
        [] => whole(&context.library()?),
        paths => some(paths)?,
    };
    problems.sort();
    if context.json {
        context.show_line(&check::json(extent, &problems))?;
    } else {
        let texts = texts(&problems);
        let drawn = snippet::text(&problems, |file| texts.get(file).map(String::as_str), &context.look());
        context.show(&drawn)?;
        context.show_page(&check::summary(extent, &problems))?;
    }
    match check::count(&problems, Level::Error) {
        0 => Ok(()),
        errors => Err(CommandError::Findings(format!("{} found", check::counted(errors, "error")))),
    }
}

fn whole(library: &Library) -> (Extent, Vec<Problem>) {
    let extent =
        Extent { files: library.files, decks: library.collection.decks().len(), cards: library.authored };
    (extent, library.problems.clone())
}

/// The named files and folders. A folder that is a collection is checked whole; what else is named is bound
/// to the map of the collection it lies in, if there is one.
fn some(paths: &[PathBuf]) -> Result<(Extent, Vec<Problem>), CommandError> {
    if let [path] = paths
        && let Some(root) = deck_files::locate(path)
    {
        return Ok(whole(&Library::open(Source::Folder(root))?));
    }
    let loaded = deck_files::read_paths(paths);
    let extent = Extent { files: loaded.files, decks: loaded.decks.len(), cards: authored(&loaded.decks) };
    let mut problems = loaded.problems;
    if let Some(root) = paths.first().and_then(|path| around(path)) {
        problems.extend(Library::bindings(&Source::Folder(root), loaded.decks)?);
    }
    Ok((extent, problems))
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
