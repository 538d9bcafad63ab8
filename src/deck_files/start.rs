//! Beginning a collection: the files of a small one, those of the one built in, and how a folder of them is made whole
//! or not at all.
//!
//! It does not know what the files say.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::embedded;
use super::replace::create;

/// What the name of a folder in the making begins with; names with a dot are passed over by every walk.
const IN_THE_MAKING: &str = ".mindrill-init-";

/// A small collection to begin with: paths below its folder, and texts.
const STARTER: [(&str, &str); 3] = [
    ("skill-map.md", include_str!("starter/skill-map.md")),
    ("mindrill.toml", include_str!("starter/mindrill.toml")),
    ("version-control/undoing-changes.toml", include_str!("starter/undoing-changes.toml")),
];

/// The files of a small collection to begin with: paths below its folder, and texts.
#[must_use]
pub fn starter() -> &'static [(&'static str, &'static str)] {
    &STARTER
}

/// The files of the collection that is built in, as [`starter`].
#[must_use]
pub fn built_in() -> &'static [(&'static str, &'static str)] {
    embedded::files()
}

/// Makes the folder `name` in `parent`, and `parent` where it is not there yet, with these files: in a temporary
/// folder beside it, to disk, and to its name. An empty folder of that name is taken.
///
/// # Errors
/// Whatever the file system says, [`io::ErrorKind::AlreadyExists`] among it where the name is taken; nothing is left
/// then of what was made.
pub fn start(parent: &Path, name: &str, files: &[(&str, &str)]) -> io::Result<()> {
    let made = missing(parent);
    fs::create_dir_all(parent)?;
    let begun = fill(parent, name, files);
    if begun.is_err() {
        // Only empty folders go, the deepest first; on the way out there is nobody to tell.
        for folder in made {
            drop(fs::remove_dir(folder));
        }
    }
    begun
}

/// The folders on the way to a path that are not there, the deepest first.
fn missing(path: &Path) -> Vec<PathBuf> {
    path.ancestors()
        .take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists())
        .map(Path::to_path_buf)
        .collect()
}

fn fill(parent: &Path, name: &str, files: &[(&str, &str)]) -> io::Result<()> {
    let making = tempfile::Builder::new().prefix(IN_THE_MAKING).tempdir_in(parent)?;
    let inside = making.path().join(name);
    fs::create_dir(&inside)?;
    for (path, text) in files {
        create(&inside.join(path), text)?;
    }
    let place = parent.join(name);
    if fs::symlink_metadata(&place).is_ok_and(|found| !found.is_dir()) {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    // Over an empty folder this works, over any other it does not.
    fs::rename(&inside, &place).map_err(|error| match error.kind() {
        io::ErrorKind::DirectoryNotEmpty | io::ErrorKind::NotADirectory => {
            io::ErrorKind::AlreadyExists.into()
        }
        _ => error,
    })?;
    fs::File::open(parent)?.sync_all()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::ErrorKind;

    use super::{start, starter};

    #[test]
    fn a_folder_is_made_with_all_its_files_or_not_at_all() {
        let place = tempfile::tempdir().unwrap();
        let parent = place.path().join("a/b");
        let bad = [("x.toml", "1"), ("x.toml/y.toml", "2")];
        start(&parent, "decks", &bad).unwrap_err();
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0, "nothing is left");
        start(&parent, "decks", starter()).unwrap();
        assert_eq!(fs::read_dir(&parent).unwrap().count(), 1, "nothing is left beside it");
        for (path, text) in starter() {
            assert_eq!(fs::read_to_string(parent.join("decks").join(path)).unwrap(), *text);
        }
    }

    #[test]
    fn what_is_there_stays_and_an_empty_folder_is_taken() {
        let place = tempfile::tempdir().unwrap();
        let decks = place.path().join("decks");
        fs::create_dir(&decks).unwrap();
        start(place.path(), "decks", starter()).unwrap();
        assert_eq!(start(place.path(), "decks", &[]).unwrap_err().kind(), ErrorKind::AlreadyExists);
        assert!(decks.join("skill-map.md").is_file());
        fs::write(place.path().join("file"), "mine").unwrap();
        assert_eq!(start(place.path(), "file", &[]).unwrap_err().kind(), ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(place.path().join("file")).unwrap(), "mine");
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 2);
    }
}
