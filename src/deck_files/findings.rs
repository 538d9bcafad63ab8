//! What is found wrong in one file, each finding with its place. It does not know what a deck is.

use std::sync::Arc;

use super::lines::Lines;
use crate::domain::problem::{Level, Place, Problem};

/// Most errors, and most warnings, that are kept for one file; more help nobody and would only take memory.
const MOST_PROBLEMS: usize = 1_000;
/// Longest stretch of an author's text that is quoted in a message, in characters.
const MOST_QUOTED: usize = 60;

/// A file under examination: its name, its lines and what was found so far.
pub(super) struct Findings<'t> {
    file: Arc<str>,
    text: &'t str,
    lines: Lines<'t>,
    problems: Vec<Problem>,
    errors: usize,
    warnings: usize,
}

impl<'t> Findings<'t> {
    /// Nothing found yet in `text`, which is shown as `file`.
    pub(super) fn new(file: Arc<str>, text: &'t str) -> Self {
        Self { file, text, lines: Lines::new(text), problems: Vec::new(), errors: 0, warnings: 0 }
    }

    /// How many errors were found so far: a part is sound if the number did not grow while it was read.
    pub(super) fn errors(&self) -> usize {
        self.errors
    }

    /// The text under examination.
    pub(super) fn text(&self) -> &'t str {
        self.text
    }

    /// The place of a byte of the text.
    pub(super) fn place(&self, at: usize) -> Place {
        let (line, column) = self.lines.locate(at);
        Place { file: Arc::clone(&self.file), line, column }
    }

    /// Notes an error at a byte of the text.
    pub(super) fn error(&mut self, at: usize, rule: &'static str, message: String, hint: impl Into<String>) {
        self.errors += 1;
        if self.errors <= MOST_PROBLEMS {
            self.add(at, (rule, Level::Error), message, hint.into());
        }
    }

    /// Notes a warning at a byte of the text.
    pub(super) fn warning(
        &mut self,
        at: usize,
        rule: &'static str,
        message: String,
        hint: impl Into<String>,
    ) {
        self.warnings += 1;
        if self.warnings <= MOST_PROBLEMS {
            self.add(at, (rule, Level::Warning), message, hint.into());
        }
    }

    fn add(&mut self, at: usize, (rule, level): (&'static str, Level), message: String, hint: String) {
        self.problems.push(Problem { place: self.place(at), rule, level, message, hint });
    }

    /// All that was found, by place.
    pub(super) fn into_problems(mut self) -> Vec<Problem> {
        for (count, level) in [(self.errors, Level::Error), (self.warnings, Level::Warning)] {
            let left_out = count.saturating_sub(MOST_PROBLEMS);
            if left_out > 0 {
                let message = format!("{left_out} more {}s of this file are not listed", level.name());
                let hint = "mend the first ones and check again".to_owned();
                let place = Place { file: Arc::clone(&self.file), line: 1, column: 1 };
                self.problems.push(Problem { place, rule: "too-many-problems", level, message, hint });
            }
        }
        self.problems.sort();
        self.problems
    }
}

/// An author's text in backticks, control characters escaped, cut where it is too long to be read in a message.
pub(super) fn quoted(text: &str) -> String {
    let mut shown = String::from("`");
    for letter in text.chars().take(MOST_QUOTED) {
        if letter.is_control() { shown.extend(letter.escape_default()) } else { shown.push(letter) }
    }
    shown.push_str(if text.chars().nth(MOST_QUOTED).is_some() { "…`" } else { "`" });
    shown
}

/// Names in backticks, with commas between them.
pub(super) fn listed(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
