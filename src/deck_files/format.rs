//! The deck format as a table: every key, in the order in which it is written, with its shape and what it is for.
//!
//! The loader refuses what is not in it, the writer and `fmt` keep its order, the JSON Schema is made of it.

use crate::domain::card::Kind;

/// Fewest options of a choice and items of an order: with one there is nothing to decide.
pub(super) const LEAST_CHOICES: usize = 2;
/// Fewest answers of a typed card, and points of a checklist.
pub(super) const LEAST_ANSWERS: usize = 1;

/// What a value is.
#[derive(Clone, Copy)]
pub(super) enum Shape {
    /// One line that says something.
    Text,
    /// Markdown that says something.
    Prose,
    /// Markdown with a gap or several.
    Gapped,
    /// An id within the deck.
    Id,
    /// The name of a kind.
    Kind,
    /// The name of an aim.
    Aim,
    /// A whole number within these bounds, both included.
    Whole(i64, i64),
    /// A number from 0 up.
    Number,
    /// `true` or `false`.
    Flag,
    /// A date.
    Day,
    /// So many texts or more.
    Texts(usize),
    /// A table with these keys.
    Table(&'static [Key]),
    /// So many tables or more, with these keys.
    Tables(&'static [Key], usize),
}

/// One key of a table.
#[derive(Clone, Copy)]
pub(super) struct Key {
    /// The key.
    pub name: &'static str,
    /// The kinds of card that have it; all of them for a key of any other table.
    pub kinds: &'static [Kind],
    /// What its value is.
    pub shape: Shape,
    /// Whether a table without it is refused.
    pub needed: bool,
    /// What it is for, in a line, for authors.
    pub about: &'static str,
}

impl Key {
    const fn new(name: &'static str, shape: Shape, about: &'static str) -> Self {
        Self { name, kinds: &Kind::ALL, shape, needed: false, about }
    }

    const fn of(self, kinds: &'static [Kind]) -> Self {
        Self { kinds, ..self }
    }

    const fn needed(self) -> Self {
        Self { needed: true, ..self }
    }

    /// Whether every card may have it.
    pub(super) fn is_common(&self) -> bool {
        self.kinds.len() == Kind::ALL.len()
    }
}

/// The kinds that ask by a `prompt`.
const PROMPTED: &[Kind] = &[Kind::Flashcard, Kind::Choice, Kind::Typed, Kind::Order, Kind::Explain];

/// The keys of a card.
pub(super) const CARD: &[Key] = &[
    Key::new(
        "id",
        Shape::Id,
        "The card's name within its deck. Never change it: the learner's progress hangs on it.",
    ),
    Key::new("kind", Shape::Kind, "How the card asks and how it is judged.").needed(),
    Key::new("aim", Shape::Aim, "What the card asks of the learner; `recall` where nothing is said."),
    Key::new("difficulty", Shape::Whole(1, 5), "1 is easy, 5 is hard; 3 where nothing is said."),
    Key::new(
        "nodes",
        Shape::Texts(0),
        "Further nodes of the skill map on which the card hangs, beside its deck's.",
    ),
    Key::new("prompt", Shape::Prose, "The question (Markdown).").of(PROMPTED).needed(),
    Key::new("statement", Shape::Prose, "The claim, true or false (Markdown).")
        .of(&[Kind::TrueFalse])
        .needed(),
    Key::new(
        "text",
        Shape::Gapped,
        "A sentence with gaps: `A {{covering index}} holds every column`; `{{a|b}}` is a gap with two right answers.",
    )
    .of(&[Kind::Cloze])
    .needed(),
    Key::new("variants", Shape::Texts(0), "Other wordings of the question, asked in turn."),
    Key::new("options", Shape::Tables(OPTION, LEAST_CHOICES), "What is on offer; shuffled when it is shown.")
        .of(&[Kind::Choice])
        .needed(),
    Key::new("answer", Shape::Prose, "The answer (Markdown).").of(&[Kind::Flashcard, Kind::Explain]).needed(),
    Key::new("answer", Shape::Flag, "Whether the statement holds.").of(&[Kind::TrueFalse]).needed(),
    Key::new("accept", Shape::Texts(LEAST_ANSWERS), "The right answers; the first is shown as the answer.")
        .of(&[Kind::Typed])
        .needed(),
    Key::new(
        "near_misses",
        Shape::Tables(NEAR_MISS, 0),
        "Wrong answers that learners are known to give, and why they are wrong.",
    )
    .of(&[Kind::Typed]),
    Key::new("tolerance", Shape::Number, "For numbers: the greatest difference that still counts as right.")
        .of(&[Kind::Typed]),
    Key::new("case_sensitive", Shape::Flag, "Whether upper and lower case differ.").of(&[Kind::Typed]),
    Key::new("items", Shape::Texts(LEAST_CHOICES), "What is to be put in order, in the right order.")
        .of(&[Kind::Order])
        .needed(),
    Key::new("checklist", Shape::Texts(LEAST_ANSWERS), "The points of a good answer; the learner ticks them.")
        .of(&[Kind::Explain])
        .needed(),
    Key::new("reverse", Shape::Flag, "Whether the card is also asked the other way round.")
        .of(&[Kind::Flashcard]),
    Key::new("hint", Shape::Prose, "A hint, shown on demand (Markdown)."),
    Key::new("explanation", Shape::Prose, "Why the answer is the answer (Markdown)."),
    Key::new("sources", Shape::Tables(SOURCE, 0), "The documents that settle the answer."),
    Key::new("versions", Shape::Texts(0), "The versions for which the answer holds: `MySQL 8.4`."),
    Key::new("as_of", Shape::Day, "The day on which its facts were checked, where that is not the deck's."),
    Key::new("review_by", Shape::Day, "The day from which its facts need a new look."),
    Key::new("tags", Shape::Texts(0), "Free words."),
    Key::new("reverse_of", Shape::Text, "The id of the card of this deck whose question this one turns round."),
    Key::new("lint_allow", Shape::Texts(0), "Content rules set aside for this card: `M06: reason`."),
];

/// The keys of an option.
pub(super) const OPTION: &[Key] = &[
    Key::new("text", Shape::Prose, "What is offered (Markdown).").needed(),
    Key::new("correct", Shape::Flag, "Whether it is a right one; at least one is."),
    Key::new("why", Shape::Prose, "Why it is right or wrong (Markdown)."),
    Key::new("pin", Shape::Flag, "Whether it keeps its place when the options are shuffled."),
];

/// The keys of a near miss.
pub(super) const NEAR_MISS: &[Key] = &[
    Key::new("text", Shape::Text, "The wrong answer.").needed(),
    Key::new("why", Shape::Prose, "Why it is not right (Markdown).").needed(),
];

/// The keys of a source.
pub(super) const SOURCE: &[Key] = &[
    Key::new("title", Shape::Text, "The document.").needed(),
    Key::new("at", Shape::Text, "Where in it: `§10.3.6`, a page, a heading."),
    Key::new("url", Shape::Text, "Its address."),
];

/// The keys of `[deck]`.
pub(super) const DECK: &[Key] = &[
    Key::new("title", Shape::Text, "What the deck is called."),
    Key::new("node", Shape::Text, "The node of the skill map on which its cards hang: `databases/indexing`."),
    Key::new("as_of", Shape::Day, "The day on which its facts were checked."),
    Key::new("tags", Shape::Texts(0), "Free words, given to each of its cards."),
    Key::new("lint_allow", Shape::Texts(0), "Content rules set aside for the whole deck: `M06: reason`."),
];

/// The keys of a deck file.
pub(super) const ROOT: &[Key] = &[
    Key::new("deck", Shape::Table(DECK), "What all cards of the file have in common."),
    Key::new("card", Shape::Tables(CARD, 0), "The cards, each under `[[card]]`."),
];
