//! Writing a file, whole or not at all: a new one, or over one that is there.
//!
//! It does not know what the text says.

use std::fs::{self, File, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// The mark with which some editors begin a UTF-8 file.
const BYTE_ORDER_MARK: &str = "\u{feff}";
/// The mode of a new file before the process's mask: decks are to be shared.
const NEW_FILE: u32 = 0o666;

/// Writes `text` to a file that is there: into a temporary file beside it, to disk, and over it. Links are
/// followed; permissions and a byte order mark are kept.
///
/// # Errors
/// Whatever the file system says; the file is then as it was.
pub fn replace(path: &Path, text: &str) -> io::Result<()> {
    let path = fs::canonicalize(path)?;
    let folder = path.parent().map_or_else(|| PathBuf::from("/"), Path::to_path_buf);
    let before = fs::read(&path)?;
    let mut file = NamedTempFile::new_in(&folder)?;
    if before.starts_with(BYTE_ORDER_MARK.as_bytes()) {
        file.write_all(BYTE_ORDER_MARK.as_bytes())?;
    }
    file.write_all(text.as_bytes())?;
    file.as_file().set_permissions(fs::metadata(&path)?.permissions())?;
    file.as_file().sync_all()?;
    file.persist(&path).map_err(|error| error.error)?;
    File::open(&folder)?.sync_all()
}

/// Writes a file that is not there yet, and the folders it lies in: into a temporary file beside it, to disk, and to
/// its name.
///
/// # Errors
/// [`io::ErrorKind::AlreadyExists`] where something has that name: it keeps every byte. Else whatever the file system
/// says; there is then no such file.
pub fn create(path: &Path, text: &str) -> io::Result<()> {
    let path = std::path::absolute(path)?;
    let folder = path.parent().map_or_else(|| PathBuf::from("/"), Path::to_path_buf);
    fs::create_dir_all(&folder)?;
    let mut file =
        tempfile::Builder::new().permissions(Permissions::from_mode(NEW_FILE)).tempfile_in(&folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist_noclobber(&path).map_err(|error| error.error)?;
    File::open(&folder)?.sync_all()
}

/// Writes several files as [`create`] does; where one fails, those before it are removed again.
///
/// # Errors
/// As [`create`], with the path that failed.
pub fn create_all(files: &[(PathBuf, String)]) -> Result<(), (PathBuf, io::Error)> {
    for (place, (path, text)) in files.iter().enumerate() {
        if let Err(error) = create(path, text) {
            for (path, _) in files.iter().take(place) {
                // Best effort: the first failure is what is told.
                drop(fs::remove_file(path));
            }
            return Err((path.clone(), error));
        }
    }
    Ok(())
}

/// A file that is there, its text before, and the text to be.
pub type Change = (PathBuf, String, String);

/// Replaces several files as [`replace`] does; where one fails, those before it get their old texts back. A byte order
/// mark is no part of a text.
///
/// # Errors
/// As [`replace`], with the path that failed; [`io::ErrorKind::ResourceBusy`] where a text is not what it was thought to
/// be: nothing was replaced then.
pub fn replace_all(changes: &[Change]) -> Result<(), (PathBuf, io::Error)> {
    for (path, before, _) in changes {
        let now = fs::read_to_string(path).map_err(|error| (path.clone(), error))?;
        if now.trim_start_matches(BYTE_ORDER_MARK) != before {
            let busy = io::Error::new(io::ErrorKind::ResourceBusy, "it was changed meanwhile");
            return Err((path.clone(), busy));
        }
    }
    for (place, (path, _, after)) in changes.iter().enumerate() {
        if let Err(error) = replace(path, after) {
            for (path, before, _) in changes.iter().take(place) {
                // Best effort: the first failure is what is told.
                drop(replace(path, before));
            }
            return Err((path.clone(), error));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{create, create_all, replace, replace_all};
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_file_is_replaced_with_its_mode_and_mark() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("map.md");
        fs::write(&path, "\u{feff}old").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        replace(&path, "new").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "\u{feff}new");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn a_file_is_created_with_its_folders_and_never_over_another() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b/deck.toml");
        create(&path, "new").unwrap();
        let again = create(&path, "other").unwrap_err();
        assert_eq!(again.kind(), std::io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn of_several_files_all_are_created_or_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("taken"), "mine").unwrap();
        let files = [(path("new"), "1".to_owned()), (path("taken"), "2".to_owned())];
        assert_eq!(create_all(&files).unwrap_err().0, path("taken"));
        assert!(!path("new").exists());
        assert_eq!(fs::read_to_string(path("taken")).unwrap(), "mine");
        create_all(&files[..1]).unwrap();
        assert_eq!(fs::read_to_string(path("new")).unwrap(), "1");
    }

    #[test]
    fn of_several_files_all_are_replaced_or_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let change =
            |name: &str, before: &str, after: &str| (path(name), before.to_owned(), after.to_owned());
        fs::write(path("a"), "\u{feff}1").unwrap();
        fs::write(path("b"), "2").unwrap();
        let error = replace_all(&[change("a", "1", "x"), change("b", "other", "y")]).unwrap_err();
        assert_eq!(error.0, path("b"));
        assert_eq!(fs::read_to_string(path("a")).unwrap(), "\u{feff}1");
        replace_all(&[change("a", "1", "x"), change("b", "2", "y")]).unwrap();
        assert_eq!(fs::read_to_string(path("a")).unwrap(), "\u{feff}x");
        assert_eq!(fs::read_to_string(path("b")).unwrap(), "y");
    }

    #[test]
    fn a_missing_file_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        assert!(replace(&folder.path().join("none"), "x").is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
