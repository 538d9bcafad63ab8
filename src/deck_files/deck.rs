//! One deck: the text of a file to a deck, with every problem of the text.
//!
//! It knows neither folders nor the skill map: bindings are kept as written.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use toml::de::DeValue;

use super::card::{self, Entry, Shared};
use super::fields::{Fields, Written};
use super::findings::{Findings, quoted};
use super::ids;
use super::syntax::{self, Tree};
use crate::domain::card::{Body, Card, DeckId};
use crate::domain::day::StudyDay;
use crate::domain::deck::Deck;
use crate::domain::problem::Problem;

/// Most cards in one file: parsed, a hundred thousand take some 300 MB.
const MOST_CARDS: usize = 100_000;

/// What came of a deck's text.
#[derive(Debug)]
pub(super) struct Parsed {
    /// The deck with its sound cards; `None` where the text is not TOML.
    pub deck: Option<Deck>,
    /// Every problem of the text, by place.
    pub problems: Vec<Problem>,
}

/// Reads a deck from `text`, which is shown as `file`.
pub(super) fn parse(id: DeckId, file: &Arc<str>, text: &str) -> Parsed {
    let mut found = Findings::new(Arc::clone(file), text);
    let tree = syntax::parse(text, &mut found);
    let deck = read(id, &tree, &mut found);
    Parsed { deck, problems: found.into_problems() }
}

fn read(id: DeckId, tree: &Tree<'_>, found: &mut Findings<'_>) -> Option<Deck> {
    let root = Fields::new(tree.root.get_ref(), 0, "deck file");
    root.only(&["deck", "card"], found);
    let head = head(&root, &id, tree.sound, found);
    let shared = Shared { deck: id.clone(), tags: head.tags };
    let entries = entries(&root, tree, &shared, found)?;
    let cards = sound_cards(entries, tree.is_whole(), found);
    if !tree.sound {
        return None;
    }
    // Where the deck's own binding is faulty, cards that rely on it would only be reported once more.
    let rely = |card: &Card| card.nodes.is_empty();
    let cards: Vec<Card> = cards.into_iter().filter(|card| !(head.node_is_faulty && rely(card))).collect();
    let node = head.node.map(|(node, at)| (node, found.place(at)));
    let place = found.place(head.at);
    Some(Deck { id, title: head.title, node, as_of: head.as_of, lint_allow: head.lint_allow, place, cards })
}

/// What `[deck]` says.
struct Head {
    title: String,
    node: Option<Written>,
    node_is_faulty: bool,
    as_of: Option<StudyDay>,
    tags: Vec<String>,
    lint_allow: Vec<String>,
    at: usize,
}

fn head(root: &Fields<'_, '_>, id: &DeckId, sound: bool, found: &mut Findings<'_>) -> Head {
    let empty = toml::de::DeTable::new();
    let fields = match root.value("deck").map(|value| (value, value.get_ref())) {
        Some((value, DeValue::Table(table))) => Fields::new(table, value.span().start, "[deck]"),
        Some((value, _)) => {
            let message = "`deck` is not a table".to_owned();
            found.error(value.span().start, "wrong-type", message, "write `[deck]` on a line of its own");
            Fields::new(&empty, 0, "[deck]")
        }
        None => Fields::new(&empty, 0, "[deck]"),
    };
    fields.only(&["title", "node", "as_of", "tags", "lint_allow"], found);
    let title = fields.text("title", found);
    if sound && fields.value("title").is_none() {
        let message = format!("a deck without a title is called `{id}`");
        found.warning(fields.at(), "no-title", message, "add `title = \"…\"` under [deck]");
    }
    let node = fields.written("node", found);
    let node_is_faulty = node.is_none() && fields.value("node").is_some();
    let lint_allow = fields.plain_texts("lint_allow", found);
    let (as_of, tags) = (fields.day("as_of", found), fields.plain_texts("tags", found));
    let title = title.unwrap_or_else(|| id.0.clone());
    Head { title, node, node_is_faulty, as_of, tags, lint_allow, at: fields.at() }
}

/// The cards one by one; `None` where there are too many of them.
fn entries(
    root: &Fields<'_, '_>,
    tree: &Tree<'_>,
    shared: &Shared,
    found: &mut Findings<'_>,
) -> Option<Vec<Entry>> {
    if let Some(DeValue::Table(_)) = root.value("card").map(toml::Spanned::get_ref) {
        let message = "`[card]` is a single table, and a deck has a list of cards".to_owned();
        found.error(root.at_value("card"), "wrong-type", message, "write `[[card]]` before every card");
        return Some(Vec::new());
    }
    let tables = root.tables("card", "card", found);
    if tables.len() > MOST_CARDS {
        let message = format!("{} cards in one file, {MOST_CARDS} at most", tables.len());
        found.error(root.at_value("card"), "too-many-cards", message, "split the deck into several files");
        return None;
    }
    if tables.is_empty() && tree.sound && root.value("card").is_none() {
        found.warning(0, "no-cards", "a deck without a card".to_owned(), "write `[[card]]` and its fields");
    }
    let ends = tables.iter().skip(1).map(Fields::at).chain([usize::MAX]);
    let whole = tables.iter().zip(ends).filter(|(table, end)| !tree.is_torn(table.at()..*end));
    Some(whole.map(|(table, _)| card::read(table, shared, found)).collect())
}

/// The cards without an error, those turned round put after their originals.
fn sound_cards(entries: Vec<Entry>, complete: bool, found: &mut Findings<'_>) -> Vec<Card> {
    let known: BTreeSet<String> = entries.iter().flat_map(ids_of).collect();
    let mut used = BTreeMap::new();
    let mut cards = Vec::new();
    for entry in entries {
        let is_new = is_new(&entry, &mut used, found);
        let leads_on = !complete || leads_on(&entry, &known, found);
        let Some(card) = entry.card.filter(|_| is_new && leads_on) else { continue };
        let turned = if entry.reverse { turned(&card) } else { None };
        cards.push(card);
        cards.extend(turned);
    }
    cards
}

fn ids_of(entry: &Entry) -> impl Iterator<Item = String> + use<> {
    let id = entry.id.as_ref().map(|(id, _)| id.clone());
    let turned = id.as_deref().filter(|_| entry.reverse).map(ids::reversed);
    id.into_iter().chain(turned)
}

/// Whether no earlier card has the id of this one; both places are told otherwise.
fn is_new(entry: &Entry, used: &mut BTreeMap<String, usize>, found: &mut Findings<'_>) -> bool {
    let Some((id, at)) = &entry.id else { return true };
    let Some(first) = used.get(id) else {
        used.insert(id.clone(), *at);
        return true;
    };
    let first = found.place(*first);
    let (message, hint) = if entry.authored {
        (format!("a second card `{id}`; the first is at {first}"), "give it an id of its own")
    } else {
        (
            format!("a second card without an id and with the kind and prompt of that at {first}"),
            "write an id for each: `id = \"…\"`",
        )
    };
    found.error(*at, "S01", message, hint);
    false
}

/// Whether `reverse_of` names another card of the deck, if it names any.
fn leads_on(entry: &Entry, known: &BTreeSet<String>, found: &mut Findings<'_>) -> bool {
    let Some((target, at)) = &entry.reverse_of else { return true };
    let is_own = entry.id.as_ref().is_some_and(|(id, _)| id == target);
    if known.contains(target) && !is_own {
        return true;
    }
    let message = if is_own {
        format!("card {} turns itself round", quoted(target))
    } else {
        format!("`reverse_of` names no card of this deck: {}", quoted(target))
    };
    found.error(*at, "reverse-of", message, "name the id of another card of this deck");
    false
}

/// A flashcard turned round. What belongs to its front (hint, other wordings) does not come along.
fn turned(card: &Card) -> Option<Card> {
    let Body::Flashcard { prompt, answer } = &card.body else { return None };
    let mut turned = card.clone();
    turned.id.card = ids::reversed(&card.id.card);
    turned.body = Body::Flashcard { prompt: answer.clone(), answer: prompt.clone() };
    turned.reverse_of = Some(card.id.card.clone());
    turned.variants = Vec::new();
    turned.hint = None;
    Some(turned)
}
