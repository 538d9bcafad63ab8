//! Other programs' formats ↔ domain: notes that were written for another program, as questions of ours; lines of a log.
//!
//! Pure: text in, questions and refusals out, each with its line. It knows neither files nor the store nor the terminal,
//! and gives no ids: those depend on the deck that takes the questions in.

mod cloze_marks;
mod columns;
mod headers;
mod html;
pub mod log_lines;
mod questions;
mod table;

use crate::domain::card::{Body, Kind};

/// A format that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Rows of fields: comma, tab or another separator, with or without the header lines that Anki writes.
    Table,
    /// Markdown with lines that start with `Q:`, `A:` and `C:`, as hashcards reads it.
    Questions,
}

impl Format {
    /// The format that a file's name promises: `.md` and `.markdown` questions, anything else rows.
    #[must_use]
    pub fn of(file: &str) -> Self {
        let ending = file.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        if ending == "md" || ending == "markdown" { Self::Questions } else { Self::Table }
    }
}

/// One question that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// The line on which it starts, from 1.
    pub line: usize,
    /// The question: a flashcard or a cloze.
    pub body: Body,
    /// A hint.
    pub hint: Option<String>,
    /// What is told with the answer.
    pub explanation: Option<String>,
    /// Free words.
    pub tags: Vec<String>,
    /// Whether the note asks to be asked the other way round as well.
    pub both_ways: bool,
}

impl Note {
    /// A question with nothing beside it.
    fn new(line: usize, body: Body) -> Self {
        Self { line, body, hint: None, explanation: None, tags: Vec::new(), both_ways: false }
    }

    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self.body {
            Body::Cloze { .. } => Kind::Cloze,
            _ => Kind::Flashcard,
        }
    }
}

/// A note that was not taken in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refusal {
    /// The line on which it starts, from 1.
    pub line: usize,
    /// Why: lower case, no full stop.
    pub why: String,
}

/// What a text gave.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Imported {
    /// The questions, by line.
    pub notes: Vec<Note>,
    /// What was refused, by line.
    pub refused: Vec<Refusal>,
    /// The columns that were left out of every row, by name or number.
    pub ignored_columns: Vec<String>,
}

impl Imported {
    fn take(&mut self, read: Result<Vec<Note>, Refusal>) {
        match read {
            Ok(notes) => self.notes.extend(notes),
            Err(refusal) => self.refused.push(refusal),
        }
    }
}

/// Reads all questions of a text.
#[must_use]
pub fn read(format: Format, text: &str) -> Imported {
    match format {
        Format::Table => table::read(text),
        Format::Questions => questions::read(text),
    }
}

/// Why a text cannot be asked in a terminal, if it cannot.
fn unshowable(text: &str) -> Option<&'static str> {
    let folded = text.to_ascii_lowercase();
    let has = |marks: &[&str]| marks.iter().any(|mark| folded.contains(mark));
    if has(&["<img", "![", "<svg"]) {
        Some("it shows a picture, which a terminal cannot")
    } else if has(&["[sound:", "<audio", "<video"]) {
        Some("it plays a sound or a film, which a terminal cannot")
    } else {
        None
    }
}
