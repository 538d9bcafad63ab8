//! Why points are lost: a diagnosis by cause, leaf by leaf, ranked by what a minute of mending gives back.
//!
//! A *point* is one percentage point of the recall that `mastery` reports for a node on a day. Each card that falls
//! short has one cause, so points add up; see [`Diagnosis`]. It does not know how answers are kept, how an entry is
//! told, nor which command mends it.

mod cause;
mod confusion;
mod signs;

pub use cause::Cause;
pub use confusion::{AcceptedTexts, MixUp};
pub use signs::{Answers, Sign, Signs};

use std::collections::BTreeMap;

use super::card::CardId;
use super::day::StudyDay;
use super::mastery::{self, CardFigures, LEAST_CARDS, LeafReasons, MASTERED_RECALL, Outlook, Stage};
use super::queue::States;
use super::skill_map::{NodeIndex, SkillMap};

const MS_A_MINUTE: f64 = 60_000.0;
/// The least time that an entry can take, in minutes: a ratio to it must stay finite.
const LEAST_MINUTES: f64 = 0.1;
/// Fewer points than this are not worth a line.
const LEAST_POINTS: f64 = 0.005;
const PERCENT: f64 = 100.0;

/// A card with its part in an entry.
#[derive(Debug, Clone, PartialEq)]
pub struct WeakCard {
    /// The card.
    pub id: CardId,
    /// Its recall on the day, 0..1.
    pub recall: f64,
    /// The points lost through it; 0 for a card that only comes along, being what another is mixed up with.
    pub points: f64,
    /// What shows the cause, where it is more than the recall.
    pub sign: Option<Sign>,
}

/// What one leaf loses through one cause.
#[derive(Debug, Clone, PartialEq)]
pub struct Weakness {
    /// The cause.
    pub cause: Cause,
    /// The leaf.
    pub node: NodeIndex,
    /// Its cards in the order of a drill: most points first, and right behind it what a card is mixed up with.
    pub cards: Vec<WeakCard>,
    /// Points of the asked node's recall that are lost.
    pub points: f64,
    /// Minutes that mend it.
    pub minutes: f64,
    /// Cards that are to be written.
    pub unwritten: usize,
}

impl Weakness {
    /// Points that a minute gives back: by this entries are ranked. Importance is in the points: a leaf that weighs
    /// twice as much in the node's recall loses twice as many.
    #[must_use]
    pub fn worth(&self) -> f64 {
        self.points / self.minutes
    }
}

/// What a node loses, and why.
///
/// With `recall` in points: `100 = recall + lasting + resting + Σ points` of all entries but those of thin leaves under
/// [`Cause::NotWritten`]; these are points that the recall claims and few cards do not vouch for.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnosis {
    /// The node asked about.
    pub node: NodeIndex,
    /// Its recall on the day, 0..1.
    pub recall: f64,
    /// Points lost through cards above the line, which the schedule keeps.
    pub lasting: f64,
    /// Points lost through cards under the line that were passed today: they are asked again another day.
    pub resting: f64,
    /// Cards that were ever answered.
    pub met: usize,
    /// What can be mended, the best worth first.
    pub entries: Vec<Weakness>,
}

/// What a diagnosis is made from.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// The map.
    pub map: &'a SkillMap,
    /// What is known, and the day it is asked about.
    pub outlook: &'a Outlook<'a>,
    /// Where every card stands.
    pub states: &'a States,
    /// What the answers show beyond that; cards without a sign may be left out.
    pub signs: &'a BTreeMap<CardId, Signs>,
    /// Today.
    pub today: StudyDay,
    /// Milliseconds that one asking takes this learner.
    pub ms_an_asking: u64,
}

impl Case<'_> {
    /// What `node` loses, and why.
    #[must_use]
    pub fn diagnose(&self, node: NodeIndex) -> Diagnosis {
        let mut found = Found::default();
        let leaves: Vec<NodeIndex> = self.map.leaves_below(node).collect();
        let weight = |leaf: NodeIndex| mastery::weight(self.map.node(leaf).importance);
        let whole: f64 = leaves.iter().map(|&leaf| weight(leaf)).sum();
        for leaf in leaves {
            if let Some(reasons) = self.outlook.leaf(leaf) {
                self.examine(&mut found, leaf, weight(leaf) / whole * PERCENT, &reasons);
            }
        }
        let mut entries: Vec<Weakness> = found.entries.into_values().collect();
        for entry in &mut entries {
            self.finish(entry);
        }
        entries.retain(|entry| entry.points >= LEAST_POINTS);
        entries.sort_by(|a, b| {
            b.worth().total_cmp(&a.worth()).then(a.node.cmp(&b.node)).then(a.cause.cmp(&b.cause))
        });
        Diagnosis {
            node,
            recall: found.recalled / PERCENT,
            lasting: found.lasting,
            resting: found.resting,
            met: found.met,
            entries,
        }
    }

    /// Takes a leaf in that weighs `share` points of the node.
    fn examine(&self, found: &mut Found, leaf: NodeIndex, share: f64, reasons: &LeafReasons) {
        let count = reasons.cards.len();
        let points = share / float(count.max(1));
        let recalled: f64 = reasons.cards.iter().map(|card| points * card.recall).sum();
        found.recalled += recalled;
        if count < LEAST_CARDS {
            // No card: the whole leaf. A few: the part of its recall for which too few cards stand.
            let missing = LEAST_CARDS - count;
            let lost = if count == 0 { share } else { recalled * float(missing) / float(LEAST_CARDS) };
            let entry = found.entry(Cause::NotWritten, leaf);
            (entry.points, entry.unwritten) = (lost, missing);
        }
        for card in &reasons.cards {
            found.met += usize::from(card.stage != Stage::New);
            self.place(found, leaf, card, points * (1.0 - card.recall));
        }
    }

    /// Puts a card that loses so many points under its cause.
    fn place(&self, found: &mut Found, leaf: NodeIndex, card: &CardFigures, points: f64) {
        let signs = self.signs.get(&card.card);
        let (cause, sign) = match (signs, card.stage) {
            (Some(Signs { bad: Some(reason), .. }), _) => (Cause::BadCard, Some(Sign::Bad(reason.clone()))),
            (_, Stage::New) => (Cause::NeverMet, None),
            (Some(Signs { sure_fails: times @ 1.., .. }), _) => {
                (Cause::Overconfident, Some(Sign::Sure(*times)))
            }
            (Some(Signs { mix_up: Some(mix_up), .. }), _) => {
                (Cause::Confusable, Some(Sign::MixedUp(mix_up.clone())))
            }
            (Some(Signs { slow: Some(slow), .. }), _) => (Cause::Slow, Some(Sign::Slow(*slow))),
            _ if card.recall >= MASTERED_RECALL => {
                found.lasting += points;
                return;
            }
            _ if self.is_done_today(&card.card) => {
                found.resting += points;
                return;
            }
            _ => (Cause::Forgotten, None),
        };
        let weak = WeakCard { id: card.card.clone(), recall: card.recall, points, sign };
        let entry = found.entry(cause, leaf);
        entry.points += points;
        entry.cards.push(weak);
    }

    /// Whether a card was asked under the schedule today and does not wait to be asked again.
    #[must_use]
    pub fn is_done_today(&self, card: &CardId) -> bool {
        let schedule = self.states.get(card).and_then(|state| state.schedule.schedule());
        schedule.is_some_and(|schedule| schedule.last == self.today && !schedule.drill)
    }

    /// Puts the cards in order, what they are mixed up with beside them, and counts the minutes.
    fn finish(&self, entry: &mut Weakness) {
        entry.cards.sort_by(|a, b| b.points.total_cmp(&a.points).then_with(|| a.id.cmp(&b.id)));
        let mut paired: Vec<WeakCard> = Vec::new();
        for card in std::mem::take(&mut entry.cards) {
            let other = match &card.sign {
                Some(Sign::MixedUp(MixUp::Card { other, .. })) => self.outlook.card(other),
                _ => None,
            };
            match paired.iter_mut().find(|there| there.id == card.id) {
                Some(there) => *there = card,
                None => paired.push(card),
            }
            if let Some(other) = other.filter(|other| paired.iter().all(|there| there.id != other.card)) {
                let (id, recall) = (other.card, other.recall);
                paired.push(WeakCard { id, recall, points: 0.0, sign: None });
            }
        }
        entry.cards = paired;
        #[expect(clippy::cast_precision_loss, reason = "an asking takes far less than 2^53 ms")]
        let asking = self.ms_an_asking as f64 / MS_A_MINUTE;
        let minutes = float(entry.cards.len() + entry.unwritten) * entry.cause.minutes_a_card(asking);
        entry.minutes = minutes.max(LEAST_MINUTES);
    }
}

/// What has been found so far.
#[derive(Default)]
struct Found {
    entries: BTreeMap<(NodeIndex, Cause), Weakness>,
    recalled: f64,
    lasting: f64,
    resting: f64,
    met: usize,
}

impl Found {
    fn entry(&mut self, cause: Cause, node: NodeIndex) -> &mut Weakness {
        let (cards, points, minutes, unwritten) = (Vec::new(), 0.0, 0.0, 0);
        let new = || Weakness { cause, node, cards, points, minutes, unwritten };
        self.entries.entry((node, cause)).or_insert_with(new)
    }
}

#[expect(clippy::cast_precision_loss, reason = "a count of cards is exact in f64 up to 2^53")]
fn float(number: usize) -> f64 {
    number as f64
}
