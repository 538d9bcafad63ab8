//! The end of a sitting: what was done, which branches moved, what comes next.

use super::check::counted;
use super::faded::{self, Fading};
use super::page::{Line, Page, Side, Span, Style, padded};
use crate::domain::day::StudyDay;

/// Smallest change of a branch's recall worth telling: half a percentage point.
const LEAST_MOVE: f64 = 0.005;

/// A branch before and after the sitting.
#[derive(Debug, Clone, PartialEq)]
pub struct Moved {
    /// Its label.
    pub label: String,
    /// Recall at the horizon before, 0..1.
    pub before: f64,
    /// Recall at the horizon after, 0..1.
    pub after: f64,
    /// Share of its cards met at least once, after, 0..1.
    pub met: f64,
}

/// What a sitting came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// Different cards asked.
    pub cards: usize,
    /// Of them, known at the first asking.
    pub right: usize,
    /// Answers in all, repetitions included.
    pub answers: usize,
    /// Minutes measured; `None` under a fixed clock.
    pub minutes: Option<u64>,
    /// Askings left when the learner went.
    pub left: usize,
    /// Branches, in map order.
    pub branches: Vec<Moved>,
    /// The day of which the branches' recall speaks.
    pub horizon: StudyDay,
    /// What faded since the study day before.
    pub faded: Option<Fading>,
    /// Cards due tomorrow.
    pub tomorrow: usize,
    /// The command to type next, and why.
    pub next: (String, String),
}

/// The page with which a sitting ends.
#[must_use]
pub fn page(summary: &Summary) -> Page {
    let mut page = Page::new();
    page.push(score(summary));
    let moved: Vec<&Moved> =
        summary.branches.iter().filter(|branch| (branch.after - branch.before).abs() >= LEAST_MOVE).collect();
    if !moved.is_empty() {
        page.blank().text(Style::Dim, format!("Recall on {}:", summary.horizon));
        for branch in moved {
            page.push(row(branch));
        }
    }
    if let Some(fading) = &summary.faded {
        page.blank().append(faded::page(fading));
    }
    page.blank();
    page.line(vec![
        Span::plain(format!("Due tomorrow: {}.", summary.tomorrow)),
        Span::plain(" Next: "),
        Span::new(Style::Accent, summary.next.0.clone()),
        Span::new(Style::Dim, format!("  {}", summary.next.1)),
    ]);
    page
}

fn score(summary: &Summary) -> Line {
    if summary.cards == 0 {
        return Line::new(vec![Span::plain("No card was answered.")]);
    }
    let mut spans = vec![
        Span::new(Style::Strong, format!("{} of {} known at once", summary.right, summary.cards)),
        Span::new(Style::Dim, format!(" · {}", counted(summary.answers, "answer"))),
    ];
    if let Some(minutes) = summary.minutes {
        spans.push(Span::new(Style::Dim, format!(" · {} min", minutes.max(1))));
    }
    if summary.left > 0 {
        spans.push(Span::new(Style::Dim, format!(" · {} left for later", summary.left)));
    }
    Line::new(spans)
}

fn row(branch: &Moved) -> Line {
    let style = if branch.after >= branch.before { Style::Good } else { Style::Warn };
    let percent = |share: f64| padded(&format!("{:.0} %", share * 100.0), 5, Side::Right);
    Line::new(vec![
        Span::plain(percent(branch.before)),
        Span::new(Style::Dim, " → "),
        Span::new(style, percent(branch.after)),
        Span::plain(format!("  {}", branch.label)),
        Span::new(Style::Dim, format!("  {:.0} % met", branch.met * 100.0)),
    ])
}
