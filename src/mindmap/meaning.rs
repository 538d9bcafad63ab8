//! What the author of a node meant, and where Mermaid draws something else.
//!
//! White space before the bracket means that it is all text: `Ruby (deep)`; without it, or with quotes, the
//! node has an id and a label: `k8s(Kubernetes)`, `k8s ["Kubernetes"]`. It knows nothing of the tree.

use std::ops::Range;

use super::label::{drawn, meant, same, without_emphasis};
use super::lexer::{CLASS, ICON, Quote, is_blank};
use super::node::{Bracket, Fault, Written};
use super::text::{begins_with, is_space, leading_space, part, trimmed};
use crate::domain::skill_map::Shape;

/// How many places in one text may be tried as the beginning of a class or an icon.
const MOST_TRIES: usize = 8;

/// The kinds of what belongs on a line of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stray {
    /// ` %% note`
    Comment,
    /// `:::name`
    Class,
    /// `::icon(name)`
    Icon,
}

/// Something on a node's line that Mermaid takes for part of the label, or refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Inline {
    /// What it is.
    pub(super) kind: Stray,
    /// All of it.
    pub(super) range: Range<usize>,
    /// Its name or note.
    pub(super) name: Range<usize>,
}

/// What a node means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Meaning {
    /// The label; not empty where there is an id.
    pub(super) label: String,
    /// The id, where one was written.
    pub(super) id: Option<Range<usize>>,
    /// The outline that was meant.
    pub(super) shape: Shape,
    /// The text without what belongs on a line of its own.
    pub(super) core: Range<usize>,
    /// What belongs on a line of its own.
    pub(super) inline: Vec<Inline>,
    /// What Mermaid draws for the core by itself; `None` where it refuses it.
    pub(super) drawn: Option<String>,
    /// Whether Mermaid draws the label, as far as the core goes.
    pub(super) agrees: bool,
    /// Whether an id of several words is joined to a bracket.
    pub(super) ambiguous: bool,
}

/// Says what a node means.
pub(super) fn meaning(code: &str, node: &Written) -> Meaning {
    let Some(bracket) = &node.bracket else { return plain(code, node, &node.span) };
    let Some(id) = &node.id else { return shaped(code, node, bracket, None) };
    let name = part(code, id);
    if let Some(meaning) = icon_on_the_line(code, node, bracket, id) {
        return meaning;
    }
    if bracket.quote == Quote::None && name.ends_with(is_space) {
        return all_text(code, node, bracket);
    }
    shaped(code, node, bracket, Some(id))
}

/// A node that is all text, but for what belongs on a line of its own.
fn plain(source: &str, node: &Written, span: &Range<usize>) -> Meaning {
    let (core, inline) = split(source, span);
    let label = meant(part(source, &core));
    let drawn = node.fault.is_none().then(|| drawn(part(source, &core)));
    Meaning {
        agrees: drawn.as_ref().is_some_and(|drawn| same(drawn, &label)),
        label,
        id: None,
        shape: Shape::Default,
        core,
        inline,
        drawn,
        ambiguous: false,
    }
}

/// Text with a bracket that is part of it.
fn all_text(code: &str, node: &Written, bracket: &Bracket) -> Meaning {
    let text = plain(code, node, &node.span);
    Meaning {
        label: meant(part(code, &node.span)),
        core: node.span.clone(),
        inline: split(code, &node.tail).1,
        drawn: Some(drawn(part(code, &bracket.text))),
        agrees: false,
        ..text
    }
}

/// `A ::icon(x)`: Mermaid draws a node `x`; the icon was meant for `A`.
fn icon_on_the_line(code: &str, node: &Written, bracket: &Bracket, id: &Range<usize>) -> Option<Meaning> {
    let mark = ICON.trim_end_matches('(');
    let start = id.end.checked_sub(mark.len()).filter(|start| *start > id.start)?;
    let named = part(code, &(start..id.end)).eq_ignore_ascii_case(mark);
    let apart = part(code, &(id.start..start)).ends_with(is_space);
    let plain_round = bracket.quote == Quote::None && bracket.shape(code) == Shape::Rounded;
    if !(named && apart && plain_round) {
        return None;
    }
    let mut meaning = plain(code, node, &(id.start..start));
    meaning.inline.push(Inline {
        kind: Stray::Icon,
        range: start..bracket.close.end,
        name: bracket.text.clone(),
    });
    meaning.inline.extend(split(code, &node.tail).1);
    Some(meaning)
}

/// A node with an outline.
fn shaped(code: &str, node: &Written, bracket: &Bracket, id: Option<&Range<usize>>) -> Meaning {
    let raw = part(code, &bracket.text);
    let mended =
        if node.fault == Some(Fault::AfterQuote) { raw.replace("\\\"", "\"") } else { raw.to_owned() };
    let plain = |text: &str| {
        if bracket.quote == Quote::Markdown { without_emphasis(text) } else { text.to_owned() }
    };
    let id = id.map(|id| trimmed(code, id));
    let mut label = plain(&meant(&mended));
    if let (true, Some(id)) = (label.is_empty(), &id) {
        label = meant(part(code, id));
    }
    let drawn = node.fault.is_none().then(|| drawn(raw));
    let words = id.as_ref().is_some_and(|id| part(code, id).contains(is_space));
    Meaning {
        agrees: drawn.as_ref().is_some_and(|drawn| same(&plain(drawn), &label)),
        label,
        ambiguous: words && bracket.quote == Quote::None,
        id,
        shape: bracket.shape(code),
        core: node.span.clone(),
        inline: split(code, &node.tail).1,
        drawn,
    }
}

/// A text, and the classes, icons and notes at its end.
fn split(code: &str, span: &Range<usize>) -> (Range<usize>, Vec<Inline>) {
    let text = part(code, span);
    let mut tries = 0;
    for (at, _) in text.char_indices().filter(|(_, character)| matches!(character, ':' | '%')) {
        let rest = text.get(at..).unwrap_or("");
        let before = text.get(..at).unwrap_or("");
        let apart = before.ends_with(is_space) || before.is_empty();
        let begins =
            rest.starts_with(CLASS) || (apart && (begins_with(rest, ICON) || rest.starts_with("%%")));
        if !begins {
            continue;
        }
        if let Some(inline) = strays(code, &(span.start + at..span.end)) {
            return (trimmed(code, &(span.start..span.start + at)), inline);
        }
        tries += 1;
        if tries == MOST_TRIES {
            break;
        }
    }
    (trimmed(code, span), Vec::new())
}

/// Reads a text as classes, icons and a note in a row; `None` where it holds anything else.
pub(super) fn strays(code: &str, span: &Range<usize>) -> Option<Vec<Inline>> {
    let mut found = Vec::new();
    let mut at = span.start;
    loop {
        let rest = part(code, &(at..span.end));
        if is_blank(rest) {
            return Some(found);
        }
        at += leading_space(rest);
        let inline = stray(code, &(at..span.end))?;
        at = inline.range.end;
        found.push(inline);
    }
}

fn stray(code: &str, span: &Range<usize>) -> Option<Inline> {
    let rest = part(code, span);
    if rest.starts_with("%%") && !rest.starts_with("%%{") {
        let range = trimmed(code, span);
        return Some(Inline { kind: Stray::Comment, name: range.start + 2..range.end, range });
    }
    if begins_with(rest, ICON) {
        let close = span.start + rest.find(')')?;
        let name = span.start + ICON.len()..close;
        return Some(Inline { kind: Stray::Icon, range: span.start..close + 1, name });
    }
    let name = rest.strip_prefix(CLASS)?;
    let fits = |character: char| character.is_ascii_alphanumeric() || matches!(character, '_' | '-' | ' ');
    let length = name.find(|character| !fits(character)).unwrap_or(name.len());
    name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_').then_some(())?;
    let start = span.start + CLASS.len();
    let name = trimmed(code, &(start..start + length));
    Some(Inline { kind: Stray::Class, range: span.start..name.end, name })
}
