//! All words of what is looked over, each looked at once: its stem, its lower case, and what it shows.
//!
//! Each text is parted into words once, when it is read; rules then compare small numbers, not letters.

use rust_stemmers::{Algorithm, Stemmer};

use super::marks::Marks;
use super::table::{Numbers, Words};
use super::words::{self, Reading};

/// A word as it is written.
pub(super) type Word = u32;
/// A word in lower case.
pub(super) type Folded = u32;
/// A content word by its stem: two words are alike where their stems are.
pub(super) type Stem = u32;

/// What is known of a word.
#[derive(Debug, Clone, Copy)]
struct Entry {
    marks: Marks,
    folded: Folded,
    /// `None` for a stop word.
    stem: Option<Stem>,
}

/// The words met so far.
pub(super) struct Lexicon {
    stemmer: Stemmer,
    words: Numbers,
    entries: Vec<Entry>,
    folded: Words<Folded>,
    stems: Words<Stem>,
}

impl Lexicon {
    /// One that knows no word yet.
    pub(super) fn new() -> Self {
        Self {
            stemmer: Stemmer::create(Algorithm::English),
            words: Numbers::default(),
            entries: Vec::new(),
            folded: Words::default(),
            stems: Words::default(),
        }
    }

    /// Reads Markdown, and parts it into words.
    pub(super) fn read<'t>(&mut self, text: &'t str) -> Reading<'t> {
        let mut reading = words::read(text);
        reading.words = self.words(&reading.prose);
        reading.spoken = (!reading.codes.is_empty()).then(|| self.words(&reading.spoken()));
        reading.marks = self.marks(reading.spoken_words());
        reading
    }

    /// The words of a text, in their order.
    pub(super) fn words(&mut self, text: &str) -> Vec<Word> {
        // A word and the blank after it have six letters or so.
        let mut all = Vec::with_capacity(text.len() / 6 + 1);
        all.extend(words::words(text).map(|word| self.word(word)));
        all
    }

    /// The content words of a text in their order, by stem.
    pub(super) fn content(&mut self, prose: &str) -> Vec<Stem> {
        words::words(prose).filter_map(|word| self.stem(word)).collect()
    }

    /// The content words among words, by stem.
    pub(super) fn stems<'s>(&'s self, words: &'s [Word]) -> impl Iterator<Item = Stem> {
        words.iter().filter_map(|word| self.entries[*word as usize].stem)
    }

    /// How many words have a mark.
    pub(super) fn count(&self, words: &[Word], mark: Marks) -> usize {
        words.iter().filter(|word| self.entries[**word as usize].marks.has(mark)).count()
    }

    /// Words in lower case.
    pub(super) fn folded<'s>(&'s self, words: &'s [Word]) -> impl Iterator<Item = Folded> {
        words.iter().map(|word| self.entries[*word as usize].folded)
    }

    /// A piece of code, which stands for itself: no stem of a word is the same.
    pub(super) fn piece(&mut self, code: &str) -> Stem {
        number(&mut self.stems, format!("`{code}"))
    }

    /// The stem of one word; `None` for a stop word.
    pub(super) fn stem(&mut self, word: &str) -> Option<Stem> {
        let word = self.word(word);
        self.entries[word as usize].stem
    }

    fn word(&mut self, word: &str) -> Word {
        self.words.get(word).unwrap_or_else(|| self.learn(word))
    }

    #[cold]
    fn learn(&mut self, word: &str) -> Word {
        let folded = word.to_lowercase();
        let stem = (!words::is_stop_word(&folded))
            .then(|| number(&mut self.stems, self.stemmer.stem(&folded).into_owned()));
        let folded = number(&mut self.folded, folded);
        let new = Word::try_from(self.entries.len()).unwrap_or(Word::MAX);
        self.entries.push(Entry { marks: Marks::of_word(word), folded, stem });
        self.words.insert(word, new);
        new
    }

    /// What the words of a text show.
    fn marks(&self, words: &[Word]) -> Marks {
        let all = words.iter().map(|word| self.entries[*word as usize].marks);
        let marks = all.fold(Marks::default(), Marks::with);
        if words.windows(2).any(|two| two[0] == two[1]) { marks.with(Marks::TWICE) } else { marks }
    }
}

/// The number of a text: the next one where it has none yet.
fn number(table: &mut Words<u32>, text: String) -> u32 {
    let next = u32::try_from(table.len()).unwrap_or(u32::MAX);
    *table.entry(text).or_insert(next)
}

#[cfg(test)]
mod tests {
    use super::Lexicon;
    use crate::lint::marks::Marks;

    #[test]
    fn a_text_has_the_marks_of_its_words() {
        let mut lexicon = Lexicon::new();
        for (text, mark) in [
            ("It is Usually so", Marks::VAGUE),
            ("a a state", Marks::TWICE),
            ("the code above", Marks::POINTING),
            ("Nowadays it is", Marks::TIME),
            ("the HTTP method", Marks::CAPITALS),
            ("to be done", Marks::UNFINISHED),
            ("It Never is", Marks::ABSOLUTE),
            ("it may be", Marks::HEDGE),
            ("it doesn’t lock", Marks::NEGATIVE),
        ] {
            assert!(lexicon.read(text).marks.has(mark), "{text}");
            assert!(!lexicon.read("A plain text about locks").marks.has(mark), "{text}");
        }
        assert!(!lexicon.read("...").marks.has(Marks::WORD));
    }

    #[test]
    fn words_are_alike_by_stem_and_by_lower_case() {
        let mut lexicon = Lexicon::new();
        let read = lexicon.read("Locks, locked and LOCKS; `locks`");
        assert_eq!(read.words.len(), 5);
        assert_eq!(read.spoken_words().len(), 4);
        let folded: Vec<_> = lexicon.folded(&read.words).collect();
        assert!(folded[0] == folded[3] && folded[0] != folded[1]);
        let stems: Vec<_> = lexicon.stems(&read.words).collect();
        assert_eq!(stems, [stems[0]; 4]);
        assert_ne!(lexicon.piece("lock"), stems[0]);
    }
}
