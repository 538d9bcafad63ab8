//! What `add` shows: the card as it will be asked, what is wrong with it, what was written.

use serde_json::json;

use crate::commands::target::{Proposal, Target};
use crate::deck_files::{self, Flaw};
use crate::domain::card::Card;
use crate::domain::question::Question;
use crate::report::card::{self, Sides};
use crate::report::check::{counted, problem_json};
use crate::report::page::{Fit, Line, Look, Page, Span, Style};
use crate::report::snippet;

/// Where the card will go, and how to leave.
pub fn opening(target: &Target) -> Page {
    let mut page = Page::new();
    let what = if target.is_new { "A new deck: " } else { "To the deck " };
    page.line(vec![Span::new(Style::Title, what), Span::plain(&*target.file)]);
    page.text(Style::Dim, "Markdown. A line that ends in \\ goes on. Esc or Ctrl-D before a line leaves.");
    page.blank();
    page
}

/// The new cards as a sitting shows them.
pub fn preview(proposal: &Proposal, seed: u64) -> Page {
    let mut page = Page::new();
    page.blank();
    for one in proposal.cards.iter().filter(|card| !card.is_derived()) {
        page.append(card::page(one, &Question::put(one, seed), Sides::Both));
    }
    page
}

/// What the content rules say of the new cards.
pub fn findings(proposal: &Proposal, look: &Look) -> Page {
    let mut page = Page::new();
    for problem in &proposal.findings {
        page.append(snippet::drawn(problem, snippet::row(problem, &proposal.text), look)).blank();
    }
    page
}

/// The question before a card is written.
pub fn question(target: &Target) -> Page {
    let mut page = Page::new();
    page.line(vec![Span::new(Style::Accent, "Add it to "), Span::plain(format!("{}?", target.file))]);
    page
}

/// What was written, and how to see it.
pub fn added(target: &Target, proposal: &Proposal) -> Page {
    let mut page = Page::new();
    let cards: Vec<&Card> = proposal.cards.iter().filter(|card| !card.is_derived()).collect();
    match cards.as_slice() {
        [card] => page.line(vec![
            Span::new(Style::Good, "added "),
            Span::new(Style::Strong, card.id.to_string()),
            Span::plain(format!(" to {}", target.file)),
        ]),
        cards => {
            page.line(vec![
                Span::new(Style::Good, "added "),
                Span::plain(format!("{} to {}", counted(cards.len(), "card"), target.file)),
            ]);
            for card in cards {
                page.push(Line::new(vec![Span::plain(card.id.to_string())]).indented(2));
            }
            &mut page
        }
    };
    page
}

/// The text that would be written.
pub fn would_be(target: &Target, cards: &[Card]) -> Page {
    let mut page = Page::new();
    let verb = if target.is_new { "would make" } else { "would add to" };
    page.line(vec![Span::new(Style::Warn, format!("{verb} ")), Span::plain(format!("{}:", target.file))]);
    page.blank();
    for line in deck_files::cards_toml(cards).lines() {
        page.push(Line::new(vec![Span::new(Style::Code, line)]).fitting(Fit::Fold));
    }
    page
}

/// After a card was added.
pub fn another() -> Page {
    let mut page = Page::new();
    page.blank().text(Style::Dim, "The next card; Esc leaves.");
    page
}

/// Where the learner left.
pub fn nothing() -> Page {
    let mut page = Page::new();
    page.text(Style::Dim, "nothing was added");
    page
}

/// What is wrong with given cards: with the line, or with the path where they were JSON.
pub fn flaws(flaws: &[Flaw], text: &str, look: &Look) -> Page {
    let mut page = Page::new();
    for Flaw { path, problem } in flaws {
        match path {
            None => page.append(snippet::drawn(problem, snippet::row(problem, text), look)).blank(),
            Some(path) => {
                page.push(message(&problem.message));
                let place = if path.is_empty() { String::new() } else { format!(" at {path}") };
                let place = Span::plain(format!("{}{place}", problem.place.file));
                page.push(Line::new(vec![place]).led_by(Span::new(Style::Dim, " --> ")));
                page.push(hint(&problem.hint)).blank()
            }
        };
    }
    page
}

/// What is wrong with what was typed.
pub fn in_dialogue(flaws: &[Flaw]) -> Page {
    let mut page = Page::new();
    for Flaw { problem, .. } in flaws {
        page.push(message(&problem.message));
        page.push(hint(&problem.hint));
    }
    page.text(Style::Accent, "once more:");
    page
}

fn message(text: &str) -> Line {
    Line::new(vec![Span::new(Style::Strong, text)]).led_by(Span::new(Style::Bad, "error: "))
}

fn hint(text: &str) -> Line {
    Line::new(vec![Span::plain(text)]).led_by(Span::new(Style::Accent, "hint:  "))
}

/// The contract's object; where nothing was added, with what is wrong.
pub fn json(target: &Target, proposal: &Proposal, flaws: &[Flaw]) -> serde_json::Value {
    let added = proposal.cards.iter().filter(|card| !card.is_derived());
    let ids: Vec<String> = added.map(|card| card.id.to_string()).collect();
    let mut object = json!({ "deck": target.id.to_string(), "file": &*target.file, "added": ids });
    let mut problems: Vec<serde_json::Value> = Vec::new();
    for Flaw { path, problem } in flaws {
        let mut told = problem_json(problem);
        told["path"] = path.clone().into();
        problems.push(told);
    }
    problems.extend(proposal.findings.iter().map(problem_json));
    object["problems"] = problems.into();
    object
}
