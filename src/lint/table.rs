//! Tables of words: each word of a collection is looked up in one several times, so that hashing is most of the work.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher, RandomState};

/// A table from words.
pub(super) type Words<V> = HashMap<String, V, Seed>;

/// Numbers of words. Most words are short: they lie in the table itself, and no memory beside it is looked at.
#[derive(Default)]
pub(super) struct Numbers {
    short: HashMap<u128, u32, Seed>,
    long: Words<u32>,
}

impl Numbers {
    /// The number of a word.
    pub(super) fn get(&self, word: &str) -> Option<u32> {
        match packed(word) {
            Some(short) => self.short.get(&short).copied(),
            None => self.long.get(word).copied(),
        }
    }

    /// Gives a word a number.
    pub(super) fn insert(&mut self, word: &str, number: u32) {
        match packed(word) {
            Some(short) => self.short.insert(short, number),
            None => self.long.insert(word.to_owned(), number),
        };
    }
}

/// A short word as its bytes, zeros after them; no word holds a zero. `None` for a longer one.
fn packed(word: &str) -> Option<u128> {
    let mut bytes = [0; size_of::<u128>()];
    bytes.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    Some(u128::from_le_bytes(bytes))
}

/// What makes the hashes of a table its own: nobody can write a deck of words that collide.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seed(u64);

impl Default for Seed {
    fn default() -> Self {
        Self(RandomState::new().hash_one(0))
    }
}

impl BuildHasher for Seed {
    type Hasher = Folding;

    fn build_hasher(&self) -> Folding {
        Folding(self.0)
    }
}

/// A hash of short texts: eight bytes at a time are multiplied, and the halves of the product folded together.
pub(super) struct Folding(u64);

impl Folding {
    fn fold(&mut self, word: u64) {
        /// An odd constant with its ones and zeros well mixed: 2^64 divided by the golden ratio.
        const MIXED: u128 = 0x9e37_79b9_7f4a_7c15;
        let product = u128::from(self.0 ^ word) * MIXED;
        let bytes = product.to_le_bytes();
        let (mut low, mut high) = ([0; 8], [0; 8]);
        low.copy_from_slice(&bytes[..8]);
        high.copy_from_slice(&bytes[8..]);
        self.0 = (u64::from_le_bytes(low) ^ u64::from_le_bytes(high)).rotate_left(23);
    }
}

impl Hasher for Folding {
    fn write(&mut self, bytes: &[u8]) {
        for part in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..part.len()].copy_from_slice(part);
            self.fold(u64::from_le_bytes(word));
        }
        self.fold(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::hash::BuildHasher;

    use super::{Numbers, Seed};

    #[test]
    fn short_and_long_words_have_numbers_of_their_own() {
        let mut numbers = Numbers::default();
        let words = ["a", "aa", "sixteen-letters!", "seventeen-letters", "seventeen-letters!"];
        (0..).zip(words).for_each(|(number, word)| numbers.insert(word, number));
        let found: Vec<_> = words.iter().filter_map(|word| numbers.get(word)).collect();
        assert_eq!(found, [0, 1, 2, 3, 4]);
        assert_eq!((numbers.get("aaa"), numbers.get("seventeen-letter")), (None, None));
    }

    #[test]
    fn words_that_differ_little_have_hashes_that_differ_much() {
        let seed = Seed::default();
        let words: Vec<String> = (0..10_000).map(|number| format!("word{number}")).collect();
        let low: BTreeSet<u64> = words.iter().map(|word| seed.hash_one(word) % 65_536).collect();
        // 10,000 balls in 65,536 boxes fill 9,300 of them.
        assert!(low.len() > 9_000, "{}", low.len());
        let high: BTreeSet<u64> = words.iter().map(|word| seed.hash_one(word) >> 48).collect();
        assert!(high.len() > 9_000, "{}", high.len());
    }
}
