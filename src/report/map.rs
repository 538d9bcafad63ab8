//! The skill map as a tree and as JSON.

use serde_json::{Value, json};

use super::page::{Line, Page, Span, Style};
use crate::domain::skill_map::{NodeIndex, SkillMap};

/// Whose reading of the map is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// What the author meant.
    Ours,
    /// What Mermaid draws.
    Mermaid,
}

/// The map as an indented tree; the last part of each key stands beside the label, and Mermaid's label where it differs.
#[must_use]
pub fn page(map: &SkillMap, reading: Reading) -> Page {
    let mut page = Page::new();
    for index in map.indices() {
        page.push(row(map, index, reading));
    }
    page.blank().text(Style::Dim, summary(map));
    page
}

fn row(map: &SkillMap, index: NodeIndex, reading: Reading) -> Line {
    let node = map.node(index);
    let style = if map.is_leaf(index) { Style::Plain } else { Style::Strong };
    let drawn = node.mermaid.as_ref().map(|mermaid| mermaid.label.as_str());
    let label = match reading {
        Reading::Ours => node.label.as_str(),
        Reading::Mermaid => drawn.unwrap_or(&node.label),
    };
    let mut spans = vec![Span::new(style, label)];
    if node.parent.is_some() {
        let last = node.key.0.rsplit('/').next().unwrap_or_default();
        spans.push(Span::new(Style::Dim, format!("  {last}")));
    }
    if let (Reading::Ours, Some(drawn)) = (reading, drawn.filter(|drawn| *drawn != node.label)) {
        spans.push(Span::new(Style::Warn, format!("  Mermaid draws “{drawn}”")));
    }
    Line::new(spans).led_by(Span::plain("  ".repeat(node.depth)))
}

fn summary(map: &SkillMap) -> String {
    let leaves = map.leaves_below(map.root()).count();
    let branches = map.node(map.root()).children.len();
    format!("{} nodes, {leaves} leaves, {branches} branches below the root", map.nodes().len())
}

/// The contract's object: `{"title","mermaid_ok","root":{…}}`.
#[must_use]
pub fn json(map: &SkillMap, mermaid_ok: bool) -> String {
    json!({ "title": map.title(), "mermaid_ok": mermaid_ok, "root": tree(map) }).to_string()
}

/// The tree, built from the last node to the first, so that no recursion depends on its depth.
fn tree(map: &SkillMap) -> Value {
    let mut built: Vec<Value> = map.indices().map(|index| node(map, index)).collect();
    for index in map.indices().skip(1).collect::<Vec<_>>().into_iter().rev() {
        let value = built[index.0].take();
        let parent = map.node(index).parent.unwrap_or(map.root());
        if let Some(children) = built[parent.0]["children"].as_array_mut() {
            children.push(value);
        }
    }
    let mut root = built.swap_remove(0);
    in_order(&mut root);
    root
}

fn in_order(root: &mut Value) {
    let mut open = vec![root];
    while let Some(value) = open.pop() {
        if let Some(children) = value["children"].as_array_mut() {
            children.reverse();
            open.extend(children.iter_mut());
        }
    }
}

fn node(map: &SkillMap, index: NodeIndex) -> Value {
    let node = map.node(index);
    let mermaid = node.mermaid.as_ref();
    json!({
        "key": node.key.0,
        "label": node.label,
        "mermaid_label": mermaid.map(|mermaid| &mermaid.label),
        "id": mermaid.map_or_else(|| node.id.as_ref().unwrap_or(&node.label), |mermaid| &mermaid.id),
        "shape": node.shape.name(),
        "icon": node.icon,
        "class": node.class,
        "importance": node.importance.weight(),
        "line": node.line,
        "children": [],
    })
}
