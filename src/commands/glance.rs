//! `mindrill` alone: today at a glance.

use super::{CommandError, Context, due, fading, identity};
use crate::domain::interview;
use crate::domain::mastery::{Coverage, NodeFigures, Outlook};
use crate::domain::statistics::Streak;
use crate::report::glance::{self, Glance};
use crate::report::relink;

/// How many of the weakest branches are named.
const WEAKEST: usize = 3;

pub(super) fn run(context: &mut Context<'_>) -> Result<(), CommandError> {
    let library = context.library()?;
    let store = context.readable_store()?;
    let today = context.today();
    let due = due::figures(context, &library, &store)?;
    let (states, horizon) = (store.states()?, context.horizon(&store)?);
    let outlook = Outlook::new(&library.collection, &states, today, horizon);
    let coverage = outlook.coverage();
    let interviews = store.interviews()?;
    let days = store.answered_days()?;
    let glance = Glance {
        title: library.collection.map().title(),
        due,
        minutes: library.paces(&store)?.minutes(due.due + due.new_today + due.sweep),
        streak: Streak::of(&days, today).now,
        answered_today: store.answers_on(today)?.len(),
        interview: interview::next(&interviews, today),
        horizon,
        weakest: weakest(&coverage),
        faded: fading::fading(&library, &outlook, &days, today),
        edits: relink::news(&identity::edits(&library, &store)?),
        next: next(&due),
    };
    if context.json {
        return context.show_line(&glance::json(&glance));
    }
    let page = glance::page(&glance, &context.look());
    context.show_page(&page)
}

/// The branches below the root with the least recall; those with no card at all last.
fn weakest(coverage: &Coverage) -> Vec<&NodeFigures> {
    let mut branches: Vec<&NodeFigures> = coverage.nodes.iter().filter(|node| node.depth == 1).collect();
    branches.sort_by(|a, b| (a.cards == 0).cmp(&(b.cards == 0)).then(a.recall.total_cmp(&b.recall)));
    branches.truncate(WEAKEST);
    branches
}

fn next(due: &crate::report::due::Due) -> (String, String) {
    let said = |command: &str, why: &str| (command.to_owned(), why.to_owned());
    match (due.due + due.sweep, due.new_today, due.new_total) {
        (0, 0, 0) => said("mindrill coverage", "nothing is due: see what you would still know"),
        (0, 0, _) => said("mindrill quiz --new 5", "today is done; begin five more"),
        _ => said("mindrill quiz", "today's cards"),
    }
}
