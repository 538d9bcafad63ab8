//! The commands: one file each, an `Args` and a `run` that reads as a paragraph: load, ask the domain, show.
//!
//! They know every room below, and no SQL, no TOML and no rule of learning.

mod complete;
mod context;
mod draft;
mod editor;
mod error;
mod fading;
mod hook;
mod identity;
mod library;
mod planning;
mod refusal;
mod repository;
mod review;
mod target;
mod writing;

mod add;
mod answer;
mod audit;
mod cards;
mod check;
mod completions;
mod coverage;
mod doctor;
mod due;
mod edit;
mod fmt;
mod glance;
mod import;
mod init;
mod interview;
mod items;
mod log;
mod man;
mod map;
mod mock;
mod new;
mod plan;
mod preview;
mod quiz;
mod ready;
mod relink;
mod schema;
mod show;
mod stats;
mod tune;
mod undo;
mod weak;
mod whereabouts;
mod why;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

pub use context::{Context, World};
pub use error::CommandError;
pub use planning::PlanningError;
pub use refusal::Refusal;
pub use writing::WritingError;

use crate::settings::{ColourChoice, Flags};
use crate::terminal::Use;

/// Spaced repetition in the terminal: decks on a skill map, and what you would still know on the day.
#[derive(Debug, Parser)]
#[command(
    name = "mindrill",
    version,
    max_term_width = 100,
    after_help = "Examples:\n  mindrill                        today at a glance\n  mindrill quiz                   sit today's cards\n  mindrill quiz databases -n 10   ten cards of one branch\n  mindrill coverage --depth 1     what you know, branch by branch\n\nVariables:\n  MINDRILL_COLLECTION, MINDRILL_PROGRESS   instead of the two options\n  MINDRILL_NOW                             a fixed clock: 2026-11-22T09:00:00Z\n  NO_COLOR, CLICOLOR_FORCE                 instead of --color\n\nExit status: 0 done, 1 refused or failed, 2 usage; 128 + n when signal n ended it."
)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    global: Global,
}

/// Options that every command takes.
#[derive(Debug, clap::Args)]
struct Global {
    /// The folder with the skill map and the decks
    #[arg(long, global = true, value_name = "DIR", help_heading = "Everywhere")]
    collection: Option<PathBuf>,
    /// The file that remembers your answers
    #[arg(long, global = true, value_name = "FILE", help_heading = "Everywhere")]
    progress: Option<PathBuf>,
    /// Fix the shuffling
    #[arg(long, global = true, value_name = "N", help_heading = "Everywhere")]
    seed: Option<u64>,
    /// Colour the output: auto, always or never
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = true,
        hide_default_value = true,
        help_heading = "Everywhere"
    )]
    color: ColourChoice,
    /// Print JSON for scripts
    #[arg(long, global = true, help_heading = "Everywhere")]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    Quiz(quiz::QuizArgs),
    Due(due::DueArgs),
    Coverage(coverage::CoverageArgs),
    Why(why::WhyArgs),
    Interview(interview::InterviewArgs),
    Plan(plan::PlanArgs),
    Ready(ready::ReadyArgs),
    Items(items::ItemsArgs),
    Stats(stats::StatsArgs),
    Audit(audit::AuditArgs),
    Tune(tune::TuneArgs),
    Weak(weak::WeakArgs),
    Mock(mock::MockArgs),
    Cards(cards::CardsArgs),
    Show(show::ShowArgs),
    Answer(answer::AnswerArgs),
    Undo(undo::UndoArgs),
    Relink(relink::RelinkArgs),
    Log(log::LogArgs),
    Init(init::InitArgs),
    New(new::NewArgs),
    Add(add::AddArgs),
    Edit(edit::EditArgs),
    Preview(preview::PreviewArgs),
    Import(import::ImportArgs),
    Check(check::CheckArgs),
    Fmt(fmt::FmtArgs),
    Map(map::MapArgs),
    Schema(schema::SchemaArgs),
    Doctor(doctor::DoctorArgs),
    Where(whereabouts::WhereArgs),
    Completions(completions::CompletionsArgs),
    Man(man::ManArgs),
}

impl Cli {
    /// What the command line says of paths.
    #[must_use]
    pub fn flags(&self) -> Flags {
        Flags { collection: self.global.collection.clone(), progress: self.global.progress.clone() }
    }

    /// What the command does with the terminal.
    #[must_use]
    pub fn terminal_use(&self) -> Use {
        match &self.command {
            Some(Command::Quiz(_) | Command::Mock(_) | Command::New(_) | Command::Edit(_))
                if !self.global.json =>
            {
                Use::Sitting
            }
            Some(Command::Add(args)) if args.asks() => Use::Sitting,
            Some(Command::Weak(args)) if args.drills() && !self.global.json => Use::Sitting,
            _ => Use::Printing,
        }
    }

    /// What the command line says of colour.
    #[must_use]
    pub fn colour(&self) -> ColourChoice {
        self.global.color
    }
}

/// Runs one command.
///
/// # Errors
/// Whatever keeps the command from doing what it says, with the next step as a hint.
pub fn run(cli: Cli, world: World<'_>) -> Result<(), CommandError> {
    let context = &mut Context::new(&cli.global, world);
    match cli.command {
        None => glance::run(context),
        Some(Command::Quiz(args)) => quiz::run(&args, context),
        Some(Command::Due(args)) => due::run(&args, context),
        Some(Command::Coverage(args)) => coverage::run(&args, context),
        Some(Command::Why(args)) => why::run(&args, context),
        Some(Command::Interview(args)) => interview::run(&args, context),
        Some(Command::Plan(args)) => plan::run(&args, context),
        Some(Command::Ready(args)) => ready::run(&args, context),
        Some(Command::Items(args)) => items::run(&args, context),
        Some(Command::Stats(args)) => stats::run(&args, context),
        Some(Command::Audit(args)) => audit::run(&args, context),
        Some(Command::Tune(args)) => tune::run(&args, context),
        Some(Command::Weak(args)) => weak::run(&args, context),
        Some(Command::Mock(args)) => mock::run(&args, context),
        Some(Command::Cards(args)) => cards::run(&args, context),
        Some(Command::Show(args)) => show::run(&args, context),
        Some(Command::Answer(args)) => answer::run(&args, context),
        Some(Command::Undo(args)) => undo::run(&args, context),
        Some(Command::Relink(args)) => relink::run(&args, context),
        Some(Command::Log(args)) => log::run(&args, context),
        Some(Command::Init(args)) => init::run(&args, context),
        Some(Command::New(args)) => new::run(&args, context),
        Some(Command::Add(args)) => add::run(&args, context),
        Some(Command::Edit(args)) => edit::run(&args, context),
        Some(Command::Preview(args)) => preview::run(&args, context),
        Some(Command::Import(args)) => import::run(&args, context),
        Some(Command::Check(args)) => check::run(&args, context),
        Some(Command::Fmt(args)) => fmt::run(&args, context),
        Some(Command::Map(args)) => map::run(&args, context),
        Some(Command::Schema(args)) => schema::run(&args, context),
        Some(Command::Doctor(args)) => doctor::run(&args, context),
        Some(Command::Where(args)) => whereabouts::run(&args, context),
        Some(Command::Completions(args)) => completions::run(&args, context),
        Some(Command::Man(args)) => man::run(&args, context),
    }
}
