//! Which diagram Mermaid takes a text for.
//!
//! Source: `detectType.ts`, `diagram-orchestration.ts` and the detectors of Mermaid 11.17.

use super::clean::{FrontRule, directives};
use super::front_matter;
use super::lexer::HEADER;
use super::refusal::Cause;
use super::text::{Excerpt, leading_space};

/// What the other diagrams begin with; `mindmap` is asked for before them.
const OTHERS: [&str; 32] = [
    "C4Context",
    "kanban",
    "classDiagram",
    "erDiagram",
    "gantt",
    "info",
    "pie",
    "requirement",
    "sequenceDiagram",
    "swimlane-beta",
    "flowchart",
    "graph",
    "timeline",
    "gitGraph",
    "stateDiagram",
    "journey",
    "quadrantChart",
    "sankey",
    "packet",
    "xychart",
    "block",
    "eventmodeling",
    "treeView-beta",
    "radar-beta",
    "ishikawa",
    "treemap",
    "railroad",
    "venn-beta",
    "wardley-beta",
    "cynefin-beta",
    "architecture",
    "zenuml",
];

/// Why a cleaned text is not a mindmap to Mermaid; `None` when it is one.
pub(super) fn objection(code: &str) -> Option<Cause> {
    let front = front_matter::find(code, FrontRule::Mermaid).map_or(0, |found| found.end);
    let rest = Excerpt::of(code.get(front..).unwrap_or(""), 0);
    let rest = rest.without(&directives(rest.text()));
    let start = after_comments(rest.text());
    if start.trim_end().eq_ignore_ascii_case("error") {
        return Some(Cause::OtherDiagram("error"));
    }
    if start.starts_with("---") {
        return Some(Cause::FrontMatterOpen);
    }
    if start.starts_with(HEADER) {
        return None;
    }
    let other = OTHERS.iter().find(|other| start.starts_with(**other));
    Some(other.map_or(Cause::NoHeader, |name| Cause::OtherDiagram(name)))
}

/// The text after white space and comment lines.
fn after_comments(text: &str) -> &str {
    let mut rest = text;
    loop {
        rest = rest.get(leading_space(rest)..).unwrap_or("");
        let Some(end) = rest.starts_with("%%").then(|| rest.find('\n')).flatten() else {
            return rest;
        };
        rest = rest.get(end..).unwrap_or("");
    }
}
