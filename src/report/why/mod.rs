//! Why a figure is what it is: the evidence, the model, when it falls, and what mends it. One screen each.

mod card;
mod json;
mod node;

pub use card::{Place, card};
pub use json::{card_json, node_json};
pub use node::{Grounds, Told, branch, leaf};

use super::page::{Line, Span, Style};
use crate::domain::day::StudyDay;
use crate::domain::mastery::Stage;

/// The day the report is made and the day it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// Today.
    pub today: StudyDay,
    /// The horizon.
    pub horizon: StudyDay,
}

fn stage_style(stage: Stage) -> Style {
    match stage {
        Stage::New => Style::Dim,
        Stage::Learning => Style::Warn,
        Stage::Mastered => Style::Good,
    }
}

/// The command to type next, and why that.
fn next((command, why): &(String, String)) -> Line {
    Line::new(vec![
        Span::plain("Next: "),
        Span::new(Style::Accent, command.as_str()),
        Span::new(Style::Dim, format!("  {why}")),
    ])
}

/// Rows of a page of pairs.
fn pairs(rows: Vec<(&str, String)>) -> Vec<(String, Vec<Span>)> {
    rows.into_iter().map(|(key, text)| (key.to_owned(), vec![Span::plain(text)])).collect()
}

/// `3 days ago`, `today`.
fn ago(day: StudyDay, today: StudyDay) -> String {
    match today.since(day) {
        0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        days => format!("{days} days ago"),
    }
}
