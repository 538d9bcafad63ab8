//! The real executable as a stranger and an enemy would use it.

#![allow(
    clippy::too_many_lines,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

#[path = "binary/place.rs"]
mod place;

#[path = "binary/check.rs"]
mod check;
#[path = "binary/clock.rs"]
mod clock;
#[path = "binary/decks.rs"]
mod decks;
#[path = "binary/durability.rs"]
mod durability;
#[path = "binary/help.rs"]
mod help;
#[path = "binary/hostile.rs"]
mod hostile;
#[path = "binary/manners.rs"]
mod manners;
#[path = "binary/store_files.rs"]
mod store_files;
#[path = "binary/terminal.rs"]
mod terminal;
