//! `edit`: a card or a deck in the learner's editor, until it is sound.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::draft::Draft;
use super::library::{Library, Named};
use super::refusal::Refusal;
use super::{CommandError, Context, check, complete, editor};
use crate::deck_files::{self, Source};
use crate::domain::card::{Card, CardId};
use crate::domain::deck::Deck;
use crate::domain::problem::{Level, Place, Problem};
use crate::domain::shelf::Shelf;
use crate::domain::skill_map::NodeIndex;
use crate::report::check::{count, counted};
use crate::report::page::{Page, Style, clean};
use crate::report::trouble;
use crate::terminal::{Ask, Heard};

/// What the ids of rules about many cards at once start with.
const STATISTIC: char = 'D';

/// Open a card or a deck in the editor, at its line, until it is sound
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mindrill edit indexing/leftmost-prefix    a card, at its line\n  mindrill edit indexing                    the deck of a leaf\n  mindrill edit decks/misc/odd.toml         a file, at its first error\n  EDITOR='code --wait' mindrill edit ruby\n\nThe deck is written once you save it without an error. Where there are some, the\neditor opens again with each told in a comment above its line; the comments go\nby themselves. Leave without a change to stop: what you wrote is kept. A flagged\ncard that you changed and that has no error is flagged no more."
)]
pub struct EditArgs {
    /// A card, a node with a deck, a deck's name or a deck file
    #[arg(value_name = "CARD|NODE|FILE", add = complete::cards_and_nodes())]
    name: String,
}

/// How the rounds in the editor ended.
enum End {
    /// The deck is as it was.
    Unchanged,
    /// This text has no error.
    Sound(String),
    /// This text has so many errors, and the learner left it at that.
    Faulty(String, usize),
}

pub(super) fn run(args: &EditArgs, context: &mut Context<'_>) -> Result<(), CommandError> {
    if !context.terminal.is_interactive() {
        return Err(Refusal::EditorNeedsTerminal.into());
    }
    match place(&args.name, context)? {
        Some((path, line)) => file(context, &path, line),
        None => Ok(()),
    }
}

/// Edits a deck file, beginning at a line; it is written when it is sound.
pub(super) fn file(context: &mut Context<'_>, path: &Path, line: usize) -> Result<(), CommandError> {
    if !context.terminal.is_interactive() {
        return Err(Refusal::EditorNeedsTerminal.into());
    }
    let draft = Draft::of(path)?;
    match if draft.was_left() { goes_on(context, &draft)? } else { Some(false) } {
        Some(true) => {}
        Some(false) => draft.write(&draft.base)?,
        None => return Ok(()),
    }
    let ended = rounds(context, &draft, line).and_then(|end| finish(context, &draft, end));
    if ended.is_err() {
        match draft.text() {
            Ok(text) if deck_files::unremarked(&text) == draft.base => draft.discard(),
            Ok(_) | Err(_) => kept(context, &draft)?,
        }
    }
    ended
}

/// Whether the learner goes on with a draft that was left; `None` where neither that nor anew.
fn goes_on(context: &mut Context<'_>, draft: &Draft) -> Result<Option<bool>, CommandError> {
    let mut page = Page::new();
    let since = if draft.is_outrun() { ", and the deck was changed since" } else { "" };
    page.text(
        Style::Warn,
        format!("an unfinished draft of this deck is there{since}: `{}`", draft.path.display()),
    );
    page.text(Style::Plain, "y goes on with it, n throws it away");
    context.show_page(&page)?;
    Ok(match context.terminal.ask(&Ask::Confirm)? {
        Heard::Truth(yes) => Some(yes),
        _ => None,
    })
}

/// Opens the editor again and again, until the draft is sound or is left as it was.
fn rounds(context: &mut Context<'_>, draft: &Draft, line: usize) -> Result<End, CommandError> {
    let mut line = line;
    let mut given = draft.text()?;
    let before = errors(&draft.deck, context)?;
    let was_there =
        |error: &Problem| before.iter().any(|old| (old.rule, &old.message) == (error.rule, &error.message));
    loop {
        editor::open_at(context, &draft.path, line)?;
        let saved = draft.text()?;
        let plain = deck_files::unremarked(&saved);
        if plain == draft.base {
            return Ok(End::Unchanged);
        }
        draft.write(&plain)?;
        // What was wrong before, and what many cards show together, is told at the end: it must not stand in the way
        // of a small edit.
        let mut errors = errors(&draft.path, context)?;
        errors.retain(|error| !was_there(error) && !error.rule.starts_with(STATISTIC));
        if errors.is_empty() {
            return Ok(End::Sound(plain));
        }
        if saved == given {
            return Ok(End::Faulty(plain, errors.len()));
        }
        (given, line) = deck_files::remarked(&plain, &errors);
        draft.write(&given)?;
    }
}

/// The errors of a file.
fn errors(path: &Path, context: &Context<'_>) -> Result<Vec<Problem>, CommandError> {
    let mut problems = check::of_file(path, context)?;
    let file = path.to_string_lossy();
    problems.retain(|problem| problem.level == Level::Error && *problem.place.file == *file);
    Ok(problems)
}

fn finish(context: &mut Context<'_>, draft: &Draft, end: End) -> Result<(), CommandError> {
    let text = match end {
        End::Unchanged => {
            draft.discard();
            let mut page = Page::new();
            page.text(Style::Dim, "nothing was changed");
            return context.show_page(&page);
        }
        End::Sound(text) => text,
        End::Faulty(text, errors) => {
            if !saves(context, errors)? {
                return kept(context, draft);
            }
            text
        }
    };
    draft.publish(&text)?;
    let problems = check::of_file(&draft.deck, context)?;
    check::tell(&problems, context)?;
    let (errors, warnings) = (count(&problems, Level::Error), count(&problems, Level::Warning));
    let (style, told) = match (errors, warnings) {
        (0, 0) => (Style::Good, String::new()),
        (0, warnings) => (Style::Good, format!(", with {}", counted(warnings, "warning"))),
        (errors, _) => (Style::Warn, format!(", with {}", counted(errors, "error"))),
    };
    let mut page = Page::new();
    page.text(style, format!("saved `{}`{told}", draft.deck.display()));
    context.show_page(&page)?;
    match lower_flags(context, &mended(draft, &text, &problems)) {
        Ok(()) => Ok(()),
        // The deck is saved: what is wrong with the progress file is told, and undoes nothing.
        Err(error) => context.show_page(&trouble::page(&error.to_string(), &[], error.hint().as_deref())),
    }
}

/// The cards that an edit changed and that have no error now.
fn mended(draft: &Draft, text: &str, problems: &[Problem]) -> BTreeSet<CardId> {
    let file: Arc<str> = Arc::from(draft.deck.to_string_lossy());
    let cards = |text: &str| deck_files::read_text(text, &file).0.map(|deck| deck.cards).unwrap_or_default();
    let before: BTreeMap<CardId, Card> =
        cards(&draft.base).into_iter().map(|card| (card.id.clone(), card)).collect();
    let after = cards(text);
    let starts: BTreeSet<usize> = after.iter().map(|card| card.place.line).collect();
    let is_sound = |card: &Card| {
        let own = card.place.line..starts.range(card.place.line + 1..).next().copied().unwrap_or(usize::MAX);
        !problems.iter().any(|problem| {
            problem.level == Level::Error && problem.place.file == file && own.contains(&problem.place.line)
        })
    };
    let is_changed = |card: &Card| {
        before.get(&card.id).is_some_and(|old| moved(old, &card.place) != moved(card, &card.place))
    };
    after.iter().filter(|card| is_changed(card) && is_sound(card)).map(|card| card.id.clone()).collect()
}

/// The card as if all of it were written at that place.
fn moved(card: &Card, place: &Place) -> Card {
    let nodes = card.nodes.iter().map(|(node, _)| (node.clone(), place.clone())).collect();
    Card { nodes, place: place.clone(), ..card.clone() }
}

/// Lowers the flags of these cards, and names those that had one.
fn lower_flags(context: &mut Context<'_>, cards: &BTreeSet<CardId>) -> Result<(), CommandError> {
    let flags = context.readable_store()?.flags()?;
    let raised: Vec<CardId> =
        flags.into_iter().map(|flag| flag.card).filter(|card| cards.contains(card)).collect();
    if raised.is_empty() {
        return Ok(());
    }
    let mut store = context.store()?;
    for card in &raised {
        store.unflag(card)?;
    }
    store.close()?;
    let mut page = Page::new();
    for card in raised {
        page.text(Style::Good, format!("the flag of `{card}` is lowered"));
    }
    context.show_page(&page)
}

/// Whether the learner wants the deck written with its errors.
fn saves(context: &mut Context<'_>, errors: usize) -> Result<bool, CommandError> {
    let mut page = Page::new();
    page.text(Style::Warn, format!("{} left: a card with an error is not asked", counted(errors, "error")));
    page.text(Style::Plain, "y writes the deck as it is, n keeps the draft");
    context.show_page(&page)?;
    Ok(matches!(context.terminal.ask(&Ask::Confirm)?, Heard::Truth(true)))
}

/// Says where what was written is kept.
fn kept(context: &mut Context<'_>, draft: &Draft) -> Result<(), CommandError> {
    let mut page = Page::new();
    page.text(Style::Warn, format!("`{}` is as it was; what you wrote is kept:", draft.deck.display()));
    page.text(Style::Plain, draft.path.to_string_lossy());
    page.text(Style::Dim, "`mindrill edit` of the same deck goes on with it");
    context.show_page(&page)
}

/// The file and the line that a name means; `None` where the learner picks none of several.
fn place(name: &str, context: &mut Context<'_>) -> Result<Option<(PathBuf, usize)>, CommandError> {
    let path = Path::new(name);
    if path.is_file() && path.extension().is_some_and(|ending| ending == "toml") {
        let line = errors(path, context)?.first().map_or(1, |problem| problem.place.line);
        return Ok(Some((path.to_path_buf(), line)));
    }
    let source = context.source()?.value;
    if source == Source::Embedded {
        return Err(CommandError::Embedded { verb: "edit" });
    }
    let (library, decks) = Library::open_whole(source)?;
    match library.named(name) {
        Ok(Named::Card(card)) => {
            let header = library.collection.header(&card);
            Ok(header.and_then(|header| Some((library.path(header)?, header.place.line))))
        }
        Ok(Named::Node(node)) => of_node(node, &library, &decks, context),
        Err(unknown) => of_deck(name, &library, &decks).ok_or(unknown).map(Some),
    }
}

/// The file of the deck of that name, at its first error, whether it can be read or not.
fn of_deck(name: &str, library: &Library, decks: &[Deck]) -> Option<(PathBuf, usize)> {
    let is_named = |file: &str| Path::new(file).file_stem().is_some_and(|stem| stem == name);
    let faulty = library.errors().find(|problem| is_named(&problem.place.file)).map(|problem| &problem.place);
    let sound = || decks.iter().find(|deck| deck.id.0 == name).map(|deck| &deck.place);
    let place = faulty.or_else(sound)?;
    Some((PathBuf::from(&*place.file), place.line))
}

/// The deck of a node; of several, the one that the learner picks.
fn of_node(
    node: NodeIndex,
    library: &Library,
    decks: &[Deck],
    context: &mut Context<'_>,
) -> Result<Option<(PathBuf, usize)>, CommandError> {
    let map = library.collection.map();
    let bound = Shelf::new(map, decks).below(map, node);
    let bound: Vec<&Deck> = bound.into_iter().filter_map(|place| decks.get(place)).collect();
    let place = |deck: &&Deck| (PathBuf::from(&*deck.place.file), deck.place.line);
    match bound.as_slice() {
        [] => Err(Refusal::NoDeck(map.node(node).key.clone()).into()),
        [only] => Ok(Some(place(only))),
        several => {
            let items: Vec<String> =
                several.iter().map(|deck| clean(&format!("{}  {}", deck.title, deck.place.file))).collect();
            let Heard::Picked(picked) = context.terminal.ask(&Ask::Find(&items))? else { return Ok(None) };
            Ok(picked.first().and_then(|&picked| several.get(picked)).map(place))
        }
    }
}
