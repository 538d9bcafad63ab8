//! What became of a skill map, as a page and as JSON.

use serde_json::json;

use super::page::{Line, Page, Side, Span, Style, columns, padded};
use crate::domain::deck::Deck;
use crate::domain::shelf::Shelf;
use crate::domain::skill_map::{MapDiff, NodeIndex, SkillMap};

/// Two maps, what became of the one in the other, and the decks on the new one.
#[derive(Debug, Clone, Copy)]
pub struct Moves<'a> {
    /// The map before.
    pub old: &'a SkillMap,
    /// The map now.
    pub new: &'a SkillMap,
    /// What became of the nodes.
    pub diff: &'a MapDiff,
    /// The decks now.
    pub decks: &'a [Deck],
    /// Where they hang.
    pub shelf: &'a Shelf,
}

/// Changes one a line, then the decks that hang on nothing, each with what may have been meant, then how many leaves
/// are empty.
#[must_use]
pub fn page(moves: &Moves<'_>, against: &str) -> Page {
    let mut page = Page::new();
    if moves.diff.is_empty() {
        page.text(Style::Good, format!("the map has the same nodes as {against}"));
    }
    page.append(changes(moves));
    let unbound = unbound(moves);
    if !unbound.is_empty() {
        page.blank().append(unbound);
    }
    let empty = moves.shelf.empty_leaves(moves.new).len();
    if empty > 0 {
        let told = if empty == 1 { "1 leaf has".to_owned() } else { format!("{empty} leaves have") };
        page.blank().text(Style::Dim, format!("{told} no deck: `mindrill new --missing` lists them"));
    }
    page
}

fn changes(moves: &Moves<'_>) -> Page {
    let Moves { old, new, diff, .. } = *moves;
    let mut rows: Vec<(Style, &str, String, String)> = Vec::new();
    let key = |map: &SkillMap, node: NodeIndex| map.node(node).key.to_string();
    let label = |map: &SkillMap, node: NodeIndex| map.node(node).label.clone();
    for &node in &diff.added {
        rows.push((Style::Good, "+ added", key(new, node), label(new, node)));
    }
    for &node in &diff.removed {
        rows.push((Style::Bad, "- removed", key(old, node), label(old, node)));
    }
    for &(from, to) in &diff.renamed {
        let labels = format!("{} → {}", label(old, from), label(new, to));
        let keys = [key(old, from), key(new, to)];
        let keys = if keys[0] == keys[1] { keys[0].clone() } else { keys.join(" → ") };
        rows.push((Style::Warn, "~ renamed", keys, labels));
    }
    for &(from, to) in &diff.moved {
        rows.push((Style::Warn, "> moved", format!("{} → {}", key(old, from), key(new, to)), label(new, to)));
    }
    let widest = rows.iter().map(|(_, sign, ..)| columns(sign)).max().unwrap_or(0);
    let mut page = Page::new();
    for (style, sign, keys, labels) in rows {
        let lead = Span::new(style, padded(sign, widest + 2, Side::Left));
        let spans = vec![Span::plain(keys), Span::new(Style::Dim, format!("  {labels}"))];
        page.push(Line::new(spans).led_by(lead));
    }
    page
}

/// The decks that hang on nothing.
fn unbound(moves: &Moves<'_>) -> Page {
    let mut page = Page::new();
    for (place, name) in moves.shelf.unbound() {
        let Some(deck) = moves.decks.get(*place) else { continue };
        let told = match name.as_str() {
            "" => "is bound to nothing".to_owned(),
            name => format!("is bound to `{name}`, which is not on the map"),
        };
        page.push(
            Line::new(vec![Span::plain(format!("deck `{}` {told}", deck.id))])
                .led_by(Span::new(Style::Bad, "! ")),
        );
        if let Some(now) = now(moves, name) {
            page.push(Line::new(vec![Span::new(Style::Dim, format!("that is now `{now}`"))]).indented(2));
        }
    }
    page
}

/// What a name of the old map is called on the new one.
fn now<'a>(moves: &Moves<'a>, name: &str) -> Option<&'a str> {
    let old = moves.old.find(name).ok()?;
    let new = moves.diff.fate.get(old.0).copied().flatten()?;
    Some(&moves.new.node(new).key.0)
}

/// The contract's object.
#[must_use]
pub fn json(moves: &Moves<'_>) -> String {
    let Moves { old, new, diff, decks, shelf } = *moves;
    let keys = |map: &SkillMap, nodes: &[NodeIndex]| -> Vec<String> {
        nodes.iter().map(|&node| map.node(node).key.to_string()).collect()
    };
    let pairs = |pairs: &[(NodeIndex, NodeIndex)]| -> Vec<_> {
        let pair = |&(from, to): &(NodeIndex, NodeIndex)| json!({ "from": old.node(from).key.0, "to": new.node(to).key.0 });
        pairs.iter().map(pair).collect()
    };
    let unbound = shelf.unbound().iter().filter_map(|(place, name)| {
        Some(json!({ "deck": decks.get(*place)?.id.0, "node": (!name.is_empty()).then_some(name) }))
    });
    json!({
        "added": keys(new, &diff.added),
        "removed": keys(old, &diff.removed),
        "renamed": pairs(&diff.renamed),
        "moved": pairs(&diff.moved),
        "unbound": unbound.collect::<Vec<_>>(),
        "empty": keys(new, &shelf.empty_leaves(new)),
    })
    .to_string()
}
