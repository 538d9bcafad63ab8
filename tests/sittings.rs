//! Whole commands through `Lines`, the clock fixed and the environment empty: what a learner would see.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]
#![allow(clippy::too_many_lines, reason = "a whole sitting is one snapshot")]

#[path = "sittings/harness.rs"]
mod harness;
#[path = "sittings/audit.rs"]
mod audit;
#[path = "sittings/confidence.rs"]
mod confidence;
#[path = "sittings/log_import.rs"]
mod log_import;
#[path = "sittings/scheduler.rs"]
mod scheduler;
#[path = "sittings/contract.rs"]
mod contract;
#[path = "sittings/interview.rs"]
mod interview;
#[path = "sittings/mock.rs"]
mod mock;
#[path = "sittings/quiz.rs"]
mod quiz;
#[path = "sittings/readme.rs"]
mod readme;
#[path = "sittings/ready.rs"]
mod ready;
#[path = "sittings/stats.rs"]
mod stats;
#[path = "sittings/trouble.rs"]
mod trouble;
#[path = "sittings/tune.rs"]
mod tune;
#[path = "sittings/weak.rs"]
mod weak;
#[path = "sittings/why.rs"]
mod why;
