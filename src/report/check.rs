//! What `check` found, as JSON; `snippet` draws it for reading.

use serde_json::json;

use super::page::{Page, Span, Style};
use crate::domain::problem::{Level, Problem};

/// How much was checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// Files read.
    pub files: usize,
    /// Decks among them.
    pub decks: usize,
    /// Cards in them, as authored.
    pub cards: usize,
}

/// How many problems have that level.
#[must_use]
pub fn count(problems: &[Problem], level: Level) -> usize {
    problems.iter().filter(|problem| problem.level == level).count()
}

/// The line below the problems.
#[must_use]
pub fn summary(extent: Extent, problems: &[Problem]) -> Page {
    let (errors, warnings) = (count(problems, Level::Error), count(problems, Level::Warning));
    let style = match (errors, warnings) {
        (0, 0) => Style::Good,
        (0, _) => Style::Warn,
        _ => Style::Bad,
    };
    let mut page = Page::new();
    page.line(vec![
        Span::new(style, format!("{} · {}", counted(errors, "error"), counted(warnings, "warning"))),
        Span::new(
            Style::Dim,
            format!(
                " in {}, {}, {}",
                counted(extent.files, "file"),
                counted(extent.decks, "deck"),
                counted(extent.cards, "card")
            ),
        ),
    ]);
    page
}

/// `1 error`, `2 errors`.
#[must_use]
pub fn counted(number: usize, thing: &str) -> String {
    if number == 1 { format!("1 {thing}") } else { format!("{number} {thing}s") }
}

/// The contract's object.
#[must_use]
pub fn json(extent: Extent, problems: &[Problem]) -> String {
    json!({
        "files": extent.files,
        "decks": extent.decks,
        "cards": extent.cards,
        "problems": problems.iter().map(problem_json).collect::<Vec<_>>(),
    })
    .to_string()
}

/// One problem, as the contract has it.
#[must_use]
pub fn problem_json(problem: &Problem) -> serde_json::Value {
    json!({
        "file": &*problem.place.file,
        "line": problem.place.line,
        "column": problem.place.column,
        "rule": problem.rule,
        "level": problem.level.name(),
        "message": problem.message,
        "hint": problem.hint,
    })
}
