//! Writing decks: every command that makes or changes a file, and those that look at one.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

#[path = "../sittings/harness.rs"]
#[allow(dead_code, reason = "shared with the sittings")]
mod harness;

mod guide;
mod identity;
mod import;
mod moves;
mod start;
mod writing;
