//! The hook that looks over the cards of a commit before it is made.

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::refusal::Refusal;
use super::{CommandError, repository};
use crate::deck_files;

/// The name of the hook that git runs before a commit.
const NAME: &str = "pre-commit";

/// A hook to be written, or one that is there already.
pub(super) struct Hook {
    /// The hook's file.
    pub(super) path: PathBuf,
    text: String,
    is_there: bool,
}

impl Hook {
    /// What is to be written for a collection in `folder`, which need not be there yet; nothing is written.
    pub(super) fn plan(folder: &Path) -> Result<Self, CommandError> {
        let folder = std::path::absolute(folder)?;
        let near = folder.ancestors().find(|path| path.is_dir()).unwrap_or(&folder);
        let top = repository::top(near)?;
        let near = near.canonicalize()?;
        let rest = folder.strip_prefix(folder.ancestors().find(|path| path.is_dir()).unwrap_or(&folder));
        let whole = near.join(rest.unwrap_or(Path::new("")));
        let command = command(whole.strip_prefix(&top).unwrap_or(&whole));
        let path = repository::hooks(&top)?.join(NAME);
        let text =
            format!("#!/bin/sh\n# Looks over the cards that this commit touches.\nset -e\n{command}\n");
        let is_there = match fs::read_to_string(&path) {
            Ok(found) if found.lines().any(|line| line.trim() == command) => true,
            Err(error) if error.kind() == io::ErrorKind::NotFound && fs::symlink_metadata(&path).is_err() => {
                false
            }
            Ok(_) | Err(_) => return Err(Refusal::ForeignHook { path, line: command }.into()),
        };
        Ok(Self { path, text, is_there })
    }

    /// Writes it, to be run; a hook that does the same stays as it is. Whether it was written.
    pub(super) fn install(&self) -> Result<bool, CommandError> {
        if self.is_there {
            return Ok(false);
        }
        let unwritable = |source| CommandError::Unwritable { path: self.path.clone(), source };
        deck_files::create(&self.path, &self.text).map_err(unwritable)?;
        let mode = fs::metadata(&self.path).map_err(unwritable)?.permissions().mode();
        // Whoever may read it may run it.
        let runnable = mode | ((mode & 0o444) >> 2);
        fs::set_permissions(&self.path, Permissions::from_mode(runnable)).map_err(unwritable)?;
        Ok(true)
    }
}

/// The command line for a collection at that path below the work tree's folder, where hooks are run.
fn command(below: &Path) -> String {
    if below.as_os_str().is_empty() {
        return "mindrill check --changed".to_owned();
    }
    let folder = below.to_string_lossy();
    format!("mindrill --collection {} check --changed", shell_words::quote(&folder))
}
