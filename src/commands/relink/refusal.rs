//! Why progress is not carried over, with the command that does what was meant.

use crate::domain::card::CardId;
use crate::report::relink::{carry, settle};

/// Why `relink` refuses.
#[derive(Debug, thiserror::Error)]
pub enum RelinkError {
    /// Both names are one card.
    #[error("`{0}` cannot take over from itself")]
    SameCard(CardId),
    /// Nothing was answered under that id.
    #[error("`{0}` has no progress")]
    NoProgress(String),
    /// The old card is still in the collection.
    #[error("`{}` is still in the collection", .0.0)]
    StillThere((CardId, CardId), &'static str),
    /// The new card was answered.
    #[error("`{}` has progress of its own", .0.1)]
    HasProgress((CardId, CardId), &'static str),
    /// The answer is as it was when it was last given.
    #[error("the answer of `{0}` has not changed since you gave it")]
    NotChanged(CardId),
    /// A card was named alone, and it is there.
    #[error("what is to be done with `{0}`?")]
    SayWhat(CardId),
    /// A card that has gone was named alone.
    #[error("which card goes on with the progress of `{old}`?")]
    ToWhich {
        /// The card that has gone.
        old: CardId,
        /// The card that most likely follows it.
        likely: Option<CardId>,
    },
}

impl RelinkError {
    /// The next step.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::SameCard(_) => "`mindrill relink` lists what edits left open".to_owned(),
            Self::NoProgress(_) => "`mindrill log` shows every card that was answered".to_owned(),
            Self::StillThere((old, new), flags) => {
                format!(
                    "`{}{flags} --force` takes its progress away and gives it to `{new}`",
                    carry(old, new)
                )
            }
            Self::HasProgress((old, new), flags) => {
                format!("`{}{flags} --merge` joins both in the order of the log", carry(old, new))
            }
            Self::NotChanged(card) => {
                let [_, afresh] = settle(card);
                format!("there is nothing to settle; `{afresh}` learns it anew")
            }
            Self::SayWhat(card) => {
                let [keep, afresh] = settle(card);
                format!("keep what you know: `{keep}`; learn it anew: `{afresh}`; or name a second card")
            }
            Self::ToWhich { old, likely: Some(likely) } => {
                format!("most likely `{}`", carry(old, likely))
            }
            Self::ToWhich { old, likely: None } => {
                format!("name it: `mindrill relink {old} NEW`; `mindrill cards` lists them")
            }
        }
    }
}
