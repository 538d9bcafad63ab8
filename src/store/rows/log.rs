//! Rows of the log: how an entry is written in columns and read back.
//!
//! It does not know which statement a row comes from, only that it selects every column of the log or a view of it.

use rusqlite::{Connection, Row, params};

use crate::domain::card::CardId;
use crate::domain::day::Moment;
use crate::domain::deck::DeckId;
use crate::domain::review::{Confidence, EntryId, Event, Grade, LogEntry};

/// The name of a retraction in the log's column `kind`.
const UNDO: &str = "undo";
/// The name of a fresh start in the log's column `kind`.
const RESTART: &str = "restart";
/// The name of a relink in the log's column `kind`.
const RELINK: &str = "relink";
/// The name of a kept answer in the log's column `kind`.
const KEEP: &str = "keep";

/// Places of the columns of `SELECT *` from the log and its views: to look a column up by its name costs more than
/// to read it, and a log has a million rows. `live` has the card for which an answer counts behind them.
mod place {
    pub const SEQ: usize = 0;
    pub const ID: usize = 1;
    pub const DEVICE: usize = 2;
    pub const AT: usize = 3;
    pub const OFFSET: usize = 4;
    pub const DAY: usize = 5;
    pub const KIND: usize = 6;
    pub const DECK: usize = 7;
    pub const CARD: usize = 8;
    pub const GRADE: usize = 9;
    pub const ELAPSED: usize = 10;
    pub const REPLY: usize = 11;
    pub const RETRACTS: usize = 12;
    pub const FROM_DECK: usize = 13;
    pub const FROM_CARD: usize = 14;
    pub const CONFIDENCE: usize = 15;
    pub const OWNER_DECK: usize = 16;
    pub const OWNER_CARD: usize = 17;
}

/// The card of two columns, by their places.
fn card_at(row: &Row<'_>, deck: usize, card: usize) -> rusqlite::Result<CardId> {
    Ok(CardId { deck: DeckId(row.get(deck)?), card: row.get(card)? })
}

/// The place in the log of a row of `SELECT *` from the log or a view of it.
pub(in crate::store) fn seq(row: &Row<'_>) -> rusqlite::Result<i64> {
    row.get(place::SEQ)
}

/// The card for which an answer counts, of a row of `SELECT * FROM live`.
pub(in crate::store) fn owner(row: &Row<'_>) -> rusqlite::Result<CardId> {
    card_at(row, place::OWNER_DECK, place::OWNER_CARD)
}

/// A whole row of the log, of `SELECT *` from it or a view of it.
pub(in crate::store) fn entry(row: &Row<'_>) -> rusqlite::Result<LogEntry> {
    Ok(LogEntry {
        id: row.get(place::ID)?,
        device: row.get(place::DEVICE)?,
        at: Moment::new(row.get(place::AT)?, row.get(place::OFFSET)?),
        day: row.get(place::DAY)?,
        event: event(row)?,
    })
}

/// What a row of the log says, of `SELECT *` from it or a view of it.
pub(in crate::store) fn event(row: &Row<'_>) -> rusqlite::Result<Event> {
    let card = || card_at(row, place::DECK, place::CARD);
    match row.get_ref(place::KIND)?.as_str()? {
        UNDO => Ok(Event::Undone { retracts: row.get(place::RETRACTS)? }),
        RESTART => Ok(Event::Restarted { card: card()? }),
        RELINK => {
            Ok(Event::Relinked { from: card_at(row, place::FROM_DECK, place::FROM_CARD)?, to: card()? })
        }
        KEEP => Ok(Event::Kept { card: card()? }),
        _ => Ok(Event::Answered {
            card: card()?,
            grade: row.get(place::GRADE)?,
            kind: row.get(place::KIND)?,
            elapsed_ms: row.get(place::ELAPSED)?,
            reply: row.get(place::REPLY)?,
            confidence: row.get(place::CONFIDENCE)?,
        }),
    }
}

const APPEND: &str = "INSERT INTO log
    (id, device, at, offset_s, day, kind, deck, card, grade, elapsed_ms, reply, retracts, from_deck, from_card,
    confidence) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";

/// Appends a row to the log; gives its place.
pub(in crate::store) fn append(connection: &Connection, entry: &LogEntry) -> rusqlite::Result<i64> {
    let LogEntry { id, device, at, day, event } = entry;
    let Columns { kind, card, grade, elapsed_ms, reply, retracts, from, confidence } = Columns::of(event);
    let (at, offset) = (at.utc_millis(), at.offset_seconds());
    let (deck, card) = (card.map(|card| &card.deck.0), card.map(|card| &card.card));
    let (from_deck, from_card) = (from.map(|from| &from.deck.0), from.map(|from| &from.card));
    connection.prepare_cached(APPEND)?.insert(params![
        id, device, at, offset, day, kind, deck, card, grade, elapsed_ms, reply, retracts, from_deck,
        from_card, confidence
    ])
}

/// The columns that depend on what a row says.
#[derive(Default)]
struct Columns<'a> {
    kind: &'static str,
    card: Option<&'a CardId>,
    grade: Option<Grade>,
    elapsed_ms: Option<u32>,
    reply: Option<&'a str>,
    retracts: Option<EntryId>,
    from: Option<&'a CardId>,
    confidence: Option<Confidence>,
}

impl<'a> Columns<'a> {
    fn of(event: &'a Event) -> Self {
        let rest = Self { card: event.card(), ..Self::default() };
        match event {
            Event::Answered { grade, kind, elapsed_ms, reply, confidence, .. } => Self {
                kind: kind.name(),
                grade: Some(*grade),
                elapsed_ms: *elapsed_ms,
                reply: Some(reply),
                confidence: *confidence,
                ..rest
            },
            Event::Undone { retracts } => Self { kind: UNDO, retracts: Some(*retracts), ..rest },
            Event::Restarted { .. } => Self { kind: RESTART, ..rest },
            Event::Relinked { from, .. } => Self { kind: RELINK, from: Some(from), ..rest },
            Event::Kept { .. } => Self { kind: KEEP, ..rest },
        }
    }
}
