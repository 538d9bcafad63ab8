//! What only the room itself can try: a further rung of the ladder, limits of SQLite, other journals.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, Transaction};
use tempfile::TempDir;

use super::schema::{LADDER, Step};
use super::{Journal, Store, StoreError, backup, connect, schema};
use crate::domain::day::Moment;
use crate::domain::review::{Answer, Grade, Mode};
use crate::domain::sm2::{Fuzz, Repeat, Rules};

fn answer(number: usize) -> Answer {
    let at = Moment::new(1_795_345_200_000, 3_600);
    Answer {
        card: format!("deck/card-{number}").parse().unwrap(),
        grade: Grade::GOOD,
        mode: Mode::Study,
        at,
        day: at.study_day(),
        elapsed_ms: None,
        reply: "x".repeat(1_000),
        confidence: None,
    }
}

/// A closed file with ten answers.
fn prepared(home: &TempDir) -> PathBuf {
    let path = home.path().join("progress.db");
    let mut store = Store::open(&path, Rules::default()).unwrap();
    for number in 0..10 {
        store.record(&answer(number)).unwrap();
    }
    store.close().unwrap();
    path
}

fn count(store: &Store) -> i64 {
    store.connection.query_row("SELECT count(*) FROM log", [], |row| row.get(0)).unwrap()
}

fn version(path: &Path) -> i32 {
    schema::version(&Connection::open(path).unwrap()).unwrap()
}

fn names(home: &TempDir) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(home.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// The rung that a next version would be.
fn next(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    transaction.execute_batch("ALTER TABLE flags ADD COLUMN mended INTEGER; UPDATE meta SET device = 'next'")
}

/// A rung that breaks half-way.
fn broken(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    transaction.execute_batch("UPDATE meta SET device = 'half'; ALTER TABLE nonsense ADD COLUMN more")
}

const NEXT: &[Step] = &[LADDER[0], LADDER[1], LADDER[2], next];
/// The version that this program writes, and the name of the copy that is kept of it.
const OURS: i32 = 3;
const COPY: &str = "progress.db.v3.bak";

#[test]
fn an_older_file_is_copied_then_upgraded() {
    let home = TempDir::new().unwrap();
    let path = prepared(&home);
    let store = Store::open_with(&path, Rules::default(), NEXT).unwrap();
    assert_eq!((count(&store), store.device().unwrap().as_str()), (10, "next"));
    store.close().unwrap();
    assert_eq!(version(&path), OURS + 1);
    assert_eq!(names(&home), ["progress.db", COPY]);

    let copy = Store::open(&backup::backup_path(&path, OURS), Rules::default()).unwrap();
    assert_eq!(count(&copy), 10);
    let error = Store::open(&path, Rules::default()).unwrap_err();
    assert!(matches!(error, StoreError::Newer { found: 4, ours: OURS, .. }), "{error:?}");
}

#[test]
fn reports_on_an_older_file_upgrade_a_copy_in_memory() {
    let home = TempDir::new().unwrap();
    let path = prepared(&home);
    let before = fs::read(&path).unwrap();
    let store = Store::open_existing_with(&path, Rules::default(), NEXT).unwrap();
    assert_eq!((count(&store), store.device().unwrap().as_str()), (10, "next"));
    store.close().unwrap();
    assert_eq!(fs::read(&path).unwrap(), before);
    assert_eq!(names(&home), ["progress.db"]);
}

#[test]
fn a_rung_that_breaks_leaves_the_older_file_whole() {
    let home = TempDir::new().unwrap();
    let path = prepared(&home);
    for _ in 0..2 {
        let error = Store::open_with(&path, Rules::default(), &[LADDER[0], LADDER[1], LADDER[2], broken])
            .unwrap_err();
        assert!(matches!(error, StoreError::Sqlite { .. }), "{error:?}");
        assert_eq!(version(&path), OURS);
    }
    let store = Store::open(&path, Rules::default()).unwrap();
    assert_eq!(count(&store), 10);
    assert_ne!(store.device().unwrap(), "half");
}

#[test]
fn without_a_copy_there_is_no_upgrade() {
    let home = TempDir::new().unwrap();
    let path = prepared(&home);
    fs::create_dir(backup::backup_path(&path, OURS)).unwrap();
    let error = Store::open_with(&path, Rules::default(), NEXT).unwrap_err();
    assert!(matches!(error, StoreError::NoBackup { .. }) && error.hint().is_some(), "{error:?}");
    assert_eq!(version(&path), OURS);
    assert_eq!(names(&home), ["progress.db", COPY]);
}

#[test]
fn a_copy_is_never_taken_of_a_file_that_another_process_has_upgraded() {
    let home = TempDir::new().unwrap();
    let path = prepared(&home);
    Store::open_with(&path, Rules::default(), NEXT).unwrap().close().unwrap();
    let copy = fs::read(backup::backup_path(&path, OURS)).unwrap();
    backup::take(&path, &Connection::open(&path).unwrap(), OURS).unwrap();
    assert_eq!(fs::read(backup::backup_path(&path, OURS)).unwrap(), copy);
    assert_eq!(names(&home), ["progress.db", COPY]);
}

fn pragma(connection: &Connection, name: &str) -> i64 {
    connection.pragma_query_value(None, name, |row| row.get(0)).unwrap()
}

#[test]
fn every_commit_is_synchronous_and_the_schema_is_not_trusted() {
    let home = TempDir::new().unwrap();
    let store = Store::open(&prepared(&home), Rules::default()).unwrap();
    let settings = [
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("recursive_triggers", 1),
        ("cell_size_check", 1),
        ("trusted_schema", 0),
        ("busy_timeout", 10_000),
    ];
    for (name, value) in settings {
        assert_eq!(pragma(&store.connection, name), value, "{name}");
    }
    assert_eq!(Journal::current(&store.connection).unwrap(), Journal::WriteAhead);
}

#[test]
fn where_memory_cannot_be_shared_a_rollback_journal_serves() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("progress.db");
    // This layer locks with files of its own and shares no memory, as on some network disks.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let mut connection = Connection::open_with_flags_and_vfs(&path, flags, "unix-dotfile").unwrap();
    connect::guard(&connection).unwrap();
    assert_eq!(connect::durable(&connection).unwrap(), Journal::Rollback);
    assert_eq!(pragma(&connection, "synchronous"), 3, "EXTRA");
    schema::climb(&mut connection, LADDER).unwrap();
    connect::checkpoint(&connection).unwrap();
}

#[test]
fn a_full_database_is_told_and_keeps_its_answers() {
    let home = TempDir::new().unwrap();
    let mut store = Store::open(&prepared(&home), Rules::default()).unwrap();
    let pages = pragma(&store.connection, "page_count");
    store.connection.pragma_update_and_check(None, "max_page_count", pages + 5, |_| Ok(())).unwrap();
    let mut saved = 10;
    let error = loop {
        match store.record(&answer(saved)) {
            Ok(_) => saved += 1,
            Err(error) => break error,
        }
        assert!(saved < 1_000, "the limit is in force");
    };
    assert!(matches!(error, StoreError::Full { .. }) && error.hint().is_some(), "{error:?}");
    assert_eq!(count(&store), i64::try_from(saved).unwrap());
    store.connection.pragma_update_and_check(None, "max_page_count", 100_000, |_| Ok(())).unwrap();
    store.record(&answer(saved)).unwrap();
    let health = store.doctor(&[].into(), answer(0).at).unwrap();
    assert!(health.is_sound(), "{health:?}");
}

#[test]
fn a_writer_that_never_ends_is_told() {
    let home = TempDir::new().unwrap();
    let path = prepared(&home);
    let mut store = Store::open(&path, Rules::default()).unwrap();
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    store.connection.busy_timeout(Duration::from_millis(20)).unwrap();
    let error = store.record(&answer(10)).unwrap_err();
    assert!(matches!(error, StoreError::Busy { .. }) && error.hint().is_some(), "{error:?}");
    other.execute_batch("ROLLBACK").unwrap();
    store.record(&answer(10)).unwrap();
    assert_eq!(count(&store), 11);
}

#[test]
fn an_answer_follows_the_rules_by_which_the_cache_was_made() {
    let home = TempDir::new().unwrap();
    let path = prepared(&home);
    let mut store = Store::open(&path, Rules::default()).unwrap();
    let spread = Rules { fuzz: Fuzz::Spread, repeat: Repeat::BelowGood, ..Rules::default() };
    // Another process, with other settings, has made the schedules anew since.
    super::fold::rebuild(&Connection::open(&path).unwrap(), spread).unwrap();
    store.record(&Answer { grade: Grade::HARD, ..answer(10) }).unwrap();
    assert_eq!(store.rules().unwrap(), spread);
    assert!(store.doctor(&[].into(), answer(0).at).unwrap().is_sound());
}
