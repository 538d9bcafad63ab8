//! Interviews: the days for which the learner studies, and what is asked on them.
//!
//! It does not know how they are kept, nor what is studied until then (`plan`).

use super::day::StudyDay;
use super::skill_map::{NodeIndex, NodeKey, SkillMap};

/// Longest name, in characters; the store refuses longer ones.
pub const LONGEST_NAME: usize = 200;
/// How many days ahead an interview may lie: a plan looks no further, and no job is so far off.
pub const MOST_DAYS_AHEAD: u32 = 730;

/// One interview.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Interview {
    /// The day it takes place.
    pub on: StudyDay,
    /// What the learner calls it; may be empty.
    pub name: String,
    /// The day from which the learner studies for it: when it was set.
    pub since: StudyDay,
    /// The keys of the nodes it is about; everything when empty.
    pub focus: Vec<NodeKey>,
    /// Minutes a day that there are, 1 to 1,440; `None` where nothing was said.
    pub minutes: Option<u32>,
}

/// The nodes an interview is about, on the map as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Focus {
    /// Those that are on the map; everything when empty.
    pub nodes: Vec<NodeIndex>,
    /// The keys of those that are not any more.
    pub gone: Vec<NodeKey>,
}

impl Interview {
    /// What it is about, on `map`.
    #[must_use]
    pub fn focus_on(&self, map: &SkillMap) -> Focus {
        let mut focus = Focus::default();
        for key in &self.focus {
            match map.indices().find(|&node| map.node(node).key == *key) {
                Some(node) => focus.nodes.push(node),
                None => focus.gone.push(key.clone()),
            }
        }
        focus
    }

    /// A name as it is kept: blanks and line feeds put together, cut to [`LONGEST_NAME`].
    #[must_use]
    pub fn name_of(text: &str) -> String {
        let words: Vec<&str> = text.split_whitespace().collect();
        words.join(" ").chars().take(LONGEST_NAME).collect()
    }
}

/// The next interview, today's included: the soonest, ties by name.
#[must_use]
pub fn next(interviews: &[Interview], today: StudyDay) -> Option<&Interview> {
    interviews.iter().filter(|interview| interview.on >= today).min()
}

#[cfg(test)]
mod tests {
    use super::{Interview, next};
    use crate::domain::day::StudyDay;

    fn interview(on: i64, name: &str) -> Interview {
        let (on, since) = (StudyDay::from_number(on), StudyDay::from_number(0));
        Interview { on, name: name.to_owned(), since, focus: Vec::new(), minutes: None }
    }

    #[test]
    fn the_next_interview_is_the_soonest_that_has_not_been() {
        let all = [interview(9, "a"), interview(20, "c"), interview(20, "b"), interview(30, "d")];
        let name = |day| next(&all, StudyDay::from_number(day)).map(|next| next.name.as_str());
        assert_eq!([name(9), name(10), name(20), name(31)], [Some("a"), Some("b"), Some("b"), None]);
    }

    #[test]
    fn a_name_is_one_line() {
        assert_eq!(Interview::name_of("  Acme\n onsite "), "Acme onsite");
        assert_eq!(Interview::name_of(&"x".repeat(300)).len(), 200);
    }
}
