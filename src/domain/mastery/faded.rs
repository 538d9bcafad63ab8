//! What faded since the learner last studied: leaves whose recall fell by time alone, and the cards behind it.
//!
//! It does not know how it is told.

use super::card::{MASTERED_RECALL, recall};
use super::leaf::Member;
use crate::domain::day::StudyDay;
use crate::domain::skill_map::NodeIndex;

/// Least fall of a leaf's recall that is told: a percentage point, the least that a report shows.
pub const LEAST_FALL: f64 = 0.01;

/// A leaf that faded.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Faded {
    /// The leaf.
    pub node: NodeIndex,
    /// Its recall as it was, 0..1.
    pub before: f64,
    /// Its recall now, 0..1.
    pub now: f64,
    /// Cards that were at [`MASTERED_RECALL`] or above then, and are under it now.
    pub fell: usize,
    /// The day of the newest answer to one of those cards; where none fell, of all that lost recall.
    pub last_seen: StudyDay,
    /// Whether any card of the leaf that lost recall is due.
    pub is_due: bool,
}

/// How a leaf faded from `since` to `today`, the horizon as far ahead on both days (`distance` days).
///
/// A card that was answered after `since` counts as it is now on both days: what an answer gave or took is no fading.
/// `None` where recall fell by less than [`LEAST_FALL`].
pub(super) fn of_leaf(
    node: NodeIndex,
    members: &[Member<'_>],
    since: StudyDay,
    today: StudyDay,
    distance: u32,
) -> Option<Faded> {
    let (then, ahead) = (since.plus(distance), today.plus(distance));
    let (mut before, mut now) = (0.0, 0.0);
    let mut seen: [Option<StudyDay>; 2] = [None, None];
    let (mut fell, mut is_due) = (0, false);
    for member in members {
        let recalled = recall(&member.state, ahead);
        now += recalled;
        let Some(memory) = member.state.memory.filter(|memory| memory.last <= since) else {
            before += recalled;
            continue;
        };
        let was = recall(&member.state, then);
        before += was;
        is_due |= member.state.schedule.is_due(today);
        let crossed = was >= MASTERED_RECALL && recalled < MASTERED_RECALL;
        fell += usize::from(crossed);
        let [those_fallen, all] = &mut seen;
        *all = (*all).max(Some(memory.last));
        if crossed {
            *those_fallen = (*those_fallen).max(Some(memory.last));
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "a count of cards is exact in f64 up to 2^53")]
    let count = members.len().max(1) as f64;
    let (before, now) = (before / count, now / count);
    let last_seen = seen.into_iter().flatten().next()?;
    (before - now >= LEAST_FALL).then_some(Faded { node, before, now, fell, last_seen, is_due })
}
