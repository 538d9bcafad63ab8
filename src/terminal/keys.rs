//! Reads single keys, whole: what belongs to an unknown escape sequence is not taken for keys of its own.

use console::{Key, Term};

use super::{TerminalError, guard, is_hangup, signals};

/// Ctrl-D: the end of input.
const END: char = '\u{4}';
/// Ctrl-Z: to the background.
const SUSPEND: char = '\u{1a}';
/// Characters of an escape sequence that are swallowed at most.
const MAX_SEQUENCE: usize = 32;

/// What happened at the keyboard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Press {
    /// A key.
    Key(Key),
    /// The program was in the background for a while: what was on the screen may be gone.
    Resumed,
    /// Ctrl-D, or nobody is there any more.
    End,
}

/// Waits for a key.
///
/// # Errors
/// [`TerminalError::Interrupted`] on Ctrl-C.
pub(super) fn press(term: &Term) -> Result<Press, TerminalError> {
    let Some(key) = read(term)? else { return Ok(Press::End) };
    match key {
        Key::Char(END) => Ok(Press::End),
        Key::Char(SUSPEND) => {
            guard::restore();
            signals::stop();
            guard::hold()?;
            Ok(Press::Resumed)
        }
        Key::UnknownEscSeq(start) => Ok(swallowed(term, &start)?.map_or(Press::End, Press::Key)),
        key => Ok(Press::Key(key)),
    }
}

/// The next key; `None` at the end of input.
fn read(term: &Term) -> Result<Option<Key>, TerminalError> {
    match term.read_key() {
        Ok(key) => Ok(Some(key)),
        Err(error) if is_end(&error) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Whether a failed read means that nothing more will come.
pub(super) fn is_end(error: &std::io::Error) -> bool {
    error.kind() == std::io::ErrorKind::UnexpectedEof || is_hangup(error)
}

/// Reads the rest of a sequence that `console` gave up on.
fn swallowed(term: &Term, start: &[char]) -> Result<Option<Key>, TerminalError> {
    match start {
        ['O'] => Ok(read(term)?.as_ref().map(application_key)),
        ['[', parameters @ ..] if !parameters.last().copied().is_some_and(is_final) => {
            for _ in 0..MAX_SEQUENCE {
                match read(term)? {
                    None => return Ok(None),
                    Some(Key::Char(c)) if !is_final(c) => {}
                    Some(_) => break,
                }
            }
            Ok(Some(Key::Unknown))
        }
        _ => Ok(Some(Key::Unknown)),
    }
}

/// The last character of a control sequence (ECMA-48, 5.4).
fn is_final(c: char) -> bool {
    matches!(c, '@'..='~')
}

/// Arrows and the like as a terminal in application mode sends them: `ESC O A`.
fn application_key(key: &Key) -> Key {
    match key {
        Key::Char('A') => Key::ArrowUp,
        Key::Char('B') => Key::ArrowDown,
        Key::Char('C') => Key::ArrowRight,
        Key::Char('D') => Key::ArrowLeft,
        Key::Char('M') => Key::Enter,
        _ => Key::Unknown,
    }
}
