//! What reports and plans ask of the log and the cache. Nothing here writes.
//!
//! *Kept* answers are those not taken back. *Live* ones are also not before a fresh start of their card:
//! they alone say what is known of it. What the learner did on a day is a matter of kept answers.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, Params, Row};

use super::{Store, StoreError, fold, rows};
use crate::domain::audit::Graded;
use crate::domain::card::CardId;
use crate::domain::day::StudyDay;
use crate::domain::deck::DeckId;
use crate::domain::progress::CardState;
use crate::domain::review::{EntryId, LogEntry, ReviewKind};
use crate::domain::sm2::Rules;
use crate::domain::statistics::Given;

/// Rows of the log that are read at once: between two such pages no lock is held, so that a slow reader
/// (`log | less`) keeps nobody from writing.
const PAGE: u32 = 1_000;

const LOG_PAGE: &str = "SELECT * FROM log WHERE seq > ?1 ORDER BY seq LIMIT ?2";

/// Cards with a live study answer on a day, one row a card; then those whose first such answer it is.
const BEGUN: &str = "SELECT count(*) FROM (
    SELECT DISTINCT owner_deck, owner_card FROM live
    WHERE day = ?1 AND kind IN ('scheduled', 'early', 'drill')) AS answered
WHERE ?1 = (
    SELECT day FROM live
    WHERE live.owner_deck = answered.owner_deck AND live.owner_card = answered.owner_card
      AND kind IN ('scheduled', 'early', 'drill')
    ORDER BY seq LIMIT 1)";

/// Rows that name a card, and answers that count for it.
const ABOUT: &str = "SELECT * FROM log WHERE seq IN (
    SELECT seq FROM log WHERE deck = ?1 AND card = ?2
    UNION SELECT seq FROM owned WHERE deck = ?1 AND card = ?2
    UNION SELECT seq FROM log WHERE kind IN ('restart', 'relink', 'keep') AND from_deck = ?1 AND from_card = ?2)
ORDER BY seq";

/// Kept answers, each with the card for which it counts.
const ACTIVITY: &str = "SELECT coalesce(owned.deck, kept.deck), coalesce(owned.card, kept.card),
    day, grade, kind, elapsed_ms FROM kept LEFT JOIN owned USING (seq) ORDER BY seq";

/// Jumps along the index from day to day: a log has many rows and few days.
const DAYS: &str = "WITH RECURSIVE days (day) AS (
    SELECT min(day) FROM log
    UNION ALL
    SELECT (SELECT min(log.day) FROM log WHERE log.day > days.day) FROM days WHERE days.day IS NOT NULL)
SELECT day FROM days
WHERE day IS NOT NULL AND EXISTS (SELECT 1 FROM kept WHERE kept.day = days.day)";

impl Store {
    /// The rules by which the schedules were made.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn rules(&self) -> Result<Rules, StoreError> {
        fold::rules(&self.connection).map_err(|error| self.error(error))
    }

    /// The random name of the device that this file's own rows bear.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn device(&self) -> Result<String, StoreError> {
        self.value("SELECT device FROM meta", [])
    }

    /// Every card that is not new, with its state.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn states(&self) -> Result<BTreeMap<CardId, CardState>, StoreError> {
        fold::all_cached(&self.connection).map_err(|error| self.error(error))
    }

    /// One card's state; the default for a new card.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn state(&self, card: &CardId) -> Result<CardState, StoreError> {
        fold::cached(&self.connection, card).map_err(|error| self.error(error))
    }

    /// Hands every row of the log to `each`, oldest first, retractions and retracted rows included.
    ///
    /// A page of rows is in memory at a time, and no lock is held while `each` works.
    ///
    /// # Errors
    /// [`StoreError`], and whatever `each` returns: it ends the reading.
    pub fn log<E: From<StoreError>>(&self, mut each: impl FnMut(LogEntry) -> Result<(), E>) -> Result<(), E> {
        let mut after: i64 = 0;
        loop {
            let page = self.list(LOG_PAGE, (after, PAGE), |row| Ok((rows::seq(row)?, rows::entry(row)?)))?;
            let Some((last, _)) = page.last() else {
                return Ok(());
            };
            after = *last;
            for (_, entry) in page {
                each(entry)?;
            }
        }
    }

    /// A card's live answers, oldest first; those that it took over bear the name under which they were logged.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn history(&self, card: &CardId) -> Result<Vec<LogEntry>, StoreError> {
        const SQL: &str = "SELECT * FROM live WHERE owner_deck = ?1 AND owner_card = ?2 ORDER BY seq";
        self.list(SQL, (&card.deck.0, &card.card), rows::entry)
    }

    /// The rows about a card, oldest first, retracted ones and those before a fresh start included: all that name
    /// it, and the answers that it took over.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn about(&self, card: &CardId) -> Result<Vec<LogEntry>, StoreError> {
        self.list(ABOUT, (&card.deck.0, &card.card), rows::entry)
    }

    /// Hands every live answer to `each`, oldest first, with the card for which it counts.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn answers(&self, mut each: impl FnMut(CardId, LogEntry)) -> Result<(), StoreError> {
        const LIVE_PAGE: &str = "SELECT * FROM live WHERE seq > ?1 ORDER BY seq LIMIT ?2";
        let mut after: i64 = 0;
        loop {
            let row = |row: &Row<'_>| Ok((rows::seq(row)?, rows::owner(row)?, rows::entry(row)?));
            let page = self.list(LIVE_PAGE, (after, PAGE), row)?;
            let Some((last, ..)) = page.last() else {
                return Ok(());
            };
            after = *last;
            for (_, card, entry) in page {
                each(card, entry);
            }
        }
    }

    /// Hands what a memory model looks at of every live answer to `each`, oldest first.
    ///
    /// One reading, quick also over a million rows: `each` must not wait for anybody.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn graded(&self, each: impl FnMut(Graded)) -> Result<(), StoreError> {
        graded(&self.connection, each).map_err(|error| self.error(error))
    }

    /// The live answers that were fails though their learner had said to be sure.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn sure_fails(&self) -> Result<BTreeSet<EntryId>, StoreError> {
        const SQL: &str = "SELECT log.id FROM log JOIN owned USING (seq)
             WHERE log.confidence = 'sure' AND log.grade < 3";
        Ok(self.list(SQL, [], |row| row.get(0))?.into_iter().collect())
    }

    /// How many cards had their first live study answer on `day`: what its budget of new cards has spent.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn begun_on(&self, day: StudyDay) -> Result<u32, StoreError> {
        self.value(BEGUN, [day])
    }

    /// The days with a kept answer.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn answered_days(&self) -> Result<BTreeSet<StudyDay>, StoreError> {
        Ok(self.list(DAYS, [], |row| row.get(0))?.into_iter().collect())
    }

    /// The kept answers of `day`, oldest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn answers_on(&self, day: StudyDay) -> Result<Vec<LogEntry>, StoreError> {
        self.list("SELECT * FROM kept WHERE day = ?1 ORDER BY seq", [day], rows::entry)
    }

    /// The card and the time, in milliseconds, of the newest `limit` kept answers whose time was measured,
    /// newest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn recent_times(&self, limit: u32) -> Result<Vec<(CardId, u32)>, StoreError> {
        const SQL: &str =
            "SELECT coalesce(owned.deck, kept.deck) AS deck, coalesce(owned.card, kept.card) AS card,
            elapsed_ms FROM kept LEFT JOIN owned USING (seq) WHERE elapsed_ms IS NOT NULL
            ORDER BY seq DESC LIMIT ?1";
        self.list(SQL, [limit], |row| Ok((rows::card(row)?, row.get("elapsed_ms")?)))
    }

    /// Hands every kept answer to `each`, oldest first, with the card for which it counts (where it does no more, the
    /// one under which it was logged). For figures over the whole log: no row is kept in memory, and nothing but a
    /// reader's snapshot is held meanwhile.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn activity(&self, mut each: impl FnMut(&str, &str, Given)) -> Result<(), StoreError> {
        let mut walk = || {
            let mut statement = self.connection.prepare_cached(ACTIVITY)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let given = Given {
                    day: row.get(2)?,
                    grade: row.get(3)?,
                    kind: row.get(4)?,
                    elapsed_ms: row.get(5)?,
                };
                each(row.get_ref(0)?.as_str()?, row.get_ref(1)?.as_str()?, given);
            }
            Ok(())
        };
        walk().map_err(|error| self.error(error))
    }

    /// The rows of a query, each mapped by `map`.
    pub(super) fn list<T>(
        &self,
        sql: &str,
        params: impl Params,
        map: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        let listed =
            || self.connection.prepare_cached(sql)?.query_map(params, map)?.collect::<rusqlite::Result<_>>();
        listed().map_err(|error| self.error(error))
    }

    fn value<T: rusqlite::types::FromSql>(&self, sql: &str, params: impl Params) -> Result<T, StoreError> {
        let found = self.connection.query_row(sql, params, |row| row.get(0));
        found.map_err(|error| self.error(error))
    }
}

fn graded(connection: &Connection, mut each: impl FnMut(Graded)) -> rusqlite::Result<()> {
    const SQL: &str = "SELECT owned.deck, owned.card, grade, kind, day, confidence
        FROM owned JOIN log USING (seq) ORDER BY seq";
    let mut statement = connection.prepare(SQL)?;
    let mut found = statement.query([])?;
    while let Some(row) = found.next()? {
        let card = CardId { deck: DeckId(row.get(0)?), card: row.get(1)? };
        let kind: ReviewKind = row.get(3)?;
        let (grade, day, confidence) = (row.get(2)?, row.get(4)?, row.get(5)?);
        each(Graded { card, grade, mode: kind.mode(), day, confidence });
    }
    Ok(())
}
