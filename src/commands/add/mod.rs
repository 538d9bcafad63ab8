//! `add`: new cards at the end of a leaf's deck, asked for step by step or taken from a file.

mod ask;
mod target;
mod tell;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueHint};

use super::{CommandError, Context, complete};
use crate::deck_files::{self, Flaw, Form};
use crate::domain::card::{Card, Kind};
use crate::report::check::counted;
use crate::terminal::{Ask, Heard};
use target::{Proposal, Target};

/// Most bytes that are read from a pipe: as large as a deck may be.
const MOST_BYTES: usize = 16 * 1024 * 1024;

/// Add cards to the deck of a leaf: step by step, or from a file
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mindrill add indexing                       asks for kind, prompt, answers, why and source\n  mindrill add indexing --kind typed\n  mindrill add indexing --from cards.toml     [[card]] tables, or JSON with the same keys\n  mindrill add indexing --from - --dry-run    what would be added, from a pipe\n\nThe deck is made where there is none. Nothing that it holds changes. Of many cards all are added,\nor none and every problem is told. Esc or Ctrl-D leaves."
)]
pub struct AddArgs {
    /// The leaf on which the cards hang
    #[arg(value_name = "NODE", add = complete::nodes())]
    node: String,
    /// Take the cards from a file, TOML or JSON; `-` is standard input
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    from: Option<PathBuf>,
    /// Which deck, where several hang on the leaf
    #[arg(long, value_name = "DECK")]
    deck: Option<String>,
    /// The kind of the card, which is asked for otherwise
    #[arg(long, value_name = "KIND", value_parser = PossibleValuesParser::new(Kind::ALL.map(Kind::name)))]
    kind: Option<String>,
    /// Write nothing; show what would be added
    #[arg(long)]
    dry_run: bool,
}

impl AddArgs {
    /// Whether the learner is asked, card by card.
    pub(super) fn asks(&self) -> bool {
        self.from.is_none()
    }
}

pub(super) fn run(args: &AddArgs, context: &mut Context<'_>) -> Result<(), CommandError> {
    let mut target = Target::find(context, &args.node, args.deck.as_deref())?;
    match &args.from {
        Some(file) => from_file(args, context, &mut target, file),
        None => step_by_step(args, context, &mut target),
    }
}

/// All cards of a file, or none.
fn from_file(
    args: &AddArgs,
    context: &mut Context<'_>,
    target: &mut Target,
    path: &Path,
) -> Result<(), CommandError> {
    let (text, file) = read(context, path)?;
    let cards = match deck_files::given(&text, &file, Form::of(&file, &text), &target.taken()) {
        Ok(cards) => cards,
        Err(flaws) => return refuse(context, target, &flaws, &text),
    };
    let proposal = target.with(&cards, context.today())?;
    if !proposal.errors.is_empty() {
        let flaws: Vec<Flaw> =
            proposal.errors.into_iter().map(|problem| Flaw { path: None, problem }).collect();
        return refuse(context, target, &flaws, &proposal.text);
    }
    if !args.dry_run {
        target.write(&cards)?;
    }
    if context.json {
        return context.show_line(&tell::json(target, &proposal, &[]));
    }
    let page = tell::findings(&proposal, &context.look());
    context.show_page(&page)?;
    if args.dry_run {
        context.show_page(&tell::would_be(target, &cards))
    } else {
        context.show_page(&tell::added(target, &proposal))
    }
}

/// The text of a file or of standard input, and how it is shown.
fn read(context: &mut Context<'_>, path: &Path) -> Result<(String, Arc<str>), CommandError> {
    if path != Path::new("-") {
        let read = deck_files::map_file(path)?;
        return Ok((read.text, read.file));
    }
    let mut text = String::new();
    while let Some(line) = context.terminal.line()? {
        text.push_str(&line);
        text.push('\n');
        if text.len() > MOST_BYTES {
            return Err(deck_files::FileError::TooLarge { file: Arc::from("-") }.into());
        }
    }
    Ok((text, Arc::from("-")))
}

/// Tells what is wrong with given cards; nothing is written.
fn refuse(
    context: &mut Context<'_>,
    target: &Target,
    flaws: &[Flaw],
    text: &str,
) -> Result<(), CommandError> {
    if context.json {
        let nothing = Proposal::default();
        context.show_line(&tell::json(target, &nothing, flaws))?;
    } else {
        let page = tell::flaws(flaws, text, &context.look());
        context.show_page(&page)?;
    }
    Err(CommandError::Findings(format!("{}: nothing was added", counted(flaws.len(), "error"))))
}

/// Card after card, until the learner leaves.
fn step_by_step(args: &AddArgs, context: &mut Context<'_>, target: &mut Target) -> Result<(), CommandError> {
    if context.json {
        return Err(CommandError::NothingAdded);
    }
    let kind = args.kind.as_deref().and_then(Kind::from_name);
    let mut done: Vec<String> = Vec::new();
    context.show_page(&tell::opening(target))?;
    while let Some(card) = ask::card(context, kind, &target.taken())? {
        let Some(proposal) = agreed(context, target, &card)? else { break };
        if args.dry_run {
            context.show_page(&tell::would_be(target, &card))?;
        } else {
            target.write(&card)?;
            context.show_page(&tell::added(target, &proposal))?;
        }
        done.extend(card.iter().map(|card| card.id.card.clone()));
        context.show_page(&tell::another())?;
    }
    match done.is_empty() {
        true if !context.terminal.is_interactive() => Err(CommandError::NothingAdded),
        true => context.show_page(&tell::nothing()),
        false => Ok(()),
    }
}

/// Shows the card as it will be asked and what the content rules say; `None` where the learner does not want it.
fn agreed(
    context: &mut Context<'_>,
    target: &Target,
    card: &[Card],
) -> Result<Option<Proposal>, CommandError> {
    let proposal = target.with(card, context.today())?;
    let page = tell::preview(&proposal, context.seed.value);
    context.show_page(&page)?;
    let page = tell::findings(&proposal, &context.look());
    context.show_page(&page)?;
    context.show_page(&tell::question(target))?;
    Ok(match context.terminal.ask(&Ask::Confirm)? {
        Heard::Truth(true) => Some(proposal),
        _ => None,
    })
}

/// The ids of cards.
fn ids(cards: &[Card]) -> BTreeSet<String> {
    cards.iter().map(|card| card.id.card.clone()).collect()
}
