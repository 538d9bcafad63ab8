//! Today at a glance: what `mindrill` alone shows.

use serde_json::json;

use super::coverage::{percent, recall, recall_bar};
use super::due::{self, Due};
use super::faded::{self, Fading};
use super::interview;
use super::page::{Fit, Line, Look, Page, Side, Span, Style, padded, truncated};
use super::question::minutes;
use crate::domain::day::StudyDay;
use crate::domain::interview::Interview;
use crate::domain::mastery::NodeFigures;

/// Columns of a bar.
const BAR: usize = 10;
/// Columns of the figures before a branch's label, the bar included.
const FIGURES: usize = BAR + 13;
/// Columns of what stands behind the label, ` 100 % met`.
const MET: usize = 11;
/// Narrowest page that has room for it.
const LEAST_FOR_MET: usize = 50;

/// What a learner wants to know first.
#[derive(Debug, Clone, PartialEq)]
pub struct Glance<'a> {
    /// The map's title.
    pub title: &'a str,
    /// What the day holds.
    pub due: Due,
    /// Minutes it will take at the learner's pace.
    pub minutes: u64,
    /// Study days in a row with an answer, today or yesterday the last.
    pub streak: u32,
    /// Answers given today.
    pub answered_today: usize,
    /// The next interview.
    pub interview: Option<&'a Interview>,
    /// The day of which the branches' recall speaks.
    pub horizon: StudyDay,
    /// The weakest branches, weakest first.
    pub weakest: Vec<&'a NodeFigures>,
    /// What faded since the study day before.
    pub faded: Option<Fading>,
    /// What edits left open, in one line.
    pub edits: Option<String>,
    /// The command to type next, and why.
    pub next: (String, String),
}

/// The page.
#[must_use]
pub fn page(glance: &Glance<'_>, look: &Look) -> Page {
    let mut page = Page::new();
    page.text(Style::Title, glance.title);
    if let Some(next) = glance.interview {
        let when = interview::distance(next.on, glance.due.today);
        page.line(vec![
            Span::new(Style::Accent, format!("{} {when}", interview::titled(&next.name))),
            Span::new(Style::Dim, format!(", {}", next.on)),
        ]);
    }
    page.append(due::page(&glance.due));
    page.line(vec![
        Span::plain(minutes(glance.minutes)),
        Span::new(
            Style::Dim,
            format!(" · {} · {} answered today", streak(glance.streak), glance.answered_today),
        ),
    ]);
    page.blank().text(Style::Dim, format!("Weakest branches, recall on {}:", glance.horizon));
    for node in &glance.weakest {
        page.push(branch(node, look));
    }
    if let Some(fading) = &glance.faded {
        page.blank().append(faded::page(fading));
    }
    if let Some(edits) = &glance.edits {
        page.blank().text(Style::Warn, edits.clone());
    }
    page.blank().line(vec![
        Span::plain("Next: "),
        Span::new(Style::Accent, glance.next.0.clone()),
        Span::new(Style::Dim, format!("  {}", glance.next.1)),
    ]);
    page
}

fn streak(days: u32) -> String {
    match days {
        0 => "no streak yet".to_owned(),
        1 => "1 day in a row".to_owned(),
        more => format!("{more} days in a row"),
    }
}

fn branch(node: &NodeFigures, look: &Look) -> Line {
    let met = if look.width < LEAST_FOR_MET { 0 } else { MET };
    let room = look.width.saturating_sub(FIGURES + met).max(1);
    let mut spans = vec![
        Span::plain("  "),
        recall_bar(node, BAR),
        Span::plain(padded(&format!(" {}", recall(node)), 11, Side::Left)),
        Span::plain(truncated(&node.label, room, look.glyphs)),
    ];
    if met > 0 {
        spans.push(Span::new(Style::Dim, format!("  {} met", percent(node.met))));
    }
    Line::new(spans).fitting(Fit::Cut)
}

/// The same as one object.
#[must_use]
pub fn json(glance: &Glance<'_>) -> String {
    let weakest: Vec<_> = glance
        .weakest
        .iter()
        .map(|node| json!({ "key": node.key.0, "label": node.label, "recall": node.recall, "met": node.met }))
        .collect();
    json!({
        "today": glance.due.today.to_string(),
        "due": glance.due.due,
        "new_today": glance.due.new_today,
        "new_total": glance.due.new_total,
        "overdue": glance.due.overdue,
        "minutes": glance.minutes,
        "streak": glance.streak,
        "answered_today": glance.answered_today,
        "interview": glance.interview.map(|next| interview::object(next, glance.due.today)),
        "horizon": glance.horizon.to_string(),
        "weakest": weakest,
        "next": glance.next.0,
        "faded": glance.faded.as_ref().map_or_else(|| json!([]), faded::json),
    })
    .to_string()
}
