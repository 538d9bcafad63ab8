//! Mermaid's own division of a mindmap into tokens: its rules in its order, the first that fits wins.
//!
//! It knows neither what may follow what nor what a node means.
//! Source: `mindmap.jison` of Mermaid 11.17.

use super::text::{begins_with, ends_line, is_space, is_word, leading_space};

/// The word that begins a mindmap, and that may begin no node.
pub(super) const HEADER: &str = "mindmap";
/// What begins an icon's line.
pub(super) const ICON: &str = "::icon(";
/// What begins a class's line.
pub(super) const CLASS: &str = ":::";
/// What opens a shape, in the order in which it is tried.
const OPENERS: [&str; 8] = ["-)", "(-", "))", ")", "((", "{{", "(", "["];
/// What closes a shape, in the order in which it is tried; any closes any.
const CLOSERS: [&str; 8] = ["))", ")", "]", "}}", "(-", "-)", "((", "("];

/// How a text inside a shape was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quote {
    /// Without quotes.
    None,
    /// `"…"`
    Plain,
    /// `` "`…`" ``: a Markdown string.
    Markdown,
}

/// The kinds of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    /// A comment to the end of its line, or white space with more than one line end.
    SpaceLine,
    /// One line end.
    NewLine,
    /// The word `mindmap`.
    Header,
    /// White space before a text.
    Indent,
    /// A plain text, or the id before a shape.
    Id,
    /// What opens a shape.
    Open,
    /// The text inside a shape.
    Text(Quote),
    /// What closes a shape.
    Close,
    /// An icon's name.
    Icon,
    /// A class's name.
    Class,
    /// The end of the text, outside a shape.
    EndOfText,
    /// Past the end, or the end inside a shape.
    End,
}

/// A token and where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lexed {
    /// What it is.
    pub(super) token: Token,
    /// Its first byte.
    pub(super) start: usize,
    /// The byte after it.
    pub(super) end: usize,
}

/// Where the lexer stands: which rules apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// Outside a shape.
    Start,
    /// Inside a shape.
    Shape,
    /// Inside `"…"`.
    Quoted,
    /// Inside `` "`…`" ``.
    Markdown,
    /// After `::icon(`.
    Icon,
    /// After `:::`.
    Class,
}

/// What one rule did.
enum Step {
    Token(Token, usize),
    Skip(usize),
    Stuck,
}

/// Reads tokens from a cleaned text.
pub(super) struct Lexer<'a> {
    code: &'a str,
    at: usize,
    mode: Mode,
    ended: bool,
    lines: usize,
}

impl<'a> Lexer<'a> {
    /// A lexer that starts at a byte, outside a shape.
    pub(super) fn at(code: &'a str, at: usize) -> Self {
        Self { code, at, mode: Mode::Start, ended: false, lines: 0 }
    }

    /// How many line ends were read.
    pub(super) fn lines(&self) -> usize {
        self.lines
    }

    /// Which rules apply now.
    pub(super) fn mode(&self) -> Mode {
        self.mode
    }

    /// The next token.
    ///
    /// # Errors
    /// The byte at which no rule fits.
    pub(super) fn next(&mut self) -> Result<Lexed, usize> {
        loop {
            let rest = self.code.get(self.at..).unwrap_or("");
            let start = self.at;
            match self.step(rest) {
                Step::Token(token, length) => {
                    self.advance(rest, length);
                    return Ok(Lexed { token, start, end: self.at });
                }
                Step::Skip(length) => self.advance(rest, length),
                Step::Stuck => return Err(start),
            }
        }
    }

    fn advance(&mut self, rest: &str, length: usize) {
        self.lines += rest.get(..length).unwrap_or("").matches('\n').count();
        self.at += length;
    }

    fn step(&mut self, rest: &str) -> Step {
        if rest.is_empty() {
            return self.at_end();
        }
        match self.mode {
            Mode::Start => self.outside(rest),
            Mode::Shape => self.inside(rest),
            Mode::Quoted => self.quoted(rest),
            Mode::Markdown => self.markdown(rest),
            Mode::Icon => self.icon(rest),
            Mode::Class => self.class(rest),
        }
    }

    fn at_end(&mut self) -> Step {
        if self.ended || self.mode != Mode::Start {
            return Step::Token(Token::End, 0);
        }
        self.ended = true;
        Step::Token(Token::EndOfText, 0)
    }

    fn outside(&mut self, rest: &str) -> Step {
        let space = leading_space(rest);
        if let Some(length) = comment(rest, space) {
            return Step::Token(Token::SpaceLine, length);
        }
        if begins_with_header(rest) {
            return Step::Token(Token::Header, HEADER.len());
        }
        if let Some(length) = self.decoration(rest) {
            return Step::Skip(length);
        }
        match rest.get(..space).and_then(|run| run.rfind('\n')) {
            Some(0) => return Step::Token(Token::NewLine, 1),
            Some(last) => return Step::Token(Token::SpaceLine, last + 1),
            None => {}
        }
        if let Some(opener) = OPENERS.iter().find(|opener| rest.starts_with(**opener)) {
            self.mode = Mode::Shape;
            return Step::Token(Token::Open, opener.len());
        }
        if space > 0 {
            return Step::Token(Token::Indent, space);
        }
        match rest.find(['(', '[', '\n', ')', '{', '}']).unwrap_or(rest.len()) {
            0 => Step::Stuck,
            length => Step::Token(Token::Id, length),
        }
    }

    fn decoration(&mut self, rest: &str) -> Option<usize> {
        if rest.starts_with(CLASS) {
            self.mode = Mode::Class;
            return Some(CLASS.len());
        }
        begins_with(rest, ICON).then(|| {
            self.mode = Mode::Icon;
            ICON.len()
        })
    }

    fn inside(&mut self, rest: &str) -> Step {
        for (quote, mode) in [("\"`", Mode::Markdown), ("\"", Mode::Quoted)] {
            if rest.starts_with(quote) {
                self.mode = mode;
                return Step::Skip(quote.len());
            }
        }
        if let Some(closer) = CLOSERS.iter().find(|closer| rest.starts_with(**closer)) {
            self.mode = Mode::Start;
            return Step::Token(Token::Close, closer.len());
        }
        match rest.find([')', ']', '(', '}']).unwrap_or(rest.len()) {
            // A lone `}`: everything to the end of the line is a text of its own.
            0 => Step::Token(Token::Text(Quote::None), rest.find(ends_line).unwrap_or(rest.len())),
            length => Step::Token(Token::Text(Quote::None), length),
        }
    }

    fn quoted(&mut self, rest: &str) -> Step {
        match rest.find('"').unwrap_or(rest.len()) {
            0 => self.leave(Mode::Shape, 1),
            length => Step::Token(Token::Text(Quote::Plain), length),
        }
    }

    fn markdown(&mut self, rest: &str) -> Step {
        if rest.starts_with("`\"") {
            return self.leave(Mode::Shape, 2);
        }
        match rest.find(['`', '"']).unwrap_or(rest.len()) {
            0 => Step::Stuck,
            length => Step::Token(Token::Text(Quote::Markdown), length),
        }
    }

    fn icon(&mut self, rest: &str) -> Step {
        match rest.find(')').unwrap_or(rest.len()) {
            0 => self.leave(Mode::Start, 1),
            length => Step::Token(Token::Icon, length),
        }
    }

    fn class(&mut self, rest: &str) -> Step {
        match rest.find(ends_line).unwrap_or(rest.len()) {
            0 if rest.starts_with('\n') => self.leave(Mode::Start, 1),
            0 => Step::Stuck,
            length => {
                self.mode = Mode::Start;
                Step::Token(Token::Class, length)
            }
        }
    }

    fn leave(&mut self, mode: Mode, length: usize) -> Step {
        self.mode = mode;
        Step::Skip(length)
    }
}

/// The length of a comment that begins after `space` bytes of white space, up to its line's end.
fn comment(rest: &str, space: usize) -> Option<usize> {
    let text = rest.get(space..).filter(|text| text.starts_with("%%"))?;
    Some(space + text.find(ends_line).unwrap_or(text.len()))
}

/// Whether Mermaid would take the beginning of a text for the header word.
pub(super) fn begins_with_header(text: &str) -> bool {
    begins_with(text, HEADER) && !text.get(HEADER.len()..).is_some_and(|rest| rest.starts_with(is_word))
}

/// Whether a text is white space only.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(is_space)
}
