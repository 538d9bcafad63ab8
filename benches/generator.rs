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
