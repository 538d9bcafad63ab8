//! What faded since the learner last studied: for `mindrill` alone and the end of a sitting.

use super::library::Library;
use crate::domain::day::StudyDay;
use crate::domain::mastery::Outlook;
use crate::domain::skill_map::SkillMap;
use crate::report::faded::{Fading, Leaf};

/// The leaves that faded since the newest of `days` before today; none where there is no such day.
pub(super) fn fading<'d>(
    library: &Library,
    outlook: &Outlook<'_>,
    days: impl IntoIterator<Item = &'d StudyDay>,
    today: StudyDay,
) -> Option<Fading> {
    let since = days.into_iter().filter(|day| **day < today).max().copied()?;
    let map: &SkillMap = library.collection.map();
    let leaf = |faded: crate::domain::mastery::Faded| {
        let node = map.node(faded.node);
        let name = map.name_of(faded.node).to_owned();
        Leaf { faded, key: node.key.0.clone(), name, label: node.label.clone() }
    };
    let leaves: Vec<Leaf> = outlook.faded_since(since).into_iter().map(leaf).collect();
    (!leaves.is_empty()).then_some(Fading { since, today, leaves })
}
