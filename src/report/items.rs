//! Cards that behave badly, each with the reason and the next command.

use serde_json::{Value, json};

use super::check::counted;
use super::page::{Line, Page, Span, Style};
use crate::domain::items::{Choices, Item, Reason};
use crate::report::markdown;

/// Milliseconds in a second.
const MS_A_SECOND: u32 = 1_000;

/// An item with what to do about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// What is wrong with which card.
    pub item: Item,
    /// The command that looks after it: `edit`, or `show` where it lies in no file.
    pub verb: &'static str,
}

impl Listed {
    fn command(&self) -> String {
        let card = self.item.card.to_string();
        format!("mindrill {} {}", self.verb, shell_words::quote(&card))
    }
}

/// The page.
#[must_use]
pub fn page(items: &[Listed]) -> Page {
    let mut page = Page::new();
    if items.is_empty() {
        page.text(Style::Good, "No card behaves badly, as far as your answers tell.");
        return page;
    }
    for listed in items {
        page.line(vec![
            Span::new(Style::Strong, listed.item.card.to_string()),
            Span::new(Style::Warn, format!("  {}", listed.item.reason.name())),
        ]);
        page.push(Line::new(vec![Span::plain(told(&listed.item.reason))]).indented(2));
        page.push(Line::new(vec![Span::new(Style::Accent, listed.command())]).indented(2));
    }
    page
}

/// The reason in words.
pub(super) fn told(reason: &Reason) -> String {
    match reason {
        Reason::MisleadingOption { option, chosen, key_chosen, of } => format!(
            "“{}” was chosen {chosen} times, the right option {key_chosen}: is the key right?{}",
            markdown::label(option),
            edited(*of)
        ),
        Reason::HarderThanPredicted { answers, fails, expected, .. } => {
            format!("failed {fails} of {answers} times where your memory says {expected:.1}")
        }
        Reason::Leech { lapses, answers, fails } => {
            format!(
                "{}, failed {fails} of {}",
                counted(*lapses as usize, "lapse"),
                counted(*answers, "answer")
            )
        }
        Reason::Flagged { note } if note.is_empty() => "you flagged it".to_owned(),
        Reason::Flagged { note } => format!("you flagged it: {note}"),
        Reason::Slow { median_ms, usual_ms, .. } => {
            let seconds = |ms: u32| ms / MS_A_SECOND;
            format!("takes you {} s, others of its kind {} s", seconds(*median_ms), seconds(*usual_ms))
        }
        Reason::IdleOption { options, of } => {
            let texts: Vec<String> =
                options.iter().map(|option| format!("“{}”", markdown::label(option))).collect();
            format!("never chosen in {} views: {}{}", of.views, texts.join(", "), edited(*of))
        }
    }
}

fn edited(of: Choices) -> String {
    match of.unmatched {
        0 => String::new(),
        replies => format!(" ({} to options that are gone)", counted_replies(replies)),
    }
}

fn counted_replies(replies: usize) -> String {
    if replies == 1 { "1 reply".to_owned() } else { format!("{replies} replies") }
}

/// The same as an array.
#[must_use]
pub fn json(items: &[Listed]) -> String {
    let object = |listed: &Listed| {
        json!({
            "card": listed.item.card.to_string(),
            "reason": listed.item.reason.name(),
            "evidence": evidence(&listed.item.reason),
            "command": listed.command(),
        })
    };
    Value::Array(items.iter().map(object).collect()).to_string()
}

fn evidence(reason: &Reason) -> Value {
    match reason {
        Reason::MisleadingOption { option, chosen, key_chosen, of } => json!({
            "option": option,
            "chosen": chosen,
            "key_chosen": key_chosen,
            "views": of.views,
            "unmatched": of.unmatched,
        }),
        Reason::HarderThanPredicted { answers, fails, expected, chance } => {
            json!({ "answers": answers, "fails": fails, "expected": expected, "chance": chance })
        }
        Reason::Leech { lapses, answers, fails } => {
            json!({ "lapses": lapses, "answers": answers, "fails": fails })
        }
        Reason::Flagged { note } => json!({ "note": note }),
        Reason::Slow { median_ms, usual_ms, answers } => {
            json!({ "median_ms": median_ms, "usual_ms": usual_ms, "answers": answers })
        }
        Reason::IdleOption { options, of } => {
            json!({ "options": options, "views": of.views, "unmatched": of.unmatched })
        }
    }
}
