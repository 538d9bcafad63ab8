//! A mock interview with a program: one JSON object a line, both ways; no verdict before the end.

use serde_json::{Value, json};

use super::{Interview, Noted, human, is_self_graded};
use crate::commands::quiz::json::{Wish, name_missing, question, say, truth, understood};
use crate::commands::quiz::sitting::Asked;
use crate::commands::{CommandError, Context};
use crate::report::answer;

/// Asks question after question; at the end tells the answers. What follows is the list of branches.
pub fn sit(interview: &mut Interview<'_>, context: &mut Context<'_>) -> Result<(), CommandError> {
    while let Some(mut asked) = interview.sitting.next() {
        name_missing(&mut interview.sitting, context)?;
        let left = interview.sitting.session.left();
        say(context, &question(&asked, left))?;
        match wish(context, &asked)? {
            Wish::Reply(reply, said, confidence) => {
                asked.confidence = confidence;
                let card = asked.card.id.to_string();
                interview.note(asked, reply, said)?;
                say(context, &json!({ "event": "noted", "card": card }))?;
            }
            Wish::Flag(note) => {
                interview.sitting.flag(&asked.card.id, &note)?;
                interview.sitting.skip();
            }
            Wish::Skip => interview.sitting.skip(),
            Wish::Undo | Wish::Quit => break,
        }
    }
    name_missing(&mut interview.sitting, context)?;
    for noted in &interview.noted {
        say(context, &told(noted))?;
    }
    Ok(())
}

fn told(noted: &Noted) -> Value {
    json!({
        "event": "answer",
        "card": noted.asked.card.id.to_string(),
        "grade": noted.judged.grade.value(),
        "right": noted.is_right(),
        "predicted": noted.predicted,
        "answer": answer::answer_text(&noted.asked.card),
        "explanation": noted.asked.card.explanation,
    })
}

/// Reads lines until one makes sense; what is wrong with the others is told as an `error` event.
fn wish(context: &mut Context<'_>, asked: &Asked) -> Result<Wish, CommandError> {
    loop {
        let Some(line) = context.terminal.line()? else { return Ok(Wish::Quit) };
        if line.trim().is_empty() {
            continue;
        }
        let meant = match own(&line, asked) {
            Some(meant) => meant,
            None => understood(&line, asked),
        };
        let message = match meant {
            Ok(Wish::Undo) => "in a mock interview an answer stands".to_owned(),
            Ok(wish) => return Ok(wish),
            Err(message) => message,
        };
        say(context, &json!({ "event": "error", "message": message }))?;
    }
}

/// The learner's word on what only he can judge: `{"reply": true}` for known; `None` for any other line.
fn own(line: &str, asked: &Asked) -> Option<Result<Wish, String>> {
    if !is_self_graded(asked.question.kind) {
        return None;
    }
    let object: Value = serde_json::from_str(line).ok()?;
    let known = truth(object.get("reply")?).map_err(|_| {
        "`reply` is true or false here: whether you know it; or give a `grade` from 0 to 5".to_owned()
    });
    Some(known.map(|known| Wish::Reply(human::own(known), String::new(), None)))
}
