//! `show`: cards as a sitting shows them.

use clap::Args;

use super::{CommandError, Context, complete};
use crate::domain::card::Card;
use crate::domain::question::Question;
use crate::report::page::{Line, Page, Span, Style};
use crate::report::{answer, question};

/// A card, or all cards of a node, as a sitting shows them
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mindrill show indexing/leftmost-prefix\n  mindrill show indexing --question-only\n  mindrill show tls-certificates --seed 7"
)]
pub struct ShowArgs {
    /// A card (`deck/card`, or the card alone where it is unique) or a node
    #[arg(value_name = "CARD|NODE", add = complete::cards_and_nodes())]
    name: String,
    /// Leave the answers out
    #[arg(long)]
    question_only: bool,
}

pub(super) fn run(args: &ShowArgs, context: &mut Context<'_>) -> Result<(), CommandError> {
    let library = context.library()?;
    for id in library.cards_named(&args.name)? {
        let card = library.card(&id)?;
        let question = Question::put(&card, context.seed.value);
        if context.json {
            context.show_line(&json(&card, &question, args.question_only))?;
        } else {
            context.show_page(&page(&card, &question, args.question_only))?;
        }
    }
    Ok(())
}

/// A card as a sitting shows it, under a line that says what it is.
pub(super) fn page(card: &Card, put: &Question, question_only: bool) -> Page {
    let mut page = Page::new();
    let about =
        format!("{} · {} · difficulty {}", card.kind().name(), card.aim.name(), card.difficulty.value());
    page.line(vec![
        Span::new(Style::Title, card.id.to_string()),
        Span::new(Style::Dim, format!("  {about} · {}:{}", card.place.file, card.place.line)),
    ]);
    page.blank().append(question::alone(put));
    if !question_only {
        if let Some(hint) = &card.hint {
            page.blank().push(Line::new(vec![Span::plain(hint)]).led_by(Span::new(Style::Dim, "Hint: ")));
        }
        page.blank().append(answer::back(card, put, None));
        let checklist = answer::checklist(card);
        if !checklist.is_empty() {
            page.blank().append(checklist);
        }
    }
    page.blank();
    page
}

fn json(card: &Card, put: &Question, question_only: bool) -> String {
    let options: Vec<&str> = put.offers.iter().map(|offer| offer.text.as_str()).collect();
    let mut object = serde_json::json!({
        "card": card.id.to_string(),
        "kind": card.kind().name(),
        "aim": card.aim.name(),
        "difficulty": card.difficulty.value(),
        "prompt": put.prompt,
        "options": options,
        "file": &*card.place.file,
        "line": card.place.line,
    });
    if !question_only {
        object["answer"] = answer::answer_text(card).into();
        object["hint"] = card.hint.clone().into();
        object["explanation"] = card.explanation.clone().into();
        object["sources"] = card
            .sources
            .iter()
            .map(|source| serde_json::json!({ "title": source.title, "at": source.at, "url": source.url }))
            .collect();
    }
    object.to_string()
}
