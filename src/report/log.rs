//! Rows of the review log as the contract's JSON lines, and as rows to read.

use serde_json::json;

use super::page::{Fit, Line, Span, Style};
use crate::domain::review::{Event, LogEntry};

/// One row as one JSON object; a relink has one field more, `from`, and an answer of which the learner said how sure
/// it was, `confidence`.
#[must_use]
pub fn json(entry: &LogEntry) -> String {
    let (grade, elapsed_ms, reply, retracts) = match &entry.event {
        Event::Answered { grade, elapsed_ms, reply, .. } => {
            (Some(grade.value()), *elapsed_ms, Some(reply), None)
        }
        Event::Undone { retracts } => (None, None, None, Some(retracts)),
        Event::Restarted { .. } | Event::Relinked { .. } | Event::Kept { .. } => (None, None, None, None),
    };
    let mut row = json!({
        "id": entry.id.to_string(),
        "device": entry.device,
        "at": entry.at.to_string(),
        "day": entry.day.to_string(),
        "card": entry.event.card().map(ToString::to_string),
        "grade": grade,
        "kind": kind(&entry.event),
        "elapsed_ms": elapsed_ms,
        "reply": reply,
        "retracts": retracts.map(ToString::to_string),
    });
    if let Event::Relinked { from, .. } = &entry.event {
        row["from"] = from.to_string().into();
    }
    if let Event::Answered { confidence: Some(confidence), .. } = &entry.event {
        row["confidence"] = confidence.name().into();
    }
    row.to_string()
}

/// The name of what a row says.
#[must_use]
pub fn kind(event: &Event) -> &'static str {
    match event {
        Event::Answered { kind, .. } => kind.name(),
        Event::Undone { .. } => "undo",
        Event::Restarted { .. } => "restart",
        Event::Relinked { .. } => "relink",
        Event::Kept { .. } => "keep",
    }
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
        Event::Relinked { from, to } => {
            vec![
                day,
                dim("-  relink     ".to_owned()),
                Span::plain(to.to_string()),
                dim(format!("  was {from}")),
            ]
        }
        event @ (Event::Restarted { card } | Event::Kept { card }) => {
            vec![day, dim(format!("-  {:<9}  ", kind(event))), Span::plain(card.to_string())]
        }
    };
    Line::new(spans).fitting(Fit::Cut)
}
