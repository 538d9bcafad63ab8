//! `preview`: the cards of one file as a sitting would show them, and again whenever it is saved.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use clap::{Args, ValueHint};

use super::{CommandError, Context, check};
use crate::deck_files::{self, Stamp};
use crate::domain::card::{Card, CardId};
use crate::domain::problem::Problem;
use crate::domain::question::Question;
use crate::report::card::{self, Sides};
use crate::report::check::{Extent, json};
use crate::report::page::{Page, Style};
use crate::terminal;

/// How often a watched file is looked at: a save is seen before the eye has left the editor.
const PAUSE: Duration = Duration::from_millis(200);
/// Clears the screen and what was scrolled off it, and begins at the top.
const CLEAR: &str = "\u{1b}[2J\u{1b}[3J\u{1b}[H";

/// See the cards of a deck file as a sitting shows them, while you write
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mindrill preview decks/databases/indexing.toml\n  mindrill preview indexing.toml --watch     again at every save, what changed first; Ctrl-C ends\n\nProblems come first; a card that cannot be read hides no other."
)]
pub struct PreviewArgs {
    /// A deck file
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    file: PathBuf,
    /// Show it again whenever it is saved: the cards that changed
    #[arg(short, long)]
    watch: bool,
}

/// A file as it was read.
struct Sight {
    problems: Vec<Problem>,
    cards: Vec<Card>,
}

/// What was shown last of each card; a card that cannot be read for a while is remembered.
type Shown = BTreeMap<CardId, String>;

pub(super) fn run(args: &PreviewArgs, context: &mut Context<'_>) -> Result<(), CommandError> {
    // A file that is not there, or is none, is told at once; later it may be gone for a moment.
    deck_files::map_file(&args.file)?;
    let mut shown = Shown::new();
    if args.watch && !context.json {
        clear(context)?;
    }
    let stamp = Stamp::now(&args.file);
    show(&look(&args.file, context)?, &mut shown, context)?;
    if args.watch { watch(&args.file, stamp, &mut shown, context) } else { Ok(()) }
}

/// Shows the file again whenever it has become another, until a signal or a closed pipe ends it.
fn watch(
    file: &Path,
    mut stamp: Option<Stamp>,
    shown: &mut Shown,
    context: &mut Context<'_>,
) -> Result<(), CommandError> {
    loop {
        thread::sleep(PAUSE);
        let now = Stamp::now(file);
        if now.is_some() && now != stamp {
            stamp = now;
            let sight = look(file, context)?;
            part(context)?;
            show(&sight, shown, context)?;
        }
    }
}

fn look(file: &Path, context: &Context<'_>) -> Result<Sight, CommandError> {
    let problems = check::of_file(file, context)?;
    let loaded = deck_files::read_paths(&[file.to_path_buf()]);
    Ok(Sight { problems, cards: loaded.decks.into_iter().flat_map(|deck| deck.cards).collect() })
}

/// Whether what is shown can be taken away again.
fn can_clear(context: &Context<'_>) -> bool {
    terminal::are_terminals().0 && !context.environment.is_dumb()
}

fn clear(context: &mut Context<'_>) -> Result<(), CommandError> {
    if can_clear(context) { context.show(CLEAR) } else { Ok(()) }
}

/// Parts two showings: a clear screen, or a line.
fn part(context: &mut Context<'_>) -> Result<(), CommandError> {
    if context.json {
        return Ok(());
    }
    if can_clear(context) {
        return context.show(CLEAR);
    }
    let mut page = Page::new();
    page.text(Style::Dim, "─".repeat(context.look().width.saturating_sub(1))).blank();
    context.show_page(&page)
}

/// Shows problems, then the cards that were not shown so before.
fn show(sight: &Sight, shown: &mut Shown, context: &mut Context<'_>) -> Result<(), CommandError> {
    let is_first = shown.is_empty();
    tell(sight, context)?;
    let mut alike = 0;
    for card in &sight.cards {
        let put = Question::put(card, context.seed.value);
        let said = card::body(card, &put, Sides::Both).paint(&context.look());
        if shown.get(&card.id) == Some(&said) {
            alike += 1;
        } else if context.json {
            context.show_line(&card::json(card, &put, Sides::Both))?;
        } else {
            context.show_page(&card::page(card, &put, Sides::Both))?;
        }
        shown.insert(card.id.clone(), said);
    }
    if context.json || is_first {
        return Ok(());
    }
    let mut page = Page::new();
    let cards = |count: usize| if count == 1 { "1 card".to_owned() } else { format!("{count} cards") };
    page.text(Style::Dim, format!("{} as before", cards(alike)));
    context.show_page(&page)
}

fn tell(sight: &Sight, context: &mut Context<'_>) -> Result<(), CommandError> {
    if context.json {
        return context
            .show_line(&json(Extent { files: 1, decks: 1, cards: sight.cards.len() }, &sight.problems));
    }
    check::tell(&sight.problems, context)
}
