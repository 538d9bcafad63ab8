//! A sitting with a person: through a terminal, or line by line through a pipe.

use super::hear::{Step, hear, is_cut, tap};
use super::settle::{Settled, settle};
use super::sitting::{Asked, Judged, Sitting, Tap};
use crate::commands::{CommandError, Context, editor};
use crate::domain::card::{Body, CardId, Kind, Reply};
use crate::domain::grade::Grade;
use crate::domain::queue::is_new;
use crate::report::page::{Page, Style};
use crate::report::{answer, markdown, question, returns, trouble};
use crate::terminal::{Ask, Command, Heard, Terminal};

/// What follows an asking.
enum Turn {
    /// The next card, whichever it is now.
    Next,
    /// The learner leaves.
    Leave,
}

/// What a learner says to a question: a reply with its words for the log, or what else to do.
enum Said {
    Reply(Reply, String),
    Turn(Turn),
}

/// Asks card after card until the queue is empty or the learner leaves.
pub fn sit(sitting: &mut Sitting<'_>, context: &mut Context<'_>) -> Result<(), CommandError> {
    while let Some(mut asked) = sitting.next() {
        name_missing(sitting, context)?;
        match settle(sitting, context, &asked)? {
            Settled::Go => sitting.begin(&mut asked),
            Settled::Leave => break,
        }
        let page = opening(sitting, &asked, context.terminal);
        context.show_page(&page)?;
        let turn = match listen(sitting, context, &mut asked)? {
            Said::Turn(turn) => turn,
            Said::Reply(reply, said) => judge(sitting, context, &asked, &reply, said)?,
        };
        match turn {
            Turn::Next => {}
            Turn::Leave => break,
        }
    }
    name_missing(sitting, context)
}

/// Names the cards that could not be put.
fn name_missing(sitting: &mut Sitting<'_>, context: &mut Context<'_>) -> Result<(), CommandError> {
    for (id, reason) in sitting.missing.drain(..) {
        let mut page = Page::new();
        page.text(Style::Warn, format!("`{id}` is left out: {reason}"));
        context.show_page(&page)?;
    }
    Ok(())
}

/// The question below an empty line and the progress line.
fn opening(sitting: &Sitting<'_>, asked: &Asked, terminal: &dyn Terminal) -> Page {
    let mut page = Page::new();
    page.blank();
    page.append(question::page(&asked.question, &standing(sitting, asked)));
    if asked.question.kind != Kind::Explain && is_cut(asked, terminal) {
        page.blank().append(question::offers(&asked.question));
    }
    page.blank();
    page
}

fn standing(sitting: &Sitting<'_>, asked: &Asked) -> question::Standing {
    let session = &sitting.session;
    let id = &asked.card.id;
    let map = sitting.library.collection.map();
    let leaf = sitting.library.collection.header(id).and_then(|header| header.nodes.first().copied());
    question::Standing {
        done: session.done().len(),
        left: session.left(),
        new: session.upcoming().filter(|id| is_new(&sitting.states, id)).count(),
        minutes: sitting.paces.minutes(session.left()),
        leaf: leaf.map(|leaf| map.node(leaf).label.clone()).unwrap_or_default(),
        again: session.done().iter().any(|done| done.card == *id),
    }
}

/// Hears the learner out: commands are carried out until a reply comes or the turn ends.
fn listen(
    sitting: &mut Sitting<'_>,
    context: &mut Context<'_>,
    asked: &mut Asked,
) -> Result<Said, CommandError> {
    loop {
        let command = match hear(sitting, context, asked)? {
            Step::Reply(reply, said) => match tap(sitting, context, asked) {
                // The reply was given: it counts, however the learner leaves now.
                Err(error @ CommandError::Interrupted) => {
                    sitting.answer(asked, &reply, said)?;
                    return Err(error);
                }
                Err(error) => return Err(error),
                Ok(Some(Step::Command(command))) => command,
                Ok(Some(Step::Leave)) => {
                    asked.tap = Tap::Left;
                    return Ok(Said::Reply(reply, said));
                }
                Ok(Some(Step::Reply(..)) | None) => return Ok(Said::Reply(reply, said)),
            },
            Step::Leave => return Ok(Said::Turn(Turn::Leave)),
            Step::Command(command) => command,
        };
        if let Some(turn) = obey(sitting, context, asked, command)? {
            return Ok(Said::Turn(turn));
        }
    }
}

/// Carries a command out; `Some` where the turn is over.
fn obey(
    sitting: &mut Sitting<'_>,
    context: &mut Context<'_>,
    asked: &mut Asked,
    command: Command,
) -> Result<Option<Turn>, CommandError> {
    match command {
        Command::Undo => undo(sitting, context).map(Some),
        Command::Skip => {
            sitting.skip();
            Ok(Some(Turn::Next))
        }
        Command::Flag(note) => {
            let turn = flag(sitting, context, &asked.card.id, note)?;
            sitting.skip();
            Ok(Some(turn))
        }
        Command::Edit => edit(sitting, context, &asked.card.id).map(Some),
        Command::Hint => hint(context, asked).map(|()| None),
    }
}

/// Opens a card in the editor; the sitting goes on where that fails, and where the card is asked again it is as
/// its file says now.
fn edit(sitting: &Sitting<'_>, context: &mut Context<'_>, card: &CardId) -> Result<Turn, CommandError> {
    match editor::open(context, sitting.library, card) {
        Ok(()) => {}
        Err(error @ (CommandError::Interrupted | CommandError::OutputClosed)) => return Err(error),
        Err(error) => context.show_page(&trouble::page(&error.to_string(), &[], error.hint().as_deref()))?,
    }
    Ok(Turn::Next)
}

fn undo(sitting: &mut Sitting<'_>, context: &mut Context<'_>) -> Result<Turn, CommandError> {
    let mut page = Page::new();
    match sitting.undo()? {
        Some(card) => page.text(Style::Warn, format!("taken back: `{card}` is asked again")),
        None => page.text(Style::Dim, "nothing to take back in this sitting; `mindrill undo` goes further"),
    };
    context.show_page(&page)?;
    Ok(Turn::Next)
}

fn flag(
    sitting: &mut Sitting<'_>,
    context: &mut Context<'_>,
    card: &CardId,
    note: Option<String>,
) -> Result<Turn, CommandError> {
    let note = match note {
        Some(note) => note,
        None => match context.terminal.ask(&Ask::Note)? {
            Heard::Typed(note) => note,
            _ => String::new(),
        },
    };
    sitting.flag(card, &note)?;
    let mut page = Page::new();
    page.text(Style::Warn, format!("flagged `{card}`; `mindrill cards --flagged` lists them"));
    context.show_page(&page)?;
    Ok(Turn::Next)
}

fn hint(context: &mut Context<'_>, asked: &mut Asked) -> Result<(), CommandError> {
    asked.hinted |= asked.card.hint.is_some();
    let text = asked.card.hint.as_deref().unwrap_or("*this card has no hint*");
    context.show_page(&markdown::page(text).indented(2))
}

/// Judges and records a reply, tells the verdict, and hears whether the learner agrees.
fn judge(
    sitting: &mut Sitting<'_>,
    context: &mut Context<'_>,
    asked: &Asked,
    reply: &Reply,
    said: String,
) -> Result<Turn, CommandError> {
    let judged = sitting.answer(asked, reply, said)?;
    context.show_page(&verdict(asked, reply, &judged))?;
    if context.terminal.is_interactive() {
        sitting.store.checkpoint()?;
    }
    match reply {
        Reply::Graded(_) => Ok(Turn::Next),
        _ if asked.tap == Tap::Left => Ok(Turn::Leave),
        _ => agree(sitting, context, &judged),
    }
}

/// The outcome, and the back of the card unless it was shown before.
fn verdict(asked: &Asked, reply: &Reply, judged: &Judged) -> Page {
    let mut page = Page::new();
    let returns = returns::after(&judged.recorded.after, judged.day());
    page.append(answer::outcome(&judged.verdict, judged.grade, &returns));
    let was_shown = matches!(reply, Reply::Graded(_)) || matches!(asked.card.body, Body::Explain { .. });
    if !was_shown {
        page.append(answer::back(&asked.card, &asked.question, Some(reply)));
    }
    page
}

/// Waits until the learner goes on; one key says that it was hard, easy or a guess.
fn agree(
    sitting: &mut Sitting<'_>,
    context: &mut Context<'_>,
    judged: &Judged,
) -> Result<Turn, CommandError> {
    let grade = match context.terminal.ask(&Ask::Next)? {
        Heard::Graded(key) => Grade::from_key(key),
        Heard::Guessed if judged.verdict.is_right() => Some(Grade::NEARLY),
        Heard::Command(Command::Undo) => return undo(sitting, context),
        Heard::Command(Command::Flag(note)) => return flag(sitting, context, judged.card(), note),
        Heard::Command(Command::Edit) => return edit(sitting, context, judged.card()),
        Heard::Left => return Ok(Turn::Leave),
        _ => return Ok(Turn::Next),
    };
    if let Some(grade) = grade.filter(|grade| *grade != judged.grade) {
        let recorded = sitting.regrade(judged, grade)?;
        let mut page = Page::new();
        let returns = returns::after(&recorded.after, judged.day());
        page.text(Style::Dim, format!("your word counts: grade {grade} · {returns}"));
        context.show_page(&page)?;
    }
    Ok(Turn::Next)
}
