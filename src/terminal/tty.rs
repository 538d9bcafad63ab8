//! A real terminal: single keys where one key answers, dialoguer's menus and input line where it takes more.
//!
//! A window too small for dialoguer (it panics there) and `TERM=dumb` get the questions by lines.

use std::io::{self, BufRead, IsTerminal, Write};
use std::process::{self, ExitStatus};

use console::{Key, Term, style, truncate_str};

use super::guard::{self, Guard};
use super::keys::{Press, press};
use super::reply::{Meaning, meaning};
use super::{Ask, Heard, Lines, Terminal, TerminalError, menu, signals, words};

/// Columns and rows below which questions are asked by lines: dialoguer panics below three rows and at one column.
const MIN_COLUMNS: u16 = 20;
/// See [`MIN_COLUMNS`].
const MIN_ROWS: u16 = 6;
/// Rows below which a list that is narrowed is asked by lines: it needs one for what is typed, one item, and the keys.
const MIN_ROWS_TO_FIND: u16 = 4;

/// Whether the terminal shows colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colours {
    /// It does.
    On,
    /// It does not, or shall not.
    Off,
}

/// The terminal on standard input and output.
#[derive(Debug)]
pub struct Tty {
    /// Where menus are drawn.
    pub(super) term: Term,
    /// Gives the terminal back in the end.
    _guard: Guard,
}

/// How far a question has come.
pub(super) enum Step {
    /// It is answered.
    Heard(Heard),
    /// It is to be asked again.
    Again,
    /// It is to be asked by lines: the window has become too small.
    ByLines,
}

impl Tty {
    /// Takes the terminal. From here on its settings are restored on every way out, and SIGINT, SIGTERM, SIGHUP and
    /// SIGQUIT end the program with 128 and their number. To be called before any other thread is started.
    ///
    /// # Errors
    /// [`TerminalError::NotATerminal`] unless standard input and output both are one.
    pub fn open(colours: Colours) -> Result<Self, TerminalError> {
        if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
            return Err(TerminalError::NotATerminal);
        }
        console::set_colors_enabled(colours == Colours::On);
        console::set_colors_enabled_stderr(colours == Colours::On);
        let guard = Guard::new()?;
        signals::watch()?;
        Ok(Self { term: Term::stdout(), _guard: guard })
    }

    /// Whether there is no room for a menu, or the terminal cannot draw one.
    fn is_cramped(&self, ask: &Ask<'_>) -> bool {
        let (rows, columns) = self.term.size();
        let least = if matches!(ask, Ask::Find(_)) { MIN_ROWS_TO_FIND } else { MIN_ROWS };
        rows < least || columns < MIN_COLUMNS || console::is_dumb()
    }

    fn by_lines(&mut self, ask: &Ask<'_>) -> Result<Heard, TerminalError> {
        guard::restore();
        Lines::new(io::stdin().lock(), self.term.clone(), self.width()).insist(ask)
    }

    fn by_keys(&mut self, ask: &Ask<'_>) -> Result<Step, TerminalError> {
        guard::hold()?;
        match ask {
            Ask::Choose(_) | Ask::ChooseSeveral(_) | Ask::Arrange(_) | Ask::Tick(_) | Ask::Pick(_) => {
                self.pick(ask)
            }
            Ask::Find(_) => self.find(ask),
            Ask::Type | Ask::Note | Ask::Line(_) => self.type_in(ask),
            Ask::TrueFalse | Ask::Reveal | Ask::Grade(_) | Ask::Next | Ask::Confidence | Ask::Confirm => {
                self.one_key(ask)
            }
        }
    }

    pub(super) fn write(&mut self, text: &str) -> Result<(), TerminalError> {
        self.term.write_all(text.as_bytes())?;
        Ok(())
    }

    /// One row of the terminal's own words, cut to the width so that it can be taken away again.
    pub(super) fn write_row(&mut self, text: &str) -> Result<(), TerminalError> {
        let row = truncate_str(text, self.width().saturating_sub(1), "...");
        self.write(&format!("{}\n", style(row).dim()))
    }

    /// What was answered, as a record.
    pub(super) fn echo(&mut self, text: &str) -> Result<(), TerminalError> {
        self.write_row(&format!("> {text}"))
    }

    /// Takes the last rows away; not where the window has changed meanwhile and rows are no longer what they were.
    pub(super) fn erase(&mut self, rows: usize, drawn_at: (u16, u16)) -> Result<(), TerminalError> {
        if self.term.size() == drawn_at {
            self.term.clear_last_lines(rows)?;
        }
        Ok(())
    }

    /// A question that one key answers.
    fn one_key(&mut self, ask: &Ask<'_>) -> Result<Step, TerminalError> {
        let prompt = format!("{} ", style(words::key_prompt(ask, self.width())).dim());
        self.write(&prompt)?;
        loop {
            match press(&self.term)? {
                Press::End => return self.answered("", Heard::Left),
                Press::Resumed => self.write(&prompt)?,
                Press::Key(Key::Escape) => {
                    self.write("\n")?;
                    return self.offer_commands(ask);
                }
                Press::Key(key) => {
                    let Some(word) = word(&key) else { continue };
                    match meaning(ask, &word) {
                        Meaning::Heard(heard) => return self.answered(&word, heard),
                        Meaning::Keys => return self.explain_keys(ask),
                        Meaning::Unfit(_) => {}
                    }
                }
            }
        }
    }

    fn answered(&mut self, word: &str, heard: Heard) -> Result<Step, TerminalError> {
        self.write(&format!("{word}\n"))?;
        Ok(Step::Heard(heard))
    }

    pub(super) fn explain_keys(&mut self, ask: &Ask<'_>) -> Result<Step, TerminalError> {
        self.write(&format!("\n{}", words::keys(ask)))?;
        Ok(Step::Again)
    }

    /// After Esc: one row of what else can be asked for, and one key. Outside a sitting it is the way out.
    pub(super) fn offer_commands(&mut self, ask: &Ask<'_>) -> Result<Step, TerminalError> {
        if ask.is_outside() {
            return Ok(Step::Heard(Heard::Left));
        }
        let size = self.term.size();
        self.write_row(words::commands(self.width()))?;
        let pressed = press(&self.term)?;
        self.erase(1, size)?;
        let Press::Key(Key::Char(c)) = pressed else {
            return Ok(if pressed == Press::End { Step::Heard(Heard::Left) } else { Step::Again });
        };
        match super::reply::command(&c.to_string()) {
            Some(Meaning::Heard(heard)) => Ok(Step::Heard(heard)),
            Some(Meaning::Keys) => self.explain_keys(ask),
            Some(Meaning::Unfit(_)) | None => Ok(Step::Again),
        }
    }
}

/// What a key says, as if it had been typed on a line.
fn word(key: &Key) -> Option<String> {
    match key {
        Key::Enter | Key::Char(' ') => Some(String::new()),
        Key::Char(c) if !c.is_control() => Some(c.to_string()),
        _ => None,
    }
}

impl Terminal for Tty {
    fn width(&self) -> usize {
        usize::from(self.term.size().1).max(1)
    }

    fn is_interactive(&self) -> bool {
        true
    }

    fn label_columns(&self) -> usize {
        self.width().saturating_sub(menu::BEFORE_LABEL)
    }

    fn show(&mut self, painted: &str) -> Result<(), TerminalError> {
        self.write(painted)
    }

    fn ask(&mut self, ask: &Ask<'_>) -> Result<Heard, TerminalError> {
        if ask.is_void() {
            return Ok(Heard::Picked(Vec::new()));
        }
        loop {
            let step = if self.is_cramped(ask) { Ok(Step::ByLines) } else { self.by_keys(ask) };
            match step {
                Ok(Step::Again) => {}
                Ok(Step::Heard(heard)) => return Ok(heard),
                Ok(Step::ByLines) => return self.by_lines(ask),
                Err(error) => {
                    guard::restore();
                    if matches!(error, TerminalError::Interrupted) {
                        // What is said next does not belong beside the prompt.
                        self.write("\n")?;
                    }
                    return Err(error);
                }
            }
        }
    }

    fn line(&mut self) -> Result<Option<String>, TerminalError> {
        guard::restore();
        Lines::new(io::stdin().lock(), self.term.clone(), self.width()).line()
    }

    fn input(&mut self) -> Box<dyn BufRead + '_> {
        guard::restore();
        Box::new(io::stdin().lock())
    }

    fn run(&mut self, program: &mut process::Command) -> Result<ExitStatus, TerminalError> {
        guard::restore();
        Ok(signals::run(program)?)
    }
}
