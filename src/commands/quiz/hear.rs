//! One question put to a person, by kind of card, and what is heard.

use super::sitting::{Asked, Sitting, Tap};
use crate::commands::{CommandError, Context};
use crate::domain::card::{Kind, Reply};
use crate::domain::review::Confidence;
use crate::domain::sm2::KeyPreview;
use crate::report::page::{Page, columns};
use crate::report::{answer, markdown, returns};
use crate::terminal::{Ask, Command, Heard, Terminal};

/// What came of one round of asking.
pub enum Step {
    /// A reply, with its words for the log.
    Reply(Reply, String),
    /// Something else that is wanted.
    Command(Command),
    /// The learner leaves.
    Leave,
}

/// One round of asking, by kind of card.
pub fn hear(
    sitting: &Sitting<'_>,
    context: &mut Context<'_>,
    asked: &mut Asked,
) -> Result<Step, CommandError> {
    let labels = labels(asked);
    match asked.question.kind {
        Kind::Choice if asked.question.several => places(context, asked, &Ask::ChooseSeveral(&labels)),
        Kind::Choice => places(context, asked, &Ask::Choose(&labels)),
        Kind::Order => places(context, asked, &Ask::Arrange(&labels)),
        Kind::Typed | Kind::Cloze => typed(sitting, context, asked),
        Kind::TrueFalse => Ok(match context.terminal.ask(&Ask::TrueFalse)? {
            Heard::Truth(said) => Step::Reply(Reply::Truth(said), said.to_string()),
            other => step(other),
        }),
        Kind::Flashcard => revealed(sitting, context, asked),
        Kind::Explain => match reveal(sitting, context, asked)? {
            Some(step) => Ok(step),
            None => places(context, asked, &Ask::Tick(&labels)),
        },
    }
}

/// What is heard where no reply was given.
fn step(heard: Heard) -> Step {
    match heard {
        Heard::Command(command) => Step::Command(command),
        _ => Step::Leave,
    }
}

fn places(context: &mut Context<'_>, asked: &Asked, ask: &Ask<'_>) -> Result<Step, CommandError> {
    Ok(match context.terminal.ask(ask)? {
        Heard::Picked(shown) => Step::Reply(asked.question.reply(&shown), asked.question.words(&shown)),
        other => step(other),
    })
}

/// A typed answer; nothing typed into a cloze reveals it, and the learner judges.
fn typed(sitting: &Sitting<'_>, context: &mut Context<'_>, asked: &mut Asked) -> Result<Step, CommandError> {
    let text = match context.terminal.ask(&Ask::Type)? {
        Heard::Typed(text) => text,
        other => return Ok(step(other)),
    };
    match asked.question.kind {
        Kind::Cloze if text.trim().is_empty() => {
            if let Some(step) = tap(sitting, context, asked)? {
                return Ok(step);
            }
            let mut page = back(asked, None);
            page.blank();
            context.show_page(&page)?;
            grade(sitting, context, asked)
        }
        Kind::Cloze => Ok(Step::Reply(asked.question.filled(&text), text)),
        _ => Ok(Step::Reply(Reply::Typed(text.clone()), text)),
    }
}

/// Waits for the learner to want the answer, and shows it; `Some` where something else was wanted.
fn reveal(
    sitting: &Sitting<'_>,
    context: &mut Context<'_>,
    asked: &mut Asked,
) -> Result<Option<Step>, CommandError> {
    match context.terminal.ask(&Ask::Reveal)? {
        Heard::Revealed => {
            if let Some(step) = tap(sitting, context, asked)? {
                return Ok(Some(step));
            }
            let mut page = back(asked, None);
            page.blank();
            if is_cut(asked, context.terminal) {
                page.append(answer::checklist(&asked.card)).blank();
            }
            context.show_page(&page).map(|()| None)
        }
        other => Ok(Some(step(other))),
    }
}

fn revealed(
    sitting: &Sitting<'_>,
    context: &mut Context<'_>,
    asked: &mut Asked,
) -> Result<Step, CommandError> {
    match reveal(sitting, context, asked)? {
        Some(step) => Ok(step),
        None => grade(sitting, context, asked),
    }
}

/// Asks once how sure the learner is, if that is wanted; `Some` where something else was wanted.
pub fn tap(
    sitting: &Sitting<'_>,
    context: &mut Context<'_>,
    asked: &mut Asked,
) -> Result<Option<Step>, CommandError> {
    if !sitting.asks_confidence || asked.tap == Tap::Done {
        return Ok(None);
    }
    let watch = context.clock.start();
    let heard = context.terminal.ask(&Ask::Confidence)?;
    asked.set_aside(watch);
    asked.confidence = match heard {
        Heard::Sure(true) => Some(Confidence::Sure),
        Heard::Sure(false) => Some(Confidence::Unsure),
        Heard::Command(command) => return Ok(Some(Step::Command(command))),
        Heard::Left => return Ok(Some(Step::Leave)),
        _ => None,
    };
    asked.tap = Tap::Done;
    Ok(None)
}

/// The learner's own grade, each key shown with the interval it would give.
fn grade(sitting: &Sitting<'_>, context: &mut Context<'_>, asked: &Asked) -> Result<Step, CommandError> {
    let previews = sitting.previews(&asked.card.id)?;
    let label = |place: usize| previews.get(place).map(returns::preview).unwrap_or_default();
    let labels = [label(0), label(1), label(2), label(3)];
    Ok(match context.terminal.ask(&Ask::Grade(&labels))? {
        Heard::Graded(key) => match previews.get(usize::from(key).wrapping_sub(1)) {
            Some(KeyPreview { grade, .. }) => Step::Reply(Reply::Graded(*grade), String::new()),
            None => Step::Leave,
        },
        other => step(other),
    })
}

fn back(asked: &Asked, reply: Option<&Reply>) -> Page {
    let mut page = Page::new();
    page.blank().append(answer::back(&asked.card, &asked.question, reply));
    page
}

/// Whether the terminal would cut an option short, so that all are shown in full before.
pub fn is_cut(asked: &Asked, terminal: &dyn Terminal) -> bool {
    labels(asked).iter().any(|label| columns(label) > terminal.label_columns())
}

/// The labels of what is on offer.
pub fn labels(asked: &Asked) -> Vec<String> {
    asked.question.offers.iter().map(|offer| markdown::label(&offer.text)).collect()
}
