//! A card for reading outside a sitting, each side as a sitting shows it.

use serde_json::json;

use super::page::{Line, Page, Span, Style};
use super::{answer, question};
use crate::domain::card::{Body, Card, Kind, Reply, Source};
use crate::domain::question::Question;

/// Which sides of a card are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sides {
    /// The question, the hint and the answer with every why.
    Both,
    /// The question before it is answered.
    Question,
    /// What is told after a right reply.
    Answer,
}

/// The card below a line that says which it is and where it stands.
#[must_use]
pub fn page(card: &Card, put: &Question, sides: Sides) -> Page {
    let mut page = Page::new();
    let about =
        format!("{} · {} · difficulty {}", card.kind().name(), card.aim.name(), card.difficulty.value());
    page.line(vec![
        Span::new(Style::Title, card.id.to_string()),
        Span::new(Style::Dim, format!("  {about} · {}:{}", card.place.file, card.place.line)),
    ]);
    page.blank().append(body(card, put, sides));
    page.blank();
    page
}

/// The card itself.
#[must_use]
pub fn body(card: &Card, put: &Question, sides: Sides) -> Page {
    match sides {
        Sides::Question => question::alone(put),
        Sides::Answer => back(card, put, right_reply(card).as_ref()),
        Sides::Both => {
            let mut page = question::alone(put);
            if let Some(hint) = &card.hint {
                page.blank().push(Line::new(vec![Span::plain(hint)]).led_by(Span::new(Style::Dim, "Hint: ")));
            }
            page.blank().append(back(card, put, None));
            page
        }
    }
}

fn back(card: &Card, put: &Question, reply: Option<&Reply>) -> Page {
    let mut page = answer::back(card, put, reply);
    let checklist = answer::checklist(card);
    if !checklist.is_empty() {
        page.blank().append(checklist);
    }
    page
}

/// The reply that answers a choice; the backs of other kinds do not depend on it.
fn right_reply(card: &Card) -> Option<Reply> {
    let Body::Choice { options, .. } = &card.body else { return None };
    let right = options.iter().enumerate().filter(|(_, option)| option.correct);
    Some(Reply::Picked(right.map(|(place, _)| place).collect()))
}

/// The card as an object, without what its sides leave out.
#[must_use]
pub fn json(card: &Card, put: &Question, sides: Sides) -> String {
    let mut object = json!({
        "card": card.id.to_string(),
        "kind": card.kind().name(),
        "aim": card.aim.name(),
        "difficulty": card.difficulty.value(),
    });
    if sides != Sides::Answer {
        // The points of an `explain` card are ticked after the answer: they belong to it.
        let is_told = put.kind != Kind::Explain || sides == Sides::Both;
        let offers = put.offers.iter().filter(|_| is_told);
        let options: Vec<&str> = offers.map(|offer| offer.text.as_str()).collect();
        object["prompt"] = put.prompt.clone().into();
        object["options"] = options.into();
    }
    object["file"] = (*card.place.file).into();
    object["line"] = card.place.line.into();
    if sides != Sides::Question {
        object["answer"] = answer::answer_text(card).into();
        object["hint"] = card.hint.clone().into();
        object["explanation"] = card.explanation.clone().into();
        let source = |source: &Source| json!({ "title": source.title, "at": source.at, "url": source.url });
        object["sources"] = card.sources.iter().map(source).collect();
    }
    object.to_string()
}
