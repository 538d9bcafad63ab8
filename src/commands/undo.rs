//! `undo`: takes the newest answer back.

use clap::Args;
use serde_json::json;

use super::{CommandError, Context};
use crate::domain::review::Event;
use crate::report::page::{Page, Span, Style};
use crate::report::returns;

/// Take the newest answer back; the log keeps both
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mindrill undo\n  mindrill undo --json")]
pub struct UndoArgs {}

pub(super) fn run(_args: &UndoArgs, context: &mut Context<'_>) -> Result<(), CommandError> {
    let now = context.clock.now();
    let mut undone = None;
    if let Some(mut store) = context.present_store()? {
        undone = store.undo(now, now.study_day())?;
        store.checkpoint()?;
    }
    let grade = undone.as_ref().and_then(|undone| match &undone.answer.event {
        Event::Answered { grade, .. } => Some(grade.value()),
        Event::Undone { .. } | Event::Restarted { .. } => None,
    });
    if context.json {
        let card = undone.as_ref().map(|undone| undone.card.to_string());
        let retracts = undone.as_ref().map(|undone| undone.answer.id.to_string());
        return context.show_line(&json!({ "card": card, "grade": grade, "retracts": retracts }).to_string());
    }
    let mut page = Page::new();
    match (undone, grade) {
        (Some(undone), Some(grade)) => page.line(vec![
            Span::new(Style::Warn, "taken back"),
            Span::plain(format!(" `{}`, grade {grade}", undone.card)),
            Span::new(Style::Dim, format!(" · now {}", returns::after(&undone.after, now.study_day()))),
        ]),
        _ => page.text(Style::Dim, "there is no answer to take back"),
    };
    context.show_page(&page)
}
