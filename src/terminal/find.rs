//! One of many items on a real terminal: a list that gets shorter as one types.
//!
//! Drawn here on single keys, not by dialoguer. The cursor stays on the row of what is typed, at the top, so that one
//! sequence clears all that was drawn, whatever the window has become meanwhile.

use console::{Key, measure_text_width, style, truncate_str};

use super::keys::{Press, press};
use super::narrow::narrowed;
use super::tty::{Step, Tty};
use super::{Ask, Heard, TerminalError};

/// Most items shown at once: more are not read but narrowed.
const MOST_SHOWN: usize = 12;
/// Rows beside the items: what is typed, the line about the keys, and one to spare.
const OTHER_ROWS: usize = 3;
/// Most characters typed: no name is longer.
const MOST_TYPED: usize = 200;
/// Before what is typed.
const PROMPT: &str = "find: ";
/// Clears from the cursor to the end of the screen.
const CLEAR: &str = "\r\u{1b}[J";
/// Ctrl-U: nothing is typed any more.
const NOTHING: char = '\u{15}';
/// Ctrl-W: the last word goes.
const NO_WORD: char = '\u{17}';
/// Ctrl-N and Ctrl-P, as shells have them.
const NEXT: char = '\u{e}';
/// See [`NEXT`].
const PREVIOUS: char = '\u{10}';

/// The list as it stands.
struct List<'a> {
    items: &'a [String],
    typed: String,
    left: Vec<usize>,
    /// The place of the active item among those left.
    active: usize,
    /// The place of the first item shown.
    top: usize,
}

/// What a key leads to.
enum Turn {
    /// The list is drawn again.
    On,
    /// This item.
    Taken(usize),
    /// None.
    Left,
}

impl<'a> List<'a> {
    fn new(items: &'a [String]) -> Self {
        Self { items, typed: String::new(), left: (0..items.len()).collect(), active: 0, top: 0 }
    }

    fn narrow(&mut self) {
        self.left = narrowed(self.items, &self.typed);
        (self.active, self.top) = (0, 0);
    }

    fn go(&mut self, place: usize) {
        self.active = place.min(self.left.len().saturating_sub(1));
    }

    fn on(&mut self, key: &Key, page: usize) -> Turn {
        let last = self.left.len().saturating_sub(1);
        match key {
            Key::Enter => match self.left.get(self.active) {
                Some(index) => return Turn::Taken(*index),
                None => return Turn::On,
            },
            Key::Escape => return Turn::Left,
            Key::ArrowUp | Key::BackTab | Key::Char(PREVIOUS) => {
                self.go(self.active.checked_sub(1).unwrap_or(last));
            }
            Key::ArrowDown | Key::Tab | Key::Char(NEXT) => {
                self.go(if self.active == last { 0 } else { self.active + 1 });
            }
            Key::PageUp => self.go(self.active.saturating_sub(page)),
            Key::PageDown => self.go(self.active + page),
            Key::Home => self.go(0),
            Key::End => self.go(last),
            key => self.edit(key),
        }
        Turn::On
    }

    /// A key that changes what is typed, if it does.
    fn edit(&mut self, key: &Key) {
        match key {
            Key::Backspace => drop(self.typed.pop()),
            Key::Char(NOTHING) => self.typed.clear(),
            Key::Char(NO_WORD) => {
                let rest = self.typed.trim_end();
                let end = rest.rfind(char::is_whitespace).map_or(0, |at| at + 1);
                self.typed.truncate(end);
            }
            Key::Char(c) if !c.is_control() && self.typed.chars().count() < MOST_TYPED => self.typed.push(*c),
            _ => return,
        }
        self.narrow();
    }

    /// All rows in a window of so many columns, the one of what is typed first, and the column of the cursor in it.
    fn rows(&mut self, columns: usize, page: usize) -> (Vec<String>, usize) {
        self.top = self.top.clamp((self.active + 1).saturating_sub(page), self.active);
        let typed = tail(&self.typed, columns.saturating_sub(PROMPT.len() + 1));
        let first = format!("{PROMPT}{typed}");
        let cursor = measure_text_width(&first);
        let mut rows = vec![first];
        for (place, index) in self.left.iter().enumerate().skip(self.top).take(page) {
            let item = self.items.get(*index).map_or("", String::as_str);
            let item = truncate_str(item, columns.saturating_sub(3), "...");
            let row = if place == self.active {
                style(format!("> {item}")).cyan().to_string()
            } else {
                format!("  {item}")
            };
            rows.push(row);
        }
        let told = self.told(columns);
        rows.push(style(truncate_str(&told, columns.saturating_sub(1), "...")).dim().to_string());
        (rows, cursor)
    }

    fn told(&self, columns: usize) -> String {
        let (left, all) = (self.left.len(), self.items.len());
        let keys = "type to narrow, arrows, Enter takes, Esc leaves";
        let long = format!("{left} of {all}; {keys}");
        if long.len() < columns { long } else { format!("{left} of {all}; Enter takes, Esc leaves") }
    }
}

/// The end of a text that fits in so many columns.
fn tail(text: &str, columns: usize) -> &str {
    let starts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    let fits = |at: &usize| measure_text_width(text.get(*at..).unwrap_or("")) <= columns;
    starts.into_iter().find(fits).and_then(|at| text.get(at..)).unwrap_or("")
}

impl Tty {
    /// One of many items, by a list that gets shorter as one types.
    pub(super) fn find(&mut self, ask: &Ask<'_>) -> Result<Step, TerminalError> {
        let mut list = List::new(ask.items());
        loop {
            let (rows, columns) = self.term.size();
            let page = usize::from(rows).saturating_sub(OTHER_ROWS).clamp(1, MOST_SHOWN);
            self.draw(list.rows(usize::from(columns), page))?;
            let turn = match press(&self.term) {
                Ok(Press::Key(key)) => list.on(&key, page),
                Ok(Press::Resumed) => Turn::On,
                Ok(Press::End) => Turn::Left,
                Err(error) => {
                    self.write(CLEAR)?;
                    return Err(error);
                }
            };
            self.write(CLEAR)?;
            match turn {
                Turn::On => {}
                Turn::Left => return Ok(Step::Heard(Heard::Left)),
                Turn::Taken(index) => {
                    self.echo(ask.items().get(index).map_or("", String::as_str))?;
                    return Ok(Step::Heard(Heard::Picked(vec![index])));
                }
            }
        }
    }

    /// Draws the rows below the cursor's own and puts the cursor back behind what is typed.
    fn draw(&mut self, (rows, cursor): (Vec<String>, usize)) -> Result<(), TerminalError> {
        let up = rows.len().saturating_sub(1);
        let back = if cursor > 0 { format!("\u{1b}[{cursor}C") } else { String::new() };
        self.write(&format!("{}\u{1b}[{up}A\r{back}", rows.join("\r\n")))
    }
}

#[cfg(test)]
mod tests {
    use console::{Key, measure_text_width};

    use super::{List, tail};

    #[test]
    fn what_is_typed_is_shown_from_its_end() {
        assert_eq!(tail("abc", 5), "abc");
        assert_eq!(tail("abcdef", 3), "def");
        assert_eq!(tail("日本語", 4), "本語");
        assert_eq!(tail("日本語", 5), "本語");
        assert_eq!(tail("abc", 0), "");
    }

    #[test]
    fn no_row_is_wider_than_the_window_and_the_active_one_is_always_shown() {
        let items: Vec<String> =
            (0..40).map(|number| format!("{number} 日本語 {}", "x".repeat(50))).collect();
        let mut list = List::new(&items);
        for columns in [1, 2, 12, 40, 80] {
            for key in [Key::ArrowDown, Key::PageDown, Key::End, Key::ArrowUp, Key::Home, Key::Char('x')] {
                let _ = list.on(&key, 2);
                let (rows, _) = list.rows(columns, 2);
                assert!(rows.len() <= 4);
                if columns > 8 {
                    assert!(rows.iter().all(|row| measure_text_width(row) < columns), "{rows:?}");
                    assert!(rows.iter().any(|row| row.contains("> ")), "{rows:?}");
                }
            }
        }
    }
}
