//! The diagnosis as a page and as the contract's array: what a node loses by cause, and what mends each part.

use serde_json::{Value, json};

use super::check::counted;
use super::coverage::percent;
use super::markdown;
use super::page::{Fit, Line, Look, Page, Side, Span, Style, bar, padded};
use crate::domain::day::StudyDay;
use crate::domain::mastery::{LEAST_CARDS, MASTERED_RECALL};
use crate::domain::weakness::{Cause, Diagnosis, MixUp, Sign, WeakCard, Weakness};
use crate::report::items;

/// Cards of an entry that are named; the JSON has all.
const MOST_CARDS: usize = 3;
/// Columns of a bar on a page at least [`WIDE`] columns wide, and on a narrower one.
const BAR: usize = 30;
const NARROW_BAR: usize = 12;
const WIDE: usize = 60;
/// Columns of a cause's name, the longest being `passed today` and `overconfident`.
const NAME: usize = 15;
const MS_A_SECOND: u32 = 1_000;
const PERCENT: f64 = 100.0;

/// An entry with its place on the map and the command that mends it.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed<'a> {
    /// The entry.
    pub weakness: &'a Weakness,
    /// The leaf's key.
    pub key: &'a str,
    /// The leaf's label.
    pub label: &'a str,
    /// The command that mends it.
    pub command: String,
}

/// What the page is about.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct About<'a> {
    /// The label of the node that was asked about.
    pub label: &'a str,
    /// What finds that node, as it was given; `None` for the whole map.
    pub name: Option<&'a str>,
    /// The day of which the recall speaks.
    pub horizon: StudyDay,
    /// The only cause that is told; `None` for every one.
    pub cause: Option<Cause>,
    /// How many entries are shown.
    pub top: usize,
}

/// The page.
#[must_use]
pub fn page(diagnosis: &Diagnosis, listed: &[Listed<'_>], about: &About<'_>, look: &Look) -> Page {
    let mut page = Page::new();
    page.line(vec![
        Span::new(Style::Title, about.label),
        Span::plain(format!("  recall {} on {}", percent(diagnosis.recall), about.horizon)),
    ]);
    opening(&mut page, diagnosis, about);
    if diagnosis.entries.is_empty() {
        return page;
    }
    page.blank().text(Style::Dim, "Points of recall lost, by cause:");
    causes(&mut page, diagnosis, look);
    page.blank().text(Style::Dim, "Most points a minute first:");
    for (place, entry) in listed.iter().take(about.top).enumerate() {
        row(&mut page, place + 1, entry);
    }
    let more = listed.len().saturating_sub(about.top);
    if more > 0 {
        let name = about.name.map(|name| format!(" {}", shell_words::quote(name))).unwrap_or_default();
        let more = format!("{more} more: `mindrill weak{name} --top {}`", listed.len());
        page.blank().text(Style::Dim, more);
    }
    page
}

/// What is to be said where little is known, or little is weak.
fn opening(page: &mut Page, diagnosis: &Diagnosis, about: &About<'_>) {
    if let Some(cause) = about.cause {
        if diagnosis.entries.is_empty() {
            let told = format!("No point is lost here through that cause: {}.", words(cause));
            page.text(Style::Plain, told);
        }
    } else if diagnosis.met == 0 {
        page.text(Style::Plain, format!("Nothing is weak yet{}.", untouched(diagnosis)));
    } else if diagnosis.entries.is_empty() {
        let line = percent(MASTERED_RECALL);
        let told = if diagnosis.resting > 0.0 {
            format!("Nothing to mend today: what is under {line} was passed today, and comes back.")
        } else {
            format!("Nothing is weak: every card is at {line} or more on {}.", about.horizon)
        };
        page.text(Style::Good, told);
    }
}

/// What there is to meet and to write: `: 8 cards were never met, 2 leaves are not written`.
fn untouched(diagnosis: &Diagnosis) -> String {
    let of = |cause: Cause| diagnosis.entries.iter().filter(move |entry| entry.cause == cause);
    let unmet: usize = of(Cause::NeverMet).map(|entry| entry.cards.len()).sum();
    let told = |count: usize, one: &str, several: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{count} {several}")),
    };
    let parts = [
        told(unmet, "card was never met", "cards were never met"),
        told(of(Cause::NotWritten).count(), "leaf is not written", "leaves are not written"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { String::new() } else { format!(": {}", parts.join(", ")) }
}

/// A bar for each cause, and for what needs no mending now.
fn causes(page: &mut Page, diagnosis: &Diagnosis, look: &Look) {
    let sum = |cause: Cause| -> f64 {
        diagnosis.entries.iter().filter(|entry| entry.cause == cause).map(|entry| entry.points).sum()
    };
    let width = if look.width >= WIDE { BAR } else { NARROW_BAR };
    let mut bars: Vec<(Style, String, f64)> =
        Cause::ALL.map(|cause| (Style::Warn, words(cause), sum(cause))).into();
    bars.push((Style::Dim, "passed today".to_owned(), diagnosis.resting));
    bars.push((Style::Dim, "kept".to_owned(), diagnosis.lasting));
    let most = bars.iter().map(|(_, _, points)| *points).fold(0.0, f64::max);
    for (style, name, points) in bars.into_iter().filter(|(_, _, points)| *points > 0.0) {
        let spans = vec![
            Span::plain(padded(&name, NAME, Side::Left)),
            Span::new(style, bar(points / most, width).text),
            Span::plain(padded(&format!(" {}", told_points(points)), 7, Side::Right)),
        ];
        page.push(Line::new(spans).fitting(Fit::Cut));
    }
}

/// A cause's name in running text: `not written`.
fn words(cause: Cause) -> String {
    cause.name().replace('-', " ")
}

/// Points with one digit behind the point; only nothing is 0.
fn told_points(points: f64) -> String {
    match points {
        some if some > 0.0 && some < 0.05 => "<0.1".to_owned(),
        points => format!("{points:.1}"),
    }
}

fn row(page: &mut Page, number: usize, entry: &Listed<'_>) {
    let weakness = entry.weakness;
    let lead = || Span::new(Style::Dim, format!("{number:>2}  "));
    let spans = vec![
        Span::new(Style::Strong, entry.label),
        Span::plain("  "),
        Span::new(Style::Warn, words(weakness.cause)),
        Span::new(
            Style::Dim,
            format!("  {} points · {:.0} min", told_points(weakness.points), weakness.minutes.ceil()),
        ),
    ];
    page.push(Line::new(spans).led_by(lead()));
    page.push(Line::new(vec![Span::plain(told(weakness))]).indented(4));
    page.push(Line::new(vec![Span::new(Style::Accent, entry.command.as_str())]).indented(4));
}

/// The ground of an entry in one sentence.
fn told(weakness: &Weakness) -> String {
    let cards = &weakness.cards;
    let lost = cards.iter().filter(|card| card.points > 0.0).count();
    match weakness.cause {
        Cause::NotWritten => match LEAST_CARDS.saturating_sub(weakness.unwritten) {
            0 => "no card counts here".to_owned(),
            few => {
                format!("{} where {LEAST_CARDS} make a leaf: its recall stands on few", counted(few, "card"))
            }
        },
        Cause::NeverMet => format!("{} never asked", counted(lost, "card")),
        Cause::Forgotten => named(cards, lost, |card| format!("{} {}", card.id, percent(card.recall))),
        Cause::Slow | Cause::Overconfident | Cause::Confusable | Cause::BadCard => named(cards, lost, signed),
    }
}

/// The first cards, each told by `tell`, and how many more there are.
fn named(cards: &[WeakCard], lost: usize, tell: impl Fn(&WeakCard) -> String) -> String {
    let own = cards.iter().filter(|card| card.points > 0.0);
    let mut told: Vec<String> = own.take(MOST_CARDS).map(tell).collect();
    let more = lost.saturating_sub(told.len());
    if more > 0 {
        told.push(format!("{more} more"));
    }
    told.join(", ")
}

/// A card with the sign of its cause.
fn signed(card: &WeakCard) -> String {
    let id = &card.id;
    match &card.sign {
        None => id.to_string(),
        Some(Sign::Sure(1)) => format!("{id} failed though you were sure"),
        Some(Sign::Sure(times)) => format!("{id} failed {times} times though you were sure"),
        Some(Sign::MixedUp(MixUp::Option { taken, times })) => {
            format!("{id}: “{}” taken {times} times", markdown::label(taken))
        }
        Some(Sign::MixedUp(MixUp::Card { other, said, .. })) => {
            format!("{id}: you said “{said}”, which answers {other}")
        }
        Some(Sign::Slow(slow)) => {
            let seconds = |ms: u32| ms / MS_A_SECOND;
            format!("{id} takes you {} s, its kind {} s", seconds(slow.median_ms), seconds(slow.usual_ms))
        }
        Some(Sign::Bad(reason)) => format!("{id}: {}", items::told(reason)),
    }
}

/// The contract's array; `because` says the ground in words.
#[must_use]
pub fn json(listed: &[Listed<'_>]) -> String {
    let entry = |entry: &Listed<'_>| {
        let weakness = entry.weakness;
        json!({
            "cause": weakness.cause.name(),
            "node": entry.key,
            "cards": weakness.cards.iter().map(|card| card.id.to_string()).collect::<Vec<_>>(),
            "points_lost": rounded(weakness.points),
            "minutes": rounded(weakness.minutes),
            "command": entry.command,
            "because": told(weakness),
        })
    };
    Value::Array(listed.iter().map(entry).collect()).to_string()
}

/// Two digits behind the point.
fn rounded(number: f64) -> f64 {
    (number * PERCENT).round() / PERCENT
}
