//! `log`: every answer ever given, oldest first; and rows of another log, taken in.

mod import;

use clap::{Args, Subcommand};

use super::{CommandError, Context, complete};
use crate::domain::review::LogEntry;
use crate::report::log;
use crate::report::page::Page;

/// The review log, oldest first; or take in rows of another
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Examples:\n  mindrill log\n  mindrill log indexing/leftmost-prefix\n  mindrill log --json > answers.jsonl\n  mindrill log import answers.jsonl"
)]
pub struct LogArgs {
    /// Only rows about this card, those it took over included
    #[arg(value_name = "CARD", add = complete::cards())]
    card: Option<String>,
    #[command(subcommand)]
    command: Option<LogCommand>,
}

#[derive(Debug, Subcommand)]
enum LogCommand {
    Import(import::LogImportArgs),
}

pub(super) fn run(args: &LogArgs, context: &mut Context<'_>) -> Result<(), CommandError> {
    if let Some(LogCommand::Import(args)) = &args.command {
        return import::run(args, context);
    }
    let card = args.card.as_ref().map(|name| context.logged_card(name)).transpose()?;
    let store = context.readable_store()?;
    match card {
        Some(card) => store.about(&card)?.iter().try_for_each(|entry| show(context, entry)),
        None => store.log(|entry| show(context, &entry)),
    }
}

fn show(context: &mut Context<'_>, entry: &LogEntry) -> Result<(), CommandError> {
    if context.json {
        return context.show_line(&log::json(entry));
    }
    let mut page = Page::new();
    page.push(log::line(entry));
    context.show_page(&page)
}
