//! Mindrill.

pub mod domain;
pub mod clock;
pub mod settings;
pub mod store;
