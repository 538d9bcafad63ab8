//! A deck's text in the documented form: ids stamped, keys in their order; nothing else changes.
//!
//! The text is cut at the lines of its keys and put together again, so that comments and blank lines go with what they
//! precede, and no value is ever written anew. It does not know files.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use toml_edit::{Document, Item, Table};

use super::deck;
use super::findings::Findings;
use super::format::{CARD, DECK, Key};
use super::loaded::id_of;
use super::syntax;
use crate::domain::card::Card;
use crate::domain::problem::{Level, Problem};

/// What came of a deck's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tidied {
    /// The text as it should be; the same where it is.
    pub text: String,
    /// The ids that were written in, in order.
    pub stamped: Vec<String>,
    /// In how many tables keys were moved.
    pub sorted: usize,
    /// What was left as it is, and why.
    pub left: Vec<Problem>,
}

/// The text of a deck, which is shown as `file`, with ids and in order. A second time changes nothing.
///
/// # Errors
/// The problems for which it is not TOML; or (a guarantee, no known text) that it would not mean the same.
pub fn tidied(text: &str, file: &Arc<str>) -> Result<Tidied, Vec<Problem>> {
    let mut found = Findings::new(Arc::clone(file), text);
    let tree = syntax::parse(text, &mut found);
    if !tree.is_whole() {
        return Err(found.into_problems());
    }
    let document = match Document::parse(text) {
        Ok(document) => document,
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            found.error(at, "syntax", error.message().to_owned(), "this is not TOML; see https://toml.io");
            return Err(found.into_problems());
        }
    };
    let mut edits =
        Edits { text, edits: BTreeMap::new(), left: Findings::new(Arc::clone(file), text), sorted: 0 };
    let unnamed = deck::unnamed(&tree, &id_of(file), &mut found);
    let stamped = edits.stamp(unnamed, &deck::written_ids(&tree));
    edits.sort_all(document.as_table());
    let Edits { edits, left, sorted, .. } = edits;
    let whole = applied(text, &edits);
    if means_the_same(text, &whole, file) {
        return Ok(Tidied { text: whole, stamped, sorted, left: left.into_problems() });
    }
    let mut found = Findings::new(Arc::clone(file), text);
    let message = "the deck would not mean the same afterwards".to_owned();
    found.error(0, "fmt", message, "write the ids by hand, and please report this deck");
    Err(found.into_problems())
}

/// What is to be put in place of stretches of the text.
struct Edits<'t> {
    text: &'t str,
    /// By the start of a stretch and its end: an insertion before what follows it.
    edits: BTreeMap<(usize, usize), String>,
    left: Findings<'t>,
    sorted: usize,
}

impl Edits<'_> {
    /// Writes the ids in that follow from the cards' kinds and prompts; gives those that were.
    fn stamp(&mut self, unnamed: Vec<(usize, String)>, written: &BTreeSet<String>) -> Vec<String> {
        let mut used = written.clone();
        let mut stamped = Vec::new();
        for (at, id) in unnamed {
            if !used.insert(id.clone()) {
                let message = format!("the id `{id}` of this card is that of another one");
                self.left.warning(at, "left-alone", message, "write an id for each: `id = \"…\"`");
                continue;
            }
            let rest = self.text.get(at..).unwrap_or_default();
            let (place, line) = if rest.starts_with('{') {
                (at + 1, format!(" id = \"{id}\","))
            } else {
                let end = end_of_line(self.text, at);
                let ending = if self.text.get(..end).is_some_and(|text| text.ends_with("\r\n")) {
                    "\r\n"
                } else {
                    "\n"
                };
                (end, format!("id = \"{id}\"{ending}"))
            };
            self.edits.insert((place, place), line);
            stamped.push(id);
        }
        stamped
    }

    fn sort_all(&mut self, root: &Table) {
        if let Some(deck) = root.get("deck") {
            self.sort_item(deck, DECK);
        }
        match root.get("card") {
            Some(Item::ArrayOfTables(cards)) => cards.iter().for_each(|card| self.sort(card, CARD)),
            Some(other) => self.leave(other, "its cards are not written under `[[card]]`; their keys stay"),
            None => {}
        }
    }

    fn sort_item(&mut self, item: &Item, keys: &[Key]) {
        match item.as_table() {
            Some(table) if !table.is_dotted() && !table.is_implicit() => self.sort(table, keys),
            Some(_) | None => self.leave(item, "`deck` is not written as `[deck]`; its keys stay"),
        }
    }

    /// Puts the keys of a table in their order. Tables within it follow them anyway and stay.
    fn sort(&mut self, table: &Table, keys: &[Key]) {
        let Some(blocks) = blocks(self.text, table) else {
            let at = table.span().map_or(0, |span| span.start);
            let message = "a key with dots in this table; its keys stay as they are".to_owned();
            return self.left.warning(at, "left-alone", message, "write the table out: `key = [{ … }]`");
        };
        let rank = |name: &str| keys.iter().position(|key| key.name == name).unwrap_or(keys.len());
        if blocks.is_sorted_by_key(|(name, _)| rank(name)) {
            return;
        }
        let whole = blocks.first().map_or(0, |(_, block)| block.start)
            ..blocks.last().map_or(0, |(_, block)| block.end);
        let mut sorted: Vec<&(&str, Range<usize>)> = blocks.iter().collect();
        sorted.sort_by_key(|(name, _)| rank(name));
        let parts: Vec<&str> = sorted.iter().filter_map(|(_, block)| self.text.get(block.clone())).collect();
        self.edits.insert((whole.start, whole.end), joined(&parts));
        self.sorted += 1;
    }

    fn leave(&mut self, item: &Item, why: &str) {
        let at = item.span().map_or(0, |span| span.start);
        self.left.warning(at, "left-alone", why.to_owned(), "write tables under headers of their own");
    }
}

/// The keys of a table with the lines that belong to each: what precedes it, and its value. `None` where a key has dots.
fn blocks<'t>(text: &str, table: &'t Table) -> Option<Vec<(&'t str, Range<usize>)>> {
    let mut spans = Vec::new();
    for (name, item) in table.iter() {
        match item {
            Item::Value(value) => {
                let is_dotted = value.as_inline_table().is_some_and(toml_edit::InlineTable::is_dotted);
                if is_dotted {
                    return None;
                }
                spans.push((name, table.key(name)?.span()?.start, value.span()?.end));
            }
            Item::Table(inner) if inner.is_dotted() => return None,
            Item::Table(_) | Item::ArrayOfTables(_) | Item::None => {}
        }
    }
    spans.sort_by_key(|(_, start, _)| *start);
    let mut blocks = Vec::new();
    let mut start = end_of_line(text, table.span()?.start);
    for (name, key, end) in spans {
        // A key before its own header, or two on a line: not the text that was thought of.
        if key < start {
            return None;
        }
        let end = end_of_line(text, end);
        blocks.push((name, start..end));
        start = end;
    }
    Some(blocks)
}

/// Blocks one after the other; the last one takes over from the block that had no line end, at the end of a text.
fn joined(blocks: &[&str]) -> String {
    let unended = blocks.iter().position(|block| !block.ends_with('\n'));
    let Some(last) = blocks.last().filter(|_| unended.is_some_and(|place| place + 1 < blocks.len())) else {
        return blocks.concat();
    };
    let ending = if last.ends_with("\r\n") { "\r\n" } else { "\n" };
    let ended: String = blocks
        .iter()
        .map(|block| if block.ends_with('\n') { (*block).to_owned() } else { format!("{block}{ending}") })
        .collect();
    ended.strip_suffix(ending).map(str::to_owned).unwrap_or(ended)
}

/// The byte after the line end that follows a byte.
fn end_of_line(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    at + rest.find('\n').map_or(rest.len(), |place| place + 1)
}

fn applied(text: &str, edits: &BTreeMap<(usize, usize), String>) -> String {
    let mut whole = String::with_capacity(text.len());
    let mut at = 0;
    for ((start, end), new) in edits {
        whole.push_str(text.get(at..*start).unwrap_or_default());
        whole.push_str(new);
        at = *end;
    }
    whole.push_str(text.get(at..).unwrap_or_default());
    whole
}

/// Whether two texts are read as the same cards, but for their places.
fn means_the_same(before: &str, after: &str, file: &Arc<str>) -> bool {
    let read = |text: &str| {
        let parsed = deck::parse(id_of(file), file, text);
        let errors = parsed.problems.iter().filter(|problem| problem.level == Level::Error).count();
        (parsed.deck, errors)
    };
    let ((before, errors_before), (after, errors_after)) = (read(before), read(after));
    let (Some(before), Some(after)) = (before, after) else { return false };
    let heads = (&before.title, before.node.as_ref().map(|(node, _)| node), before.as_of, &before.lint_allow)
        == (&after.title, after.node.as_ref().map(|(node, _)| node), after.as_of, &after.lint_allow);
    let cards = before.cards.len() == after.cards.len()
        && before.cards.iter().zip(&after.cards).all(|(before, after)| same(before, after));
    heads && cards && errors_before == errors_after
}

fn same(before: &Card, after: &Card) -> bool {
    let mut after = after.clone();
    after.place.clone_from(&before.place);
    for ((_, place), (_, old)) in after.nodes.iter_mut().zip(&before.nodes) {
        place.clone_from(old);
    }
    *before == after
}
