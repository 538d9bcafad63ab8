//! What one quick look at the words of a text shows, so that rules look closer only where there is something to see.
//!
//! A check reads every text of a collection many times over; each word is judged once, and most texts are not looked
//! at again.

use super::choice::{ABSOLUTES, HEDGES, is_among};
use super::prompts::{POINTING, VAGUE, negates};
use super::structure::{OF_TIME, UNFINISHED, is_spelling_told};

/// What the words of a text show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Marks(u16);

impl Marks {
    /// A word whose spelling there is something to say of.
    pub(super) const SPELLING: Self = Self(1);
    /// A word twice in a row.
    pub(super) const TWICE: Self = Self(1 << 1);
    /// A word that an unfinished text has.
    pub(super) const UNFINISHED: Self = Self(1 << 2);
    /// A word that a text which ages has.
    pub(super) const TIME: Self = Self(1 << 3);
    /// A word that may leave open how much.
    pub(super) const VAGUE: Self = Self(1 << 4);
    /// A word that a text has which points at something.
    pub(super) const POINTING: Self = Self(1 << 5);
    /// Two capitals in one word.
    pub(super) const CAPITALS: Self = Self(1 << 6);
    /// Any word at all.
    pub(super) const WORD: Self = Self(1 << 7);
    /// A word that leaves no exception.
    pub(super) const ABSOLUTE: Self = Self(1 << 8);
    /// A word that leaves a way out.
    pub(super) const HEDGE: Self = Self(1 << 9);
    /// A word that a text has which says or asks what does not hold.
    pub(super) const NEGATIVE: Self = Self(1 << 10);

    /// Whether a text has one of these marks.
    pub(super) fn has(self, mark: Self) -> bool {
        self.0 & mark.0 != 0
    }

    /// These marks and others.
    pub(super) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The marks of a word.
    pub(super) fn of_word(word: &str) -> Self {
        let listed = |list: &[&str]| list.iter().any(|known| word.eq_ignore_ascii_case(known));
        let capitals = word.bytes().filter(u8::is_ascii_uppercase).count();
        let shown = [
            (Self::SPELLING, is_spelling_told(word)),
            (Self::UNFINISHED, listed(&UNFINISHED)),
            (Self::TIME, listed(&OF_TIME)),
            (Self::VAGUE, listed(&VAGUE)),
            (Self::POINTING, listed(&POINTING)),
            (Self::CAPITALS, capitals > 1),
            (Self::ABSOLUTE, is_among(&ABSOLUTES, word)),
            (Self::HEDGE, is_among(&HEDGES, word)),
            (Self::NEGATIVE, negates(word)),
        ];
        let marks = shown.into_iter().filter(|(_, shows)| *shows);
        marks.fold(Self::WORD, |marks, (mark, _)| marks.with(mark))
    }
}
