//! A problem found in a map, a deck or a setting: what, where, and what to do next.
//!
//! One record for all rooms that read files, so that every problem is told alike.

use std::fmt;
use std::sync::Arc;

/// A place in a file: where a thing was written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file, as it is shown to the learner.
    pub file: Arc<str>,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// How much a problem matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The thing cannot be used as it stands.
    Error,
    /// It works, but not as well as it could.
    Warning,
}

impl Level {
    /// `error` or `warning`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// One finding; problems sort by place, then rule.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Where it is.
    pub place: Place,
    /// The rule it breaks, a stable kebab-case or `P04`-like id.
    pub rule: &'static str,
    /// Error or warning.
    pub level: Level,
    /// What is wrong: lower case, no full stop, the thing in backticks.
    pub message: String,
    /// What to do next; may be empty.
    pub hint: String,
}
