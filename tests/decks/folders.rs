//! Folders, links, settings and lists of paths.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;

use mindrill::deck_files::{
    CardError, CardReader, FileError, Loaded, Source, find_upwards, locate, read_paths,
};
use mindrill::domain::problem::Problem;

use super::{HEAD, MAP, collection, load};

fn deck(id: &str) -> Vec<u8> {
    format!("{HEAD}[[card]]\nid = \"{id}\"\nkind = \"flashcard\"\nprompt = \"p\"\nanswer = \"a\"\n")
        .into_bytes()
}

fn ids(loaded: &Loaded) -> Vec<&str> {
    loaded.decks.iter().map(|deck| deck.id.0.as_str()).collect()
}

fn rules(problems: &[Problem]) -> Vec<&str> {
    problems.iter().map(|problem| problem.rule).collect()
}

#[test]
fn decks_come_in_the_order_of_their_paths_and_nothing_else_comes() {
    let good = deck("c");
    let folder = collection(&[
        ("z.toml", &good),
        ("m/b.toml", &good),
        ("m/a.toml", &good),
        ("a/deep/er/c.toml", &good),
        (".hidden.toml", b"nonsense"),
        (".git/x.toml", b"nonsense"),
        ("notes.md", b"nonsense"),
        ("mindrill.toml", b"nonsense"),
    ]);
    fs::create_dir(folder.path().join("folder.toml")).unwrap();
    let loaded = load(folder.path());
    assert_eq!(ids(&loaded), ["c", "a", "b", "z"]);
    assert_eq!((loaded.problems, loaded.files), (vec![], 4));
}

#[test]
fn links_are_followed_within_the_collection_only_and_each_deck_is_read_once() {
    let outside = collection(&[("far.toml", &deck("c"))]);
    let folder = collection(&[("near.toml", &deck("c")), (".drafts/draft.toml", &deck("c"))]);
    let root = folder.path();
    symlink(root.join("near.toml"), root.join("twin.toml")).unwrap();
    symlink(root.join(".drafts"), root.join("drafts")).unwrap();
    symlink(outside.path().join("far.toml"), root.join("far.toml")).unwrap();
    symlink(outside.path(), root.join("out")).unwrap();
    symlink("nowhere.toml", root.join("lost.toml")).unwrap();
    let loaded = load(root);
    assert_eq!(ids(&loaded), ["draft", "near"]);
    assert_eq!(rules(&loaded.problems), ["outside-link", "broken-link", "outside-link"]);
}

#[test]
fn folders_too_deep_are_told_and_left_out() {
    let path = "d/".repeat(33) + "x.toml";
    let folder = collection(&[(&path, &deck("c")), ("y.toml", &deck("c"))]);
    let loaded = load(folder.path());
    assert_eq!((ids(&loaded), rules(&loaded.problems)), (vec!["y"], vec!["too-deep"]));
    let path = "d/".repeat(32) + "x.toml";
    let folder = collection(&[(&path, &deck("c"))]);
    assert_eq!(ids(&load(folder.path())), ["x"]);
}

#[test]
fn more_than_ten_thousand_decks_are_cut() {
    let folder = collection(&[]);
    for number in 0..=10_000 {
        fs::write(folder.path().join(format!("{number}.toml")), "").unwrap();
    }
    let loaded = load(folder.path());
    assert_eq!((loaded.files, loaded.decks.len()), (10_000, 10_000));
    assert_eq!(loaded.problems.iter().filter(|problem| problem.rule == "too-many-files").count(), 1);
}

#[test]
fn more_than_a_hundred_thousand_cards_in_a_file_are_refused() {
    let folder = collection(&[("d.toml", "[[card]]\n".repeat(100_001).as_bytes())]);
    let loaded = load(folder.path());
    assert!(loaded.decks.is_empty());
    assert!(rules(&loaded.problems).contains(&"too-many-cards"), "{:?}", loaded.problems);
}

#[test]
fn a_name_that_is_no_id_leaves_the_deck_out_and_its_faults_are_told() {
    let folder = collection(&[("two words.toml", b"[deck]\ntitel = \"T\"\n")]);
    let loaded = load(folder.path());
    assert!(loaded.decks.is_empty());
    assert_eq!(rules(&loaded.problems), ["bad-deck-id", "no-cards", "no-title", "unknown-key"]);
}

#[test]
fn a_collection_is_found_in_a_folder_below_it_and_above() {
    let folder = tempfile::tempdir().unwrap();
    let decks = folder.path().join("decks");
    let deep = decks.join("a/b");
    fs::create_dir_all(&deep).unwrap();
    assert_eq!(locate(folder.path()), None);
    fs::create_dir(decks.join("skill-map.md")).unwrap();
    assert_eq!(locate(folder.path()), None, "a folder is no map");
    fs::write(decks.join("skill-map.mmd"), MAP).unwrap();
    assert_eq!(locate(folder.path()).as_deref(), Some(decks.as_path()));
    assert_eq!(locate(&decks).as_deref(), Some(decks.as_path()));
    assert_eq!(find_upwards(&deep).as_deref(), Some(decks.as_path()));
    assert_eq!(find_upwards(folder.path()).as_deref(), Some(decks.as_path()));
}

#[test]
fn the_map_is_handed_out_as_text() {
    let folder = collection(&[("skill-map.mmd", format!("\u{feff}{MAP}").as_bytes())]);
    let source = Source::Folder(folder.path().to_owned());
    let map = source.map_text().unwrap();
    assert_eq!(map.text, MAP);
    assert!(map.file.ends_with("/skill-map.mmd"));
    fs::remove_file(folder.path().join("skill-map.mmd")).unwrap();
    assert!(matches!(source.map_text(), Err(FileError::NoMap { .. })));
    assert_eq!(&*Source::Embedded.map_text().unwrap().file, "built-in:skill-map.md");
}

#[test]
fn settings_weigh_nodes_and_nothing_else() {
    let text =
        "[importance]\n\"databases/indexing\" = 2\ndns = 0.25\nx = 0\ny = inf\nz = \"2\"\na.b = 1\n[other]\n";
    let folder = collection(&[("mindrill.toml", text.as_bytes()), ("deep/mindrill.toml", b"")]);
    let source = Source::Folder(folder.path().to_owned());
    let weights = source.own_settings();
    let mut read = Vec::new();
    for (name, (weight, place)) in &weights.importance {
        read.push(format!("{name}={} at {}:{}", weight.weight(), place.line, place.column));
    }
    assert_eq!(read, ["databases/indexing=2 at 2:1", "dns=0.25 at 3:1"]);
    let told: Vec<_> =
        weights.problems.iter().map(|one| (one.rule, one.place.line, one.place.column)).collect();
    let wanted = [
        ("weight", 4, 5),
        ("weight", 5, 5),
        ("wrong-type", 6, 5),
        ("wrong-type", 7, 1),
        ("unknown-key", 8, 2),
    ];
    assert_eq!(told, wanted);
    assert_eq!(rules(&source.decks().problems), ["stray-settings"]);
    let none = Source::Folder(folder.path().join("deep/none")).own_settings();
    assert!(none.importance.is_empty() && none.problems.is_empty());
}

#[test]
fn a_list_of_paths_reads_each_deck_once() {
    let folder =
        collection(&[("a.toml", &deck("c")), ("b.toml", &deck("c")), ("mindrill.toml", b"[importanc]\n")]);
    let at = |name: &str| folder.path().join(name);
    let paths = [at("b.toml"), at("."), at("b.toml"), at("none.toml"), at("skill-map.mmd")];
    let loaded = read_paths(&paths);
    assert_eq!((ids(&loaded), loaded.files), (vec!["b", "a"], 2));
    let mut told = rules(&loaded.problems);
    told.sort_unstable();
    assert_eq!(told, ["not-a-deck", "unknown-key", "unreadable"]);
    assert!(read_paths(&[PathBuf::from("/dev/zero"), PathBuf::from("/dev/null")]).decks.is_empty());
}

#[test]
fn a_folder_of_a_project_means_the_collection_in_it() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("decks")).unwrap();
    fs::write(folder.path().join("Cargo.toml"), "[package]\n").unwrap();
    fs::write(folder.path().join("decks/skill-map.mmd"), MAP).unwrap();
    fs::write(folder.path().join("decks/a.toml"), deck("c")).unwrap();
    let loaded = read_paths(&[folder.path().to_owned()]);
    assert_eq!((ids(&loaded), rules(&loaded.problems)), (vec!["a"], vec![]));
}

#[test]
fn a_card_that_cannot_be_shown_says_why() {
    let folder = collection(&[("d.toml", &deck("c"))]);
    let path = folder.path().join("d.toml");
    let card = load(folder.path()).decks.remove(0).cards.remove(0);
    let mut reader = CardReader::new(Source::Folder(folder.path().to_owned()));
    assert_eq!(reader.card(&card.id, &card.place).unwrap(), card);
    fs::write(&path, deck("other")).unwrap();
    assert!(matches!(reader.card(&card.id, &card.place), Err(CardError::Gone { .. })));
    fs::write(&path, "[deck").unwrap();
    let broken = reader.card(&card.id, &card.place);
    assert!(matches!(&broken, Err(CardError::Broken { problems, .. }) if rules(problems) == ["syntax"]));
    fs::remove_file(&path).unwrap();
    assert!(matches!(reader.card(&card.id, &card.place), Err(CardError::File { .. })));
    for elsewhere in [Source::Folder(PathBuf::from("/nowhere")), Source::Embedded] {
        let read = CardReader::new(elsewhere).card(&card.id, &card.place);
        assert!(matches!(read, Err(CardError::File { .. })));
    }
}

#[test]
fn embedded_cards_can_be_shown() {
    let mut reader = CardReader::new(Source::Embedded);
    for card in Source::Embedded.decks().decks.into_iter().flat_map(|deck| deck.cards) {
        assert_eq!(reader.card(&card.id, &card.place).unwrap(), card);
    }
}
