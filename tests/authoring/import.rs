//! `import`: rows, Anki's text export, Markdown with `Q:`, `A:`, `C:`.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;
use tempfile::TempDir;

use crate::harness::Learner;

const MAP: &str = "mindmap\n  root\n    a\n    b\n";

/// A collection, and files to import beside it.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("decks")).unwrap();
        fs::write(folder.path().join("decks/skill-map.mmd"), MAP).unwrap();
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn with(self, name: &str, text: &str) -> Self {
        fs::write(self.path(name), text).unwrap();
        self
    }

    fn deck(&self) -> String {
        fs::read_to_string(self.path("decks/a.toml")).unwrap_or_default()
    }

    fn learner(&self) -> Learner {
        Learner::new().of(&self.path("decks"))
    }

    fn command(&self, name: &str, rest: &str) -> String {
        format!("import {} --to a {rest}", self.path(name).display())
    }

    fn object(&self, name: &str, rest: &str) -> serde_json::Value {
        self.learner().json(&self.command(name, rest), "").remove(0)
    }

    /// Every card of the deck: its kind, what it asks, what answers it.
    fn cards(&self) -> Vec<(String, String, String)> {
        let text = |card: &serde_json::Value, key: &str| card[key].as_str().unwrap().to_owned();
        let cards = self.learner().json("show a", "");
        cards.iter().map(|card| (text(card, "kind"), text(card, "prompt"), text(card, "answer"))).collect()
    }
}

fn strings(card: (&str, &str, &str)) -> (String, String, String) {
    (card.0.to_owned(), card.1.to_owned(), card.2.to_owned())
}

#[test]
fn rows_become_flashcards_of_the_leafs_deck() {
    let place = Place::new().with(
        "x.csv",
        "front,back,hint,tags\n\"Why, \"\"then\"\"?\",Because,Think,sql deep\nTwo?,\"first\nsecond\",,\n",
    );
    let object = place.object("x.csv", "");
    assert_eq!(object["kinds"], json!({ "flashcard": 2 }));
    assert_eq!(object["refused"], json!([]));
    assert_eq!(
        place.cards(),
        [
            strings(("flashcard", "Why, \"then\"?", "Because")),
            strings(("flashcard", "Two?", "first\nsecond"))
        ]
    );
    assert!(
        place.deck().contains("hint = \"Think\"") && place.deck().contains("tags = [\"deep\", \"sql\"]"),
        "{}",
        place.deck()
    );
}

#[test]
fn what_anki_exports_comes_in_with_html_gaps_and_both_ways() {
    let text = "#separator:tab\n#html:true\n#notetype column:1\n#deck column:2\n#tags column:5\n\
        Basic\tD\t<b>What</b> is a &lt;leaf&gt;?\tA node<br>without children\tmap\n\
        Basic (and reversed card)\tD\tRTT\tround-trip time\t\n\
        Cloze\tD\tA {{c1::mutex::lock}} guards {{c2::one}} thread\tExtra\t\n\
        # a comment\n\
        Basic\tD\t<img src=\"x.png\">\tpicture\t\n\
        Basic\tD\tfront alone\t\t\n";
    let place = Place::new().with("x.txt", text);
    let object = place.object("x.txt", "");
    assert_eq!(object["kinds"], json!({ "flashcard": 2, "cloze": 2 }));
    let lines: Vec<u64> =
        object["refused"].as_array().unwrap().iter().map(|one| one["line"].as_u64().unwrap()).collect();
    assert_eq!(lines, [10, 11]);
    let cards = place.cards();
    assert!(
        cards.contains(&strings(("flashcard", "**What** is a \\<leaf>?", "A node  \nwithout children"))),
        "{cards:#?}"
    );
    assert!(cards.contains(&strings(("flashcard", "round-trip time", "RTT"))), "{cards:#?}");
    assert!(cards.iter().any(|card| card.1 == "A ____ guards one thread"), "{cards:#?}");
    assert!(
        place.deck().contains("explanation = \"Extra\"") && place.deck().contains("hint = \"lock\""),
        "{}",
        place.deck()
    );
}

#[test]
fn markdown_of_hashcards_comes_in_and_each_fault_is_told_with_its_line() {
    let text = "---\nname = \"Geo\"\n---\nQ: Capital?\nA: Paris\n\nA: orphan\nQ: open\nC: [Paris] is in [France].\n\n---\nnotes\nQ: Code?\nA:\n```\nQ: no tag\n```\nC: nothing open\n";
    let place = Place::new().with("x.md", text);
    let object = place.object("x.md", "");
    assert_eq!(object["kinds"], json!({ "flashcard": 2, "cloze": 2 }));
    let refused = object["refused"].as_array().unwrap();
    let lines: Vec<u64> = refused.iter().map(|one| one["line"].as_u64().unwrap()).collect();
    assert_eq!(lines, [7, 8, 18]);
    assert!(
        place.cards().contains(&strings(("flashcard", "Code?", "```\nQ: no tag\n```"))),
        "{:?}",
        place.cards()
    );
}

#[test]
fn a_file_can_be_taken_in_again_and_only_what_is_new_comes() {
    let place = Place::new().with("x.csv", "One?,1\nTwo?,2\n");
    assert_eq!(place.object("x.csv", "")["known"], 0);
    let before = place.deck();
    let again = place.object("x.csv", "");
    assert_eq!((again["known"].as_u64(), again["added"].as_array().unwrap().len()), (Some(2), 0));
    assert_eq!(place.deck(), before);
    fs::write(place.path("x.csv"), "One?,1\nTwo?,2\nThree?,3\n").unwrap();
    assert_eq!(place.object("x.csv", "")["known"], 2);
    assert!(place.deck().starts_with(&before));
}

#[test]
fn a_dry_run_writes_nothing_and_shows_the_cards() {
    let place = Place::new().with("x.csv", "One?,1\nno answer,\n");
    let text = place.learner().says(&place.command("x.csv", "--dry-run"), "");
    assert!(text.contains("prompt = \"One?\"") && text.contains("1 flashcard would be added"), "{text}");
    assert!(text.contains("x.csv:2: the second side is empty"), "{text}");
    assert!(!place.path("decks/a.toml").exists());
}

#[test]
fn nothing_is_half_done() {
    let refused = |place: &Place, name: &str| {
        let (error, hint) = place.learner().fails(&place.command(name, ""));
        assert!(!place.path("decks/a.toml").exists());
        (error, hint)
    };
    let place = Place::new().with("empty.csv", "").with("faulty.md", "Q: open\n");
    assert!(refused(&place, "empty.csv").0.contains("no question"));
    assert!(refused(&place, "faulty.md").1.contains("import --help"));
    assert!(refused(&place, "none.csv").0.contains("cannot be read"));
    fs::write(place.path("latin.csv"), b"caf\xe9,coffee\n").unwrap();
    assert!(refused(&place, "latin.csv").0.contains("not UTF-8"));
}

#[test]
fn separators_are_guessed_or_named_and_a_text_with_a_hash_is_a_question() {
    let table = [
        ("x;b, c\ny;e\n", vec![("x", "b, c"), ("y", "e")]),
        ("x\tb\ny\te, f\n", vec![("x", "b"), ("y", "e, f")]),
        ("#separator:Pipe\nx|b\n", vec![("x", "b")]),
        ("#include: what for?,to paste\n", vec![("#include: what for?", "to paste")]),
        ("Question,Answer\nx,b\n", vec![("x", "b")]),
        ("x < b?,\"x & y\"\n", vec![("x < b?", "x & y")]),
    ];
    for (text, expected) in table {
        let place = Place::new().with("x.csv", text);
        place.object("x.csv", "");
        let expected: Vec<_> =
            expected.into_iter().map(|(front, back)| strings(("flashcard", front, back))).collect();
        assert_eq!(place.cards(), expected, "{text}");
    }
}

#[test]
fn the_deck_that_is_there_keeps_every_byte() {
    let place = Place::new().with("x.csv", "One?,1\n");
    let deck = "# mine\n[deck]\ntitle = \"A\"\nnode = \"a\"\n\n[[card]]\nid = \"one\"\nkind = \"flashcard\"\nprompt = \"1?\"\nanswer = \"1\" # so\n";
    fs::write(place.path("decks/a.toml"), deck).unwrap();
    assert_eq!(place.object("x.csv", "")["added"], json!(["a/one-2"]));
    assert!(place.deck().starts_with(deck));
    assert!(Path::new(place.object("x.csv", "")["file"].as_str().unwrap()).ends_with("a.toml"));
}
