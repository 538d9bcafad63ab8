//! New cards at the end of a deck's text: nothing that was there changes.
//!
//! It does not know files; whoever writes uses `replace`.

use std::collections::BTreeSet;
use std::sync::Arc;

use toml_edit::{Document, Item};

use super::deck;
use super::findings::Findings;
use super::loaded::id_of;
use super::syntax;
use super::write::cards_toml;
use crate::domain::card::Card;
use crate::domain::problem::{Level, Problem};
use crate::domain::slug::slug;

/// Longest fresh id, in characters: it is read in every report.
const LONGEST_FRESH: usize = 40;
/// The id of a card whose prompt has neither letters nor digits.
const NAMELESS: &str = "card";

/// Why cards cannot be put at the end of a deck.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AppendError {
    /// The text is not TOML.
    #[error("the deck is not TOML: {0}")]
    Syntax(String),
    /// Its cards are not written under `[[card]]`, so that none can follow.
    #[error("the deck writes its cards as `{0}`, and nothing can follow that")]
    Form(&'static str),
    /// The deck would have errors that it has not now: an id that is taken, an answer that fits no card.
    #[error("the deck would not be sound with these cards")]
    Unsound(Vec<Problem>),
    /// Its text would not be read as this card: a cloze with a single brace before a gap.
    #[error("card `{0}` has a text that no deck can hold")]
    Unwritable(String),
}

/// A deck's text with cards put at its end; every byte that was there stays, and lines end as they did.
///
/// Cards must be as a deck gives them: texts trimmed, ids given (see [`fresh_id`]). Tags that the deck gives to all its
/// cards need not be left out. Places do not count.
///
/// # Errors
/// See [`AppendError`].
pub fn append(text: &str, cards: &[Card]) -> Result<String, AppendError> {
    let document = Document::parse(text).map_err(|error| AppendError::Syntax(first_line(error.message())))?;
    match document.get("card") {
        None | Some(Item::ArrayOfTables(_)) => {}
        Some(Item::Table(_)) => return Err(AppendError::Form("[card]")),
        Some(_) => return Err(AppendError::Form("card = […]")),
    }
    let ending = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut whole = text.to_owned();
    whole.push_str(&gap(text, ending));
    whole.push_str(&cards_toml(&own(cards, text)).replace('\n', ending));
    verify(text, &whole, cards)?;
    Ok(whole)
}

/// What parts the last line from the first new card: an empty line, and the line end that is missing.
fn gap(text: &str, ending: &str) -> String {
    let rest = text.trim_end_matches([' ', '\t']);
    let empty =
        |text: &str| text.strip_suffix('\n').is_none_or(|line| line.trim_end_matches('\r').ends_with('\n'));
    match rest {
        "" => String::new(),
        _ if !rest.ends_with('\n') => ending.repeat(2),
        _ if empty(rest) => String::new(),
        _ => ending.to_owned(),
    }
}

/// The cards without the tags that the deck gives them anyway.
fn own(cards: &[Card], text: &str) -> Vec<Card> {
    let shared: BTreeSet<String> = toml_tags(text).into_iter().collect();
    let mut cards = cards.to_vec();
    for card in &mut cards {
        card.tags.retain(|tag| !shared.contains(tag));
    }
    cards
}

/// The tags under `[deck]`.
fn toml_tags(text: &str) -> Vec<String> {
    let Ok(document) = Document::parse(text) else { return Vec::new() };
    let tags = document.get("deck").and_then(|deck| deck.get("tags")).and_then(Item::as_array);
    tags.into_iter().flatten().filter_map(|tag| Some(tag.as_str()?.trim().to_owned())).collect()
}

/// Reads the new text as the loader will, and looks whether the new cards are in it and no new error is.
fn verify(before: &str, after: &str, cards: &[Card]) -> Result<(), AppendError> {
    let file = Arc::from("deck.toml");
    let read = |text: &str| deck::parse(id_of(&file), &file, text);
    let is_error = |problem: &Problem| problem.level == Level::Error;
    let old: BTreeSet<Problem> = read(before).problems.into_iter().filter(is_error).collect();
    let parsed = read(after);
    let is_new = |problem: &Problem| is_error(problem) && !old.contains(problem);
    let new: Vec<Problem> = parsed.problems.into_iter().filter(is_new).collect();
    if !new.is_empty() {
        return Err(AppendError::Unsound(new));
    }
    let found = parsed.deck.map(|deck| deck.cards).unwrap_or_default();
    for card in cards {
        let same = |other: &Card| other.id.card == card.id.card && other.fingerprint() == card.fingerprint();
        if !found.iter().any(same) {
            return Err(AppendError::Unwritable(card.id.card.clone()));
        }
    }
    Ok(())
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

/// An id for a new card: its prompt as a slug, cut to 40 characters, numbered where that is taken.
#[must_use]
pub fn fresh_id(prompt: &str, taken: &BTreeSet<String>) -> String {
    let base = cut(&slug(None, prompt));
    let numbered = (2_u64..).map(|number| format!("{base}-{number}"));
    let mut ids = std::iter::once(base.clone()).chain(numbered);
    ids.find(|id| !taken.contains(id)).unwrap_or(base)
}

/// A slug cut between two words, within a word only where the first is too long.
fn cut(slug: &str) -> String {
    let head: String = slug.chars().take(LONGEST_FRESH).collect();
    let kept = match head.rsplit_once('-') {
        Some((words, _)) if head.len() < slug.len() => words,
        _ => &head,
    };
    if kept.is_empty() { NAMELESS.to_owned() } else { kept.to_owned() }
}

/// The ids that a deck's text gives to its cards, those with errors included.
#[must_use]
pub fn ids_in(text: &str) -> BTreeSet<String> {
    let mut found = Findings::new(Arc::from(""), text);
    deck::written_ids(&syntax::parse(text, &mut found))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{AppendError, append, fresh_id, ids_in};
    use crate::deck_files::write::tests::{any_cards, cards_of};
    use proptest::prelude::*;

    const CARD: &str = "[[card]]\nid = \"new\"\nkind = \"flashcard\"\nprompt = \"Q\"\nanswer = \"A\\nB\"\n";

    #[test]
    fn a_card_follows_what_is_there_and_no_byte_of_that_changes() {
        let new = cards_of(CARD);
        for text in [
            "",
            "# a comment",
            "[deck]\ntitle = \"T\"",
            "[deck]\r\ntitle = \"T\"\r\n",
            "[deck]\ntitle = \"T\"\n\n\n",
            "[[card]]\nid = \"a\"\nkind = \"flashcard\"\nprompt = \"Q\"\nanswer = \"A\" # end\n   ",
            "[[card]]\nid = \"a\"\nkind = \"choice\"\nprompt = \"Q\"\n[[card.options]]\ntext = \"a\"\ncorrect = true\n[[card.options]]\ntext = \"b\"\n",
            "[[card]]\nkind = \"broken\"\n",
        ] {
            let whole = append(text, &new).unwrap();
            let added = whole.strip_prefix(text).unwrap();
            assert!(added.trim_start().starts_with("[[card]]"), "{whole}");
            assert!(!text.contains("\r\n") || !added.replace("\r\n", "").contains('\n'), "{whole:?}");
            assert_eq!(cards_of(&whole).last().map(|card| card.fingerprint()), Some(new[0].fingerprint()));
        }
    }

    #[test]
    fn what_cannot_follow_is_refused() {
        let new = cards_of(CARD);
        assert!(matches!(append("a = [", &new), Err(AppendError::Syntax(_))));
        assert!(matches!(append("card = []\n", &new), Err(AppendError::Form(_))));
        assert!(matches!(append("[card.x]\na = 1\n", &new), Err(AppendError::Form(_))));
        assert!(matches!(append(CARD, &new), Err(AppendError::Unsound(_))));
    }

    #[test]
    fn ids_are_slugs_of_prompts_cut_between_words_and_numbered_where_taken() {
        let taken: BTreeSet<String> = ["why", "why-2"].map(str::to_owned).into();
        for (prompt, expected) in [
            ("Why?", "why-3"),
            ("Why is a **covering** index fast?", "why-is-a-covering-index-fast"),
            (
                "What does `SELECT * FROM t WHERE a = 1` read from disk?",
                "what-does-select-from-t-where-a-1-read",
            ),
            ("???", "card"),
        ] {
            assert_eq!(fresh_id(prompt, &taken), expected, "{prompt}");
        }
        assert_eq!(fresh_id(&"x".repeat(99), &taken), "x".repeat(40));
        assert_eq!(ids_in(CARD), BTreeSet::from(["new".to_owned()]));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn appended_cards_are_read_after_those_that_were_there(first in any_cards(), second in any_cards()) {
            let renamed: Vec<_> = second.into_iter().map(|mut card| {
                card.id.card.insert_str(0, "z");
                card.reverse_of = card.reverse_of.map(|id| format!("z{id}"));
                card
            }).collect();
            let text = append("[deck]\ntags = [\"t\"]", &first).unwrap();
            let whole = append(&text, &renamed).unwrap();
            prop_assert_eq!(cards_of(&whole).len(), first.len() + renamed.len());
        }
    }
}
