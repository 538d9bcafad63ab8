//! Row mapping: how domain values are written in columns and read back.
//!
//! It does not know which statement a row comes from; each mapping names the columns it needs.

mod log;

pub(super) use log::{append, entry, event, owner, seq};

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, Row, params};

use crate::domain::card::CardId;
use crate::domain::day::{Moment, StudyDay};
use crate::domain::deck::DeckId;
use crate::domain::memory::Memory;
use crate::domain::model::Model;
use crate::domain::progress::CardState;
use crate::domain::retention::Retention;
use crate::domain::review::{Confidence, EntryId, Grade, ReviewKind};
use crate::domain::sm2::{Ease, Fuzz, Progress, Repeat, Rules, Schedule, Scheduler};

/// A name in the database that this program does not know.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not a known name")]
struct UnknownName(String);

/// A number that the domain does not allow.
#[derive(Debug, thiserror::Error)]
#[error("{0} is out of range")]
struct OutOfRange(i64);

impl ToSql for StudyDay {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.number().into())
    }
}

impl FromSql for StudyDay {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let number = value.as_i64()?;
        let day = Self::from_number(number);
        if i64::from(day.number()) == number { Ok(day) } else { Err(FromSqlError::OutOfRange(number)) }
    }
}

impl ToSql for Grade {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.value().into())
    }
}

impl FromSql for Grade {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let number = value.as_i64()?;
        Self::new(number).ok_or_else(|| FromSqlError::other(OutOfRange(number)))
    }
}

impl ToSql for EntryId {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.to_be_bytes().to_vec().into())
    }
}

impl FromSql for EntryId {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        <[u8; 16]>::column_result(value).map(|bytes| Self(u128::from_be_bytes(bytes)))
    }
}

impl ToSql for Fuzz {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Off => "off",
            Self::Spread => "spread",
        }
        .into())
    }
}

impl FromSql for Fuzz {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_str()? {
            "off" => Ok(Self::Off),
            "spread" => Ok(Self::Spread),
            other => Err(unknown(other)),
        }
    }
}

impl ToSql for Repeat {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Fails => "fails",
            Self::BelowGood => "below-good",
        }
        .into())
    }
}

impl FromSql for Repeat {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_str()? {
            "fails" => Ok(Self::Fails),
            "below-good" => Ok(Self::BelowGood),
            other => Err(unknown(other)),
        }
    }
}

impl ToSql for Confidence {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.name().into())
    }
}

impl FromSql for Confidence {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let name = value.as_str()?;
        Self::from_name(name).ok_or_else(|| unknown(name))
    }
}

impl FromSql for Retention {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let number = value.as_i64()?;
        let retention = u16::try_from(number).ok().and_then(Self::from_thousandths);
        retention.ok_or_else(|| FromSqlError::other(OutOfRange(number)))
    }
}

impl FromSql for Model {
    /// Numbers between blanks; none are the default ones.
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_str()? {
            "" => Ok(Self::default()),
            numbers => numbers.parse().map_err(FromSqlError::other),
        }
    }
}

impl ToSql for Model {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(if self.is_default() { String::new() } else { self.to_string() }.into())
    }
}

impl FromSql for ReviewKind {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let name = value.as_str()?;
        Self::from_name(name).ok_or_else(|| unknown(name))
    }
}

fn unknown(name: &str) -> FromSqlError {
    FromSqlError::other(UnknownName(name.to_owned()))
}

/// The card of the columns `deck` and `card`.
pub(super) fn card(row: &Row<'_>) -> rusqlite::Result<CardId> {
    Ok(CardId { deck: DeckId(row.get("deck")?), card: row.get("card")? })
}

/// The moment of the columns `at` and `offset_s`.
pub(super) fn moment(row: &Row<'_>) -> rusqlite::Result<Moment> {
    Ok(Moment::new(row.get("at")?, row.get("offset_s")?))
}

/// The rules of the columns `fuzz`, `repeat`, `scheduler` and `retention`, with the default model.
pub(super) fn rules(row: &Row<'_>) -> rusqlite::Result<Rules> {
    let scheduler = if row.get_ref("scheduler")?.as_str()? == Scheduler::Sm2.name() {
        Scheduler::Sm2
    } else {
        Scheduler::Fsrs(row.get("retention")?)
    };
    Ok(Rules { fuzz: row.get("fuzz")?, repeat: row.get("repeat")?, scheduler, model: Model::default() })
}

/// The columns `scheduler` and `retention`.
pub(super) fn scheduler_columns(scheduler: Scheduler) -> (&'static str, u16) {
    let retention = match scheduler {
        Scheduler::Sm2 => Retention::DEFAULT,
        Scheduler::Fsrs(retention) => retention,
    };
    (scheduler.name(), retention.thousandths())
}

const SAVE: &str = "INSERT OR REPLACE INTO schedules
    (deck, card, repetitions, interval, ease, last, due, drill, lapses, reviews,
     stability, difficulty, answered, pass_days, last_pass, first)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)";
const FORGET: &str = "DELETE FROM schedules WHERE deck = ?1 AND card = ?2";

/// Writes a card's state to the cache; a new card has no row there.
pub(super) fn save(connection: &Connection, card: &CardId, state: &CardState) -> rusqlite::Result<()> {
    if *state == CardState::default() {
        return connection.prepare_cached(FORGET)?.execute((&card.deck.0, &card.card)).map(drop);
    }
    let schedule = state.schedule.schedule();
    let memory = state.memory.as_ref();
    connection
        .prepare_cached(SAVE)?
        .execute(params![
            card.deck.0,
            card.card,
            schedule.map(|schedule| schedule.repetitions),
            schedule.map(|schedule| schedule.interval),
            schedule.map(|schedule| schedule.ease.0),
            schedule.map(|schedule| schedule.last),
            schedule.map(|schedule| schedule.due),
            schedule.map(|schedule| schedule.drill),
            schedule.map(|schedule| schedule.lapses),
            schedule.map(|schedule| schedule.reviews),
            memory.map(|memory| memory.stability),
            memory.map(|memory| memory.difficulty),
            memory.map(|memory| memory.last),
            state.pass_days,
            state.last_pass,
            state.first,
        ])
        .map(drop)
}

/// A row of `SELECT * FROM schedules`, read by place: it is read for every card of a collection.
pub(super) fn state(row: &Row<'_>, model: Model) -> rusqlite::Result<(CardId, CardState)> {
    let card = CardId { deck: DeckId(row.get(0)?), card: row.get(1)? };
    let (schedule, memory) = (schedule(row)?, memory(row, model)?);
    let state =
        CardState { schedule, memory, pass_days: row.get(13)?, last_pass: row.get(14)?, first: row.get(15)? };
    Ok((card, state))
}

fn schedule(row: &Row<'_>) -> rusqlite::Result<Progress> {
    let Some(repetitions) = row.get(2)? else {
        return Ok(Progress::New);
    };
    Ok(Progress::Seen(Schedule {
        repetitions,
        interval: row.get(3)?,
        ease: Ease(row.get(4)?),
        last: row.get(5)?,
        due: row.get(6)?,
        drill: row.get(7)?,
        lapses: row.get(8)?,
        reviews: row.get(9)?,
    }))
}

fn memory(row: &Row<'_>, model: Model) -> rusqlite::Result<Option<Memory>> {
    let Some(stability) = row.get(10)? else {
        return Ok(None);
    };
    Ok(Some(Memory { stability, difficulty: row.get(11)?, last: row.get(12)?, model }))
}
