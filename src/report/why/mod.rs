//! Why a figure is what it is: the evidence, the model, when it falls, and what mends it.

use serde_json::{Value, json};

use super::coverage::{percent, recall, recall_bar};
use super::log;
use super::page::{Line, Page, Span, Style};
use super::returns::days;
use crate::domain::day::StudyDay;
use crate::domain::mastery::{
    CardFigures, LEAST_CARDS, LEAST_KINDS, LeafReasons, LeafState, MASTERED_PASS_DAYS, MASTERED_RECALL,
    NodeFigures, SOLID_LOW, SOLID_MASTERED, SOLID_RECALL, Stage,
};
use crate::domain::progress::CardState;
use crate::domain::review::LogEntry;

/// Newest answers of a card that are shown.
const MOST_ANSWERS: usize = 10;
/// Cards of a leaf that are shown: those that pull it down most.
const MOST_CARDS: usize = 8;
/// Columns of a bar.
const BAR: usize = 10;

/// The day the report is made and the day it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// Today.
    pub today: StudyDay,
    /// The horizon.
    pub horizon: StudyDay,
}

/// Why a card stands where it stands: its answers, its schedule, its memory.
#[must_use]
pub fn card(figures: &CardFigures, state: &CardState, history: &[LogEntry], at: Days) -> Page {
    let mut page = Page::new();
    page.line(vec![
        Span::new(Style::Title, figures.card.to_string()),
        Span::plain("  "),
        Span::new(stage_style(figures.stage), figures.stage.name()),
    ]);
    page.blank().pairs(card_pairs(figures, state, at));
    if !history.is_empty() {
        page.blank().text(Style::Dim, format!("{} live answers, the newest last:", history.len()));
        for entry in history.iter().skip(history.len().saturating_sub(MOST_ANSWERS)) {
            page.push(log::line(entry).indented(2));
        }
    }
    page.blank();
    page.push(next(&card_mend(figures, at)));
    page
}

fn stage_style(stage: Stage) -> Style {
    match stage {
        Stage::New => Style::Dim,
        Stage::Learning => Style::Warn,
        Stage::Mastered => Style::Good,
    }
}

fn card_pairs(figures: &CardFigures, state: &CardState, at: Days) -> Vec<(String, Vec<Span>)> {
    let plain = |text: String| vec![Span::plain(text)];
    let mut pairs = Vec::new();
    if let Some(schedule) = state.schedule.schedule() {
        let ease = f64::from(schedule.ease.0) / 100.0;
        let when =
            if schedule.due < at.today { "overdue".to_owned() } else { days(schedule.due.since(at.today)) };
        pairs.push(("due".to_owned(), plain(format!("{} ({when})", schedule.due))));
        let sm2 = format!(
            "{} passes in a row, interval {} d, ease {ease:.2}, {} lapses",
            schedule.repetitions, schedule.interval, schedule.lapses
        );
        pairs.push(("schedule".to_owned(), plain(sm2)));
    }
    if let Some(memory) = state.memory {
        let stability = format!("recall falls to 90 % in {:.1} days after {}", memory.stability, memory.last);
        pairs.push(("memory".to_owned(), plain(stability)));
    }
    let recall =
        format!("{} today, {} on {}", percent(figures.recall_today), percent(figures.recall), at.horizon);
    pairs.push(("recall".to_owned(), plain(recall)));
    if let Some(day) = figures.under_on {
        pairs.push((format!("under {}", percent(MASTERED_RECALL)), plain(format!("from {day} on"))));
    }
    let passes = format!("{} of {MASTERED_PASS_DAYS} study days since the last fail", figures.pass_days);
    pairs.push(("passed on".to_owned(), plain(passes)));
    pairs
}

/// What a learner does about a card, and why that.
fn card_mend(figures: &CardFigures, at: Days) -> (String, String) {
    let sit = |why: &str| ("mindrill quiz".to_owned(), why.to_owned());
    match (figures.stage, figures.due) {
        (Stage::New, _) => sit("never asked: it counts as 0 until it is met"),
        (_, Some(due)) if due <= at.today => sit("it is due"),
        (Stage::Mastered, Some(due)) => sit(&format!("mastered; the schedule asks again on {due}")),
        (Stage::Learning, Some(due)) if figures.pass_days < MASTERED_PASS_DAYS => {
            sit(&format!("a pass on another day is needed; it is due on {due}"))
        }
        (Stage::Learning, Some(due)) => sit(&format!("longer intervals raise recall; it is due on {due}")),
        (_, None) => sit("only crammed so far: a sitting starts its schedule"),
    }
}

fn next((command, why): &(String, String)) -> Line {
    Line::new(vec![
        Span::plain("Next: "),
        Span::new(Style::Accent, command.as_str()),
        Span::new(Style::Dim, format!("  {why}")),
    ])
}

/// Why a leaf stands where it stands: its state by the rules, and the cards that pull it down.
#[must_use]
pub fn leaf(node: &NodeFigures, reasons: &LeafReasons, at: Days) -> Page {
    let mut page = Page::new();
    page.append(heading(node, Some(reasons.state))).blank().pairs(leaf_pairs(node, reasons));
    let pulling: Vec<&CardFigures> =
        reasons.cards.iter().filter(|card| card.stage != Stage::Mastered).take(MOST_CARDS).collect();
    if !pulling.is_empty() {
        page.blank().text(Style::Dim, format!("What pulls it down, recall today and on {}:", at.horizon));
        for card in pulling {
            page.push(card_row(card));
        }
    }
    page.blank();
    page.push(next(&leaf_mend(node, reasons)));
    page
}

fn heading(node: &NodeFigures, state: Option<LeafState>) -> Page {
    let mut page = Page::new();
    let mut spans = vec![Span::new(Style::Title, node.label.clone())];
    if let Some(state) = state {
        spans.push(Span::plain(format!("  {}", state.name())));
    }
    spans.push(Span::new(Style::Dim, format!("  {}", node.key)));
    page.line(spans);
    page.line(vec![recall_bar(node, BAR), Span::plain(format!(" {}", recall(node)))]);
    page
}

fn leaf_pairs(node: &NodeFigures, reasons: &LeafReasons) -> Vec<(String, Vec<Span>)> {
    let mut pairs = vec![
        (
            "cards",
            format!(
                "{} of {} kinds (written from {LEAST_CARDS} of {LEAST_KINDS} on)",
                node.cards, reasons.kinds
            ),
        ),
        ("met", percent(node.met)),
        ("due", node.due.to_string()),
        ("recall", needed(node.recall, SOLID_RECALL)),
        ("lower band", needed(node.recall_low, SOLID_LOW)),
        ("mastered", needed(node.mastered, SOLID_MASTERED)),
    ];
    if let Some(day) = reasons.newest {
        let solid = if reasons.was_solid { ", solid then" } else { "" };
        pairs.push(("newest", format!("answer on {day}{solid}")));
    }
    if let Some(day) = reasons.falls_on {
        pairs.push(("falls", format!("no longer solid on {day} if nothing is answered")));
    }
    pairs.into_iter().map(|(key, text)| (key.to_owned(), vec![Span::plain(text)])).collect()
}

fn needed(share: f64, line: f64) -> String {
    format!("{}, solid from {} on", percent(share), percent(line))
}

fn card_row(card: &CardFigures) -> Line {
    let figures = format!("{:>5} {:>5}  ", percent(card.recall_today), percent(card.recall));
    let due = card.due.map_or_else(|| "never asked".to_owned(), |day| format!("due {day}"));
    Line::new(vec![
        Span::plain(figures),
        Span::new(stage_style(card.stage), card.card.to_string()),
        Span::new(Style::Dim, format!("  {due}")),
    ])
}

fn leaf_mend(node: &NodeFigures, reasons: &LeafReasons) -> (String, String) {
    let tail = node.key.0.as_str();
    let quiz = |why: &str| (format!("mindrill quiz {tail}"), why.to_owned());
    match reasons.state {
        LeafState::None => {
            (format!("mindrill show {tail}"), "no card hangs here: write a deck for it".to_owned())
        }
        LeafState::Thin => quiz("too few cards to prove anything: write more"),
        LeafState::New => quiz("none of its cards was ever asked"),
        LeafState::Solid => quiz("solid; the schedule keeps it so"),
        LeafState::Fading => quiz("it was solid and fades: the cards above bring it back"),
        LeafState::Learning if node.met < 1.0 => quiz("cards never met count as 0"),
        LeafState::Learning => quiz("passes on different days carry it"),
    }
}

/// Why a branch stands where it stands: its leaves, the weakest first.
#[must_use]
pub fn branch(node: &NodeFigures, leaves: &[&NodeFigures]) -> Page {
    let mut page = Page::new();
    page.append(heading(node, None)).blank();
    let about = format!(
        "The mean of {} leaves weighted by importance: written {}, met {}, mastered {}. The weakest:",
        node.leaves,
        percent(node.written),
        percent(node.met),
        percent(node.mastered)
    );
    page.text(Style::Dim, about);
    for leaf in leaves.iter().take(MOST_CARDS) {
        page.line(vec![
            recall_bar(leaf, BAR),
            Span::plain(format!(" {:<11}", recall(leaf))),
            Span::plain(leaf.label.clone()),
            Span::new(
                Style::Dim,
                format!("  {} · {} cards", leaf.state.map_or("", LeafState::name), leaf.cards),
            ),
        ]);
    }
    if let Some(weakest) = leaves.first() {
        page.blank().push(next(&(
            format!("mindrill why {}", weakest.key),
            "why the weakest leaf is weak".to_owned(),
        )));
    }
    page
}

/// A card's grounds as one object.
#[must_use]
pub fn card_json(figures: &CardFigures, state: &CardState, answers: usize, at: Days) -> String {
    let schedule = state.schedule.schedule();
    let mut object = card_object(figures);
    object["horizon"] = at.horizon.to_string().into();
    object["answers"] = answers.into();
    object["repetitions"] = schedule.map(|schedule| schedule.repetitions).into();
    object["interval_days"] = schedule.map(|schedule| schedule.interval).into();
    object["ease"] = schedule.map(|schedule| f64::from(schedule.ease.0) / 100.0).into();
    object["lapses"] = schedule.map(|schedule| schedule.lapses).into();
    object["stability_days"] = state.memory.map(|memory| memory.stability).into();
    object["next"] = card_mend(figures, at).0.into();
    object.to_string()
}

fn card_object(figures: &CardFigures) -> Value {
    let text = |day: Option<StudyDay>| day.map(|day| day.to_string());
    json!({
        "card": figures.card.to_string(),
        "stage": figures.stage.name(),
        "due": text(figures.due),
        "pass_days": figures.pass_days,
        "last": text(figures.last),
        "recall_today": figures.recall_today,
        "recall": figures.recall,
        "under_on": text(figures.under_on),
        "falls_on": text(figures.falls_on),
    })
}

/// A node's grounds as one object; `reasons` for a leaf, `leaves` (weakest first) for a branch.
#[must_use]
pub fn node_json(
    node: &NodeFigures,
    reasons: Option<&LeafReasons>,
    leaves: &[&NodeFigures],
    at: Days,
) -> String {
    let cards: Vec<Value> =
        reasons.map(|reasons| reasons.cards.iter().map(card_object).collect()).unwrap_or_default();
    let next = reasons.map(|reasons| leaf_mend(node, reasons).0);
    json!({
        "key": node.key.0,
        "horizon": at.horizon.to_string(),
        "state": node.state.map(LeafState::name),
        "recall": node.recall,
        "recall_low": node.recall_low,
        "recall_high": node.recall_high,
        "met": node.met,
        "mastered": node.mastered,
        "falls_on": reasons.and_then(|reasons| reasons.falls_on).map(|day| day.to_string()),
        "cards": cards,
        "leaves": leaves.iter().map(|leaf| json!({ "key": leaf.key.0, "recall": leaf.recall })).collect::<Vec<_>>(),
        "next": next,
    })
    .to_string()
}
