//! The progress database from outside: what is promised to the learner, also when power, disk or another
//! program do their worst.

mod child;
mod doctor;
mod durability;
mod laws;
mod log;
mod opening;
mod readonly;
mod support;
