//! The subject itself, pure: maps, cards, reviews, scheduling, memory, mastery, sittings.
//!
//! Lowest first: a module may use only those above it in this list. Nothing here knows of files,
//! SQL, the clock, the environment, the terminal or serde; time and chance are passed in.

pub mod day;
pub mod problem;
pub mod slug;
pub mod skill_map;
pub mod grade;
pub mod card;
pub mod deck;
pub mod shelf;
pub mod interview;
pub mod policy;
pub mod collection;
pub mod identity;
pub mod review;
pub mod lineage;
pub mod grading;
pub mod question;
pub mod model;
pub mod retention;
pub mod sm2;
pub mod memory;
pub mod progress;
pub mod mastery;
pub mod queue;
pub mod plan;
pub mod track;
pub mod readiness;
pub mod session;
pub mod items;
pub mod mock;
pub mod statistics;
pub mod audit;
pub mod calibration;
pub mod tuning;
pub mod weakness;
