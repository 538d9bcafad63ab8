//! Deck files, good and bad: every problem with its place, every fault survived.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use mindrill::deck_files::{CardReader, Loaded, Source, locate, read_paths};
use mindrill::domain::card::{Card, Kind};
use mindrill::domain::collection::Collection;
use mindrill::domain::problem::Level;
use mindrill::mindmap;
use proptest::prelude::*;
use tempfile::TempDir;

#[path = "decks/faults.rs"]
mod faults;
#[path = "decks/folders.rs"]
mod folders;
#[path = "decks/kinds.rs"]
mod kinds;
#[path = "decks/torn.rs"]
mod torn;

const MAP: &str = "mindmap\n  root\n    a\n    b\n";
const HEAD: &str = "[deck]\ntitle = \"T\"\nnode = \"a\"\n";

/// A collection of files in a folder of its own.
fn collection(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("skill-map.mmd"), MAP).unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn load(folder: &Path) -> Loaded {
    Source::Folder(folder.to_owned()).decks()
}

/// The errors of one deck text as `rule:line:column`.
fn errors(text: &str) -> Vec<String> {
    let folder = collection(&[("d.toml", text.as_bytes())]);
    let problems = load(folder.path()).problems;
    let errors = problems.iter().filter(|problem| problem.level == Level::Error);
    errors
        .map(|problem| format!("{}:{}:{}", problem.rule, problem.place.line, problem.place.column))
        .collect()
}

/// A deck of one card with these lines.
fn card(lines: &str) -> String {
    format!("{HEAD}\n[[card]]\nid = \"c\"\n{lines}\n")
}

#[test]
fn a_deck_of_all_seven_kinds_loads_without_a_problem() {
    let text = format!(
        "{HEAD}as_of = 2026-11-22
[[card]]\nid = \"f\"\nkind = \"flashcard\"\nprompt = \"p\"\nanswer = \"a\"\nreverse = true
[[card]]\nid = \"c\"\nkind = \"choice\"\nprompt = \"p\"\noptions = [{{ text = \"x\", correct = true }}, {{ text = \"y\", pin = true }}]
[[card]]\nid = \"t\"\nkind = \"typed\"\nprompt = \"p\"\naccept = [\"1\"]\ntolerance = 0.5\nnear_misses = [{{ text = \"2\", why = \"no\" }}]
[[card]]\nid = \"z\"\nkind = \"cloze\"\ntext = \"a {{{{gap|hole}}}} b\"
[[card]]\nid = \"o\"\nkind = \"order\"\nprompt = \"p\"\nitems = [\"1\", \"2\"]
[[card]]\nid = \"s\"\nkind = \"true-false\"\nstatement = \"s\"\nanswer = true\nexplanation = \"e\"\nhint = \"h\"\ntags = [\"t\"]\nversions = [\"1\"]\nreview_by = 2027-01-01\nvariants = [\"v\"]
[[card]]\nid = \"e\"\nkind = \"explain\"\naim = \"diagnose\"\ndifficulty = 5\nprompt = \"p\"\nchecklist = [\"1\"]\nanswer = \"a\"\nnodes = [\"b\"]\nsources = [{{ title = \"T\", at = \"§1\", url = \"https://example.com\" }}]
"
    );
    let folder = collection(&[("d.toml", text.as_bytes())]);
    let loaded = load(folder.path());
    assert_eq!(loaded.problems, []);
    let kinds: Vec<Kind> =
        loaded.decks[0].cards.iter().filter(|card| !card.is_derived()).map(Card::kind).collect();
    assert_eq!(kinds, Kind::ALL);
    let reversed = loaded.decks[0].cards.iter().find(|card| card.is_derived()).unwrap();
    assert_eq!((reversed.id.card.as_str(), reversed.reverse_of.as_deref()), ("f~reverse", Some("f")));
}

#[test]
fn every_mistake_has_its_rule_and_its_place() {
    let table = [
        (card("kind = \"flashcard\"\nprompt = \"p\"\nanswr = \"a\""), vec!["S03:5:1", "unknown-key:9:1"]),
        (card("kind = \"flash\"\nprompt = \"p\""), vec!["unknown-kind:7:8"]),
        (
            card("kind = \"flashcard\"\nprompt = \"p\"\nanswer = \"a\"\noptions = []"),
            vec!["key-of-other-kind:10:1"],
        ),
        (
            card("kind = \"flashcard\"\nprompt = \"p\"\nanswer = \"a\"\ndifficulty = \"3\""),
            vec!["wrong-type:10:14"],
        ),
        (
            card("kind = \"flashcard\"\nprompt = \"p\"\nanswer = \"a\"\ndifficulty = 6"),
            vec!["difficulty:10:14"],
        ),
        (card("kind = \"flashcard\"\nprompt = \"  \"\nanswer = \"a\""), vec!["S03:8:10"]),
    ];
    for (text, wanted) in table {
        let found = errors(&text);
        assert_eq!(found, wanted, "{text}");
    }
}

#[test]
fn a_faulty_card_leaves_out_itself_and_a_faulty_file_its_deck_only() {
    let good = card("kind = \"flashcard\"\nprompt = \"p\"\nanswer = \"a\"");
    let mixed = format!("{good}\n[[card]]\nid = \"bad\"\nkind = \"typed\"\nprompt = \"p\"\naccept = []\n");
    let folder = collection(&[("good.toml", mixed.as_bytes()), ("torn.toml", b"[deck\ntitle = ")]);
    let loaded = load(folder.path());
    assert_eq!((loaded.files, loaded.decks.len(), loaded.decks[0].cards.len()), (2, 1, 1));
    let files: Vec<&str> = loaded.problems.iter().map(|problem| &*problem.place.file).collect();
    assert!(
        files.iter().any(|file| file.ends_with("good.toml"))
            && files.iter().any(|file| file.ends_with("torn.toml"))
    );
}

#[test]
fn two_cards_of_one_id_and_two_decks_of_one_name_are_errors_that_name_both() {
    let good = card("kind = \"flashcard\"\nprompt = \"p\"\nanswer = \"a\"");
    let twice =
        format!("{good}\n[[card]]\nid = \"c\"\nkind = \"flashcard\"\nprompt = \"q\"\nanswer = \"a\"\n");
    let folder = collection(&[("x/d.toml", twice.as_bytes()), ("y/d.toml", good.as_bytes())]);
    let problems = load(folder.path()).problems;
    let told: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
    assert!(
        told.iter().any(|told| told.contains("second card `c`") && told.contains("d.toml:6:6")),
        "{told:?}"
    );
    assert!(
        told.iter().any(|told| told.contains("second deck `d`") && told.contains("x/d.toml")),
        "{told:?}"
    );
}

#[test]
fn bad_bytes_are_told_with_their_place() {
    let folder = collection(&[
        ("utf.toml", b"[deck]\ntitle = \"\xff\"\n"),
        ("nul.toml", b"[deck]\ntitle = \"a\0b\"\n"),
        ("cr.toml", b"[deck]\rtitle = \"a\"\n"),
    ]);
    let loaded = load(folder.path());
    assert!(loaded.decks.is_empty() || loaded.decks.iter().all(|deck| deck.cards.is_empty()));
    let place = |name: &str| {
        let first = loaded.problems.iter().find(|problem| problem.place.file.ends_with(name)).unwrap();
        (first.place.line, first.place.column)
    };
    assert_eq!(place("utf.toml"), (2, 10));
    assert_eq!(place("nul.toml").0, 2);
    assert_eq!(place("cr.toml").0, 1);
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_fine() {
    let text =
        card("kind = \"flashcard\"\nprompt = \"\"\"one\ntwo\"\"\"\nanswer = \"a\"").replace('\n', "\r\n");
    let folder = collection(&[("d.toml", format!("\u{feff}{text}").as_bytes())]);
    let loaded = load(folder.path());
    assert_eq!(loaded.problems, []);
    assert_eq!(loaded.decks[0].cards[0].prompt(), "one\ntwo");
}

#[test]
fn deep_nesting_and_huge_files_are_refused_without_a_crash() {
    let small_stack = std::thread::Builder::new().stack_size(2 << 20).spawn(|| {
        for depth in [10_000, 1_000_000] {
            for text in [
                format!("a = {}", "[".repeat(depth)),
                format!("a = {}", "{a=".repeat(depth)),
                "a.".repeat(depth),
            ] {
                assert!(!errors(&text).is_empty());
            }
        }
    });
    small_stack.unwrap().join().unwrap();
    let folder = collection(&[]);
    let huge = fs::File::create(folder.path().join("huge.toml")).unwrap();
    huge.set_len(100 << 20).unwrap();
    let problems = load(folder.path()).problems;
    assert!(problems.iter().any(|problem| problem.rule == "too-large"), "{problems:?}");
}

#[test]
fn loops_of_links_pipes_and_devices_do_not_hang() {
    let folder =
        collection(&[("d.toml", card("kind = \"flashcard\"\nprompt = \"p\"\nanswer = \"a\"").as_bytes())]);
    let root = folder.path();
    symlink(root, root.join("again")).unwrap();
    symlink(root.join("two.toml"), root.join("one.toml")).unwrap();
    symlink(root.join("one.toml"), root.join("two.toml")).unwrap();
    symlink("/dev/zero", root.join("zero.toml")).unwrap();
    nix::unistd::mkfifo(&root.join("pipe.toml"), nix::sys::stat::Mode::S_IRWXU).unwrap();
    let loaded = load(root);
    assert_eq!(loaded.decks.len(), 1);
    assert!(!loaded.problems.is_empty());
}

#[test]
fn a_card_is_read_again_when_its_file_changes() {
    let text = card("kind = \"flashcard\"\nprompt = \"before\"\nanswer = \"a\"");
    let folder = collection(&[("d.toml", text.as_bytes())]);
    let loaded = load(folder.path());
    let place = loaded.decks[0].cards[0].place.clone();
    let id = loaded.decks[0].cards[0].id.clone();
    let mut reader = CardReader::new(Source::Folder(folder.path().to_owned()));
    assert_eq!(reader.card(&id, &place).unwrap().prompt(), "before");
    fs::write(folder.path().join("d.toml"), text.replace("before", "after, longer")).unwrap();
    assert_eq!(reader.card(&id, &place).unwrap().prompt(), "after, longer");
    fs::write(folder.path().join("d.toml"), HEAD).unwrap();
    assert!(reader.card(&id, &place).is_err());
    fs::remove_file(folder.path().join("d.toml")).unwrap();
    assert!(reader.card(&id, &place).is_err());
}

#[test]
fn a_binding_to_an_unknown_node_is_an_error_with_the_nearest() {
    let folder = collection(&[(
        "d.toml",
        card("kind = \"flashcard\"\nprompt = \"p\"\nanswer = \"a\"")
            .replace("\"a\"\n\n", "\"aa\"\n\n")
            .as_bytes(),
    )]);
    let map = mindmap::read(MAP, "skill-map.mmd").map.unwrap();
    let (bound, problems) = Collection::bind(map, load(folder.path()).decks);
    assert_eq!(bound.cards().count(), 0);
    assert_eq!((problems[0].rule, problems[0].place.line), ("S02", 3));
    assert!(problems[0].hint.contains("did you mean `a`"), "{}", problems[0].hint);
}

#[test]
fn the_shipped_decks_load_and_hang_on_the_map() {
    let decks = Path::new(env!("CARGO_MANIFEST_DIR")).join("decks");
    for source in [Source::Folder(locate(&decks).unwrap()), Source::Embedded] {
        let loaded = source.decks();
        assert_eq!(loaded.problems, []);
        assert!(loaded.decks.len() >= 6 && loaded.decks.iter().all(|deck| deck.cards.len() >= 12));
        let text = source.map_text().unwrap();
        let map = mindmap::read_file(&text.text, &text.file).map.unwrap();
        let (collection, problems) = Collection::bind(map, loaded.decks);
        assert_eq!(problems, []);
        for kind in Kind::ALL {
            assert!(collection.cards().any(|card| card.kind == kind), "no {} card", kind.name());
        }
    }
}

/// Reads a text as the only deck of a folder.
fn survives(text: &str) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("d.toml");
    fs::write(&file, text).unwrap();
    let _ = read_paths(&[file]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_the_reader_panic(text in ".{0,300}") {
        survives(&text);
    }

    #[test]
    fn no_order_of_a_decks_pieces_makes_the_reader_panic(pieces in proptest::collection::vec(prop_oneof![
        Just("[deck]\n"), Just("[[card]]\n"), Just("id = \"x\"\n"), Just("kind = \"cloze\"\n"), Just("kind = \"choice\"\n"),
        Just("text = \"a {{b}} {{\"\n"), Just("options = [{ text = \"\" }]\n"), Just("options = 3\n"), Just("node = \"a\"\n"),
        Just("accept = [1, \"2\"]\n"), Just("tolerance = nan\n"), Just("review_by = 2026-13-01\n"), Just("answer = true\n"),
        Just("sources = [{ }]\n"), Just("\u{feff}"), Just("\"\"\""), Just("card = 1\n"), Just("nodes = [\"\"]\n"), Just("}\n"),
    ], 0..14)) {
        survives(&pieces.concat());
    }
}
