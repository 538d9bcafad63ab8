//! What a day holds, in one line or as JSON.

use serde_json::json;

use super::page::{Page, Span, Style};
use crate::domain::day::StudyDay;

/// The figures of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The study day.
    pub today: StudyDay,
    /// Cards due on or before it.
    pub due: usize,
    /// New cards that the day's budget still allows.
    pub new_today: usize,
    /// Cards never answered.
    pub new_total: usize,
    /// Cards that the final sweep before an interview shows today.
    pub sweep: usize,
    /// Cards of `due` that were due before the day.
    pub overdue: usize,
}

/// The figures as a sentence.
#[must_use]
pub fn page(due: &Due) -> Page {
    let mut page = Page::new();
    let mut spans = vec![
        Span::new(Style::Strong, format!("{} due", due.due)),
        Span::plain(format!(" · {} new today", due.new_today)),
        Span::new(Style::Dim, format!(" of {} never asked", due.new_total)),
    ];
    if due.sweep > 0 {
        spans.push(Span::new(Style::Accent, format!(" · {} for the final sweep", due.sweep)));
    }
    if due.overdue > 0 {
        spans.push(Span::new(Style::Warn, format!(" · {} overdue", due.overdue)));
    }
    page.line(spans);
    page
}

/// The contract's object; on a day of a final sweep it has one field more, `sweep`.
#[must_use]
pub fn json(due: &Due) -> String {
    let mut object = json!({
        "today": due.today.to_string(),
        "due": due.due,
        "new_today": due.new_today,
        "new_total": due.new_total,
        "overdue": due.overdue,
    });
    if due.sweep > 0 {
        object["sweep"] = due.sweep.into();
    }
    object.to_string()
}
