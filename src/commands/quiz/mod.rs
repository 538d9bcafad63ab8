//! `quiz`: the daily sitting.

pub(super) mod hear;
mod human;
pub(super) mod json;
mod settle;
pub(super) mod sitting;
mod start;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use self::sitting::Sitting;
use super::library::Library;
use super::{CommandError, Context, complete, fading};
use crate::domain::card::{CardId, Kind};
use crate::domain::day::StudyDay;
use crate::domain::mastery::{self, Coverage, Outlook};
use crate::domain::plan::Plan;
use crate::domain::queue::{self, Limits, Programme, Scope, States};
use crate::domain::review::Mode;
use crate::domain::session::Session;
use crate::report::page::{Page, Style};
use crate::report::summary::{self, Moved};
use crate::store::Store;

const MS_A_MINUTE: u32 = 60_000;

/// Sit today's cards: what is due, with a few new ones mixed in
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mindrill quiz                        today's cards\n  mindrill quiz databases --limit 10   ten cards of one branch\n  mindrill quiz --minutes 15           as many as fit in a quarter of an hour\n  mindrill quiz indexing --cram        everything on a leaf, due or not\n  mindrill quiz --json                 one JSON object a line, for scripts\n\nOn a pipe, each line of input answers a question; `?` explains the keys."
)]
pub struct QuizArgs {
    /// Only cards at or below these nodes: a key, a tail of one, or a label
    #[arg(value_name = "NODE", add = complete::nodes())]
    nodes: Vec<String>,
    /// At most so many cards
    #[arg(short = 'n', long, value_name = "N")]
    limit: Option<usize>,
    /// At most so many new cards, instead of what the plan or today's budget allows
    #[arg(long, value_name = "N")]
    new: Option<usize>,
    /// As many cards as fit in so many minutes
    #[arg(short, long, value_name = "M", value_parser = clap::value_parser!(u32).range(1..=1440))]
    minutes: Option<u32>,
    /// Only cards of this kind
    #[arg(short, long, value_name = "KIND", value_parser = kinds())]
    kind: Option<Kind>,
    /// Ask everything, whatever the schedule; moves no schedule
    #[arg(long)]
    cram: bool,
    /// Ask how sure you are, before each reply is judged
    #[arg(long)]
    confidence: bool,
}

/// Reads the name of a kind; help, errors and completions list the names.
pub(super) fn kinds() -> impl TypedValueParser<Value = Kind> {
    let names = PossibleValuesParser::new(Kind::ALL.map(Kind::name));
    names.try_map(|name| Kind::from_name(&name).ok_or("no such kind"))
}

pub(super) fn run(args: &QuizArgs, context: &mut Context<'_>) -> Result<(), CommandError> {
    let library = context.library()?;
    let scope = library.scope(&args.nodes, args.kind)?;
    let mut store = context.store()?;
    let before = Before::read(&library, &store, context)?;
    let plan = context.plan(&library, &store, &before.states)?;
    start::tell(context, &library, &store, &before.states, plan.as_ref())?;
    let cards = queue_of(args, context, (&library, &store, &before.states), plan, &scope)?;
    if cards.is_empty() && !context.json {
        return nothing(context, &library, &before.states, &scope);
    }
    let mode = if args.cram { Mode::Cram } else { Mode::Study };
    let most_ms = args.minutes.map(|minutes| minutes.saturating_mul(MS_A_MINUTE));
    hold(
        context,
        &library,
        &mut store,
        &before,
        Bill { cards, mode, most_ms, asks_confidence: args.confidence },
    )
}

/// Sits exactly these cards, in this order, under the schedule.
pub(super) fn sit_these(
    context: &mut Context<'_>,
    library: &Library,
    cards: Vec<CardId>,
) -> Result<(), CommandError> {
    let mut store = context.store()?;
    let before = Before::read(library, &store, context)?;
    hold(
        context,
        library,
        &mut store,
        &before,
        Bill { cards, mode: Mode::Study, most_ms: None, asks_confidence: false },
    )
}

/// What a sitting asks, under which rules, and for how long.
struct Bill {
    cards: Vec<CardId>,
    mode: Mode,
    most_ms: Option<u32>,
    asks_confidence: bool,
}

/// Holds a sitting, and tells what it came to.
fn hold(
    context: &mut Context<'_>,
    library: &Library,
    store: &mut Store,
    before: &Before,
    bill: Bill,
) -> Result<(), CommandError> {
    let session = Session::new(bill.cards, context.rules().repeat);
    let watch = context.clock.start();
    let mut sitting = Sitting::new(library, store, session, bill.mode, context)?;
    sitting.asks_confidence = bill.asks_confidence || context.settings.confidence.value;
    sitting.most_ms = bill.most_ms;
    if context.json {
        json::sit(&mut sitting, context)?;
    } else {
        human::sit(&mut sitting, context)?;
    }
    let session = sitting.session;
    store.checkpoint()?;
    let minutes = watch.elapsed_ms().map(|elapsed| u64::from(elapsed / MS_A_MINUTE));
    let summary = before.summary(library, store, &session, minutes)?;
    if context.json {
        return json::summary(context, &summary);
    }
    let mut page = Page::new();
    page.blank().append(summary::page(&summary));
    context.show_page(&page)
}

/// The cards of this sitting, in order.
fn queue_of(
    args: &QuizArgs,
    context: &Context<'_>,
    (library, store, states): (&Library, &Store, &States),
    plan: Option<Plan>,
    scope: &Scope,
) -> Result<Vec<CardId>, CommandError> {
    let today = context.today();
    let paces = library.paces(store)?;
    let fits = args.minutes.map(|minutes| paces.askings(minutes));
    let cards = [args.limit, fits].into_iter().flatten().min();
    if args.cram {
        let limits = Limits { new: 0, cards };
        return Ok(queue::cram(&library.collection, states, scope, today, limits, context.seed.value));
    }
    let mut programme = match plan {
        Some(plan) => plan.programme(),
        None => Programme { new_most: context.new_left(store)?, ..Programme::default() },
    };
    if let Some(new) = args.new {
        programme = Programme { new: None, new_most: new, ..programme };
    }
    programme.cards = cards;
    Ok(programme.queue(&library.collection, states, scope, today))
}

/// What to say when there is nothing to ask.
fn nothing(
    context: &mut Context<'_>,
    library: &Library,
    states: &States,
    scope: &Scope,
) -> Result<(), CommandError> {
    let today = context.today();
    let agenda = queue::agenda(&library.collection, states, scope, today);
    let next = library
        .collection
        .cards()
        .filter(|header| scope.holds(&library.collection, header))
        .filter_map(|header| states.get(&header.id)?.schedule.schedule().map(|schedule| schedule.due))
        .filter(|due| *due > today)
        .min();
    let mut page = Page::new();
    page.text(Style::Good, "Nothing is due.");
    if let Some(next) = next {
        page.text(Style::Plain, format!("The next card is due on {next}."));
    }
    match agenda.new.len() {
        0 => page.text(Style::Dim, "`mindrill quiz --cram` practises at will and moves no schedule"),
        new => page.text(
            Style::Dim,
            format!(
                "Today's new cards are done; {new} were never asked: `mindrill quiz --new 5` begins five more"
            ),
        ),
    };
    context.show_page(&page)
}

/// How the map stood before the sitting.
struct Before {
    states: States,
    coverage: Coverage,
    today: StudyDay,
    horizon: StudyDay,
}

impl Before {
    fn read(library: &Library, store: &Store, context: &Context<'_>) -> Result<Self, CommandError> {
        let (states, today, horizon) = (store.states()?, context.today(), context.horizon(store)?);
        let coverage = mastery::coverage(&library.collection, &states, today, horizon);
        Ok(Self { states, coverage, today, horizon })
    }

    /// What the sitting came to: the score, the branches that moved, tomorrow, the next step.
    fn summary(
        &self,
        library: &Library,
        store: &Store,
        session: &Session,
        minutes: Option<u64>,
    ) -> Result<summary::Summary, CommandError> {
        let states = store.states()?;
        let outlook = Outlook::new(&library.collection, &states, self.today, self.horizon);
        let after = outlook.coverage();
        let days = store.answered_days()?;
        let (cards, right) = session.score();
        let tomorrow =
            queue::agenda(&library.collection, &states, &Scope::default(), self.today.plus(1)).due.len();
        Ok(summary::Summary {
            cards,
            right,
            answers: session.done().len(),
            minutes,
            left: session.left(),
            branches: moved(&self.coverage, &after),
            horizon: after.horizon,
            faded: fading::fading(library, &outlook, &days, self.today),
            tomorrow,
            next: next(session, &after),
        })
    }
}

/// The branches below the root, before and after.
fn moved(before: &Coverage, after: &Coverage) -> Vec<Moved> {
    let pairs = before.nodes.iter().zip(&after.nodes).filter(|(node, _)| node.depth == 1);
    pairs
        .map(|(before, after)| Moved {
            label: after.label.clone(),
            before: before.recall,
            after: after.recall,
            met: after.met,
        })
        .collect()
}

/// The command to type next, and why.
fn next(session: &Session, after: &Coverage) -> (String, String) {
    let said = |command: String, why: &str| (command, why.to_owned());
    if session.left() > 0 {
        return said("mindrill quiz".to_owned(), "go on where you left");
    }
    let weakest = after.nodes.iter().filter(|node| node.state.is_some() && node.cards > 0);
    match weakest.min_by(|a, b| a.recall.total_cmp(&b.recall)) {
        Some(leaf) => said(format!("mindrill why {}", leaf.key), "the weakest leaf that has cards"),
        None => said("mindrill coverage".to_owned(), "what you would still know"),
    }
}
