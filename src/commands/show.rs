//! `show`: cards as a sitting shows them.

use clap::Args;

use super::{CommandError, Context, complete};
use crate::domain::question::Question;
use crate::report::card::{self, Sides};

/// A card, or all cards of a node, as a sitting shows them
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mindrill show indexing/leftmost-prefix\n  mindrill show indexing --question-only\n  mindrill show leftmost-prefix --answer\n  mindrill show tls-certificates --seed 7"
)]
pub struct ShowArgs {
    /// A card (`deck/card`, or the card alone where it is unique) or a node
    #[arg(value_name = "CARD|NODE", add = complete::cards_and_nodes())]
    name: String,
    /// Leave the answers out
    #[arg(long)]
    question_only: bool,
    /// Only what is told after a right reply
    #[arg(long, conflicts_with = "question_only")]
    answer: bool,
}

pub(super) fn run(args: &ShowArgs, context: &mut Context<'_>) -> Result<(), CommandError> {
    let library = context.library()?;
    let sides = match (args.question_only, args.answer) {
        (true, _) => Sides::Question,
        (false, true) => Sides::Answer,
        (false, false) => Sides::Both,
    };
    for id in library.cards_named(&args.name)? {
        let card = library.card(&id)?;
        let question = Question::put(&card, context.seed.value);
        if context.json {
            context.show_line(&card::json(&card, &question, sides))?;
        } else {
            context.show_page(&card::page(&card, &question, sides))?;
        }
    }
    Ok(())
}
