//! The band of a mean recall: how far the truth may lie from the prediction.
//!
//! It does not know what the mean is of.

/// Half the width of an 80 % band in standard deviations (the normal distribution's 0.9 quantile).
const WIDTH: f64 = 1.28;
/// Standard deviation of the model's own error in a mean, where a learner's own is not known: between the weekly
/// errors of .063 and .019 measured on two public logs.
pub const MODEL_ERROR: f64 = 0.05;

/// The ends of a band, 0..1.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Band {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Band {
    /// The 80 % band around a mean recall whose answers vary by `variance`, cut to 0..1. The model's own
    /// error, a standard deviation ([`MODEL_ERROR`] or the learner's own), is common to all cards, so it is added
    /// once, however many there are.
    #[must_use]
    pub fn around(recall: f64, variance: f64, model_error: f64) -> Self {
        let reach = WIDTH * (variance + model_error * model_error).sqrt();
        Self { low: (recall - reach).clamp(0.0, 1.0), high: (recall + reach).clamp(0.0, 1.0) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Band, MODEL_ERROR};

    #[test]
    fn a_band_is_the_published_width_and_cut() {
        // 1.28 × √(0.0119 + 0.0025) = 1.28 × 0.12 = 0.1536.
        let band = Band::around(0.5, 0.0119, MODEL_ERROR);
        assert!((band.low - 0.3464).abs() < 1e-12 && (band.high - 0.6536).abs() < 1e-12);
        // 1.28 × 0.05 = 0.064 from the model's error alone.
        let band = Band::around(0.98, 0.0, MODEL_ERROR);
        assert!((band.low - 0.916).abs() < 1e-12 && (band.high - 1.0).abs() < f64::EPSILON);
    }
}
