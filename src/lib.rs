//! Mindrill.

pub mod domain;
