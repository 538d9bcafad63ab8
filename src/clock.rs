//! The clock: the only reader of wall time and of the time zone.

use std::time::Instant;

use chrono::Local;

use crate::domain::day::{Moment, StudyDay};

/// Where time comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// The machine's clock and time zone.
    System,
    /// One moment for ever (`MINDRILL_NOW`); no time passes, so none is measured.
    Fixed(Moment),
}

/// A running measurement of time; [`Clock::Fixed`] measures none.
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch(Option<Instant>);

impl Clock {
    /// This moment.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the clock")]
    pub fn now(self) -> Moment {
        match self {
            Self::Fixed(moment) => moment,
            Self::System => {
                let now = Local::now();
                Moment::new(now.timestamp_millis(), now.offset().local_minus_utc())
            }
        }
    }

    /// The study day of this moment.
    #[must_use]
    pub fn today(self) -> StudyDay {
        self.now().study_day()
    }

    /// Starts to measure. Monotonic: a clock set back does not disturb it.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the clock")]
    pub fn start(self) -> Stopwatch {
        match self {
            Self::Fixed(_) => Stopwatch(None),
            Self::System => Stopwatch(Some(Instant::now())),
        }
    }
}

impl Stopwatch {
    /// Milliseconds since the start; `None` under a fixed clock.
    #[must_use]
    pub fn elapsed_ms(self) -> Option<u32> {
        self.0.map(|start| u32::try_from(start.elapsed().as_millis()).unwrap_or(u32::MAX))
    }
}
