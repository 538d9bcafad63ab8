//! Folding of typed answers, so that only real differences count.

use super::Card;

/// A typed text, folded for comparison.
#[must_use]
pub fn normalised(text: &str) -> String {
    text.trim().to_lowercase()
}

impl Card {
    /// A stable hash of what the card says.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        0
    }
}
