//! What became of a map's nodes: added, removed, renamed, moved.
//!
//! Two maps are laid on each other from the root downwards. It does not know where either was written, nor cards.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use super::{NodeIndex, SkillMap};
use crate::domain::slug;

/// Least Jaro-Winkler similarity (0..1) of the labels of two siblings for one to be the other renamed.
const SIMILAR: f64 = 0.8;
/// The same where the two also stand at the same place among their siblings.
const SIMILAR_IN_PLACE: f64 = 0.6;
/// Least share of children that two branches must have in common for one to be the other renamed.
const SAME_CHILDREN: f64 = 0.5;
/// Most pairs of siblings whose labels are compared: beyond them, only those at the same place are.
const MOST_PAIRS: usize = 250_000;

/// What became of the nodes of one map in another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MapDiff {
    /// Nodes of the new map that the old one has not.
    pub added: Vec<NodeIndex>,
    /// Nodes of the old map that the new one has not.
    pub removed: Vec<NodeIndex>,
    /// A node of the old map and the same one of the new map under another label. Those below it follow it.
    pub renamed: Vec<(NodeIndex, NodeIndex)>,
    /// A node of the old map and the same one of the new map below another node. Those below it follow it.
    pub moved: Vec<(NodeIndex, NodeIndex)>,
    /// For each node of the old map, what it is in the new one.
    pub fate: Vec<Option<NodeIndex>>,
}

impl MapDiff {
    /// Compares two maps.
    #[must_use]
    pub fn between(old: &SkillMap, new: &SkillMap) -> Self {
        let mut overlay = Overlay {
            old,
            new,
            fate: vec![None; old.nodes().len()],
            origin: vec![None; new.nodes().len()],
            moved: Vec::new(),
        };
        overlay.lay(old.root(), new.root());
        overlay.find_moved();
        overlay.find_similar();
        overlay.finish()
    }

    /// Whether the two maps have the same nodes at the same places.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.renamed.is_empty() && self.moved.is_empty()
    }
}

struct Overlay<'a> {
    old: &'a SkillMap,
    new: &'a SkillMap,
    fate: Vec<Option<NodeIndex>>,
    origin: Vec<Option<NodeIndex>>,
    moved: Vec<(NodeIndex, NodeIndex)>,
}

/// The last part of a node's key.
fn slug_of(map: &SkillMap, node: NodeIndex) -> &str {
    let key = map.node(node).key.0.as_str();
    key.rsplit('/').next().unwrap_or(key)
}

fn child_slugs(map: &SkillMap, node: NodeIndex) -> BTreeSet<&str> {
    map.node(node).children.iter().map(|&child| slug_of(map, child)).collect()
}

/// The share of children that two branches have in common, of the one with more.
fn shared(left: &BTreeSet<&str>, right: &BTreeSet<&str>) -> f64 {
    let (both, most) = (left.intersection(right).count(), left.len().max(right.len()));
    if most == 0 { 0.0 } else { count(both) / count(most) }
}

#[expect(clippy::cast_precision_loss, reason = "a map has far fewer than 2^52 nodes")]
fn count(nodes: usize) -> f64 {
    nodes as f64
}

impl Overlay<'_> {
    /// Takes two nodes for the same, and those below them as far as their slugs or their own children say so.
    fn lay(&mut self, old: NodeIndex, new: NodeIndex) {
        let mut open = vec![(old, new)];
        while let Some((old, new)) = open.pop() {
            self.fate[old.0] = Some(new);
            self.origin[new.0] = Some(old);
            let by_slug: BTreeMap<&str, NodeIndex> =
                self.left(new, false).into_iter().map(|child| (slug_of(self.new, child), child)).collect();
            let mut rest = Vec::new();
            for child in self.left(old, true) {
                match by_slug.get(slug_of(self.old, child)) {
                    Some(&same) => {
                        // Marked at once, so that no sibling is taken for it.
                        (self.fate[child.0], self.origin[same.0]) = (Some(same), Some(child));
                        open.push((child, same));
                    }
                    None => rest.push(child),
                }
            }
            for child in rest {
                if let Some(same) = self.with_children_of(child, new) {
                    (self.fate[child.0], self.origin[same.0]) = (Some(same), Some(child));
                    open.push((child, same));
                }
            }
        }
    }

    /// The children of a node that have no fellow yet.
    fn left(&self, node: NodeIndex, is_old: bool) -> Vec<NodeIndex> {
        let (map, fellows) = if is_old { (self.old, &self.fate) } else { (self.new, &self.origin) };
        map.node(node).children.iter().copied().filter(|child| fellows[child.0].is_none()).collect()
    }

    /// The branch below `parent` that has the children of an old one.
    fn with_children_of(&self, old: NodeIndex, parent: NodeIndex) -> Option<NodeIndex> {
        let wanted = child_slugs(self.old, old);
        if wanted.is_empty() {
            return None;
        }
        let alike = |&child: &NodeIndex| (shared(&wanted, &child_slugs(self.new, child)), child);
        let candidates = self.left(parent, false);
        let best = candidates.iter().map(alike).max_by(|(left, _), (right, _)| left.total_cmp(right));
        best.filter(|(share, _)| *share >= SAME_CHILDREN).map(|(_, child)| child)
    }

    /// Nodes of the same slug elsewhere, the highest first.
    fn find_moved(&mut self) {
        let mut elsewhere: BTreeMap<&str, Vec<NodeIndex>> = BTreeMap::new();
        for node in self.new.indices().filter(|node| self.origin[node.0].is_none()) {
            elsewhere.entry(slug_of(self.new, node)).or_default().push(node);
        }
        for node in self.old.indices() {
            if self.fate[node.0].is_some() {
                continue;
            }
            let Some(places) = elsewhere.get(slug_of(self.old, node)) else { continue };
            if let Some(&place) = places.iter().find(|place| self.origin[place.0].is_none()) {
                self.moved.push((node, place));
                self.lay(node, place);
            }
        }
    }

    /// Siblings with similar labels.
    fn find_similar(&mut self) {
        for node in self.old.indices() {
            if let Some(new) = self.fate[node.0] {
                self.match_similar(node, new);
            }
        }
    }

    fn match_similar(&mut self, old: NodeIndex, new: NodeIndex) {
        let gone = places(self.old, old, &self.left(old, true));
        let come = places(self.new, new, &self.left(new, false));
        let fellows = |at: usize| -> Vec<(NodeIndex, usize)> {
            let all = gone.len().saturating_mul(come.len()) <= MOST_PAIRS;
            if all { come.clone() } else { come.iter().copied().filter(|(_, place)| *place == at).collect() }
        };
        let mut pairs = Vec::new();
        for &(left, at) in &gone {
            for (right, place) in fellows(at) {
                let likeness = likeness(self.old, left, self.new, right);
                if likeness >= if at == place { SIMILAR_IN_PLACE } else { SIMILAR } {
                    pairs.push((likeness, left, right));
                }
            }
        }
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
        for (_, left, right) in pairs {
            if self.fate[left.0].is_none() && self.origin[right.0].is_none() {
                self.lay(left, right);
            }
        }
    }

    fn finish(self) -> MapDiff {
        let Self { old, new, fate, origin, moved } = self;
        let gone = |index: &NodeIndex| fate[index.0].is_none();
        let come = |index: &NodeIndex| origin[index.0].is_none();
        let renamed = |index: NodeIndex| {
            let fellow = fate[index.0]?;
            let words = |map: &SkillMap, node: NodeIndex| slug::slug(None, &map.node(node).label);
            let differs =
                slug_of(old, index) != slug_of(new, fellow) || words(old, index) != words(new, fellow);
            differs.then_some((index, fellow))
        };
        MapDiff {
            added: new.indices().filter(come).collect(),
            removed: old.indices().filter(gone).collect(),
            renamed: old.indices().filter_map(renamed).collect(),
            moved,
            fate,
        }
    }
}

/// Some children of a node with their places among all of them.
fn places(map: &SkillMap, parent: NodeIndex, some: &[NodeIndex]) -> Vec<(NodeIndex, usize)> {
    let some: BTreeSet<&NodeIndex> = some.iter().collect();
    let children = map.node(parent).children.iter().enumerate();
    children.filter(|(_, child)| some.contains(child)).map(|(at, &child)| (child, at)).collect()
}

fn likeness(old: &SkillMap, left: NodeIndex, new: &SkillMap, right: NodeIndex) -> f64 {
    let words = |map: &SkillMap, node: NodeIndex| slug::slug(None, &map.node(node).label);
    strsim::jaro_winkler(&words(old, left), &words(new, right))
}
