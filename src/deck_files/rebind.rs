//! Names of nodes in deck files and settings, written anew; every other byte stays.
//!
//! It does not know the map: what a name becomes is told by the caller.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use toml_edit::Value;

use super::findings::Findings;
use super::loaded::{Loaded, Loader};
use super::own_settings::{self, OwnSettings};
use super::syntax;

/// A new name for a name as it is written; `None`: it stays.
type Renaming<'r> = &'r dyn Fn(&str) -> Option<String>;

/// The text of a deck with other names for nodes: `node` of the deck and `nodes` of its cards.
#[must_use]
pub fn rebound(text: &str, renaming: Renaming<'_>) -> String {
    rewritten(
        text,
        |root| {
            let mut names = Vec::new();
            let deck = table(root, "deck").and_then(|deck| deck.get("node"));
            names.extend(deck.and_then(named));
            let cards = root.get("card").and_then(|cards| cards.get_ref().as_array());
            for card in cards.into_iter().flatten().filter_map(|card| card.get_ref().as_table()) {
                let nodes = card.get("nodes").and_then(|nodes| nodes.get_ref().as_array());
                names.extend(nodes.into_iter().flatten().filter_map(named));
            }
            names
        },
        renaming,
    )
}

/// The text of a collection's settings with other names for nodes: the keys of `[importance]`.
#[must_use]
pub fn reweighed(text: &str, renaming: Renaming<'_>) -> String {
    rewritten(
        text,
        |root| {
            let weights = table(root, "importance").into_iter().flat_map(|weights| weights.keys());
            weights.map(|key| (key.get_ref().as_ref().to_owned(), key.span())).collect()
        },
        renaming,
    )
}

/// Reads decks from texts that are shown as those files.
#[must_use]
pub fn read_texts(texts: &[(Arc<str>, String)]) -> Loaded {
    let mut loader = Loader::default();
    for (file, text) in texts {
        loader.add(file, Ok(text));
    }
    loader.finish()
}

/// Reads a collection's settings from a text that is shown as that file.
#[must_use]
pub fn read_weights(file: &Arc<str>, text: &str) -> OwnSettings {
    own_settings::parse(file, text)
}

fn table<'a, 't>(root: &'a DeTable<'t>, key: &str) -> Option<&'a DeTable<'t>> {
    root.get(key)?.get_ref().as_table()
}

fn named(value: &Spanned<DeValue<'_>>) -> Option<(String, Range<usize>)> {
    Some((value.get_ref().as_str()?.to_owned(), value.span()))
}

/// The text with the names found in it written anew.
fn rewritten(
    text: &str,
    names: impl Fn(&DeTable<'_>) -> Vec<(String, Range<usize>)>,
    renaming: Renaming<'_>,
) -> String {
    let mut found = Findings::new(Arc::from(""), text);
    let mut names = names(syntax::parse(text, &mut found).root.get_ref());
    names.sort_by_key(|(_, span)| span.start);
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (name, span) in names {
        let Some(new) = renaming(name.trim()) else { continue };
        out.push_str(text.get(from..span.start).unwrap_or(""));
        out.push_str(Value::from(new).to_string().trim());
        from = span.end;
    }
    out.push_str(text.get(from..).unwrap_or(""));
    out
}

#[cfg(test)]
mod tests {
    use super::{rebound, reweighed};

    fn new(name: &str) -> Option<String> {
        (name == "a/old" || name == "old").then(|| name.replace("old", "new"))
    }

    #[test]
    fn only_the_names_of_nodes_change() {
        let text = "# node = \"old\"\r\n[deck]\r\nnode = 'old' # here\r\ntitle = \"old\"\r\n\r\n[[card]]\r\nnodes = [\"x\", \"a/old\",\r\n  \"\"\"old\"\"\"]\r\nprompt = \"old\"\r\n[[card]]\r\nnodes = []\r\n";
        let expected = text
            .replace("node = 'old'", "node = \"new\"")
            .replace("\"a/old\"", "\"a/new\"")
            .replace("\"\"\"old\"\"\"", "\"new\"");
        assert_eq!(rebound(text, &new), expected);
        assert_eq!(
            rebound("deck.node = \"old\"\ncard = [{ nodes = [\"old\"] }]", &new),
            "deck.node = \"new\"\ncard = [{ nodes = [\"new\"] }]"
        );
        for text in ["", "[deck]\nnode = 3\n", "deck = 1\ncard = 2\n", "[deck\nnode = \"x\"", "\u{e9} = 1"] {
            assert_eq!(rebound(text, &new), text);
        }
    }

    #[test]
    fn weights_keep_their_values_and_comments() {
        let text = "[importance]\n\"a/old\" = 2 # two\nold = 0.5\n\"b\" = 1\n";
        let expected = "[importance]\n\"a/new\" = 2 # two\n\"new\" = 0.5\n\"b\" = 1\n";
        assert_eq!(reweighed(text, &new), expected);
    }
}
