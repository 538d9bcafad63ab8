//! Which files are opened, made or refused, and that a refused one keeps every byte.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use mindrill::domain::retention::Retention;
use mindrill::domain::sm2::{Fuzz, Repeat, Rules, Scheduler};
use mindrill::store::{APPLICATION_ID, Store, StoreError};
use rusqlite::config::DbConfig;
use tempfile::TempDir;

use crate::support::{answer, card, chain, content, day, entries, face, moment, names, open, raw, reports};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn the_first_opening_makes_folder_and_file_for_the_owner_alone() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("share/mindrill/progress.db");
    let mut store = open(&path).unwrap();
    store.record(&answer("indexing/covering", 4, 0)).unwrap();

    assert_eq!(mode(&home.path().join("share")), 0o700);
    assert_eq!(mode(path.parent().unwrap()), 0o700);
    for name in names(path.parent().unwrap()) {
        assert_eq!(mode(&path.with_file_name(&name)), 0o600, "{name}");
    }
    store.close().unwrap();
    assert_eq!(names(path.parent().unwrap()), ["progress.db"]);
}

#[test]
fn the_header_names_the_program_and_the_version() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("progress.db");
    open(&path).unwrap().close().unwrap();
    let header = fs::read(&path).unwrap();
    assert_eq!(&header[68..72], b"MDRL");
    assert_eq!(APPLICATION_ID.to_be_bytes(), *b"MDRL");
    assert_eq!(header[60..64], 3_i32.to_be_bytes());
    assert_eq!(header[18..20], [2, 2], "a write-ahead log");
}

#[test]
fn a_missing_file_is_an_empty_log_for_reports_and_nothing_is_made() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("share/mindrill/progress.db");
    let mut store = reports(&path).unwrap();
    assert_eq!(entries(&store), []);
    assert!(store.states().unwrap().is_empty());
    assert_eq!(store.path(), path);
    assert!(matches!(store.record(&answer("a/b", 4, 0)), Err(StoreError::ReportsOnly { .. })));
    assert_eq!(names(home.path()), Vec::<String>::new());
}

#[test]
fn reports_change_nothing_and_may_not_write() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("progress.db");
    let mut store = open(&path).unwrap();
    store.record(&answer("a/b", 4, 0)).unwrap();
    store.close().unwrap();

    let before = content(home.path());
    let mut store = reports(&path).unwrap();
    assert_eq!(entries(&store).len(), 1);
    assert!(matches!(store.rebuild(), Err(StoreError::ReportsOnly { .. })));
    assert!(matches!(
        store.flag(&card("a/b"), "", answer("a/b", 4, 0).at),
        Err(StoreError::ReportsOnly { .. })
    ));
    store.close().unwrap();
    assert_eq!(content(home.path()), before);
}

/// A database of ours with a few hundred answers, closed.
fn ours(folder: &Path) -> PathBuf {
    let path = folder.join("progress.db");
    let mut store = open(&path).unwrap();
    for number in 0..300 {
        store.record(&answer(&format!("deck/card-{number}"), 4, 0)).unwrap();
    }
    store.close().unwrap();
    path
}

/// Makes a bad file, and tells the name of the error that should refuse it.
type Bad = (&'static str, fn(&Path), fn(&StoreError) -> bool);

const REFUSED: &[Bad] = &[
    ("an empty file", |path| fs::write(path, "").unwrap(), |error| matches!(error, StoreError::Empty { .. })),
    (
        "a text",
        |path| fs::write(path, "my progress\n").unwrap(),
        |error| matches!(error, StoreError::NotADatabase { .. }),
    ),
    (
        "random bytes",
        |path| fs::write(path, (0..9_000_u32).map(|n| (n * 7 % 251) as u8).collect::<Vec<_>>()).unwrap(),
        |error| matches!(error, StoreError::NotADatabase { .. }),
    ),
    (
        "a database that says nothing of its program",
        |path| raw(path).execute_batch("CREATE TABLE answers (id)").unwrap(),
        |error| matches!(error, StoreError::Foreign { application_id: 0, .. }),
    ),
    (
        "another program's database",
        |path| raw(path).execute_batch("PRAGMA application_id = 252006674; CREATE TABLE event (id)").unwrap(),
        |error| matches!(error, StoreError::Foreign { application_id: 252_006_674, .. }),
    ),
    (
        "a database of a newer version",
        |path| {
            ours(path.parent().unwrap());
            raw(path).execute_batch("PRAGMA user_version = 99").unwrap();
        },
        |error| matches!(error, StoreError::Newer { found: 99, ours: 3, .. }),
    ),
    (
        "a database of a version below all",
        |path| {
            ours(path.parent().unwrap());
            raw(path).execute_batch("PRAGMA user_version = -3").unwrap();
        },
        |error| matches!(error, StoreError::Newer { found: -3, ours: 3, .. }),
    ),
    (
        "half a database",
        |path| {
            let bytes = fs::read(ours(path.parent().unwrap())).unwrap();
            fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
        },
        |error| matches!(error, StoreError::Truncated { .. }),
    ),
    (
        "half a header",
        |path| {
            let bytes = fs::read(ours(path.parent().unwrap())).unwrap();
            fs::write(path, &bytes[..50]).unwrap();
        },
        |error| matches!(error, StoreError::Truncated { expected: 100, found: 50, .. }),
    ),
    (
        "a header of ours before nonsense",
        |path| {
            let mut bytes = fs::read(ours(path.parent().unwrap())).unwrap();
            bytes[100..8_192].fill(0xA5);
            fs::write(path, bytes).unwrap();
        },
        |error| matches!(error, StoreError::Corrupt { .. }),
    ),
    ("a folder", |path| fs::create_dir(path).unwrap(), |error| matches!(error, StoreError::IsFolder { .. })),
    (
        "a link into the void",
        |path| symlink("/nonexistent/usb/progress.db", path).unwrap(),
        |error| matches!(error, StoreError::DanglingLink { .. }),
    ),
    (
        "a pipe",
        |path| nix::unistd::mkfifo(path, nix::sys::stat::Mode::S_IRWXU).unwrap(),
        |error| matches!(error, StoreError::NotAFile { .. }),
    ),
];

#[test]
fn a_file_that_is_not_ours_is_refused_by_name_and_keeps_every_byte() {
    for (name, make, expected) in REFUSED {
        let home = TempDir::new().unwrap();
        let path = home.path().join("progress.db");
        make(&path);
        let before = (names(home.path()), content(home.path()));
        for opening in [open, reports] {
            let error = opening(&path).expect_err(name);
            assert!(expected(&error), "{name}: {error:?}");
            assert!(error.to_string().contains(home.path().to_str().unwrap()), "{name}: {error}");
            assert!(error.hint().is_some(), "{name}: {error:?}");
            assert_eq!((names(home.path()), content(home.path())), before, "{name}");
        }
    }
}

#[test]
fn a_newer_version_that_only_the_write_ahead_log_knows_is_refused_too() {
    let home = TempDir::new().unwrap();
    let path = ours(home.path());
    let newer = raw(&path);
    newer.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).unwrap();
    newer.execute_batch("PRAGMA user_version = 4").unwrap();
    drop(newer);
    let ours = |files: std::collections::BTreeMap<String, Vec<u8>>| {
        files.into_iter().filter(|(name, _)| !name.ends_with("-shm")).collect::<Vec<_>>()
    };
    let before = ours(content(home.path()));
    assert_eq!(before.len(), 2, "the file and its log");
    for opening in [open, reports] {
        let error = opening(&path).unwrap_err();
        assert!(matches!(error, StoreError::Newer { found: 4, .. }), "{error:?}");
        assert_eq!(ours(content(home.path())), before);
    }
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let home = TempDir::new().unwrap();
    fs::write(home.path().join("share"), "a file").unwrap();
    symlink("/nonexistent/disk", home.path().join("link")).unwrap();
    for place in ["share/progress.db", "share/mindrill/progress.db", "link/progress.db"] {
        let error = open(&home.path().join(place)).unwrap_err();
        assert!(matches!(error, StoreError::NoFolder { .. }), "{place}: {error:?}");
        assert!(error.hint().unwrap().contains("--progress"), "{place}");
    }
    let error = open(Path::new("/proc/mindrill/progress.db")).unwrap_err();
    assert!(matches!(error, StoreError::NoFolder { .. }), "{error:?}");
}

#[test]
fn odd_names_are_names() {
    for name in [":memory:", "file:x?mode=memory", "a b%20#?.db", "ünï\u{1b}.db", "-wal"] {
        let home = TempDir::new().unwrap();
        let path = home.path().join(name);
        let mut store = open(&path).unwrap();
        store.record(&answer("a/b", 4, 0)).unwrap();
        store.close().unwrap();
        assert_eq!(names(home.path()), [name]);
        assert_eq!(entries(&reports(&path).unwrap()).len(), 1, "{name}");
    }
}

#[test]
fn a_link_leads_to_the_file_and_its_folder() {
    let home = TempDir::new().unwrap();
    let (here, there) = (home.path().join("here"), home.path().join("there"));
    fs::create_dir(&here).unwrap();
    fs::create_dir(&there).unwrap();
    open(&there.join("progress.db")).unwrap().close().unwrap();
    symlink(there.join("progress.db"), here.join("progress.db")).unwrap();

    let mut store = open(&here.join("progress.db")).unwrap();
    store.record(&answer("a/b", 4, 0)).unwrap();
    assert_eq!(names(&here), ["progress.db"], "its companions lie beside the file, not beside the link");
    store.close().unwrap();
    assert_eq!(entries(&reports(&there.join("progress.db")).unwrap()).len(), 1);
}

#[test]
fn a_closed_file_is_whole_by_itself() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("progress.db");
    let mut store = open(&path).unwrap();
    for number in 0..20 {
        store.record(&answer(&format!("deck/card-{number}"), 4, 0)).unwrap();
        store.checkpoint().unwrap();
        let copy = home.path().join("copy.db");
        fs::copy(&path, &copy).unwrap();
        assert_eq!(entries(&reports(&copy).unwrap()).len(), number + 1, "a sync tool copies the one file");
    }
}

#[test]
fn other_rules_make_the_schedules_anew() {
    let spread = Rules { fuzz: Fuzz::Spread, repeat: Repeat::BelowGood, ..Rules::default() };
    let home = TempDir::new().unwrap();
    let path = home.path().join("progress.db");
    let mut store = open(&path).unwrap();
    for number in 0..50 {
        let id = format!("deck/card-{number}");
        for on in [0, 1, 7] {
            store.record(&answer(&id, 3, on)).unwrap();
        }
    }
    let plain = store.states().unwrap();
    store.close().unwrap();

    let before = content(home.path());
    let seen = Store::open_existing(&path, spread).unwrap();
    let spread_out = seen.states().unwrap();
    assert_ne!(spread_out, plain);
    assert_eq!(content(home.path()), before, "reports work on a copy");
    drop(seen);

    let store = Store::open(&path, spread).unwrap();
    assert_eq!(store.states().unwrap(), spread_out);
    assert_eq!(store.rules().unwrap(), spread);
    store.close().unwrap();
    let store = open(&path).unwrap();
    assert_eq!(store.states().unwrap(), plain);
}

/// Version 1 as it was released: `sqlite3 v1.db .dump` of a file with answers, an undo, a restart and a flag.
#[test]
fn a_file_of_version_1_gives_the_same_answers() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("progress.db");
    raw(&path).execute_batch(include_str!("fixtures/v1.sql")).unwrap();

    let store = open(&path).unwrap();
    let log: Vec<_> =
        entries(&store).iter().map(|entry| (entry.at.to_string(), entry.day.to_string())).collect();
    assert_eq!(log.len(), 7);
    assert_eq!(log[0], ("2026-11-22T12:00:00.000+01:00".to_owned(), "2026-11-22".to_owned()));
    let states = store.states().unwrap();
    let due: Vec<_> = states
        .iter()
        .map(|(card, state)| (card.to_string(), state.schedule.schedule().unwrap().due.to_string()))
        .collect();
    assert_eq!(due, [("indexing/covering".to_owned(), "2026-11-29".to_owned())]);
    assert_eq!(store.flags().unwrap()[0].note, "two options are right");
    let known = [card("indexing/covering"), card("tcp/backlog")].into();
    let health = store.doctor(&known, answer("a/b", 4, 100).at).unwrap();
    assert!(health.is_sound(), "{health:?}");
    assert_eq!(
        names(home.path()),
        ["progress.db", "progress.db-shm", "progress.db-wal", "progress.db.v1.bak"]
    );
    assert_eq!(store.fingerprints().unwrap(), [].into(), "how its cards looked is not known");
}

#[test]
fn a_file_of_version_1_goes_on_as_one_of_today() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("progress.db");
    raw(&path).execute_batch(include_str!("fixtures/v1.sql")).unwrap();
    let before = fs::read(&path).unwrap();
    let states = reports(&path).unwrap().states().unwrap();
    assert_eq!(fs::read(&path).unwrap(), before, "reports work on a copy");

    let mut store = open(&path).unwrap();
    assert_eq!(store.states().unwrap(), states);
    let (old, new) = (card("indexing/covering"), card("indexing/cover"));
    let relinked = store.relink(&old, &new, moment(30, 0), day(30)).unwrap().unwrap();
    assert_eq!((relinked.after, relinked.moved), (states[&old], store.history(&new).unwrap().len()));
    store.record_facing(&answer("indexing/cover", 4, 31), &face("yes")).unwrap();
    // All of it is taken back, row by row, what version 1 wrote included.
    while store.undo(moment(32, 0), day(32)).unwrap().is_some() {
        assert!(store.doctor(&[].into(), moment(100, 0)).unwrap().is_sound());
    }
    assert!(store.states().unwrap().is_empty());
}

/// Version 2 as it was released: a file with sittings, an undo, a flag and a relink.
#[test]
fn a_file_of_version_2_gives_the_same_answers() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("progress.db");
    raw(&path).execute_batch(include_str!("fixtures/v2.sql")).unwrap();
    let states = reports(&path).unwrap().states().unwrap();

    let mut store = open(&path).unwrap();
    assert_eq!(store.states().unwrap(), states);
    let due: Vec<_> = states
        .iter()
        .map(|(card, state)| (card.card.clone(), state.schedule.schedule().unwrap().due.to_string()))
        .collect();
    let expected = [
        ("default-reset", "2026-11-27"),
        ("replace-newest-commit", "2026-11-23"),
        ("uncommit-keep-staged", "2026-11-23"),
        ("where-was-head", "2026-11-28"),
    ];
    assert_eq!(due, expected.map(|(card, due)| (card.to_owned(), due.to_owned())));
    assert_eq!(store.flags().unwrap().len(), 1);
    assert!(names(home.path()).contains(&"progress.db.v2.bak".to_owned()));
    while store.undo(moment(32, 0), day(32)).unwrap().is_some() {
        assert!(store.doctor(&[].into(), moment(100, 0)).unwrap().is_sound());
    }
    assert!(store.states().unwrap().is_empty());
}

#[test]
fn errors_name_the_cause() {
    let home = TempDir::new().unwrap();
    fs::write(home.path().join("share"), "a file").unwrap();
    let error = open(&home.path().join("share/progress.db")).unwrap_err();
    assert!(chain(&error).ends_with("Not a directory (os error 20)"), "{}", chain(&error));
}

#[test]
fn the_scheduler_is_kept_with_the_schedules_and_changed_without_loss() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("progress.db");
    let mut store = open(&path).unwrap();
    for number in 0..20 {
        for on in [0, 1, 9, 40] {
            store.record(&answer(&format!("deck/card-{number}"), 2 + (number + on) % 4, on)).unwrap();
        }
    }
    let by_sm2 = store.states().unwrap();
    store.close().unwrap();

    let fsrs = Rules { scheduler: Scheduler::Fsrs(Retention::new(0.8).unwrap()), ..Rules::default() };
    let store = Store::open(&path, fsrs).unwrap();
    assert_eq!(store.rules().unwrap(), fsrs);
    let by_fsrs = store.states().unwrap();
    assert_ne!(by_fsrs, by_sm2);
    let health = store.doctor(&BTreeSet::new(), moment(50, 0)).unwrap();
    assert!(health.is_sound() && health.scheduler == fsrs.scheduler, "{health:?}");
    store.close().unwrap();

    let closer = Rules { scheduler: Scheduler::Fsrs(Retention::new(0.95).unwrap()), ..Rules::default() };
    assert_ne!(Store::open(&path, closer).unwrap().states().unwrap(), by_fsrs, "the retention counts");
    assert_eq!(open(&path).unwrap().states().unwrap(), by_sm2, "and back");
}
