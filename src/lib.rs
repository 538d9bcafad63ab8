//! Mindrill.

pub mod domain;
pub mod clock;
pub mod settings;
pub mod mindmap;
pub mod deck_files;
pub mod store;
pub mod terminal;
pub mod report;
pub mod commands;
