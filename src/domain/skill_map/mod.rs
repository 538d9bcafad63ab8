//! The skill map: a tree of nodes with keys, labels and importance, and the ways to name a node.
//!
//! It does not know how a map is written; `mindmap` reads and draws the text.

use std::collections::BTreeMap;
use std::fmt;

mod diff;
mod find;

pub use diff::MapDiff;
pub use find::LookupError;

/// The place of a node in its map; the root is 0, the order is the map's own (preorder).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeIndex(pub usize);

/// A node's key: the path of slugs from below the root, `databases/indexing`; the root's own is `.`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeKey(pub String);

impl fmt::Display for NodeKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// The outline in which Mermaid draws a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Plain text, no border.
    Default,
    /// `[text]`
    Square,
    /// `(text)`
    Rounded,
    /// `((text))`
    Circle,
    /// `)text(`
    Cloud,
    /// `))text((`
    Bang,
    /// `{{text}}`
    Hexagon,
}

impl Shape {
    /// The shape's name, as Mermaid's documentation has it, in lower case.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Square => "square",
            Self::Rounded => "rounded",
            Self::Circle => "circle",
            Self::Cloud => "cloud",
            Self::Bang => "bang",
            Self::Hexagon => "hexagon",
        }
    }
}

/// The weight of a leaf in every average: above 0, finite.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Importance(f64);

impl Importance {
    /// A leaf marked `(priority)`.
    pub const PRIORITY: Self = Self(2.0);
    /// A leaf with no mark.
    pub const NORMAL: Self = Self(1.0);
    /// A leaf marked `(optional …)`.
    pub const OPTIONAL: Self = Self(0.5);

    /// An explicit weight, if it is above 0 and finite.
    #[must_use]
    pub fn new(weight: f64) -> Option<Self> {
        (weight.is_finite() && weight > 0.0).then_some(Self(weight))
    }

    /// The weight itself.
    #[must_use]
    pub fn weight(self) -> f64 {
        self.0
    }
}

/// What Mermaid itself makes of a node's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MermaidReading {
    /// The id, trimmed.
    pub id: String,
    /// The label it draws, entities decoded, trimmed.
    pub label: String,
    /// The outline it draws.
    pub shape: Shape,
}

/// One place on the map.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The path of slugs that names it.
    pub key: NodeKey,
    /// The label the author meant.
    pub label: String,
    /// The id, where one was written (`dns["DNS resolution"]`).
    pub id: Option<String>,
    /// The outline the author meant.
    pub shape: Shape,
    /// Mermaid's own reading; `None` where Mermaid refuses the map.
    pub mermaid: Option<MermaidReading>,
    /// The icon's name, from `::icon(…)`.
    pub icon: Option<String>,
    /// The class, from `:::…`.
    pub class: Option<String>,
    /// The weight of the node, from its label.
    pub importance: Importance,
    /// The line in the file, from 1.
    pub line: usize,
    /// Distance from the root.
    pub depth: usize,
    /// The node it hangs on; `None` for the root.
    pub parent: Option<NodeIndex>,
    /// The nodes that hang on it, in map order.
    pub children: Vec<NodeIndex>,
}

/// A whole map: a title and a tree with at least a root.
#[derive(Debug, Clone, PartialEq)]
pub struct SkillMap {
    title: String,
    nodes: Vec<Node>,
}

impl SkillMap {
    /// A map of `nodes` in preorder, the root first; `None` when there is no node.
    #[must_use]
    pub fn new(title: String, nodes: Vec<Node>) -> Option<Self> {
        (!nodes.is_empty()).then_some(Self { title, nodes })
    }

    /// The map's title.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// All nodes, in map order, the root first.
    #[must_use]
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The root's place.
    #[must_use]
    pub fn root(&self) -> NodeIndex {
        NodeIndex(0)
    }

    /// The node at a place of this map.
    #[must_use]
    pub fn node(&self, index: NodeIndex) -> &Node {
        &self.nodes[index.0]
    }

    /// Every place, in map order.
    pub fn indices(&self) -> impl Iterator<Item = NodeIndex> + use<> {
        (0..self.nodes.len()).map(NodeIndex)
    }

    /// Whether no node hangs on this one.
    #[must_use]
    pub fn is_leaf(&self, index: NodeIndex) -> bool {
        self.node(index).children.is_empty()
    }

    /// The leaves at or below a node, in map order.
    pub fn leaves_below(&self, index: NodeIndex) -> impl Iterator<Item = NodeIndex> + '_ {
        self.subtree(index).filter(|&place| self.is_leaf(place))
    }

    /// The node and everything below it, in map order.
    pub fn subtree(&self, index: NodeIndex) -> impl Iterator<Item = NodeIndex> + '_ {
        let depth = self.node(index).depth;
        let below = self.nodes[index.0 + 1..].iter().take_while(move |node| node.depth > depth).count();
        (index.0..=index.0 + below).map(NodeIndex)
    }

    /// Whether `index` is `ancestor` or lies below it.
    #[must_use]
    pub fn is_within(&self, index: NodeIndex, ancestor: NodeIndex) -> bool {
        let mut place = Some(index);
        while let Some(current) = place {
            if current == ancestor {
                return true;
            }
            place = self.node(current).parent;
        }
        false
    }

    /// Gives the nodes named in `weights` (full keys) the importance set for them.
    #[must_use]
    pub fn with_importance(mut self, weights: &BTreeMap<NodeKey, Importance>) -> Self {
        for node in &mut self.nodes {
            if let Some(&importance) = weights.get(&node.key) {
                node.importance = importance;
            }
        }
        self
    }
}
