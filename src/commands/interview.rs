//! `interview`: the day for which the learner studies.

use clap::{Args, Subcommand};

use super::library::Library;
use super::planning::{PlanningError, day_ahead, minutes_of};
use super::{CommandError, Context, complete};
use crate::domain::day::StudyDay;
use crate::domain::interview::Interview;
use crate::report::interview::{self, Listed};
use crate::report::page::{Page, Style};
use crate::report::steps;

/// The day of an interview: every report looks to it, the sitting prepares for it
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mindrill interview set 2027-01-31 --name Acme\n  mindrill interview set +14 --focus databases networking --minutes-a-day 20\n  mindrill interview                    which are set\n  mindrill interview clear Acme\n\nSeveral may stand; the next one gives reports, plan and sittings their day."
)]
pub struct InterviewArgs {
    #[command(subcommand)]
    command: Option<InterviewCommand>,
}

#[derive(Debug, Subcommand)]
enum InterviewCommand {
    /// Set an interview; one of the same day and name is replaced
    #[command(
        after_help = "Examples:\n  mindrill interview set 2027-01-31 --name Acme\n  mindrill interview set +14 --focus databases networking --minutes-a-day 20"
    )]
    Set {
        /// The day: a date, or so many days ahead (`+30`)
        #[arg(value_name = "DATE")]
        on: String,
        /// What you call it
        #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
        name: String,
        /// What it is about; else the whole map. New cards and the final sweep keep to it
        #[arg(long, value_name = "NODE", num_args = 1.., add = complete::nodes())]
        focus: Vec<String>,
        /// Minutes a day that you have
        #[arg(long, value_name = "M")]
        minutes_a_day: Option<u32>,
    },
    /// Which interviews are set
    #[command(
        after_help = "Examples:\n  mindrill interview list\n  mindrill interview list --json | jq -r '.[0].on'"
    )]
    List,
    /// Drop an interview, or all of them
    #[command(
        after_help = "Examples:\n  mindrill interview clear            the only one\n  mindrill interview clear Acme\n  mindrill interview clear 2027-01-31\n  mindrill interview clear --all"
    )]
    Clear {
        /// Its name or its day; not needed where only one is set
        #[arg(value_name = "NAME|DATE")]
        which: Option<String>,
        /// All of them
        #[arg(long, conflicts_with = "which")]
        all: bool,
    },
}

pub(super) fn run(args: &InterviewArgs, context: &mut Context<'_>) -> Result<(), CommandError> {
    match &args.command {
        None | Some(InterviewCommand::List) => list(context),
        Some(InterviewCommand::Set { on, name, focus, minutes_a_day }) => {
            let library = context.library()?;
            let interview = said(context, &library, (on, name), focus, *minutes_a_day)?;
            set(context, &library, interview)
        }
        Some(InterviewCommand::Clear { which, all }) => clear(context, which.as_deref(), *all),
    }
}

fn list(context: &mut Context<'_>) -> Result<(), CommandError> {
    let library = context.library()?;
    let interviews = context.readable_store()?.interviews()?;
    let list: Vec<Listed<'_>> = interviews.iter().map(|interview| listed(&library, interview)).collect();
    let today = context.today();
    if context.json {
        return context.show_line(&interview::json(&list, today));
    }
    let mut page = interview::page(&list, today);
    if list.is_empty() {
        page.append(steps::page(&[("mindrill interview set +30".to_owned(), "sets one in 30 days")]));
    }
    context.show_page(&page)
}

/// An interview with the labels of its focus.
fn listed<'a>(library: &Library, interview: &'a Interview) -> Listed<'a> {
    let map = library.collection.map();
    let focus = interview.focus_on(map);
    Listed {
        interview,
        focus: focus.nodes.iter().map(|&node| map.node(node).label.clone()).collect(),
        gone: focus.gone.into_iter().map(|key| key.0).collect(),
    }
}

/// The interview that was described.
fn said(
    context: &Context<'_>,
    library: &Library,
    (on, name): (&str, &str),
    focus: &[String],
    minutes: Option<u32>,
) -> Result<Interview, CommandError> {
    let (since, map) = (context.today(), library.collection.map());
    let on = day_ahead(on, since)?;
    let mut keys = Vec::new();
    for name in focus {
        let key = map.node(library.node(name)?).key.clone();
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    let (name, minutes) = (Interview::name_of(name), minutes_of(minutes, "--minutes-a-day")?);
    Ok(Interview { on, name, since, focus: keys, minutes })
}

fn set(context: &mut Context<'_>, library: &Library, mut interview: Interview) -> Result<(), CommandError> {
    let (today, mut store) = (context.today(), context.store()?);
    let same = |other: &&Interview| (other.on, &other.name) == (interview.on, &interview.name);
    let before = store.interviews()?.iter().find(same).map(|other| other.since);
    // What is set again has been studied for since it was set first.
    interview.since = before.map_or(today, |since| since.min(today));
    let replaced = store.set_interview(&interview)?;
    store.checkpoint()?;
    if context.json {
        let mut object = interview::object(&interview, today);
        object["replaced"] = replaced.into();
        return context.show_line(&object.to_string());
    }
    let done = if replaced { "Set anew; it replaces the one of that day and name." } else { "Set." };
    let mut page = Page::new();
    page.text(Style::Good, done).append(interview::entry(&listed(library, &interview), today));
    page.blank().append(steps::page(&[
        ("mindrill plan".to_owned(), "day by day until then"),
        ("mindrill ready".to_owned(), "what you would know on the day"),
    ]));
    context.show_page(&page)
}

fn clear(context: &mut Context<'_>, which: Option<&str>, all: bool) -> Result<(), CommandError> {
    let today = context.today();
    let store = context.present_store()?;
    let standing = store.as_ref().map_or(Ok(Vec::new()), crate::store::Store::interviews)?;
    let dropped = if all { standing } else { chosen(&standing, which, today)? };
    if let Some(mut store) = store {
        store.clear_interviews(&dropped)?;
        store.checkpoint()?;
    }
    if context.json {
        let objects: Vec<_> = dropped.iter().map(|interview| interview::object(interview, today)).collect();
        return context.show_line(&serde_json::Value::from(objects).to_string());
    }
    let mut page = Page::new();
    for interview in &dropped {
        let titled = interview::titled(&interview.name);
        page.text(Style::Good, format!("dropped: {titled} on {}", interview.on));
    }
    if dropped.is_empty() {
        page.text(Style::Plain, "No interview was set.");
    }
    context.show_page(&page)
}

/// Those that a name or a day means; without one the only one there is.
fn chosen(
    standing: &[Interview],
    which: Option<&str>,
    today: StudyDay,
) -> Result<Vec<Interview>, CommandError> {
    let is_meant = |interview: &Interview| match which {
        Some(which) => {
            let name = Interview::name_of(which).to_lowercase();
            let day = StudyDay::named(which, today).ok();
            interview.name.to_lowercase() == name || day == Some(interview.on)
        }
        None => standing.len() == 1,
    };
    let chosen: Vec<Interview> = standing.iter().filter(|interview| is_meant(interview)).cloned().collect();
    match (chosen.is_empty(), which) {
        (false, _) => Ok(chosen),
        (true, None) if standing.is_empty() => Ok(chosen),
        (true, _) => {
            let names = standing.iter().map(|interview| (interview.name.clone(), interview.on)).collect();
            Err(PlanningError::WhichInterview { named: which.map(str::to_owned), standing: names }.into())
        }
    }
}
