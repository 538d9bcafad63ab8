//! A stable hash of what a card asks and what answers it, so that an edit can be noticed.
//!
//! FNV-1a is used because it is published, tiny and the same on every machine and in every release;
//! nothing here guards against an adversary. It does not know how cards are written down.

use super::{Body, Card, CardId, Kind, Piece, TypedKey};

/// Start value of FNV-1a with 64 bits. Source: RFC 9923 (Fowler, Noll, Vo, Eastlake, Hansen).
const OFFSET_BASIS: u64 = 0xcbf2_9ce4_8422_2325;
/// Prime of FNV-1a with 64 bits. Source: as above.
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// FNV-1a, 64 bits, over parts that are kept apart: every text goes in with its length.
struct Hash(u64);

impl Hash {
    fn of(kind: Kind) -> Self {
        let mut hash = Self(OFFSET_BASIS);
        hash.text(kind.name());
        hash
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(PRIME));
    }

    fn count(&mut self, count: usize) {
        self.bytes(&(count as u64).to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        self.count(text.len());
        self.bytes(text.as_bytes());
    }

    fn texts(&mut self, texts: &[String]) {
        self.count(texts.len());
        for text in texts {
            self.text(text);
        }
    }

    fn flag(&mut self, flag: bool) {
        self.bytes(&[u8::from(flag)]);
    }

    /// The accepted and nearly accepted answers and how they are compared; not why a near miss is wrong.
    fn key(&mut self, key: &TypedKey) {
        self.texts(&key.accept);
        self.count(key.near_misses.len());
        key.near_misses.iter().for_each(|miss| self.text(&miss.text));
        // Adding 0.0 turns -0.0 into 0.0; no tolerance is told from one of nothing.
        let tolerance = key.tolerance.map_or(u64::MAX, |tolerance| (tolerance + 0.0).to_bits());
        self.bytes(&tolerance.to_le_bytes());
        self.flag(key.case_sensitive);
    }

    fn piece(&mut self, piece: &Piece) {
        match piece {
            Piece::Text(text) => {
                self.flag(false);
                self.text(text);
            }
            Piece::Gap(key) => {
                self.flag(true);
                self.key(key);
            }
        }
    }

    fn body(&mut self, body: &Body) {
        match body {
            Body::Flashcard { prompt, answer } => {
                for text in [prompt, answer] {
                    self.text(text);
                }
            }
            Body::Choice { prompt, options } => {
                self.text(prompt);
                self.count(options.len());
                for option in options {
                    self.text(&option.text);
                    self.flag(option.correct);
                }
            }
            Body::Typed { prompt, key } => {
                self.text(prompt);
                self.key(key);
            }
            Body::Cloze { pieces } => {
                self.count(pieces.len());
                for piece in pieces {
                    self.piece(piece);
                }
            }
            Body::Order { prompt, items } => {
                self.text(prompt);
                self.texts(items);
            }
            Body::TrueFalse { statement, answer } => {
                self.text(statement);
                self.flag(*answer);
            }
            Body::Explain { prompt, checklist, answer } => {
                self.text(prompt);
                self.texts(checklist);
                self.text(answer);
            }
        }
    }
}

impl Card {
    /// A stable hash (FNV-1a, 64 bits) of the kind, the prompt and everything that decides the answer.
    ///
    /// It depends on nothing else: neither on id, place, bindings, tags, sources nor on what is told
    /// beside the answer (hint, explanation, why an option is wrong).
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        let mut hash = Hash::of(self.kind());
        hash.body(&self.body);
        hash.0
    }
}

impl CardId {
    /// The id within a deck of a card whose author wrote none: `c-` and 16 hexadecimal digits.
    ///
    /// It follows from the kind and the prompt, so it survives a move within the deck, not an edit of the prompt.
    #[must_use]
    pub fn derived(kind: Kind, prompt: &str) -> String {
        let mut hash = Hash::of(kind);
        hash.text(prompt);
        format!("c-{:016x}", hash.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Hash, OFFSET_BASIS};
    use crate::domain::card::{
        Body, Card, CardId, ChoiceOption, Difficulty, Kind, NearMiss, Piece, Source, TypedKey,
    };
    use crate::domain::deck::DeckId;
    use crate::domain::problem::Place;

    fn card(body: Body) -> Card {
        let id = CardId { deck: DeckId("deck".to_owned()), card: "card".to_owned() };
        Card::new(id, body, Place { file: "deck.toml".into(), line: 1, column: 1 })
    }

    fn option(text: &str, correct: bool) -> ChoiceOption {
        ChoiceOption { text: text.to_owned(), correct, why: None, pinned: false }
    }

    fn choice(options: &[(&str, bool)]) -> Body {
        let options = options.iter().map(|(text, correct)| option(text, *correct)).collect();
        Body::Choice { prompt: "Which?".to_owned(), options }
    }

    fn key(accept: &[&str]) -> TypedKey {
        TypedKey { accept: accept.iter().map(|&text| text.to_owned()).collect(), ..TypedKey::default() }
    }

    fn typed(key: TypedKey) -> Body {
        Body::Typed { prompt: "Which?".to_owned(), key }
    }

    fn near(text: &str, why: &str) -> TypedKey {
        let miss = NearMiss { text: text.to_owned(), why: why.to_owned() };
        TypedKey { near_misses: vec![miss], ..key(&["a"]) }
    }

    fn order(items: &[&str]) -> Body {
        let items = items.iter().map(|&item| item.to_owned()).collect();
        Body::Order { prompt: "Which?".to_owned(), items }
    }

    fn claim(answer: bool) -> Body {
        Body::TrueFalse { statement: "Which?".to_owned(), answer }
    }

    fn flashcard(prompt: &str, answer: &str) -> Body {
        Body::Flashcard { prompt: prompt.to_owned(), answer: answer.to_owned() }
    }

    fn explain(points: &[&str], answer: &str) -> Body {
        let checklist = points.iter().map(|&point| point.to_owned()).collect();
        Body::Explain { prompt: "Which?".to_owned(), checklist, answer: answer.to_owned() }
    }

    #[test]
    fn hash_is_fnv_1a_as_published() {
        // Source: the published vectors of FNV-1a with 64 bits (Noll, fnv/test_fnv.c; RFC 9923).
        for (text, expected) in
            [("", 0xcbf2_9ce4_8422_2325_u64), ("a", 0xaf63_dc4c_8601_ec8c), ("foobar", 0x8594_4171_f739_67e8)]
        {
            let mut hash = Hash(OFFSET_BASIS);
            hash.bytes(text.as_bytes());
            assert_eq!(hash.0, expected, "{text}");
        }
    }

    #[test]
    fn whatever_decides_the_answer_changes_the_fingerprint() {
        let gap =
            |accept| Body::Cloze { pieces: vec![Piece::Text("a ".to_owned()), Piece::Gap(key(accept))] };
        let tolerant = |tolerance| typed(TypedKey { tolerance, ..key(&["1"]) });
        let pairs = [
            ("answer of a flashcard", flashcard("a", "b"), flashcard("a", "c")),
            ("where prompt ends and answer starts", flashcard("ab", "c"), flashcard("a", "bc")),
            ("kind", flashcard("Which?", "a"), order(&["Which?", "a"])),
            (
                "which option is right",
                choice(&[("a", true), ("b", false)]),
                choice(&[("a", false), ("b", true)]),
            ),
            ("text of an option", choice(&[("a", true), ("b", false)]), choice(&[("a", true), ("c", false)])),
            ("accepted answer", typed(key(&["a"])), typed(key(&["a", "b"]))),
            ("near miss", typed(near("b", "no")), typed(near("c", "no"))),
            ("tolerance", tolerant(Some(0.0)), tolerant(None)),
            ("case", typed(key(&["a"])), typed(TypedKey { case_sensitive: true, ..key(&["a"]) })),
            ("gap", gap(&["a"]), gap(&["b"])),
            ("order", order(&["a", "b"]), order(&["b", "a"])),
            ("truth", claim(true), claim(false)),
            ("checklist", explain(&["a"], "b"), explain(&["a", "c"], "b")),
            ("model answer", explain(&["a"], "b"), explain(&["a"], "c")),
        ];
        for (what, one, other) in pairs {
            assert_ne!(card(one).fingerprint(), card(other).fingerprint(), "{what}");
        }
    }

    #[test]
    fn whatever_does_not_decide_the_answer_leaves_the_fingerprint() {
        let plain = card(typed(near("b", "no")));
        let mut dressed = card(typed(near("b", "for another reason")));
        dressed.id.card = "renamed".to_owned();
        dressed.tags = vec!["tag".to_owned()];
        dressed.hint = Some("hint".to_owned());
        dressed.explanation = Some("because".to_owned());
        dressed.sources = vec![Source { title: "RFC".to_owned(), at: None, url: None }];
        dressed.difficulty = Difficulty::new(5).unwrap();
        dressed.place.line = 99;
        assert_eq!(plain.fingerprint(), dressed.fingerprint());
    }

    #[test]
    fn derived_id_follows_kind_and_prompt() {
        let id = CardId::derived(Kind::Typed, "Which?");
        assert_eq!(id.len(), "c-".len() + 16);
        assert!(id.starts_with("c-"));
        assert_ne!(id, CardId::derived(Kind::Typed, "Which"));
        assert_ne!(id, CardId::derived(Kind::Flashcard, "Which?"));
    }
}
