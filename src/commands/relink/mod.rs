//! `relink`: progress follows a card that was renamed or moved; what a changed answer means for it.

mod refusal;

use clap::Args;
use serde_json::json;

pub use refusal::RelinkError;

use super::library::Library;
use super::{CommandError, Context, complete, identity};
use crate::domain::card::CardId;
use crate::domain::identity::Succession;
use crate::domain::progress::CardState;
use crate::report::check::counted;
use crate::report::page::{Page, Span, Style};
use crate::report::{relink, returns};
use crate::store::Store;

/// Carry progress over to a renamed card, or settle what a changed answer means
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mindrill relink                                     what edits left open\n  mindrill relink indexing/covering indexing/cover    carry the progress over\n  mindrill relink --all                               carry over all that are listed\n  mindrill relink indexing/limit --keep               the answer changed: keep what you know\n  mindrill relink indexing/limit --afresh             or learn it anew\n\n`mindrill undo` takes any of them back."
)]
pub struct RelinkArgs {
    /// The id that has gone, or the card whose answer was changed
    #[arg(value_name = "OLD", add = complete::answered())]
    old: Option<String>,
    /// The card that goes on with its progress
    #[arg(value_name = "NEW", add = complete::cards())]
    new: Option<String>,
    /// Carry over all that `relink` alone lists as gone
    #[arg(long, conflicts_with = "old")]
    all: bool,
    #[command(flatten)]
    insist: Insist,
    /// Keep what you know of the card, though its answer was changed
    #[arg(long, requires = "old", conflicts_with_all = ["new", "afresh"])]
    keep: bool,
    /// Learn the card anew
    #[arg(long, requires = "old", conflicts_with = "new")]
    afresh: bool,
}

/// What else would be refused.
#[derive(Debug, Args)]
struct Insist {
    /// Also where the new card was answered: both are one from now on
    #[arg(long, requires = "new")]
    merge: bool,
    /// Also where the old card is still there: it is new from now on
    #[arg(long, requires = "new")]
    force: bool,
}

pub(super) fn run(args: &RelinkArgs, context: &mut Context<'_>) -> Result<(), CommandError> {
    let library = context.library()?;
    match (&args.old, &args.new) {
        (None, _) if args.all => carry_all(context, &library),
        (None, _) => list(context, &library),
        (Some(old), Some(new)) => carry_over(args, context, &library, (old, new)),
        (Some(card), None) if args.keep => keep(context, &library, card),
        (Some(card), None) if args.afresh => start_afresh(context, card),
        (Some(old), None) => Err(incomplete(context, &library, old)?.into()),
    }
}

fn list(context: &mut Context<'_>, library: &Library) -> Result<(), CommandError> {
    let edits = identity::edits(library, &context.readable_store()?)?;
    if context.json {
        return context.show_line(&relink::json(&edits));
    }
    context.show_page(&relink::page(&edits))
}

fn carry_all(context: &mut Context<'_>, library: &Library) -> Result<(), CommandError> {
    let edits = identity::edits(library, &context.readable_store()?)?;
    if edits.successions.is_empty() {
        return list(context, library);
    }
    let mut store = context.store()?;
    let now = context.clock.now();
    let mut answers = 0;
    for Succession { gone, successor, .. } in &edits.successions {
        let relinked = store.relink(gone, successor, now, now.study_day())?;
        answers += relinked.map_or(0, |relinked| relinked.moved);
    }
    store.checkpoint()?;
    let cards = counted(edits.successions.len(), "card");
    let object = json!({ "kind": "relink", "cards": edits.successions.len(), "moved": answers });
    let what = format!(" {} of {cards}", counted(answers, "answer"));
    told(context, &object, "carried over", what, "`mindrill undo` takes them back one by one")
}

fn carry_over(
    args: &RelinkArgs,
    context: &mut Context<'_>,
    library: &Library,
    (old, new): (&str, &str),
) -> Result<(), CommandError> {
    let (old, new) = (answered(context, old)?, library.card_named(new)?);
    may_carry(args, library, &context.readable_store()?, (&old, &new))?;
    let now = context.clock.now();
    let mut store = context.store()?;
    let relinked = store.relink(&old, &new, now, now.study_day())?;
    store.checkpoint()?;
    let relinked = relinked.ok_or_else(|| RelinkError::NoProgress(old.to_string()))?;
    let returns = returns::after(&relinked.after, now.study_day());
    let due = relinked.after.schedule.schedule().map(|schedule| schedule.due.to_string());
    let answers = counted(relinked.moved, "answer");
    let object = json!({ "kind": "relink", "from": old.to_string(), "card": new.to_string(), "moved": relinked.moved, "due": due });
    told(context, &object, "carried over", format!(" {answers} from `{old}` to `{new}`"), &returns)
}

/// Refuses what is more likely a slip than meant.
fn may_carry(
    args: &RelinkArgs,
    library: &Library,
    store: &Store,
    (old, new): (&CardId, &CardId),
) -> Result<(), CommandError> {
    let pair = || (old.clone(), new.clone());
    let is_answered = |card: &CardId| Ok::<_, CommandError>(store.state(card)? != CardState::default());
    if old == new {
        return Err(RelinkError::SameCard(old.clone()).into());
    }
    if !is_answered(old)? {
        return Err(RelinkError::NoProgress(old.to_string()).into());
    }
    if library.collection.header(old).is_some() && !args.insist.force {
        return Err(RelinkError::StillThere(pair(), flags(args)).into());
    }
    if is_answered(new)? && !args.insist.merge {
        return Err(RelinkError::HasProgress(pair(), flags(args)).into());
    }
    Ok(())
}

/// The options that were given already, as they are typed.
fn flags(args: &RelinkArgs) -> &'static str {
    match (args.insist.merge, args.insist.force) {
        (true, _) => " --merge",
        (false, true) => " --force",
        (false, false) => "",
    }
}

fn keep(context: &mut Context<'_>, library: &Library, name: &str) -> Result<(), CommandError> {
    let id = library.card_named(name)?;
    let card = library.card(&id)?;
    if identity::unsettled(&context.readable_store()?, &card)?.is_none() {
        return Err(RelinkError::NotChanged(id).into());
    }
    let now = context.clock.now();
    let mut store = context.store()?;
    store.keep(&id, &library.face(&card), now, now.study_day())?;
    let after = store.state(&id)?;
    store.checkpoint()?;
    let returns = returns::after(&after, now.study_day());
    told(context, &json!({ "kind": "keep", "card": id.to_string() }), "kept", format!(" `{id}`"), &returns)
}

fn start_afresh(context: &mut Context<'_>, name: &str) -> Result<(), CommandError> {
    let id = answered(context, name)?;
    let now = context.clock.now();
    let mut store = context.store()?;
    let restarted = store.restart(&id, now, now.study_day())?;
    store.checkpoint()?;
    restarted.ok_or_else(|| RelinkError::NoProgress(id.to_string()))?;
    let object = json!({ "kind": "restart", "card": id.to_string() });
    told(context, &object, "starts afresh", format!(" `{id}`"), "`mindrill undo` takes it back")
}

/// Tells what was done.
fn told(
    context: &mut Context<'_>,
    object: &serde_json::Value,
    done: &str,
    what: String,
    then: &str,
) -> Result<(), CommandError> {
    if context.json {
        return context.show_line(&object.to_string());
    }
    let mut page = Page::new();
    page.line(vec![
        Span::new(Style::Good, done),
        Span::plain(what),
        Span::new(Style::Dim, format!(" · {then}")),
    ]);
    context.show_page(&page)
}

/// The card of that name among those with progress, whether the collection has it or not.
fn answered(context: &Context<'_>, name: &str) -> Result<CardId, CommandError> {
    let states = context.readable_store()?.states()?;
    if let Some(id) = name.parse().ok().filter(|id| states.contains_key(id)) {
        return Ok(id);
    }
    let mut same: Vec<CardId> = states.into_keys().filter(|id| id.card == name).collect();
    match (same.pop(), same.is_empty()) {
        (Some(only), true) => Ok(only),
        (Some(last), false) => {
            same.push(last);
            Err(CommandError::ManyCards { name: name.to_owned(), candidates: same })
        }
        (None, _) => Err(RelinkError::NoProgress(name.to_owned()).into()),
    }
}

/// What to say to one name alone.
fn incomplete(context: &Context<'_>, library: &Library, name: &str) -> Result<RelinkError, CommandError> {
    let old = answered(context, name)?;
    if library.collection.header(&old).is_some() {
        return Ok(RelinkError::SayWhat(old));
    }
    let edits = identity::edits(library, &context.readable_store()?)?;
    let succession = edits.successions.into_iter().find(|succession| succession.gone == old);
    Ok(RelinkError::ToWhich { old, likely: succession.map(|succession| succession.successor) })
}
