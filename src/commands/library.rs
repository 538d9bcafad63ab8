//! A collection opened: map and decks read, bindings resolved, every problem kept.
//!
//! The one place where the rooms `deck_files` and `mindmap` meet the domain.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::PathBuf;

use super::CommandError;
use crate::deck_files::{CardReader, Loaded, MapText, OwnSettings, Source};
use crate::domain::card::{Card, CardId, Kind};
use crate::domain::collection::{Collection, Header};
use crate::domain::deck::Deck;
use crate::domain::grading::Paces;
use crate::domain::policy::Policy;
use crate::domain::problem::{Level, Problem};
use crate::domain::queue::Scope;
use crate::domain::skill_map::{LookupError, NodeIndex, NodeKey, SkillMap};
use crate::mindmap;
use crate::store::Store;

/// How many near ids an unknown id is answered with.
const MOST_SUGGESTIONS: usize = 3;
/// Least Jaro-Winkler similarity (0..1) of an id worth suggesting.
const LEAST_SIMILARITY: f64 = 0.8;

/// An opened collection.
pub struct Library {
    /// Map and headers.
    pub collection: Collection,
    /// What is wrong with map, decks, settings and bindings, by place.
    pub problems: Vec<Problem>,
    /// How many files were read, the map included.
    pub files: usize,
    /// How many cards the decks hold, derived ones left out.
    pub authored: usize,
    /// What the collection asks of its cards.
    pub policy: Policy,
    reader: RefCell<CardReader>,
}

/// What a name means.
pub enum Named {
    /// A card.
    Card(CardId),
    /// A node of the map.
    Node(NodeIndex),
}

impl Library {
    /// Opens a collection; what is wrong with single decks or cards leaves only those out.
    ///
    /// # Errors
    /// There is no map, or it cannot be understood.
    pub fn open(source: Source) -> Result<Self, CommandError> {
        Ok(Self::open_whole(source)?.0)
    }

    /// As [`Self::open`], with the whole decks.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_whole(source: Source) -> Result<(Self, Vec<Deck>), CommandError> {
        let (map, mut problems) = read_map(&source.map_text()?)?;
        let settings = source.own_settings();
        let map = weighted(map, &settings, &mut problems);
        let Loaded { decks, problems: in_decks, files } = source.decks();
        let authored = authored(&decks);
        let (collection, bindings) = Collection::bind(map, &decks);
        problems.extend(settings.problems.into_iter().chain(in_decks).chain(bindings));
        problems.sort();
        let reader = RefCell::new(CardReader::new(source));
        let policy = settings.policy;
        Ok((Self { collection, problems, files: files + 1, authored, policy, reader }, decks))
    }

    /// The map of a collection alone.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn map(source: &Source) -> Result<SkillMap, CommandError> {
        Ok(read_map(&source.map_text()?)?.0)
    }

    /// The problems that leave something out.
    pub fn errors(&self) -> impl Iterator<Item = &Problem> {
        self.problems.iter().filter(|problem| problem.level == Level::Error)
    }

    /// A card with its text, as its file says now.
    ///
    /// # Errors
    /// The card is not in the collection, or not in its file any more.
    pub fn card(&self, id: &CardId) -> Result<Card, CommandError> {
        let header = self.collection.header(id).ok_or_else(|| self.unknown(&id.to_string()))?;
        Ok(self.reader.borrow_mut().card(id, &header.place)?)
    }

    /// The file of a card; `None` for the embedded collection.
    pub fn path(&self, header: &Header) -> Option<PathBuf> {
        self.reader.borrow().path(&header.place)
    }

    /// The node of that name.
    pub fn node(&self, name: &str) -> Result<NodeIndex, CommandError> {
        Ok(self.collection.map().find(name)?)
    }

    /// The cards at or below the nodes of those names.
    pub fn scope(&self, nodes: &[String], kind: Option<Kind>) -> Result<Scope, CommandError> {
        let nodes = nodes.iter().map(|name| self.node(name)).collect::<Result<_, _>>()?;
        Ok(Scope { nodes, kind })
    }

    /// The card of that id, `deck/card`, or the card alone where only one deck has it.
    pub fn card_named(&self, name: &str) -> Result<CardId, CommandError> {
        if let Some(id) = name.parse().ok().filter(|id| self.collection.header(id).is_some()) {
            return Ok(id);
        }
        let same = self.collection.cards().filter(|header| header.id.card == name);
        let mut same: Vec<CardId> = same.map(|header| header.id.clone()).collect();
        match (same.pop(), same.is_empty()) {
            (Some(only), true) => Ok(only),
            (Some(last), false) => {
                same.push(last);
                Err(CommandError::ManyCards { name: name.to_owned(), candidates: same })
            }
            (None, _) => Err(self.unknown(name)),
        }
    }

    /// The card or node of that name; a card counts first.
    pub fn named(&self, name: &str) -> Result<Named, CommandError> {
        match (self.card_named(name), self.collection.map().find(name)) {
            (Ok(id), _) => Ok(Named::Card(id)),
            (Err(_), Ok(node)) => Ok(Named::Node(node)),
            (Err(error @ CommandError::ManyCards { .. }), _) => Err(error),
            (Err(_), Err(error @ LookupError::Ambiguous { .. })) => Err(error.into()),
            (Err(error), Err(LookupError::Unknown { nearest, name })) => Err(match &error {
                CommandError::NoCard { nearest: cards, .. } if nearest.is_empty() && !cards.is_empty() => {
                    error
                }
                _ => LookupError::Unknown { name, nearest }.into(),
            }),
        }
    }

    /// The cards that a name means: one card, or all at or below a node, in the order of their files.
    pub fn cards_named(&self, name: &str) -> Result<Vec<CardId>, CommandError> {
        let node = match self.named(name)? {
            Named::Card(id) => return Ok(vec![id]),
            Named::Node(node) => node,
        };
        let below = self.collection.cards().filter(|header| self.collection.is_below(header, node));
        let mut headers: Vec<&Header> = below.collect();
        headers.sort_by_key(|header| (&header.place, &header.id));
        Ok(headers.into_iter().map(|header| header.id.clone()).collect())
    }

    /// The learner's pace by kind, from the newest timed answers.
    pub fn paces(&self, store: &Store) -> Result<Paces, CommandError> {
        let kind = |id: &CardId| self.collection.header(id).map(|header| header.kind);
        let times = store.recent_times(Paces::WANTED)?;
        Ok(Paces::new(times.into_iter().filter_map(|(id, elapsed_ms)| Some((kind(&id)?, elapsed_ms)))))
    }

    fn unknown(&self, name: &str) -> CommandError {
        let likeness = |id: &CardId| {
            let whole = strsim::jaro_winkler(name, &id.to_string());
            whole.max(strsim::jaro_winkler(name, &id.card))
        };
        let mut near: Vec<(f64, &CardId)> =
            self.collection.cards().map(|header| (likeness(&header.id), &header.id)).collect();
        near.retain(|(likeness, _)| *likeness >= LEAST_SIMILARITY);
        near.sort_by(|(left, a), (right, b)| right.total_cmp(left).then_with(|| a.cmp(b)));
        let nearest = near.into_iter().take(MOST_SUGGESTIONS).map(|(_, id)| id.clone()).collect();
        CommandError::NoCard { name: name.to_owned(), nearest }
    }
}

/// How many cards were written, derived ones left out.
pub fn authored(decks: &[Deck]) -> usize {
    decks.iter().flat_map(|deck| &deck.cards).filter(|card| !card.is_derived()).count()
}

/// The map of a text, with what is doubtful in it.
fn read_map(text: &MapText) -> Result<(SkillMap, Vec<Problem>), CommandError> {
    let reading = mindmap::read_file(&text.text, &text.file);
    match reading.map {
        Some(map) => Ok((map, reading.problems)),
        None => Err(CommandError::UnreadableMap {
            file: text.file.to_string(),
            problems: reading.problems,
            text: text.text.clone(),
        }),
    }
}

/// The map with the weights that the collection's settings give; names that lead nowhere are problems.
fn weighted(map: SkillMap, settings: &OwnSettings, problems: &mut Vec<Problem>) -> SkillMap {
    let mut by_key: BTreeMap<NodeKey, _> = BTreeMap::new();
    for (name, (importance, place)) in &settings.importance {
        match map.find(name) {
            Ok(node) => {
                by_key.insert(map.node(node).key.clone(), *importance);
            }
            Err(error) => problems.push(Problem {
                place: place.clone(),
                rule: "importance-node",
                level: Level::Error,
                message: error.to_string(),
                hint: "`mindrill map show` lists the nodes".to_owned(),
            }),
        }
    }
    map.with_importance(&by_key)
}
