//! `fmt`: deck files in the documented form.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueHint};
use serde_json::json;

use super::{CommandError, Context, WritingError};
use crate::deck_files::{self, Source, Tidied};
use crate::domain::problem::{Level, Problem};
use crate::report::check::{counted, problem_json};
use crate::report::page::{Page, Span, Style};
use crate::report::snippet;

/// Write missing ids into decks, and put keys in their order
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mindrill fmt                     the collection in force\n  mindrill fmt decks/databases     some files or folders\n  mindrill fmt --check             change nothing, exit 1 if something would change\n\nAn id that is written in is the one the card had without it: no progress is lost. Comments and\nblank lines stay with what they precede, line ends as they are. A file that is not TOML stays\nas it is."
)]
pub struct FmtArgs {
    /// Files or folders; else the whole collection
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    /// Change nothing; exit 1 if something would change
    #[arg(long)]
    check: bool,
}

/// One file looked at.
struct Looked {
    file: Arc<str>,
    /// What it should be; `None` where it has errors and stays.
    tidied: Option<Tidied>,
    changes: bool,
}

pub(super) fn run(args: &FmtArgs, context: &mut Context<'_>) -> Result<(), CommandError> {
    let paths = match args.paths.as_slice() {
        [] => vec![folder(context)?],
        paths => paths.to_vec(),
    };
    let (decks, mut problems) = deck_files::deck_paths(&paths);
    let mut looked = Vec::new();
    for (path, file) in decks {
        looked.push(look(args, &path, file, &mut problems)?);
    }
    problems.sort();
    if context.json {
        context.show_line(&as_json(&looked, &problems))?;
    } else {
        tell(args, context, &looked, &problems)?;
    }
    ended(args, &looked, &problems)
}

/// The folder of the collection in force.
fn folder(context: &Context<'_>) -> Result<PathBuf, CommandError> {
    match context.source()?.value {
        Source::Folder(root) => Ok(root),
        Source::Embedded => Err(CommandError::Embedded { verb: "format" }),
    }
}

/// Looks at one file and, unless it is only a check, writes it.
fn look(
    args: &FmtArgs,
    path: &Path,
    file: Arc<str>,
    problems: &mut Vec<Problem>,
) -> Result<Looked, CommandError> {
    let text = match deck_files::map_file(path) {
        Ok(read) => read.text,
        Err(error) => {
            problems.push(error.problem());
            return Ok(Looked { file, tidied: None, changes: false });
        }
    };
    let tidied = match deck_files::tidied(&text, &file) {
        Ok(tidied) => tidied,
        Err(faults) => {
            problems.extend(faults);
            return Ok(Looked { file, tidied: None, changes: false });
        }
    };
    problems.extend(tidied.left.iter().cloned());
    let changes = tidied.text != text;
    if changes && !args.check {
        let unwritable = |source| CommandError::Unwritable { path: path.to_owned(), source };
        deck_files::replace(path, &tidied.text).map_err(unwritable)?;
    }
    Ok(Looked { file, tidied: Some(tidied), changes })
}

fn tell(
    args: &FmtArgs,
    context: &mut Context<'_>,
    looked: &[Looked],
    problems: &[Problem],
) -> Result<(), CommandError> {
    let mut page = Page::new();
    for problem in problems {
        let text = deck_files::shown_text(&problem.place.file);
        let row = text.as_deref().and_then(|text| snippet::row(problem, text));
        page.append(snippet::drawn(problem, row, &context.look())).blank();
    }
    let verb = if args.check { "would change" } else { "changed" };
    for Looked { file, tidied, .. } in looked.iter().filter(|one| one.changes) {
        let what = tidied.as_ref().map(what).unwrap_or_default();
        page.line(vec![
            Span::new(Style::Warn, format!("{verb} ")),
            Span::plain(&**file),
            Span::new(Style::Dim, format!("  {what}")),
        ]);
    }
    let sound = looked.iter().filter(|one| one.tidied.is_some()).count();
    if sound > 0 && looked.iter().all(|one| !one.changes) {
        page.text(Style::Good, format!("nothing to change in {}", counted(sound, "deck")));
    }
    context.show_page(&page)
}

/// `2 ids, keys of 3 tables`.
fn what(tidied: &Tidied) -> String {
    let ids = Some(tidied.stamped.len()).filter(|count| *count > 0).map(|count| counted(count, "id"));
    let keys = Some(tidied.sorted).filter(|count| *count > 0);
    let keys = keys.map(|count| format!("keys of {}", counted(count, "table")));
    ids.into_iter().chain(keys).collect::<Vec<_>>().join(", ")
}

fn as_json(looked: &[Looked], problems: &[Problem]) -> String {
    let changed = looked.iter().filter(|one| one.changes).filter_map(|one| {
        let tidied = one.tidied.as_ref()?;
        Some(json!({ "file": &*one.file, "ids": tidied.stamped, "tables_sorted": tidied.sorted }))
    });
    json!({
        "files": looked.len(),
        "changed": changed.collect::<Vec<_>>(),
        "problems": problems.iter().map(problem_json).collect::<Vec<_>>(),
    })
    .to_string()
}

fn ended(args: &FmtArgs, looked: &[Looked], problems: &[Problem]) -> Result<(), CommandError> {
    let errors = problems.iter().filter(|problem| problem.level == Level::Error).count();
    let changes = looked.iter().filter(|one| one.changes).count();
    if errors > 0 {
        return Err(CommandError::Findings(format!("{} found", counted(errors, "error"))));
    }
    match changes {
        changes if args.check && changes > 0 => {
            Err(WritingError::Unformatted { decks: changes, of: looked.len() }.into())
        }
        _ => Ok(()),
    }
}
