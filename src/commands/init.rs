//! `init`: a collection to begin with, and the hook that looks over what is committed.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};
use serde_json::json;

use super::hook::Hook;
use super::refusal::Refusal;
use super::{CommandError, Context};
use crate::deck_files::{self, Source};
use crate::report::page::{Page, Style};
use crate::report::steps;

/// The folder that holds a collection within a project.
const DECKS: &str = "decks";

/// Begin a collection of your own: a skill map and an example deck
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mindrill init                        in this folder: decks/ with a small map and one deck\n  mindrill init study --with-decks     a copy of the collection that is built in\n  mindrill init --git-hook             check the cards of every commit, in a collection that is there\n\nNothing that is there is overwritten."
)]
pub struct InitArgs {
    /// The folder in which `decks/` is made; else this one
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    folder: Option<PathBuf>,
    /// Copy the collection that is built in, map and decks
    #[arg(long)]
    with_decks: bool,
    /// Let git run `mindrill check --changed` before every commit
    #[arg(long)]
    git_hook: bool,
}

/// What was made.
#[derive(Default)]
struct Made {
    /// The collection's folder.
    collection: PathBuf,
    /// The files in it.
    files: Vec<&'static str>,
    /// The hook, and whether it is new.
    hook: Option<(PathBuf, bool)>,
}

pub(super) fn run(args: &InitArgs, context: &mut Context<'_>) -> Result<(), CommandError> {
    let folder = args.folder.clone().unwrap_or_else(|| PathBuf::from("."));
    let made = match present(args, &folder, context)? {
        Some(collection) if args.git_hook && !args.with_decks => {
            Made { hook: hook(project(&collection))?, collection, ..Made::default() }
        }
        Some(collection) => return Err(Refusal::Collection(collection).into()),
        None => begin(args, &folder)?,
    };
    if context.json {
        return context.show_line(&object(&made));
    }
    context.show_page(&page(args, &made))
}

/// The collection that a folder is already; where none was named for the hook, the one in force.
fn present(args: &InitArgs, folder: &Path, context: &Context<'_>) -> Result<Option<PathBuf>, CommandError> {
    if args.git_hook && args.folder.is_none() && !args.with_decks {
        return Ok(match context.source()?.value {
            Source::Folder(root) => Some(root),
            Source::Embedded => None,
        });
    }
    Ok(deck_files::locate(folder))
}

/// The folder from which a collection is found by itself: the one above its `decks`, else its own.
fn project(collection: &Path) -> &Path {
    match collection.parent() {
        Some(parent) if collection.ends_with(DECKS) && !parent.as_os_str().is_empty() => parent,
        Some(_) if collection.ends_with(DECKS) => Path::new("."),
        Some(_) | None => collection,
    }
}

fn hook(folder: &Path) -> Result<Option<(PathBuf, bool)>, CommandError> {
    let hook = Hook::plan(folder)?;
    let is_new = hook.install()?;
    Ok(Some((hook.path, is_new)))
}

/// Makes the collection, and the hook where it is wanted; what stands against the hook is found out first.
fn begin(args: &InitArgs, folder: &Path) -> Result<Made, CommandError> {
    let schema = deck_files::schema();
    let mut files = if args.with_decks { deck_files::built_in() } else { deck_files::starter() }.to_vec();
    files.push((deck_files::SCHEMA_FILE, &schema));
    let collection = tidy(folder).join(DECKS);
    if args.git_hook {
        Hook::plan(folder)?;
    }
    deck_files::start(folder, DECKS, &files).map_err(|source| match source.kind() {
        ErrorKind::AlreadyExists => CommandError::from(Refusal::Taken(collection.clone())),
        _ => CommandError::Unwritable { path: collection.clone(), source },
    })?;
    let hook = if args.git_hook { hook(folder)? } else { None };
    Ok(Made { collection, files: files.iter().map(|(path, _)| *path).collect(), hook })
}

/// The path without a leading `./`.
fn tidy(folder: &Path) -> &Path {
    folder.strip_prefix(".").unwrap_or(folder)
}

fn object(made: &Made) -> String {
    json!({
        "collection": made.collection.to_string_lossy(),
        "files": made.files,
        "hook": made.hook.as_ref().map(|(path, _)| path.to_string_lossy()),
    })
    .to_string()
}

fn page(args: &InitArgs, made: &Made) -> Page {
    let mut page = Page::new();
    let decks = made.files.iter().filter(|path| path.contains('/')).count();
    if !made.files.is_empty() {
        let decks = if decks == 1 { "an example deck".to_owned() } else { format!("{decks} decks") };
        page.text(Style::Good, format!("made `{}`: a skill map and {decks}", made.collection.display()));
    }
    match &made.hook {
        Some((path, true)) => {
            page.text(
                Style::Good,
                format!("git looks over your cards before a commit: `{}`", path.display()),
            );
        }
        Some((path, false)) => {
            page.text(Style::Good, format!("the hook is there already: `{}`", path.display()));
        }
        None => {}
    }
    if !made.files.is_empty() {
        page.blank().append(next(args));
    }
    page
}

/// The commands to type next.
fn next(args: &InitArgs) -> Page {
    let said = |command: &str, why| (command.to_owned(), why);
    let mut next = Vec::new();
    if let Some(folder) = args.folder.as_ref().filter(|folder| !tidy(folder).as_os_str().is_empty()) {
        let folder = folder.to_string_lossy();
        next.push(said(&format!("cd {}", shell_words::quote(&folder)), "the collection is found from there"));
    }
    next.push(said("mindrill map show", "the map; write your own nodes in its place"));
    next.push(said("mindrill quiz", "a first sitting"));
    next.push(said("mindrill new", "a deck for a leaf that has none"));
    next.push(said("mindrill check", "look over map and decks"));
    steps::page(&next)
}
