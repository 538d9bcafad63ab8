//! `plan`: day by day until the interview.

use clap::Args;

use super::planning::{PlanningError, minutes_of};
use super::{CommandError, Context};
use crate::domain::plan::{Plan, Terms};
use crate::report::plan::{self, Told};

/// Day by day until the interview: what to begin, what to review, what to leave out
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mindrill plan                         until the next interview\n  mindrill plan --minutes 15            with a quarter of an hour a day\n  mindrill plan --on 2027-01-31 --json\n\nIt is made anew from where you stand each time. New cards come in the first six\ntenths of the time; in the last days each card is shown once more. `mindrill\nquiz` follows it. The day of the interview itself is left free."
)]
pub struct PlanArgs {
    /// The day it leads to, a date or `+30`; else the next interview's, else 30 days from today
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
    /// Minutes a day, instead of what the interview says
    #[arg(short, long, value_name = "M")]
    minutes: Option<u32>,
}

pub(super) fn run(args: &PlanArgs, context: &mut Context<'_>) -> Result<(), CommandError> {
    let library = context.library()?;
    let store = context.readable_store()?;
    let (today, collection) = (context.today(), &library.collection);
    let on = context.planned_day(args.on.as_deref(), &store)?;
    let mut interview = context.interview_on(on, &store)?;
    let is_set = store.interviews()?.contains(&interview);
    interview.minutes = minutes_of(args.minutes, "--minutes")?.or(interview.minutes);
    let (terms, focus) = context.terms(&library, &store, &interview)?;
    let states = store.states()?;
    let made = Plan::of(collection, &states, &terms, today);
    let labels: Vec<String> =
        focus.nodes.iter().map(|&node| collection.map().node(node).label.clone()).collect();
    if made.cards == 0 && !labels.is_empty() {
        return Err(PlanningError::NoCards(labels.join(", ")).into());
    }
    if context.json {
        return context.show_line(&plan::json(&made, on, collection.map()));
    }
    let is_short = !made.left_out.is_empty() && terms.minutes.is_some();
    let whole = Terms { minutes: None, most_new: None, ..terms };
    let needed = is_short.then(|| Plan::of(collection, &states, &whole, today).minutes());
    let gone = focus.gone.into_iter().map(|key| key.0).collect();
    let told =
        Told { interview: &interview, is_set, today, focus: labels, gone, needed, most_new: terms.most_new };
    let page = plan::page(&made, &told, collection.map(), &context.look());
    context.show_page(&page)
}
