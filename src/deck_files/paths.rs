//! An explicit list of files and folders, as `check` is given. It does not know how a deck is read.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::file::{FileError, start_of};
use super::loaded::{Loaded, Loader};
use super::locate::locate;
use super::own_settings::FILE_NAME;
use super::source::{add_file, settings_in, settings_of};
use super::walk::{decks_below, is_deck_name, shown};
use crate::domain::problem::{Level, Problem};

/// Reads the decks that a list of files and folders means, each once.
///
/// A folder means the collection in it (see [`locate`]), else all decks below it; `mindrill.toml` is
/// checked as a collection's settings. What cannot be read, or is neither folder nor TOML, is a problem.
#[must_use]
pub fn read_paths(paths: &[PathBuf]) -> Loaded {
    let mut listed = Listed { loader: Loader::default(), met: BTreeSet::new() };
    for path in paths {
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => listed.folder(path),
            Ok(_) => listed.file(path),
            Err(source) => {
                let file = Arc::from(path.to_string_lossy());
                listed.loader.tell([FileError::Unreadable { file, source }.problem()]);
            }
        }
    }
    listed.loader.finish()
}

struct Listed {
    loader: Loader,
    /// Paths met so far, without links.
    met: BTreeSet<PathBuf>,
}

impl Listed {
    fn folder(&mut self, path: &Path) {
        let root = locate(path).unwrap_or_else(|| path.to_path_buf());
        if !self.is_new(&root) {
            return;
        }
        let found = decks_below(&root);
        self.loader.tell(found.problems);
        self.loader.tell(settings_in(&root).problems);
        for below in &found.files {
            self.deck(&root.join(below), &shown(&root, below));
        }
    }

    fn file(&mut self, path: &Path) {
        let file = Arc::from(path.to_string_lossy());
        if path.file_name() == Some(OsStr::new(FILE_NAME)) {
            self.loader.tell(settings_of(path).problems);
        } else if is_deck_name(path) {
            self.deck(path, &file);
        } else {
            let message = format!("`{file}` is no deck: its name does not end in `.toml`");
            let (rule, level) = ("not-a-deck", Level::Error);
            let hint = "name decks, or folders that hold decks".to_owned();
            self.loader.tell([Problem { place: start_of(&file), rule, level, message, hint }]);
        }
    }

    fn deck(&mut self, path: &Path, file: &Arc<str>) {
        if self.is_new(path) {
            add_file(path, file, &mut self.loader);
        }
    }

    /// Whether a path was not met before; one that cannot be resolved counts as new, and is told when read.
    fn is_new(&mut self, path: &Path) -> bool {
        fs::canonicalize(path).map_or(true, |real| self.met.insert(real))
    }
}
