//! A card: one question, what answers it, and everything that is told with the answer.
//!
//! It does not know how cards are written down (`deck_files`) or shown (`report`).

mod fingerprint;
mod judge;
mod normalise;
mod part;

pub use judge::{Outcome, Reply, Verdict};
pub use normalise::{Case, normalised};
pub use part::Part;

use std::fmt;
use std::str::FromStr;

use super::day::StudyDay;
use super::problem::Place;

/// A deck's identity: the stem of its file (`indexing`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeckId(pub String);

impl fmt::Display for DeckId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// A card's authored identity: `deck id / card id`, stable under edits of its text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CardId {
    /// The deck it lives in.
    pub deck: DeckId,
    /// Its id within the deck.
    pub card: String,
}

impl fmt::Display for CardId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/{}", self.deck, self.card)
    }
}

/// A text that is not of the form `deck/card`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a card id of the form `deck/card`")]
pub struct CardIdError(pub String);

impl FromStr for CardId {
    type Err = CardIdError;

    fn from_str(text: &str) -> Result<Self, CardIdError> {
        match text.split_once('/') {
            Some((deck, card)) if !deck.is_empty() && !card.is_empty() => {
                Ok(Self { deck: DeckId(deck.to_owned()), card: card.to_owned() })
            }
            _ => Err(CardIdError(text.to_owned())),
        }
    }
}

/// The seven kinds of card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A prompt and an answer; the learner judges.
    Flashcard,
    /// One or several right options among several.
    Choice,
    /// A short answer, typed.
    Typed,
    /// A sentence with gaps.
    Cloze,
    /// Items to put in order.
    Order,
    /// A statement, true or false.
    TrueFalse,
    /// A scenario to talk through, judged against a checklist.
    Explain,
}

impl Kind {
    /// Every kind, in the order of the documentation.
    pub const ALL: [Self; 7] = [
        Self::Flashcard,
        Self::Choice,
        Self::Typed,
        Self::Cloze,
        Self::Order,
        Self::TrueFalse,
        Self::Explain,
    ];

    /// The name used in decks and reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Flashcard => "flashcard",
            Self::Choice => "choice",
            Self::Typed => "typed",
            Self::Cloze => "cloze",
            Self::Order => "order",
            Self::TrueFalse => "true-false",
            Self::Explain => "explain",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// What a card asks of the learner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aim {
    /// Name or state a fact.
    Recall,
    /// Say how or why.
    Explain,
    /// Choose under constraints.
    Decide,
    /// Find the cause of a symptom.
    Diagnose,
}

impl Aim {
    /// Every aim.
    pub const ALL: [Self; 4] = [Self::Recall, Self::Explain, Self::Decide, Self::Diagnose];

    /// The name used in decks and reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Recall => "recall",
            Self::Explain => "explain",
            Self::Decide => "decide",
            Self::Diagnose => "diagnose",
        }
    }

    /// The aim of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|aim| aim.name() == name)
    }
}

/// How hard the author thinks a card is: 1 (easy) to 5 (hard).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Difficulty(u8);

impl Difficulty {
    /// Where a card says nothing.
    pub const DEFAULT: Self = Self(3);

    /// A difficulty from 1 to 5.
    #[must_use]
    pub fn new(value: i64) -> Option<Self> {
        u8::try_from(value).ok().filter(|value| (1..=5).contains(value)).map(Self)
    }

    /// 1 to 5.
    #[must_use]
    pub fn value(self) -> u8 {
        self.0
    }
}

/// A document that settles a card's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The document.
    pub title: String,
    /// Where in it: section, page, man page section.
    pub at: Option<String>,
    /// Its address.
    pub url: Option<String>,
}

/// One option of a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoiceOption {
    /// What is offered, Markdown.
    pub text: String,
    /// Whether it is a right one.
    pub correct: bool,
    /// Why it is right or wrong.
    pub why: Option<String>,
    /// Whether it keeps its place when the options are shuffled.
    pub pinned: bool,
}

/// A wrong answer that learners are known to give, and what to tell them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearMiss {
    /// The wrong answer.
    pub text: String,
    /// Why it is not right.
    pub why: String,
}

/// What a typed text is compared with.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TypedKey {
    /// The accepted answers; the first is shown as the answer.
    pub accept: Vec<String>,
    /// Wrong answers worth a word of their own.
    pub near_misses: Vec<NearMiss>,
    /// For numbers: the greatest absolute difference that still counts as right, in the answer's unit.
    pub tolerance: Option<f64>,
    /// Whether upper and lower case differ.
    pub case_sensitive: bool,
}

/// A stretch of a cloze text.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// Text that is shown.
    Text(String),
    /// A gap to fill.
    Gap(TypedKey),
}

/// The question itself, by kind.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// See [`Kind::Flashcard`].
    Flashcard {
        /// The front.
        prompt: String,
        /// The back.
        answer: String,
    },
    /// See [`Kind::Choice`].
    Choice {
        /// The stem.
        prompt: String,
        /// At least two options, at least one of them right.
        options: Vec<ChoiceOption>,
    },
    /// See [`Kind::Typed`].
    Typed {
        /// The question.
        prompt: String,
        /// What answers it.
        key: TypedKey,
    },
    /// See [`Kind::Cloze`].
    Cloze {
        /// Text and at least one gap.
        pieces: Vec<Piece>,
    },
    /// See [`Kind::Order`].
    Order {
        /// What to put in order.
        prompt: String,
        /// At least two items, in the right order.
        items: Vec<String>,
    },
    /// See [`Kind::TrueFalse`].
    TrueFalse {
        /// The claim.
        statement: String,
        /// Whether it holds.
        answer: bool,
    },
    /// See [`Kind::Explain`].
    Explain {
        /// The scenario.
        prompt: String,
        /// Points of a good answer; at least one.
        checklist: Vec<String>,
        /// A model answer.
        answer: String,
    },
}

/// One question with all that belongs to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// Its identity.
    pub id: CardId,
    /// What it asks of the learner.
    pub aim: Aim,
    /// How hard its author thinks it is.
    pub difficulty: Difficulty,
    /// The question.
    pub body: Body,
    /// Other wordings of the prompt.
    pub variants: Vec<String>,
    /// A hint, shown on demand.
    pub hint: Option<String>,
    /// Why the answer is the answer.
    pub explanation: Option<String>,
    /// The documents that settle it.
    pub sources: Vec<Source>,
    /// The versions for which it holds.
    pub versions: Vec<String>,
    /// The day its facts were checked, where that is not the deck's.
    pub as_of: Option<StudyDay>,
    /// The day from which its facts need a new look.
    pub review_by: Option<StudyDay>,
    /// The content rules that its author sets aside, as written: `ID: reason`.
    pub lint_allow: Vec<String>,
    /// Free words.
    pub tags: Vec<String>,
    /// Further nodes it hangs on, as written, beside its deck's.
    pub nodes: Vec<(String, Place)>,
    /// The card of the same deck whose question this one turns round.
    pub reverse_of: Option<String>,
    /// Where it is written.
    pub place: Place,
}

impl Card {
    /// A card that says nothing beside its body: its aim is `recall`, its difficulty the usual one.
    #[must_use]
    pub fn new(id: CardId, body: Body, place: Place) -> Self {
        Self {
            id,
            aim: Aim::Recall,
            difficulty: Difficulty::DEFAULT,
            body,
            variants: Vec::new(),
            hint: None,
            explanation: None,
            sources: Vec::new(),
            versions: Vec::new(),
            as_of: None,
            review_by: None,
            lint_allow: Vec::new(),
            tags: Vec::new(),
            nodes: Vec::new(),
            reverse_of: None,
            place,
        }
    }

    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self.body {
            Body::Flashcard { .. } => Kind::Flashcard,
            Body::Choice { .. } => Kind::Choice,
            Body::Typed { .. } => Kind::Typed,
            Body::Cloze { .. } => Kind::Cloze,
            Body::Order { .. } => Kind::Order,
            Body::TrueFalse { .. } => Kind::TrueFalse,
            Body::Explain { .. } => Kind::Explain,
        }
    }

    /// What parts the id of a card from the mark of the card derived from it; no authored id has it.
    pub const DERIVED: char = '~';

    /// Whether the card was derived from another one (`reverse = true`) rather than written.
    #[must_use]
    pub fn is_derived(&self) -> bool {
        self.id.card.contains(Self::DERIVED)
    }

    /// The prompt as its author wrote it, gaps of a cloze drawn as `____`; Markdown.
    #[must_use]
    pub fn prompt(&self) -> String {
        match &self.body {
            Body::Flashcard { prompt, .. }
            | Body::Choice { prompt, .. }
            | Body::Typed { prompt, .. }
            | Body::Order { prompt, .. }
            | Body::Explain { prompt, .. }
            | Body::TrueFalse { statement: prompt, .. } => prompt.clone(),
            Body::Cloze { pieces } => pieces.iter().map(Piece::hidden).collect(),
        }
    }
}

impl Piece {
    /// How a gap is drawn before it is filled.
    pub const GAP: &'static str = "____";

    fn hidden(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Gap(_) => Self::GAP,
        }
    }
}
