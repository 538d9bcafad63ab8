//! `map diff`: what became of the map since a revision, or in another file.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::commands::library::{Library, read_map};
use crate::commands::refusal::Refusal;
use crate::commands::{CommandError, Context, repository};
use crate::deck_files::{self, MapText, Source};
use crate::domain::shelf::Shelf;
use crate::domain::skill_map::MapDiff;
use crate::report::moves::{self, Moves};

/// What is compared with where nothing is said: the newest commit.
const NEWEST: &str = "HEAD";

/// Compares the collection's map with an earlier or another one.
pub(super) fn run(against: Option<&str>, context: &mut Context<'_>) -> Result<(), CommandError> {
    let source = context.source()?.value;
    let before = before(&source, against.unwrap_or(NEWEST))?;
    let (old, _) = read_map(&before)?;
    let (library, decks) = Library::open_whole(source)?;
    let new = library.collection.map();
    let diff = MapDiff::between(&old, new);
    let shelf = Shelf::new(new, &decks);
    let moves = Moves { old: &old, new, diff: &diff, decks: &decks, shelf: &shelf };
    if context.json {
        return context.show_line(&moves::json(&moves));
    }
    context.show_page(&moves::page(&moves, &format!("`{}`", before.file)))
}

/// The map that is compared with: a file, the map of a collection's folder, or the collection's own at a revision.
fn before(source: &Source, against: &str) -> Result<MapText, CommandError> {
    let path = Path::new(against);
    if let Some(root) = deck_files::locate(path) {
        return Ok(Source::Folder(root).map_text()?);
    }
    if path.is_file() {
        return Ok(deck_files::map_file(path)?);
    }
    let Source::Folder(_) = source else {
        return Err(CommandError::Embedded { verb: "compare at a revision" });
    };
    let file = PathBuf::from(&*source.map_text()?.file).canonicalize()?;
    let top = repository::top(file.parent().unwrap_or(Path::new("/")))?;
    let outside = || Refusal::NoWorkTree(file.clone());
    let below = file.strip_prefix(top.canonicalize()?).map_err(|_| outside())?;
    let text = repository::text_at(&top, against, below)?;
    Ok(MapText { text, file: Arc::from(format!("{against}:{}", below.display())) })
}
