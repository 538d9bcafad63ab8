//! The progress database from outside: what is promised to the learner, also when power, disk or another
//! program do their worst.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test, and what helps it, fails by panicking")]

mod child;
mod doctor;
mod durability;
mod import;
mod laws;
mod log;
mod opening;
mod readonly;
mod support;
