//! The text of a single file: a map that was named, or a file that a problem speaks of.
//!
//! It does not know what the text says.

use std::path::Path;
use std::sync::Arc;

use super::deck::{self, Parsed};
use super::embedded::{self, PREFIX};
use super::file::{self, FileError};
use super::loaded::id_of;
use super::source::MapText;
use crate::domain::deck::Deck;
use crate::domain::problem::Problem;

/// The text of a map file that was named.
///
/// # Errors
/// [`FileError`]: it cannot be read.
pub fn map_file(path: &Path) -> Result<MapText, FileError> {
    let file = Arc::from(path.to_string_lossy());
    let (text, _) = file::read(path, &file)?;
    Ok(MapText { text, file })
}

/// The deck of a text that is not in its file yet, which is to be shown as `file`; with every problem of the text.
#[must_use]
pub fn read_text(text: &str, file: &Arc<str>) -> (Option<Deck>, Vec<Problem>) {
    let Parsed { deck, problems } = deck::parse(id_of(file), file, text);
    (deck, problems)
}

/// The text of a file as problems name it; `None` where it cannot be read.
#[must_use]
pub fn shown_text(file: &str) -> Option<String> {
    if let Some(path) = file.strip_prefix(PREFIX) {
        return embedded::text(path).map(str::to_owned);
    }
    file::read(Path::new(file), &Arc::from(file)).ok().map(|(text, _)| text)
}
