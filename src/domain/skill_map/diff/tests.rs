//! What became of small maps.

use super::MapDiff;
use crate::domain::skill_map::{Importance, Node, NodeIndex, NodeKey, Shape, SkillMap};
use crate::domain::slug;

/// A map of labels, one a line, indented by two blanks a level.
fn map(text: &str) -> SkillMap {
    let mut nodes: Vec<Node> = Vec::new();
    let mut path: Vec<usize> = Vec::new();
    for row in text.lines().filter(|row| !row.trim().is_empty()) {
        let depth = (row.len() - row.trim_start().len()) / 2;
        path.truncate(depth);
        let parent = path.last().copied();
        let slug = slug::slug(None, row.trim());
        let key = match parent {
            None => ".".to_owned(),
            Some(0) => slug,
            Some(parent) => format!("{}/{slug}", nodes[parent].key),
        };
        if let Some(parent) = parent {
            let child = NodeIndex(nodes.len());
            nodes[parent].children.push(child);
        }
        path.push(nodes.len());
        nodes.push(Node {
            key: NodeKey(key),
            label: row.trim().to_owned(),
            id: None,
            shape: Shape::Default,
            mermaid: None,
            icon: None,
            class: None,
            importance: Importance::NORMAL,
            line: 1,
            depth,
            parent: parent.map(NodeIndex),
            children: Vec::new(),
        });
    }
    SkillMap::new("T".to_owned(), nodes).expect("a root")
}

/// `+added -removed ~from>to ^from>to`, in that order.
fn told(old: &str, new: &str) -> String {
    let (old, new) = (map(old), map(new));
    let diff = MapDiff::between(&old, &new);
    let pair = |sign: &str, (from, to): &(NodeIndex, NodeIndex)| {
        format!("{sign}{}>{}", old.node(*from).key, new.node(*to).key)
    };
    let mut told: Vec<String> = diff.added.iter().map(|node| format!("+{}", new.node(*node).key)).collect();
    told.extend(diff.removed.iter().map(|node| format!("-{}", old.node(*node).key)));
    told.extend(diff.renamed.iter().map(|nodes| pair("~", nodes)));
    told.extend(diff.moved.iter().map(|nodes| pair("^", nodes)));
    told.join(" ")
}

const OLD: &str = "Root\n  Data\n    Indexing\n    Caching\n    Sharding\n  Net\n    DNS\n    TLS";

#[test]
fn a_map_differs_in_nothing_from_itself() {
    assert_eq!(told(OLD, OLD), "");
    assert_eq!(told(OLD, &OLD.replace("TLS", "TLS (priority)")), "", "a mark is no other name");
}

#[test]
fn nodes_come_and_go_with_all_below_them() {
    assert_eq!(told(OLD, &OLD.replace("    TLS", "    TLS\n  Ops\n    Alerts")), "+ops +ops/alerts");
    assert_eq!(told(OLD, &OLD.replace("  Net\n    DNS\n    TLS", "")), "-net -net/dns -net/tls");
}

#[test]
fn a_branch_with_the_same_children_is_renamed_and_takes_them_along() {
    assert_eq!(told(OLD, &OLD.replace("Data", "Where bytes live")), "~data>where-bytes-live");
    let both = OLD.replace("Data", "Stores").replace("Sharding", "Quorum");
    assert_eq!(told(OLD, &both), "+stores/quorum -data/sharding ~data>stores");
}

#[test]
fn a_leaf_with_a_similar_label_beside_the_same_siblings_is_renamed() {
    assert_eq!(told(OLD, &OLD.replace("Indexing", "Index design")), "~data/indexing>data/index-design");
    assert_eq!(
        told(OLD, &OLD.replace("    Indexing\n", "").replace("    Sharding", "    Sharding\n    Indexes")),
        "~data/indexing>data/indexes"
    );
    assert_eq!(told(OLD, &OLD.replace("Caching", "Quorum")), "+data/quorum -data/caching");
}

#[test]
fn a_node_of_the_same_name_elsewhere_was_moved_with_what_is_below() {
    let new = "Root\n  Data\n    Indexing\n    Sharding\n  Net\n    DNS\n    TLS\n    Caching";
    assert_eq!(told(OLD, new), "^data/caching>net/caching");
    let deeper = "Root\n  Data\n    Indexing\n    Caching\n    Sharding\n  Infra\n    Cloud\n    Net\n      DNS\n      TLS";
    assert_eq!(told(OLD, deeper), "+infra +infra/cloud ^net>infra/net");
}

#[test]
fn large_maps_are_compared_in_time() {
    use std::fmt::Write as _;
    let (mut old, mut new) = ("Root\n".to_owned(), "Root\n".to_owned());
    for number in 0..5_000 {
        let _ = writeln!(old, "  old {number}");
        let _ = writeln!(new, "  new {number}");
    }
    assert!(!told(&old, &new).is_empty());
}
