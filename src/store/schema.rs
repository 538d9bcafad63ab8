//! The schema and the ladder of its versions. SQL only; it does not know what the columns mean.

use rusqlite::{Connection, Transaction, TransactionBehavior};

/// `application_id` of the header: "MDRL" in ASCII. It tells our files from other programs'.
pub const APPLICATION_ID: i32 = 0x4D44_524C;

/// Takes a database one version up, inside a transaction that the ladder opens and commits.
pub(super) type Step = fn(&Transaction<'_>) -> rusqlite::Result<()>;

/// Step `n` takes version `n` to `n + 1`. A released step is never edited; a change of the schema is
/// one more step, and a file of the version before it goes to `tests/store/fixtures`.
pub(super) const LADDER: &[Step] = &[first, second, third];

/// The version a ladder ends at: `user_version` of the header.
pub(super) fn top(ladder: &[Step]) -> i32 {
    i32::try_from(ladder.len()).unwrap_or(i32::MAX)
}

/// Version 1. The log is the truth; `schedules` is what replaying it gives.
const FIRST: &str = "
CREATE TABLE meta (
    one      INTEGER PRIMARY KEY CHECK (one = 1),
    device   TEXT    NOT NULL CHECK (length(device) BETWEEN 1 AND 64),
    entries  INTEGER NOT NULL CHECK (entries >= 0),      -- rows of the log, counted as they are written
    fuzz     TEXT    NOT NULL CHECK (fuzz IN ('off', 'spread')),           -- the rules by which
    repeat   TEXT    NOT NULL CHECK (repeat IN ('fails', 'below-good'))    -- schedules were made
) STRICT;
INSERT INTO meta VALUES (1, lower(hex(randomblob(8))), 0, 'off', 'fails');

CREATE TABLE log (
    seq        INTEGER PRIMARY KEY,                      -- the order of replay
    id         BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),            -- UUIDv7
    device     TEXT    NOT NULL CHECK (length(device) BETWEEN 1 AND 64),
    at         INTEGER NOT NULL,                         -- milliseconds since 1970 in UTC
    offset_s   INTEGER NOT NULL CHECK (offset_s BETWEEN -86399 AND 86399), -- seconds east of UTC
    day        INTEGER NOT NULL CHECK (day BETWEEN -719528 AND 2932896),   -- study day, days since 1970
    kind       TEXT    NOT NULL
               CHECK (kind IN ('scheduled', 'early', 'drill', 'cram', 'mock', 'undo', 'restart')),
    deck       TEXT    CHECK (length(deck) > 0),
    card       TEXT    CHECK (length(card) > 0),
    grade      INTEGER CHECK (grade BETWEEN 0 AND 5),
    elapsed_ms INTEGER CHECK (elapsed_ms BETWEEN 0 AND 4294967295),
    reply      TEXT    CHECK (length(reply) <= 10000),
    retracts   BLOB    REFERENCES log (id) DEFERRABLE INITIALLY DEFERRED,
    CHECK (CASE kind
        WHEN 'undo' THEN retracts IS NOT NULL
            AND coalesce(deck, card, grade, elapsed_ms, reply) IS NULL
        WHEN 'restart' THEN deck IS NOT NULL AND card IS NOT NULL
            AND coalesce(grade, elapsed_ms, reply, retracts) IS NULL
        ELSE deck IS NOT NULL AND card IS NOT NULL AND grade IS NOT NULL AND reply IS NOT NULL
            AND retracts IS NULL
    END)
) STRICT;
CREATE INDEX log_by_card ON log (deck, card, seq);
CREATE INDEX log_by_day ON log (day);
CREATE INDEX log_retractions ON log (retracts) WHERE retracts IS NOT NULL;
CREATE INDEX log_restarts ON log (deck, card, seq) WHERE kind = 'restart';

CREATE TRIGGER log_is_never_updated BEFORE UPDATE ON log
BEGIN SELECT raise(ABORT, 'the log is append-only'); END;
CREATE TRIGGER log_is_never_deleted BEFORE DELETE ON log
BEGIN SELECT raise(ABORT, 'the log is append-only'); END;
CREATE TRIGGER log_is_never_replaced BEFORE INSERT ON log
WHEN EXISTS (SELECT 1 FROM log WHERE seq = new.seq OR id = new.id)
BEGIN SELECT raise(ABORT, 'the log is append-only'); END;

-- Answers that were not taken back.
CREATE VIEW kept AS SELECT * FROM log AS answer
WHERE grade IS NOT NULL AND NOT EXISTS (SELECT 1 FROM log AS undo WHERE undo.retracts = answer.id);

-- Those of them that no later restart of the card has set aside.
CREATE VIEW live AS SELECT * FROM kept
WHERE NOT EXISTS (
    SELECT 1 FROM log AS restart
    WHERE restart.kind = 'restart' AND restart.deck = kept.deck AND restart.card = kept.card
      AND restart.seq > kept.seq
      AND NOT EXISTS (SELECT 1 FROM log AS undo WHERE undo.retracts = restart.id));

CREATE TABLE schedules (
    deck        TEXT NOT NULL,
    card        TEXT NOT NULL,
    repetitions INTEGER CHECK (repetitions BETWEEN 0 AND 4294967295),
    interval    INTEGER CHECK (interval BETWEEN 0 AND 36500),              -- days
    ease        INTEGER CHECK (ease BETWEEN 130 AND 4294967295),           -- hundredths
    last        INTEGER,                                 -- study day of the last counted answer
    due         INTEGER,                                 -- study day
    drill       INTEGER CHECK (drill IN (0, 1)),
    lapses      INTEGER CHECK (lapses BETWEEN 0 AND 4294967295),
    reviews     INTEGER CHECK (reviews BETWEEN 0 AND 4294967295),
    stability   REAL    CHECK (stability > 0),           -- days
    difficulty  REAL    CHECK (difficulty BETWEEN 1 AND 10),
    answered    INTEGER,                                 -- study day of the latest answer of any kind
    pass_days   INTEGER NOT NULL CHECK (pass_days BETWEEN 0 AND 4294967295),
    last_pass   INTEGER,                                 -- study day
    first       INTEGER,                                 -- study day
    PRIMARY KEY (deck, card),
    CHECK ((repetitions IS NULL) + (interval IS NULL) + (ease IS NULL) + (last IS NULL) + (due IS NULL)
         + (drill IS NULL) + (lapses IS NULL) + (reviews IS NULL) IN (0, 8)),
    CHECK ((stability IS NULL) + (difficulty IS NULL) + (answered IS NULL) IN (0, 3))
) STRICT, WITHOUT ROWID;

CREATE TABLE flags (
    deck     TEXT    NOT NULL CHECK (length(deck) > 0),
    card     TEXT    NOT NULL CHECK (length(card) > 0),
    note     TEXT    NOT NULL CHECK (length(note) <= 10000),
    at       INTEGER NOT NULL,
    offset_s INTEGER NOT NULL CHECK (offset_s BETWEEN -86399 AND 86399),
    PRIMARY KEY (deck, card)
) STRICT, WITHOUT ROWID;
";

fn first(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    transaction.execute_batch(FIRST)?;
    transaction.pragma_update(None, "application_id", APPLICATION_ID)
}

/// Version 2. Relinks and kept answers in the log, whose each answer is, and how each card looked.
///
/// SQLite cannot widen a CHECK, so the log is copied, row by row and place by place. The old one is renamed, not the
/// new one, so that the reference from a retraction to its row stays one to `log`.
const SECOND: &str = "
CREATE TABLE owned (                                     -- answers that count, and for which card:
    seq  INTEGER PRIMARY KEY,                            -- what replaying the log gives
    deck TEXT    NOT NULL CHECK (length(deck) > 0),
    card TEXT    NOT NULL CHECK (length(card) > 0)
) STRICT;
INSERT INTO owned SELECT seq, deck, card FROM live ORDER BY seq;
CREATE INDEX owned_by_card ON owned (deck, card, seq);

DROP VIEW live;
DROP VIEW kept;
DROP TRIGGER log_is_never_updated;
DROP TRIGGER log_is_never_deleted;
DROP TRIGGER log_is_never_replaced;
ALTER TABLE log RENAME TO log_of_version_1;

CREATE TABLE log (
    seq        INTEGER PRIMARY KEY,                      -- the order of replay
    id         BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),            -- UUIDv7
    device     TEXT    NOT NULL CHECK (length(device) BETWEEN 1 AND 64),
    at         INTEGER NOT NULL,                         -- milliseconds since 1970 in UTC
    offset_s   INTEGER NOT NULL CHECK (offset_s BETWEEN -86399 AND 86399), -- seconds east of UTC
    day        INTEGER NOT NULL CHECK (day BETWEEN -719528 AND 2932896),   -- study day, days since 1970
    kind       TEXT    NOT NULL CHECK (kind IN
               ('scheduled', 'early', 'drill', 'cram', 'mock', 'undo', 'restart', 'relink', 'keep')),
    deck       TEXT    CHECK (length(deck) > 0),
    card       TEXT    CHECK (length(card) > 0),
    grade      INTEGER CHECK (grade BETWEEN 0 AND 5),
    elapsed_ms INTEGER CHECK (elapsed_ms BETWEEN 0 AND 4294967295),
    reply      TEXT    CHECK (length(reply) <= 10000),
    retracts   BLOB    REFERENCES log (id) DEFERRABLE INITIALLY DEFERRED,
    from_deck  TEXT    CHECK (length(from_deck) > 0),    -- of a relink: the id that has gone
    from_card  TEXT    CHECK (length(from_card) > 0),
    CHECK (CASE kind
        WHEN 'undo' THEN retracts IS NOT NULL
            AND coalesce(deck, card, grade, elapsed_ms, reply, from_deck, from_card) IS NULL
        WHEN 'relink' THEN deck IS NOT NULL AND card IS NOT NULL
            AND from_deck IS NOT NULL AND from_card IS NOT NULL
            AND coalesce(grade, elapsed_ms, reply, retracts) IS NULL
        WHEN 'restart' THEN deck IS NOT NULL AND card IS NOT NULL
            AND coalesce(grade, elapsed_ms, reply, retracts, from_deck, from_card) IS NULL
        WHEN 'keep' THEN deck IS NOT NULL AND card IS NOT NULL
            AND coalesce(grade, elapsed_ms, reply, retracts, from_deck, from_card) IS NULL
        ELSE deck IS NOT NULL AND card IS NOT NULL AND grade IS NOT NULL AND reply IS NOT NULL
            AND coalesce(retracts, from_deck, from_card) IS NULL
    END)
) STRICT;
INSERT INTO log SELECT seq, id, device, at, offset_s, day, kind, deck, card, grade, elapsed_ms, reply,
    retracts, NULL, NULL FROM log_of_version_1 ORDER BY seq;
DROP TABLE log_of_version_1;
CREATE INDEX log_by_card ON log (deck, card, seq);
CREATE INDEX log_by_day ON log (day);
CREATE INDEX log_retractions ON log (retracts) WHERE retracts IS NOT NULL;
CREATE INDEX log_turns ON log (seq) WHERE kind IN ('restart', 'relink', 'keep');

CREATE TRIGGER log_is_never_updated BEFORE UPDATE ON log
BEGIN SELECT raise(ABORT, 'the log is append-only'); END;
CREATE TRIGGER log_is_never_deleted BEFORE DELETE ON log
BEGIN SELECT raise(ABORT, 'the log is append-only'); END;
CREATE TRIGGER log_is_never_replaced BEFORE INSERT ON log
WHEN EXISTS (SELECT 1 FROM log WHERE seq = new.seq OR id = new.id)
BEGIN SELECT raise(ABORT, 'the log is append-only'); END;

-- Answers that were not taken back.
CREATE VIEW kept AS SELECT * FROM log AS answer
WHERE grade IS NOT NULL AND NOT EXISTS (SELECT 1 FROM log AS undo WHERE undo.retracts = answer.id);

-- Restarts, relinks and keeps that were not taken back.
CREATE VIEW turns AS SELECT * FROM log AS turn
WHERE kind IN ('restart', 'relink', 'keep')
  AND NOT EXISTS (SELECT 1 FROM log AS undo WHERE undo.retracts = turn.id);

-- Answers that count, as they were logged, each with the card for which it counts.
CREATE VIEW live AS SELECT log.*, owned.deck AS owner_deck, owned.card AS owner_card
FROM owned JOIN log USING (seq);

CREATE TABLE faces (                                     -- how a card looked when it was last answered
    deck        TEXT    NOT NULL CHECK (length(deck) > 0),
    card        TEXT    NOT NULL CHECK (length(card) > 0),
    kind        TEXT    NOT NULL CHECK (kind IN
                ('flashcard', 'choice', 'typed', 'cloze', 'order', 'true-false', 'explain')),
    prompt      TEXT    NOT NULL,
    answer      TEXT    NOT NULL,                        -- plain: a line a thing, a tab between ways to say it
    fingerprint INTEGER NOT NULL,                        -- of the card as it was, its 64 bits
    node        TEXT    NOT NULL,                        -- key of the first node it hung on; may be empty
    PRIMARY KEY (deck, card)
) STRICT, WITHOUT ROWID;

CREATE TABLE former_faces (                              -- what a kept answer replaced, to take that back
    keep        BLOB    PRIMARY KEY REFERENCES log (id) DEFERRABLE INITIALLY DEFERRED,
    kind        TEXT    NOT NULL,
    prompt      TEXT    NOT NULL,
    answer      TEXT    NOT NULL,
    fingerprint INTEGER NOT NULL,
    node        TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
";

fn second(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    transaction.execute_batch(SECOND)
}

/// Version 3. What the learner said before a reply was judged, the scheduler, interviews, and parameters of the memory
/// model that were fitted to the log.
const THIRD: &str = "
ALTER TABLE log ADD COLUMN confidence TEXT               -- of an answer: said before it was judged
    CHECK (confidence IS NULL OR (grade IS NOT NULL AND confidence IN ('sure', 'unsure')));
ALTER TABLE meta ADD COLUMN scheduler TEXT NOT NULL DEFAULT 'sm2' CHECK (scheduler IN ('sm2', 'fsrs'));
ALTER TABLE meta ADD COLUMN retention INTEGER NOT NULL DEFAULT 900     -- thousandths; of `fsrs` alone
    CHECK (retention BETWEEN 700 AND 990);

CREATE TABLE interviews (
    number  INTEGER PRIMARY KEY,
    name    TEXT    NOT NULL CHECK (length(name) <= 200),              -- may be empty
    day     INTEGER NOT NULL CHECK (day BETWEEN -719528 AND 2932896),  -- study day, days since 1970
    since   INTEGER NOT NULL CHECK (since BETWEEN -719528 AND 2932896), -- study day on which it was set
    focus   TEXT    NOT NULL,                                          -- keys of nodes, a line each; may be empty
    minutes INTEGER CHECK (minutes BETWEEN 1 AND 1440)                 -- a day
) STRICT;

CREATE TABLE parameters (                                -- the newest row is in force
    number   INTEGER PRIMARY KEY,
    at       INTEGER NOT NULL,                           -- milliseconds since 1970 in UTC
    offset_s INTEGER NOT NULL CHECK (offset_s BETWEEN -86399 AND 86399),
    fitted   TEXT    NOT NULL,                           -- 21 numbers between blanks; empty: the default ones
    answers  INTEGER NOT NULL CHECK (answers >= 0)       -- how many they were fitted to
) STRICT;
";

fn third(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    transaction.execute_batch(THIRD)
}

/// Drops what hangs on a table and costs much where many rows are written, triggers and indexes of every row; gives
/// the statements that make it anew. Inside the caller's transaction, which has to run them.
pub(super) fn set_aside(connection: &Connection, table: &str) -> rusqlite::Result<Vec<String>> {
    // An index with a condition has few rows, and retractions are looked up by one as they come in.
    const FOUND: &str = "SELECT type, name, sql FROM sqlite_master
        WHERE tbl_name = ?1 AND (type = 'trigger' OR type = 'index' AND sql NOT LIKE '% WHERE %')";
    let mut found = connection.prepare(FOUND)?;
    let found = found.query_map([table], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let found: Vec<(String, String, String)> = found.collect::<rusqlite::Result<_>>()?;
    for (kind, name, _) in &found {
        connection.execute_batch(&format!("DROP {kind} {name}"))?;
    }
    Ok(found.into_iter().map(|(_, _, sql)| sql).collect())
}

/// The database's version.
pub(super) fn version(connection: &Connection) -> rusqlite::Result<i32> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Takes a database to the top of `ladder`, each step in a transaction of its own.
///
/// Two processes may climb at once: the version is read again under each step's lock.
pub(super) fn climb(connection: &mut Connection, ladder: &[Step]) -> rusqlite::Result<()> {
    loop {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let at = version(&transaction)?;
        let Some(step) = usize::try_from(at).ok().and_then(|at| ladder.get(at)) else {
            return Ok(());
        };
        step(&transaction)?;
        transaction.pragma_update(None, "user_version", at.saturating_add(1))?;
        transaction.commit()?;
    }
}
