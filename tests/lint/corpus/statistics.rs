//! Statistics of leaves and collections, on decks made for them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use mindrill::domain::policy::Policy;

use super::{HEAD, choice, of, review, review_for, word};

/// Choices of four options of which the key is the longest in the first `longest` ones, and of middle length in the others;
/// keys stand at all places.
fn choices(count: usize, longest: usize) -> String {
    let card = |at: usize| {
        let (short, long) = (word(at), format!("{}{}", word(at + 1_000), word(at + 2_000)));
        let key = if at < longest { format!("{long}{}", word(at + 3_000)) } else { format!("{short}xyz") };
        let wrong = [short.clone(), long.clone(), format!("{short}ab")];
        let mut options: Vec<&str> = wrong.iter().map(String::as_str).collect();
        options.insert(at % 4, &key);
        choice(
            &format!("c{at}"),
            &format!("Which one of the four follows {}?", word(at + 3_500)),
            &options,
            at % 4,
        )
    };
    (0..count).map(card).collect()
}

fn found(rule: &str, deck: &str) -> Vec<(String, String)> {
    of(rule, &review(&format!("{HEAD}{deck}")))
}

fn levels(rule: &str, deck: &str) -> Vec<String> {
    found(rule, deck).into_iter().map(|(level, _)| level).collect()
}

#[test]
fn a_leaf_is_warned_at_the_limit_of_the_exact_binomial() {
    for (count, longest, told) in
        [(8, 5, false), (8, 6, true), (12, 7, false), (12, 8, true), (20, 10, false), (20, 11, true)]
    {
        let wanted: &[&str] = if told { &["warning"] } else { &[] };
        assert_eq!(levels("D01", &choices(count, longest)), wanted, "{longest} of {count}");
    }
    let message = &found("D01", &choices(8, 6))[0].1;
    assert_eq!(message, "the longest option is right in 6 of 8 choices (75 %); chance is 25 %");
}

#[test]
fn many_choices_are_held_against_chance_by_z() {
    // 100 choices of four: chance gives 25, 4.33 is one standard deviation.
    for (longest, wanted) in
        [(25, None), (30, None), (33, Some("warning")), (35, Some("warning")), (36, Some("error"))]
    {
        let told = levels("D01", &choices(100, longest));
        assert_eq!(told.first().map(String::as_str), wanted, "{longest} of 100");
    }
}

#[test]
fn shortest_keys_are_told_as_longest_ones_are() {
    let deck: String = (0..12)
        .map(|at| {
            let (key, long) = (word(at), format!("{}{}", word(at + 100), word(at + 200)));
            let wrong = [long.clone() + "a", long.clone() + "bc", long + "def"];
            let mut options: Vec<&str> = wrong.iter().map(String::as_str).collect();
            options.insert(at % 4, &key);
            choice(
                &format!("c{at}"),
                &format!("Which one of them follows {}?", word(at + 300)),
                &options,
                at % 4,
            )
        })
        .collect();
    assert_eq!(
        found("D02", &deck)[0].1,
        "the shortest option is right in 12 of 12 choices (100 %); chance is 25 %"
    );
}

#[test]
fn the_blind_reader_is_told_by_his_best_way() {
    assert!(levels("D04", &choices(80, 20)).is_empty());
    assert_eq!(levels("D04", &choices(80, 60)), ["error"]);
    let message = &found("D04", &choices(80, 60))[0].1;
    assert!(message.starts_with("who takes the longest option gets 75 % of 80 choices right"), "{message}");
}

#[test]
fn keys_at_one_place_are_told() {
    let at_first = |first: usize| -> String {
        let card = |at: usize| {
            let options: Vec<String> = (0..4).map(|option| word(at * 4 + option)).collect();
            let options: Vec<&str> = options.iter().map(String::as_str).collect();
            let right = if at < first { 0 } else { 1 + at % 3 };
            choice(
                &format!("c{at}"),
                &format!("Which one of the four follows {}?", word(at + 3_500)),
                &options,
                right,
            )
        };
        (0..24).map(card).collect()
    };
    for (first, wanted) in [(6, None), (9, None), (12, Some("warning")), (20, Some("error"))] {
        assert_eq!(levels("D03", &at_first(first)).first().map(String::as_str), wanted, "{first} of 24");
    }
}

/// Cards of one kind each for the numbers of the mix.
fn mixed(recall: usize, explain: usize) -> String {
    let card = |at: usize| {
        let aim = if at < recall { "recall" } else { "explain" };
        format!(
            "[[card]]\nid = \"c{at}\"\nkind = \"flashcard\"\naim = \"{aim}\"\nprompt = \"Why {} {} {}?\"\nanswer = \"{} {}\"\nsources = [{{ title = \"{}\" }}]\n\n",
            word(at),
            word(at + 50),
            word(at + 90),
            word(at + 130),
            word(at + 170),
            word(at % 3)
        )
    };
    (0..recall + explain).map(card).collect()
}

#[test]
fn a_leaf_of_facts_alone_is_an_error() {
    assert!(levels("S09", &mixed(6, 4)).is_empty());
    assert_eq!(levels("S09", &mixed(7, 3)), ["error"]);
    assert!(levels("S09", &mixed(7, 0)).is_empty(), "too few cards to speak of");
}

#[test]
fn a_leaf_of_one_kind_is_told() {
    assert_eq!(found("D10", &mixed(4, 6))[0].1, "10 cards are of 1 kinds of question, fewer than 4");
}

#[test]
fn definitions_and_beginnings_are_told_from_three_on() {
    let asking = |count: usize| {
        let mut deck = mixed(0, 12 - count);
        for at in 0..count {
            write!(deck, "[[card]]\nid = \"d{at}\"\nkind = \"flashcard\"\naim = \"explain\"\nprompt = \"What is a {}?\"\nanswer = \"{} {}\"\n\n", word(at + 400), word(at + 440), word(at + 480)).unwrap();
        }
        deck
    };
    assert!(levels("P06", &asking(2)).is_empty());
    assert_eq!(levels("P06", &asking(3)), ["warning"]);
    let alike = |count: usize| asking(count).replace("What is a ", "Which of the following is ");
    assert!(levels("D09", &alike(2)).is_empty());
    assert_eq!(
        found("D09", &alike(3))[0].1,
        "3 of 12 cards (25 %) begin with `which of the following`, more than 20 %"
    );
}

#[test]
fn a_wrong_option_is_told_at_its_fourth_use() {
    let deck = |wrong: &str, count: usize| -> String {
        let card = |at: usize| {
            let (prompt, other, key) =
                (format!("Which one follows {}?", word(at)), word(at + 40), word(at + 80));
            choice(&format!("c{at}"), &prompt, &[wrong, &other, &key], 2)
        };
        (0..count).map(card).collect()
    };
    assert!(levels("M16", &deck("The cache is cleared", 3)).is_empty());
    assert_eq!(levels("M16", &deck("The cache is cleared", 4)), ["warning"]);
    assert!(levels("M16", &deck("READ COMMITTED", 6)).is_empty(), "a term belongs to its set");
}

#[test]
fn claims_are_true_as_often_as_false() {
    let claims = |yes: usize, no: usize| -> String {
        let card = |at: usize| {
            format!(
                "[[card]]\nid = \"c{at}\"\nkind = \"true-false\"\nstatement = \"{} {} {} holds.\"\nanswer = {}\nexplanation = \"one two three four five six seven eight nine ten eleven {}\"\n\n",
                word(at),
                word(at + 40),
                word(at + 90),
                at < yes,
                word(at)
            )
        };
        (0..yes + no).map(card).collect()
    };
    assert!(levels("T02", &claims(4, 1)).is_empty());
    assert_eq!(levels("T02", &claims(1, 5)), ["warning"]);
}

#[test]
fn one_document_is_not_enough() {
    let sources = |text: &str| mixed(2, 8).replace(&format!("title = \"{}\"", word(1)), text);
    let one = sources("title = \"x\"").replace(&format!("title = \"{}\"", word(0)), "title = \"x\"");
    assert_eq!(found("D12", &one)[0].1, "10 cards cite 2 documents, fewer than 3");
    assert!(levels("D12", &mixed(2, 8)).is_empty());
}

#[test]
fn a_collection_may_ask_for_a_number_of_cards() {
    let folder = tempfile::tempdir().unwrap();
    let map = "mindmap\n  root((R))\n    Branch\n      Leaf\n";
    let map = mindrill::mindmap::read_file(map, &std::sync::Arc::from("skill-map.mmd")).map.unwrap();
    let told = |cards: usize, wanted: Option<(usize, usize)>| {
        let path = folder.path().join("leaf.toml");
        std::fs::write(&path, format!("[deck]\ntitle = \"Leaf\"\nnode = \"leaf\"\n\n{}", mixed(0, cards)))
            .unwrap();
        let decks = mindrill::deck_files::read_paths(&[path]).decks;
        let policy = Policy { cards_a_leaf: wanted, ..Policy::default() };
        let today = mindrill::domain::day::StudyDay::from_ymd(2026, 11, 26).unwrap();
        let subject = mindrill::lint::Subject {
            map: Some(&map),
            decks: &decks,
            beyond: &BTreeMap::new(),
            policy: &policy,
            today,
        };
        of("D11", &mindrill::lint::review(&subject)).into_iter().map(|(level, _)| level).collect::<Vec<_>>()
    };
    assert_eq!(told(5, None), ["warning"]);
    assert!(told(8, None).is_empty());
    assert_eq!(told(11, Some((12, 25))), ["error"]);
    assert!(told(12, Some((12, 25))).is_empty());
    assert_eq!(told(26, Some((12, 25))), ["error"]);
}

#[test]
fn a_deck_in_no_collection_is_not_thin() {
    assert!(of("D11", &review_for(&format!("{HEAD}{}", mixed(0, 3)), &Policy::default())).is_empty());
}
