//! Where a collection comes from: a folder, or the program itself; its map, settings and decks.
//!
//! The map is handed out as text: this room does not know how a map is read.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::embedded::{self, PREFIX};
use super::file::{self, FileError};

use super::loaded::{Loaded, Loader};
use super::locate::map_in;
use super::own_settings::{self, FILE_NAME, OwnSettings};
use super::walk::{decks_below, shown};

/// Where a collection comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The folder that holds the skill map (see [`locate`](super::locate())); files are shown below it as it is given.
    Folder(PathBuf),
    /// The collection built into the program; its files are shown as `built-in:PATH`.
    Embedded,
}

/// The text of a skill map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapText {
    /// The text, without a byte order mark.
    pub text: String,
    /// The file, as it is shown; its ending tells Markdown from bare Mermaid.
    pub file: Arc<str>,
}

impl Source {
    /// The collection's map; `skill-map.md` counts before `skill-map.mmd`.
    ///
    /// # Errors
    /// [`FileError`]: there is no map, or it cannot be read.
    pub fn map_text(&self) -> Result<MapText, FileError> {
        let none = |file: &str| FileError::NoMap { file: Arc::from(file) };
        match self {
            Self::Folder(root) => {
                let path = map_in(root).ok_or_else(|| none(&root.to_string_lossy()))?;
                let file = Arc::from(path.to_string_lossy());
                let (text, _) = file::read(&path, &file)?;
                Ok(MapText { text, file })
            }
            Self::Embedded => {
                let (path, text) = embedded::map().ok_or_else(|| none(PREFIX))?;
                Ok(MapText { text: text.to_owned(), file: embedded_name(path) })
            }
        }
    }

    /// The collection's own settings, `mindrill.toml` beside the map; none where there is no such file.
    #[must_use]
    pub fn own_settings(&self) -> OwnSettings {
        match self {
            Self::Folder(root) => settings_in(root),
            Self::Embedded => embedded::text(FILE_NAME).map_or_else(OwnSettings::default, |text| {
                own_settings::parse(&embedded_name(FILE_NAME), text)
            }),
        }
    }

    /// All decks, in the order of their paths, with every problem of every file.
    #[must_use]
    pub fn decks(&self) -> Loaded {
        let mut loader = Loader::default();
        match self {
            Self::Folder(root) => add_folder(root, &mut loader),
            Self::Embedded => {
                embedded::decks().for_each(|(path, text)| loader.add(&embedded_name(path), Ok(text)));
            }
        }
        loader.finish()
    }
}

/// How an embedded file is shown.
fn embedded_name(path: &str) -> Arc<str> {
    Arc::from(format!("{PREFIX}{path}"))
}

/// Takes in every deck below a folder.
pub(super) fn add_folder(root: &Path, loader: &mut Loader) {
    let found = decks_below(root);
    loader.tell(found.problems);
    for below in &found.files {
        add_file(&root.join(below), &shown(root, below), loader);
    }
}

/// Takes in one deck file.
pub(super) fn add_file(path: &Path, file: &Arc<str>, loader: &mut Loader) {
    let read = file::read(path, file);
    loader.add(file, read.as_ref().map(|(text, _)| text.as_str()));
}

/// The settings in a folder; none where there is no such file.
pub(super) fn settings_in(folder: &Path) -> OwnSettings {
    let path = folder.join(FILE_NAME);
    // A link that leads nowhere is told too: somebody meant settings to be there.
    if fs::symlink_metadata(&path).is_err() {
        return OwnSettings::default();
    }
    settings_of(&path)
}

/// The settings of a file.
pub(super) fn settings_of(path: &Path) -> OwnSettings {
    let file = Arc::from(path.to_string_lossy());
    match file::read(path, &file) {
        Ok((text, _)) => own_settings::parse(&file, &text),
        Err(error) => OwnSettings { problems: vec![error.problem()], ..OwnSettings::default() },
    }
}
