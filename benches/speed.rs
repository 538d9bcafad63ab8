//! How long the main steps take at 1,000, 10,000 and 100,000 cards: `cargo bench`.
//!
//! Figures are for comparing two builds on one machine; no test asserts them.

#![allow(clippy::unwrap_used, reason = "a bench that cannot go on has failed")]

mod generator;

use std::collections::BTreeMap;

use divan::Bencher;
use mindrill::deck_files::{CardReader, Source};
use mindrill::domain::collection::Collection;
use mindrill::domain::mastery;
use mindrill::domain::policy::Policy;
use mindrill::domain::question::Question;
use mindrill::domain::queue::{self, Limits, Scope, States};
use mindrill::domain::sm2::Rules;
use mindrill::lint::{self, Subject};
use mindrill::mindmap;
use mindrill::store::Store;
use rusqlite::Connection;
use tempfile::TempDir;

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];
const LIMITS: Limits = Limits { new: 20, cards: None };

fn main() {
    divan::main();
}

fn generated(cards: usize) -> (TempDir, Source) {
    let folder = tempfile::tempdir().unwrap();
    generator::collection(folder.path(), cards);
    let source = Source::Folder(folder.path().to_owned());
    (folder, source)
}

fn opened(source: &Source) -> Collection {
    let text = source.map_text().unwrap();
    let map = mindmap::read_file(&text.text, &text.file).map.unwrap();
    Collection::bind(map, source.decks().decks).0
}

/// Every card answered twice, held in memory.
fn answered(cards: usize) -> States {
    let rules = Rules::default();
    let mut states = States::new();
    for day in [0, 8] {
        for place in 0..cards {
            let answer = generator::answer(place, day);
            let state = states.entry(answer.card.clone()).or_default();
            *state = state.after(answer.grade, answer.mode, answer.day, rules.of(&answer.card)).0;
        }
    }
    states
}

#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn open_the_collection(bencher: Bencher<'_, '_>, cards: usize) {
    let (_folder, source) = generated(cards);
    bencher.bench(|| opened(&source));
}

#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn plan_a_sitting(bencher: Bencher<'_, '_>, cards: usize) {
    let (_folder, source) = generated(cards);
    let (collection, states) = (opened(&source), answered(cards));
    bencher.bench(|| queue::plan(&collection, &states, &Scope::default(), generator::today(), LIMITS));
}

#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn put_the_first_card(bencher: Bencher<'_, '_>, cards: usize) {
    let (_folder, source) = generated(cards);
    let collection = opened(&source);
    let header = collection.header(&generator::card(cards / 2)).unwrap();
    bencher.bench(|| {
        let card = CardReader::new(source.clone()).card(&header.id, &header.place).unwrap();
        Question::put(&card, 7)
    });
}

#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn coverage_of_the_map(bencher: Bencher<'_, '_>, cards: usize) {
    let (_folder, source) = generated(cards);
    let (collection, states) = (opened(&source), answered(cards));
    let today = generator::today();
    bencher.bench(|| mastery::coverage(&collection, &states, today, today.plus(30)));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn check_the_shipped_decks(bencher: Bencher<'_, '_>) {
    bencher.bench(|| opened(&Source::Embedded));
}

/// What `check` does beside opening and drawing. Compare with the next: the same cards read from their files.
#[divan::bench(args = [1_000, 10_000], sample_count = 5, sample_size = 1)]
fn review_varied_cards(bencher: Bencher<'_, '_>, cards: usize) {
    let folder = tempfile::tempdir().unwrap();
    generator::varied(folder.path(), cards);
    let source = Source::Folder(folder.path().to_owned());
    let (map, decks) = (opened(&source).map().clone(), source.decks().decks);
    let (policy, today) = (Policy::default(), generator::today());
    bencher.bench(|| {
        lint::review(&Subject {
            map: Some(&map),
            decks: &decks,
            beyond: &BTreeMap::new(),
            policy: &policy,
            today,
        })
    });
}

#[divan::bench(args = [1_000, 10_000], sample_count = 5, sample_size = 1)]
fn open_varied_cards(bencher: Bencher<'_, '_>, cards: usize) {
    let folder = tempfile::tempdir().unwrap();
    generator::varied(folder.path(), cards);
    let source = Source::Folder(folder.path().to_owned());
    bencher.bench(|| opened(&source));
}

/// The states after ten answers to each of 1,000 cards, read from disk.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn read_states_after_10_000_answers(bencher: Bencher<'_, '_>) {
    let folder = tempfile::tempdir().unwrap();
    let store = generator::store(&folder.path().join("progress.db"), 1_000, 10);
    bencher.bench_local(|| store.states().unwrap());
}

/// One answer, on disk when it returns. Compare with the next: the least that SQLite can do.
#[divan::bench(sample_count = 200, sample_size = 1)]
fn one_durable_answer(bencher: Bencher<'_, '_>) {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(&folder.path().join("progress.db"), Rules::default()).unwrap();
    let mut place = 0;
    bencher.bench_local(|| {
        place += 1;
        store.record(&generator::answer(place, 0)).unwrap()
    });
}

#[divan::bench(sample_count = 200, sample_size = 1)]
fn one_bare_durable_row(bencher: Bencher<'_, '_>) {
    let folder = tempfile::tempdir().unwrap();
    let connection = Connection::open(folder.path().join("bare.db")).unwrap();
    connection
        .execute_batch("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t (a TEXT) STRICT;")
        .unwrap();
    bencher.bench_local(|| connection.execute("INSERT INTO t VALUES ('an answer')", []).unwrap());
}
