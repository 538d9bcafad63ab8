//! What survives a kill, a full disk, a second process and a lost write-ahead log.

use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

use mindrill::domain::review::{Event, ReviewKind};
use mindrill::store::StoreError;
use tempfile::TempDir;

use crate::child::{CARDS, SOME, command, own_mounts, played, program, start, words};
use crate::support::{answer, card, entries, moment, names, open, raw, reports};

/// Lets a child answer until it has said `words`, kills it a moment later, and gives the number of answers
/// that it acknowledged.
fn killed_after(path: &Path, count: usize, moment: Duration) -> usize {
    let mut child = start("endless", path);
    let mut said = words(&mut child);
    let mut acknowledged = said.by_ref().nth(count).unwrap().parse().unwrap();
    sleep(moment);
    child.kill().unwrap();
    for word in said {
        acknowledged = word.parse().unwrap();
    }
    child.wait().unwrap();
    acknowledged
}

fn known() -> std::collections::BTreeSet<mindrill::domain::card::CardId> {
    (0..CARDS).map(|number| card(&format!("deck/card-{number}"))).collect()
}

#[test]
fn every_acknowledged_answer_survives_a_kill() {
    for round in 0..12 {
        let home = TempDir::new().unwrap();
        let path = home.path().join("progress.db");
        let moment_of_death = Duration::from_micros(u64::try_from(round * 397 % 2_900).unwrap());
        let acknowledged = killed_after(&path, usize::try_from(round * 11).unwrap(), moment_of_death);

        let seen = entries(&reports(&path).unwrap()).len();
        assert!((acknowledged..=acknowledged + 1).contains(&seen), "{seen} rows of {acknowledged} answers");
        let store = open(&path).unwrap();
        let health = store.doctor(&known(), moment(9_999, 0)).unwrap();
        assert!(health.is_sound() && health.orphans.is_empty(), "round {round}: {health:?}");
        assert_eq!(entries(&store).len(), seen);
        store.close().unwrap();
        assert_eq!(names(home.path()), ["progress.db"], "no manual step, nothing left over");
    }
}

#[test]
fn a_kill_while_the_file_is_made_leaves_none_or_a_whole_one() {
    for round in 0..12 {
        let home = TempDir::new().unwrap();
        let path = home.path().join("progress.db");
        let mut child = start("endless", &path);
        sleep(Duration::from_micros(1_000 + round * 700));
        child.kill().unwrap();
        child.wait().unwrap();
        let mut store = open(&path).unwrap();
        store.record(&answer("a/b", 4, 0)).unwrap();
    }
}

#[test]
fn a_lost_write_ahead_log_loses_answers_but_never_the_file() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("progress.db");
    let acknowledged = killed_after(&path, 40, Duration::ZERO);
    for companion in ["progress.db-wal", "progress.db-shm"] {
        let _ = fs::remove_file(home.path().join(companion));
    }
    let store = open(&path).unwrap();
    let left = entries(&store).len();
    assert!(
        left <= acknowledged + 1 && left + 7 >= acknowledged,
        "at most those since the last checkpoint: {left}"
    );
    assert!(store.doctor(&known(), moment(9_999, 0)).unwrap().is_sound());
}

/// A write-ahead log that was lost in the midst of a checkpoint: some pages are new, some old.
#[test]
fn a_half_copied_write_ahead_log_is_seen_by_the_count() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("progress.db");
    let record = |from: usize, to: usize| {
        let mut store = open(&path).unwrap();
        for number in from..to {
            store.record(&answer(&format!("deck/card-{}", number % CARDS), 4, 0)).unwrap();
        }
        store.close().unwrap();
        fs::read(&path).unwrap()
    };
    let old = record(0, 10);
    let new = record(10, 12);
    let page: usize = raw(&path)
        .query_row("SELECT rootpage FROM sqlite_schema WHERE name = 'meta'", [], |row| row.get::<_, i64>(0))
        .unwrap()
        .try_into()
        .unwrap();
    let mut torn = old;
    let bytes = (page - 1) * 4_096..page * 4_096;
    torn[bytes.clone()].copy_from_slice(&new[bytes]);
    fs::write(&path, torn).unwrap();

    let health = reports(&path).unwrap().doctor(&known(), moment(9_999, 0)).unwrap();
    assert_eq!((health.entries, health.counted), (10, 12));
    assert!(!health.is_sound());
}

#[test]
fn two_processes_lose_no_answer_and_the_second_of_a_day_is_a_drill() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("progress.db");
    let mut children = [start("some", &path), start("some", &path), start("some", &path)];
    for child in &mut children {
        assert_eq!(words(child).last().as_deref(), Some("done"), "no lock comes to the surface");
        assert!(child.wait().unwrap().success());
    }
    let store = open(&path).unwrap();
    let log = entries(&store);
    assert_eq!(log.len(), 3 * SOME);
    let scheduled =
        log.iter().filter(|entry| matches!(entry.event, Event::Answered { kind: ReviewKind::Scheduled, .. }));
    assert_eq!(scheduled.count(), 10, "each of ten cards once");
    let health = store.doctor(&known(), moment(9_999, 0)).unwrap();
    assert!(health.is_sound(), "{health:?}");
}

#[test]
fn an_answer_waits_for_another_writer() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("progress.db");
    open(&path).unwrap().close().unwrap();
    let writer = raw(&path);
    writer.execute_batch("BEGIN IMMEDIATE; UPDATE meta SET entries = entries").unwrap();
    let mut child = start("some", &path);
    sleep(Duration::from_millis(1_200));
    writer.execute_batch("COMMIT").unwrap();
    assert_eq!(words(&mut child).last().as_deref(), Some("done"));
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_checkpoint_waits_for_nobody() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("progress.db");
    let mut store = open(&path).unwrap();
    store.record(&answer("a/b", 4, 0)).unwrap();
    let reader = raw(&path);
    reader.execute_batch("BEGIN; SELECT count(*) FROM log").unwrap();
    store.record(&answer("a/b", 4, 1)).unwrap();
    store.checkpoint().unwrap();
    reader.execute_batch("COMMIT").unwrap();
    drop(reader);
    store.record(&answer("a/b", 4, 2)).unwrap();
    store.checkpoint().unwrap();
    assert_eq!(fs::metadata(home.path().join("progress.db-wal")).unwrap().len(), 0);
}

#[test]
fn a_file_that_was_replaced_takes_no_more_answers() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("progress.db");
    let mut store = open(&path).unwrap();
    store.record(&answer("a/b", 4, 0)).unwrap();
    store.checkpoint().unwrap();
    fs::copy(&path, home.path().join("synced.db")).unwrap();
    fs::rename(home.path().join("synced.db"), &path).unwrap();
    let error = store.record(&answer("a/b", 4, 1)).unwrap_err();
    assert!(matches!(error, StoreError::Replaced { .. }), "{error:?}");
    fs::remove_file(&path).unwrap();
    let error = store.undo(moment(1, 0), answer("a/b", 4, 1).day).unwrap_err();
    assert!(matches!(error, StoreError::Replaced { .. }), "{error:?}");
}

/// What the role `fill` has to say: why it stopped, and the same number of answers before and after.
fn full(said: &[String], why: &[&str]) {
    let [reason, saved, hint, seen, reopened] = said else { panic!("{said:?}") };
    assert!(why.contains(&reason.as_str()), "{said:?}");
    assert_eq!(hint, "hint");
    assert!(saved.parse::<usize>().unwrap() > 10, "{said:?}");
    assert_eq!((seen, reopened), (saved, saved), "all that was acknowledged, and no more");
}

#[test]
fn a_full_disk_refuses_the_answer_and_keeps_the_others() {
    let Some(way) = own_mounts() else {
        // Where no disk of one's own can be had, the next test and the one of `max_page_count` must do.
        return a_limit_on_the_size_of_files_keeps_the_other_answers();
    };
    let disk = TempDir::new().unwrap();
    let script = format!("mount -t tmpfs -o size=1m none '{}' && exec \"$@\"", disk.path().display());
    let wrapper: Vec<&str> = way.iter().copied().chain(["sh", "-c", &script, "sh"]).collect();
    full(&played(command(&wrapper, &program(), "fill", &disk.path().join("progress.db"))), &["full"]);
}

#[test]
fn a_limit_on_the_size_of_files_keeps_the_other_answers() {
    let home = TempDir::new().unwrap();
    let wrapper = ["sh", "-c", "trap '' XFSZ; ulimit -f 1000; exec \"$@\"", "sh"];
    let said = played(command(&wrapper, &program(), "fill", &home.path().join("progress.db")));
    full(&said, &["full", "device"]);
}
