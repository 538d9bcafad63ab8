//! `answer`: one answer without a sitting, for editors and scripts.

use clap::Args;
use serde_json::json;

use super::{CommandError, Context, complete, identity};
use crate::domain::day::StudyDay;
use crate::domain::grade::Grade;
use crate::domain::review::{Answer, Event, Mode};
use crate::report::page::{Page, Span, Style};
use crate::report::returns;
use crate::store::Recorded;

/// Record an answer without a sitting
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mindrill answer indexing/leftmost-prefix --grade 4\n  mindrill answer leftmost-prefix --grade 1 --json\n\nGrades: 0 no answer, 1 wrong, 2 nearly, 3 right with effort, 4 right, 5 right at once."
)]
pub struct AnswerArgs {
    /// The card: `deck/card`, or the card alone where it is unique
    #[arg(value_name = "CARD", add = complete::cards())]
    card: String,
    /// How well it was known, 0 to 5
    #[arg(short, long, value_name = "0..5", value_parser = clap::value_parser!(i64).range(0..=5))]
    grade: i64,
}

pub(super) fn run(args: &AnswerArgs, context: &mut Context<'_>) -> Result<(), CommandError> {
    let library = context.library()?;
    let card = library.card_named(&args.card)?;
    let mut store = context.store()?;
    let at = context.clock.now();
    let grade = Grade::new(args.grade).unwrap_or(Grade::NOTHING);
    let day = at.study_day();
    let (mode, reply) = (Mode::Study, String::new());
    let face = library.card(&card).ok().map(|card| identity::face_to_keep(&library, &store, &card));
    let answer = Answer { card, grade, mode, at, day, elapsed_ms: None, reply, confidence: None };
    let recorded = match face.transpose()?.flatten() {
        Some(face) => store.record_facing(&answer, &face)?,
        None => store.record(&answer)?,
    };
    store.checkpoint()?;
    if context.json {
        let horizon = context.horizon(&store)?;
        return context.show_line(&object(&recorded, grade, horizon));
    }
    let mut page = Page::new();
    let back = returns::after(&recorded.after, day);
    page.line(vec![Span::new(Style::Good, "recorded"), Span::plain(format!(" · grade {grade} · {back}"))]);
    context.show_page(&page)
}

/// The contract's object.
fn object(recorded: &Recorded, grade: Grade, horizon: StudyDay) -> String {
    let Event::Answered { card, kind, .. } = &recorded.entry.event else { return String::new() };
    let schedule = recorded.after.schedule.schedule();
    json!({
        "card": card.to_string(),
        "grade": grade.value(),
        "kind": kind.name(),
        "repetitions": schedule.map(|schedule| schedule.repetitions),
        "interval_days": schedule.map(|schedule| schedule.interval),
        "ease": schedule.map(|schedule| f64::from(schedule.ease.0) / 100.0),
        "due": schedule.map(|schedule| schedule.due.to_string()),
        "recall": recorded.after.memory.map(|memory| memory.recall(horizon)),
    })
    .to_string()
}
