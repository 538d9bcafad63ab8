//! The collection that is built into the program, as `build.rs` found it under `decks/`.
//!
//! It does not know what the files say.

use std::path::Path;

use super::locate::MAP_NAMES;
use super::own_settings::FILE_NAME;
use super::walk::is_deck_name;

include!(concat!(env!("OUT_DIR"), "/embedded_decks.rs"));

/// What precedes the path of an embedded file where it is shown.
pub(super) const PREFIX: &str = "built-in:";

/// The embedded file of a path, `networking-security/http-https.toml`.
pub(super) fn text(path: &str) -> Option<&'static str> {
    EMBEDDED.iter().find(|(name, _)| *name == path).map(|(_, text)| *text)
}

/// The embedded map, with its path.
pub(super) fn map() -> Option<(&'static str, &'static str)> {
    MAP_NAMES.into_iter().find_map(|name| text(name).map(|text| (name, text)))
}

/// The embedded decks, by path.
pub(super) fn decks() -> impl Iterator<Item = (&'static str, &'static str)> {
    EMBEDDED.iter().copied().filter(|(path, _)| is_deck_name(Path::new(path)) && *path != FILE_NAME)
}
