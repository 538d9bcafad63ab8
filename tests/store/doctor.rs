//! That the examination finds what is wrong, and that a rebuild mends the cache.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use mindrill::domain::card::CardId;
use mindrill::store::{Health, Journal, Orphan};
use tempfile::TempDir;

use crate::support::{answer, card, entries, moment, open, raw, reports};

const CARDS: [&str; 3] = ["a/one", "a/two", "b/three"];

fn known() -> BTreeSet<CardId> {
    CARDS.into_iter().map(card).collect()
}

/// Two answers to each of three cards, closed.
fn prepared(path: &Path) {
    let mut store = open(path).unwrap();
    for on in [0, 1] {
        for id in CARDS {
            store.record(&answer(id, 4, on)).unwrap();
        }
    }
    store.close().unwrap();
}

fn examined(path: &Path) -> Health {
    reports(path).unwrap().doctor(&known(), moment(50, 0)).unwrap()
}

#[test]
fn a_sound_file_is_called_sound() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("progress.db");
    prepared(&path);
    let health = examined(&path);
    assert!(health.is_sound(), "{health:?}");
    assert_eq!((health.version, health.entries, health.counted), (3, 6, 6));
    assert_eq!((health.orphans, health.ahead, health.backward), (vec![], None, 0));
    assert_eq!(health.journal, Journal::WriteAhead);
}

#[test]
fn a_tampered_schedule_is_found_and_mended() {
    let tamperings = [
        ("another due day", "UPDATE schedules SET due = due + 1 WHERE card = 'two'"),
        ("another memory", "UPDATE schedules SET stability = stability * 1.01 WHERE card = 'two'"),
        ("a lost row", "DELETE FROM schedules WHERE card = 'two'"),
        ("an answer of nobody", "DELETE FROM owned WHERE card = 'two' AND seq > 3"),
        ("an answer of two cards", "UPDATE owned SET card = 'two' WHERE card = 'two'; DELETE FROM schedules WHERE card = 'two'"),
        (
            "a row too many",
            "INSERT INTO schedules SELECT 'a', 'zero', repetitions, interval, ease, last, due, drill, lapses,
             reviews, stability, difficulty, answered, pass_days, last_pass, first FROM schedules WHERE card = 'one'",
        ),
    ];
    for (name, sql) in tamperings {
        let home = TempDir::new().unwrap();
        let path = home.path().join("progress.db");
        prepared(&path);
        let before = reports(&path).unwrap().states().unwrap();
        raw(&path).execute_batch(sql).unwrap();
        let health = examined(&path);
        let wrong = if name == "a row too many" { "a/zero" } else { "a/two" };
        assert_eq!(health.differing, [card(wrong)], "{name}");
        assert!(!health.is_sound(), "{name}");

        let mut store = open(&path).unwrap();
        assert_eq!(store.rebuild().unwrap().cards, 3, "{name}");
        assert_eq!(store.states().unwrap(), before, "{name}");
        assert!(store.doctor(&known(), moment(50, 0)).unwrap().is_sound(), "{name}");
    }
}

#[test]
fn the_last_digits_of_a_memory_may_differ() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("progress.db");
    prepared(&path);
    raw(&path).execute_batch("UPDATE schedules SET stability = stability * 1.000001").unwrap();
    assert!(examined(&path).is_sound());
}

#[test]
fn lost_rows_are_found_by_the_count() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("progress.db");
    prepared(&path);
    raw(&path).execute_batch("DROP TRIGGER log_is_never_deleted; DELETE FROM log WHERE seq = 6").unwrap();
    let health = examined(&path);
    assert_eq!((health.entries, health.counted), (5, 6));
    assert!(health.damage.is_empty(), "SQLite sees nothing wrong");
    assert!(!health.is_sound());

    let mut store = open(&path).unwrap();
    let rebuilt = store.rebuild().unwrap();
    assert_eq!((rebuilt.entries, rebuilt.counted), (5, 6));
    assert!(store.doctor(&known(), moment(50, 0)).unwrap().is_sound(), "what is there is the truth now");
}

#[test]
fn renamed_cards_are_listed_and_keep_their_rows() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("progress.db");
    prepared(&path);
    let store = reports(&path).unwrap();
    let known = [card("a/one"), card("a/renamed")].into();
    let health = store.doctor(&known, moment(50, 0)).unwrap();
    let orphans = ["a/two", "b/three"].map(|id| Orphan { card: card(id), entries: 2 });
    assert_eq!(health.orphans, orphans);
    assert!(health.is_sound(), "a renamed card is no damage");
    assert_eq!(entries(&store).len(), 6);
}

#[test]
fn odd_clocks_are_told() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("progress.db");
    let mut store = open(&path).unwrap();
    for on in [0, 9, 3, 4] {
        store.record(&answer("a/one", 4, on)).unwrap();
    }
    let health = store.doctor(&known(), moment(5, 0)).unwrap();
    assert_eq!((health.ahead, health.backward), (Some(moment(9, 0)), 1));
    assert!(health.is_sound(), "{health:?}");
    assert_eq!(store.doctor(&known(), moment(9, 0)).unwrap().ahead, None);
}

#[test]
fn broken_references_are_listed() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("progress.db");
    prepared(&path);
    let raw = raw(&path);
    raw.execute_batch(
        "PRAGMA foreign_keys = OFF;
         INSERT INTO log (id, device, at, offset_s, day, kind, retracts)
         VALUES (randomblob(16), 'x', 0, 0, 0, 'undo', zeroblob(16));",
    )
    .unwrap();
    drop(raw);
    let health = examined(&path);
    assert_eq!(health.broken_references.len(), 1);
    assert_eq!((health.broken_references[0].table.as_str(), health.broken_references[0].row), ("log", 7));
}

#[test]
fn damaged_pages_are_told_not_panicked_over() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("progress.db");
    prepared(&path);
    let whole = fs::read(&path).unwrap();
    let mut found = 0;
    for page in 1..whole.len() / 4_096 {
        let mut bytes = whole.clone();
        bytes[page * 4_096..page * 4_096 + 200].fill(0xA5);
        fs::write(&path, bytes).unwrap();
        match reports(&path).and_then(|store| store.doctor(&known(), moment(50, 0))) {
            Ok(health) => {
                assert!(!health.damage.is_empty(), "page {page}: {health:?}");
                assert!(!health.is_sound());
                found += 1;
            }
            Err(error) => assert!(error.hint().is_some(), "page {page}: {error:?}"),
        }
    }
    assert!(found > 5, "{found} of {} pages", whole.len() / 4_096);
}
