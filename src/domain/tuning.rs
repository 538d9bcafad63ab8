//! Parameters of the memory model, fitted to one learner's log, and whether they are worth having.
//!
//! It does not know where answers come from or where parameters are kept, and draws nothing: the same log gives the
//! same parameters.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use fsrs::{
    CombinedProgressState, ComputeParametersInput, FSRSItem, FSRSReview, MemoryState, compute_parameters,
};

use super::audit::{Graded, log_loss};
use super::card::CardId;
use super::day::StudyDay;
use super::model::{Model, PARAMETERS, rating};

/// Scored answers (a study day or more after the card's one before) from which on a fit is tried: with fewer, fitted
/// parameters were worse than the default ones on two of three public logs.
pub const LEAST_ANSWERS: usize = 1_000;
/// Fitted parameters are taken by n ÷ (n + this) of n answers, the default ones by the rest: measured on three public
/// logs, a fit gains on its own from some 1,600 answers on.
const BLEND: f32 = 1_500.0;
/// One answer in so many, the newest, is held out to judge the fit by.
const HELD_OUT: usize = 5;
/// Answers that a fit goes by, about, at most: more change the parameters little, and take memory and minutes. Of a
/// longer log every n-th card is taken, with all its answers: how a card begins is half of what is fitted.
const MOST_FITTED: usize = 100_000;
/// Fits of one tuning: without the newest answers, then with all.
const FITS: f64 = 2.0;

/// Every live answer by card, and the scored ones in the order of time.
#[derive(Debug, Clone, Default)]
pub struct History {
    cards: BTreeMap<CardId, usize>,
    lives: Vec<Life>,
    /// Of each scored answer the life and how many answers it has by then.
    scored: Vec<(usize, usize)>,
}

/// The answers to one card.
#[derive(Debug, Clone, Default)]
struct Life {
    last: Option<StudyDay>,
    reviews: Vec<FSRSReview>,
}

/// How a tuning went.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tuning {
    /// Scored answers of the log.
    pub answers: usize,
    /// How many of them, the newest, were held out; 0 where nothing was fitted.
    pub held_out: usize,
    /// Mean log-loss of the default parameters on those.
    pub default: Option<f64>,
    /// Mean log-loss of parameters fitted to the others.
    pub fitted: Option<f64>,
    /// What follows.
    pub verdict: Verdict,
}

/// What follows from a tuning.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Verdict {
    /// There are fewer than [`LEAST_ANSWERS`].
    TooFew,
    /// The optimiser finds nothing in these answers.
    NoFit,
    /// The fitted parameters predict the held-out answers no better than the default ones.
    NoBetter,
    /// They do; these are fitted to all answers.
    Better(Model),
}

/// How far a tuning is, to be looked at from another thread.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    fit: Arc<Mutex<CombinedProgressState>>,
    done: Arc<Mutex<u8>>,
}

impl Progress {
    /// The share that is done, 0..1.
    #[must_use]
    pub fn share(&self) -> f64 {
        let done = f64::from(*self.done.lock().unwrap_or_else(PoisonError::into_inner));
        let fit = self.fit.lock().unwrap_or_else(PoisonError::into_inner);
        #[expect(clippy::cast_precision_loss, reason = "steps of a fit are few")]
        let within = if fit.total() == 0 { 0.0 } else { fit.current() as f64 / fit.total() as f64 };
        ((done + within.clamp(0.0, 1.0)) / FITS).min(1.0)
    }

    fn step(&self) {
        *self.done.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        *self.fit.lock().unwrap_or_else(PoisonError::into_inner) = CombinedProgressState::default();
    }
}

impl History {
    /// Takes the next answer, oldest first.
    pub fn take(&mut self, answer: &Graded) {
        let life = self.life_of(&answer.card);
        let Some(own) = self.lives.get_mut(life) else { return };
        let days = own.last.map_or(0, |last| answer.day.since(last));
        own.reviews.push(FSRSReview { rating: rating(answer.grade), delta_t: days });
        own.last = Some(answer.day);
        if days > 0 {
            self.scored.push((life, own.reviews.len()));
        }
    }

    /// The life of a card, begun where it is not known.
    fn life_of(&mut self, card: &CardId) -> usize {
        if let Some(life) = self.cards.get(card) {
            return *life;
        }
        self.lives.push(Life::default());
        self.cards.insert(card.clone(), self.lives.len() - 1);
        self.lives.len() - 1
    }

    /// Fits, judges, and fits again to all where that is worth while.
    #[must_use]
    pub fn tuned(&self, progress: &Progress) -> Tuning {
        let answers = self.scored.len();
        let of = |verdict| Tuning { answers, held_out: 0, default: None, fitted: None, verdict };
        if answers < LEAST_ANSWERS {
            return of(Verdict::TooFew);
        }
        let held_out = answers / HELD_OUT;
        let before = answers - held_out;
        let Some(fitted) = self.fitted(before, progress) else { return of(Verdict::NoFit) };
        let (default, own) = (self.loss(Model::default(), before), self.loss(fitted, before));
        let verdict = match (default, own) {
            (Some(default), Some(own)) if own < default => {
                self.fitted(answers, progress).map_or(Verdict::NoFit, Verdict::Better)
            }
            _ => Verdict::NoBetter,
        };
        Tuning { answers, held_out, default, fitted: own, verdict }
    }

    /// The model fitted to the oldest `count` scored answers, blended with the default one.
    fn fitted(&self, count: usize, progress: &Progress) -> Option<Model> {
        let nth = count.div_ceil(MOST_FITTED).max(1);
        let oldest = self.scored.get(..count)?.iter();
        let taken: Vec<(usize, usize)> = oldest.filter(|(life, _)| life % nth == 0).copied().collect();
        let input = ComputeParametersInput {
            train_set: taken.iter().filter_map(|scored| self.item(*scored)).collect(),
            card_ids: Some(taken.iter().map(|(life, _)| i64::try_from(*life).unwrap_or(i64::MAX)).collect()),
            progress: Some(Arc::clone(&progress.fit)),
            ..ComputeParametersInput::default()
        };
        let parameters: [f32; PARAMETERS] = compute_parameters(input).ok()?.try_into().ok()?;
        progress.step();
        #[expect(clippy::cast_precision_loss, reason = "a log has fewer than 2^24 answers, or near enough")]
        let number = count as f32;
        Some(Model::default().towards(Model::new(parameters).ok()?, number / (number + BLEND)))
    }

    /// A scored answer with all that came before it, as the optimiser wants it.
    fn item(&self, (life, count): (usize, usize)) -> Option<FSRSItem> {
        Some(FSRSItem { reviews: self.lives.get(life)?.reviews.get(..count)?.to_vec() })
    }

    /// Mean log-loss of a model on the scored answers from the `from`-th on.
    fn loss(&self, model: Model, from: usize) -> Option<f64> {
        let mut wanted: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (life, count) in self.scored.get(from..)? {
            wanted.entry(*life).or_default().push(*count);
        }
        let mut pairs = Vec::new();
        for (life, counts) in wanted {
            pairs.extend(self.lives.get(life).map(|life| life.predicted(model, &counts)).unwrap_or_default());
        }
        log_loss(&pairs)
    }
}

impl Life {
    /// Recall predicted for the answers of those numbers (from 1, growing), each with whether it was passed.
    fn predicted(&self, model: Model, counts: &[usize]) -> Vec<(f64, bool)> {
        let (mut state, mut pairs): (Option<MemoryState>, _) = (None, Vec::new());
        for (number, review) in (1..).zip(&self.reviews) {
            if let Some(before) = state.filter(|_| counts.binary_search(&number).is_ok()) {
                pairs.push((model.recall(before.stability, review.delta_t), review.rating > 1));
            }
            state = model.rated(state, *review).or(state);
        }
        pairs
    }
}
