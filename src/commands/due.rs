//! `due`: what today holds.

use clap::Args;

use super::{CommandError, Context};
use crate::domain::queue::{self, Scope};
use crate::report::due;

/// How many cards are due today, and how many new ones the day has room for
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mindrill due\n  mindrill due --json | jq .due")]
pub struct DueArgs {}

pub(super) fn run(_args: &DueArgs, context: &mut Context<'_>) -> Result<(), CommandError> {
    let library = context.library()?;
    let store = context.readable_store()?;
    let figures = figures(context, &library, &store)?;
    if context.json {
        return context.show_line(&due::json(&figures));
    }
    context.show_page(&due::page(&figures))
}

/// The figures of today.
pub(super) fn figures(
    context: &Context<'_>,
    library: &super::library::Library,
    store: &crate::store::Store,
) -> Result<due::Due, CommandError> {
    let today = context.today();
    let agenda = queue::agenda(&library.collection, &store.states()?, &Scope::default(), today);
    Ok(due::Due {
        today,
        due: agenda.due.len(),
        new_today: context.new_left(store)?.min(agenda.new.len()),
        new_total: agenda.new.len(),
        overdue: agenda.overdue,
    })
}
