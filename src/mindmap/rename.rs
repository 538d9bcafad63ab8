//! Gives one node of a map's text another label; every other byte stays.

use std::ops::Range;

use super::draft::{Draft, draft};
use super::format::{applied, excerpt};
use super::lexer::{Quote, begins_with_header};
use super::node::Bracket;
use super::quote::{escaped, quoted};
use super::text::{Lines, part};
use super::write::is_plain;
use crate::domain::skill_map::{NodeIndex, Shape};
use crate::domain::slug;

/// The text of a map with another label for a node; its id, where one is written, and its outline stay.
///
/// A text without an outline stays one where the label reads by itself; else the label is put in quotes, which Mermaid
/// draws as a square. `None` where the text has no such node. Whether the result still is a map, and whether it has that
/// label, is for the caller to see by reading it.
#[must_use]
pub fn rename(text: &str, file: &str, node: NodeIndex, label: &str) -> Option<String> {
    let draft = draft(&excerpt(text, file), &Lines::of(text));
    let (range, replacement) = edit(&draft, node.0, label)?;
    let stretch = draft.code.source_range(&range);
    Some(applied(text, std::iter::once((stretch, replacement))))
}

/// What is to be replaced in the cleaned text, and by what.
fn edit(draft: &Draft, number: usize, label: &str) -> Option<(Range<usize>, String)> {
    let (node, meaning) = (draft.nodes.get(number)?, draft.meanings.get(number)?);
    let code = draft.code.text();
    match &node.bracket {
        Some(bracket) if meaning.id.is_some() || meaning.shape != Shape::Default => {
            Some((inner(code, bracket), inside(code, bracket, label)))
        }
        // Brackets that are part of the text, or none.
        Some(_) | None => Some((meaning.core.clone(), alone(label))),
    }
}

/// What stands between the brackets, quotes included.
fn inner(code: &str, bracket: &Bracket) -> Range<usize> {
    let inside = bracket.open.end..bracket.close.start;
    if part(code, &inside).trim().is_empty() { bracket.text.clone() } else { inside }
}

/// The label for between brackets, in quotes where it was or has to be.
fn inside(code: &str, bracket: &Bracket, label: &str) -> String {
    let line = code.get(..bracket.open.start).and_then(|before| before.rsplit('\n').next()).unwrap_or("");
    match bracket.quote {
        Quote::None if is_plain(label) => label.to_owned(),
        Quote::None | Quote::Plain | Quote::Markdown => {
            format!("\"{}\"", escaped(label, &format!("{line}{label}")))
        }
    }
}

/// The label as a text by itself, else with its slug as an id, and in quotes.
fn alone(label: &str) -> String {
    if is_plain(label) {
        return label.to_owned();
    }
    let slug = slug::slug(None, label);
    let id = if begins_with_header(&slug) { format!("_{slug}") } else { slug };
    quoted(&id, label)
}
