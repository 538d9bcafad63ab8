//! `fmt`: ids, order, and nothing else.

use std::fs;
use std::sync::Arc;

use mindrill::deck_files::{self, Tidied, read_paths};
use mindrill::domain::deck::Deck;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::harness::Learner;

fn tidied(text: &str) -> Tidied {
    deck_files::tidied(text, &Arc::from("d.toml")).unwrap()
}

fn read(text: &str) -> Vec<Deck> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("d.toml");
    fs::write(&file, text).unwrap();
    read_paths(&[file]).decks
}

const UNTIDY: &str = "\
# The deck's own comment.
[deck]
node = \"a\" # where
# What it is called.
title = \"T\"

# About the first card.
[[card]] # here
prompt = \"\"\"
id = \"not an id\"
\"\"\" # the question

# The kind.
kind = \"flashcard\"
answer = 'A'
# Before the next card.

[[card]]
options = [
  { text = \"a\", correct = true }, # right
  # wrong
  { text = \"b\" },
]
id = \"second\"
\"kind\" = \"choice\"
prompt = \"Q\"
";

#[test]
fn ids_are_stamped_and_keys_sorted_with_their_comments() {
    let Tidied { text, stamped, sorted, left } = tidied(UNTIDY);
    assert_eq!((stamped.len(), sorted), (1, 3));
    assert!(left.is_empty());
    let expected = format!(
        "\
# The deck's own comment.
[deck]
# What it is called.
title = \"T\"
node = \"a\" # where

# About the first card.
[[card]] # here
id = \"{}\"

# The kind.
kind = \"flashcard\"
prompt = \"\"\"
id = \"not an id\"
\"\"\" # the question
answer = 'A'
# Before the next card.

[[card]]
id = \"second\"
\"kind\" = \"choice\"
prompt = \"Q\"
options = [
  {{ text = \"a\", correct = true }}, # right
  # wrong
  {{ text = \"b\" }},
]
",
        stamped[0]
    );
    assert_eq!(text, expected);
    assert_eq!(tidied(&text).text, text);
}

#[test]
fn a_stamped_id_is_the_one_the_card_had_so_that_no_progress_is_lost() {
    let before = read(UNTIDY);
    let Tidied { text, stamped, .. } = tidied(UNTIDY);
    let after = read(&text);
    assert_eq!(before[0].cards[0].id, after[0].cards[0].id);
    assert_eq!(stamped, [after[0].cards[0].id.card.clone()]);
}

#[test]
fn line_ends_and_a_missing_last_one_stay() {
    for text in [
        UNTIDY.replace('\n', "\r\n"),
        UNTIDY.trim_end().to_owned(),
        UNTIDY.replace('\n', "\r\n").trim_end().to_owned(),
    ] {
        let tidy = tidied(&text).text;
        assert_eq!(text.contains('\r'), tidy.contains('\r'));
        assert!(!tidy.replace("\r\n", "").contains('\n') || !text.contains('\r'), "{tidy:?}");
        assert_eq!(text.ends_with('\n'), tidy.ends_with('\n'));
        assert_eq!(tidied(&tidy).text, tidy);
    }
}

#[test]
fn other_forms_are_stamped_or_left_alone_and_never_damaged() {
    let inline = "card = [\n  { prompt = \"Q\", kind = \"flashcard\", answer = \"A\" },\n]\n";
    let Tidied { text, stamped, left, .. } = tidied(inline);
    assert_eq!(
        text,
        format!(
            "card = [\n  {{ id = \"{}\", prompt = \"Q\", kind = \"flashcard\", answer = \"A\" }},\n]\n",
            stamped[0]
        )
    );
    assert_eq!(left.len(), 1);
    let sub = "[[card]]\nprompt = \"Q\"\nid = \"x\"\nkind = \"choice\"\n[[card.options]]\ntext = \"b\"\ncorrect = true\n[[card.options]]\ncorrect = false\ntext = \"c\"\n";
    let sorted = sub.replace(
        "prompt = \"Q\"\nid = \"x\"\nkind = \"choice\"\n",
        "id = \"x\"\nkind = \"choice\"\nprompt = \"Q\"\n",
    );
    assert_eq!(tidied(sub).text, sorted);
    for alone in [
        "[card.x]\na = 1\n",
        "[[card]]\nprompt = \"Q\"\nsources.title = \"x\"\nid = \"a\"\n",
        "[[card]]\nprompt = \"Q\"\nsources.\"title\" = \"x\"\nid = \"a\"\n",
        "deck.title = \"T\"\ndeck.node = \"a\"\n",
        "deck = { node = \"a\", title = \"T\" }\n",
    ] {
        let tidy = tidied(alone);
        assert_eq!(tidy.text, alone);
        assert_eq!(tidy.left.len(), 1, "{alone}");
    }
    for fine in ["", "# nothing\n", "[deck]\n", "[[card]]", "[[card]]\nx = 1", "card = []\n"] {
        assert_eq!(tidied(fine).text, fine);
    }
}

#[test]
fn two_cards_with_one_derived_id_keep_their_fault() {
    let card = "[[card]]\nkind = \"flashcard\"\nprompt = \"Q\"\nanswer = \"A\"\n";
    let Tidied { text, stamped, left, .. } = tidied(&card.repeat(2));
    assert_eq!((stamped.len(), left.len()), (1, 1));
    assert!(text.ends_with(card));
}

#[test]
fn a_deck_with_more_cards_than_warnings_are_kept_is_stamped_whole() {
    let cards =
        (0..1_500).map(|n| format!("[[card]]\nprompt = \"Q{n}\"\nkind = \"flashcard\"\nanswer = \"A\"\n"));
    assert_eq!(tidied(&cards.collect::<String>()).stamped.len(), 1_500);
}

/// Cards as authors may write them: keys in any order, comments, blank lines, every way to write a value.
fn any_deck() -> impl Strategy<Value = String> {
    let before = prop_oneof![Just(""), Just("# about it\n"), Just("\n"), Just("\n# one\n  # two\n\n")];
    let after = prop_oneof![Just(""), Just(" # why"), Just("   ")];
    let value = |key: &'static str| match key {
        "kind" => vec!["\"flashcard\"", "'flashcard'"],
        "id" => vec!["\"x{n}\""],
        "difficulty" => vec!["3", "0x2", "9"],
        "sources" => vec![
            "[{ title = \"T\" }]",
            "[\n  # a\n  { title = \"T\", at = \"\"\"\n[[card]]\nid = 1\n\"\"\" }, # b\n]",
            "[]",
        ],
        "as_of" => vec!["2026-11-22"],
        "tags" => vec!["[\"a\", # c\n\"b\"]"],
        _ => vec![
            "\"a {n} \\\"b\\\"\"",
            "\"\"\"\n{n}\n[[card]]\n# x\nid = \"y\"\\\n\"\"\"",
            "'''\n{n} \\ '''",
            "'{n}#'",
        ],
    };
    let keys = ["kind", "id", "difficulty", "sources", "as_of", "tags", "prompt", "answer", "hint", "odd"];
    let key = (
        proptest::sample::subsequence(keys.to_vec(), 4..=10).prop_shuffle(),
        vec((before, after, 0..4_usize), 10),
    );
    let card = key.prop_map(move |(keys, styles)| {
        let line = |(key, (before, after, style)): (&&'static str, &(&str, &str, usize))| {
            let values = value(key);
            format!("{before}{key} = {}{after}\n", values[style % values.len()])
        };
        "[[card]]\n".to_owned() + &keys.iter().zip(&styles).map(line).collect::<String>()
    });
    (vec(card, 0..4), any::<bool>(), any::<bool>()).prop_map(|(cards, crlf, ended)| {
        let numbered = cards.iter().enumerate().map(|(place, card)| card.replace("{n}", &place.to_string()));
        let text = "#!top\n\n[deck]\nnode = \"a\"\n# t\ntitle = \"T\"\n".to_owned()
            + &numbered.collect::<String>()
            + "# end\n";
        let text = if ended { text } else { text.trim_end().trim_end_matches("# end").trim_end().to_owned() };
        if crlf { text.replace('\n', "\r\n") } else { text }
    })
}

/// Lines in any order, without the ids that were stamped.
fn lines<'t>(text: &'t str, stamped: &[String]) -> Vec<&'t str> {
    let is_stamp = |line: &&str| stamped.iter().any(|id| *line == format!("id = \"{id}\""));
    let mut lines: Vec<&str> = text.lines().filter(|line| !is_stamp(line)).collect();
    lines.sort_unstable();
    lines
}

proptest! {
    #[test]
    fn fmt_is_idempotent_moves_whole_lines_and_changes_no_meaning(text in any_deck()) {
        let once = tidied(&text);
        prop_assert_eq!(&tidied(&once.text).text, &once.text);
        prop_assert_eq!(lines(&text, &[]), lines(&once.text, &once.stamped));
        let cards = |text: &str| -> Vec<_> {
            read(text).into_iter().flat_map(|deck| deck.cards).map(|card| (card.id.clone(), card.fingerprint())).collect()
        };
        prop_assert_eq!(cards(&text), cards(&once.text));
    }

    #[test]
    fn no_text_makes_fmt_panic_or_change_what_is_no_toml(text in "([a-z\\[\\]{}=\"'#,. \n\r]|\\[\\[card\\]\\]\n|kind = \"cloze\"\n|text = \"\\{\\{a\\}\\}\"\n|card|deck){0,30}") {
        if let Ok(tidy) = deck_files::tidied(&text, &Arc::from("d.toml")) {
            prop_assert_eq!(tidied(&tidy.text).text, tidy.text);
        }
    }
}

#[test]
fn the_command_writes_checks_and_leaves_broken_files_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("a.toml"), UNTIDY).unwrap();
    fs::write(path("b.toml"), "a = [\n").unwrap();
    let learner = Learner::new();
    let words = |name: &str, more: &str| format!("fmt {} {more}", path(name).display());
    let (error, hint) = learner.fails(&words("a.toml", "--check"));
    assert_eq!(
        (error.as_str(), hint.as_str()),
        ("1 of 1 decks not in the documented form", "`mindrill fmt` writes them")
    );
    assert_eq!(fs::read_to_string(path("a.toml")).unwrap(), UNTIDY);
    learner.fails(&format!("fmt {}", folder.path().display()));
    assert_eq!(
        fs::read_to_string(path("a.toml")).unwrap(),
        tidied(UNTIDY).text,
        "a broken neighbour is no hindrance"
    );
    assert_eq!(fs::read_to_string(path("b.toml")).unwrap(), "a = [\n");
    assert!(learner.says(&words("a.toml", "--check"), "").contains("nothing to change in 1 deck"));
    fs::write(path("a.toml"), UNTIDY).unwrap();
    let json = learner.json(&words("a.toml", ""), "");
    assert_eq!(json[0]["changed"][0]["tables_sorted"], 3);
}
