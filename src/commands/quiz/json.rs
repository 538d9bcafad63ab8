//! A sitting with a program: one JSON object a line, both ways.

use serde_json::{Value, json};

use super::sitting::{Asked, Judged, Sitting};
use crate::commands::{CommandError, Context};
use crate::domain::card::{Kind, Reply};
use crate::domain::grade::Grade;
use crate::domain::review::Confidence;
use crate::report::summary::Summary;
use crate::report::{answer, faded};

/// What a line asks for.
pub enum Wish {
    /// A reply, with its words for the log and how sure it is.
    Reply(Reply, String, Option<Confidence>),
    /// Take the newest answer back.
    Undo,
    /// Not this card today.
    Skip,
    /// The card is faulty, with a note.
    Flag(String),
    /// The program leaves.
    Quit,
}

/// Asks card after card until the queue is empty, the program quits, or its lines end.
pub fn sit(sitting: &mut Sitting<'_>, context: &mut Context<'_>) -> Result<(), CommandError> {
    while let Some(mut asked) = sitting.next() {
        name_missing(sitting, context)?;
        say(context, &question(&asked, sitting.session.left()))?;
        match wish(context, &asked)? {
            Wish::Reply(reply, said, confidence) => {
                asked.confidence = confidence;
                let judged = sitting.answer(&asked, &reply, said)?;
                say(context, &verdict(&asked, &judged))?;
            }
            Wish::Undo => {
                let card = sitting.undo()?.map(|card| card.to_string());
                say(context, &json!({ "event": "undone", "card": card }))?;
            }
            Wish::Skip => sitting.skip(),
            Wish::Flag(note) => {
                sitting.flag(&asked.card.id, &note)?;
                sitting.skip();
            }
            Wish::Quit => break,
        }
    }
    name_missing(sitting, context)
}

/// Names the cards that could not be put.
pub fn name_missing(sitting: &mut Sitting<'_>, context: &mut Context<'_>) -> Result<(), CommandError> {
    for (id, reason) in sitting.missing.drain(..) {
        say(context, &json!({ "event": "missing", "card": id.to_string(), "message": reason }))?;
    }
    Ok(())
}

/// One event.
pub fn say(context: &mut Context<'_>, event: &Value) -> Result<(), CommandError> {
    context.show(&format!("{event}\n"))
}

/// The event of a question.
pub fn question(asked: &Asked, left: usize) -> Value {
    let mut event = json!({
        "event": "question",
        "card": asked.card.id.to_string(),
        "kind": asked.question.kind.name(),
        "prompt": asked.question.prompt,
        "left": left,
    });
    if matches!(asked.question.kind, Kind::Choice | Kind::Order) {
        event["options"] = asked.question.offers.iter().map(|offer| offer.text.as_str()).collect();
    }
    event
}

fn verdict(asked: &Asked, judged: &Judged) -> Value {
    let due = judged.recorded.after.schedule.schedule().map(|schedule| schedule.due.to_string());
    json!({
        "event": "verdict",
        "card": asked.card.id.to_string(),
        "grade": judged.grade.value(),
        "right": judged.verdict.is_right(),
        "answer": answer::answer_text(&asked.card),
        "explanation": asked.card.explanation,
        "due": due,
    })
}

/// The last event of a sitting.
pub fn summary(context: &mut Context<'_>, summary: &Summary) -> Result<(), CommandError> {
    let branch = |branch: &crate::report::summary::Moved| json!({ "label": branch.label, "recall_before": branch.before, "recall_after": branch.after, "met": branch.met });
    let event = json!({
        "event": "summary",
        "cards": summary.cards,
        "right": summary.right,
        "answers": summary.answers,
        "left": summary.left,
        "horizon": summary.horizon.to_string(),
        "due_tomorrow": summary.tomorrow,
        "branches": summary.branches.iter().map(branch).collect::<Vec<_>>(),
        "next": summary.next.0,
        "faded": summary.faded.as_ref().map_or_else(|| json!([]), faded::json),
    });
    say(context, &event)
}

/// Reads lines until one makes sense; what is wrong with the others is told as an `error` event.
fn wish(context: &mut Context<'_>, asked: &Asked) -> Result<Wish, CommandError> {
    loop {
        let Some(line) = context.terminal.line()? else { return Ok(Wish::Quit) };
        if line.trim().is_empty() {
            continue;
        }
        match understood(&line, asked) {
            Ok(wish) => return Ok(wish),
            Err(message) => say(context, &json!({ "event": "error", "message": message }))?,
        }
    }
}

/// What a line asks for, or why it makes no sense.
pub fn understood(line: &str, asked: &Asked) -> Result<Wish, String> {
    let object: Value = serde_json::from_str(line).map_err(|error| format!("no JSON: {error}"))?;
    let text = |key: &str| object.get(key).and_then(Value::as_str);
    match text("do") {
        Some("undo") => return Ok(Wish::Undo),
        Some("skip") => return Ok(Wish::Skip),
        Some("flag") => return Ok(Wish::Flag(text("note").unwrap_or_default().to_owned())),
        Some("quit") => return Ok(Wish::Quit),
        Some(other) => return Err(format!("`do` is undo, skip, flag or quit, not `{other}`")),
        None => {}
    }
    if let Some(grade) = object.get("grade") {
        let grade = grade.as_i64().and_then(Grade::new).ok_or("`grade` is a number from 0 to 5")?;
        return Ok(Wish::Reply(Reply::Graded(grade), String::new(), confidence(&object)?));
    }
    let reply = object.get("reply").ok_or("a line has `reply`, `grade` or `do`")?;
    let said = reply.as_str().map_or_else(|| reply.to_string(), str::to_owned);
    let confidence = confidence(&object)?;
    reply_of(reply, asked).map(|(reply, words)| Wish::Reply(reply, words.unwrap_or(said), confidence))
}

/// How sure the learner says the reply is.
fn confidence(object: &Value) -> Result<Option<Confidence>, String> {
    let name = match object.get("confidence") {
        None | Some(Value::Null) => return Ok(None),
        Some(said) => said.as_str().and_then(Confidence::from_name),
    };
    name.map(Some).ok_or_else(|| "`confidence` is sure or unsure".to_owned())
}

/// A reply as the card's kind understands it, with its words for the log where they differ from the line's.
fn reply_of(value: &Value, asked: &Asked) -> Result<(Reply, Option<String>), String> {
    let question = &asked.question;
    match question.kind {
        Kind::Choice | Kind::Order | Kind::Explain => {
            let shown = numbers(value, question.offers.len())?;
            Ok((question.reply(&shown), Some(question.words(&shown))))
        }
        Kind::TrueFalse => truth(value).map(|said| (Reply::Truth(said), Some(said.to_string()))),
        Kind::Typed => Ok((Reply::Typed(words(value)), None)),
        Kind::Cloze => Ok(match value.as_array() {
            Some(gaps) => (Reply::Filled(gaps.iter().map(words).collect()), None),
            None => (question.filled(&words(value)), None),
        }),
        Kind::Flashcard => Err("a flashcard takes a `grade`".to_owned()),
    }
}

fn words(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// True or false, as JSON or in words.
pub fn truth(value: &Value) -> Result<bool, String> {
    match (value.as_bool(), value.as_str().map(str::to_lowercase).as_deref()) {
        (Some(said), _) => Ok(said),
        (None, Some("y" | "yes" | "t" | "true")) => Ok(true),
        (None, Some("n" | "no" | "f" | "false")) => Ok(false),
        _ => Err("`reply` is true or false".to_owned()),
    }
}

/// Numbers of options from 1, as a number, a list, or a text such as `1,3`; given as places from 0.
fn numbers(value: &Value, count: usize) -> Result<Vec<usize>, String> {
    let wrong = || format!("`reply` is a number from 1 to {count}, several as [1, 3] or \"1,3\"");
    let all: Option<Vec<u64>> = match value {
        Value::Array(values) => values.iter().map(Value::as_u64).collect(),
        Value::String(text) => {
            let parts = text.split([',', ' ']).filter(|part| !part.is_empty());
            parts.map(|part| part.parse().ok()).collect()
        }
        other => other.as_u64().map(|number| vec![number]),
    };
    let place = |number: u64| usize::try_from(number).ok()?.checked_sub(1).filter(|place| *place < count);
    all.and_then(|all| all.into_iter().map(place).collect()).ok_or_else(wrong)
}
