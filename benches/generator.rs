//! Collections and logs of any size, the same at every run.

#![allow(clippy::unwrap_used, reason = "a bench that cannot go on has failed")]
#![allow(dead_code, reason = "each bench uses a part")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use mindrill::domain::card::CardId;
use mindrill::domain::day::{Moment, StudyDay};
use mindrill::domain::grade::Grade;
use mindrill::domain::review::{Answer, Mode};
use mindrill::domain::sm2::Rules;
use mindrill::store::Store;

/// Cards in a deck.
pub const DECK: usize = 100;
const MS_A_DAY: i64 = 86_400_000;

/// Writes a collection of `cards` cards, a leaf and a deck for every hundred.
pub fn collection(folder: &Path, cards: usize) {
    let decks = cards.div_ceil(DECK);
    let mut map = String::from("mindmap\n  root((Generated))\n");
    for branch in 0..decks.div_ceil(10) {
        writeln!(map, "    Branch {branch}").unwrap();
        for leaf in (branch * 10)..(branch * 10 + 10).min(decks) {
            writeln!(map, "      Leaf {leaf}").unwrap();
        }
    }
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join("skill-map.mmd"), map).unwrap();
    for number in 0..decks {
        fs::write(folder.join(format!("deck-{number}.toml")), deck(number)).unwrap();
    }
}

fn deck(number: usize) -> String {
    let mut text =
        format!("[deck]\ntitle = \"Deck {number}\"\nnode = \"leaf-{number}\"\nas_of = 2026-11-22\n");
    for card in 0..DECK {
        let (question, answer) = words(number, card);
        write!(text, "\n[[card]]\nid = \"c{card}\"\nkind = \"flashcard\"\naim = \"recall\"\ndifficulty = 3\nprompt = \"{question}\"\nanswer = \"{answer}\"\n").unwrap();
    }
    text
}

/// Cards in a deck of a [`varied`] collection: as many as a leaf needs.
pub const LEAF: usize = 20;

/// Writes a collection of `cards` cards of all kinds, a leaf and a deck for every twenty, in words that are as unequally
/// common as those of a language (Zipf): what a check has to cope with. The cards are such that the rules have
/// little to say of them.
pub fn varied(folder: &Path, cards: usize) {
    let decks = cards.div_ceil(LEAF);
    let mut map = String::from("mindmap\n  root((Generated))\n");
    for branch in 0..decks.div_ceil(100) {
        writeln!(map, "    Branch {branch}").unwrap();
        for leaf in (branch * 100)..(branch * 100 + 100).min(decks) {
            writeln!(map, "      Leaf {leaf}").unwrap();
        }
    }
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join("skill-map.mmd"), map).unwrap();
    let mut author = Author::new();
    for deck in 0..decks {
        let of_deck = LEAF.min(cards - deck * LEAF);
        let head = format!("[deck]\ntitle = \"Leaf {deck}\"\nnode = \"leaf-{deck}\"\nas_of = 2026-11-22\n");
        let text = (0..of_deck).fold(head, |text, card| text + "\n" + &author.card(card));
        fs::write(folder.join(format!("leaf-{deck}.toml")), text).unwrap();
    }
}

/// Writes cards, the same at every run.
struct Author {
    state: u64,
    vocabulary: Vec<String>,
}

/// Words of the vocabulary: about as many stems as 10,000 cards of a field have.
const VOCABULARY: usize = 20_000;
/// Small words between the others.
const SMALL: [&str; 12] = ["the", "a", "of", "to", "in", "and", "for", "with", "on", "by", "is", "that"];

/// The place in a deck of the first card that tells a story.
const STORY: usize = 10;

impl Author {
    fn new() -> Self {
        let onsets =
            ["b", "c", "d", "f", "gr", "l", "m", "n", "p", "qu", "r", "s", "st", "t", "tr", "v", "w"];
        let ends = ["act", "ead", "ing", "ock", "ort", "ule", "ent", "er", "ion", "ist", "ame", "ode"];
        let syllable = |number: usize| {
            format!("{}{}", onsets[number % onsets.len()], ends[number / onsets.len() % ends.len()])
        };
        let all = onsets.len() * ends.len();
        let word = |number: usize| format!("{}{}", syllable(number), syllable(number / all * 7 + number));
        Self { state: 1922, vocabulary: (0..VOCABULARY).map(word).collect() }
    }

    /// A number below `limit` (splitmix64).
    fn below(&mut self, limit: usize) -> usize {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % u64::try_from(limit).unwrap()).unwrap()
    }

    /// A word: the k-th as often as 1/k.
    fn word(&mut self) -> String {
        #[expect(clippy::cast_precision_loss, reason = "below a million")]
        let share = self.below(1_000_000) as f64 / 1e6;
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "below the vocabulary"
        )]
        let rank = (VOCABULARY as f64).powf(share) as usize;
        self.vocabulary[rank.min(VOCABULARY - 1)].clone()
    }

    /// A word that is seldom used.
    fn rare(&mut self) -> String {
        let rank = VOCABULARY / 2 + self.below(VOCABULARY / 2);
        self.vocabulary[rank].clone()
    }

    /// Words, every third of them a small one.
    fn phrase(&mut self, words: usize) -> String {
        let word = |author: &mut Self, at: usize| {
            if at % 3 == 1 { SMALL[author.below(SMALL.len())].to_owned() } else { author.word() }
        };
        let mut all: Vec<String> = Vec::new();
        for at in 0..words {
            let mut next = word(self, at);
            while all.contains(&next) && at % 3 != 1 {
                next = self.word();
            }
            all.push(next);
        }
        all.join(" ")
    }

    /// A card; its kind follows from its place in the deck.
    fn card(&mut self, place: usize) -> String {
        let aim =
            if place == STORY { "decide" } else { ["explain", "decide", "recall", "diagnose"][place % 4] };
        let (kind, body) = self.body(place);
        let (explanation, source) = (self.phrase(40), self.phrase(4));
        format!(
            "[[card]]\nid = \"c{place}\"\nkind = \"{kind}\"\naim = \"{aim}\"\ndifficulty = 3\n{body}explanation = \"The {explanation}.\"\nsources = [{{ title = \"{source}\", at = \"section {place}\", url = \"https://example.com/{}\" }}]\n",
            self.below(9_000)
        )
    }

    /// The kind of the card at a place, and what is its own.
    fn body(&mut self, place: usize) -> (&'static str, String) {
        let prompt = self.phrase(11);
        match place {
            0..=5 => ("choice", format!("prompt = \"Which {prompt}?\"\n{}", self.options(4, 1))),
            6..=9 => ("flashcard", format!("prompt = \"Why {prompt}?\"\nanswer = \"{}\"\n", self.phrase(12))),
            STORY | 11 => {
                let story = format!("{prompt}. {}. {} within 5 s", self.phrase(20), self.phrase(16));
                (
                    "choice",
                    format!("prompt = \"{story}. Which change {}?\"\n{}", self.phrase(6), self.options(4, 1)),
                )
            }
            12 | 13 => (
                "typed",
                format!("prompt = \"Which {prompt}?\"\naccept = [\"{} {}\"]\n", self.rare(), self.rare()),
            ),
            14 => {
                let stem = format!("prompt = \"Which {prompt}? Select all that apply.\"\n");
                ("choice", stem + &self.options(5, 2))
            }
            15 | 16 => ("true-false", format!("statement = \"The {prompt}.\"\nanswer = {}\n", place == 15)),
            17 => ("cloze", format!("text = \"The {prompt} {{{{{}}}}} {}.\"\n", self.rare(), self.phrase(6))),
            18 => {
                let code = format!("{} = {}\nprint {}", self.word(), self.below(900), self.word());
                (
                    "typed",
                    format!(
                        "prompt = \"\"\"\nWhich {prompt}?\n\n```ruby\n{code}\n```\n\"\"\"\naccept = [\"{}\"]\nversions = [\"Ruby 3.4\"]\nreview_by = 2027-11-22\nnear_misses = [{{ text = \"1000\", why = \"The {}.\" }}]\n",
                        self.below(900),
                        self.phrase(8)
                    ),
                )
            }
            _ => {
                let items: Vec<String> = (0..4).map(|_| format!("\"{}\"", self.phrase(5))).collect();
                ("order", format!("prompt = \"Order {prompt}.\"\nitems = [{}]\n", items.join(", ")))
            }
        }
    }

    fn options(&mut self, options: usize, right: usize) -> String {
        let first = self.below(options - right + 1);
        let option = |author: &mut Self, at: usize| {
            let (text, why) = (author.phrase(8), author.phrase(12));
            let correct = if (first..first + right).contains(&at) { "correct = true, " } else { "" };
            format!("  {{ text = \"The {text}\", {correct}why = \"The {why}.\" }},\n")
        };
        (0..options).fold("options = [\n".to_owned(), |text, at| text + &option(self, at)) + "]\n"
    }
}

/// A question and an answer of a usual length.
pub fn words(deck: usize, card: usize) -> (String, String) {
    let question = format!(
        "Which of the rules of part {deck} holds for case {card}, and what follows from it in practice?"
    );
    (
        question,
        format!("Rule {} holds: the first writer wins and the second one tries again.", deck * 7 + card),
    )
}

/// The card of a place in the order of the decks.
pub fn card(place: usize) -> CardId {
    format!("deck-{}/c{}", place / DECK, place % DECK).parse().unwrap()
}

/// An answer to a card on a day of 2026.
pub fn answer(place: usize, day: i64) -> Answer {
    let at = Moment::new(1_767_225_600_000 + day * MS_A_DAY + i64::try_from(place).unwrap(), 0);
    let grade = if (place * 31 + usize::try_from(day).unwrap() * 17).is_multiple_of(7) {
        Grade::AGAIN
    } else {
        Grade::GOOD
    };
    Answer {
        card: card(place),
        grade,
        mode: Mode::Study,
        at,
        day: at.study_day(),
        elapsed_ms: Some(9_000),
        reply: String::new(),
        confidence: None,
    }
}

/// A store with `rounds` answers to each of `cards` cards.
pub fn store(path: &Path, cards: usize, rounds: i64) -> Store {
    let mut store = Store::open(path, Rules::default()).unwrap();
    for day in 0..rounds {
        for place in 0..cards {
            store.record(&answer(place, day * 8)).unwrap();
        }
    }
    store
}

/// The day after the last round of such a store.
pub fn today() -> StudyDay {
    StudyDay::from_ymd(2026, 11, 22).unwrap()
}
