//! Mermaid's reading against Mermaid's own answers, and our reading, mending and drawing of maps.

#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use mindrill::domain::skill_map::SkillMap;

#[path = "mindmap/laws.rs"]
mod laws;
#[path = "mindmap/ours.rs"]
mod ours;
#[path = "mindmap/seed.rs"]
mod seed;
#[path = "mindmap/vectors.rs"]
mod vectors;

/// The keys of a map, in its order.
fn keys(map: &SkillMap) -> Vec<String> {
    map.nodes().iter().map(|node| node.key.0.clone()).collect()
}
