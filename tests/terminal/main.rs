//! The learner's end: by lines in memory, and on a real pseudo-terminal.

mod harness;
mod lines;
mod tty;
