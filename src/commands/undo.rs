//! `undo`: takes the newest answer back, or whatever else was logged last.

use clap::Args;
use serde_json::json;

use super::{CommandError, Context};
use crate::domain::review::Event;
use crate::report::page::{Page, Span, Style};
use crate::report::{log, returns};
use crate::store::Undone;

/// Take the newest answer back, or a relink, a fresh start, a kept answer; the log keeps both
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
    if context.json {
        return context.show_line(&object(undone.as_ref()));
    }
    let mut page = Page::new();
    match undone {
        Some(undone) => page.line(vec![
            Span::new(Style::Warn, "taken back"),
            Span::plain(format!(" {}", what(&undone))),
            Span::new(Style::Dim, format!(" · now {}", returns::after(&undone.after, now.study_day()))),
        ]),
        None => page.text(Style::Dim, "there is no answer to take back"),
    };
    context.show_page(&page)
}

fn object(undone: Option<&Undone>) -> String {
    let grade = undone.and_then(|undone| match &undone.row.event {
        Event::Answered { grade, .. } => Some(grade.value()),
        Event::Undone { .. } | Event::Restarted { .. } | Event::Relinked { .. } | Event::Kept { .. } => None,
    });
    json!({
        "card": undone.map(|undone| undone.card.to_string()),
        "grade": grade,
        "kind": undone.map(|undone| log::kind(&undone.row.event)),
        "retracts": undone.map(|undone| undone.row.id.to_string()),
    })
    .to_string()
}

/// What was taken back: `` `a/b`, grade 4 ``.
fn what(undone: &Undone) -> String {
    let card = &undone.card;
    match &undone.row.event {
        Event::Answered { grade, .. } => format!("`{card}`, grade {grade}"),
        Event::Relinked { from, .. } => format!("the relink of `{from}` to `{card}`"),
        Event::Restarted { .. } => format!("the fresh start of `{card}`"),
        Event::Kept { .. } | Event::Undone { .. } => format!("that `{card}` was kept after an edit"),
    }
}
