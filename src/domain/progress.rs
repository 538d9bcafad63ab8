//! A card's progress: the fold of its live log rows into schedule, memory and passes.
//!
//! Each scheduler is a fold over the same rows, so that changing it loses nothing: the memory and the passes on
//! counted days are evidence, and a schedule is what the rules make of it.
//! The store keeps these states as a derived cache; replaying the log gives them again. It does not
//! know how rows are stored or merged: their order is the caller's.

use std::collections::{BTreeMap, BTreeSet};

use super::card::CardId;
use super::day::StudyDay;
use super::lineage::{Lineage, Turn};
use super::memory::Memory;
use super::review::{EntryId, Event, Grade, LogEntry, Mode, ReviewKind};
use super::sm2::{CardRules, KeyPreview, Progress, Rules, Scheduler};

/// Everything the log says of one card; the default is a new card.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct CardState {
    /// Its schedule.
    pub schedule: Progress,
    /// Its memory; `None` before the first answer of any kind.
    pub memory: Option<Memory>,
    /// Different study days with a pass (final grade ≥ 3) in scheduled or early answers since the last fail in one.
    pub pass_days: u32,
    /// The latest of those days.
    pub last_pass: Option<StudyDay>,
    /// The study day of its first live answer.
    pub first: Option<StudyDay>,
}

impl CardState {
    /// Whether the card has at least one live answer, of any kind.
    #[must_use]
    pub fn is_met(&self) -> bool {
        self.memory.is_some()
    }

    /// Whether the card's latest answer, of any kind, was given on `day`.
    #[must_use]
    pub fn answered_on(&self, day: StudyDay) -> bool {
        self.memory.is_some_and(|memory| memory.last == day)
    }

    /// The state after an answer, and how the answer stands to the schedule.
    ///
    /// Every answer feeds the memory; only [`Mode::Study`] moves the schedule and the passes.
    #[must_use]
    pub fn after(&self, grade: Grade, mode: Mode, day: StudyDay, rules: CardRules) -> (Self, ReviewKind) {
        let met = self.remembering(grade, day, rules);
        match mode {
            Mode::Study => {
                let kind = self.schedule.kind_on(day);
                let schedule = self.schedule.after(grade, day, rules);
                let answered = Self { schedule, ..met.counting(grade, kind, day) };
                let counts = matches!(kind, ReviewKind::Scheduled | ReviewKind::Early);
                (if counts && grade.is_pass() { answered.timed(rules) } else { answered }, kind)
            }
            Mode::Cram => (met, ReviewKind::Cram),
            Mode::Mock => (met, ReviewKind::Mock),
        }
    }

    /// What each of the four grade keys would do on `day`, key 1 first.
    #[must_use]
    pub fn preview(&self, day: StudyDay, rules: CardRules) -> Vec<KeyPreview> {
        (1..=4).filter_map(|key| self.preview_key(key, day, rules)).collect()
    }

    fn preview_key(&self, key: u8, day: StudyDay, rules: CardRules) -> Option<KeyPreview> {
        let grade = Grade::from_key(key)?;
        let (after, _) = self.after(grade, Mode::Study, day, rules);
        let schedule = after.schedule.schedule()?;
        Some(KeyPreview { key, grade, interval: schedule.interval, due: schedule.due, drill: schedule.drill })
    }

    /// After a counted pass: under FSRS the card is due when its recall falls to the retention.
    fn timed(self, rules: CardRules) -> Self {
        match (rules.scheduler(), self.schedule, self.memory) {
            (Scheduler::Fsrs(retention), Progress::Seen(schedule), Some(memory)) => {
                let schedule = Progress::Seen(schedule.due_in(memory.days_to(retention), rules));
                Self { schedule, ..self }
            }
            (Scheduler::Sm2 | Scheduler::Fsrs(_), ..) => self,
        }
    }

    fn remembering(self, grade: Grade, day: StudyDay, rules: CardRules) -> Self {
        let memory = match self.memory {
            Some(memory) => memory.after(grade, day),
            None => Memory::begun(rules.model(), grade, day),
        };
        Self { memory: Some(memory), first: self.first.or(Some(day)), ..self }
    }

    /// Keeps the count of days with a pass; a drill neither makes nor breaks it.
    fn counting(self, grade: Grade, kind: ReviewKind, day: StudyDay) -> Self {
        match kind {
            ReviewKind::Drill | ReviewKind::Cram | ReviewKind::Mock => self,
            ReviewKind::Scheduled | ReviewKind::Early if !grade.is_pass() => {
                Self { pass_days: 0, last_pass: None, ..self }
            }
            ReviewKind::Scheduled | ReviewKind::Early => {
                let another = u32::from(self.last_pass != Some(day));
                Self { pass_days: self.pass_days.saturating_add(another), last_pass: Some(day), ..self }
            }
        }
    }

    /// The state that the rows of one card give, oldest first, retracted rows left out by the caller.
    ///
    /// The class of a study answer is derived again from its day and place; the one that was logged
    /// only tells study from cram and mock.
    #[must_use]
    pub fn of<'a>(live: impl IntoIterator<Item = &'a LogEntry>, rules: CardRules) -> Self {
        live.into_iter().fold(Self::default(), |state, entry| state.with(entry, rules))
    }

    fn with(self, entry: &LogEntry, rules: CardRules) -> Self {
        match &entry.event {
            Event::Answered { grade, kind, .. } => self.after(*grade, kind.mode(), entry.day, rules).0,
            Event::Restarted { .. } => Self::default(),
            Event::Undone { .. } | Event::Relinked { .. } | Event::Kept { .. } => self,
        }
    }
}

/// The states of all cards that the log gives: rows oldest first, each card's retracted rows left out.
///
/// An undo counts wherever it stands, so that merged logs replay; one that names an undo, itself, or a
/// row that is not there does nothing. From a relink on, the rows that were the old id's own count for the new one,
/// in the order of the log. A card without a live answer since its last restart is not listed.
#[must_use]
pub fn replay<'a, I>(log: I, rules: Rules) -> BTreeMap<CardId, CardState>
where
    I: IntoIterator<Item = &'a LogEntry>,
    I::IntoIter: Clone,
{
    let log = log.into_iter();
    let retracted = retracted(log.clone());
    let kept = (0_i64..).zip(log).filter(|(_, entry)| !retracted.contains(&entry.id));
    let lineage = Lineage::new(kept.clone().filter_map(|(at, entry)| Some((at, Turn::of(&entry.event)?))));
    let mut states: BTreeMap<CardId, CardState> = BTreeMap::new();
    for (at, entry) in kept {
        if let Event::Answered { card, .. } = &entry.event
            && let Some(owner) = lineage.owner(card, at)
        {
            let state = states.entry(owner.clone()).or_default();
            *state = state.with(entry, rules.of(owner));
        }
    }
    states
}

/// The ids of the rows that some row takes back.
fn retracted<'a>(log: impl Iterator<Item = &'a LogEntry>) -> BTreeSet<EntryId> {
    log.filter_map(|entry| match &entry.event {
        Event::Undone { retracts } => Some(*retracts),
        Event::Answered { .. } | Event::Restarted { .. } | Event::Relinked { .. } | Event::Kept { .. } => {
            None
        }
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::CardState;
    use crate::domain::day::StudyDay;
    use crate::domain::review::{Grade, Mode, ReviewKind};
    use crate::domain::sm2::{CardRules, Progress};

    fn answered(answers: &[(i64, Grade, Mode)]) -> CardState {
        answers.iter().fold(CardState::default(), |state, &(on, grade, mode)| {
            state.after(grade, mode, StudyDay::from_number(on), CardRules::default()).0
        })
    }

    #[test]
    fn passes_count_by_study_day_and_only_under_the_schedule() {
        use Mode::{Cram, Mock, Study};
        let (good, fail) = (Grade::GOOD, Grade::NEARLY);
        let table = [
            ("two scheduled passes", vec![(0, good, Study), (1, good, Study)], 2, Some(1)),
            ("an early pass counts", vec![(0, good, Study), (1, good, Study), (3, good, Study)], 3, Some(3)),
            ("a drill that passes does not make one", vec![(0, fail, Study), (0, good, Study)], 0, None),
            ("a drill that fails does not break one", vec![(0, good, Study), (0, fail, Study)], 1, Some(0)),
            ("a scheduled fail starts over", vec![(0, good, Study), (1, fail, Study)], 0, None),
            ("cram and mock count for nothing", vec![(0, good, Cram), (1, good, Mock)], 0, None),
            ("a failed mock breaks nothing", vec![(0, good, Study), (1, fail, Mock)], 1, Some(0)),
        ];
        for (name, answers, passes, last) in table {
            let state = answered(&answers);
            assert_eq!(state.pass_days, passes, "{name}");
            assert_eq!(state.last_pass, last.map(StudyDay::from_number), "{name}");
        }
    }

    #[test]
    fn cram_and_mock_feed_the_memory_and_leave_the_schedule() {
        let state = answered(&[(0, Grade::GOOD, Mode::Cram), (3, Grade::AGAIN, Mode::Mock)]);
        assert_eq!(state.schedule, Progress::New);
        assert_eq!(state.first, Some(StudyDay::from_number(0)));
        assert_eq!(state.memory.map(|memory| memory.last), Some(StudyDay::from_number(3)));
    }

    #[test]
    fn every_mode_names_its_kind() {
        let new = CardState::default();
        let day = StudyDay::from_number(0);
        for (mode, kind) in [
            (Mode::Study, ReviewKind::Scheduled),
            (Mode::Cram, ReviewKind::Cram),
            (Mode::Mock, ReviewKind::Mock),
        ] {
            assert_eq!(new.after(Grade::GOOD, mode, day, CardRules::default()).1, kind);
        }
    }

    #[test]
    fn keys_show_the_interval_they_would_give() {
        // n 2, interval 6, ease 2.50: hard ⌈6 × 2.36⌉ = 15, good ⌈6 × 2.50⌉ = 15, easy ⌈6 × 2.60⌉ = 16.
        let young = answered(&[(0, Grade::GOOD, Mode::Study), (1, Grade::GOOD, Mode::Study)]);
        let keys = young.preview(StudyDay::from_number(7), CardRules::default());
        let shown: Vec<_> =
            keys.iter().map(|key| (key.key, key.grade.value(), key.interval, key.drill)).collect();
        assert_eq!(shown, [(1, 1, 1, true), (2, 3, 15, false), (3, 4, 15, false), (4, 5, 16, false)]);
        assert_eq!(keys.iter().map(|key| key.due.number()).collect::<Vec<_>>(), [8, 22, 22, 23]);
    }
}
