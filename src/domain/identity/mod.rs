//! What stays the same when a card is edited, renamed or moved: how it looked, what its answer became, who follows it.
//!
//! Pure comparisons of texts. It does not know what a learner knows, nor where cards are written.

mod change;
mod face;
mod likeness;
mod succession;
mod words;

pub use change::{AnswerChange, answer_change};
pub use face::{Face, Key};
pub use likeness::likeness;
pub use succession::{Free, LEAST_LIKENESS, Succession, successions};
