//! The content rules: each with a card that breaks only it, and with cards that must not be told off.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod cards;
mod corpus;
