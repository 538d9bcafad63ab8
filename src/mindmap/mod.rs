//! The map room: Mermaid `mindmap` text to and from the skill map, pure text to value.
//!
//! Every map is read twice. Mermaid's own reading follows Mermaid 11.17 exactly, refusals included. Ours takes
//! a node as its author meant it: white space before a bracket means that it is all text (`Ruby (deep)`), and
//! what Mermaid refuses though its meaning is plain is read with a warning. This room knows no files: a file's
//! name only chooses between Markdown and bare text and is carried by the problems.

mod clean;
mod describe;
mod detect;
mod draft;
mod entities;
mod findings;
mod format;
mod front_matter;
mod importance;
mod label;
mod lexer;
mod markdown;
mod meaning;
mod mermaid;
mod mermaid_map;
mod node;
mod quote;
mod reading;
mod recover;
mod refusal;
mod rename;
mod text;
mod write;
mod yaml;
mod yaml_value;

pub use format::format;
pub use markdown::{Fence, fences};
pub use mermaid_map::{MermaidMap, MermaidNode, mermaid};
pub use reading::{Reading, read, read_file, read_markdown};
pub use refusal::{MermaidError, RefusalKind};
pub use rename::rename;
pub use write::write;

/// The longest text that is read, in bytes: 400 times the seed, 20 times what Mermaid draws.
pub const LONGEST_TEXT: usize = 1 << 20;
/// The most nodes of a map: 100 times the seed.
pub const MOST_NODES: usize = 10_000;
/// The deepest level below the root: no map that a person reads comes near it.
pub const DEEPEST: usize = 1_000;
/// The longest all keys of a map may be together, in bytes: a long label above many nodes is part of every key.
pub const LONGEST_KEYS: usize = 1 << 26;
