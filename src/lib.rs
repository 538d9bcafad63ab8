//! Mindrill.

pub mod domain;
pub mod mindmap;
