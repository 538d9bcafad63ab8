//! A card: new, learning, mastered; what would be recalled of it, and until when.
//!
//! It does not know on which leaf the card hangs.

use crate::domain::card::CardId;
use crate::domain::day::StudyDay;
use crate::domain::progress::CardState;

/// Recall at the horizon from which a card can count as mastered.
pub const MASTERED_RECALL: f64 = 0.85;
/// Different study days with a pass, since the last fail, from which a card can count as mastered: one
/// sitting proves short-term memory only.
pub const MASTERED_PASS_DAYS: u32 = 2;

/// How far a card has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Never answered.
    New,
    /// Answered, not mastered.
    Learning,
    /// Passed on enough days, and likely enough to be recalled at the horizon.
    Mastered,
}

impl Stage {
    /// The name used in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Learning => "learning",
            Self::Mastered => "mastered",
        }
    }

    /// The stage of a card whose recall is asked for on the day `horizon`.
    #[must_use]
    pub fn of(state: &CardState, horizon: StudyDay) -> Self {
        if !state.is_met() {
            Self::New
        } else if state.pass_days >= MASTERED_PASS_DAYS && recall(state, horizon) >= MASTERED_RECALL {
            Self::Mastered
        } else {
            Self::Learning
        }
    }
}

/// Recall of a card on a day: 0 for one never met.
pub(super) fn recall(state: &CardState, day: StudyDay) -> f64 {
    state.memory.map_or(0.0, |memory| memory.recall(day))
}

/// The grounds for a card's part in its leaf.
#[derive(Debug, Clone, PartialEq)]
pub struct CardFigures {
    /// The card.
    pub card: CardId,
    /// How far it has come.
    pub stage: Stage,
    /// The day it is due; `None` for a card that was never answered under the schedule.
    pub due: Option<StudyDay>,
    /// Different study days with a pass since its last fail; [`MASTERED_PASS_DAYS`] are asked for.
    pub pass_days: u32,
    /// The study day of its latest answer; `None` for one never met.
    pub last: Option<StudyDay>,
    /// Recall today, 0..1.
    pub recall_today: f64,
    /// Recall at the horizon, 0..1.
    pub recall: f64,
    /// The first day, not before its latest answer, on which recall is under [`MASTERED_RECALL`]; `None`
    /// for a card never met, and where that day never comes.
    pub under_on: Option<StudyDay>,
    /// The first such day of the report: on it, with the horizon as far ahead as today, recall at the
    /// horizon is under [`MASTERED_RECALL`]. Past where it has happened.
    pub falls_on: Option<StudyDay>,
}

impl CardFigures {
    /// The figures of a card on `today` about `horizon`.
    #[must_use]
    pub fn of(card: CardId, state: &CardState, today: StudyDay, horizon: StudyDay) -> Self {
        let last = state.memory.map(|memory| memory.last);
        let under_on = state.memory.and_then(|memory| memory.falls_under(MASTERED_RECALL));
        let distance = horizon.since(today);
        Self {
            card,
            stage: Stage::of(state, horizon),
            due: state.schedule.schedule().map(|schedule| schedule.due),
            pass_days: state.pass_days,
            last,
            recall_today: recall(state, today),
            recall: recall(state, horizon),
            under_on,
            falls_on: under_on.map(|day| day.minus(distance)).max(last.filter(|_| under_on.is_some())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{CardFigures, Stage};
    use crate::domain::day::StudyDay;
    use crate::domain::memory::Memory;
    use crate::domain::progress::CardState;

    fn day(number: i64) -> StudyDay {
        StudyDay::from_number(number)
    }

    /// Recall falls under .85 after S ÷ 0.9803465 × (0.85^(−1/0.1542) − 1) = 1.90643 S days.
    fn state(stability: f32, pass_days: u32) -> CardState {
        let memory = Memory::new(stability, 5.0, day(0));
        CardState { memory: Some(memory), pass_days, ..CardState::default() }
    }

    #[test]
    fn a_card_is_mastered_by_two_days_and_by_recall_at_the_horizon() {
        let table = [
            ("never met", CardState::default(), Stage::New),
            ("one day only", state(1_000.0, 1), Stage::Learning),
            ("two days, forgotten by then (28.6 days)", state(15.0, 2), Stage::Learning),
            ("two days, remembered (30.5 days)", state(16.0, 2), Stage::Mastered),
        ];
        for (name, state, stage) in table {
            assert_eq!(Stage::of(&state, day(30)), stage, "{name}");
        }
    }

    #[test]
    fn a_card_falls_as_many_days_earlier_as_the_horizon_is_ahead() {
        let id = || "deck/card".parse().unwrap();
        // 190.64 days: under .85 from day 191 on; seen 30 days ahead, from day 161 on.
        let card = CardFigures::of(id(), &state(100.0, 2), day(10), day(40));
        assert_eq!((card.under_on, card.falls_on), (Some(day(191)), Some(day(161))));
        // 28.6 days: seen 30 days ahead it never was over .85, so it fell on the day of its answer.
        let card = CardFigures::of(id(), &state(15.0, 2), day(10), day(40));
        assert_eq!((card.under_on, card.falls_on), (Some(day(29)), Some(day(0))));
        let card = CardFigures::of(id(), &CardState::default(), day(10), day(40));
        assert_eq!((card.under_on, card.falls_on, card.recall.to_bits()), (None, None, 0));
    }
}
