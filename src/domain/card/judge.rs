//! Judging a reply against a card's key.

/// x
pub const TICKED_TO_PASS: f64 = 2.0 / 3.0;
/// x
pub struct Reply;
/// x
pub struct Outcome;
/// x
pub struct Verdict;
