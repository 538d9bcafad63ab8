//! What a rule of `check` asks, and why. It does not know where rules come from.

use serde_json::{Value, json};

use super::markdown;
use super::page::{Fit, Line, Page, Side, Span, Style, columns, padded};

/// A rule, as it is explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explained<'a> {
    /// Its id.
    pub id: &'a str,
    /// `error`, `warning` or `warning or error`.
    pub severity: &'a str,
    /// What it asks, in a line.
    pub title: &'a str,
    /// Why it exists; Markdown, may be empty.
    pub why: &'a str,
    /// A piece of a deck that breaks it, and the same mended.
    pub examples: Option<(&'a str, &'a str)>,
}

/// Columns that a piece of a deck is indented.
const INDENT: usize = 2;

/// One rule in full.
#[must_use]
pub fn page(rule: &Explained<'_>) -> Page {
    let mut page = Page::new();
    let lead = Span::new(Style::Title, format!("{}  ", rule.id));
    page.push(Line::new(vec![Span::new(Style::Strong, rule.title)]).led_by(lead));
    page.text(style(rule.severity), rule.severity);
    if !rule.why.is_empty() {
        page.blank().append(markdown::page(rule.why));
    }
    if let Some((bad, good)) = rule.examples {
        example(&mut page, Span::new(Style::Bad, "Not so:"), bad);
        example(&mut page, Span::new(Style::Good, "But so:"), good);
    }
    page
}

fn example(page: &mut Page, title: Span, text: &str) {
    page.blank().line(vec![title]);
    for row in text.trim_end().lines() {
        page.push(Line::new(vec![Span::new(Style::Code, row)]).fitting(Fit::Fold).indented(INDENT));
    }
}

fn style(severity: &str) -> Style {
    if severity.ends_with("error") { Style::Bad } else { Style::Warn }
}

/// All rules, a line each.
#[must_use]
pub fn list(rules: &[Explained<'_>]) -> Page {
    let widest = rules.iter().map(|rule| columns(rule.id)).max().unwrap_or(0);
    let mut page = Page::new();
    for rule in rules {
        let lead = Span::new(style(rule.severity), format!("{}  ", padded(rule.id, widest, Side::Left)));
        page.push(Line::new(markdown::spans(rule.title)).led_by(lead));
    }
    page
}

/// One rule, as an object.
#[must_use]
pub fn json(rule: &Explained<'_>) -> Value {
    json!({
        "rule": rule.id,
        "severity": rule.severity,
        "title": rule.title,
        "why": rule.why,
        "bad": rule.examples.map(|(bad, _)| bad),
        "good": rule.examples.map(|(_, good)| good),
    })
}
