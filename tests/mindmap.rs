//! Mermaid's reading against Mermaid's own answers, and our reading, mending and drawing of maps.

#[path = "mindmap/laws.rs"]
mod laws;
#[path = "mindmap/ours.rs"]
mod ours;
#[path = "mindmap/vectors.rs"]
mod vectors;
