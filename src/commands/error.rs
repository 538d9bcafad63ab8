//! What a command can fail of: the error, its cause, and the exact next step.

use std::fmt::Display;
use std::path::PathBuf;

use super::planning::PlanningError;
use super::refusal::Refusal;
use super::relink::RelinkError;
use super::writing::WritingError;
use crate::deck_files::{CardError, FileError};
use crate::domain::card::CardId;
use crate::domain::day::DayError;
use crate::domain::problem::Problem;
use crate::domain::skill_map::LookupError;
use crate::settings::{Origin, SettingsError};
use crate::store::StoreError;
use crate::terminal::TerminalError;

/// The way out where the embedded collection cannot serve.
const OWN_COLLECTION: &str =
    "`mindrill init --with-decks DIR` makes a copy of your own; work there, or name it: `--collection DIR`";

/// Why a command did not do what it says.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// The settings cannot be used.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The folder that was named holds no collection.
    #[error("no skill map in `{}` (from {origin})", folder.display())]
    NoMap {
        /// That folder.
        folder: PathBuf,
        /// Who named it.
        origin: Origin,
    },
    /// A map cannot be understood; its problems are told one by one.
    #[error("the skill map `{file}` cannot be read")]
    UnreadableMap {
        /// The map's file.
        file: String,
        /// What is wrong with it.
        problems: Vec<Problem>,
        /// Its text, to draw the lines.
        text: String,
    },
    /// A name leads to no single node.
    #[error(transparent)]
    Node(#[from] LookupError),
    /// No card has that id.
    #[error("no card `{name}` in this collection")]
    NoCard {
        /// The id as it was given.
        name: String,
        /// The nearest ids.
        nearest: Vec<CardId>,
    },
    /// No card is there to be asked.
    #[error("no card hangs here to be asked")]
    NoCards,
    /// No rule has that id.
    #[error("there is no rule `{name}`")]
    NoRule {
        /// The id as it was given.
        name: String,
        /// The nearest ids.
        nearest: Vec<String>,
    },
    /// A collection cannot be compared with one of its revisions.
    #[error("cannot compare with a revision: {what}")]
    Revision {
        /// What stands in the way.
        what: String,
        /// The next step.
        hint: &'static str,
    },
    /// Several cards have that id in their decks.
    #[error("`{name}` names {} cards", candidates.len())]
    ManyCards {
        /// The id as it was given.
        name: String,
        /// The cards it could mean.
        candidates: Vec<CardId>,
    },
    /// A file of the collection gives no text.
    #[error(transparent)]
    File(#[from] FileError),
    /// A card's text has gone since the collection was opened.
    #[error(transparent)]
    Card(#[from] CardError),
    /// The progress store refuses.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A deck was not written as asked.
    #[error(transparent)]
    Writing(#[from] WritingError),
    /// Progress is not carried over.
    #[error(transparent)]
    Relink(#[from] RelinkError),
    /// A date that is none.
    #[error(transparent)]
    Day(#[from] DayError),
    /// A date where only today or later makes sense.
    #[error("{day} lies before today, {today}")]
    Past {
        /// The date given.
        day: String,
        /// Today.
        today: String,
    },
    /// There is no plan for a day.
    #[error(transparent)]
    Planning(#[from] PlanningError),
    /// Something was asked of the embedded collection that only files can give.
    #[error("the embedded collection has no file to {verb}")]
    Embedded {
        /// What was to be done with it.
        verb: &'static str,
    },
    /// A command that makes or changes files refuses.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The editor cannot be started or failed.
    #[error("the editor `{editor}` {what}")]
    Editor {
        /// The command.
        editor: String,
        /// What happened.
        what: String,
    },
    /// The environment's clock cannot be read.
    #[error("`MINDRILL_NOW` is not a moment like 2026-11-22T09:00:00Z")]
    Now,
    /// What was to be found out is bad news, already told: only the exit code is left.
    #[error("{0}")]
    Findings(String),
    /// The progress file is damaged, or its cache is not what the log gives; already told.
    #[error("the progress file is not sound")]
    Unsound,
    /// The optimiser broke down.
    #[error("the parameters could not be fitted; nothing was changed")]
    NoFit,
    /// There is no such command.
    #[error("there is no command `{0}`")]
    NoCommand(String),
    /// The learner pressed Ctrl-C; every answer is saved.
    #[error("interrupted; every answer is saved")]
    Interrupted,
    /// The reader of a pipe has gone: a clean end.
    #[error("the output is closed")]
    OutputClosed,
    /// There is no terminal where one is needed.
    #[error("this needs a terminal")]
    NoTerminal,
    /// The output, or the terminal, refuses.
    #[error("cannot write the output")]
    Terminal(#[source] std::io::Error),
    /// A file that was named cannot be read.
    #[error("cannot read `{}`", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A log is not taken in; its first bad lines are told one by one.
    #[error("nothing was taken in: {} of the log cannot be", lines(*bad))]
    BadLog {
        /// The first of them.
        problems: Vec<Problem>,
        /// How many there are.
        bad: usize,
    },
    /// A thing cannot be written as JSON or text.
    #[error("cannot write `{}`", path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

impl From<TerminalError> for CommandError {
    fn from(error: TerminalError) -> Self {
        match error {
            TerminalError::Interrupted => Self::Interrupted,
            TerminalError::Gone => Self::OutputClosed,
            TerminalError::NotATerminal => Self::NoTerminal,
            TerminalError::Io(source) => Self::Terminal(source),
        }
    }
}

impl From<std::io::Error> for CommandError {
    fn from(source: std::io::Error) -> Self {
        TerminalError::from(source).into()
    }
}

impl CommandError {
    /// The exit code: 0 for a closed pipe, 130 for Ctrl-C, else 1.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::OutputClosed => 0,
            Self::Interrupted => 130,
            _ => 1,
        }
    }

    /// The problems behind it, with the text of the file they are in.
    #[must_use]
    pub fn problems(&self) -> Option<(&[Problem], &str)> {
        match self {
            Self::UnreadableMap { problems, text, .. } => Some((problems, text)),
            Self::BadLog { problems, .. } => Some((problems, "")),
            _ => None,
        }
    }

    /// The next step, where there is one.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Settings(error) => Some(error.hint().to_owned()),
            Self::Store(error) => error.hint(),
            Self::Writing(error) => Some(error.hint()),
            Self::Relink(error) => Some(error.hint()),
            Self::File(error) => Some(error.problem().hint),
            Self::Node(LookupError::Unknown { nearest, .. }) => {
                Some(one_of("did you mean", nearest, "`mindrill map show` lists the nodes"))
            }
            Self::Node(LookupError::Ambiguous { candidates, .. }) => {
                Some(one_of("say which:", candidates, ""))
            }
            Self::NoCard { nearest: cards, .. } => {
                Some(one_of("did you mean", cards, "`mindrill cards` lists them"))
            }
            Self::NoRule { nearest, .. } => {
                Some(one_of("did you mean", nearest, "`mindrill check --explain` lists them"))
            }
            Self::ManyCards { candidates: cards, .. } => Some(one_of("say which:", cards, "")),
            Self::Revision { hint, .. } => Some((*hint).to_owned()),
            Self::Refused(refusal) => Some(refusal.hint()),
            Self::Planning(error) => Some(error.hint()),
            _ => self.plain_hint().map(str::to_owned),
        }
    }

    /// The next step where it is always the same.
    fn plain_hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::Card(_) => "`mindrill check` tells what is wrong with its file",
            Self::NoMap { .. } => "name the folder that holds `skill-map.md`, or one whose `decks/` has it",
            Self::UnreadableMap { .. } => "mend the lines named above; `mindrill map check` looks again",
            Self::NoCards => "`mindrill new --missing` lists the leaves without a deck",
            Self::Embedded { .. } => OWN_COLLECTION,
            Self::Past { .. } => "give today or a later day: a date, or so many days ahead: `+30`",
            Self::Editor { .. } => "set `VISUAL` or `EDITOR` to the editor you use",
            Self::Unsound => "`mindrill doctor --rebuild` mends schedules; for anything else restore a copy",
            Self::BadLog { .. } => "mend or remove the lines named above, then take the file in again",
            Self::Unreadable { .. } => "name a file that you may read, or `-` for standard input",
            Self::NoCommand(_) => "`mindrill --help` lists the commands",
            Self::Day(_) => "write a date as year-month-day, or so many days ahead: `+30`",
            _ => return None,
        })
    }
}

/// `1 line`, `3 lines`.
fn lines(count: usize) -> String {
    if count == 1 { "1 line".to_owned() } else { format!("{count} lines") }
}

/// `did you mean `a`, `b` or `c`? …`
fn one_of(lead: &str, names: &[impl Display], tail: &str) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match names.split_last() {
        None => tail.to_owned(),
        Some((only, [])) => format!("{lead} {only}? {tail}").trim_end().to_owned(),
        Some((last, others)) => {
            format!("{lead} {} or {last}? {tail}", others.join(", ")).trim_end().to_owned()
        }
    }
}
