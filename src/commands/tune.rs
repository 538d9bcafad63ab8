//! `tune`: fits the memory model to the learner's own log, where that makes it better.

use std::thread;
use std::time::Duration;

use clap::Args;
use serde_json::json;

use super::{CommandError, Context};
use crate::domain::tuning::{History, Progress, Tuning, Verdict};
use crate::report::page::{Page, Style};
use crate::report::tune::{self, Purpose};
use crate::store::Store;
use crate::terminal::Bar;

/// Time between two looks at how far it is.
const LOOK: Duration = Duration::from_millis(100);

/// Fit the memory model to your own answers, where that predicts them better
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mindrill tune\n  mindrill tune --dry-run     how a fit would do\n  mindrill tune --undo        the parameters before; once more: back again\n\nParameters are fitted to the oldest four fifths of the answers that came a day\nor more after the one before, blended with the default ones, and judged on the\nnewest fifth. They are adopted only if they do better there than the default\nones, and from 1,000 such answers on: with fewer, a fit made predictions worse.\nWhat is adopted is fitted to all of them. Ctrl-C changes nothing. Whatever\nschedules cards, recall is predicted by this model."
)]
pub struct TuneArgs {
    /// Change nothing; tell how a fit would do
    #[arg(long)]
    dry_run: bool,
    /// Go back to the parameters that were in force before
    #[arg(long, conflicts_with = "dry_run")]
    undo: bool,
}

pub(super) fn run(args: &TuneArgs, context: &mut Context<'_>) -> Result<(), CommandError> {
    if args.undo {
        return undo(context);
    }
    let purpose = if args.dry_run { Purpose::DryRun } else { Purpose::Adopt };
    let mut history = History::default();
    context.readable_store()?.graded(|answer| history.take(&answer))?;
    let tuning = tuned(history)?;
    if let (Verdict::Better(model), Purpose::Adopt) = (tuning.verdict, purpose) {
        let answers = u64::try_from(tuning.answers).unwrap_or(u64::MAX);
        let mut store = context.store()?;
        store.adopt_model(model, answers, context.clock.now())?;
        store.close()?;
    }
    if context.json {
        return context.show_line(&tune::json(&tuning, purpose));
    }
    context.show_page(&tune::page(&tuning, purpose))
}

/// Fits beside a bar that tells how far it is.
fn tuned(history: History) -> Result<Tuning, CommandError> {
    let (progress, bar) = (Progress::default(), Bar::new());
    let watched = progress.clone();
    let worker = thread::spawn(move || history.tuned(&progress));
    while !worker.is_finished() {
        bar.show("fitting", watched.share());
        thread::sleep(LOOK);
    }
    drop(bar);
    worker.join().map_err(|_| CommandError::NoFit)
}

/// Puts the parameters into force that were so before the newest.
fn undo(context: &mut Context<'_>) -> Result<(), CommandError> {
    let store: Option<Store> = context.present_store()?;
    let former = store.as_ref().map(Store::former_model).transpose()?.flatten();
    let undone = match (store, former) {
        (Some(mut store), Some((model, answers))) => {
            store.adopt_model(model, answers, context.clock.now())?;
            store.close()?;
            Some(model)
        }
        (store, _) => {
            drop(store);
            None
        }
    };
    if context.json {
        return context.show_line(&json!({ "undone": undone.is_some() }).to_string());
    }
    let mut page = Page::new();
    match undone {
        None => page.text(Style::Dim, "nothing to go back from: no parameters were ever adopted"),
        Some(model) if model.is_default() => {
            page.text(Style::Warn, "the default parameters are in force again")
        }
        Some(_) => page.text(Style::Warn, "the parameters that were fitted before are in force again"),
    };
    context.show_page(&page)
}
