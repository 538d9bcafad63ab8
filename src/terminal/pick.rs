//! The questions of a real terminal that dialoguer asks: menus, and the input line.
//!
//! dialoguer knows arrows, Space, Enter and Esc. The first key of a choice and of a line is read before it, so that a
//! digit answers at once and the commands work.

use console::Key;
use dialoguer::Input;

use super::guard::surviving;
use super::keys::{Press, is_end, press};
use super::menu::{self, Labels};
use super::reply::{Meaning, command, meaning};
use super::tty::{Step, Tty};
use super::{Ask, Heard, Terminal, TerminalError, words};

/// What the first key of a choice leads to.
enum First {
    /// The item of that index.
    Picked(usize),
    /// The menu, with this item active.
    Open(usize),
    /// A command, or a question about them.
    Said(Meaning),
    /// All that can be asked for.
    More,
    /// Drawing again: the screen has changed meanwhile.
    Redraw,
}

impl Tty {
    /// A question that picks from items.
    pub(super) fn pick(&mut self, ask: &Ask<'_>) -> Result<Step, TerminalError> {
        let labels = Labels::new(ask.items(), self.width());
        let size = self.term.size();
        self.write_row(&words::menu_prompt(ask))?;
        let start = if matches!(ask, Ask::Choose(_) | Ask::Pick(_))
            && labels.len() <= words::MAX_DIGIT.min(fitting(size))
        {
            match self.first_key(&labels)? {
                First::Picked(index) => return self.picked(ask, &labels, vec![index], size),
                First::Open(start) => start,
                First::Said(meaning) => return self.said(ask, meaning),
                First::More => return self.offer_commands(ask),
                First::Redraw => return Ok(Step::Again),
            }
        } else {
            0
        };
        let term = self.term.clone();
        match surviving(|| menu::open(&term, ask, &labels, start)) {
            None => Ok(Step::ByLines),
            Some(Ok(Some(picked))) => self.picked(ask, &labels, picked, size),
            Some(Ok(None)) => {
                self.erase(1, size)?;
                self.offer_commands(ask)
            }
            Some(Err(error)) => ended(error),
        }
    }

    /// Draws the menu as dialoguer will, and waits for the key that picks or opens it.
    fn first_key(&mut self, labels: &Labels) -> Result<First, TerminalError> {
        let size = self.term.size();
        for index in 0..labels.len() {
            self.write(&format!("  {}\n", labels.get(index)))?;
        }
        let first = loop {
            if let Some(first) = first(&press(&self.term)?, labels.len()) {
                break first;
            }
        };
        match first {
            First::Picked(_) | First::Open(_) => self.erase(labels.len(), size)?,
            First::Said(_) | First::More => self.erase(labels.len() + 1, size)?,
            First::Redraw => {}
        }
        Ok(first)
    }

    fn said(&mut self, ask: &Ask<'_>, meaning: Meaning) -> Result<Step, TerminalError> {
        match meaning {
            Meaning::Heard(Heard::Command(_)) if ask.is_outside() => Ok(Step::Again),
            Meaning::Heard(heard) => Ok(Step::Heard(heard)),
            Meaning::Keys => self.explain_keys(ask),
            Meaning::Unfit(_) => Ok(Step::Again),
        }
    }

    /// Leaves a record of what was picked in place of the menu.
    fn picked(
        &mut self,
        ask: &Ask<'_>,
        labels: &Labels,
        picked: Vec<usize>,
        size: (u16, u16),
    ) -> Result<Step, TerminalError> {
        self.erase(1, size)?;
        match (ask, picked.as_slice()) {
            (Ask::ChooseSeveral(_), []) => {
                self.write_row("tick at least one")?;
                return Ok(Step::Again);
            }
            (Ask::Choose(_) | Ask::Pick(_), [index]) => self.echo(labels.get(*index))?,
            (_, []) => self.echo("none")?,
            (_, several) => {
                let numbers: Vec<String> = several.iter().map(|index| (index + 1).to_string()).collect();
                self.echo(&numbers.join(", "))?;
            }
        }
        Ok(Step::Heard(Heard::Picked(picked)))
    }

    /// A question that is answered by a line of text.
    pub(super) fn type_in(&mut self, ask: &Ask<'_>) -> Result<Step, TerminalError> {
        if matches!(ask, Ask::Type) {
            self.write_row("type it, then Enter; q leave, ? keys")?;
        } else {
            self.write_row(&words::prompt(ask))?;
        }
        let first = loop {
            self.write(PROMPT)?;
            match press(&self.term)? {
                Press::End => {
                    self.write("\n")?;
                    return Ok(Step::Heard(Heard::Left));
                }
                Press::Resumed => {}
                Press::Key(Key::Escape) => {
                    self.write("\n")?;
                    return self.offer_commands(ask);
                }
                Press::Key(key) => break key,
            }
            self.term.clear_line()?;
        };
        self.line(ask, &first)
    }

    /// The line that starts with this key.
    fn line(&mut self, ask: &Ask<'_>, first: &Key) -> Result<Step, TerminalError> {
        let start = match first {
            Key::Char(c) if !c.is_control() => c.to_string(),
            _ => String::new(),
        };
        let text = if *first == Key::Enter {
            self.write("\n")?;
            String::new()
        } else {
            self.term.clear_line()?;
            let (term, theme) = (self.term.clone(), Labels::new(&[], 0));
            let input = Input::<String>::with_theme(&theme).with_prompt(PROMPT).with_initial_text(start);
            match surviving(|| input.allow_empty(true).interact_text_on(&term)) {
                None => return Ok(Step::ByLines),
                Some(Ok(text)) => text,
                Some(Err(error)) => return ended(error),
            }
        };
        self.said(ask, meaning(ask, &text))
    }
}

/// Before a line of text.
const PROMPT: &str = "> ";

/// How many items a window holds beside the prompt and the row of the cursor.
fn fitting((rows, _): (u16, u16)) -> usize {
    usize::from(rows).saturating_sub(2)
}

/// What a first key means; `None` if nothing. No item is active yet, so that an Enter too many answers nothing.
fn first(pressed: &Press, count: usize) -> Option<First> {
    let key = match pressed {
        Press::Key(key) => key,
        Press::End => return Some(First::Said(Meaning::Heard(Heard::Left))),
        Press::Resumed => return Some(First::Redraw),
    };
    match key {
        Key::Enter | Key::Char(' ' | 'j') | Key::ArrowDown | Key::Tab => Some(First::Open(0)),
        Key::ArrowUp | Key::BackTab | Key::Char('k') => Some(First::Open(count.saturating_sub(1))),
        Key::Escape => Some(First::More),
        Key::Char(c) => digit(*c, count).or_else(|| command(&c.to_string()).map(First::Said)),
        _ => None,
    }
}

fn digit(c: char, count: usize) -> Option<First> {
    let number = usize::try_from(c.to_digit(10)?).ok()?;
    (1..=count).contains(&number).then(|| First::Picked(number - 1))
}

/// dialoguer gave up: at the end of input that is a normal end.
fn ended(error: dialoguer::Error) -> Result<Step, TerminalError> {
    let dialoguer::Error::IO(error) = error;
    if is_end(&error) { Ok(Step::Heard(Heard::Left)) } else { Err(error.into()) }
}
