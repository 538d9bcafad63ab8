//! What writing decks can fail of, and the next step.

use std::sync::Arc;

use crate::deck_files::AppendError;
use crate::domain::card::DeckId;
use crate::domain::skill_map::NodeKey;

/// Why decks were not written as asked.
#[derive(Debug, thiserror::Error)]
pub enum WritingError {
    /// Cards cannot be put at the end of a deck.
    #[error("nothing can be added to `{file}`")]
    Append {
        /// The deck's file, as it is shown.
        file: Arc<str>,
        /// Why.
        source: AppendError,
    },
    /// A node that is no leaf, and has no deck.
    #[error("`{node}` is no leaf, and no deck hangs on it")]
    NotALeaf {
        /// The node.
        node: NodeKey,
    },
    /// Several decks hang on a node.
    #[error("{} decks hang on `{node}`", decks.len())]
    SeveralDecks {
        /// The node.
        node: NodeKey,
        /// The decks there are.
        decks: Vec<DeckId>,
    },
    /// The deck that was named does not hang on the node.
    #[error("no deck `{named}` hangs on `{node}`")]
    NoSuchDeck {
        /// The node.
        node: NodeKey,
        /// The deck that was named.
        named: String,
        /// The decks there are.
        decks: Vec<DeckId>,
    },
    /// The learner, or the input, ended before there was a card.
    #[error("nothing was added")]
    NothingAdded,
    /// A file to import holds no question that can be taken in.
    #[error("`{file}` holds no question that can be taken in")]
    NothingToImport {
        /// The file.
        file: Arc<str>,
    },
    /// Decks are not in the documented form.
    #[error("{decks} of {of} decks not in the documented form")]
    Unformatted {
        /// How many.
        decks: usize,
        /// Of how many.
        of: usize,
    },
}

impl WritingError {
    /// The next step.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::Append { file, source } => append_hint(file, source),
            Self::NotALeaf { node } => {
                format!("name a leaf; `mindrill map show {node}` lists those below it")
            }
            Self::NoSuchDeck { decks, .. } if decks.is_empty() => {
                "leave `--deck` out: the first card makes the deck".to_owned()
            }
            Self::SeveralDecks { decks, .. } | Self::NoSuchDeck { decks, .. } => {
                let named: Vec<String> = decks.iter().map(|deck| format!("`--deck {deck}`")).collect();
                format!("say which: {}", named.join(" or "))
            }
            Self::NothingAdded => "without a terminal, `--from FILE` takes cards as TOML or JSON".to_owned(),
            Self::NothingToImport { .. } => {
                "rows of front and back, or lines with `Q:`, `A:` and `C:`: see `mindrill import --help`"
                    .to_owned()
            }
            Self::Unformatted { .. } => "`mindrill fmt` writes them".to_owned(),
        }
    }
}

/// What to do about a deck that takes no card.
fn append_hint(file: &str, error: &AppendError) -> String {
    match error {
        AppendError::Syntax(_) => format!("`mindrill check {file}` tells the line"),
        AppendError::Form(_) => "write its cards under `[[card]]`, one after the other".to_owned(),
        AppendError::Unsound(problems) => {
            let told = problems.iter().map(|problem| format!("{} ({})", problem.message, problem.hint));
            told.collect::<Vec<_>>().join("; ")
        }
        AppendError::Unwritable(_) => "put something between the brace and the gap".to_owned(),
    }
}
