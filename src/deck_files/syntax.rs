//! TOML text to its spanned tree, with every syntax error the parser can give.
//!
//! It knows TOML, not decks. Nesting is limited by the parser (80 levels), and nothing above it recurses.

use std::collections::BTreeSet;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, Error};

use super::findings::{Findings, quoted};

/// Largest text, in bytes, in which the parser is asked to go on after its first error. It keeps every
/// error, up to three for two bytes, 200 bytes each: a longer text of nothing but errors would take gigabytes.
const MOST_RECOVERED: usize = 256 * 1024;
/// How the parser names a key that is written twice; the tree is sound, the first value stays.
const DUPLICATE: &str = "duplicate key";
/// How the parser's messages on nesting start, one for every level too many.
const TOO_DEEP: [&str; 2] = ["cannot recurse further", "recursion limit"];

/// A parsed text.
pub(super) struct Tree<'t> {
    /// The outermost table.
    pub root: Spanned<DeTable<'t>>,
    /// The bytes at which an error was found, in order.
    faults: Vec<usize>,
    /// Whether the tree is what the author wrote: at worst a key was written twice.
    pub sound: bool,
}

impl Tree<'_> {
    /// Whether the tree is just what the author wrote.
    pub(super) fn is_whole(&self) -> bool {
        self.faults.is_empty()
    }

    /// Whether an error lies in a stretch of the text: what the tree has there is not what was written.
    pub(super) fn is_torn(&self, stretch: Range<usize>) -> bool {
        let first = self.faults.partition_point(|fault| *fault < stretch.start);
        self.faults.get(first).is_some_and(|fault| *fault < stretch.end)
    }
}

/// Parses `text`; errors go to `found`.
pub(super) fn parse<'t>(text: &'t str, found: &mut Findings<'_>) -> Tree<'t> {
    let (root, errors) = match DeTable::parse(text) {
        Ok(root) => return Tree { root, faults: Vec::new(), sound: true },
        Err(_) if text.len() <= MOST_RECOVERED => DeTable::parse_recoverable(text),
        Err(first) => (Spanned::new(0..0, DeTable::new()), vec![first]),
    };
    let recovered = text.len() <= MOST_RECOVERED;
    let sound = recovered && errors.iter().all(|error| error.message() == DUPLICATE);
    let mut faults: Vec<usize> = errors.iter().map(start).collect();
    faults.sort_unstable();
    let mut deep = false;
    let mut told = BTreeSet::new();
    for error in &errors {
        // The first level too many says it all.
        let is_deep = TOO_DEEP.iter().any(|start| error.message().starts_with(start));
        // So does one of many that were left open and end at the same place.
        let is_first = told.insert((start(error), error.message()));
        if is_first && !(is_deep && deep) {
            note(text, error, found);
        }
        deep |= is_deep;
    }
    Tree { root, faults, sound }
}

fn note(text: &str, error: &Error, found: &mut Findings<'_>) {
    let at = start(error);
    if error.message() == DUPLICATE {
        let key = error.span().and_then(|span| text.get(span)).unwrap_or_default();
        let message = format!("{} is written twice", quoted(key));
        return found.error(at, "duplicate-key", message, "keep one of the two");
    }
    let bare = text.get(..at).is_some_and(|before| before.trim_end_matches([' ', '\t']).ends_with('='));
    let ends = text
        .get(at..)
        .is_some_and(|after| after.trim_start_matches([' ', '\t', '\r']).starts_with(['\n', '#']));
    if bare && (ends || at == text.len()) {
        return found.error(
            at,
            "syntax",
            "no value after `=`".to_owned(),
            "write the value, or remove the key",
        );
    }
    found.error(at, "syntax", error.message().to_owned(), "this is not TOML; see https://toml.io/en/v1.0.0");
}

fn start(error: &Error) -> usize {
    error.span().map_or(0, |span| span.start)
}
