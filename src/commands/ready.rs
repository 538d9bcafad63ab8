//! `ready`: what would be known on the day of the interview.

use clap::Args;

use super::library::Library;
use super::planning::PlanningError;
use super::{CommandError, Context, complete};
use crate::domain::interview::Interview;
use crate::domain::plan::{Plan, Terms};
use crate::domain::readiness::{Grounds, Readiness};
use crate::domain::skill_map::NodeIndex;
use crate::domain::track::TrackRecord;
use crate::report::ready::{self, Told};
use crate::store::Store;

/// What you would know on the day of the interview, with the plan and without
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mindrill ready                        on the day of the next interview\n  mindrill ready databases              one branch with its leaves\n  mindrill ready --on 2027-01-31 --json\n\nThe band holds the recall of four such days in five, as far as the model errs\nfor you. With --json `low` and `high` are the band of `recall_stop`, what is\nknown of you today; `recall_plan` supposes answers that are still to be given.\nCards never met and leaves without a card count as 0."
)]
pub struct ReadyArgs {
    /// Only this node and what is below it; else the interview's focus
    #[arg(value_name = "NODE", add = complete::nodes())]
    node: Option<String>,
    /// The day, a date or `+30`; else the next interview's, else 30 days from today
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
}

pub(super) fn run(args: &ReadyArgs, context: &mut Context<'_>) -> Result<(), CommandError> {
    let library = context.library()?;
    let store = context.readable_store()?;
    let (today, collection) = (context.today(), &library.collection);
    let on = context.planned_day(args.on.as_deref(), &store)?;
    let interview = context.interview_on(on, &store)?;
    let is_set = store.interviews()?.contains(&interview);
    let (tops, gone) = tops(args, &library, &interview)?;
    let (terms, _) = context.terms(&library, &store, &interview)?;
    let (states, record) = (store.states()?, record(&store)?);
    let plan = Plan::of(collection, &states, &terms, today);
    let minutes = terms.minutes;
    let whole = Terms { minutes: None, most_new: None, ..terms };
    let minutes_needed = Plan::of(collection, &states, &whole, today).minutes();
    let grounds =
        Grounds { collection, states: &states, record: &record, plan: &plan, minutes_needed, minutes };
    let readiness = Readiness::of(&grounds, today, on);
    if context.json {
        return context.show_line(&ready::json(&readiness, &tops, collection.map()));
    }
    let told = Told { interview: &interview, is_set, tops, gone, left_out: plan.left_out.len() };
    let page = ready::page(&readiness, &told, collection.map(), &context.look());
    context.show_page(&page)
}

/// The nodes it is about: the one that is named, else the interview's focus, else the whole map; and the keys of those
/// that left the map.
fn tops(
    args: &ReadyArgs,
    library: &Library,
    interview: &Interview,
) -> Result<(Vec<NodeIndex>, Vec<String>), CommandError> {
    if let Some(name) = &args.node {
        return Ok((vec![library.node(name)?], Vec::new()));
    }
    let map = library.collection.map();
    let focus = interview.focus_on(map);
    let gone = focus.gone.into_iter().map(|key| key.0).collect();
    if focus.nodes.is_empty() {
        return Ok((vec![map.root()], gone));
    }
    let holds = |node: &NodeIndex| {
        library.collection.cards().any(|header| library.collection.is_below(header, *node))
    };
    if !focus.nodes.iter().any(holds) {
        let labels: Vec<&str> = focus.nodes.iter().map(|&node| map.node(node).label.as_str()).collect();
        return Err(PlanningError::NoCards(labels.join(", ")).into());
    }
    Ok((focus.nodes, gone))
}

/// The learner's whole log against the model.
fn record(store: &Store) -> Result<TrackRecord, CommandError> {
    let mut record = TrackRecord::new(store.rules()?.model);
    store.graded(|answer| record.take(answer.card, answer.grade, answer.day))?;
    Ok(record)
}
