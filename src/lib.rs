//! Mindrill: spaced repetition in the terminal, over a skill map.
//!
//! A **skill map** says what there is to know, **decks** of cards hang on its leaves, SM-2 decides when a
//! card is asked, an append-only **log** remembers every answer, and **mastery** says, branch by branch,
//! what would still be known on a day.
//!
//! # The house
//!
//! A room imports only from floors below its own; rooms on one floor do not know each other
//! (`tests/layers.rs` holds the house to it).
//!
//! | floor | room | owns |
//! |---|---|---|
//! | 3 | `main.rs` | argv, environment, the real terminal and clock, the exit code |
//! | 2 | [`commands`] | one file a subcommand: load, ask the domain, show |
//! | 1 | [`clock`] | the only reader of wall time |
//! | 1 | [`settings`] | the only reader of the environment; paths and the settings file |
//! | 1 | [`mindmap`] | Mermaid text ↔ skill map |
//! | 1 | [`deck_files`] | TOML → decks, file by file, with every problem |
//! | 1 | [`lint`] | content rules: what makes a question a bad one, pure |
//! | 1 | [`store`] | the progress database: all SQL |
//! | 1 | [`terminal`] | a person at a terminal, or lines through a pipe |
//! | 1 | [`report`] | figures → pages and JSON; the one door for text to a terminal |
//! | 1 | [`exchange`] | what other programs wrote, and logs of other machines → questions, rows |
//! | 0 | [`domain`] | the subject, pure: maps, cards, SM-2, memory, mastery, the plan, the sitting |
//!
//! # The main job, one way
//!
//! ```text
//! main             argv, settings ─► Cli, World { terminal, clock, environment, settings }
//! commands::quiz   Library::open ─► map and card headers      Store::open ─► states
//!                  queue::plan ─► Session                                          pure
//!                  ┌ Sitting::next ─► card text ─► Question::put                   pure
//!                  │ terminal.ask ─► Reply ─► card.judge ─► grading::grade         pure
//!                  └ store.record   log row + schedule in ONE transaction, before the next question
//!                  mastery before/after ─► report::summary ─► terminal.show
//! ```

pub mod domain;
pub mod clock;
pub mod settings;
pub mod mindmap;
pub mod deck_files;
pub mod lint;
pub mod store;
pub mod terminal;
pub mod report;
pub mod exchange;
pub mod commands;
