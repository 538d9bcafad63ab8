//! Simulated learners: FSRS-6 as the truth, its parameters drawn around the defaults.

#![allow(clippy::unwrap_used, reason = "a bench that cannot go on has failed")]
#![allow(dead_code, reason = "each bench uses a part")]
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "days and figures are small"
)]

use std::collections::BTreeMap;

use fsrs::{DEFAULT_PARAMETERS, FSRS, FSRSItem, FSRSReview, MemoryState, current_retrievability};
use mindrill::domain::card::CardId;
use mindrill::domain::day::StudyDay;
use mindrill::domain::grade::Grade;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

/// Seconds of one asking.
pub const SECONDS: f64 = 14.0;
/// How far a learner's parameters lie from the default ones: the standard deviation of their logarithm.
const SPREAD: f64 = 0.15;
/// First ratings again, hard, good, easy; then hard, good, easy of those that are recalled.
///
/// Source: the defaults of the simulator of crate `fsrs`.
const FIRST: [f64; 4] = [0.24, 0.094, 0.495, 0.171];
const RECALLED: [f64; 3] = [0.224, 0.631, 0.145];

/// A learner with the true memory of each card.
pub struct Learner {
    truth: FSRS,
    decay: f32,
    memories: BTreeMap<CardId, (MemoryState, StudyDay)>,
    rng: StdRng,
}

impl Learner {
    /// The learner of that number, the same at every run.
    pub fn new(seed: u64) -> Self {
        let mut rng = StdRng::seed_from_u64(seed);
        let drawn: Vec<f32> = DEFAULT_PARAMETERS
            .iter()
            .map(|&parameter| (f64::from(parameter) * (SPREAD * normal(&mut rng)).exp()) as f32)
            .collect();
        let decay = drawn[20].clamp(0.1, 0.8);
        Self { truth: FSRS::new(&drawn).unwrap(), decay, memories: BTreeMap::new(), rng }
    }

    /// What is truly recalled of a card on a day; 0 for one never asked.
    pub fn recall(&self, card: &CardId, day: StudyDay) -> f64 {
        self.memories.get(card).map_or(0.0, |(memory, last)| {
            f64::from(current_retrievability(*memory, day.since(*last) as f32, self.decay))
        })
    }

    /// Asks a card; gives the grade that the learner would give.
    pub fn asked(&mut self, card: &CardId, day: StudyDay) -> Grade {
        let before = self.memories.get(card).copied();
        let rating = match before {
            None => 1 + drawn(&mut self.rng, &FIRST),
            Some(_) if self.rng.random::<f64>() >= self.recall(card, day) => 1,
            Some(_) => 2 + drawn(&mut self.rng, &RECALLED),
        };
        let (state, days) = before.map_or((None, 0), |(memory, last)| (Some(memory), day.since(last)));
        let review = FSRSReview { rating: u32::try_from(rating).unwrap(), delta_t: days };
        let memory = self.truth.memory_state(FSRSItem { reviews: vec![review] }, state).unwrap();
        self.memories.insert(card.clone(), (memory, day));
        [Grade::AGAIN, Grade::HARD, Grade::GOOD, Grade::EASY][rating - 1]
    }
}

fn drawn(rng: &mut StdRng, shares: &[f64]) -> usize {
    let mut left = rng.random::<f64>() * shares.iter().sum::<f64>();
    for (place, share) in shares.iter().enumerate() {
        left -= share;
        if left < 0.0 {
            return place;
        }
    }
    shares.len() - 1
}

/// A number of the standard normal distribution (Box and Muller 1958).
fn normal(rng: &mut StdRng) -> f64 {
    let (one, other): (f64, f64) = (rng.random(), rng.random());
    (-2.0 * (1.0 - one).ln()).sqrt() * (std::f64::consts::TAU * other).cos()
}
