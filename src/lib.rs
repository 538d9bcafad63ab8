//! Mindrill.

pub mod domain;
pub mod report;
pub mod terminal;
