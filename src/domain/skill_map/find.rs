//! From a name that someone wrote to the node it means, or to the nearest names.
//!
//! It does not know where the name was written.

use super::{Node, NodeIndex, NodeKey, SkillMap};
use crate::domain::slug;

/// How many near names an unknown name is answered with.
const MOST_SUGGESTIONS: usize = 3;
/// Least Jaro-Winkler similarity (0..1) of a name worth suggesting.
const LEAST_SIMILARITY: f64 = 0.7;

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
    /// The node that `name` means: a key, a unique tail of one (`indexing`), a label, or a label without its
    /// number and its parenthesis (`Ruby` for `Ruby (deep)`), in any case; the first of these that fits any node.
    ///
    /// # Errors
    /// [`LookupError::Unknown`] with the nearest keys, [`LookupError::Ambiguous`] with the candidates.
    pub fn find(&self, name: &str) -> Result<NodeIndex, LookupError> {
        let name = name.trim();
        let folded = name.to_lowercase();
        let key = folded.trim_matches('/');
        let slug = slug::slug(None, name);
        let path = key.split('/').map(|part| slug::slug(None, part)).collect::<Vec<_>>().join("/");
        let ways: [&dyn Fn(&Node) -> bool; 4] = [
            &|node| node.key.0 == key,
            &|node| ends_with(&node.key, key),
            &|node| node.label.to_lowercase() == folded,
            &|node| ends_with(&node.key, &slug) || ends_with(&node.key, &path),
        ];
        for matches in ways {
            match self.indices().filter(|&place| matches(self.node(place))).collect::<Vec<_>>().as_slice() {
                [] => {}
                [one] => return Ok(*one),
                several => return Err(self.ambiguous(name, several)),
            }
        }
        Err(LookupError::Unknown { name: name.to_owned(), nearest: self.nearest(&folded) })
    }

    /// The shortest name by which [`Self::find`] finds a node: the last part of its key, else its key.
    #[must_use]
    pub fn name_of(&self, index: NodeIndex) -> &str {
        let key = self.node(index).key.0.as_str();
        let last = key.rsplit('/').next().unwrap_or(key);
        if self.find(last) == Ok(index) { last } else { key }
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

/// Whether a key is a path of slugs, or ends with it.
fn ends_with(key: &NodeKey, tail: &str) -> bool {
    let rest = key.0.strip_suffix(tail).filter(|_| !tail.is_empty());
    rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
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

#[cfg(test)]
mod tests {
    use super::LookupError;
    use crate::domain::skill_map::{Importance, Node, NodeIndex, NodeKey, Shape, SkillMap};

    /// A map of labels with their keys and depths.
    fn map(rows: &[(usize, &str, &str)]) -> SkillMap {
        let node = |(depth, label, key): &(usize, &str, &str)| Node {
            key: NodeKey((*key).to_owned()),
            label: (*label).to_owned(),
            id: None,
            shape: Shape::Default,
            mermaid: None,
            icon: None,
            class: None,
            importance: Importance::NORMAL,
            line: 1,
            depth: *depth,
            parent: None,
            children: Vec::new(),
        };
        SkillMap::new("T".to_owned(), rows.iter().map(node).collect()).expect("a root")
    }

    fn skills() -> SkillMap {
        map(&[
            (0, "Engineer", "."),
            (1, "1. Languages", "languages"),
            (2, "Ruby (deep)", "languages/ruby"),
            (2, "Testing", "languages/testing"),
            (1, "Backend", "backend"),
            (2, "Databases", "backend/databases"),
            (3, "Indexing", "backend/databases/indexing"),
            (2, "CI/CD", "backend/ci-cd"),
            (2, "Testing", "backend/testing"),
            (2, "Backend", "backend/backend"),
            (2, "HTTP/HTTPS (deep)", "backend/http-https"),
        ])
    }

    #[test]
    fn a_key_a_unique_tail_or_a_label_names_a_node() {
        let skills = skills();
        let cases = [
            (".", 0),
            ("languages/ruby", 2),
            ("ruby", 2),
            ("Ruby", 2),
            ("ruby (DEEP)", 2),
            ("1. Languages", 1),
            ("Languages", 1),
            ("databases/indexing", 6),
            ("/backend/databases/indexing/", 6),
            ("Databases/Indexing", 6),
            ("CI/CD", 7),
            ("HTTP/HTTPS (deep)", 10),
            ("HTTP/HTTPS", 10),
            ("engineer", 0),
            // A whole key wins over the same word deeper down.
            ("backend", 4),
            ("backend/backend", 9),
        ];
        for (name, place) in cases {
            assert_eq!(skills.find(name), Ok(NodeIndex(place)), "{name}");
        }
    }

    #[test]
    fn the_shortest_name_of_a_node_finds_it() {
        let skills = skills();
        for index in skills.indices() {
            assert_eq!(skills.find(skills.name_of(index)), Ok(index));
        }
        assert_eq!(skills.name_of(NodeIndex(6)), "indexing");
        assert_eq!(skills.name_of(NodeIndex(3)), "languages/testing");
    }

    #[test]
    fn a_tail_of_several_keys_is_ambiguous_and_lists_them_in_map_order() {
        let Err(LookupError::Ambiguous { candidates, .. }) = skills().find("Testing") else {
            panic!("two nodes end so");
        };
        let keys: Vec<_> = candidates.iter().map(|key| key.0.as_str()).collect();
        assert_eq!(keys, ["languages/testing", "backend/testing"]);
    }

    #[test]
    fn an_unknown_name_is_answered_with_the_nearest_keys() {
        let Err(LookupError::Unknown { nearest, .. }) = skills().find("indexng") else {
            panic!("no node is called so");
        };
        assert_eq!(nearest.first().map(|key| key.0.as_str()), Some("backend/databases/indexing"));
        for name in ["", "/", "  ", "zzzz"] {
            let found = skills().find(name);
            assert_eq!(
                found,
                Err(LookupError::Unknown { name: name.trim().to_owned(), nearest: Vec::new() })
            );
        }
    }
}
