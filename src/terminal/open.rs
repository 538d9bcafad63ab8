//! The learner's end for this process: a real terminal for a sitting, lines for everything else.

use std::io::{self, IsTerminal, Write};

use console::Term;

use super::{Colours, Lines, Terminal, TerminalError, Tty};

/// Columns of a page where the output is no terminal.
const PIPE_WIDTH: usize = 80;

/// What is to be done with the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// To ask and answer: it is taken over, where there is one.
    Sitting,
    /// To print, or to speak with a program.
    Printing,
}

/// Whether standard output and standard error are terminals.
#[must_use]
pub fn are_terminals() -> (bool, bool) {
    (io::stdout().is_terminal(), io::stderr().is_terminal())
}

/// Opens standard input and output.
///
/// # Errors
/// The terminal is there and cannot be taken over.
pub fn open(how: Use, colours: Colours) -> Result<Box<dyn Terminal>, TerminalError> {
    let is_terminal = io::stdin().is_terminal() && io::stdout().is_terminal();
    if how == Use::Sitting && is_terminal {
        return Ok(Box::new(Tty::open(colours)?));
    }
    let width = match are_terminals() {
        (true, _) => usize::from(Term::stdout().size().1),
        (false, _) => PIPE_WIDTH,
    };
    Ok(Box::new(Lines::new(io::stdin().lock(), io::stdout(), width)))
}

/// Columns of standard error, 80 where it is no terminal.
#[must_use]
pub fn error_width() -> usize {
    match are_terminals() {
        (_, true) => usize::from(Term::stderr().size().1).max(1),
        (_, false) => PIPE_WIDTH,
    }
}

/// Says what went wrong on standard error; where that is closed too, there is nobody to tell.
pub fn complain(painted: &str) {
    let _ = io::stderr().write_all(painted.as_bytes());
}
