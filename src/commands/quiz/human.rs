//! A sitting with a person: through a terminal, or line by line through a pipe.

use super::sitting::{Asked, Judged, Sitting};
use crate::commands::{CommandError, Context, editor};
use crate::domain::card::{Body, CardId, Kind, Reply};
use crate::domain::grade::Grade;
use crate::domain::queue::is_new;
use crate::domain::sm2::KeyPreview;
use crate::report::page::{Page, Style, columns};
use crate::report::{answer, markdown, question, returns};
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
    Ok(())
}

/// The question below an empty line and the progress line.
fn opening(sitting: &mut Sitting<'_>, asked: &Asked, terminal: &dyn Terminal) -> Page {
    let mut page = Page::new();
    for (id, reason) in sitting.missing.drain(..) {
        page.text(Style::Warn, format!("`{id}` is left out: {reason}"));
    }
    page.blank();
    page.append(question::page(&asked.question, &standing(sitting, asked)));
    if asked.question.kind != Kind::Explain && is_cut(asked, terminal) {
        page.blank().append(question::offers(&asked.question));
    }
    page.blank();
    page
}

/// Whether the terminal would cut an option short, so that all are shown in full before.
fn is_cut(asked: &Asked, terminal: &dyn Terminal) -> bool {
    labels(asked).iter().any(|label| columns(label) > terminal.label_columns())
}

fn labels(asked: &Asked) -> Vec<String> {
    asked.question.offers.iter().map(|offer| markdown::label(&offer.text)).collect()
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
            Step::Reply(reply, said) => return Ok(Said::Reply(reply, said)),
            Step::Leave => return Ok(Said::Turn(Turn::Leave)),
            Step::Command(command) => command,
        };
        if let Some(turn) = obey(sitting, context, asked, command)? {
            return Ok(Said::Turn(turn));
        }
    }
}

enum Step {
    Reply(Reply, String),
    Command(Command),
    Leave,
}

/// One round of asking, by kind of card.
fn hear(sitting: &Sitting<'_>, context: &mut Context<'_>, asked: &Asked) -> Result<Step, CommandError> {
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
        Kind::Explain => match reveal(context, asked)? {
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
fn typed(sitting: &Sitting<'_>, context: &mut Context<'_>, asked: &Asked) -> Result<Step, CommandError> {
    let text = match context.terminal.ask(&Ask::Type)? {
        Heard::Typed(text) => text,
        other => return Ok(step(other)),
    };
    match asked.question.kind {
        Kind::Cloze if text.trim().is_empty() => {
            context.show_page(&back(asked, None))?;
            grade(sitting, context, asked)
        }
        Kind::Cloze => Ok(Step::Reply(asked.question.filled(&text), text)),
        _ => Ok(Step::Reply(Reply::Typed(text.clone()), text)),
    }
}

/// Waits for the learner to want the answer, and shows it; `Some` where something else was wanted.
fn reveal(context: &mut Context<'_>, asked: &Asked) -> Result<Option<Step>, CommandError> {
    match context.terminal.ask(&Ask::Reveal)? {
        Heard::Revealed => {
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

fn revealed(sitting: &Sitting<'_>, context: &mut Context<'_>, asked: &Asked) -> Result<Step, CommandError> {
    match reveal(context, asked)? {
        Some(step) => Ok(step),
        None => grade(sitting, context, asked),
    }
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
        Command::Edit => {
            editor::open(context, sitting.library, &asked.card.id)?;
            Ok(Some(Turn::Next))
        }
        Command::Hint => hint(context, asked).map(|()| None),
    }
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
        Heard::Command(Command::Edit) => {
            editor::open(context, sitting.library, judged.card())?;
            return Ok(Turn::Next);
        }
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
