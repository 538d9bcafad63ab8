//! The learning rules against their published vectors and laws: SM-2, FSRS-6, the fold of the log, mastery.

#![allow(clippy::unwrap_used, reason = "a test may stop where its ground is missing")]

mod fsrs_vectors;
mod fuzz;
mod log_laws;
mod mastery;
mod mastery_laws;
mod mock;
mod planning;
mod readiness;
mod schedule_laws;
mod scheduler_laws;
mod sm2_vectors;
mod weakness;
mod world;
