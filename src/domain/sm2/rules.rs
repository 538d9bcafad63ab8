//! The learner's choices that bear on the schedule, and their meaning for one card.
//!
//! It does not know where they are set. Whoever changes them replays the log, so that the
//! schedules and the rules agree.

use crate::domain::card::CardId;
use crate::domain::grade::Grade;
use crate::domain::model::Model;
use crate::domain::retention::Retention;

/// The shortest interval whose due day may be shifted, in days: before it a day more or less is a
/// large part of the interval.
const FUZZ_FROM: u32 = 7;
/// A due day is shifted by at most the interval divided by this: 10 %.
const FUZZ_PART: u32 = 10;

/// Whether due days may be shifted a little.
///
/// Many cards begun on one day with the same grades would all come back on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Fuzz {
    /// Due is the last counted day plus the interval, exactly.
    #[default]
    Off,
    /// From 7 days on, due alone (never the interval) moves by up to 10 % either way, by a hash of
    /// the card and its number of reviews: the same at each replay, on every machine.
    Spread,
}

/// Which answers ask for the card once more on the same day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Repeat {
    /// Fails only.
    #[default]
    Fails,
    /// Every grade below 4, as step 7 of the text says; measured, that costs 28 % more minutes and
    /// lowers recall.
    BelowGood,
}

impl Repeat {
    /// Whether an answer of that grade asks for the card once more on the same day.
    #[must_use]
    pub fn includes(self, grade: Grade) -> bool {
        match self {
            Self::Fails => !grade.is_pass(),
            Self::BelowGood => grade < Grade::GOOD,
        }
    }
}

/// What sets the day on which a card is due again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Scheduler {
    /// SM-2: the interval grows by the ease.
    #[default]
    Sm2,
    /// FSRS: a passed card is due when its recall falls to the retention. Repetitions and ease are counted as
    /// SM-2 counts them, and a failed card is due tomorrow as well.
    Fsrs(Retention),
}

impl Scheduler {
    /// Its name in settings, reports and the store.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Sm2 => "sm2",
            Self::Fsrs(_) => "fsrs",
        }
    }

    /// The other one; FSRS with the default retention.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Sm2 => Self::Fsrs(Retention::DEFAULT),
            Self::Fsrs(_) => Self::Sm2,
        }
    }
}

/// The rules of the schedule, for all cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Rules {
    /// Whether due days may be shifted a little.
    pub fuzz: Fuzz,
    /// Which answers ask for the card once more on the same day.
    pub repeat: Repeat,
    /// What sets the day on which a card is due again.
    pub scheduler: Scheduler,
    /// The memory model: the store's, whatever the settings say.
    pub model: Model,
}

/// The rules of the schedule, for one card; the default is the plain rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct CardRules {
    /// The card's stable hash where due days are spread.
    seed: Option<u64>,
    repeat: Repeat,
    scheduler: Scheduler,
    model: Model,
}

impl Rules {
    /// What these rules mean for `card`.
    #[must_use]
    pub fn of(self, card: &CardId) -> CardRules {
        let seed = match self.fuzz {
            Fuzz::Off => None,
            Fuzz::Spread => Some(card_hash(card)),
        };
        CardRules { seed, repeat: self.repeat, scheduler: self.scheduler, model: self.model }
    }
}

impl CardRules {
    /// Whether an answer of that grade asks for the card once more on the same day.
    #[must_use]
    pub fn repeats(self, grade: Grade) -> bool {
        self.repeat.includes(grade)
    }

    /// The model by which a new card's memory is made.
    #[must_use]
    pub fn model(self) -> Model {
        self.model
    }

    /// What sets the day on which the card is due again.
    #[must_use]
    pub fn scheduler(self) -> Scheduler {
        self.scheduler
    }

    /// Days until the card is due: `interval`, shifted by up to 10 % where due days are spread.
    pub(super) fn spread(self, interval: u32, reviews: u32) -> u32 {
        let reach = if interval < FUZZ_FROM { 0 } else { interval / FUZZ_PART };
        let Some(seed) = self.seed else {
            return interval;
        };
        let choices = u64::from(reach) * 2 + 1;
        let step = mixed(seed.wrapping_add(u64::from(reviews))) % choices;
        (interval - reach).saturating_add(u32::try_from(step).unwrap_or(reach))
    }
}

/// FNV-1a, 64 bits, over `deck/card`: stable across versions and machines, unlike the standard hasher.
///
/// Source: Fowler, Noll, Vo; offset basis and prime of RFC 9923.
fn card_hash(card: &CardId) -> u64 {
    const OFFSET_BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let bytes = card.deck.0.bytes().chain([b'/']).chain(card.card.bytes());
    bytes.fold(OFFSET_BASIS, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME))
}

/// The output function of `SplitMix64`, so that neighbouring seeds give unrelated shifts.
///
/// Source: Steele, Lea, Flood 2014, "Fast splittable pseudorandom number generators".
fn mixed(seed: u64) -> u64 {
    let seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let seed = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let seed = (seed ^ (seed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    seed ^ (seed >> 31)
}

#[cfg(test)]
mod tests {
    use super::{CardRules, Fuzz, Repeat, Rules, card_hash, mixed};
    use crate::domain::grade::Grade;

    #[test]
    fn hashes_are_the_published_ones() {
        // FNV-1a 64 of "foo/bar" by the definition; SplitMix64's first outputs for the seed 0 and 1234567.
        let card = "foo/bar".parse().unwrap();
        assert_eq!(card_hash(&card), fnv_by_definition("foo/bar"));
        assert_eq!(mixed(0), 0xe220_a839_7b1d_cdaf);
        assert_eq!(mixed(1_234_567), 6_457_827_717_110_365_317);
    }

    fn fnv_by_definition(text: &str) -> u64 {
        let mut hash: u128 = 14_695_981_039_346_656_037;
        for byte in text.bytes() {
            hash = ((hash ^ u128::from(byte)) * 1_099_511_628_211) % (1 << 64);
        }
        u64::try_from(hash).unwrap()
    }

    #[test]
    fn a_shift_is_at_most_a_tenth_and_the_same_each_time() {
        let rules = Rules { fuzz: Fuzz::Spread, ..Rules::default() };
        for (interval, reach) in [(1, 0), (6, 0), (9, 0), (10, 1), (15, 1), (38, 3), (36_500, 3_650)] {
            let mut seen = Vec::new();
            for reviews in 0..50 {
                let card = rules.of(&"deck/card".parse().unwrap());
                let days = card.spread(interval, reviews);
                assert!(days.abs_diff(interval) <= reach, "{interval} became {days}");
                assert_eq!(days, card.spread(interval, reviews));
                seen.push(days);
            }
            seen.sort_unstable();
            seen.dedup();
            assert_eq!(seen.len() > 1, reach > 0, "interval {interval}");
        }
    }

    #[test]
    fn no_fuzz_is_the_plain_rule() {
        let card = Rules::default().of(&"deck/card".parse().unwrap());
        assert!((1..=36_500).all(|interval| card.spread(interval, interval) == interval));
    }

    #[test]
    fn fails_come_back_and_hard_ones_by_setting() {
        let text = CardRules { repeat: Repeat::BelowGood, ..CardRules::default() };
        for (grade, by_default, by_text) in
            [(Grade::NEARLY, true, true), (Grade::HARD, false, true), (Grade::GOOD, false, false)]
        {
            assert_eq!(CardRules::default().repeats(grade), by_default);
            assert_eq!(text.repeats(grade), by_text);
        }
    }
}
