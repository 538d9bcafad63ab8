//! What one quick look at the words of a text shows, so that rules look closer only where there is something to see.
//!
//! A check reads every text of a collection many times over; each word is looked up once here, and most texts are
//! not looked at again.

use super::prompts::{POINTING, VAGUE};
use super::structure::{OF_TIME, UNFINISHED, is_spelling_told};
use super::table::Words;
use super::words;

/// What the words of a text show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Marks(u8);

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

    /// Whether a text has one of these marks.
    pub(super) fn has(self, mark: Self) -> bool {
        self.0 & mark.0 != 0
    }

    /// These marks and others.
    pub(super) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn of_word(word: &str) -> Self {
        let listed = |list: &[&str]| list.iter().any(|known| word.eq_ignore_ascii_case(known));
        let capitals = word.bytes().filter(u8::is_ascii_uppercase).count();
        let shown = [
            (Self::SPELLING, is_spelling_told(word)),
            (Self::UNFINISHED, listed(&UNFINISHED)),
            (Self::TIME, listed(&OF_TIME)),
            (Self::VAGUE, listed(&VAGUE)),
            (Self::POINTING, listed(&POINTING)),
            (Self::CAPITALS, capitals > 1),
        ];
        let marks = shown.into_iter().filter(|(_, shows)| *shows);
        marks.fold(Self::WORD, |marks, (mark, _)| marks.with(mark))
    }
}

/// Words looked at so far.
#[derive(Default)]
pub(super) struct Glance(Words<Marks>);

impl Glance {
    /// The marks of a text.
    pub(super) fn at(&mut self, text: &str) -> Marks {
        let (mut marks, mut last) = (Marks::default(), "");
        for word in words::words(text) {
            marks = marks.with(self.word(word));
            if word == last {
                marks = marks.with(Marks::TWICE);
            }
            last = word;
        }
        marks
    }

    fn word(&mut self, word: &str) -> Marks {
        if let Some(marks) = self.0.get(word) {
            return *marks;
        }
        let marks = Marks::of_word(word);
        self.0.insert(word.to_owned(), marks);
        marks
    }
}

#[cfg(test)]
mod tests {
    use super::{Glance, Marks};

    #[test]
    fn a_text_has_the_marks_of_its_words() {
        let mut glance = Glance::default();
        for (text, mark) in [
            ("It is Usually so", Marks::VAGUE),
            ("a a state", Marks::TWICE),
            ("the code above", Marks::POINTING),
            ("Nowadays it is", Marks::TIME),
            ("the HTTP method", Marks::CAPITALS),
            ("to be done", Marks::UNFINISHED),
        ] {
            assert!(glance.at(text).has(mark), "{text}");
            assert!(!glance.at("A plain text about locks").has(mark), "{text}");
        }
        assert!(!glance.at("...").has(Marks::WORD));
    }
}
