//! Logs taken in: whole or not at all, once or ten times, and in whichever order.

use mindrill::domain::progress::replay;
use mindrill::domain::review::{Event, LogEntry};
use mindrill::domain::sm2::Rules;
use mindrill::exchange::log_lines::LogLines;
use mindrill::report::log::json;
use mindrill::store::{Imported, Store, StoreError, Taken};
use proptest::prelude::{prop_assert, prop_assert_eq, proptest};
use proptest::{collection, prelude::any};
use tempfile::TempDir;

use crate::laws::{Act, act, perform};
use crate::support::{answer, card, day, entries, moment, open, raw};

/// The lines of a log.
fn exported(store: &Store) -> String {
    entries(store).iter().map(|entry| json(entry) + "\n").collect()
}

fn take_in(store: &mut Store, lines: &str) -> Imported {
    let mut import = store.import().unwrap();
    for line in LogLines::new(lines.as_bytes()) {
        assert_ne!(import.add(&line.unwrap().1).unwrap(), Taken::Differs);
    }
    assert_eq!(import.dangling().unwrap(), []);
    import.finish().unwrap()
}

fn lived(acts: &[Act], from: i64) -> Store {
    let mut store = Store::in_memory(Rules::default()).unwrap();
    let mut today = from;
    for act in acts {
        perform(&mut store, act, &mut today);
    }
    store
}

fn assert_sound(store: &Store) {
    let health = store.doctor(&[].into(), moment(100_000, 0)).unwrap();
    assert!(health.is_sound(), "{health:?}");
    assert_eq!(store.states().unwrap(), replay(&entries(store), Rules::default()));
}

proptest! {
    #[test]
    fn a_log_taken_in_by_an_empty_store_is_that_log(acts in collection::vec(act(), 1..40)) {
        let store = lived(&acts, 0);
        let mut other = Store::in_memory(Rules::default()).unwrap();
        let lines = exported(&store);
        let rows = lines.lines().count() as u64;
        prop_assert_eq!(take_in(&mut other, &lines), Imported { added: rows, known: 0 });
        prop_assert_eq!(other.states().unwrap(), store.states().unwrap());
        prop_assert_eq!(&exported(&other), &lines);
        prop_assert_eq!(take_in(&mut other, &lines), Imported { added: 0, known: rows }, "and once more");
        prop_assert_eq!(&exported(&other), &lines);
        assert_sound(&other);
    }

    #[test]
    fn two_logs_give_one_whichever_takes_in_the_other(
        ours in collection::vec(act(), 1..25), theirs in collection::vec(act(), 1..25), later in collection::vec(act(), 0..6),
        shift in -30_i64..30, ahead in any::<bool>()
    ) {
        let (mut here, mut there) = (lived(&ours, 0), lived(&theirs, shift));
        let (left, right) = (exported(&here), exported(&there));
        take_in(&mut here, &right);
        take_in(&mut there, &left);
        prop_assert_eq!(exported(&here), exported(&there));
        prop_assert_eq!(here.states().unwrap(), there.states().unwrap());
        assert_sound(&here);
        // Life goes on on one of them, with whatever clock: the other catches up; a third takes all in at last.
        let mut today = if ahead { 100 } else { -100 };
        for act in &later {
            perform(&mut here, act, &mut today);
        }
        take_in(&mut there, &exported(&here));
        let mut third = Store::in_memory(Rules::default()).unwrap();
        take_in(&mut third, &right);
        take_in(&mut third, &exported(&here));
        for other in [&there, &third] {
            prop_assert_eq!(exported(&here), exported(other));
            prop_assert_eq!(here.states().unwrap(), other.states().unwrap());
        }
        prop_assert!(third.undo(moment(500, 0), day(500)).is_ok());
        assert_sound(&third);
    }
}

#[test]
fn nothing_is_kept_unless_the_import_ends_and_triggers_stand_afterwards() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("progress.db");
    let mut store = open(&path).unwrap();
    store.record(&answer("a/b", 4, 5)).unwrap();
    let mut other = Store::in_memory(Rules::default()).unwrap();
    for on in [1, 3, 9] {
        other.record(&answer("a/b", 4, on)).unwrap();
    }
    let before = (exported(&store), store.states().unwrap());
    let mut import = store.import().unwrap();
    for entry in entries(&other) {
        assert_eq!(import.add(&entry).unwrap(), Taken::Added);
    }
    drop(import);
    assert_eq!((exported(&store), store.states().unwrap()), before);

    assert_eq!(take_in(&mut store, &exported(&other)), Imported { added: 3, known: 0 });
    let days: Vec<i32> = entries(&store).iter().map(|entry| entry.day.number() - day(0).number()).collect();
    assert_eq!(days, [1, 3, 5, 9]);
    assert_eq!(store.state(&card("a/b")).unwrap().pass_days, 4);
    assert_sound(&store);
    store.close().unwrap();
    let error = raw(&path).execute("UPDATE log SET grade = 5", []).unwrap_err().to_string();
    assert!(error.contains("append-only"), "{error}");
}

#[test]
fn a_row_that_says_something_else_and_an_undo_of_nothing_are_noticed() {
    let mut store = Store::in_memory(Rules::default()).unwrap();
    let recorded = store.record(&answer("a/b", 4, 0)).unwrap().entry;
    let mut other = Store::in_memory(Rules::default()).unwrap();
    let taken_back = other.record(&answer("a/b", 4, 0)).unwrap().entry;
    let undo = other.undo(moment(0, 9), day(0)).unwrap().unwrap().entry;

    let mut import = store.import().unwrap();
    assert_eq!(import.add(&recorded).unwrap(), Taken::Known);
    assert_eq!(import.add(&LogEntry { day: day(1), ..recorded.clone() }).unwrap(), Taken::Differs);
    assert_eq!(import.add(&undo).unwrap(), Taken::Added);
    assert_eq!(import.dangling().unwrap(), [undo.id]);
    assert_eq!(import.add(&taken_back).unwrap(), Taken::Added, "an undo may come first");
    assert_eq!(import.dangling().unwrap(), []);
    import.finish().unwrap();
    assert_sound(&store);
    assert!(matches!(entries(&store).last().unwrap().event, Event::Undone { .. }));
}

#[test]
fn a_store_for_reports_takes_nothing_in() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("progress.db");
    open(&path).unwrap().close().unwrap();
    let mut store = crate::support::reports(&path).unwrap();
    assert!(matches!(store.import(), Err(StoreError::ReportsOnly { .. })));
}

#[test]
fn ids_grow_whatever_the_clock_says() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("progress.db");
    for on in [9, 3, -400, 3, 2_000_000] {
        let mut store = open(&path).unwrap();
        store.record(&answer("a/b", 4, on)).unwrap();
        store.close().unwrap();
    }
    let ids: Vec<_> = entries(&open(&path).unwrap()).iter().map(|entry| entry.id).collect();
    assert!(ids.is_sorted() && ids.len() == 5);
}

/// What a file's schema says, in no order.
fn schema(path: &std::path::Path) -> std::collections::BTreeSet<(String, String)> {
    let file = raw(path);
    let mut found = file.prepare("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").unwrap();
    let rows = found.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

#[test]
fn many_rows_in_whichever_order_are_taken_in_like_few() {
    let row = |number: i64| LogEntry {
        id: mindrill::domain::review::EntryId((0x7000_8000_u128 << 64) | u128::try_from(number).unwrap()),
        device: "other".to_owned(),
        at: moment(number / 1_000, number),
        day: day(number / 1_000),
        event: Event::Answered {
            card: card(&format!("a/c{}", number * 7_919 % 100)),
            grade: mindrill::domain::review::Grade::new(if number % 8 == 0 { 1 } else { 4 }).unwrap(),
            kind: mindrill::domain::review::ReviewKind::Scheduled,
            elapsed_ms: None,
            reply: String::new(),
            confidence: None,
        },
    };
    let home = TempDir::new().unwrap();
    let path = home.path().join("progress.db");
    let mut store = open(&path).unwrap();
    store.record(&answer("a/c7", 4, 5)).unwrap();
    let before = schema(&path);
    let mut import = store.import().unwrap();
    for number in (0..12_000).rev() {
        assert_eq!(import.add(&row(number)).unwrap(), Taken::Added);
    }
    assert_eq!(import.add(&row(3)).unwrap(), Taken::Known);
    assert_eq!(import.add(&LogEntry { day: day(99), ..row(3) }).unwrap(), Taken::Differs);
    assert_eq!(import.finish().unwrap(), Imported { added: 12_000, known: 1 });
    assert_sound(&store);
    assert!(entries(&store).is_sorted_by_key(|entry| entry.id));
    assert_eq!(schema(&path), before);
    assert!(raw(&path).execute("DELETE FROM log", []).unwrap_err().to_string().contains("append-only"));
}
