//! The skill map: a tree of nodes with keys, labels and importance, and the ways to name a node.
//!
//! It does not know how a map is written; `mindmap` reads and draws the text.

use std::collections::BTreeMap;
use std::fmt;

/// How many near names an unknown name is answered with.
const MOST_SUGGESTIONS: usize = 3;
/// Least Jaro-Winkler similarity (0..1) of a name worth suggesting.
const LEAST_SIMILARITY: f64 = 0.7;

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

/// Why a name leads to no single node.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LookupError {
    /// No node has this key, tail or label.
    #[error("no node `{name}` on the skill map")]
    Unknown {
        /// The name as it was given.
        name: String,
        /// The nearest keys, best first, at most three.
        nearest: Vec<NodeKey>,
    },
    /// Several nodes have this tail or label.
    #[error("`{name}` names {} nodes of the skill map", candidates.len())]
    Ambiguous {
        /// The name as it was given.
        name: String,
        /// The keys it could mean, in map order.
        candidates: Vec<NodeKey>,
    },
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

    /// The node that `name` means: a key, a unique tail of one (`indexing`), or a label in any case.
    ///
    /// # Errors
    /// [`LookupError::Unknown`] with the nearest keys, [`LookupError::Ambiguous`] with the candidates.
    pub fn find(&self, name: &str) -> Result<NodeIndex, LookupError> {
        let name = name.trim();
        let key = name.trim_matches('/');
        let tail = format!("/{key}");
        let folded = name.to_lowercase();
        let ways: [&dyn Fn(&Node) -> bool; 3] =
            [&|node| node.key.0 == key || node.key.0 == name, &|node| node.key.0.ends_with(&tail), &|node| {
                node.label.to_lowercase() == folded
            }];
        for matches in ways {
            match self.indices().filter(|&place| matches(self.node(place))).collect::<Vec<_>>().as_slice() {
                [] => {}
                [one] => return Ok(*one),
                several => return Err(self.ambiguous(name, several)),
            }
        }
        Err(LookupError::Unknown { name: name.to_owned(), nearest: self.nearest(&folded) })
    }

    fn ambiguous(&self, name: &str, places: &[NodeIndex]) -> LookupError {
        let candidates = places.iter().map(|&place| self.node(place).key.clone()).collect();
        LookupError::Ambiguous { name: name.to_owned(), candidates }
    }

    /// The keys most like `name`, by their tail or label, best first.
    fn nearest(&self, name: &str) -> Vec<NodeKey> {
        let mut scored: Vec<(f64, &Node)> =
            self.nodes.iter().map(|node| (likeness(name, node), node)).collect();
        scored.retain(|(score, _)| *score >= LEAST_SIMILARITY);
        scored.sort_by(|(left, a), (right, b)| right.total_cmp(left).then_with(|| a.key.cmp(&b.key)));
        scored.into_iter().take(MOST_SUGGESTIONS).map(|(_, node)| node.key.clone()).collect()
    }
}

/// How alike a folded name and a node are, 0..1: the best of key, tails of the key of the same length, and label.
fn likeness(name: &str, node: &Node) -> f64 {
    let parts: Vec<&str> = node.key.0.split('/').collect();
    let wanted = name.matches('/').count() + 1;
    let tail = parts[parts.len().saturating_sub(wanted)..].join("/");
    [tail.as_str(), node.key.0.as_str(), node.label.to_lowercase().as_str()]
        .iter()
        .map(|candidate| strsim::jaro_winkler(name, candidate))
        .fold(0.0, f64::max)
}
