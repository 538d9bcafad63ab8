//! Whether the file is sound, as data: the database itself, the count of rows, the cache against the log.
//!
//! It does not say it in words, and does not know which cards exist: their ids are passed in.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, Row};

use super::{APPLICATION_ID, Journal, Store, StoreError, fold, rows, schema};
use crate::domain::card::CardId;
use crate::domain::day::{Moment, StudyDay};
use crate::domain::memory::Memory;
use crate::domain::progress::CardState;
use crate::domain::sm2::{Progress, Rules, Scheduler};

/// How many faults SQLite's own check lists before it gives up.
const MOST_FAULTS: u32 = 100;
/// Relative difference up to which two memories are the same: 32-bit sums differ in the last digits from
/// one machine's mathematical library to another's, and a log of many answers adds them up.
const SAME_MEMORY: f32 = 1e-3;

/// A row that points to a row which is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenReference {
    /// The table of the row.
    pub table: String,
    /// Its place in the table.
    pub row: i64,
}

/// A card with live answers that is not among the known ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Orphan {
    /// The card.
    pub card: CardId,
    /// How many live answers count for it.
    pub entries: u64,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Health {
    /// The header's application id; [`APPLICATION_ID`] if all is well.
    pub application_id: i32,
    /// The schema version.
    pub version: i32,
    /// How commits are guarded.
    pub journal: Journal,
    /// What SQLite found wrong with pages, indexes, types and checks, in its words; empty if all is well.
    pub damage: Vec<String>,
    /// Rows that point to rows which are not there.
    pub broken_references: Vec<BrokenReference>,
    /// Rows of the log.
    pub entries: u64,
    /// Rows of the log as they were counted when they were written: another number means that some were lost.
    pub counted: u64,
    /// Cards whose schedule, or whose answers, are not what the log gives; [`Store::rebuild`] mends them.
    pub differing: Vec<CardId>,
    /// The scheduler in force.
    pub scheduler: Scheduler,
    /// Cards of which the other scheduler's fold of the log gives another memory, or no schedule: none, if the
    /// scheduler may be changed at will.
    pub unswitchable: Vec<CardId>,
    /// Cards with live answers that are not among the known ones: renamed or removed, their history is kept.
    pub orphans: Vec<Orphan>,
    /// The newest row's moment, where it lies after the moment of the examination.
    pub ahead: Option<Moment>,
    /// How many rows were written at an earlier moment than the row before them on their device.
    pub backward: u64,
}

impl Health {
    /// Whether nothing is lost or damaged. Orphans and odd clocks do no harm.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.application_id == APPLICATION_ID
            && self.damage.is_empty()
            && self.broken_references.is_empty()
            && self.entries == self.counted
            && self.differing.is_empty()
            && self.unswitchable.is_empty()
    }
}

/// What a rebuild did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rebuilt {
    /// Cards whose state was written anew.
    pub cards: usize,
    /// Rows of the log.
    pub entries: u64,
    /// Rows of the log as they had been counted.
    pub counted: u64,
}

impl Store {
    /// Examines the whole file; `known` are the ids of all cards there are, `now` is the present.
    ///
    /// # Errors
    /// [`StoreError`] where not even the header can be read; damage further in is part of the result.
    pub fn doctor(&self, known: &BTreeSet<CardId>, now: Moment) -> Result<Health, StoreError> {
        let mut health = header(&self.connection).map_err(|error| self.error(error))?;
        if let Err(error) = examine(&self.connection, &mut health, known, now) {
            health.damage.push(error.to_string());
        }
        Ok(health)
    }

    /// Makes the cache anew from the log, and counts the log's rows again.
    ///
    /// # Errors
    /// [`StoreError`]; nothing was changed.
    pub fn rebuild(&mut self) -> Result<Rebuilt, StoreError> {
        self.write(|writer| {
            let (entries, counted) = counts(writer.connection)?;
            let cards = fold::rebuild(writer.connection, fold::rules(writer.connection)?)?;
            writer.connection.execute("UPDATE meta SET entries = (SELECT count(*) FROM log)", [])?;
            Ok(Rebuilt { cards, entries, counted })
        })
    }
}

fn header(connection: &Connection) -> rusqlite::Result<Health> {
    Ok(Health {
        application_id: connection.pragma_query_value(None, "application_id", |row| row.get(0))?,
        version: schema::version(connection)?,
        journal: Journal::current(connection)?,
        damage: Vec::new(),
        broken_references: Vec::new(),
        entries: 0,
        counted: 0,
        differing: Vec::new(),
        scheduler: Scheduler::default(),
        unswitchable: Vec::new(),
        orphans: Vec::new(),
        ahead: None,
        backward: 0,
    })
}

fn examine(
    connection: &Connection,
    health: &mut Health,
    known: &BTreeSet<CardId>,
    now: Moment,
) -> rusqlite::Result<()> {
    health.damage = damage(connection)?;
    health.broken_references = list(connection, "PRAGMA foreign_key_check", |row| {
        Ok(BrokenReference { table: row.get(0)?, row: row.get::<_, Option<i64>>(1)?.unwrap_or(0) })
    })?;
    (health.entries, health.counted) = counts(connection)?;
    health.ahead = ahead(connection, now)?;
    health.backward = count(connection, BACKWARD)?;
    health.orphans = list(connection, CARDS, orphan)?;
    health.orphans.retain(|orphan| !known.contains(&orphan.card));
    let rules = fold::rules(connection)?;
    health.scheduler = rules.scheduler;
    // There, and back: what the log gives by the rules in force comes after.
    let other = Rules { scheduler: rules.scheduler.other(), ..rules };
    let there = fold::all_replayed(connection, other, |_, _| Ok(()))?;
    let back = differing(connection, rules, |replayed| health.unswitchable = unswitchable(&there, replayed))?;
    health.differing = back;
    Ok(())
}

const BACKWARD: &str = "SELECT count(*) FROM (
    SELECT at, lag(at) OVER (PARTITION BY device ORDER BY seq) AS earlier FROM log) WHERE at < earlier";
const CARDS: &str =
    "SELECT deck, card, count(*) AS entries FROM owned GROUP BY deck, card ORDER BY deck, card";

fn damage(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let sql = format!("PRAGMA integrity_check({MOST_FAULTS})");
    let mut lines: Vec<String> = list(connection, &sql, |row| row.get(0))?;
    lines.retain(|line| line != "ok");
    Ok(lines)
}

/// Rows of the log, and rows that were counted.
fn counts(connection: &Connection) -> rusqlite::Result<(u64, u64)> {
    Ok((count(connection, "SELECT count(*) FROM log")?, count(connection, "SELECT entries FROM meta")?))
}

fn count(connection: &Connection, sql: &str) -> rusqlite::Result<u64> {
    let number: i64 = connection.query_row(sql, [], |row| row.get(0))?;
    Ok(u64::try_from(number).unwrap_or(0))
}

fn ahead(connection: &Connection, now: Moment) -> rusqlite::Result<Option<Moment>> {
    const NEWEST: &str = "SELECT at, offset_s FROM log WHERE at > ?1 ORDER BY at DESC LIMIT 1";
    let mut statement = connection.prepare(NEWEST)?;
    statement.query_and_then([now.utc_millis()], rows::moment)?.next().transpose()
}

fn orphan(row: &Row<'_>) -> rusqlite::Result<Orphan> {
    let entries: i64 = row.get("entries")?;
    Ok(Orphan { card: rows::card(row)?, entries: u64::try_from(entries).unwrap_or(0) })
}

/// The cards whose cached state, or whose cached answers, are not what the log gives.
fn differing(
    connection: &Connection,
    rules: Rules,
    found: impl FnOnce(&BTreeMap<CardId, CardState>),
) -> rusqlite::Result<Vec<CardId>> {
    let cached = fold::all_cached(connection)?;
    let mut owned: BTreeMap<i64, CardId> =
        list(connection, "SELECT * FROM owned", |row| Ok((row.get("seq")?, rows::card(row)?)))?
            .into_iter()
            .collect();
    let mut displaced = BTreeSet::new();
    let replayed = fold::all_replayed(connection, rules, |at, owner| {
        let noted = owned.remove(&at);
        if noted.as_ref() != Some(owner) {
            displaced.extend(noted.into_iter().chain([owner.clone()]));
        }
        Ok(())
    })?;
    found(&replayed);
    displaced.extend(owned.into_values());
    let state =
        |states: &BTreeMap<CardId, CardState>, card: &CardId| states.get(card).copied().unwrap_or_default();
    let mut cards: BTreeSet<&CardId> = cached.keys().chain(replayed.keys()).collect();
    cards.retain(|card| !same(&state(&cached, card), &state(&replayed, card)));
    cards.extend(&displaced);
    Ok(cards.into_iter().cloned().collect())
}

/// The cards that two schedulers' folds of one log do not agree on: the memory is the same under both, and so is
/// whether there is a schedule; none is due on the day of its last answer.
fn unswitchable(there: &BTreeMap<CardId, CardState>, here: &BTreeMap<CardId, CardState>) -> Vec<CardId> {
    let is_a_schedule = |state: &CardState| match state.schedule {
        Progress::New => true,
        Progress::Seen(schedule) => schedule.due > schedule.last || schedule.last == StudyDay::LAST,
    };
    let agree = |there: &CardState, here: &CardState| {
        there.memory == here.memory
            && there.schedule.schedule().is_some() == here.schedule.schedule().is_some()
            && is_a_schedule(there)
    };
    let cards: BTreeSet<&CardId> = there.keys().chain(here.keys()).collect();
    let both = |card: &CardId| Some(agree(there.get(card)?, here.get(card)?));
    cards.into_iter().filter(|card| both(card) != Some(true)).cloned().collect()
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

fn list<T>(
    connection: &Connection,
    sql: &str,
    map: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Vec<T>> {
    connection.prepare(sql)?.query_map([], map)?.collect()
}
