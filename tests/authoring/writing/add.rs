//! `add`: step by step and from files; nothing that a deck held changes, and nothing is half done.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use crate::harness::Learner;

const DECK: &str = "# mine\n[deck]\ntitle = \"Indexing\"\nnode = \"databases/indexing\" # here\ntags = [\"db\"]\n\n\
    [[card]]\nid = \"covering\"\nkind = \"flashcard\"\nprompt = \"Why?\"\nanswer = \"So.\" # the last line";

/// A collection of one's own, with one deck.
struct World {
    folder: TempDir,
}

impl World {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let world = Self { folder };
        let map = "mindmap\n  root\n    databases\n      indexing\n      isolation\n    one leaf\n";
        fs::write(world.path("skill-map.mmd"), map).unwrap();
        fs::create_dir(world.path("databases")).unwrap();
        fs::write(world.path("databases/indexing.toml"), DECK).unwrap();
        world
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn learner(&self) -> Learner {
        Learner::new().of(self.folder.path())
    }

    fn deck(&self) -> String {
        fs::read_to_string(self.path("databases/indexing.toml")).unwrap()
    }

    /// A file of cards beside the collection.
    fn given(&self, name: &str, text: &str) -> String {
        let folder = self.path(".given");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(name), text).unwrap();
        folder.join(name).display().to_string()
    }

    fn sound(&self) {
        self.learner().says("cards", "");
        let problems = self.learner().run("check --json", "").text;
        assert!(!problems.contains("unknown-key") && !problems.contains("syntax"), "{problems}");
    }
}

#[test]
fn a_card_is_asked_for_step_by_step_shown_and_put_at_the_end() {
    let world = World::new();
    let replies = "2\nWhich index covers?\nOne with every column\n\\\nNo other row is read.\n\nOne with none\nIt holds nothing.\nAny\n\n\n\
        Because it does.\nManual\n§10.3.6\nhttps://example.org\ny\n";
    let told = world.learner().says("add indexing", replies);
    let added = world.deck().strip_prefix(DECK).unwrap().to_owned();
    assert_eq!(
        added,
        "

[[card]]
id = \"which-index-covers\"
kind = \"choice\"
aim = \"recall\"
difficulty = 3
prompt = \"Which index covers?\"
options = [
  { text = \"One with every column\", correct = true, why = \"No other row is read.\" },
  { text = \"One with none\", why = \"It holds nothing.\" },
  { text = \"Any\" },
]
explanation = \"Because it does.\"
sources = [{ title = \"Manual\", at = \"§10.3.6\", url = \"https://example.org\" }]
"
    );
    for part in
        ["To the deck", "which-index-covers", "✓", "Manual, §10.3.6", "added indexing/which-index-covers"]
    {
        assert!(told.contains(part), "{part}: {told}");
    }
    world.sound();
}

#[test]
fn every_kind_can_be_asked_for() {
    for (kind, replies, expected) in [
        (
            "flashcard",
            "Q one\\\nand two\nA\n\n\ny\n",
            "prompt = \"\"\"\nQ one\nand two\n\"\"\"\nanswer = \"A\"",
        ),
        (
            "typed",
            "Q\n3\nthree\n\n4\nThat is one too many.\n\n\n\ny\n",
            "accept = [\"3\", \"three\"]\nnear_misses = [{ text = \"4\"",
        ),
        ("flashcard", "What ends `C:\\\\\nA\n\n\ny\n", "prompt = 'What ends `C:\\'\nanswer"),
        ("cloze", "no gap\na {{gap}}\n\n\ny\n", "text = \"a {{gap}}\""),
        ("order", "Q\na\n\nb\n\n\n\ny\n", "items = [\"a\", \"b\"]"),
        (
            "true-false",
            "\nS\n2\nBecause.\n\ny\n",
            "statement = \"S\"\nanswer = false\nexplanation = \"Because.\"",
        ),
        ("explain", "Q\na\nb\n\nA\n\n\ny\n", "checklist = [\"a\", \"b\"]\nanswer = \"A\""),
    ] {
        let world = World::new();
        let told = world.learner().says(&format!("add indexing --kind {kind}"), replies);
        let added = world.deck().strip_prefix(DECK).unwrap().to_owned();
        assert!(added.contains(expected), "{kind}: {added}\n{told}");
        world.sound();
    }
}

#[test]
fn who_leaves_before_the_end_writes_nothing() {
    let world = World::new();
    let whole = "1\nQ\nA\n\n\n";
    for end in 0..whole.len() {
        let printed = world.learner().run("add indexing", &whole[..end]);
        assert_eq!(printed.end.unwrap_err().to_string(), "nothing was added");
        assert_eq!(world.deck(), DECK);
    }
    for reply in ["n\n", "q\n", ""] {
        assert!(world.learner().run("add indexing", &format!("{whole}{reply}")).end.is_err());
        assert!(world.learner().run("add isolation", &format!("{whole}{reply}")).end.is_err());
    }
    assert_eq!(world.deck(), DECK);
    assert!(!world.path("databases/isolation.toml").exists());
}

#[test]
fn several_cards_in_one_go_have_ids_of_their_own_and_a_missing_deck_is_made() {
    let world = World::new();
    world.learner().says("add isolation --kind flashcard", &"Same?\nA\n\n\ny\n".repeat(2));
    let text = fs::read_to_string(world.path("databases/isolation.toml")).unwrap();
    assert!(text.starts_with("[deck]\ntitle = \"isolation\"\nnode = \"databases/isolation\"\nas_of = 2026-11-22\n\n[[card]]\nid = \"same\"\n"), "{text}");
    assert!(text.contains("id = \"same-2\""));
    world.learner().says("add one-leaf --kind flashcard", "Q\nA\n\n\ny\n");
    assert!(world.path("one-leaf.toml").exists() || world.path("one-leaf/one-leaf.toml").exists());
    world.sound();
}

const TOML: &str = "[[card]]\nkind = \"flashcard\"\nprompt = \"One?\"\nanswer = \"1\"\nreverse = true\ntags = [\"db\", \"x\"]\n\
    [[card]]\nid = \"two\"\nkind = \"true-false\"\nstatement = \"Two.\"\nanswer = true\nreview_by = 2027-01-31\nreverse_of = \"covering\"\n";

#[test]
fn cards_come_from_toml_and_json_alike() {
    let json =
        r#"{ "kind": "flashcard", "prompt": "One?", "answer": "1", "reverse": true, "tags": ["db", "x"] }"#;
    let two = r#"{ "id": "two", "kind": "true-false", "statement": "Two.", "answer": true, "review_by": "2027-01-31", "reverse_of": "covering" }"#;
    let mut texts = Vec::new();
    for (name, text) in [
        ("a.toml", TOML.to_owned()),
        ("a.txt", format!("[deck]\ntitle = \"other\"\n{TOML}")),
        ("a.json", format!("[{json}, {two}]")),
        ("a", format!("{{ \"card\": [{json}, {two}] }}")),
        ("b", format!("{{ \"deck\": {{ \"title\": \"x\" }}, \"cards\": [{json}, {two}] }}")),
    ] {
        let world = World::new();
        let told = world.learner().json(&format!("add indexing --from {}", world.given(name, &text)), "");
        assert_eq!(told[0]["deck"], "indexing");
        assert_eq!(told[0]["added"], serde_json::json!(["indexing/one", "indexing/two"]));
        texts.push(world.deck());
        assert!(world.deck().starts_with(DECK));
        world.sound();
    }
    assert!(texts.iter().all(|text| *text == texts[0]), "{texts:#?}");
    assert!(texts[0].contains("tags = [\"x\"]") && texts[0].contains("reverse = true"), "{}", texts[0]);
    let world = World::new();
    world.learner().says("add indexing --from -", json);
    assert!(world.deck().contains("id = \"one\""));
}

#[test]
fn one_bad_card_and_nothing_is_added() {
    let world = World::new();
    let cases = [
        ("a.toml", TOML.replace("answer = true", "answer = 1"), vec!["a.toml:11:10", "`answer` is a number"]),
        ("b.toml", format!("{TOML}[[card]]\nkind = \"flashcard\"\n"), vec!["b.toml:14:1", "card without `prompt`", "card without `answer`"]),
        ("c.toml", TOML.replace("reverse_of = \"covering\"\n", "").replace("\"two\"", "\"covering\""), vec!["c.toml:7:1", "the deck has a card `covering` already"]),
        ("d.toml", TOML.replace("\"covering\"", "\"none\""), vec!["`reverse_of` names no card"]),
        ("e.toml", "a = [".to_owned(), vec!["e.toml:1"]),
        ("f.toml", String::new(), vec!["there is no card in it"]),
        ("g.toml", TOML.replace("id = \"two\"", "nodes = [\"nowhere\"]"), vec!["nowhere"]),
        ("a.json", r#"[{ "kind": "choice", "prompt": "Q", "options": [{ "text": "a", "correct": 1 }, { "txt": "b" }] }]"#.to_owned(), vec!["at [0].options[0]", "at [0].options[1]", "did you mean `text`"]),
        ("b.json", r#"{ "cards": [{ "kind": "flashcard", "prompt": null, "answer": "A" }] }"#.to_owned(), vec!["at cards[0].prompt", "null"]),
        ("c.json", r#"{ "cards": [], "card": [] }"#.to_owned(), vec!["there is no card in it"]),
        ("d.json", r#"{ "kind": "flashcard", "#.to_owned(), vec!["d.json:1:", "this is not JSON"]),
        ("e.json", "[1]".to_owned(), vec!["at [0]", "this is a number, not an object"]),
        ("f.json", r#"{ "cards": [], "notes": 1 }"#.to_owned(), vec!["unknown key `notes`"]),
    ];
    for (name, text, parts) in cases {
        let file = world.given(name, &text);
        let printed = world.learner().run(&format!("add indexing --from {file}"), "");
        assert!(printed.end.unwrap_err().to_string().ends_with("nothing was added"), "{name}");
        for part in parts {
            assert!(printed.text.contains(part), "{name}: {part}\n{}", printed.text);
        }
        assert_eq!(world.deck(), DECK, "{name}");
        let printed = world.learner().run(&format!("add indexing --json --from {file}"), "");
        let told: serde_json::Value = serde_json::from_str(&printed.text).unwrap();
        assert_eq!(told["added"], serde_json::json!([]));
        assert!(!told["problems"].as_array().unwrap().is_empty());
    }
}

#[test]
fn many_cards_come_in_one_go_each_with_an_id() {
    let world = World::new();
    let card = |n: usize| format!(r#"{{ "kind": "flashcard", "prompt": "What of {n}?", "answer": "A" }}"#);
    let json = format!("[{}]", (0..1_200).map(card).collect::<Vec<_>>().join(","));
    let told = world.learner().json(&format!("add indexing --from {}", world.given("a.json", &json)), "");
    assert_eq!(told[0]["added"].as_array().unwrap().len(), 1_200);
    assert_eq!(told[0]["added"][1_199], "indexing/what-of-1199");
}

fn learner_json(world: &World, file: &str) -> serde_json::Value {
    world.learner().json(&format!("add indexing --dry-run --from {file}"), "").remove(0)
}

#[test]
fn a_dry_run_shows_what_would_be_added() {
    let world = World::new();
    let file = world.given("a.toml", TOML);
    let told = world.learner().says(&format!("add indexing --dry-run --from {file}"), "");
    assert!(
        told.contains("would add to") && told.contains("[[card]]\nid = \"one\"\nkind = \"flashcard\""),
        "{told}"
    );
    let json = learner_json(&world, &file);
    assert_eq!((&json["dry_run"], &json["added"][0]), (&true.into(), &"indexing/one".into()));
    let file = world.given("b.toml", &TOML.replace("reverse_of = \"covering\"\n", ""));
    world.learner().says(&format!("add isolation --dry-run --from {file}"), "");
    assert_eq!(world.deck(), DECK);
    assert!(!world.path("databases/isolation.toml").exists());
}

#[test]
fn what_cannot_be_added_to_says_what_can() {
    let world = World::new();
    let learner = world.learner();
    assert!(learner.fails("add databases").1.contains("mindrill map show databases"));
    assert!(learner.fails("add nowhere").1.contains("map show"));
    assert!(learner.fails("add indexing --deck other").1.contains("--deck indexing"));
    assert!(learner.fails("add isolation --deck other").1.contains("leave `--deck` out"));
    fs::write(world.path("databases/second.toml"), DECK).unwrap();
    assert!(learner.fails("add indexing").1.contains("--deck second"));
    learner.says("add indexing --deck second --kind flashcard", "Q\nA\n\n\ny\n");
    assert_eq!(world.deck(), DECK);
    let broken = "[deck]\nnode = \"isolation\"\n[[card]\n";
    fs::write(world.path("databases/isolation.toml"), broken).unwrap();
    assert!(learner.fails("add isolation").0.contains("cannot write"));
    let inline =
        "card = [{ kind = \"flashcard\", prompt = \"Q\", answer = \"A\" }]\n[deck]\nnode = \"isolation\"\n";
    fs::write(world.path("databases/isolation.toml"), inline).unwrap();
    let file = world.given("a.toml", "[[card]]\nkind = \"flashcard\"\nprompt = \"P\"\nanswer = \"A\"\n");
    assert!(learner.fails(&format!("add isolation --from {file}")).1.contains("[[card]]"));
    assert_eq!(fs::read_to_string(world.path("databases/isolation.toml")).unwrap(), inline);
}
