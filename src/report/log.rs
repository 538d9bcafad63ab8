//! Rows of the review log as the contract's JSON lines, and as rows to read.

use serde_json::json;

use super::page::{Fit, Line, Span, Style};
use crate::domain::review::{Event, LogEntry};

/// One row as one JSON object.
#[must_use]
pub fn json(entry: &LogEntry) -> String {
    let (card, grade, kind, elapsed_ms, reply, retracts) = match &entry.event {
        Event::Answered { card, grade, kind, elapsed_ms, reply } => {
            (Some(card), Some(grade.value()), kind.name(), *elapsed_ms, Some(reply), None)
        }
        Event::Undone { retracts } => (None, None, "undo", None, None, Some(retracts)),
        Event::Restarted { card } => (Some(card), None, "restart", None, None, None),
    };
    json!({
        "id": entry.id.to_string(),
        "device": entry.device,
        "at": entry.at.to_string(),
        "day": entry.day.to_string(),
        "card": card.map(ToString::to_string),
        "grade": grade,
        "kind": kind,
        "elapsed_ms": elapsed_ms,
        "reply": reply,
        "retracts": retracts.map(ToString::to_string),
    })
    .to_string()
}

/// One row to read: day, grade, kind, card, reply.
#[must_use]
pub fn line(entry: &LogEntry) -> Line {
    let dim = |text: String| Span::new(Style::Dim, text);
    let day = dim(format!("{}  ", entry.day));
    let spans = match &entry.event {
        Event::Answered { card, grade, kind, reply, .. } => {
            let style = if grade.is_pass() { Style::Good } else { Style::Bad };
            let said = Span::new(Style::Dim, format!("  {}", reply.replace('\n', " ")));
            let grade = Span::new(style, format!("{grade}"));
            vec![day, grade, dim(format!("  {:<9}  ", kind.name())), Span::plain(card.to_string()), said]
        }
        Event::Undone { retracts } => vec![day, dim(format!("-  undo       of {retracts}"))],
        Event::Restarted { card } => {
            vec![day, dim("-  restart    ".to_owned()), Span::plain(card.to_string())]
        }
    };
    Line::new(spans).fitting(Fit::Cut)
}
