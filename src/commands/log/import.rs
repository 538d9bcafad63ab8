//! `log import`: rows of another log, of this or another machine, taken in whole or not at all.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueHint};
use serde_json::json;

use crate::commands::{CommandError, Context};
use crate::domain::card::CardId;
use crate::domain::problem::{Level, Place, Problem};
use crate::domain::review::{EntryId, Event, LogEntry};
use crate::exchange::log_lines::{LineError, LogLines};
use crate::report::check::counted;
use crate::report::page::{Page, Style};
use crate::store::{Import, Imported, Store, Taken};

/// What stands for standard input.
const STDIN: &str = "-";
/// Bad lines that are told before they are only counted.
const MOST_TOLD: usize = 10;

/// Take in rows as `log --json` writes them; known ones are passed over
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mindrill log --json > laptop.jsonl          on one machine\n  mindrill log import laptop.jsonl            on the other, as often as you like\n  mindrill log import - --dry-run < all.jsonl what would come in\n\nAll rows come in, or none: a line that is wrong is named, and nothing is\nchanged. Rows keep their id, device, moment and day, and count in the order of\ntheir ids, so that two machines with the same rows have the same schedules.\nAnswers to cards that this collection does not have are kept, and count when\nthe card is there."
)]
pub struct LogImportArgs {
    /// The file; `-` reads standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    file: PathBuf,
    /// Change nothing; tell what would come in
    #[arg(long)]
    dry_run: bool,
}

/// What came of a log.
struct Haul {
    imported: Imported,
    unknown_cards: usize,
}

pub(super) fn run(args: &LogImportArgs, context: &mut Context<'_>) -> Result<(), CommandError> {
    let known: BTreeSet<CardId> =
        context.library()?.collection.cards().map(|header| header.id.clone()).collect();
    let mut store = match context.present_store()? {
        None if args.dry_run => Store::in_memory(context.rules())?,
        None => context.store()?,
        Some(store) => store,
    };
    let mut taking = Taking::new(&args.file, store.import()?);
    taking.take_all(lines(&args.file, context)?)?;
    let (import, cards) = taking.checked()?;
    let imported = if args.dry_run { given_up(import) } else { import.finish()? };
    store.checkpoint()?;
    let haul = Haul { imported, unknown_cards: cards.difference(&known).count() };
    if context.json {
        return context.show_line(&object(&haul));
    }
    context.show_page(&page(&haul, args.dry_run))
}

/// What would have come in; nothing is kept.
#[expect(clippy::needless_pass_by_value, reason = "an import that ends here is undone")]
fn given_up(import: Import<'_>) -> Imported {
    import.done()
}

/// The lines of the file, or of standard input.
fn lines<'a>(path: &Path, context: &'a mut Context<'_>) -> Result<Box<dyn BufRead + 'a>, CommandError> {
    if path == Path::new(STDIN) {
        return Ok(context.terminal.input());
    }
    let unreadable = |source| CommandError::Unreadable { path: path.to_owned(), source };
    let file = File::open(path).map_err(unreadable)?;
    Ok(Box::new(BufReader::new(file)))
}

/// An import with what was found wrong so far.
struct Taking<'a> {
    path: &'a Path,
    import: Import<'a>,
    problems: Vec<Problem>,
    bad: usize,
    cards: BTreeSet<CardId>,
    /// Rows that take another back, by their line.
    undone: BTreeMap<EntryId, usize>,
}

impl<'a> Taking<'a> {
    fn new(path: &'a Path, import: Import<'a>) -> Self {
        let (problems, cards, undone) = (Vec::new(), BTreeSet::new(), BTreeMap::new());
        Self { path, import, problems, bad: 0, cards, undone }
    }

    /// Takes every line in, on past bad ones, so that all of them are told.
    fn take_all(&mut self, input: impl BufRead) -> Result<(), CommandError> {
        for line in LogLines::new(input) {
            match line {
                Ok((line, entry)) => self.take(line, &entry)?,
                Err(LineError::Bad { line, why }) => self.refuse(line, why),
                Err(LineError::Io(source)) => {
                    return Err(CommandError::Unreadable { path: self.path.to_owned(), source });
                }
            }
        }
        Ok(())
    }

    fn take(&mut self, line: usize, entry: &LogEntry) -> Result<(), CommandError> {
        if self.import.add(entry)? == Taken::Differs {
            self.refuse(line, format!("the log has a row `{}` that says something else", entry.id));
        }
        match &entry.event {
            Event::Undone { .. } => drop(self.undone.insert(entry.id, line)),
            event => {
                if let Some(card) = event.card().filter(|card| !self.cards.contains(card)) {
                    self.cards.insert(card.clone());
                }
            }
        }
        Ok(())
    }

    fn refuse(&mut self, line: usize, message: String) {
        self.bad += 1;
        if self.problems.len() < MOST_TOLD {
            let place = Place { file: Arc::from(self.path.to_string_lossy()), line, column: 1 };
            let (rule, level, hint) = ("log-line", Level::Error, String::new());
            self.problems.push(Problem { place, rule, level, message, hint });
        }
    }

    /// The import and the cards it names, if nothing was wrong.
    fn checked(mut self) -> Result<(Import<'a>, BTreeSet<CardId>), CommandError> {
        if self.bad == 0 {
            for id in self.import.dangling()? {
                let line = self.undone.get(&id).copied().unwrap_or_default();
                self.refuse(
                    line,
                    "it takes back a row that is neither in this file nor in the log".to_owned(),
                );
            }
        }
        match self.bad {
            0 => Ok((self.import, self.cards)),
            bad => Err(CommandError::BadLog { problems: self.problems, bad }),
        }
    }
}

fn page(haul: &Haul, dry_run: bool) -> Page {
    let Haul { imported: Imported { added, known }, unknown_cards } = haul;
    let verb = if dry_run { "would be added" } else { "added" };
    let rows = |count: &u64| counted(usize::try_from(*count).unwrap_or(usize::MAX), "row");
    let mut page = Page::new();
    let style = if *added == 0 { Style::Dim } else { Style::Good };
    page.text(style, format!("{} {verb}, {known} known already", rows(added)));
    if *unknown_cards > 0 {
        let cards = counted(*unknown_cards, "card");
        let told = if *unknown_cards == 1 { ("is", "it is") } else { ("are", "they are") };
        let kept = format!(
            "{cards} {} not in this collection; rows are kept, and count when {} there",
            told.0, told.1
        );
        page.text(Style::Warn, kept);
    }
    page
}

fn object(haul: &Haul) -> String {
    let Imported { added, known } = haul.imported;
    json!({ "rows": added + known, "added": added, "known": known, "unknown_cards": haul.unknown_cards })
        .to_string()
}
