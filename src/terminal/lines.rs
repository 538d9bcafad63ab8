//! A learner who is read and written by lines: a pipe, a screen reader, a test.
//!
//! No cursor movement, no colour of its own; one reply a line.

use std::io::{self, BufRead, Write};
use std::process::{self, ExitStatus};

use super::line::{InputLine, MAX_LINE, read_line};
use super::reply::{Meaning, meaning};
use super::{Ask, Heard, Terminal, TerminalError, words};

/// A terminal made of a reader and a writer.
#[derive(Debug)]
pub struct Lines<R, W> {
    input: R,
    output: W,
    width: usize,
}

impl<R: BufRead, W: Write> Lines<R, W> {
    /// Reads replies from `input`, writes to `output`, and has `width` columns (1..) for painted text.
    pub fn new(input: R, output: W, width: usize) -> Self {
        Self { input, output, width: width.max(1) }
    }

    /// Gives the writer back; for tests.
    pub fn into_output(self) -> W {
        self.output
    }

    fn write(&mut self, text: &str) -> Result<(), TerminalError> {
        self.output.write_all(text.as_bytes())?;
        self.output.flush()?;
        Ok(())
    }

    /// The items and what is awaited.
    fn pose(&mut self, ask: &Ask<'_>) -> Result<(), TerminalError> {
        for (place, item) in ask.items().iter().enumerate() {
            writeln!(self.output, "  {}. {item}", place + 1)?;
        }
        self.write(&(words::prompt(ask) + "\n"))
    }

    /// Asks once more for each line that does not fit.
    fn hear(&mut self, ask: &Ask<'_>) -> Result<Heard, TerminalError> {
        loop {
            let meant = match read_line(&mut self.input)? {
                InputLine::End => return Ok(Heard::Left),
                InputLine::TooLong => Meaning::Unfit(format!("a reply has at most {MAX_LINE} bytes")),
                InputLine::Text(line) => meaning(ask, &line),
            };
            match meant {
                Meaning::Heard(heard) => return Ok(heard),
                Meaning::Keys => self.write(&words::keys(ask))?,
                Meaning::Unfit(why) => self.write(&(why + "\n"))?,
            }
        }
    }

    /// Asks, even for what is not asked on a pipe.
    pub(super) fn insist(&mut self, ask: &Ask<'_>) -> Result<Heard, TerminalError> {
        if ask.is_void() {
            return Ok(Heard::Picked(Vec::new()));
        }
        self.pose(ask)?;
        self.hear(ask)
    }
}

impl<R: BufRead, W: Write> Terminal for Lines<R, W> {
    fn width(&self) -> usize {
        self.width
    }

    fn is_interactive(&self) -> bool {
        false
    }

    fn label_columns(&self) -> usize {
        usize::MAX
    }

    fn show(&mut self, painted: &str) -> Result<(), TerminalError> {
        self.write(painted)
    }

    fn ask(&mut self, ask: &Ask<'_>) -> Result<Heard, TerminalError> {
        match ask {
            Ask::Next => Ok(Heard::Next),
            _ => self.insist(ask),
        }
    }

    fn line(&mut self) -> Result<Option<String>, TerminalError> {
        match read_line(&mut self.input)? {
            InputLine::Text(text) => Ok(Some(text)),
            InputLine::End => Ok(None),
            InputLine::TooLong => {
                let message = format!("a line has more than {MAX_LINE} bytes");
                Err(TerminalError::Io(io::Error::new(io::ErrorKind::InvalidData, message)))
            }
        }
    }

    fn input(&mut self) -> Box<dyn BufRead + '_> {
        Box::new(&mut self.input)
    }

    fn run(&mut self, _program: &mut process::Command) -> Result<ExitStatus, TerminalError> {
        Err(TerminalError::NotATerminal)
    }
}
