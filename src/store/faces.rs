//! Faces: how each card looked when it was last answered.
//!
//! They are no part of the log: an edit of a card is noticed by them. A card answered before they were kept has none.

use std::collections::BTreeMap;

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, Row, params};

use super::{Store, StoreError, rows};
use crate::domain::card::{CardId, Kind};
use crate::domain::identity::{Face, Key};
use crate::domain::review::EntryId;
use crate::domain::skill_map::NodeKey;

/// A kind that this program does not know.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not a kind of card")]
struct UnknownKind(String);

impl ToSql for Kind {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.name().into())
    }
}

impl FromSql for Kind {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let name = value.as_str()?;
        Self::from_name(name).ok_or_else(|| FromSqlError::other(UnknownKind(name.to_owned())))
    }
}

const SAVE: &str = "INSERT OR REPLACE INTO faces (deck, card, kind, prompt, answer, fingerprint, node)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
const INHERIT: &str = "INSERT OR REPLACE INTO faces (deck, card, kind, prompt, answer, fingerprint, node)
    SELECT ?3, ?4, kind, prompt, answer, fingerprint, node FROM faces WHERE deck = ?1 AND card = ?2";

const SET_ASIDE: &str = "INSERT INTO former_faces (keep, kind, prompt, answer, fingerprint, node)
    SELECT ?3, kind, prompt, answer, fingerprint, node FROM faces WHERE deck = ?1 AND card = ?2";
/// Not where the card was answered since: then it is known as it looked at that answer.
const RESTORE: &str = "INSERT OR REPLACE INTO faces (deck, card, kind, prompt, answer, fingerprint, node)
    SELECT ?1, ?2, kind, prompt, answer, fingerprint, node FROM former_faces WHERE keep = ?3
    AND NOT EXISTS (SELECT 1 FROM owned WHERE deck = ?1 AND card = ?2
        AND seq > (SELECT seq FROM log WHERE id = ?3))";

/// Sets a card's face aside for the log row by which the learner keeps it.
pub(super) fn set_aside(connection: &Connection, card: &CardId, keep: EntryId) -> rusqlite::Result<()> {
    connection.prepare_cached(SET_ASIDE)?.execute((&card.deck.0, &card.card, keep)).map(drop)
}

/// Gives a card the face back that was set aside for that row of the log.
pub(super) fn restore(connection: &Connection, card: &CardId, keep: EntryId) -> rusqlite::Result<()> {
    connection.prepare_cached(RESTORE)?.execute((&card.deck.0, &card.card, keep)).map(drop)
}

/// Remembers how a card looks.
pub(super) fn save(connection: &Connection, card: &CardId, face: &Face) -> rusqlite::Result<()> {
    let Face { kind, prompt, key, fingerprint, node } = face;
    let (answer, fingerprint) = (key.to_string(), fingerprint.cast_signed());
    let row = params![card.deck.0, card.card, kind, prompt, answer, fingerprint, node.0];
    connection.prepare_cached(SAVE)?.execute(row).map(drop)
}

/// Gives a card the face of another, if that has one.
pub(super) fn inherit(connection: &Connection, from: &CardId, to: &CardId) -> rusqlite::Result<()> {
    let row = (&from.deck.0, &from.card, &to.deck.0, &to.card);
    connection.prepare_cached(INHERIT)?.execute(row).map(drop)
}

fn face(row: &Row<'_>) -> rusqlite::Result<Face> {
    Ok(Face {
        kind: row.get("kind")?,
        prompt: row.get("prompt")?,
        key: Key::read(&row.get::<_, String>("answer")?),
        fingerprint: row.get::<_, i64>("fingerprint")?.cast_unsigned(),
        node: NodeKey(row.get("node")?),
    })
}

impl Store {
    /// How a card looked when it was last answered; `None` where nothing is known.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn face(&self, card: &CardId) -> Result<Option<Face>, StoreError> {
        const SQL: &str = "SELECT * FROM faces WHERE deck = ?1 AND card = ?2";
        Ok(self.list(SQL, (&card.deck.0, &card.card), face)?.pop())
    }

    /// The fingerprint of every card that has a face.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn fingerprints(&self) -> Result<BTreeMap<CardId, u64>, StoreError> {
        let row = |row: &Row<'_>| Ok((rows::card(row)?, row.get::<_, i64>("fingerprint")?.cast_unsigned()));
        Ok(self.list("SELECT deck, card, fingerprint FROM faces", [], row)?.into_iter().collect())
    }
}
