//! `doctor`: proves that the progress file is sound, and mends its cache.

use std::collections::BTreeSet;
use std::path::Path;

use clap::Args;

use super::{CommandError, Context};
use crate::report::doctor::{self, Examined};
use crate::store::{Health, Journal};

/// Check the progress file: schedules against the log, SQLite's own check, cards that have gone
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mindrill doctor\n  mindrill doctor --rebuild     make the schedules anew from the log\n\nExit status 1 if something is lost or damaged."
)]
pub struct DoctorArgs {
    /// Make every schedule anew from the log
    #[arg(long)]
    rebuild: bool,
}

pub(super) fn run(args: &DoctorArgs, context: &mut Context<'_>) -> Result<(), CommandError> {
    let library = context.library()?;
    let known: BTreeSet<_> = library.collection.cards().map(|header| header.id.clone()).collect();
    let mut rebuilt = None;
    if args.rebuild
        && let Some(mut store) = context.present_store()?
    {
        rebuilt = Some(store.rebuild()?);
        store.close()?;
    }
    let store = context.readable_store()?;
    let health = store.doctor(&known, context.clock.now())?;
    let shown = examined(&health, rebuilt.map(|rebuilt| rebuilt.cards), &context.progress()?);
    if context.json {
        context.show_line(&doctor::json(&shown))?;
    } else {
        context.show_page(&doctor::page(&shown))?;
    }
    if health.is_sound() { Ok(()) } else { Err(CommandError::Unsound) }
}

fn examined(health: &Health, rebuilt: Option<usize>, path: &Path) -> Examined {
    Examined {
        path: path.display().to_string(),
        // Not by the journal: a file that follows other settings is looked at as a copy in memory.
        exists: path.exists(),
        sound: health.is_sound(),
        version: health.version,
        journal: journal(health.journal).to_owned(),
        entries: health.entries,
        counted: health.counted,
        damage: health.damage.clone(),
        broken_references: health.broken_references.len(),
        differing: health.differing.iter().map(ToString::to_string).collect(),
        other_scheduler: health.scheduler.other().name().to_owned(),
        unswitchable: health.unswitchable.iter().map(ToString::to_string).collect(),
        orphans: health.orphans.iter().map(|orphan| (orphan.card.to_string(), orphan.entries)).collect(),
        ahead: health.ahead.map(|moment| moment.to_string()),
        backward: health.backward,
        rebuilt,
    }
}

fn journal(journal: Journal) -> &'static str {
    match journal {
        Journal::WriteAhead => "write-ahead log",
        Journal::Rollback => "rollback journal",
        Journal::Memory => "a copy in memory",
    }
}
