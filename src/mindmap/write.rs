//! A skill map drawn as Mermaid mindmap text, which reads back to the same keys and labels.

use super::lexer::begins_with_header;
use super::quote::{escaped, is_reference};
use super::text::{ends_line, is_space};
use crate::domain::skill_map::{Node, Shape, SkillMap};
use crate::domain::slug;

/// Columns a level is indented by.
const STEP: usize = 2;

/// Draws a map: plain texts where they are read back as they are, else an id and a quoted label.
#[must_use]
pub fn write(map: &SkillMap) -> String {
    let mut text = String::new();
    let root = map.nodes().first().map_or("", |root| root.label.as_str());
    if map.title() != root {
        let title: String =
            map.title().chars().map(|part| if part.is_control() { ' ' } else { part }).collect();
        let title = title.replace('\\', "\\\\").replace('"', "\\\"");
        text.extend(["---\ntitle: \"", &title, "\"\n---\n"]);
    }
    text.push_str("mindmap\n");
    for node in map.nodes() {
        let indent = " ".repeat(STEP * (node.depth + 1));
        text.extend([&indent, &statement(node), "\n"]);
        for (mark, name, end) in [("::icon(", &node.icon, ")"), (":::", &node.class, "")] {
            let fits = |name: &&String| !name.trim().is_empty() && !name.contains([')', '<', '&', '#']);
            if let Some(name) = name.as_ref().filter(fits) {
                text.extend([&indent, mark, &name.replace(ends_line, " "), end, "\n"]);
            }
        }
    }
    text
}

/// A node's own line.
fn statement(node: &Node) -> String {
    let wanted = node.key.0.rsplit('/').next().unwrap_or("");
    let is_root = node.parent.is_none();
    let own = |id: Option<&str>| is_root || slug::slug(id, &node.label) == wanted;
    if node.id.is_none() && node.shape == Shape::Default && is_plain(&node.label) && own(None) {
        return node.label.clone();
    }
    let (open, close) = brackets(node.shape);
    let id = match &node.id {
        Some(id) if is_plain(id) && !id.contains(is_space) && own(Some(id)) => id.clone(),
        None if node.shape != Shape::Default && own(None) => String::new(),
        Some(_) | None if is_root || wanted.is_empty() => "root".to_owned(),
        Some(_) | None if begins_with_header(wanted) => format!("_{wanted}"),
        Some(_) | None => wanted.to_owned(),
    };
    format!("{id}{open}\"{}\"{close}", escaped(&node.label, &format!("{id}{}", node.label)))
}

/// What opens and closes an outline; a quoted text without an outline becomes a square.
fn brackets(shape: Shape) -> (&'static str, &'static str) {
    match shape {
        Shape::Default | Shape::Square => ("[", "]"),
        Shape::Rounded => ("(", ")"),
        Shape::Circle => ("((", "))"),
        Shape::Cloud => (")", "("),
        Shape::Bang => ("))", "(("),
        Shape::Hexagon => ("{{", "}}"),
    }
}

/// Whether a text by itself is read back as it is, by Mermaid and by us.
pub(super) fn is_plain(text: &str) -> bool {
    let special = ['(', ')', '[', ']', '{', '}', '"', '<', '`', '%', ';'];
    let references = text.match_indices('&').any(|(at, _)| is_reference(text.get(at..).unwrap_or("")));
    !text.is_empty()
        && !text.contains(special)
        && !text.contains(|part| ends_line(part) || part == '\r')
        && !text.contains("::")
        && !text.starts_with(is_space)
        && !text.ends_with(is_space)
        && !references
        && !begins_with_header(text)
}
