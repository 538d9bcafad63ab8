//! When a card comes back, in words.

use crate::domain::day::StudyDay;
use crate::domain::progress::CardState;
use crate::domain::sm2::KeyPreview;

/// `in 6 days`, `tomorrow`, `again today`.
#[must_use]
pub fn after(state: &CardState, today: StudyDay) -> String {
    match state.schedule.schedule() {
        None => "no schedule".to_owned(),
        Some(schedule) if schedule.drill && schedule.last == today => "again in this sitting".to_owned(),
        Some(schedule) => format!("back {}", days(schedule.due.since(today))),
    }
}

/// `today`, `tomorrow`, `in 6 days`.
#[must_use]
pub fn days(days: u32) -> String {
    match days {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        more => format!("in {more} days"),
    }
}

/// What stands beside a grade key: `6 d`, or `today` where the card comes back in the sitting.
#[must_use]
pub fn preview(preview: &KeyPreview) -> String {
    if preview.drill { "today".to_owned() } else { format!("{} d", preview.interval) }
}
