//! Study days and moments: the only date types of the house. They hide chrono.
//!
//! A study day starts at 04:00 local time, so that a sitting after midnight belongs to the evening.
//! All arithmetic is on integers and saturates: no date, however odd, panics.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, SecondsFormat, Utc};

/// Hour of local time at which a study day starts.
const ROLLOVER_HOUR: i64 = 4;
const SECONDS_A_HOUR: i64 = 3_600;
const SECONDS_A_DAY: i64 = 86_400;
/// Widest offset from UTC that chrono accepts, in seconds, exclusive.
const WIDEST_OFFSET: i32 = 86_400;

/// A study day: whole days since 1970-01-01, between the years 0 and 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StudyDay(i32);

/// What was wrong with the text of a day or a moment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a date like 2026-11-22, nor a number of days like +30")]
pub struct DayError(pub String);

impl StudyDay {
    /// The first day that can be told: 0000-01-01.
    pub const FIRST: Self = Self(-719_528);
    /// The last day that can be told: 9999-12-31.
    pub const LAST: Self = Self(2_932_896);

    /// The day that lies `number` days after 1970-01-01, cut to the years 0 to 9999.
    #[must_use]
    pub fn from_number(number: i64) -> Self {
        let number = number.clamp(i64::from(Self::FIRST.0), i64::from(Self::LAST.0));
        Self(i32::try_from(number).unwrap_or(0))
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub fn number(self) -> i32 {
        self.0
    }

    /// The day `days` later, at most [`Self::LAST`].
    #[must_use]
    pub fn plus(self, days: u32) -> Self {
        Self::from_number(i64::from(self.0) + i64::from(days))
    }

    /// The day `days` earlier, at least [`Self::FIRST`].
    #[must_use]
    pub fn minus(self, days: u32) -> Self {
        Self::from_number(i64::from(self.0) - i64::from(days))
    }

    /// Whole days from `earlier` to this day; 0 when the clock ran back.
    #[must_use]
    pub fn since(self, earlier: Self) -> u32 {
        u32::try_from(i64::from(self.0) - i64::from(earlier.0)).unwrap_or(0)
    }

    /// The day that a text means, said on `today`: a date, `2026-11-22`, or so many days ahead, `+30`.
    ///
    /// # Errors
    /// The text is neither.
    pub fn named(text: &str, today: Self) -> Result<Self, DayError> {
        let wrong = || DayError(text.to_owned());
        match text.trim().strip_prefix('+') {
            Some(days) if days.starts_with(|first: char| first.is_ascii_digit()) => {
                days.parse().map(|days| today.plus(days)).map_err(|_| wrong())
            }
            Some(_) => Err(wrong()),
            None => text.parse(),
        }
    }

    /// Year, month (1 to 12) and day of the month (1 to 31).
    #[must_use]
    pub fn ymd(self) -> (i32, u32, u32) {
        let date = NaiveDate::from_epoch_days(self.0).unwrap_or_default();
        (date.year(), date.month(), date.day())
    }

    /// The day of a calendar date, if there is such a date in the years 0 to 9999.
    #[must_use]
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Self> {
        let date = NaiveDate::from_ymd_opt(year, month, day)?;
        (0..=9999).contains(&year).then(|| Self::from_number(i64::from(date.to_epoch_days())))
    }
}

impl fmt::Display for StudyDay {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        write!(out, "{year:04}-{month:02}-{day:02}")
    }
}

impl FromStr for StudyDay {
    type Err = DayError;

    fn from_str(text: &str) -> Result<Self, DayError> {
        let wrong = || DayError(text.to_owned());
        let date = NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").map_err(|_| wrong())?;
        Self::from_ymd(date.year(), date.month(), date.day()).ok_or_else(wrong)
    }
}

/// An instant with the local offset that held there: milliseconds of UTC and seconds east of UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    utc_millis: i64,
    offset_seconds: i32,
}

impl Moment {
    /// The instant `utc_millis` after 1970-01-01T00:00Z, at `offset_seconds` east of UTC (cut to ± one day).
    #[must_use]
    pub fn new(utc_millis: i64, offset_seconds: i32) -> Self {
        let offset_seconds = offset_seconds.clamp(1 - WIDEST_OFFSET, WIDEST_OFFSET - 1);
        Self { utc_millis, offset_seconds }
    }

    /// Milliseconds since 1970-01-01T00:00Z.
    #[must_use]
    pub fn utc_millis(self) -> i64 {
        self.utc_millis
    }

    /// Seconds east of UTC.
    #[must_use]
    pub fn offset_seconds(self) -> i32 {
        self.offset_seconds
    }

    /// The study day on which the instant falls: the local date, 04:00 being its start.
    #[must_use]
    pub fn study_day(self) -> StudyDay {
        let local = self.utc_millis.div_euclid(1_000).saturating_add(i64::from(self.offset_seconds));
        StudyDay::from_number(
            (local.saturating_sub(ROLLOVER_HOUR * SECONDS_A_HOUR)).div_euclid(SECONDS_A_DAY),
        )
    }
}

impl fmt::Display for Moment {
    /// RFC 3339 with milliseconds and the offset.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let utc = DateTime::<Utc>::from_timestamp_millis(self.utc_millis).unwrap_or_default();
        let offset = FixedOffset::east_opt(self.offset_seconds).or(FixedOffset::east_opt(0));
        match offset.and_then(|offset| utc.naive_utc().checked_add_offset(offset).map(|_| offset)) {
            Some(offset) => {
                write!(out, "{}", utc.with_timezone(&offset).to_rfc3339_opts(SecondsFormat::Millis, true))
            }
            None => write!(out, "{}", utc.to_rfc3339_opts(SecondsFormat::Millis, true)),
        }
    }
}

impl FromStr for Moment {
    type Err = DayError;

    fn from_str(text: &str) -> Result<Self, DayError> {
        let parsed = DateTime::parse_from_rfc3339(text.trim()).map_err(|_| DayError(text.to_owned()))?;
        Ok(Self::new(parsed.timestamp_millis(), parsed.offset().local_minus_utc()))
    }
}

#[cfg(test)]
mod tests {
    use super::{Moment, StudyDay};

    #[test]
    fn study_day_starts_at_four() {
        let before: Moment = "2026-11-23T03:59:59+01:00".parse().unwrap();
        let after: Moment = "2026-11-23T04:00:00+01:00".parse().unwrap();
        assert_eq!(before.study_day().to_string(), "2026-11-22");
        assert_eq!(after.study_day().to_string(), "2026-11-23");
    }

    #[test]
    fn days_saturate_at_both_ends() {
        assert_eq!(StudyDay::LAST.plus(u32::MAX), StudyDay::LAST);
        assert_eq!(StudyDay::FIRST.minus(u32::MAX), StudyDay::FIRST);
        assert_eq!(StudyDay::LAST.to_string(), "9999-12-31");
        assert_eq!(StudyDay::FIRST.to_string(), "0000-01-01");
        assert_eq!(StudyDay::FIRST.since(StudyDay::LAST), 0);
    }

    #[test]
    fn odd_moments_do_not_panic() {
        for millis in [i64::MIN, i64::MAX, 0, -1] {
            let moment = Moment::new(millis, i32::MAX);
            let _ = (moment.to_string(), moment.study_day().to_string());
        }
    }

    #[test]
    fn texts_are_read_back() {
        for text in ["2026-11-22T09:30:00.000Z", "2026-11-22T09:30:00.250+05:30"] {
            assert_eq!(text.parse::<Moment>().unwrap().to_string(), text);
        }
        assert!("2026-02-30".parse::<StudyDay>().is_err());
        assert!("22.11.2026".parse::<StudyDay>().is_err());
        let today = StudyDay::from_number(100);
        assert_eq!(StudyDay::named(" +30", today), Ok(StudyDay::from_number(130)));
        assert_eq!(StudyDay::named("+0", today), Ok(today));
        for text in ["+", "++3", "+-3", "30", "+4294967296"] {
            assert!(StudyDay::named(text, today).is_err(), "{text}");
        }
    }
}
