//! The log replayed for an examination: by both schedulers, and whose each answer is, in one reading.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, Rows};

use crate::domain::card::CardId;
use crate::domain::day::StudyDay;
use crate::domain::deck::DeckId;
use crate::domain::memory::Memory;
use crate::domain::progress::CardState;
use crate::domain::sm2::{Progress, Rules};
use crate::store::fold::{self, Fold};

/// Relative difference up to which two memories are the same: 32-bit sums differ in the last digits from
/// one machine's mathematical library to another's, and a log of many answers adds them up.
const SAME_MEMORY: f32 = 1e-3;

/// What one reading of the log gives.
pub(super) struct Replayed {
    /// The states by the rules in force.
    here: BTreeMap<CardId, CardState>,
    /// The states by the other scheduler.
    there: BTreeMap<CardId, CardState>,
    /// Cards for which an answer is noted that counts for another card, or for none; and those others.
    displaced: BTreeSet<CardId>,
}

impl Replayed {
    /// Replays the log by the rules in force and by those of the other scheduler.
    pub(super) fn of(connection: &Connection, rules: Rules) -> rusqlite::Result<Self> {
        let other = Rules { scheduler: rules.scheduler.other(), ..rules };
        let (mut here, mut there) = (Fold::by(rules), Fold::by(other));
        let mut statement = connection.prepare("SELECT seq, deck, card FROM owned ORDER BY seq")?;
        let mut owned = Owned { rows: statement.query([])?, next: None, displaced: BTreeSet::new() };
        owned.step()?;
        fold::walk(connection, |at, owner, step| {
            here.take(owner, step);
            there.take(owner, step);
            owned.meet(at, owner)
        })?;
        let displaced = owned.end()?;
        Ok(Self { here: here.states(), there: there.states(), displaced })
    }

    /// The cards whose cached state, or whose cached answers, are not what the log gives.
    pub(super) fn differing(&self, cached: &BTreeMap<CardId, CardState>) -> Vec<CardId> {
        let state = |states: &BTreeMap<CardId, CardState>, card: &CardId| {
            states.get(card).copied().unwrap_or_default()
        };
        let mut cards: BTreeSet<&CardId> = cached.keys().chain(self.here.keys()).collect();
        cards.retain(|card| !same(&state(cached, card), &state(&self.here, card)));
        cards.extend(&self.displaced);
        cards.into_iter().cloned().collect()
    }

    /// The cards that two schedulers' folds of one log do not agree on: the memory is the same under both, and so is
    /// whether there is a schedule; none is due on the day of its last answer.
    pub(super) fn unswitchable(&self) -> Vec<CardId> {
        let cards: BTreeSet<&CardId> = self.there.keys().chain(self.here.keys()).collect();
        let both = |card: &CardId| Some(agree(self.there.get(card)?, self.here.get(card)?));
        cards.into_iter().filter(|card| both(card) != Some(true)).cloned().collect()
    }
}

/// The cache's answers, read along with those that the log gives.
struct Owned<'a> {
    rows: Rows<'a>,
    next: Option<(i64, CardId)>,
    displaced: BTreeSet<CardId>,
}

impl Owned<'_> {
    fn step(&mut self) -> rusqlite::Result<Option<CardId>> {
        let next = match self.rows.next()? {
            Some(row) => Some((row.get(0)?, CardId { deck: DeckId(row.get(1)?), card: row.get(2)? })),
            None => None,
        };
        Ok(std::mem::replace(&mut self.next, next).map(|(_, card)| card))
    }

    /// The log has an answer at `at` that counts for `owner`.
    fn meet(&mut self, at: i64, owner: &CardId) -> rusqlite::Result<()> {
        while self.next.as_ref().is_some_and(|(place, _)| *place < at) {
            let surplus = self.step()?;
            self.displaced.extend(surplus);
        }
        let is_there = self.next.as_ref().is_some_and(|(place, _)| *place == at);
        let noted = if is_there { self.step()? } else { None };
        if noted.as_ref() != Some(owner) {
            self.displaced.extend(noted.into_iter().chain([owner.clone()]));
        }
        Ok(())
    }

    /// The log has no more.
    fn end(mut self) -> rusqlite::Result<BTreeSet<CardId>> {
        while let Some(surplus) = self.step()? {
            self.displaced.insert(surplus);
        }
        Ok(self.displaced)
    }
}

fn agree(there: &CardState, here: &CardState) -> bool {
    let is_a_schedule = |state: &CardState| match state.schedule {
        Progress::New => true,
        Progress::Seen(schedule) => schedule.due > schedule.last || schedule.last == StudyDay::LAST,
    };
    there.memory == here.memory
        && there.schedule.schedule().is_some() == here.schedule.schedule().is_some()
        && is_a_schedule(there)
}

fn same(cached: &CardState, replayed: &CardState) -> bool {
    let memories = match (&cached.memory, &replayed.memory) {
        (None, None) => true,
        (Some(cached), Some(replayed)) => same_memory(cached, replayed),
        (None, Some(_)) | (Some(_), None) => false,
    };
    memories && CardState { memory: None, ..*cached } == CardState { memory: None, ..*replayed }
}

fn same_memory(cached: &Memory, replayed: &Memory) -> bool {
    let near = |cached: f32, replayed: f32| (cached - replayed).abs() <= SAME_MEMORY * replayed.abs();
    cached.last == replayed.last
        && near(cached.stability, replayed.stability)
        && near(cached.difficulty, replayed.difficulty)
}
