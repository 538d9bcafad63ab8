//! The learner's end of a sitting: shows painted text, asks one question at a time, and hears one reply.
//!
//! [`Tty`] serves a real terminal (dialoguer's menus and single keys), [`Lines`] anything that is read and written by
//! lines: pipes, screen readers, tests. Nothing here knows cards, grades' meaning or files; texts come in painted or
//! cleaned.

mod find;
mod guard;
mod keys;
mod line;
mod lines;
mod menu;
mod narrow;
mod open;
mod pick;
mod progress;
mod reply;
mod signals;
mod tty;
mod words;

use std::io::{self, BufRead};
use std::process::{self, ExitStatus};

use nix::errno::Errno;

pub use line::{InputLine, MAX_LINE, read_line};
pub use lines::Lines;
pub use open::{Use, are_terminals, complain, error_width, open};
pub use progress::Bar;
pub use tty::{Colours, Tty};

/// What is asked. Texts are cleaned, one line each; items are numbered from 1 for the learner, from 0 in [`Heard`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask<'a> {
    /// Exactly one of these.
    Choose(&'a [String]),
    /// One of these, which are many: found by a part of its text.
    Find(&'a [String]),
    /// One or more of these.
    ChooseSeveral(&'a [String]),
    /// All of these, in the right order.
    Arrange(&'a [String]),
    /// One line of text; it may be empty.
    Type,
    /// Whether the statement shown is true.
    TrueFalse,
    /// The learner thinks of the answer, then asks to see it.
    Reveal,
    /// How well it was known: again, hard, good, easy, with the interval each would give.
    Grade(&'a [String; 4]),
    /// Any of these points, or none.
    Tick(&'a [String]),
    /// The verdict was shown: on, or a word about how it went. Not asked where replies come by lines.
    Next,
    /// How sure the reply was that the learner gave, or the answer in mind; nothing need be said.
    Confidence,
    /// One line of text about the card; it may be empty.
    Note,
    /// Exactly one of these, outside a sitting: Esc leaves, and there is no card to command.
    Pick(&'a [String]),
    /// One line of text under this label, outside a sitting; it may be empty, and Esc leaves.
    Line(&'a str),
    /// Yes or no.
    Confirm,
}

impl<'a> Ask<'a> {
    /// The items to pick from, none for other questions.
    #[must_use]
    pub fn items(&self) -> &'a [String] {
        match *self {
            Self::Choose(items)
            | Self::Find(items)
            | Self::ChooseSeveral(items)
            | Self::Arrange(items)
            | Self::Tick(items)
            | Self::Pick(items) => items,
            Self::Type
            | Self::TrueFalse
            | Self::Reveal
            | Self::Grade(_)
            | Self::Next
            | Self::Confidence
            | Self::Note
            | Self::Line(_)
            | Self::Confirm => &[],
        }
    }

    /// Whether it is asked outside a sitting, where there is no card to command.
    fn is_outside(&self) -> bool {
        matches!(self, Self::Pick(_) | Self::Line(_) | Self::Confirm)
    }

    /// Whether it picks from items and there is none: the answer is known without asking.
    fn is_void(&self) -> bool {
        let picks = !matches!(
            self,
            Self::Type
                | Self::TrueFalse
                | Self::Reveal
                | Self::Grade(_)
                | Self::Next
                | Self::Confidence
                | Self::Note
                | Self::Line(_)
                | Self::Confirm
        );
        picks && self.items().is_empty()
    }
}

/// What the learner replied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// Items by their index: ascending, or in the order given for [`Ask::Arrange`].
    Picked(Vec<usize>),
    /// A line of text, as typed.
    Typed(String),
    /// Yes, true; or no, false.
    Truth(bool),
    /// The answer may be shown.
    Revealed,
    /// 1 again, 2 hard, 3 good, 4 easy.
    Graded(u8),
    /// It was guessed.
    Guessed,
    /// Sure, true; or not, false.
    Sure(bool),
    /// On to the next question.
    Next,
    /// Something else than an answer.
    Command(Command),
    /// The learner leaves: `q`, Ctrl-D, end of input, a closed terminal. A normal end.
    Left,
}

/// What a learner can ask for instead of answering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Take the last answer back.
    Undo,
    /// Not this card today.
    Skip,
    /// The card is faulty, with a note where one was given.
    Flag(Option<String>),
    /// Open the card in the editor.
    Edit,
    /// Show the hint.
    Hint,
}

/// Why a question could not be asked or a text not be shown.
#[derive(Debug, thiserror::Error)]
pub enum TerminalError {
    /// Ctrl-C. The terminal is restored; the program ends with status 130.
    #[error("interrupted")]
    Interrupted,
    /// Nobody reads the output any more: a closed pipe or terminal. A quiet end.
    #[error("the output is closed")]
    Gone,
    /// There is no terminal to hand to another program.
    #[error("this needs a terminal")]
    NotATerminal,
    /// Any other failure of reading or writing.
    #[error("the terminal failed")]
    Io(#[source] io::Error),
}

impl From<io::Error> for TerminalError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::Gone,
            io::ErrorKind::Interrupted => Self::Interrupted,
            _ if is_hangup(&error) => Self::Gone,
            _ => Self::Io(error),
        }
    }
}

/// Whether the terminal at the other end was closed.
///
/// A read or write says EIO. `console` then no longer takes the input for a terminal and opens `/dev/tty`, which
/// says ENXIO where that is gone as well.
fn is_hangup(error: &io::Error) -> bool {
    error.raw_os_error().is_some_and(|code| code == Errno::EIO as i32 || code == Errno::ENXIO as i32)
}

/// The learner's end.
pub trait Terminal {
    /// Columns of a row, 1.. .
    fn width(&self) -> usize;

    /// Whether a person sits at it, as far as can be told.
    fn is_interactive(&self) -> bool;

    /// Columns of an item that [`Terminal::ask`] shows in full; a longer one is cut, so it has to be shown before.
    fn label_columns(&self) -> usize;

    /// Shows a painted text.
    ///
    /// # Errors
    /// [`TerminalError::Gone`] or [`TerminalError::Io`].
    fn show(&mut self, painted: &str) -> Result<(), TerminalError>;

    /// Asks until a reply fits; says what does not fit, and explains the keys on `?`.
    ///
    /// # Errors
    /// [`TerminalError::Interrupted`] on Ctrl-C; else as for [`Terminal::show`].
    fn ask(&mut self, ask: &Ask<'_>) -> Result<Heard, TerminalError>;

    /// One line of input as it is, for programs; `None` at the end of input. A line that is too long is an error.
    ///
    /// # Errors
    /// As for [`Terminal::ask`].
    fn line(&mut self) -> Result<Option<String>, TerminalError>;

    /// The input as it is, for programs, from the next byte on.
    fn input(&mut self) -> Box<dyn BufRead + '_>;

    /// Hands the terminal to another program until it ends.
    ///
    /// # Errors
    /// [`TerminalError::NotATerminal`] where there is none; [`TerminalError::Io`] where the program does not start.
    fn run(&mut self, program: &mut process::Command) -> Result<ExitStatus, TerminalError>;
}

#[cfg(test)]
mod tests {
    use super::{Errno, TerminalError, io};

    #[test]
    fn a_terminal_that_has_gone_is_a_quiet_end_however_it_is_told() {
        for code in [Errno::EIO, Errno::ENXIO, Errno::EPIPE] {
            let error = io::Error::from_raw_os_error(code as i32);
            assert!(matches!(TerminalError::from(error), TerminalError::Gone), "{code}");
        }
        let full = io::Error::from_raw_os_error(Errno::ENOSPC as i32);
        assert!(matches!(TerminalError::from(full), TerminalError::Io(_)));
    }
}
