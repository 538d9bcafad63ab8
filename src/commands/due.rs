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
    let states = store.states()?;
    let agenda = queue::agenda(&library.collection, &states, &Scope::default(), today);
    let (new_today, sweep) = match context.plan(library, store, &states)? {
        Some(plan) => plan.today().map_or((0, 0), |today| (today.new, today.sweep)),
        None => (context.new_left(store)?, 0),
    };
    Ok(due::Due {
        today,
        due: agenda.due.len(),
        new_today: new_today.min(agenda.new.len()),
        sweep,
        new_total: agenda.new.len(),
        overdue: agenda.overdue,
    })
}
