//! The plan for an interview: a row a day, what is left out, and as JSON.

use serde_json::{Value, json};

use super::check::counted;
use super::interview::{gone, heading_of};
use super::page::{Fit, Line, Look, Page, Side, Span, Style, bar, padded, truncated};
use crate::domain::day::StudyDay;
use crate::domain::interview::Interview;
use crate::domain::plan::{LeftOut, Plan, PlannedDay};
use crate::domain::skill_map::SkillMap;

/// Columns of the table.
const DAY: usize = 10;
const NEW: usize = 6;
const REVIEWS: usize = 9;
const SWEEP: usize = 7;
const MINUTES: usize = 5;
const FIGURES: usize = DAY + NEW + REVIEWS + SWEEP + MINUTES;
const BAR: usize = 8;
/// Columns between the figures, the bar and the branches.
const GAP: usize = 2;
/// Narrowest column of branches worth drawing.
const LEAST_BRANCHES: usize = 12;
/// A longer plan is shown by its first and its last days.
const MOST_ROWS: usize = 31;
/// Days shown at its start.
const FIRST_ROWS: usize = 14;
/// Branches named on a row.
const MOST_BRANCHES: usize = 3;
/// Leaves named as left out.
const MOST_LEFT_OUT: usize = 12;

/// Minutes a day that are worth a warning, where nothing was said of how many there are.
pub const MUCH: f64 = 120.0;
/// The warning.
pub const MORE_THAN_MOST: &str =
    "more than most can keep up; `mindrill plan --minutes 60` shows what an hour a day would do.";

/// What is told beside the plan itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Told<'a> {
    /// The interview, or what stands for it.
    pub interview: &'a Interview,
    /// Whether it was set.
    pub is_set: bool,
    /// Today.
    pub today: StudyDay,
    /// Labels of the focus; everything when empty.
    pub focus: Vec<String>,
    /// Keys of the focus that left the map.
    pub gone: Vec<String>,
    /// Minutes that all cards would need, where some are left out for want of time.
    pub needed: Option<f64>,
    /// The learner's own limit of new cards a day.
    pub most_new: Option<usize>,
}

/// The page.
#[must_use]
pub fn page(plan: &Plan, told: &Told<'_>, map: &SkillMap, look: &Look) -> Page {
    let mut page = heading(told);
    if plan.days.is_empty() {
        page.blank().text(Style::Plain, "Today is the day: nothing is planned. Good luck!");
        return page;
    }
    page.blank().push(columns(look));
    let most = plan.days.iter().map(|day| day.minutes).fold(1.0, f64::max);
    let last = if plan.days.len() <= MOST_ROWS { 0 } else { plan.days.len() - last_rows(plan) };
    for (place, day) in plan.days.iter().enumerate() {
        if last == 0 || place < FIRST_ROWS || place >= last {
            page.push(row(day, most, map, look));
        } else if place == FIRST_ROWS {
            page.push(between(&plan.days[FIRST_ROWS..last]));
        }
    }
    page.blank().append(outcome(plan, told, map));
    page
}

/// Days shown at the end of a long plan: the final sweep's, as far as there is room.
fn last_rows(plan: &Plan) -> usize {
    let sweep = plan.days.iter().filter(|day| day.day >= plan.sweep_from).count();
    sweep.clamp(2, MOST_ROWS - FIRST_ROWS)
}

fn heading(told: &Told<'_>) -> Page {
    let mut page = Page::new();
    let Interview { on, minutes, .. } = told.interview;
    page.line(
        [heading_of(told.interview, told.is_set, told.today), vec![Span::new(Style::Dim, format!(", {on}"))]]
            .concat(),
    );
    let focus = if told.focus.is_empty() { "the whole map".to_owned() } else { told.focus.join(", ") };
    let minutes = minutes.map_or_else(
        || "as many minutes as it takes (`--minutes M` sets a limit)".to_owned(),
        |minutes| format!("{} a day", counted(usize::try_from(minutes).unwrap_or(0), "minute")),
    );
    page.text(Style::Dim, format!("{focus} · {minutes}"));
    if let Some(gone) = gone(&told.gone) {
        page.text(Style::Warn, gone);
    }
    page
}

fn columns(look: &Look) -> Line {
    let right = |text: &str, width| padded(text, width, Side::Right);
    let mut text = padded("day", DAY, Side::Left);
    text += &[right("new", NEW), right("reviews", REVIEWS), right("sweep", SWEEP), right("min", MINUTES)]
        .concat();
    if branches_room(look) > 0 {
        text = text + &" ".repeat(GAP + BAR + GAP) + "branches";
    }
    Line::new(vec![Span::new(Style::Dim, text)]).fitting(Fit::Cut)
}

/// Columns that are left for the branches of a row; 0 where there is no room for them.
fn branches_room(look: &Look) -> usize {
    let room = look.width.saturating_sub(FIGURES + GAP + BAR + GAP);
    if room < LEAST_BRANCHES { 0 } else { room }
}

fn row(day: &PlannedDay, most: f64, map: &SkillMap, look: &Look) -> Line {
    let cell = |number: usize, width: usize, style: Style| {
        let style = if number == 0 { Style::Dim } else { style };
        Span::new(style, padded(&number.to_string(), width, Side::Right))
    };
    let minutes = format!("{:.0}", day.minutes);
    let mut spans = vec![
        Span::plain(padded(&day.day.to_string(), DAY, Side::Left)),
        cell(day.new, NEW, Style::Strong),
        cell(day.reviews, REVIEWS, Style::Plain),
        cell(day.sweep, SWEEP, Style::Accent),
        Span::plain(padded(&minutes, MINUTES, Side::Right)),
    ];
    if look.width >= FIGURES + GAP + BAR {
        spans.push(Span::plain(" ".repeat(GAP)));
        spans.push(bar(day.minutes / most, BAR));
    }
    if branches_room(look) > 0 {
        let text = truncated(&branches(day, map), branches_room(look), look.glyphs);
        spans.push(Span::new(Style::Dim, format!("{}{text}", " ".repeat(GAP))));
    }
    Line::new(spans).fitting(Fit::Cut)
}

/// The branches of a day, the most cards first.
fn branches(day: &PlannedDay, map: &SkillMap) -> String {
    let named = |&(node, cards): &(_, usize)| format!("{} {cards}", map.node(node).label);
    let mut named: Vec<String> = day.branches.iter().take(MOST_BRANCHES).map(named).collect();
    if day.branches.len() > MOST_BRANCHES {
        named.push(format!("+{}", day.branches.len() - MOST_BRANCHES));
    }
    named.join(", ")
}

/// One row for the days between those that are shown.
fn between(days: &[PlannedDay]) -> Line {
    let sum = |part: fn(&PlannedDay) -> usize| days.iter().map(part).sum::<usize>();
    let text = format!(
        "… {}: {} new, {} reviews",
        counted(days.len(), "more day"),
        sum(|day| day.new),
        sum(|day| day.reviews)
    );
    Line::new(vec![Span::new(Style::Dim, text)])
}

/// What it comes to, what is left out and why, and what follows it.
fn outcome(plan: &Plan, told: &Told<'_>, map: &SkillMap) -> Page {
    let mut page = Page::new();
    let sum = |part: fn(&PlannedDay) -> usize| plan.days.iter().map(part).sum::<usize>();
    page.text(
        Style::Plain,
        format!(
            "In all {} new, {} reviews, {} ahead of time: {} in {}.",
            sum(|day| day.new),
            sum(|day| day.reviews),
            sum(|day| day.sweep),
            hours(plan.minutes()),
            counted(plan.days.len(), "day"),
        ),
    );
    if plan.cards > 0 {
        page.text(Style::Plain, swept(plan));
    }
    page.append(left_out(plan, told, map));
    let longest = plan.days.iter().map(|day| day.minutes).fold(0.0, f64::max);
    if told.interview.minutes.is_none() && longest > MUCH {
        page.text(Style::Warn, format!("Up to {} a day: {MORE_THAN_MOST}", hours(longest)));
    }
    page.text(Style::Dim, "Made anew from where you stand each time; `mindrill quiz` follows it.");
    page
}

/// What the last days show once more. A card that is due or begun in them needs no showing ahead of its time.
fn swept(plan: &Plan) -> String {
    let early: usize = plan.days.iter().map(|day| day.sweep).sum();
    let unseen: usize = plan.left_out.iter().map(|left| left.cards).sum();
    let (shown, begun) = (plan.shown_at_end, plan.cards.saturating_sub(unseen));
    let cards = match shown {
        all if all == plan.cards => "every card once more".to_owned(),
        all if all == begun => format!("all {begun} cards begun by then once more"),
        some => format!("time for {some} of the {begun} cards begun by then"),
    };
    let early = match (shown, early) {
        (0, _) => String::new(),
        (_, 0) => ", as they fall due".to_owned(),
        (shown, early) if shown == early => ", before they are due".to_owned(),
        (_, early) => format!(", {early} of them before they are due"),
    };
    format!("Final sweep, from {} on: {cards}{early}.", plan.sweep_from)
}

fn left_out(plan: &Plan, told: &Told<'_>, map: &SkillMap) -> Page {
    let mut page = Page::new();
    if plan.left_out.is_empty() {
        if plan.new_first {
            page.text(Style::Warn, "Time is short: new cards come first, so that none stays unseen.");
        }
        return page;
    }
    let cards: usize = plan.left_out.iter().map(|left| left.cards).sum();
    let why = match (told.needed, told.most_new) {
        (_, Some(most)) if plan.is_capped => format!("your limit of {most} new cards a day leaves"),
        (Some(needed), _) => {
            let days = f64::from(told.interview.on.since(told.today)).max(1.0);
            format!("all of it would take about {:.0} minutes a day; it leaves", (needed / days).ceil())
        }
        (None, _) => "it leaves".to_owned(),
    };
    let named = |left: &LeftOut| format!("{} ({} of {})", map.node(left.node).label, left.cards, left.of);
    let mut leaves: Vec<String> = plan.left_out.iter().take(MOST_LEFT_OUT).map(named).collect();
    if plan.left_out.len() > MOST_LEFT_OUT {
        leaves.push(format!("{} more", plan.left_out.len() - MOST_LEFT_OUT));
    }
    let on = if plan.left_out.len() == 1 {
        "1 leaf".to_owned()
    } else {
        format!("{} leaves", plan.left_out.len())
    };
    page.line(vec![
        Span::new(Style::Warn, format!("Time is short: {why} {} unseen, on {on}: ", counted(cards, "card"))),
        Span::plain(leaves.join(", ")),
        Span::plain("."),
    ]);
    if plan.new_first && plan.today().is_some_and(|today| today.day < plan.sweep_from) {
        let text =
            "Until the sweep new cards come before due ones, those of the most important leaves first.";
        page.text(Style::Plain, text);
    }
    page
}

/// `45 min`, `5 h 12 min`.
#[must_use]
pub fn hours(minutes: f64) -> String {
    let whole = minutes.round();
    let (hours, rest) = ((whole / 60.0).floor(), whole % 60.0);
    if hours < 1.0 { format!("{rest:.0} min") } else { format!("{hours:.0} h {rest:.0} min") }
}

/// The contract's object.
#[must_use]
pub fn json(plan: &Plan, on: StudyDay, map: &SkillMap) -> String {
    let day = |day: &PlannedDay| {
        json!({
            "day": day.day.to_string(),
            "new": day.new,
            "reviews": day.reviews,
            "sweep": day.sweep,
            "minutes": tenths(day.minutes),
        })
    };
    let left = plan.left_out.iter().map(|left| Value::from(map.node(left.node).key.0.as_str()));
    json!({
        "on": on.to_string(),
        "days": plan.days.iter().map(day).collect::<Vec<_>>(),
        "left_out": left.collect::<Vec<_>>(),
    })
    .to_string()
}

/// Minutes to a tenth, downwards: a plan that keeps to its limit shows no more.
#[must_use]
pub fn tenths(minutes: f64) -> f64 {
    (minutes * 10.0).floor() / 10.0
}
