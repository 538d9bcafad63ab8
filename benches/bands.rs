//! Whether the 80 % band holds four weeks in five: `cargo bench --bench bands -- [LOG.jsonl ..]`.
//!
//! Each week's observed recall is compared with the band around what was predicted of its answers, each from what came
//! before it: without the model's own error, with the usual one, and with the learner's own, as the weeks before show
//! it. Logs are read as `mindrill log --json` writes them; without one, seeded learners stand in whose truth is FSRS-6
//! with drawn parameters.

#![allow(clippy::unwrap_used, reason = "a bench that cannot go on has failed")]
#![allow(clippy::print_stdout, reason = "a bench prints its table")]
#![allow(clippy::cast_precision_loss, reason = "small figures")]

mod generator;
mod learners;

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead, BufReader};

use learners::Learner;
use mindrill::deck_files::Source;
use mindrill::domain::card::CardId;
use mindrill::domain::collection::Collection;
use mindrill::domain::day::StudyDay;
use mindrill::domain::grade::Grade;
use mindrill::domain::mastery::{Band, MODEL_ERROR};
use mindrill::domain::queue::{self, Limits, Scope, States};
use mindrill::domain::review::Mode;
use mindrill::domain::sm2::Rules;
use mindrill::domain::track::{TrackRecord, Week, model_error};
use mindrill::mindmap;
use serde_json::Value;

const SEED: u64 = 7;
const LEARNERS: u64 = 40;
const CARDS: usize = 400;
const DAYS: u32 = 210;
const NEW_A_DAY: usize = 6;

/// Weeks, and those of them whose recall fell into each of the three bands.
#[derive(Default)]
struct Tally {
    weeks: u32,
    within: [u32; 3],
    squares: f64,
}

fn main() {
    let logs: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    println!(
        "{:<44} {:>6} {:>8} {:>8} {:>8} {:>8}",
        "share of weeks inside the 80 % band", "weeks", "τ = 0", "τ = .05", "own τ", "error"
    );
    for path in &logs {
        print(path, &tally(&read(path)));
    }
    if logs.is_empty() {
        simulated();
    }
    println!(
        "\nerror: standard deviation of weekly observed less predicted recall. A week counts from 20 answers on."
    );
}

fn simulated() {
    let folder = tempfile::tempdir().unwrap();
    generator::collection(folder.path(), CARDS);
    let source = Source::Folder(folder.path().to_owned());
    let text = source.map_text().unwrap();
    let map = mindmap::read_file(&text.text, &text.file).map.unwrap();
    let collection = Collection::bind(map, source.decks().decks).0;
    let mut all = Tally::default();
    for number in 0..LEARNERS {
        let one = tally(&studied(&collection, SEED * 1_000_003 + number));
        all.weeks += one.weeks;
        all.squares += one.squares;
        for (sum, part) in all.within.iter_mut().zip(one.within) {
            *sum += part;
        }
    }
    print(&format!("{LEARNERS} simulated learners (seed {SEED}), {DAYS} days"), &all);
}

fn print(name: &str, tally: &Tally) {
    let count = f64::from(tally.weeks.max(1));
    let share = |within: u32| format!("{:.0} %", f64::from(within) / count * 100.0);
    let [bare, usual, own] = tally.within.map(share);
    let error = (tally.squares / count).sqrt();
    println!("{name:<44} {:>6} {bare:>8} {usual:>8} {own:>8} {error:>8.3}", tally.weeks);
}

/// The weeks of a log against their bands.
fn tally(record: &TrackRecord) -> Tally {
    let weeks: Vec<&Week> = record.weeks().collect();
    let mut tally = Tally::default();
    for (place, week) in weeks.iter().enumerate() {
        let count = f64::from(week.answers);
        let (predicted, observed) = (week.predicted / count, f64::from(week.right) / count);
        let own = model_error(weeks.iter().take(place).copied());
        tally.weeks += 1;
        tally.squares += week.residual().powi(2);
        for (within, error) in tally.within.iter_mut().zip([0.0, MODEL_ERROR, own]) {
            let band = Band::around(predicted, week.variance / count / count, error);
            *within += u32::from(band.low <= observed && observed <= band.high);
        }
    }
    tally
}

/// The live answers of a log; rows that were taken back are left out.
fn read(path: &str) -> TrackRecord {
    let rows: Vec<Value> = BufReader::new(File::open(path).unwrap())
        .lines()
        .map(|line| serde_json::from_str(&line.unwrap()).unwrap())
        .collect();
    let retracted: BTreeSet<&str> = rows.iter().filter_map(|row| row["retracts"].as_str()).collect();
    let mut record = TrackRecord::default();
    for row in rows.iter().filter(|row| row["id"].as_str().is_none_or(|id| !retracted.contains(id))) {
        let Some(grade) = row["grade"].as_i64().and_then(Grade::new) else { continue };
        let card: CardId = row["card"].as_str().unwrap().parse().unwrap();
        let day: StudyDay = row["day"].as_str().unwrap().parse().unwrap();
        record.take(card, grade, day);
    }
    record
}

/// The log of a simulated learner who sits every day.
fn studied(collection: &Collection, seed: u64) -> TrackRecord {
    let (mut learner, mut states, mut record) = (Learner::new(seed), States::new(), TrackRecord::default());
    let (first, rules) = (generator::today(), Rules::default());
    let limits = Limits { new: NEW_A_DAY, cards: None };
    for day in (0..DAYS).map(|ahead| first.plus(ahead)) {
        for id in queue::plan(collection, &states, &Scope::default(), day, limits) {
            let state = states.entry(id.clone()).or_default();
            loop {
                let grade = learner.asked(&id, day);
                record.take(id.clone(), grade, day);
                *state = state.after(grade, Mode::Study, day, rules.of(&id)).0;
                if grade.is_pass() {
                    break;
                }
            }
        }
    }
    record
}
