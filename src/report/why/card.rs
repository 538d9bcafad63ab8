//! Why a card stands where it stands.

use super::{Days, ago, next, pairs, stage_style};
use crate::domain::day::StudyDay;
use crate::domain::mastery::{CardFigures, MASTERED_PASS_DAYS, MASTERED_RECALL, Stage};
use crate::domain::progress::CardState;
use crate::domain::review::{Event, LogEntry, ReviewKind};
use crate::report::check::counted;
use crate::report::coverage::percent;
use crate::report::log;
use crate::report::page::{Page, Span, Style};
use crate::report::returns::days;

/// Newest answers that are shown: with them the page fits a terminal of 24 rows.
const MOST_ANSWERS: usize = 6;
const HUNDREDTHS: f64 = 100.0;

/// Where a card hangs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The label of its leaf.
    pub label: String,
    /// The shortest name by which the leaf is found.
    pub name: String,
    /// How many cards count there.
    pub cards: usize,
}

/// Why a card stands where it stands: its answers, its memory, its schedule, and what mends it.
#[must_use]
pub fn card(figures: &CardFigures, state: &CardState, history: &[LogEntry], place: &Place, at: Days) -> Page {
    let mut page = Page::new();
    page.line(vec![
        Span::new(Style::Title, figures.card.to_string()),
        Span::plain("  "),
        Span::new(stage_style(figures.stage), figures.stage.name()),
        Span::new(Style::Dim, format!("  one of {} of {}", counted(place.cards, "card"), place.label)),
    ]);
    let mut rows = Vec::new();
    evidence(&mut rows, history, at);
    model(&mut rows, figures, state, at);
    schedule(&mut rows, figures, state, at);
    page.blank().pairs(pairs(rows));
    if !history.is_empty() {
        page.blank();
        for entry in history.iter().skip(history.len().saturating_sub(MOST_ANSWERS)) {
            page.push(log::line(entry).indented(2));
        }
    }
    page.blank();
    page.push(next(&mend(figures, state, place, at)));
    page
}

/// How many answers of which kind, how many right, and the last.
fn evidence(rows: &mut Vec<(&str, String)>, history: &[LogEntry], at: Days) {
    let answers = || {
        history.iter().filter_map(|entry| match &entry.event {
            Event::Answered { grade, kind, .. } => Some((entry.day, *grade, *kind)),
            _ => None,
        })
    };
    let Some((last, _, _)) = answers().next_back() else {
        rows.push(("answers", "none: it was never asked".to_owned()));
        return;
    };
    let right = answers().filter(|(_, grade, _)| grade.is_pass()).count();
    let of_kind = |kind: ReviewKind| answers().filter(|(_, _, other)| *other == kind).count();
    let kinds: Vec<String> = ReviewKind::ALL
        .into_iter()
        .map(|kind| (of_kind(kind), kind.name()))
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| format!("{count} {name}"))
        .collect();
    let count = answers().count();
    rows.push((
        "answers",
        format!("{count}, {right} right: {}; the last {}", kinds.join(", "), ago(last, at.today)),
    ));
}

/// What would be recalled, until when, and what is asked for to be mastered.
fn model(rows: &mut Vec<(&str, String)>, figures: &CardFigures, state: &CardState, at: Days) {
    if let Some(memory) = state.memory {
        rows.push((
            "memory",
            format!(
                "stability {:.1} d (recall then is 90 %), difficulty {:.1} of 10",
                memory.stability, memory.difficulty
            ),
        ));
    }
    let recall =
        format!("{} today, {} on {}", percent(figures.recall_today), percent(figures.recall), at.horizon);
    rows.push(("recall", recall));
    if let Some(day) = figures.under_on {
        rows.push(("falls", falls(day, figures.falls_on, at)));
    }
    rows.push((
        "mastered",
        format!(
            "{}: passes on {} ({MASTERED_PASS_DAYS} needed), recall {} ({} needed)",
            if figures.stage == Stage::Mastered { "yes" } else { "no" },
            counted(figures.pass_days as usize, "day"),
            percent(figures.recall),
            percent(MASTERED_RECALL)
        ),
    ));
}

/// When recall falls under the line, on the day itself and in the report.
fn falls(day: StudyDay, in_report: Option<StudyDay>, at: Days) -> String {
    let line = percent(MASTERED_RECALL);
    let itself = if day <= at.today {
        format!("under {line} since {day}")
    } else {
        format!("under {line} on {day} ({})", days(day.since(at.today)))
    };
    let ahead = at.horizon.since(at.today);
    match in_report.filter(|other| *other != day) {
        Some(other) if other <= at.today => format!("{itself}; looking {ahead} days ahead it is so already"),
        Some(other) => format!("{itself}; looking {ahead} days ahead on {other}"),
        None => itself,
    }
}

/// When it is asked, and why then.
fn schedule(rows: &mut Vec<(&str, String)>, figures: &CardFigures, state: &CardState, at: Days) {
    let Some(schedule) = state.schedule.schedule() else {
        rows.push(("due", "not yet: a sitting that asks it starts its schedule".to_owned()));
        return;
    };
    let when = match schedule.due {
        due if due < at.today => format!("overdue by {}", counted(at.today.since(due) as usize, "day")),
        due => days(due.since(at.today)),
    };
    rows.push((
        "due",
        format!(
            "{} ({when}), {} after {}",
            schedule.due,
            counted(schedule.interval as usize, "day"),
            schedule.last
        ),
    ));
    let ease = f64::from(schedule.ease.0) / HUNDREDTHS;
    rows.push((
        "schedule",
        format!(
            "{} in a row, ease {ease:.2}, {}",
            counted_passes(schedule.repetitions),
            counted(schedule.lapses as usize, "lapse")
        ),
    ));
    let now = match schedule.due {
        _ if state.schedule.is_drill_on(at.today) => "asked again today: it was failed or hard".to_owned(),
        due if due <= at.today => {
            format!(
                "asked now: it is due, and due cards come by recall, this one at {}",
                percent(figures.recall_today)
            )
        }
        _ if schedule.last == at.today => "not now: it was passed today".to_owned(),
        _ => "not now: an answer before it is due counts as early".to_owned(),
    };
    rows.push(("now", now));
}

fn counted_passes(passes: u32) -> String {
    if passes == 1 { "1 pass".to_owned() } else { format!("{passes} passes") }
}

/// What a learner does about a card, and why that.
pub(super) fn mend(figures: &CardFigures, state: &CardState, place: &Place, at: Days) -> (String, String) {
    let name = shell_words::quote(&place.name);
    let sit = |why: String| (format!("mindrill quiz {name}"), why);
    let Some(due) = figures.due else {
        let why = if figures.stage == Stage::New {
            "never asked: it counts as 0 until it is met"
        } else {
            "only crammed so far: a sitting starts its schedule"
        };
        return sit(why.to_owned());
    };
    if due <= at.today || state.schedule.is_drill_on(at.today) {
        return sit("it is due".to_owned());
    }
    let wait = |why: &str| ("mindrill quiz".to_owned(), format!("{why} {due}"));
    let is_done = state.schedule.schedule().is_some_and(|schedule| schedule.last == at.today);
    match figures.stage {
        Stage::Mastered => wait("mastered; the schedule asks again on"),
        _ if is_done => wait("passed today; it comes back on"),
        _ if figures.recall < MASTERED_RECALL => (
            format!("mindrill weak {name} --cause forgotten --drill"),
            format!("an early answer raises recall; else it is due on {due}"),
        ),
        _ => wait("a pass on another day is needed; it is due on"),
    }
}
