//! Opening a file of the collection in the learner's editor, at a line.

use std::path::Path;
use std::process::Command;

use super::library::Library;
use super::{CommandError, Context};
use crate::domain::card::CardId;

/// The editor where neither `VISUAL` nor `EDITOR` is set.
const FALLBACK: &str = "vi";

/// Opens a card's file at its line and waits until the editor ends.
///
/// # Errors
/// The embedded collection has no file; the editor is not there or fails.
pub(super) fn open(context: &mut Context<'_>, library: &Library, card: &CardId) -> Result<(), CommandError> {
    let header = library.collection.header(card).ok_or(CommandError::Embedded { verb: "edit" })?;
    let path = library.path(header).ok_or(CommandError::Embedded { verb: "edit" })?;
    open_at(context, &path, header.place.line)
}

/// Opens a file at a line (from 1) and waits until the editor ends.
///
/// The command is split as a shell splits words, and run without a shell.
///
/// # Errors
/// The editor is not there or fails.
pub(super) fn open_at(context: &mut Context<'_>, path: &Path, line: usize) -> Result<(), CommandError> {
    let editor = context.environment.editor.clone().unwrap_or_else(|| FALLBACK.to_owned());
    let failed = |what: &str| CommandError::Editor { editor: editor.clone(), what: what.to_owned() };
    let words = shell_words::split(&editor).map_err(|_| failed("is no command line: a quote is open"))?;
    let (program, options) = words.split_first().ok_or_else(|| failed("is an empty command"))?;
    let mut command = Command::new(program);
    command.args(options).arg(format!("+{line}")).arg(path);
    let status =
        context.terminal.run(&mut command).map_err(|error| failed(&format!("cannot be run: {error}")))?;
    if status.success() { Ok(()) } else { Err(failed(&format!("ended with {status}"))) }
}
