//! Mindrill.

pub mod domain;
pub mod clock;
pub mod settings;
pub mod deck_files;
pub mod store;
pub mod report;
pub mod terminal;
