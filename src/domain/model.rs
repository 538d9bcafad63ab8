//! The memory model: FSRS-6 with parameters, those of the average learner or those fitted to this one.
//!
//! It does not know whose memory it follows, nor where parameters are kept or how they are fitted.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;
use std::sync::{LazyLock, Mutex, PoisonError};

use fsrs::{DEFAULT_PARAMETERS, FSRS, FSRSItem, FSRSReview, MemoryState, current_retrievability};

use super::grade::Grade;

/// How many parameters FSRS-6 has.
pub const PARAMETERS: usize = 21;
/// The place of the decay of the forgetting curve among the parameters.
const DECAY: usize = 20;
/// The range to which the crate cuts the decay, so that the curve and the steps go by one number.
const DECAY_RANGE: (f32, f32) = (0.1, 0.8);
/// The least stability the model knows, in days.
pub(super) const LEAST_STABILITY: f32 = 0.001;

/// Models that were made: a program needs two or three in its life, so they are kept for all of it, and a model
/// is a pointer that memories and rules may carry. The crate copies and checks parameters for each it makes.
static MADE: Mutex<Vec<&'static Made>> = Mutex::new(Vec::new());
static AVERAGE: LazyLock<Made> =
    LazyLock::new(|| Made { parameters: DEFAULT_PARAMETERS, fsrs: FSRS::default() });

/// FSRS-6 with 21 parameters; the default is the average learner's.
///
/// Below some 1,600 answers of one learner a fit gains nothing, measured on three public logs.
#[derive(Clone, Copy)]
pub struct Model(&'static Made);

struct Made {
    parameters: [f32; PARAMETERS],
    fsrs: FSRS,
}

/// Numbers that are no parameters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not {PARAMETERS} finite numbers")]
pub struct ModelError;

impl Model {
    /// The model with these parameters.
    ///
    /// # Errors
    /// A number is not finite.
    pub fn new(parameters: [f32; PARAMETERS]) -> Result<Self, ModelError> {
        if bits(&parameters) == bits(&DEFAULT_PARAMETERS) {
            return Ok(Self::default());
        }
        let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = made.iter().find(|known| bits(&known.parameters) == bits(&parameters)) {
            return Ok(Self(known));
        }
        let fsrs = FSRS::new(&parameters).map_err(|_| ModelError)?;
        let new: &'static Made = Box::leak(Box::new(Made { parameters, fsrs }));
        made.push(new);
        Ok(Self(new))
    }

    /// Whether these are the average learner's parameters.
    #[must_use]
    pub fn is_default(self) -> bool {
        bits(&self.0.parameters) == bits(&DEFAULT_PARAMETERS)
    }

    /// The parameters, w0 to w20.
    #[must_use]
    pub fn parameters(self) -> &'static [f32; PARAMETERS] {
        &self.0.parameters
    }

    /// The model that lies between this one (`share` 0) and `other` (`share` 1), number by number.
    #[must_use]
    pub fn towards(self, other: Self, share: f32) -> Self {
        let share = share.clamp(0.0, 1.0);
        let mut between = self.0.parameters;
        for (own, others) in between.iter_mut().zip(other.0.parameters) {
            *own += (others - *own) * share;
        }
        Self::new(between).unwrap_or(self)
    }

    /// One step: stability and difficulty after an answer, `days` after the one before; `None` where the model
    /// refuses, that is, for numbers that are not finite.
    pub(super) fn step(self, state: Option<MemoryState>, grade: Grade, days: u32) -> Option<MemoryState> {
        self.rated(state, FSRSReview { rating: rating(grade), delta_t: days })
    }

    /// As [`Self::step`], of an answer in the crate's own words.
    pub(super) fn rated(self, state: Option<MemoryState>, review: FSRSReview) -> Option<MemoryState> {
        self.0.fsrs.memory_state(FSRSItem { reviews: vec![review] }, state).ok()
    }

    /// Recall, 0..1, `days` after an answer that left that stability.
    pub(super) fn recall(self, stability: f32, days: u32) -> f64 {
        let state = MemoryState { stability: stability.max(LEAST_STABILITY), difficulty: 0.0 };
        #[expect(clippy::cast_precision_loss, reason = "study days lie within 3,652,425: exact in f32")]
        let recall = current_retrievability(state, days as f32, self.decay());
        f64::from(recall).clamp(0.0, 1.0)
    }

    /// Days, not rounded, until recall falls to `retention` (0..1, both excluded).
    pub(super) fn interval(self, stability: f32, retention: f32) -> f32 {
        self.0.fsrs.next_interval(Some(stability.max(LEAST_STABILITY)), retention, rating(Grade::GOOD))
    }

    fn decay(self) -> f32 {
        let (least, most) = DECAY_RANGE;
        self.0.parameters[DECAY].clamp(least, most)
    }
}

/// The model's rating: 1 again, 2 hard, 3 good, 4 easy.
#[must_use]
pub fn rating(grade: Grade) -> u32 {
    match grade {
        Grade::EASY => 4,
        Grade::GOOD => 3,
        Grade::HARD => 2,
        _ => 1,
    }
}

/// What two models are compared by.
fn bits(parameters: &[f32; PARAMETERS]) -> [u32; PARAMETERS] {
    parameters.map(f32::to_bits)
}

impl Default for Model {
    fn default() -> Self {
        Self(&AVERAGE)
    }
}

impl PartialEq for Model {
    fn eq(&self, other: &Self) -> bool {
        bits(&self.0.parameters) == bits(&other.0.parameters)
    }
}

impl Eq for Model {}

impl Hash for Model {
    fn hash<H: Hasher>(&self, state: &mut H) {
        bits(&self.0.parameters).hash(state);
    }
}

impl fmt::Debug for Model {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_default() { out.write_str("Model(default)") } else { write!(out, "Model({self})") }
    }
}

impl fmt::Display for Model {
    /// The parameters between blanks, so that they are read back exactly.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, number) in self.0.parameters.iter().enumerate() {
            let gap = if place == 0 { "" } else { " " };
            write!(out, "{gap}{number}")?;
        }
        Ok(())
    }
}

impl FromStr for Model {
    type Err = ModelError;

    fn from_str(text: &str) -> Result<Self, ModelError> {
        let numbers: Result<Vec<f32>, _> = text.split_whitespace().map(str::parse).collect();
        let numbers = numbers.map_err(|_| ModelError)?;
        Self::new(numbers.try_into().map_err(|_| ModelError)?)
    }
}

#[cfg(test)]
mod tests {
    use super::{DECAY, Model};
    use fsrs::DEFAULT_PARAMETERS;

    #[test]
    fn parameters_are_read_back_exactly() {
        let mut parameters = DEFAULT_PARAMETERS;
        parameters[0] = 0.1 + 0.2;
        let model = Model::new(parameters).unwrap();
        assert_eq!(model.to_string().parse(), Ok(model));
        assert!(!model.is_default() && model != Model::default());
        assert!(Model::default().to_string().parse::<Model>().unwrap().is_default());
    }

    #[test]
    fn what_is_no_model_is_refused() {
        let with_nan = Model::default().to_string().replace("0.212", "NaN");
        for text in ["", "1 2 3", "a b", with_nan.as_str()] {
            assert!(text.parse::<Model>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_blend_lies_between() {
        let mut parameters = DEFAULT_PARAMETERS;
        parameters[DECAY] = 0.2542;
        let other = Model::new(parameters).unwrap();
        assert_eq!(Model::default().towards(other, 0.0), Model::default());
        assert_eq!(Model::default().towards(other, 2.0), other);
        let half = Model::default().towards(other, 0.5);
        assert!((half.parameters()[DECAY] - 0.2042).abs() < 1e-6);
    }
}
