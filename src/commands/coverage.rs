//! `coverage`: what would be known on a day, branch by branch.

use clap::Args;

use super::{CommandError, Context, complete};
use crate::domain::mastery;
use crate::report::coverage::{self, Part};

/// Levels below the top that are shown where `--depth` says nothing: branches and their parts.
const DEPTH: usize = 2;

/// What you would recall on a day, branch by branch
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mindrill coverage                      two levels, on the interview's day\n  mindrill coverage databases            one branch with its leaves\n  mindrill coverage --on 2027-01-31      on another day\n  mindrill coverage --depth 9 --json     everything, for scripts"
)]
pub struct CoverageArgs {
    /// Only this node and what is below it
    #[arg(value_name = "NODE", add = complete::nodes())]
    node: Option<String>,
    /// Levels below the top to show (all of them with --json)
    #[arg(short, long, value_name = "N")]
    depth: Option<usize>,
    /// The day it is about, a date or `+30`; else the next interview's, else 30 days from today
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
}

pub(super) fn run(args: &CoverageArgs, context: &mut Context<'_>) -> Result<(), CommandError> {
    let library = context.library()?;
    let today = context.today();
    let store = context.readable_store()?;
    let horizon = context.horizon_on(args.on.as_deref(), &store)?;
    let top = args.node.as_ref().map(|name| library.node(name)).transpose()?;
    let coverage = mastery::coverage(&library.collection, &store.states()?, today, horizon);
    let top = top.map(|node| library.collection.map().node(node).key.clone());
    if context.json {
        let part = Part { top, depth: args.depth.unwrap_or(usize::MAX) };
        return context.show_line(&coverage::json(&coverage, &part));
    }
    let part = Part { top, depth: args.depth.unwrap_or(DEPTH) };
    let page = coverage::page(&coverage, &part, &context.look());
    context.show_page(&page)
}
