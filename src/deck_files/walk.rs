//! Which files of a folder are decks: `*.toml` below it, within limits, in the order of their paths.
//!
//! Names that start with a dot are passed over. A link is followed only where it leads to something
//! inside the folder that is not there already. It does not know what the files hold.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::{self, FileType};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::file::{FileError, start_of};
use super::own_settings::FILE_NAME;
use crate::domain::problem::{Level, Problem};

/// Most decks in a collection: ten times the largest known one, and read in seconds.
const MOST_FILES: usize = 10_000;
/// Most folders below each other; more is a mistake or a mount that holds itself.
const MOST_FOLDERS_DEEP: usize = 32;
/// Most names that are looked at, decks or not: a folder of photographs is no collection.
const MOST_NAMES: usize = 200_000;

/// What a folder holds.
#[derive(Default)]
pub(super) struct Found {
    /// Paths of decks, below the folder, in order.
    pub files: Vec<PathBuf>,
    /// What could not be looked at, and what was passed over.
    pub problems: Vec<Problem>,
}

/// Finds the decks of a folder.
pub(super) fn decks_below(root: &Path) -> Found {
    let real = match fs::canonicalize(root) {
        Ok(real) => real,
        Err(source) => {
            let file = shown(root, Path::new(""));
            let problems = vec![FileError::Unreadable { file, source }.problem()];
            return Found { files: Vec::new(), problems };
        }
    };
    let mut walk = Walk {
        root,
        real,
        folders: vec![PathBuf::new()],
        links: BTreeSet::new(),
        seen: None,
        names: 0,
        found: Found::default(),
    };
    walk.run();
    walk.found.files.sort();
    walk.found
}

/// How a path below a folder is shown; the folder comes as the learner gave it.
pub(super) fn shown(root: &Path, below: &Path) -> Arc<str> {
    let whole = if below.as_os_str().is_empty() { root.to_path_buf() } else { root.join(below) };
    Arc::from(whole.to_string_lossy())
}

/// The path that is shown as `file` below `root`.
pub(super) fn path_of(root: &Path, file: &str) -> Option<PathBuf> {
    let below = file.strip_prefix(&*root.to_string_lossy())?;
    Some(root.join(below.trim_start_matches('/')))
}

struct Walk<'r> {
    root: &'r Path,
    /// The folder without links in its path: what a link may not leave.
    real: PathBuf,
    /// Folders still to be opened.
    folders: Vec<PathBuf>,
    /// Links, followed when all else has been seen.
    links: BTreeSet<PathBuf>,
    /// Device and inode of what was seen; kept only once links are followed.
    seen: Option<BTreeSet<(u64, u64)>>,
    names: usize,
    found: Found,
}

impl Walk<'_> {
    fn run(&mut self) {
        let mut opened = Vec::new();
        loop {
            while let Some(folder) = self.folders.pop() {
                if self.is_full() {
                    return;
                }
                if self.is_first_time(&folder) {
                    self.open(&folder);
                    opened.push(folder);
                }
            }
            let Some(link) = self.links.pop_first() else {
                self.is_full();
                return;
            };
            if self.seen.is_none() {
                let all = opened.iter().chain(&self.found.files);
                self.seen = Some(all.filter_map(|path| identity(&self.root.join(path))).collect());
            }
            self.follow(link);
        }
    }

    /// Whether the limits are reached, which is told once.
    fn is_full(&mut self) -> bool {
        let (rule, message) = if self.found.files.len() > MOST_FILES {
            self.found.files.truncate(MOST_FILES);
            ("too-many-files", format!("more than {MOST_FILES} decks in a collection"))
        } else if self.names > MOST_NAMES {
            ("too-many-files", format!("more than {MOST_NAMES} files and folders in a collection"))
        } else {
            return false;
        };
        self.tell(
            Path::new(""),
            (rule, Level::Error),
            message,
            "give the folder of a collection; the rest is left out",
        );
        true
    }

    fn is_first_time(&mut self, path: &Path) -> bool {
        let Some(seen) = &mut self.seen else { return true };
        identity(&self.root.join(path)).is_none_or(|identity| seen.insert(identity))
    }

    fn open(&mut self, folder: &Path) {
        let entries = match fs::read_dir(self.root.join(folder)) {
            Ok(entries) => entries,
            Err(error) => return self.unreadable(folder, error),
        };
        for entry in entries {
            self.names += 1;
            if self.names > MOST_NAMES || self.found.files.len() > MOST_FILES {
                // Come back once more, so that the limit is told.
                return self.folders.push(PathBuf::new());
            }
            match entry.and_then(|entry| Ok((entry.file_name(), entry.file_type()?))) {
                Ok((name, kind)) => self.sort_out(folder.join(name), kind),
                Err(error) => self.unreadable(folder, error),
            }
        }
    }

    fn sort_out(&mut self, path: PathBuf, kind: FileType) {
        let name = path.file_name().unwrap_or_default();
        if name.as_encoded_bytes().starts_with(b".") {
            return;
        }
        if kind.is_symlink() {
            self.links.insert(path);
        } else if kind.is_dir() {
            self.folder(path);
        } else if is_deck_name(&path) {
            self.file(path);
        }
    }

    fn folder(&mut self, path: PathBuf) {
        if path.components().count() > MOST_FOLDERS_DEEP {
            let message = format!("folders more than {MOST_FOLDERS_DEEP} deep");
            return self.tell(&path, ("too-deep", Level::Error), message, "move its decks up");
        }
        self.folders.push(path);
    }

    fn file(&mut self, path: PathBuf) {
        if path.file_name() == Some(OsStr::new(FILE_NAME)) {
            if path.components().count() > 1 {
                let message = format!("`{FILE_NAME}` counts only beside the skill map");
                self.tell(&path, ("stray-settings", Level::Warning), message, "move it there, or remove it");
            }
            return;
        }
        if path.to_str().is_none() {
            let message = "the path of a deck is not UTF-8".to_owned();
            return self.tell(&path, ("not-utf-8", Level::Error), message, "rename the file or its folder");
        }
        if self.is_first_time(&path) {
            self.found.files.push(path);
        }
    }

    fn follow(&mut self, link: PathBuf) {
        let real = match fs::canonicalize(self.root.join(&link)) {
            Ok(real) => real,
            Err(error) => {
                let message = format!("a link that leads nowhere: {error}");
                return self.tell(&link, ("broken-link", Level::Warning), message, "remove it");
            }
        };
        if !real.starts_with(&self.real) {
            let message = "a link that leads out of the collection is not followed".to_owned();
            return self.tell(&link, ("outside-link", Level::Warning), message, "copy what it leads to");
        }
        match fs::metadata(&real).map(|metadata| metadata.is_dir()) {
            Ok(true) => self.folder(link),
            Ok(false) if is_deck_name(&link) => self.file(link),
            Ok(false) => {}
            Err(error) => self.unreadable(&link, error),
        }
    }

    fn unreadable(&mut self, path: &Path, source: io::Error) {
        self.found.problems.push(FileError::Unreadable { file: shown(self.root, path), source }.problem());
    }

    fn tell(&mut self, path: &Path, (rule, level): (&'static str, Level), message: String, hint: &str) {
        let place = start_of(&shown(self.root, path));
        self.found.problems.push(Problem { place, rule, level, message, hint: hint.to_owned() });
    }
}

/// Whether a file of that name is a deck or the settings of a collection.
pub(super) fn is_deck_name(path: &Path) -> bool {
    path.extension() == Some(OsStr::new("toml"))
}

fn identity(path: &Path) -> Option<(u64, u64)> {
    fs::metadata(path).ok().map(|metadata| (metadata.dev(), metadata.ino()))
}
