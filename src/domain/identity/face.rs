//! A card's face: what it asks and what answers it, as plain text. It does not know how faces are kept.

use std::fmt;

use super::words::{flat, plain};
use crate::domain::card::{Body, Card, Kind, TypedKey};
use crate::domain::skill_map::NodeKey;

/// How a card looks, so that an edit can be told from a typo fix, and a renamed card be recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Face {
    /// Its kind.
    pub kind: Kind,
    /// What it asks, plain text on one line.
    pub prompt: String,
    /// What answers it.
    pub key: Key,
    /// The card's fingerprint.
    pub fingerprint: u64,
    /// The first node it hangs on; empty where it hangs on none.
    pub node: NodeKey,
}

/// What answers a card: things that must be known, each with the ways to say it.
///
/// A flashcard, a typed answer and a claim have one thing, a cloze one a gap, a choice one a right option, an order one an
/// item, an explanation one a point. As text: a line a thing, a tab between ways.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Key(pub Vec<Vec<String>>);

impl Key {
    /// What parts the ways to say a thing in the text of a key.
    const BETWEEN_WAYS: char = '\t';

    /// The key that a text gives, as [`Key`]'s `Display` writes it.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let ways = |line: &str| line.split(Self::BETWEEN_WAYS).map(str::to_owned).collect();
        Self(text.split('\n').map(ways).collect())
    }

    /// The first way to say each thing.
    pub fn things(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|ways| ways.first()).map(String::as_str)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, ways) in self.0.iter().enumerate() {
            if place > 0 {
                out.write_str("\n")?;
            }
            for (place, way) in ways.iter().enumerate() {
                if place > 0 {
                    write!(out, "{}", Self::BETWEEN_WAYS)?;
                }
                out.write_str(way)?;
            }
        }
        Ok(())
    }
}

impl Face {
    /// The face of a card that hangs on `node` first.
    #[must_use]
    pub fn of(card: &Card, node: Option<&NodeKey>) -> Self {
        Self {
            kind: card.kind(),
            prompt: plain(&card.prompt()),
            key: key(&card.body),
            fingerprint: card.fingerprint(),
            node: node.cloned().unwrap_or_else(|| NodeKey(String::new())),
        }
    }
}

/// What answers a card. Typed texts are compared as they stand, all others are Markdown.
pub(super) fn key(body: &Body) -> Key {
    let single = |text: &String| vec![plain(text)];
    let typed = |key: &TypedKey| key.accept.iter().map(|way| flat(way)).collect();
    Key(match body {
        Body::Flashcard { answer, .. } => vec![single(answer)],
        Body::Choice { options, .. } => {
            options.iter().filter(|option| option.correct).map(|option| single(&option.text)).collect()
        }
        Body::Typed { key, .. } => vec![typed(key)],
        Body::Cloze { pieces } => pieces.iter().filter_map(|piece| piece.key()).map(typed).collect(),
        Body::Order { items, .. } => items.iter().map(single).collect(),
        Body::TrueFalse { answer, .. } => vec![vec![answer.to_string()]],
        Body::Explain { checklist, .. } => checklist.iter().map(single).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::Key;

    #[test]
    fn a_key_is_read_as_it_was_written() {
        let things = vec![vec!["a lock".to_owned(), "lock".to_owned()], vec!["row".to_owned()]];
        let text = "a lock\tlock\nrow";
        assert_eq!(Key(things.clone()).to_string(), text);
        assert_eq!(Key::read(text), Key(things));
        assert_eq!(Key::read("").things().collect::<Vec<_>>(), [""]);
    }
}
