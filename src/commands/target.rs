//! The deck to which cards are added: found by its leaf, made where there is none, never written over.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::library::Library;
use super::{CommandError, Context, Refusal, WritingError, review};
use crate::deck_files::{self, Source};
use crate::domain::card::{Card, DeckId};
use crate::domain::collection::Collection;
use crate::domain::day::StudyDay;
use crate::domain::deck::Deck;
use crate::domain::problem::{Level, Problem};
use crate::domain::skill_map::NodeIndex;
use crate::lint::Subject;

/// A deck that takes cards.
pub struct Target {
    library: Library,
    decks: Vec<Deck>,
    map_file: Arc<str>,
    /// The file as it is shown.
    pub file: Arc<str>,
    path: PathBuf,
    /// Its text when it was last looked at: of a new deck, its head.
    text: String,
    /// Whether there is no such file yet.
    pub is_new: bool,
    /// The deck.
    pub id: DeckId,
}

/// A deck with new cards that is not written yet.
#[derive(Default)]
pub struct Proposal {
    /// Its text.
    pub text: String,
    /// The new cards, as the deck gives them, those turned round included.
    pub cards: Vec<Card>,
    /// What is wrong with their bindings: they cannot be added.
    pub errors: Vec<Problem>,
    /// What the content rules say of them.
    pub findings: Vec<Problem>,
}

impl Target {
    /// The deck of the node of that name, or the one of its decks that is named.
    ///
    /// # Errors
    /// The embedded collection has no file; the node is unknown or no leaf; several decks hang on it.
    pub fn find(context: &Context<'_>, name: &str, deck: Option<&str>) -> Result<Self, CommandError> {
        let source = context.source()?.value;
        let Source::Folder(root) = &source else {
            return Err(CommandError::Embedded { verb: "add cards to" });
        };
        let (root, map_file) = (root.clone(), source.map_text()?.file);
        let (library, decks) = Library::open_whole(source)?;
        let node = library.node(name)?;
        let place = match chosen(&library, &decks, node, deck)? {
            Some(deck) => present(&library, deck)?,
            None => absent(&library, &decks, node, (&root, context.today()))?,
        };
        let Place { path, file, text, is_new } = place;
        let id = DeckId(stem(&path));
        Ok(Self { library, decks, map_file, file, path, text, is_new, id })
    }

    /// What its cards ask and answer, by fingerprint.
    pub fn fingerprints(&self) -> BTreeSet<u64> {
        let own = self.decks.iter().find(|deck| deck.id == self.id);
        own.map_or_else(BTreeSet::new, |deck| deck.cards.iter().map(Card::fingerprint).collect())
    }

    /// The ids of its cards.
    pub fn taken(&self) -> BTreeSet<String> {
        deck_files::ids_in(&self.text)
    }

    /// The deck as it would be with these cards.
    ///
    /// # Errors
    /// The deck takes no cards as it stands.
    pub fn with(&self, cards: &[Card], today: StudyDay) -> Result<Proposal, CommandError> {
        let text = self.appended(&self.text, cards)?;
        let deck = deck_files::read_text(&text, &self.file).0;
        let Some(deck) = deck else { return Ok(Proposal { text, ..Proposal::default() }) };
        let wanted: BTreeSet<&str> = cards.iter().map(|card| card.id.card.as_str()).collect();
        let added = deck.cards.iter().filter(|card| wanted.contains(card.id.card.as_str()));
        let added: Vec<Card> = added.cloned().collect();
        let first = added.iter().map(|card| card.place.line).min().unwrap_or(0);
        let is_ours = |problem: &Problem| problem.place.file == self.file && problem.place.line >= first;
        let map = self.library.collection.map();
        let mut errors = Collection::bind(map.clone(), [&deck]).1;
        errors.retain(|problem| is_ours(problem) && problem.level == Level::Error);
        let others = self.decks.iter().filter(|other| other.id != self.id).cloned();
        let decks: Vec<Deck> = others.chain([deck]).collect();
        let (policy, beyond) = (&self.library.policy, &BTreeMap::new());
        let subject = Subject { map: Some(map), decks: &decks, beyond, policy, today };
        let mut findings = review::problems(&subject, &self.map_file);
        findings.retain(is_ours);
        findings.sort();
        Ok(Proposal { text, cards: added, errors, findings })
    }

    /// Writes these cards to the end of the file as it is now: it may have been edited meanwhile.
    ///
    /// # Errors
    /// The file takes no cards as it stands, or the file system refuses; the file is then as it was.
    pub fn write(&mut self, cards: &[Card]) -> Result<(), CommandError> {
        let unwritable = |source| CommandError::Unwritable { path: self.path.clone(), source };
        let text = if self.is_new {
            let text = self.appended(&self.text, cards)?;
            deck_files::create(&self.path, &text).map_err(unwritable)?;
            text
        } else {
            let text = self.appended(&deck_files::map_file(&self.path)?.text, cards)?;
            deck_files::replace(&self.path, &text).map_err(unwritable)?;
            text
        };
        self.is_new = false;
        self.text = text;
        Ok(())
    }

    fn appended(&self, text: &str, cards: &[Card]) -> Result<String, CommandError> {
        let refused = |source| WritingError::Append { file: Arc::clone(&self.file), source };
        Ok(deck_files::append(text, cards).map_err(refused)?)
    }
}

/// Which deck of a node is meant; `None` where there is none yet.
fn chosen<'d>(
    library: &Library,
    decks: &'d [Deck],
    node: NodeIndex,
    named: Option<&str>,
) -> Result<Option<&'d Deck>, CommandError> {
    let map = library.collection.map();
    let hangs = |deck: &&Deck| deck.node.as_ref().is_some_and(|(name, _)| map.find(name) == Ok(node));
    let there: Vec<&Deck> = decks.iter().filter(hangs).collect();
    let meant: Vec<&Deck> =
        there.iter().copied().filter(|deck| named.is_none_or(|name| deck.id.0 == name)).collect();
    let key = || map.node(node).key.clone();
    let decks = || there.iter().map(|deck| deck.id.clone()).collect();
    match (meant.as_slice(), named) {
        ([], None) if map.is_leaf(node) => Ok(None),
        ([], None) => Err(WritingError::NotALeaf { node: key() }.into()),
        ([deck], _) => Ok(Some(deck)),
        (_, None) => Err(WritingError::SeveralDecks { node: key(), decks: decks() }.into()),
        (_, Some(named)) => {
            Err(WritingError::NoSuchDeck { node: key(), named: named.to_owned(), decks: decks() }.into())
        }
    }
}

/// A file, and what it holds or is to begin with.
struct Place {
    path: PathBuf,
    file: Arc<str>,
    text: String,
    is_new: bool,
}

fn present(library: &Library, deck: &Deck) -> Result<Place, CommandError> {
    let path = library.file(&deck.place).ok_or(CommandError::Embedded { verb: "add cards to" })?;
    let text = deck_files::map_file(&path)?.text;
    Ok(Place { path, file: Arc::clone(&deck.place.file), text, is_new: false })
}

/// A deck that is still to be made: `BRANCH/LEAF.toml`, with a longer name where a deck has that one.
fn absent(
    library: &Library,
    decks: &[Deck],
    node: NodeIndex,
    (root, today): (&Path, StudyDay),
) -> Result<Place, CommandError> {
    let node = library.collection.map().node(node);
    let key = node.key.0.as_str();
    let is_taken = |id: &str| decks.iter().any(|deck| deck.id.0 == id);
    let below = deck_files::home(key, is_taken).ok_or_else(|| Refusal::NoName(node.key.clone()))?;
    let path = root.join(below);
    if path.exists() {
        // A deck that could not be read, or that hangs elsewhere: its author knows.
        let source = std::io::ErrorKind::AlreadyExists.into();
        return Err(CommandError::Unwritable { path, source });
    }
    let text = deck_files::schema_line(root, &path) + &deck_files::deck_toml(&node.label, key, today);
    let file = Arc::from(path.to_string_lossy());
    Ok(Place { path, file, text, is_new: true })
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
