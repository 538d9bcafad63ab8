//! What commands need to look to a day: which day it is, and why none can be had.

use super::library::Library;
use super::{CommandError, Context};
use crate::domain::day::StudyDay;
use crate::domain::interview::{self, Focus, Interview, MOST_DAYS_AHEAD};
use crate::domain::mastery;
use crate::domain::plan::{Course, Plan, Terms};
use crate::domain::queue::States;
use crate::settings::Origin;
use crate::store::Store;

/// Most minutes a day: all of it.
const MOST_MINUTES: u32 = 1_440;

/// Why there is no plan for a day.
#[derive(Debug, thiserror::Error)]
pub enum PlanningError {
    /// No interview, or several, are meant.
    #[error("{}", which(named.as_deref(), standing))]
    WhichInterview {
        /// What was asked for.
        named: Option<String>,
        /// Names and days of those that stand.
        standing: Vec<(String, StudyDay)>,
    },
    /// A day lies beyond any plan.
    #[error("{on} is {} days away; a plan looks at most {MOST_DAYS_AHEAD} ahead", on.since(*today))]
    TooFar {
        /// That day.
        on: StudyDay,
        /// Today.
        today: StudyDay,
    },
    /// Minutes that are none, or more than a day has.
    #[error("`{flag} {minutes}` leaves no time to study: 1 to {MOST_MINUTES} minutes a day are possible")]
    Minutes {
        /// The option.
        flag: &'static str,
        /// What was given.
        minutes: u32,
    },
    /// The focus has no card.
    #[error("no card is written for {0}: there is nothing to plan")]
    NoCards(String),
}

fn which(named: Option<&str>, standing: &[(String, StudyDay)]) -> String {
    match named {
        Some(named) => format!("no interview is called `{named}`, and none is on that day"),
        None => format!("{} interviews are set", standing.len()),
    }
}

impl PlanningError {
    /// The next step.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::WhichInterview { standing, .. } if standing.is_empty() => {
                "none is set; `mindrill interview set +30` sets one in 30 days".to_owned()
            }
            Self::WhichInterview { standing, .. } => {
                let said = |(name, on): &(String, StudyDay)| {
                    let name = if name.is_empty() { on.to_string() } else { name.clone() };
                    format!("`mindrill interview clear {}`", shell_words::quote(&name))
                };
                let commands: Vec<String> = standing.iter().map(said).collect();
                format!("say which: {}, or `mindrill interview clear --all`", commands.join(", "))
            }
            Self::TooFar { .. } => "give an earlier day: a date, or `+30`".to_owned(),
            Self::Minutes { flag, .. } => format!("give a number such as `{flag} 20`"),
            Self::NoCards(_) => {
                "`mindrill new --missing` lists the leaves without a deck; `mindrill interview list` shows the focus"
                    .to_owned()
            }
        }
    }
}

/// The day that a text means, today or later, near enough to plan for.
pub(super) fn day_ahead(text: &str, today: StudyDay) -> Result<StudyDay, CommandError> {
    let on = not_past(text, today)?;
    if on.since(today) > MOST_DAYS_AHEAD {
        return Err(PlanningError::TooFar { on, today }.into());
    }
    Ok(on)
}

/// The day that a text means, today or later.
fn not_past(text: &str, today: StudyDay) -> Result<StudyDay, CommandError> {
    let day = StudyDay::named(text, today)?;
    if day < today {
        return Err(CommandError::Past { day: day.to_string(), today: today.to_string() });
    }
    Ok(day)
}

/// Minutes a day as an option gave them.
pub(super) fn minutes_of(minutes: Option<u32>, flag: &'static str) -> Result<Option<u32>, PlanningError> {
    match minutes {
        Some(minutes) if !(1..=MOST_MINUTES).contains(&minutes) => {
            Err(PlanningError::Minutes { flag, minutes })
        }
        said => Ok(said),
    }
}

impl Context<'_> {
    /// The day reports are about: the next interview's, else 30 days from today.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn horizon(&self, store: &Store) -> Result<StudyDay, CommandError> {
        let (interviews, today) = (store.interviews()?, self.today());
        let next = interview::next(&interviews, today).map(|next| next.on);
        Ok(next.unwrap_or_else(|| today.plus(mastery::DEFAULT_HORIZON_DAYS)))
    }

    /// The day to plan for: `on`, near enough to plan for; without it that of [`Self::horizon`].
    ///
    /// # Errors
    /// The day has passed or is too far ahead; the store cannot be read.
    pub(super) fn planned_day(&self, on: Option<&str>, store: &Store) -> Result<StudyDay, CommandError> {
        on.map_or_else(|| self.horizon(store), |text| day_ahead(text, self.today()))
    }

    /// The interview on a day; without one, what stands for it: everything, from today on.
    ///
    /// # Errors
    /// The store cannot be read.
    pub(super) fn interview_on(&self, on: StudyDay, store: &Store) -> Result<Interview, CommandError> {
        let found = store.interviews()?.into_iter().find(|interview| interview.on == on);
        let (name, since, focus) = (String::new(), self.today(), Vec::new());
        Ok(found.unwrap_or(Interview { on, name, since, focus, minutes: None }))
    }

    /// What a plan for an interview is made for, and the interview's focus.
    ///
    /// # Errors
    /// The store cannot be read.
    pub(super) fn terms(
        &self,
        library: &Library,
        store: &Store,
        interview: &Interview,
    ) -> Result<(Terms, Focus), CommandError> {
        let focus = interview.focus_on(library.collection.map());
        let new_per_day = &self.settings.new_per_day;
        let most_new = (new_per_day.origin != Origin::Default).then_some(new_per_day.value);
        let terms = Terms {
            course: Course { since: interview.since.min(self.today()), on: interview.on },
            focus: focus.nodes.clone(),
            minutes: interview.minutes,
            most_new: most_new.and_then(|most| usize::try_from(most).ok()),
            paces: library.paces(store)?,
            rules: store.rules()?,
        };
        Ok((terms, focus))
    }

    /// The plan for the next interview; `None` where none is set.
    ///
    /// # Errors
    /// The store cannot be read.
    pub(super) fn plan(
        &self,
        library: &Library,
        store: &Store,
        states: &States,
    ) -> Result<Option<Plan>, CommandError> {
        let (interviews, today) = (store.interviews()?, self.today());
        let Some(next) = interview::next(&interviews, today) else { return Ok(None) };
        let (terms, _) = self.terms(library, store, next)?;
        Ok(Some(Plan::of(&library.collection, states, &terms, today)))
    }

    /// As [`Self::horizon`], unless `--on` names a day.
    ///
    /// # Errors
    /// As [`Self::horizon`]; the text is no day, or one before today.
    pub(super) fn horizon_on(&self, on: Option<&str>, store: &Store) -> Result<StudyDay, CommandError> {
        match on {
            Some(text) => not_past(text, self.today()),
            None => self.horizon(store),
        }
    }
}
