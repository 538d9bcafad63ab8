//! `log`: every answer ever given, oldest first.

use clap::Args;

use super::{CommandError, Context, complete};
use crate::domain::card::CardId;
use crate::domain::review::{Event, LogEntry};
use crate::report::log;
use crate::report::page::Page;

/// The review log, oldest first
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mindrill log\n  mindrill log indexing/leftmost-prefix\n  mindrill log --json > answers.jsonl"
)]
pub struct LogArgs {
    /// Only rows about this card
    #[arg(value_name = "CARD", add = complete::cards())]
    card: Option<String>,
}

pub(super) fn run(args: &LogArgs, context: &mut Context<'_>) -> Result<(), CommandError> {
    let card = args.card.as_ref().map(|name| context.logged_card(name)).transpose()?;
    let store = context.readable_store()?;
    store.log(|entry| {
        if card.as_ref().is_some_and(|card| !is_about(&entry, card)) {
            return Ok(());
        }
        if context.json {
            return context.show_line(&log::json(&entry));
        }
        let mut page = Page::new();
        page.push(log::line(&entry));
        context.show_page(&page)
    })
}

fn is_about(entry: &LogEntry, wanted: &CardId) -> bool {
    match &entry.event {
        Event::Answered { card, .. } | Event::Restarted { card } => card == wanted,
        Event::Undone { .. } => false,
    }
}
