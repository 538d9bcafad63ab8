//! A mock interview with a person: questions without a verdict, and at the end a look back at each.

use super::{Interview, Noted, is_self_graded};
use crate::commands::quiz::hear::{is_cut, labels};
use crate::commands::quiz::sitting::Asked;
use crate::commands::{CommandError, Context};
use crate::domain::card::{Kind, Reply};
use crate::domain::grade::Grade;
use crate::report::page::{Line, Page, Span, Style};
use crate::report::{answer, coverage, markdown, question};
use crate::terminal::{Ask, Command, Heard};

/// What came of one asking.
enum Said {
    Reply(Reply, String),
    Skip,
    Leave,
}

/// Asks question after question until the sample is done, time is up, or the learner leaves.
pub fn sit(
    interview: &mut Interview<'_>,
    context: &mut Context<'_>,
    minutes: u32,
) -> Result<(), CommandError> {
    let mut page = Page::new();
    let cards = interview.sitting.session.left();
    page.text(
        Style::Strong,
        format!("Mock interview: up to {cards} questions, {minutes} min; the answers come at the end."),
    );
    context.show_page(&page)?;
    while let Some(asked) = interview.sitting.next() {
        name_missing(interview, context)?;
        let page = opening(interview, &asked, context);
        context.show_page(&page)?;
        match listen(interview, context, &asked)? {
            Said::Reply(reply, said) => {
                interview.note(asked, reply, said)?;
                tell(context, Style::Dim, "noted")?;
                if context.terminal.is_interactive() {
                    interview.sitting.store.checkpoint()?;
                }
            }
            Said::Skip => interview.sitting.skip(),
            Said::Leave => break,
        }
    }
    name_missing(interview, context)
}

/// Names the cards that could not be put.
fn name_missing(interview: &mut Interview<'_>, context: &mut Context<'_>) -> Result<(), CommandError> {
    for (id, reason) in interview.sitting.missing.drain(..) {
        let mut page = Page::new();
        page.text(Style::Warn, format!("`{id}` is left out: {reason}"));
        context.show_page(&page)?;
    }
    Ok(())
}

fn tell(context: &mut Context<'_>, style: Style, text: &str) -> Result<(), CommandError> {
    let mut page = Page::new();
    page.text(style, text);
    context.show_page(&page)
}

/// The question with the progress line above it.
fn opening(interview: &Interview<'_>, asked: &Asked, context: &Context<'_>) -> Page {
    let sitting = &interview.sitting;
    let leaf = interview.leaves.get(&asked.card.id);
    let label = |leaf| sitting.library.collection.map().node(leaf).label.clone();
    let standing = question::Standing {
        done: sitting.session.done().len(),
        left: sitting.session.left(),
        new: 0,
        minutes: sitting.paces.minutes(sitting.session.left()),
        leaf: leaf.copied().map(label).unwrap_or_default(),
        again: false,
    };
    let mut page = Page::new();
    page.blank();
    if asked.question.kind == Kind::Cloze {
        page.append(question::plain(&asked.question, &standing));
    } else {
        page.append(question::page(&asked.question, &standing));
    }
    if asked.question.kind != Kind::Explain && is_cut(asked, context.terminal) {
        page.blank().append(question::offers(&asked.question));
    }
    page.blank();
    page
}

/// Hears the learner out: what a mock has no room for is said, and the question is asked again.
fn listen(
    interview: &mut Interview<'_>,
    context: &mut Context<'_>,
    asked: &Asked,
) -> Result<Said, CommandError> {
    loop {
        let command = match hear(context, asked)? {
            (Some(said), _) => return Ok(said),
            (None, Heard::Command(command)) => command,
            (None, _) => return Ok(Said::Leave),
        };
        match command {
            Command::Skip => return Ok(Said::Skip),
            Command::Flag(note) => {
                let card = &asked.card.id;
                interview.sitting.flag(card, &note.unwrap_or_default())?;
                tell(context, Style::Warn, "flagged")?;
                return Ok(Said::Skip);
            }
            Command::Undo => tell(context, Style::Dim, "in a mock interview an answer stands")?,
            Command::Hint | Command::Edit => {
                tell(context, Style::Dim, "in a mock interview there is no help")?;
            }
        }
    }
}

/// One round of asking, by kind of card.
fn hear(context: &mut Context<'_>, asked: &Asked) -> Result<(Option<Said>, Heard), CommandError> {
    let labels = labels(asked);
    let kind = asked.question.kind;
    let ask = match kind {
        Kind::Choice if asked.question.several => Ask::ChooseSeveral(&labels),
        Kind::Choice => Ask::Choose(&labels),
        Kind::Order => Ask::Arrange(&labels),
        Kind::Typed | Kind::Cloze => Ask::Type,
        Kind::TrueFalse => Ask::TrueFalse,
        Kind::Flashcard | Kind::Explain => {
            tell(context, Style::Dim, "Answer it aloud or in your head. Do you know it?")?;
            Ask::Confirm
        }
    };
    let heard = context.terminal.ask(&ask)?;
    let said = match &heard {
        Heard::Picked(shown) => Some(Said::Reply(asked.question.reply(shown), asked.question.words(shown))),
        Heard::Typed(text) if kind == Kind::Cloze => {
            Some(Said::Reply(asked.question.filled(text), text.clone()))
        }
        Heard::Typed(text) => Some(Said::Reply(Reply::Typed(text.clone()), text.clone())),
        Heard::Truth(known) if is_self_graded(kind) => Some(Said::Reply(own(*known), String::new())),
        Heard::Truth(said) => Some(Said::Reply(Reply::Truth(*said), said.to_string())),
        _ => None,
    };
    Ok((said, heard))
}

/// The learner's own word as a reply: knew it, or did not.
pub fn own(known: bool) -> Reply {
    Reply::Graded(if known { Grade::GOOD } else { Grade::AGAIN })
}

/// Shows each question with its answer; the learner can correct what he said of himself.
pub fn look_back(interview: &mut Interview<'_>, context: &mut Context<'_>) -> Result<(), CommandError> {
    let count = interview.noted.len();
    let mut noted = std::mem::take(&mut interview.noted);
    let mut asks = true;
    for (place, one) in noted.iter_mut().enumerate() {
        context.show_page(&back(one, place + 1, count))?;
        if asks {
            asks = agree(interview, context, one)?;
        }
        if !asks && context.terminal.is_interactive() {
            break;
        }
    }
    interview.noted = noted;
    Ok(())
}

/// A question, what was said of it, and its answer.
fn back(noted: &Noted, place: usize, count: usize) -> Page {
    let Noted { asked, reply, .. } = noted;
    let (style, word) = match (is_self_graded(asked.question.kind), noted.is_right()) {
        (true, true) => (Style::Good, "✓ you said you knew it"),
        (true, false) => (Style::Bad, "✗ you said you did not know it"),
        (false, true) => (Style::Good, "✓ right"),
        (false, false) => (Style::Bad, "✗ not right"),
    };
    let mut page = Page::new();
    page.blank().line(vec![
        Span::new(Style::Accent, format!("{place} of {count}")),
        Span::plain("  "),
        Span::new(style, word),
        Span::new(
            Style::Dim,
            format!("  predicted {}  {}", coverage::percent(noted.predicted), asked.card.id),
        ),
    ]);
    page.blank().append(markdown::page(&asked.question.prompt)).blank();
    if !matches!(asked.question.kind, Kind::Choice | Kind::Flashcard | Kind::Explain) {
        let said = Span::plain(noted.judged.said());
        page.push(Line::new(vec![said]).led_by(Span::new(Style::Dim, "You: ")));
    }
    if let Some(note) = &noted.judged.verdict.note {
        page.text(Style::Plain, note.as_str());
    }
    page.append(answer::back(&asked.card, &asked.question, Some(reply))).blank();
    page
}

/// Hears whether the learner agrees; false where he wants to see no more.
fn agree(
    interview: &mut Interview<'_>,
    context: &mut Context<'_>,
    noted: &mut Noted,
) -> Result<bool, CommandError> {
    let is_own = is_self_graded(noted.asked.question.kind);
    let heard = if is_own {
        tell(context, Style::Dim, "Did you know it, now that you see it? (q: no more pages)")?;
        context.terminal.ask(&Ask::Confirm)?
    } else {
        context.terminal.ask(&Ask::Next)?
    };
    let grade = match heard {
        Heard::Truth(known) if known != noted.is_right() => {
            Some(if known { Grade::GOOD } else { Grade::AGAIN })
        }
        Heard::Graded(key) => Grade::from_key(key).filter(|_| noted.is_right()),
        Heard::Guessed if noted.is_right() => Some(Grade::NEARLY),
        Heard::Command(Command::Flag(note)) => {
            interview.sitting.flag(&noted.asked.card.id, &note.unwrap_or_default())?;
            None
        }
        Heard::Left => return Ok(false),
        _ => None,
    };
    if let Some(grade) = grade {
        interview.sitting.correct(&mut noted.judged, grade)?;
        tell(context, Style::Dim, &format!("your word counts: grade {grade}"))?;
    }
    Ok(true)
}
