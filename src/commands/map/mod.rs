//! `map`: the skill map drawn, checked and mended.

mod diff;
mod rename;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueHint};

use super::{CommandError, Context, complete};
use crate::deck_files::{self, MapText, Source};
use crate::domain::problem::{Level, Problem};
use crate::mindmap::{self, Reading};
use crate::report::check::{self, Extent};
use crate::report::page::{Page, Style};
use crate::report::{map, snippet};

/// The skill map: draw it, check it, mend it, rename its nodes, see what became of them
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mindrill map show\n  mindrill map show notes.md --mermaid\n  mindrill map check\n  mindrill map fmt decks/skill-map.md\n  mindrill map diff --against main\n  mindrill map rename indexing 'Index design'"
)]
pub struct MapArgs {
    #[command(subcommand)]
    command: MapCommand,
}

#[derive(Debug, Subcommand)]
enum MapCommand {
    /// Draw the map as a tree
    #[command(
        after_help = "Examples:\n  mindrill map show\n  mindrill map show notes.md --mermaid\n  mindrill map show --json | jq -r .title"
    )]
    Show {
        /// A map; else the collection's
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        file: Option<PathBuf>,
        /// Draw what Mermaid makes of it
        #[arg(long)]
        mermaid: bool,
    },
    /// Tell everything that is wrong or doubtful in the map
    #[command(
        after_help = "Examples:\n  mindrill map check\n  mindrill map check notes.md\n\nExit status 1 if there is an error; warnings alone are 0."
    )]
    Check {
        /// A map; else the collection's
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        file: Option<PathBuf>,
    },
    /// Quote the labels that Mermaid would draw wrongly; no other byte changes
    #[command(
        after_help = "Examples:\n  mindrill map fmt                      the map of the collection in force\n  mindrill map fmt notes.md\n  mindrill map fmt --check              in a hook or a pipeline"
    )]
    Fmt {
        /// A map; else the collection's
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        file: Option<PathBuf>,
        /// Only say whether something would change: exit status 1 if so
        #[arg(long)]
        check: bool,
    },
    /// What became of the nodes since a git revision: added, removed, renamed, moved
    #[command(
        after_help = "Examples:\n  mindrill map diff                     since the newest commit\n  mindrill map diff --against main~5    since a revision\n  mindrill map diff --against old.md    from another map, or the folder of another collection\n\nDecks bound to nothing are named, and what their node is called now."
    )]
    Diff {
        /// A git revision, a map file or a collection's folder; else HEAD
        #[arg(long, value_name = "REV|FILE", value_hint = ValueHint::AnyPath)]
        against: Option<String>,
    },
    /// Give a node another label, on the map and wherever decks name it
    #[command(
        after_help = "Examples:\n  mindrill map rename indexing 'Index design'\n  mindrill map rename databases Storage --dry-run\n\nCards keep their ids and their progress. A node with an id keeps its key. Map, decks and settings change together or\nnot at all."
    )]
    Rename {
        /// A node: its key, a tail of it, or its label
        #[arg(value_name = "OLD", add = complete::nodes())]
        old: String,
        /// The new label
        #[arg(value_name = "NEW")]
        new: String,
        /// Only say what would change
        #[arg(short = 'n', long)]
        dry_run: bool,
    },
}

pub(super) fn run(args: &MapArgs, context: &mut Context<'_>) -> Result<(), CommandError> {
    match &args.command {
        MapCommand::Show { file, mermaid } => {
            let reading = if *mermaid { map::Reading::Mermaid } else { map::Reading::Ours };
            show(context, &text(context, file.as_deref())?, reading)
        }
        MapCommand::Check { file } => look_over(context, &text(context, file.as_deref())?),
        MapCommand::Fmt { file, check } => fmt(context, file.as_deref(), *check),
        MapCommand::Diff { against } => diff::run(against.as_deref(), context),
        MapCommand::Rename { old, new, dry_run } => rename::run(old, new, *dry_run, context),
    }
}

/// The text of a named file, else of the collection's map.
fn text(context: &Context<'_>, file: Option<&Path>) -> Result<MapText, CommandError> {
    Ok(match file {
        Some(path) => deck_files::map_file(path)?,
        None => context.source()?.value.map_text()?,
    })
}

fn show(context: &mut Context<'_>, text: &MapText, whose: map::Reading) -> Result<(), CommandError> {
    let Reading { map, sketch, mermaid_ok, problems, .. } = mindmap::read_file(&text.text, &text.file);
    // A map with two nodes of one key is no map to hang decks on, but it can be looked at.
    let is_whole = map.is_some();
    if let Some(tree) = map.or(sketch) {
        if context.json {
            context.show_line(&map::json(&tree, mermaid_ok))?;
        } else {
            context.show_page(&map::page(&tree, whose))?;
        }
    }
    if is_whole { Ok(()) } else { Err(unreadable(text, problems)) }
}

fn unreadable(text: &MapText, problems: Vec<Problem>) -> CommandError {
    CommandError::UnreadableMap { file: text.file.to_string(), problems, text: text.text.clone() }
}

/// Tells every problem of the map.
fn look_over(context: &mut Context<'_>, text: &MapText) -> Result<(), CommandError> {
    let problems = mindmap::read_file(&text.text, &text.file).problems;
    let extent = Extent { files: 1, decks: 0, cards: 0 };
    if context.json {
        context.show_line(&check::json(extent, &problems))?;
    } else {
        let drawn = snippet::text(&problems, |_| Some(text.text.as_str()), &context.look());
        context.show(&drawn)?;
        context.show_page(&check::summary(extent, &problems))?;
    }
    match check::count(&problems, Level::Error) {
        0 => Ok(()),
        errors => Err(CommandError::Findings(format!("{} found", check::counted(errors, "error")))),
    }
}

/// Writes the quoted form, or only says whether it differs.
fn fmt(context: &mut Context<'_>, file: Option<&Path>, only_check: bool) -> Result<(), CommandError> {
    let before = text(context, file)?;
    let after =
        mindmap::format(&before.text, &before.file).map_err(|problems| unreadable(&before, problems))?;
    let mut page = Page::new();
    if after == before.text {
        page.text(Style::Good, format!("`{}` needs no change", before.file));
        return context.show_page(&page);
    }
    if only_check {
        return Err(CommandError::Findings(format!(
            "`{}` would change: run `mindrill map fmt`",
            before.file
        )));
    }
    let path = match (file, context.source()?.value) {
        (None, Source::Embedded) => return Err(CommandError::Embedded { verb: "mend" }),
        (Some(path), _) => path.to_path_buf(),
        (None, Source::Folder(_)) => PathBuf::from(&*before.file),
    };
    deck_files::replace(&path, &after).map_err(|source| CommandError::Unwritable { path, source })?;
    page.text(Style::Good, format!("`{}`: labels quoted as you meant them", before.file));
    context.show_page(&page)
}
