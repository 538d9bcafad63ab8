//! What every command is given: the terminal, the clock, the settings, and the ways to the two things
//! that last: the collection and the progress store.

use std::path::PathBuf;

use super::library::Library;
use super::{CommandError, Global};
use crate::clock::Clock;
use crate::deck_files::{self, Source};
use crate::domain::card::CardId;
use crate::domain::day::StudyDay;
use crate::domain::model::Model;
use crate::domain::sm2::{Fuzz, Repeat, Rules, Scheduler};
use crate::report::page::{Colour, Glyphs, Look, Page};
use crate::settings::{Environment, Origin, SchedulerChoice, Settings, SettingsError, Sourced};
use crate::store::Store;
use crate::terminal::Terminal;

/// Narrowest page that a report is laid out for, in columns.
const LEAST_WIDTH: usize = 20;
/// Widest page of running text: longer lines are hard to read.
const MOST_WIDTH: usize = 120;

/// The world outside, handed in by `main` or by a test.
pub struct World<'a> {
    /// Where the learner sits.
    pub terminal: &'a mut dyn Terminal,
    /// Where time comes from.
    pub clock: Clock,
    /// The environment, read once.
    pub environment: Environment,
    /// Settings in force.
    pub settings: Settings,
    /// Whether the output is coloured.
    pub colour: Colour,
}

/// What a command works with.
pub struct Context<'a> {
    /// Where the learner sits.
    pub terminal: &'a mut dyn Terminal,
    /// Where time comes from.
    pub clock: Clock,
    /// The environment, read once.
    pub environment: Environment,
    /// Settings in force.
    pub settings: Settings,
    /// `--seed`, else chance.
    pub seed: Sourced<u64>,
    /// Whether to print JSON.
    pub json: bool,
    colour: Colour,
}

impl<'a> Context<'a> {
    pub(super) fn new(global: &Global, world: World<'a>) -> Self {
        let World { terminal, clock, environment, settings, colour } = world;
        let seed = match global.seed {
            Some(seed) => Sourced::new(seed, Origin::Flag("--seed")),
            None => Sourced::new(rand::random(), Origin::Default),
        };
        Self { terminal, clock, environment, settings, seed, json: global.json, colour }
    }

    /// Today's study day.
    #[must_use]
    pub fn today(&self) -> StudyDay {
        self.clock.today()
    }

    /// How pages are painted.
    #[must_use]
    pub fn look(&self) -> Look {
        Look {
            width: self.terminal.width().clamp(LEAST_WIDTH, MOST_WIDTH),
            colour: self.colour,
            glyphs: if self.environment.is_utf8() { Glyphs::Unicode } else { Glyphs::Ascii },
        }
    }

    /// Which collection is in force, and why that one.
    ///
    /// # Errors
    /// A folder was named that holds none.
    pub fn source(&self) -> Result<Sourced<Source>, CommandError> {
        choose(self.settings.collection.as_ref(), &self.environment)
    }

    /// Opens the collection in force.
    ///
    /// # Errors
    /// There is none, or its map cannot be read; problems of single decks are told by the library.
    pub fn library(&self) -> Result<Library, CommandError> {
        Library::open(self.source()?.value)
    }

    /// The progress file.
    ///
    /// # Errors
    /// There is no home folder, and no other place was named.
    pub fn progress(&self) -> Result<PathBuf, CommandError> {
        let place = self.settings.progress.as_ref().ok_or(SettingsError::NoHome)?;
        Ok(place.value.clone())
    }

    /// Opens the store to write; makes it where there is none.
    ///
    /// # Errors
    /// See [`crate::store::StoreError`].
    pub fn store(&self) -> Result<Store, CommandError> {
        Ok(Store::open(&self.progress()?, self.rules())?)
    }

    /// Opens the store to read; nothing is made where there is none.
    ///
    /// # Errors
    /// See [`crate::store::StoreError`].
    pub fn readable_store(&self) -> Result<Store, CommandError> {
        Ok(Store::open_existing(&self.progress()?, self.rules())?)
    }

    /// Opens the store to change what is in it; `None` where there is none: nothing is made.
    ///
    /// # Errors
    /// See [`crate::store::StoreError`].
    pub fn present_store(&self) -> Result<Option<Store>, CommandError> {
        if self.progress()?.exists() { self.store().map(Some) } else { Ok(None) }
    }

    /// The learner's rules of the schedule, with the default model: the store knows which is in force.
    #[must_use]
    pub fn rules(&self) -> Rules {
        let fuzz = if self.settings.fuzz.value { Fuzz::Spread } else { Fuzz::Off };
        let repeat = if self.settings.repeat_hard.value { Repeat::BelowGood } else { Repeat::Fails };
        Rules { fuzz, repeat, scheduler: self.scheduler(), model: Model::default() }
    }

    fn scheduler(&self) -> Scheduler {
        match self.settings.scheduler.value {
            SchedulerChoice::Sm2 => Scheduler::Sm2,
            SchedulerChoice::Fsrs => Scheduler::Fsrs(self.settings.retention.value),
        }
    }

    /// How many new cards today's budget still allows.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn new_left(&self, store: &Store) -> Result<usize, CommandError> {
        let begun = store.begun_on(self.today())?;
        Ok(usize::try_from(self.settings.new_per_day.value.saturating_sub(begun)).unwrap_or(usize::MAX))
    }

    /// The card a name means, in the collection or, once it has gone from there, in the log.
    ///
    /// # Errors
    /// No such card, or several.
    pub fn logged_card(&self, name: &str) -> Result<CardId, CommandError> {
        match self.library()?.card_named(name) {
            Err(error @ CommandError::NoCard { .. }) => name.parse().map_err(|_| error),
            named => named,
        }
    }

    /// Shows text that is already painted.
    ///
    /// # Errors
    /// The terminal is gone, or the pipe is closed.
    pub fn show(&mut self, painted: &str) -> Result<(), CommandError> {
        Ok(self.terminal.show(painted)?)
    }

    /// Paints and shows a page.
    ///
    /// # Errors
    /// As [`Self::show`].
    pub fn show_page(&mut self, page: &Page) -> Result<(), CommandError> {
        let painted = page.paint(&self.look());
        self.show(&painted)
    }

    /// Shows a line of JSON.
    ///
    /// # Errors
    /// As [`Self::show`].
    pub fn show_line(&mut self, json: &str) -> Result<(), CommandError> {
        self.show(&format!("{json}\n"))
    }
}

/// The collection that was named, else the nearest from here upwards, else the embedded one.
pub(super) fn choose(
    named: Option<&Sourced<PathBuf>>,
    environment: &Environment,
) -> Result<Sourced<Source>, CommandError> {
    if let Some(Sourced { value, origin }) = named {
        let missing = || CommandError::NoMap { folder: value.clone(), origin: *origin };
        let folder = deck_files::locate(value).ok_or_else(missing)?;
        return Ok(Sourced::new(Source::Folder(folder), *origin));
    }
    Ok(match deck_files::find_upwards(&environment.here) {
        Some(folder) => Sourced::new(Source::Folder(folder), Origin::Found),
        None => Sourced::new(Source::Embedded, Origin::Default),
    })
}
