//! Cards, answers and folders for the tests of the store.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use mindrill::domain::card::{CardId, Kind};
use mindrill::domain::day::{Moment, StudyDay};
use mindrill::domain::identity::{Face, Key};
use mindrill::domain::review::{Answer, Grade, LogEntry, Mode};
use mindrill::domain::skill_map::NodeKey;
use mindrill::domain::sm2::Rules;
use mindrill::store::{Store, StoreError};
use rusqlite::Connection;

/// 2026-11-22, the day that the tests call 0.
pub const DAY_ZERO: i64 = 20_779;
const MILLIS_A_DAY: i64 = 86_400_000;

pub fn card(id: &str) -> CardId {
    id.parse().unwrap()
}

pub fn day(number: i64) -> StudyDay {
    StudyDay::from_number(DAY_ZERO + number)
}

/// Noon in Berlin on that day, and some milliseconds.
pub fn moment(number: i64, millis: i64) -> Moment {
    Moment::new((DAY_ZERO + number) * MILLIS_A_DAY + 39_600_000 + millis, 3_600)
}

/// A study answer on a day.
pub fn answer(id: &str, grade: i64, on: i64) -> Answer {
    Answer {
        card: card(id),
        grade: Grade::new(grade).unwrap(),
        mode: Mode::Study,
        at: moment(on, 0),
        day: day(on),
        elapsed_ms: Some(4_200),
        reply: "b-tree".to_owned(),
        confidence: None,
    }
}

/// The face of a typed card with that answer.
pub fn face(answer: &str) -> Face {
    Face {
        kind: Kind::Typed,
        prompt: "Which?".to_owned(),
        key: Key(vec![vec![answer.to_owned()]]),
        fingerprint: u64::MAX - 1,
        node: NodeKey("databases/indexing".to_owned()),
    }
}

pub fn open(path: &Path) -> Result<Store, StoreError> {
    Store::open(path, Rules::default())
}

pub fn reports(path: &Path) -> Result<Store, StoreError> {
    Store::open_existing(path, Rules::default())
}

pub fn entries(store: &Store) -> Vec<LogEntry> {
    let mut entries = Vec::new();
    store
        .log(|entry| {
            entries.push(entry);
            Ok::<(), StoreError>(())
        })
        .unwrap();
    entries
}

/// Every file of a folder with its bytes: equal before and after means that nothing was touched.
pub fn content(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files
        .filter(|path| path.is_file())
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap()))
        .collect()
}

/// The names in a folder.
pub fn names(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<_> = names.map(|name| name.to_str().unwrap().to_owned()).collect();
    names.sort();
    names
}

/// A plain connection, as another program would open it.
pub fn raw(path: &Path) -> Connection {
    Connection::open(path).unwrap()
}

/// The error in full, causes included.
pub fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
