//! The learner's end: by lines in memory, and on a real pseudo-terminal.

#[cfg(test)]
mod harness;
#[cfg(test)]
mod lines;
#[cfg(test)]
mod tty;
