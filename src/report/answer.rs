//! What is told when a card has been answered: the outcome, the answer, the whys, the sources.

use super::markdown;
use super::page::{Line, Page, Span, Style};
use crate::domain::card::{Body, Card, ChoiceOption, Outcome, Piece, Reply, Verdict};
use crate::domain::grade::Grade;
use crate::domain::question::Question;

/// How the reply fared, in one line: a sign, a word, and when the card comes back.
#[must_use]
pub fn outcome(verdict: &Verdict, grade: Grade, returns: &str) -> Page {
    let (style, sign, word) = told(verdict.outcome);
    let mut page = Page::new();
    page.line(vec![
        Span::new(style, format!("{sign} {word}")),
        Span::new(Style::Dim, format!(" · grade {grade} · {returns}")),
    ]);
    if let Some(note) = &verdict.note {
        page.append(markdown::page(note).indented(2));
    }
    page
}

fn told(outcome: Outcome) -> (Style, &'static str, &'static str) {
    match outcome {
        Outcome::Right => (Style::Good, "✓", "right"),
        Outcome::NearMiss => (Style::Warn, "~", "nearly"),
        Outcome::Partly => (Style::Warn, "~", "partly right"),
        Outcome::Wrong => (Style::Bad, "✗", "wrong"),
        Outcome::Nothing => (Style::Bad, "✗", "no answer"),
        Outcome::OwnGrade(grade) if grade.is_pass() => (Style::Good, "✓", "known"),
        Outcome::OwnGrade(_) => (Style::Bad, "✗", "not yet"),
    }
}

/// The back of a card: its answer, why each option that matters is right or wrong, and the sources.
///
/// Options are numbered as `question` showed them; `reply` says which of them was chosen.
#[must_use]
pub fn back(card: &Card, question: &Question, reply: Option<&Reply>) -> Page {
    let mut page = key(card, question, reply);
    if let Some(explanation) = &card.explanation {
        page.blank().append(markdown::page(explanation));
    }
    let sources = sources(card);
    if !sources.is_empty() {
        page.blank().append(sources);
    }
    page
}

fn key(card: &Card, question: &Question, reply: Option<&Reply>) -> Page {
    match &card.body {
        Body::Choice { .. } => options(card, question, reply),
        Body::Order { items, .. } => numbered(items),
        Body::Flashcard { answer, .. } | Body::Explain { answer, .. } => markdown::page(answer),
        Body::Cloze { pieces } => markdown::page(&filled(pieces)),
        Body::Typed { .. } | Body::TrueFalse { .. } => {
            let mut page = Page::new();
            let lead = Span::new(Style::Dim, "Answer: ");
            page.push(Line::new(vec![Span::new(Style::Strong, answer_text(card))]).led_by(lead));
            page
        }
    }
}

/// The points of a good explanation; an empty page for other kinds.
#[must_use]
pub fn checklist(card: &Card) -> Page {
    match &card.body {
        Body::Explain { checklist, .. } => numbered(checklist),
        _ => Page::new(),
    }
}

fn numbered(texts: &[String]) -> Page {
    let mut page = Page::new();
    for (place, text) in texts.iter().enumerate() {
        let number = Span::new(Style::Accent, format!("{:>3}  ", place + 1));
        page.push(Line::new(markdown::spans(text)).led_by(number));
    }
    page
}

/// All options as they were shown: right ones and chosen ones marked, each with its why, the others dim. Every
/// why where nothing was chosen yet.
fn options(card: &Card, question: &Question, reply: Option<&Reply>) -> Page {
    let Body::Choice { options, .. } = &card.body else { return Page::new() };
    let mut page = Page::new();
    for (shown, offer) in question.offers.iter().enumerate() {
        if let Some(option) = options.get(offer.place) {
            page.append(marked(option, shown + 1, was_picked(reply, offer.place)));
        }
    }
    page
}

/// Whether an option was chosen; `None` where there was no choice yet.
fn was_picked(reply: Option<&Reply>, place: usize) -> Option<bool> {
    match reply {
        Some(Reply::Picked(places)) => Some(places.contains(&place)),
        Some(_) => Some(false),
        None => None,
    }
}

fn marked(option: &ChoiceOption, number: usize, picked: Option<bool>) -> Page {
    let mut page = Page::new();
    let (style, sign) = match (option.correct, picked) {
        (true, _) => (Style::Good, "✓"),
        (false, Some(true) | None) => (Style::Bad, "✗"),
        (false, Some(false)) => {
            let lead = Span::new(Style::Dim, format!("  {number}  "));
            page.push(Line::new(dimmed(&option.text)).led_by(lead));
            return page;
        }
    };
    page.push(
        Line::new(markdown::spans(&option.text)).led_by(Span::new(style, format!("{sign} {number}  "))),
    );
    if let Some(why) = &option.why {
        page.push(Line::new(dimmed(why)).indented(5));
    }
    page
}

fn dimmed(text: &str) -> Vec<Span> {
    let plain = |span: Span| match span.style {
        Style::Plain => Span::new(Style::Dim, span.text),
        _ => span,
    };
    markdown::spans(text).into_iter().map(plain).collect()
}

fn sources(card: &Card) -> Page {
    let mut page = Page::new();
    if !card.versions.is_empty() {
        page.text(Style::Dim, format!("Holds for {}", card.versions.join(", ")));
    }
    for source in &card.sources {
        let at = source.at.as_ref().map(|at| format!(", {at}")).unwrap_or_default();
        let url = source.url.as_ref().map(|url| format!(" {url}")).unwrap_or_default();
        let text = Span::new(Style::Dim, format!("{}{at}{url}", source.title));
        page.push(Line::new(vec![text]).led_by(Span::new(Style::Dim, "Source: ")));
    }
    page
}

/// A cloze with its gaps filled and marked as strong; Markdown.
fn filled(pieces: &[Piece]) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Gap(key) => format!("**{}**", key.accept.first().map_or("", String::as_str)),
    };
    pieces.iter().map(piece).collect()
}

/// The answer as plain Markdown, for one-line uses and scripts.
#[must_use]
pub fn answer_text(card: &Card) -> String {
    match &card.body {
        Body::Flashcard { answer, .. } | Body::Explain { answer, .. } => answer.clone(),
        Body::Choice { options, .. } => {
            let right = options.iter().filter(|option| option.correct);
            right.map(|option| option.text.as_str()).collect::<Vec<_>>().join("; ")
        }
        Body::Typed { key, .. } => key.accept.first().cloned().unwrap_or_default(),
        Body::Cloze { pieces } => {
            let first = |piece: &Piece| piece.key().and_then(|key| key.accept.first().cloned());
            pieces.iter().filter_map(first).collect::<Vec<_>>().join("; ")
        }
        Body::Order { items, .. } => items.join(" → "),
        Body::TrueFalse { answer, .. } => (if *answer { "true" } else { "false" }).to_owned(),
    }
}
