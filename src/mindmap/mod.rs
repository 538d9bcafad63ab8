//! The map room: Mermaid `mindmap` text to and from the skill map.
mod clean;
mod detect;
mod entities;
mod front_matter;
mod label;
mod lexer;
mod mermaid;
mod mermaid_map;
mod node;
mod refusal;
mod text;
mod yaml;
mod yaml_value;

pub use mermaid_map::{MermaidMap, MermaidNode, mermaid};
pub use refusal::{MermaidError, RefusalKind};
