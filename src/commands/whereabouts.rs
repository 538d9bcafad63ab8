//! `where`: which files are in force, and who said so.

use clap::Args;
use serde_json::json;

use super::{CommandError, Context};
use crate::deck_files::Source;
use crate::report::page::{Page, Span, Style};
use crate::settings::{Origin, SchedulerChoice};

/// Which collection, progress file and settings are in force, and why
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mindrill where\n  mindrill where --json | jq -r .progress.value")]
pub struct WhereArgs {}

pub(super) fn run(_args: &WhereArgs, context: &mut Context<'_>) -> Result<(), CommandError> {
    let rows = rows(context)?;
    if context.json {
        let object: serde_json::Map<String, serde_json::Value> = rows
            .into_iter()
            .map(|(name, value, origin)| (name.to_owned(), json!({ "value": value, "from": origin })))
            .collect();
        return context.show_line(&serde_json::Value::Object(object).to_string());
    }
    let mut page = Page::new();
    let row = |(name, value, origin): (&str, String, String)| {
        (name.to_owned(), vec![Span::plain(value), Span::new(Style::Dim, format!("  {origin}"))])
    };
    page.pairs(rows.into_iter().map(row).collect());
    context.show_page(&page)
}

/// Name, value and origin of everything that can be set.
fn rows(context: &Context<'_>) -> Result<Vec<(&'static str, String, String)>, CommandError> {
    let settings = &context.settings;
    let source = context.source()?;
    let collection = match &source.value {
        Source::Folder(folder) => folder.display().to_string(),
        Source::Embedded => "built in".to_owned(),
    };
    let file = settings.file.as_ref().map_or_else(|| "none".to_owned(), |file| file.display().to_string());
    let (progress, said) = match &settings.progress {
        Some(place) => (place.value.display().to_string(), place.origin.to_string()),
        None => ("none".to_owned(), "neither XDG_DATA_HOME nor HOME is set".to_owned()),
    };
    let exists = settings.file.as_ref().is_some_and(|file| file.exists());
    let seed = match context.seed.origin {
        Origin::Default => "chance".to_owned(),
        _ => context.seed.value.to_string(),
    };
    let retention = match settings.scheduler.value {
        SchedulerChoice::Fsrs => settings.retention.origin.to_string(),
        SchedulerChoice::Sm2 => format!("{}; of fsrs alone", settings.retention.origin),
    };
    let now = match context.environment.now {
        Some(_) => Origin::Variable("MINDRILL_NOW"),
        None => Origin::Default,
    };
    Ok(vec![
        ("collection", collection, source.origin.to_string()),
        ("progress", progress, said),
        ("settings", file, (if exists { "read" } else { "not there" }).to_owned()),
        ("new_per_day", settings.new_per_day.value.to_string(), settings.new_per_day.origin.to_string()),
        ("repeat_hard", settings.repeat_hard.value.to_string(), settings.repeat_hard.origin.to_string()),
        ("fuzz", settings.fuzz.value.to_string(), settings.fuzz.origin.to_string()),
        ("scheduler", settings.scheduler.value.to_string(), settings.scheduler.origin.to_string()),
        ("retention", settings.retention.value.to_string(), retention),
        ("confidence", settings.confidence.value.to_string(), settings.confidence.origin.to_string()),
        ("seed", seed, context.seed.origin.to_string()),
        ("now", context.clock.now().to_string(), now.to_string()),
        ("today", context.today().to_string(), "the study day starts at 04:00".to_owned()),
    ])
}
