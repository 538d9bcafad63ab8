//! What the program `git` says of a folder. Nothing is written through it, and no hook of the repository runs.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::refusal::Refusal;

/// The folder of the work tree in which a folder lies, without links.
pub(super) fn top(folder: &Path) -> Result<PathBuf, Refusal> {
    match git(folder, &["rev-parse", "--show-toplevel"])? {
        Ok(path) => Ok(PathBuf::from(line(&path))),
        Err(_) => Err(Refusal::NoWorkTree(folder.to_path_buf())),
    }
}

/// The folder of a work tree's hooks: `core.hooksPath` where it is set, else the repository's own, which linked work
/// trees share.
pub(super) fn hooks(top: &Path) -> Result<PathBuf, Refusal> {
    match git(top, &["rev-parse", "--git-path", "hooks"])? {
        Ok(path) => Ok(top.join(line(&path))),
        Err(said) => Err(Refusal::Git(format!("does not say where its hooks are: {said}"))),
    }
}

/// The text of a file of a work tree as it was at a revision, not longer than what is read of a file now.
pub(super) fn text_at(top: &Path, revision: &str, path: &Path) -> Result<String, Refusal> {
    let named = git(
        top,
        &["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{revision}^{{commit}}")],
    )?;
    let Ok(commit) = named else {
        return Err(Refusal::Revision(format!("knows no revision `{revision}`")));
    };
    let object = format!("{}:{}", line(&commit), path.display());
    let text = git(top, &["cat-file", "blob", &object])?;
    text.map_err(|_| Refusal::Revision(format!("has no `{}` at `{revision}`", path.display())))
}

/// Runs git in a folder. As a hook, the program is told of a repository and an index by variables that hold for
/// another folder; the folder itself says which they are.
pub(super) fn run(folder: &Path, words: &[&str]) -> io::Result<Output> {
    let mut command = Command::new("git");
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
        command.env_remove(variable);
    }
    command.env("GIT_OPTIONAL_LOCKS", "0").stdin(Stdio::null()).arg("-C").arg(folder);
    command.args(["-c", "core.quotePath=false", "-c", "core.fsmonitor=false"]).args(words).output()
}

/// Runs git in a folder; the inner error is what it says where it fails.
fn git(folder: &Path, words: &[&str]) -> Result<Result<String, String>, Refusal> {
    let output = run(folder, words).map_err(|error| Refusal::Git(format!("cannot be run: {error}")))?;
    Ok(if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).trim().to_owned())
    })
}

/// What git said, without the line end.
fn line(said: &str) -> &str {
    said.strip_suffix('\n').unwrap_or(said)
}
