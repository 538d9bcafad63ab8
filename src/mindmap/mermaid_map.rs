//! Mermaid's own reading as a value: labels, ids, shapes, icons and classes as it draws them.

use super::label::drawn;
use super::mermaid::{Verdict, judge};
use super::node::Written;
use super::refusal::{MermaidError, Refusal};
use super::text::{Excerpt, Lines, is_space, part};
use crate::domain::skill_map::Shape;

/// A map as Mermaid reads it; it may have no node at all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MermaidMap {
    /// The nodes in the order of the text, the root first; each comes after its parent.
    pub nodes: Vec<MermaidNode>,
}

/// A node as Mermaid reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MermaidNode {
    /// The label it draws, entities decoded, trimmed; line ends are kept.
    pub label: String,
    /// The id, decoded and trimmed; the label's text where none was written.
    pub id: String,
    /// The outline.
    pub shape: Shape,
    /// The icon's name, not trimmed.
    pub icon: Option<String>,
    /// The class's name, not trimmed.
    pub class: Option<String>,
    /// Line in the file, from 1.
    pub line: usize,
    /// Distance from the root.
    pub depth: usize,
    /// The node it hangs on, as a place in the list; `None` for the root.
    pub parent: Option<usize>,
}

/// Reads a bare mindmap text exactly as Mermaid 11.17 does.
///
/// # Errors
/// [`MermaidError`] where Mermaid draws no map, with the kind and the place.
pub fn mermaid(text: &str) -> Result<MermaidMap, MermaidError> {
    let verdict = judge(&Excerpt::of(text, 0));
    let lines = Lines::of(text);
    if let Some(refusal) = verdict.refusal() {
        return Err(error(&verdict, &refusal, &lines));
    }
    let code = &verdict.code;
    let nodes = verdict.nodes.iter().flatten().map(|node| as_drawn(code, node, &lines)).collect();
    Ok(MermaidMap { nodes })
}

/// A refusal with its place in the file.
pub(super) fn error(verdict: &Verdict, refusal: &Refusal, lines: &Lines<'_>) -> MermaidError {
    let fault = verdict.cleaned.front.as_ref().and_then(|front| front.fault);
    let (line, column) = lines.place(fault.unwrap_or_else(|| verdict.code.source(refusal.at)));
    MermaidError {
        kind: refusal.kind,
        message: refusal.cause.message(),
        hint: refusal.cause.hint(),
        line,
        column,
        mermaid_line: refusal.line,
    }
}

/// A node of the text as Mermaid draws it.
pub(super) fn as_drawn(code: &Excerpt, node: &Written, lines: &Lines<'_>) -> MermaidNode {
    let label = drawn_label(code.text(), node);
    let id = node.id.as_ref().map_or_else(|| label.clone(), |id| trimmed(&drawn(part(code.text(), id))));
    let name = |range: &Option<_>| range.as_ref().map(|range| drawn(part(code.text(), range)));
    MermaidNode {
        label,
        id,
        shape: node.bracket.as_ref().map_or(Shape::Default, |bracket| bracket.shape(code.text())),
        icon: name(&node.icon),
        class: name(&node.class),
        line: lines.place(code.source(node.span.start)).0,
        depth: node.depth,
        parent: node.parent,
    }
}

/// The label that Mermaid draws for a node, trimmed.
pub(super) fn drawn_label(code: &str, node: &Written) -> String {
    let text = node.bracket.as_ref().map(|bracket| &bracket.text).or(node.id.as_ref());
    text.map_or_else(String::new, |range| trimmed(&drawn(part(code, range))))
}

fn trimmed(text: &str) -> String {
    text.trim_matches(is_space).to_owned()
}
