//! What edits did to cards with progress, with the commands that settle it.

use serde_json::json;

use super::page::{Line, Page, Span, Style};
use crate::domain::card::CardId;
use crate::domain::identity::{Face, Succession};

/// What stands between the things that answer a card.
const BETWEEN_THINGS: &str = "; ";

/// A card whose answer was changed since the learner last answered it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edited {
    /// The card.
    pub card: CardId,
    /// How it looked then.
    pub before: Face,
    /// How it looks now.
    pub now: Face,
}

/// All that edits left open.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Edits {
    /// Cards that have gone, with those that follow them.
    pub successions: Vec<Succession>,
    /// Cards whose answer was changed.
    pub edited: Vec<Edited>,
}

/// The command that carries progress over.
#[must_use]
pub fn carry(gone: &CardId, successor: &CardId) -> String {
    format!("mindrill relink {} {}", typed(gone), typed(successor))
}

/// The commands that settle a changed answer: keep, afresh.
#[must_use]
pub fn settle(card: &CardId) -> [String; 2] {
    let card = typed(card);
    [format!("mindrill relink {card} --keep"), format!("mindrill relink {card} --afresh")]
}

/// An id as a shell takes it.
fn typed(card: &CardId) -> String {
    let id = card.to_string();
    shell_words::quote(&id).into_owned()
}

/// What answers a face, on one line.
#[must_use]
pub fn answer(face: &Face) -> String {
    face.key.things().collect::<Vec<_>>().join(BETWEEN_THINGS)
}

/// One line that says that something is open; `None` where nothing is.
#[must_use]
pub fn news(edits: &Edits) -> Option<String> {
    let count = |count: usize, one: &str, more: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{count} {more}")),
    };
    let parts = [
        count(edits.successions.len(), "card was renamed or moved", "cards were renamed or moved"),
        count(edits.edited.len(), "answer was changed", "answers were changed"),
    ];
    let told: Vec<String> = parts.into_iter().flatten().collect();
    (!told.is_empty()).then(|| format!("{}: run `mindrill relink`", told.join(", ")))
}

/// The page.
#[must_use]
pub fn page(edits: &Edits) -> Page {
    let mut page = Page::new();
    if *edits == Edits::default() {
        page.text(Style::Good, "Every card you answered is where it was, and so is its answer.");
        return page;
    }
    if !edits.successions.is_empty() {
        page.text(Style::Title, "Gone, and a card like it is there:");
        for succession in &edits.successions {
            page.append(followed(succession));
        }
        if edits.successions.len() > 1 {
            page.push(command("all of them: ", "mindrill relink --all".to_owned()));
        }
    }
    if !edits.edited.is_empty() {
        if !page.is_empty() {
            page.blank();
        }
        page.text(Style::Title, "The answer was changed since you gave it:");
        for edited in &edits.edited {
            page.append(changed(edited));
        }
    }
    page
}

fn followed(succession: &Succession) -> Page {
    let Succession { gone, successor, likeness } = succession;
    let mut page = Page::new();
    page.line(vec![
        Span::new(Style::Strong, gone.to_string()),
        Span::plain(" → "),
        Span::new(Style::Strong, successor.to_string()),
        Span::new(Style::Dim, format!("  {:.0} % alike", likeness * 100.0)),
    ]);
    page.push(command("", carry(gone, successor)));
    page.indented(2)
}

fn changed(edited: &Edited) -> Page {
    let Edited { card, before, now } = edited;
    let [keep, afresh] = settle(card);
    let mut page = Page::new();
    page.line(vec![Span::new(Style::Strong, card.to_string())]);
    for (lead, face) in [("was: ", before), ("now: ", now)] {
        page.push(Line::new(vec![Span::plain(answer(face))]).led_by(Span::new(Style::Dim, lead)).indented(2));
    }
    page.push(command("keep what you know: ", keep));
    page.push(command("or learn it anew:   ", afresh));
    page.indented(2)
}

fn command(lead: &str, text: String) -> Line {
    Line::new(vec![Span::new(Style::Dim, lead), Span::new(Style::Accent, text)]).indented(2)
}

/// The same as one object.
#[must_use]
pub fn json(edits: &Edits) -> String {
    let vanished = |succession: &Succession| {
        let Succession { gone, successor, likeness } = succession;
        json!({
            "card": gone.to_string(),
            "successor": successor.to_string(),
            "similarity": likeness,
            "command": carry(gone, successor),
        })
    };
    let changed = |edited: &Edited| {
        let [keep, afresh] = settle(&edited.card);
        json!({
            "card": edited.card.to_string(),
            "before": answer(&edited.before),
            "now": answer(&edited.now),
            "keep": keep,
            "afresh": afresh,
        })
    };
    json!({
        "vanished": edits.successions.iter().map(vanished).collect::<Vec<_>>(),
        "changed": edits.edited.iter().map(changed).collect::<Vec<_>>(),
    })
    .to_string()
}
