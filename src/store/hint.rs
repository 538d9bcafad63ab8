//! The next step for each way in which the progress file fails.

use std::path::Path;

use super::error::StoreError;

/// The hint of a path that will not do.
const ANOTHER_FILE: &str =
    "name another file with `--progress FILE`; `mindrill where` tells where the path comes from";
/// The hint of a file from the future.
const NEWER: &str =
    "nothing was changed; upgrade mindrill, or call the newer one: `which -a mindrill` lists them";

impl StoreError {
    /// The next step for the learner, if there is one to name.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        let at = self.place().display();
        Some(match self {
            Self::ReportsOnly { .. } | Self::Refused { .. } | Self::Sqlite { .. } => return None,
            Self::NotAFile { .. }
            | Self::NoFolder { .. }
            | Self::CannotCreate { .. }
            | Self::NotADatabase { .. }
            | Self::Foreign { .. } => ANOTHER_FILE.to_owned(),
            Self::IsFolder { .. } => format!("name a file in it: `--progress '{at}/progress.db'`"),
            Self::DanglingLink { .. } => {
                format!("is a disk not mounted? make `{at}` reachable, or remove the link")
            }
            Self::Empty { .. } => {
                format!("restore it from a copy, or remove it to start afresh: `rm '{at}'`")
            }
            Self::Newer { .. } => NEWER.to_owned(),
            Self::Truncated { .. } | Self::Corrupt { .. } => salvage(self.place()),
            Self::BadRow { .. } => "run `mindrill doctor` to see what is wrong with the file".to_owned(),
            Self::ReadOnly { .. } | Self::Io { .. } | Self::CannotOpen { .. } => {
                format!("see what it is and who owns it: `ls -ld '{at}'`; {ANOTHER_FILE}")
            }
            Self::Full { .. } => format!("free some space (`df -h '{at}'` tells how much), then try again"),
            Self::Busy { .. } => "end the other program that uses the file, then try again".to_owned(),
            Self::NoLocks { .. } => format!("keep progress on a local disk: {ANOTHER_FILE}"),
            Self::Device { .. } => format!("stop, see to the disk, and copy `{at}` to a safe place"),
            Self::Replaced { .. } => {
                format!("was `{at}` synchronised or restored? start again to go on with it")
            }
            Self::NoBackup { .. } => {
                format!(
                    "nothing was changed; free space at `{at}`, or make its folder writable, then try again"
                )
            }
        })
    }

    /// What the learner should look at.
    fn place(&self) -> &Path {
        match self {
            Self::DanglingLink { target: place, .. }
            | Self::NoFolder { folder: place, .. }
            | Self::ReadOnly { place, .. }
            | Self::NoBackup { backup: place, .. }
            | Self::IsFolder { path: place }
            | Self::NotAFile { path: place }
            | Self::CannotCreate { path: place, .. }
            | Self::Empty { path: place }
            | Self::NotADatabase { path: place }
            | Self::Foreign { path: place, .. }
            | Self::Newer { path: place, .. }
            | Self::Truncated { path: place, .. }
            | Self::Corrupt { path: place, .. }
            | Self::BadRow { path: place, .. }
            | Self::ReportsOnly { path: place }
            | Self::Full { path: place, .. }
            | Self::Busy { path: place, .. }
            | Self::NoLocks { path: place, .. }
            | Self::Device { path: place, .. }
            | Self::Io { path: place, .. }
            | Self::CannotOpen { path: place, .. }
            | Self::Replaced { path: place }
            | Self::Refused { path: place, .. }
            | Self::Sqlite { path: place, .. } => place,
        }
    }
}

/// How to save what is left of a damaged file.
fn salvage(path: &Path) -> String {
    let at = path.display();
    let recover = format!("`sqlite3 '{at}' .recover | sqlite3 '{at}.recovered'`");
    format!("keep the file; restore a copy, or save what is left: {recover}")
}
