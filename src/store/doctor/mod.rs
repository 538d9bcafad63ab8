//! Whether the file is sound, as data: the database itself, the count of rows, the cache against the log.
//!
//! It does not say it in words, and does not know which cards exist: their ids are passed in.

mod replay;

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, Row};

use super::{APPLICATION_ID, Journal, Store, StoreError, connect, fold, rows, schema};
use crate::domain::card::CardId;
use crate::domain::day::Moment;
use crate::domain::sm2::Scheduler;
use replay::Replayed;

/// How many faults SQLite's own check lists before it gives up.
const MOST_FAULTS: u32 = 100;
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
    connect::make_room(connection)?;
    health.damage = damage(connection)?;
    health.broken_references = list(connection, "PRAGMA foreign_key_check", |row| {
        Ok(BrokenReference { table: row.get(0)?, row: row.get::<_, Option<i64>>(1)?.unwrap_or(0) })
    })?;
    (health.entries, health.counted) = counts(connection)?;
    clocks(connection, health, now)?;
    health.orphans = list(connection, CARDS, orphan)?;
    health.orphans.retain(|orphan| !known.contains(&orphan.card));
    let rules = fold::rules(connection)?;
    health.scheduler = rules.scheduler;
    let replayed = Replayed::of(connection, rules)?;
    health.unswitchable = replayed.unswitchable();
    health.differing = replayed.differing(&fold::all_cached(connection)?);
    Ok(())
}

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

/// What the moments of rows say of the clocks, in one reading.
fn clocks(connection: &Connection, health: &mut Health, now: Moment) -> rusqlite::Result<()> {
    let mut statement = connection.prepare("SELECT device, at, offset_s FROM log ORDER BY seq")?;
    let mut rows = statement.query([])?;
    let mut earlier: BTreeMap<String, i64> = BTreeMap::new();
    let mut newest = now.utc_millis();
    while let Some(row) = rows.next()? {
        let (device, at) = (row.get_ref(0)?.as_str()?, row.get(1)?);
        if at > newest {
            newest = at;
            health.ahead = Some(Moment::new(at, row.get(2)?));
        }
        match earlier.get_mut(device) {
            Some(before) => {
                health.backward += u64::from(at < *before);
                *before = at;
            }
            None => drop(earlier.insert(device.to_owned(), at)),
        }
    }
    Ok(())
}

fn orphan(row: &Row<'_>) -> rusqlite::Result<Orphan> {
    let entries: i64 = row.get("entries")?;
    Ok(Orphan { card: rows::card(row)?, entries: u64::try_from(entries).unwrap_or(0) })
}

fn list<T>(
    connection: &Connection,
    sql: &str,
    map: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Vec<T>> {
    connection.prepare(sql)?.query_map([], map)?.collect()
}
