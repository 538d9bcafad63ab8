//! What came of a mock interview: each branch beside its prediction, and the surprises.

use serde_json::{Value, json};

use super::coverage::percent;
use super::page::{Fit, Line, Look, Page, Side, Span, Style, bar, padded, truncated};
use crate::domain::card::CardId;
use crate::domain::mock::{Branch, HIGH, LOW};
use crate::domain::skill_map::NodeKey;

/// Surprises of each sort that are named.
const MOST_SURPRISES: usize = 5;
/// Narrowest page on which a branch takes one row.
const WIDE: usize = 72;
/// Columns of the figures behind a branch's label.
const FIGURES: usize = 60;
const BAR: usize = 10;

/// A branch with its name.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its key.
    pub key: NodeKey,
    /// Its label.
    pub label: String,
    /// What came of it.
    pub branch: Branch,
}

/// An answer that was not to be expected.
#[derive(Debug, Clone, PartialEq)]
pub struct Surprise {
    /// The card.
    pub card: CardId,
    /// The chance of a right answer as it was before, 0..1.
    pub predicted: f64,
    /// Whether it was right.
    pub is_right: bool,
}

/// What came of a mock interview.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// All branches together; `None` where nothing was answered.
    pub total: Option<Branch>,
    /// Each branch that was asked about.
    pub rows: Vec<Row>,
    /// The surprises, the greatest first.
    pub surprises: Vec<Surprise>,
    /// Questions of the sample that were not asked: time was up, or the learner left.
    pub unasked: usize,
    /// Leaves without a card, of which an interviewer may ask all the same.
    pub silent_leaves: usize,
}

/// The page.
#[must_use]
pub fn page(outcome: &Outcome, look: &Look) -> Page {
    let mut page = Page::new();
    page.blank();
    let Some(total) = &outcome.total else {
        page.text(Style::Plain, "No question was answered.");
        return page;
    };
    page.line(vec![
        Span::new(Style::Strong, format!("{} of {} right", total.right, total.asked)),
        Span::plain(format!(", {}", percent(share(total)))),
        Span::new(Style::Dim, format!(" (80 % interval {})", interval(total))),
        Span::plain(format!("; predicted {}", percent(total.predicted))),
    ]);
    page.text(Style::Plain, verdict(total));
    page.blank();
    for row in &outcome.rows {
        branch(&mut page, row, look);
    }
    surprises(&mut page, outcome);
    rest(&mut page, outcome);
    page
}

#[expect(clippy::cast_precision_loss, reason = "counts of answers are exact in f64 up to 2^53")]
fn share(branch: &Branch) -> f64 {
    branch.right as f64 / branch.asked.max(1) as f64
}

/// The interval in per cent: `63–90`.
fn interval(branch: &Branch) -> String {
    const PERCENT: f64 = 100.0;
    format!("{:.0}–{:.0}", branch.interval.low * PERCENT, branch.interval.high * PERCENT)
}

/// Where the prediction lies, in one sentence.
fn verdict(total: &Branch) -> &'static str {
    match against(total) {
        Against::Within => "As predicted: the difference is within what so few answers allow.",
        Against::Better => "Better than predicted.",
        Against::Worse => "Worse than predicted: the forecast was too kind.",
    }
}

/// How an outcome stands to its prediction.
#[derive(Clone, Copy)]
enum Against {
    Within,
    Better,
    Worse,
}

fn against(branch: &Branch) -> Against {
    match branch.predicted {
        low if low < branch.interval.low => Against::Better,
        high if high > branch.interval.high => Against::Worse,
        _ => Against::Within,
    }
}

fn branch(page: &mut Page, row: &Row, look: &Look) {
    let branch = &row.branch;
    let (style, word) = match against(branch) {
        Against::Within => (Style::Plain, ""),
        Against::Better => (Style::Good, "  better"),
        Against::Worse => (Style::Bad, "  worse"),
    };
    let bar = Span::new(style, bar(share(branch), BAR).text);
    let score = padded(&format!("{} of {}", branch.right, branch.asked), 9, Side::Right);
    let figures = format!(
        " {} {}  predicted {}",
        padded(&percent(share(branch)), 5, Side::Right),
        padded(&interval(branch), 7, Side::Right),
        percent(branch.predicted)
    );
    if look.width >= WIDE {
        let width = look.width - FIGURES;
        let label = padded(&truncated(&row.label, width, look.glyphs), width, Side::Left);
        let spans = vec![
            Span::plain(label),
            Span::plain(format!("{score} ")),
            bar,
            Span::new(Style::Dim, figures),
            Span::new(style, word),
        ];
        page.push(Line::new(spans).fitting(Fit::Cut));
        return;
    }
    page.line(vec![
        Span::plain(row.label.as_str()),
        Span::new(Style::Dim, format!("  {}", score.trim_start())),
    ]);
    let spans = vec![bar, Span::new(Style::Dim, figures), Span::new(style, word)];
    page.push(Line::new(spans).indented(2));
}

fn surprises(page: &mut Page, outcome: &Outcome) {
    let sorts = [
        (false, format!("Failed, though predicted {} or more:", percent(HIGH))),
        (true, format!("Right, though predicted {} or less:", percent(LOW))),
    ];
    for (is_right, heading) in sorts {
        let own: Vec<&Surprise> = outcome.surprises.iter().filter(|one| one.is_right == is_right).collect();
        if own.is_empty() {
            continue;
        }
        page.blank().text(Style::Dim, heading);
        for one in own.iter().take(MOST_SURPRISES) {
            let predicted = padded(&percent(one.predicted), 5, Side::Right);
            let style = if is_right { Style::Good } else { Style::Bad };
            page.line(vec![Span::new(style, format!("  {predicted}  ")), Span::plain(one.card.to_string())]);
        }
        let more = own.len().saturating_sub(MOST_SURPRISES);
        if more > 0 {
            page.text(Style::Dim, format!("  and {more} more"));
        }
    }
}

fn rest(page: &mut Page, outcome: &Outcome) {
    page.blank();
    let told = |number: usize, one: &str, several: &str| match number {
        1 => format!("1 {one}"),
        more => format!("{more} {several}"),
    };
    if outcome.unasked > 0 {
        let unasked = told(outcome.unasked, "question of the sample was", "questions of the sample were");
        page.text(Style::Dim, format!("{unasked} not asked."));
    }
    if outcome.silent_leaves > 0 {
        let leaves = told(outcome.silent_leaves, "leaf has no card:", "leaves have no card:");
        page.text(Style::Dim, format!("{leaves} an interviewer may ask there too."));
    }
    page.line(vec![
        Span::plain("Next: "),
        Span::new(Style::Accent, "mindrill weak"),
        Span::new(Style::Dim, "  what to mend first"),
    ]);
}

/// The contract's list of branches.
#[must_use]
pub fn json(outcome: &Outcome) -> String {
    let row = |row: &Row| {
        json!({
            "key": row.key.0,
            "asked": row.branch.asked,
            "right": row.branch.right,
            "low": row.branch.interval.low,
            "high": row.branch.interval.high,
            "predicted": row.branch.predicted,
        })
    };
    Value::Array(outcome.rows.iter().map(row).collect()).to_string()
}
