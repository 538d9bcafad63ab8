//! What has changed in a folder since a revision, by the program `git`: files, and the lines of each.
//!
//! Nothing is written, no hook runs, and no helper that the repository names for showing differences.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::Path;
use std::process::Output;

use crate::commands::{CommandError, repository};

/// How to name a revision, as a hint.
const NAME_ONE: &str = "name a commit, branch or tag that `git log` shows: `mindrill check --changed main`";
/// The revision that the work tree stands on.
const HEAD: &str = "HEAD";
/// What to do without git, as a hint.
const WITHOUT: &str = "`mindrill check` looks at the whole collection";

/// The changed files of a folder, by their paths below it, and the lines of each that changed.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Changes {
    /// The stretches of lines, from 1, as the files are now; where lines are gone, the line before them.
    pub files: BTreeMap<String, Vec<RangeInclusive<usize>>>,
}

/// What has changed below `folder` since `revision`, files that git does not know yet included.
///
/// # Errors
/// There is no git or no repository, or it does not know the revision.
pub(super) fn changes(folder: &Path, revision: &str) -> Result<Changes, CommandError> {
    let commit = commit(folder, revision)?;
    let difference = [
        "diff",
        "--unified=0",
        "--no-color",
        "--no-ext-diff",
        "--no-textconv",
        "--no-renames",
        "--relative",
        "--ignore-submodules",
        "--src-prefix=a/",
        "--dst-prefix=b/",
        &commit,
        "--",
        ".",
    ];
    let mut changes = Changes::default();
    changes.read(&said(folder, &difference)?);
    let unknown = said(folder, &["ls-files", "--others", "--exclude-standard", "-z", "--", "."])?;
    for path in unknown.split('\0').filter(|path| !path.is_empty()) {
        changes.files.insert(path.to_owned(), vec![1..=usize::MAX]);
    }
    Ok(changes)
}

fn commit(folder: &Path, revision: &str) -> Result<String, CommandError> {
    if !git(folder, &["rev-parse", "--is-inside-work-tree"])?.status.success() {
        let what = format!("`{}` lies in no git repository", folder.display());
        return Err(CommandError::Revision { what, hint: WITHOUT });
    }
    let name = format!("{revision}^{{commit}}");
    let output = git(folder, &["rev-parse", "--verify", "--quiet", "--end-of-options", &name])?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned());
    }
    if revision == HEAD && git(folder, &["rev-list", "--all", "--max-count=1"])?.stdout.is_empty() {
        // Before the first commit there was nothing.
        return Ok(said(folder, &["hash-object", "-t", "tree", "--stdin"])?.trim().to_owned());
    }
    Err(CommandError::Revision { what: format!("git knows no revision `{revision}`"), hint: NAME_ONE })
}

fn said(folder: &Path, words: &[&str]) -> Result<String, CommandError> {
    let output = git(folder, words)?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let what = format!("git fails: {}", String::from_utf8_lossy(&output.stderr).trim());
    Err(CommandError::Revision { what, hint: WITHOUT })
}

fn git(folder: &Path, words: &[&str]) -> Result<Output, CommandError> {
    repository::run(folder, words).map_err(|error| {
        let what = format!("the program `git` cannot be run: {error}");
        CommandError::Revision { what, hint: WITHOUT }
    })
}

impl Changes {
    /// Reads a difference without context lines.
    fn read(&mut self, difference: &str) {
        let (mut file, mut skip) = (None, 0_usize);
        for line in difference.lines() {
            if skip > 0 {
                // A line of a file, whatever it looks like; `\ No newline at end of file` is none.
                skip -= usize::from(!line.starts_with('\\'));
            } else if let Some(path) = line.strip_prefix("+++ ") {
                file = unquoted(path).strip_prefix("b/").map(str::to_owned);
                if let Some(file) = &file {
                    self.files.entry(file.clone()).or_default();
                }
            } else if let Some((lines, count)) = hunk(line) {
                skip = count;
                if let Some(file) = &file {
                    self.files.entry(file.clone()).or_default().push(lines);
                }
            }
        }
    }
}

/// The lines that `@@ -a,b +c,d @@` makes anew, and how many lines of the files follow it.
fn hunk(line: &str) -> Option<(RangeInclusive<usize>, usize)> {
    let mut words = line.strip_prefix("@@ ")?.split(' ');
    let (_, gone) = stretch(words.next()?.strip_prefix('-')?)?;
    let (start, new) = stretch(words.next()?.strip_prefix('+')?)?;
    let end = start.saturating_add(new.saturating_sub(1));
    Some((start.max(1)..=end.max(1), gone.saturating_add(new)))
}

/// `12,3` as first line and count; the count is 1 where it is left out.
fn stretch(text: &str) -> Option<(usize, usize)> {
    let (start, count) = text.split_once(',').unwrap_or((text, "1"));
    Some((start.parse().ok()?, count.parse().ok()?))
}

/// A path as git writes it: in quotes where it holds quotes, backslashes or control characters.
fn unquoted(path: &str) -> String {
    // A path with blanks in it is followed by a tab.
    let path = path.strip_suffix('\t').unwrap_or(path);
    match path.strip_prefix('"').and_then(|path| path.strip_suffix('"')) {
        Some(inner) => inner.replace("\\\"", "\"").replace("\\\\", "\\"),
        None => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Changes, unquoted};

    #[test]
    fn a_difference_is_read_by_its_counts_not_by_how_its_lines_look() {
        let text = "diff --git a/x.toml b/x.toml\n--- a/x.toml\n+++ b/x.toml\n@@ -3 +3,2 @@ [deck]\n-a\n+++ b/y.toml\n+@@ -1 +1 @@\n\\ No newline at end of file\n@@ -9,2 +10,0 @@\n-b\n-c\n--- a/gone.toml\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n";
        let mut changes = Changes::default();
        changes.read(text);
        let files: Vec<_> = changes.files.into_iter().collect();
        assert_eq!(files, [("x.toml".to_owned(), vec![3..=4, 10..=10])]);
        assert_eq!(unquoted("\"b/a \\\"x\\\".toml\""), "b/a \"x\".toml");
    }
}
