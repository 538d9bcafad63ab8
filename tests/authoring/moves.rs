//! `map diff` and `map rename`.

use std::fs;
use std::path::Path;

use serde_json::json;
use tempfile::TempDir;

use crate::harness::Learner;
use crate::start::{begun, files, git, repository};

const MAP: &str = "mindmap\n  root((Skills))\n    Databases\n      Indexing (priority)\n      iso[\"Isolation levels\"]\n    Networking\n      HTTP\n      DNS\n";

/// A collection of its own: a map, a deck on a leaf by its tail, one on another by its label, and weights.
fn place() -> (TempDir, Learner) {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("skill-map.mmd", MAP);
    let card = "[[card]]\nid = \"c\"\nkind = \"flashcard\"\nprompt = \"Q?\"\nanswer = \"A\"\n";
    write(
        "indexing.toml",
        &format!("# node = 'indexing'\n[deck]\ntitle = \"I\"\nnode = 'indexing' # tail\n\n{card}"),
    );
    write(
        "http.toml",
        &format!(
            "[deck]\r\ntitle = \"H\"\r\nnode = \"networking/http\"\r\n{card}nodes = [\"Isolation levels\", \"databases/indexing\"]\r\n"
        ),
    );
    write("mindrill.toml", "[importance]\n\"databases/indexing\" = 3 # much\ndns = 0.5\n");
    let learner = Learner::new().of(folder.path()).wide(300);
    (folder, learner)
}

/// The nodes of every card, by card.
fn bindings(learner: &Learner) -> Vec<String> {
    learner.json("cards", "").iter().map(|card| format!("{} {}", card["card"], card["node"])).collect()
}

fn rename(learner: &Learner, old: &str, new: &str) -> String {
    let printed = learner.run_words(&["map", "rename", old, new], "");
    printed.end.unwrap();
    printed.text
}

#[test]
fn a_renamed_leaf_takes_its_bindings_and_weights_along() {
    let (folder, learner) = place();
    let before = files(folder.path());
    rename(&learner, "indexing", "Index design");
    let text = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(text("skill-map.mmd"), MAP.replace("Indexing (priority)", "Index design"));
    for (path, bytes) in before {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let old = String::from_utf8(bytes).unwrap();
        let expected = match name.as_str() {
            "indexing.toml" => old.replace("node = 'indexing' #", "node = \"index-design\" #"),
            "http.toml" | "mindrill.toml" => {
                old.replace("\"databases/indexing\"", "\"databases/index-design\"")
            }
            _ => continue,
        };
        assert_eq!(text(&name), expected, "{name}");
    }
    let told = learner.run("check --json", "").text;
    let told: serde_json::Value = serde_json::from_str(told.trim()).unwrap();
    let bindings = |problem: &&serde_json::Value| problem["rule"] == "S02" && problem["column"] != 1;
    assert_eq!(told["problems"].as_array().unwrap().iter().find(bindings), None);
}

#[test]
fn a_renamed_branch_takes_what_is_below_along() {
    let (folder, learner) = place();
    let cards = bindings(&learner);
    rename(&learner, "Databases", "Where data lives");
    let expected: Vec<String> =
        cards.iter().map(|card| card.replace("databases/", "where-data-lives/")).collect();
    assert_eq!(bindings(&learner), expected);
    let http = fs::read_to_string(folder.path().join("http.toml")).unwrap();
    assert!(http.contains("[\"Isolation levels\", \"where-data-lives/indexing\"]"), "{http}");
    let deck = fs::read_to_string(folder.path().join("indexing.toml")).unwrap();
    assert!(deck.contains("node = 'indexing' # tail"), "a tail that still leads there stays: {deck}");
}

#[test]
fn a_node_with_an_id_keeps_its_key_and_only_its_label_changes() {
    let (folder, learner) = place();
    let said = rename(&learner, "iso", "Anomalies, and \"levels\"");
    assert!(said.contains("its key stays `databases/iso`"), "{said}");
    let map = fs::read_to_string(folder.path().join("skill-map.mmd")).unwrap();
    assert_eq!(map, MAP.replace("Isolation levels", "Anomalies, and #quot;levels#quot;"));
    // A binding by the old label would lead nowhere now.
    let http = fs::read_to_string(folder.path().join("http.toml")).unwrap();
    assert!(http.contains("nodes = [\"iso\", "), "{http}");
}

#[test]
fn a_dry_run_shows_the_lines_and_writes_nothing() {
    let (folder, learner) = place();
    let before = files(folder.path());
    let said = learner.says("map rename indexing Indexes --dry-run", "");
    assert!(
        said.contains("- node = 'indexing' # tail") && said.contains("+ node = \"indexes\" # tail"),
        "{said}"
    );
    assert!(said.contains("its weight was 2 and is 1"), "{said}");
    assert!(said.contains("deck `indexing` keeps its file's name"), "{said}");
    assert!(said.ends_with("nothing was written\n"), "{said}");
    assert_eq!(files(folder.path()), before);
    let told = &learner.json("map rename indexing Indexes -n", "")[0];
    assert_eq!(told["from"], "databases/indexing");
    assert_eq!(told["to"], "databases/indexes");
    assert_eq!(told["files"].as_array().unwrap().len(), 4);
    assert_eq!(told["written"], false);
}

#[test]
fn labels_that_cannot_be_are_refused_and_nothing_changes() {
    let (folder, learner) = place();
    let before = files(folder.path());
    for (old, new, why) in [
        ("http", "dns", "have the same key, `dns`"),
        ("http", "DNS (deep)", "have the same key, `dns`"),
        ("http", "!?", "has no letter or digit"),
        ("http", " ", "a label is one line of text"),
        ("http", "a\u{1b}[2Jb", "a label is one line of text"),
        ("nothing", "x", "no node `nothing`"),
    ] {
        let error = learner.run_words(&["map", "rename", old, new], "").end.unwrap_err();
        assert!(error.to_string().contains(why), "{old} {new:?}: {error}");
        assert!(error.hint().is_some());
        assert_eq!(files(folder.path()), before, "{new:?}");
    }
}

#[test]
fn any_label_that_is_accepted_is_read_back() {
    for label in [
        "Plain",
        "With (brackets)",
        "[square]",
        "a ; b",
        "100% %% sure",
        "AT&T &amp; co",
        "List<String>",
        "mindmap",
        "`code`",
        "日本語",
        "::icon(x)",
        "a:::b",
        "C++",
        "“quoted”",
        "style: x",
        "{{curly",
        "# 12;",
    ] {
        for old in ["iso", "dns", "networking", "."] {
            let (_folder, learner) = place();
            let cards = bindings(&learner).len();
            let printed = learner.run_words(&["map", "rename", old, label], "");
            printed.end.unwrap_or_else(|error| panic!("{old} {label}: {error}"));
            let map = learner.json("map show", "").remove(0);
            assert!(map.to_string().contains(&json!(label).to_string()), "{old} {label}: {map}");
            assert_eq!(map["mermaid_ok"], true, "{label}");
            assert_eq!(bindings(&learner).len(), cards, "{label}");
        }
    }
}

#[test]
fn a_map_in_a_markdown_fence_keeps_everything_around_it() {
    let (folder, learner) = begun("");
    let path = folder.path().join("decks/skill-map.md");
    let before = fs::read_to_string(&path).unwrap();
    rename(&learner, "replication", "Copies");
    rename(&learner, "Finding a culprit", "Bisecting");
    let expected =
        before.replace("Replication (optional)", "Copies").replace("Finding a culprit", "Bisecting");
    assert_eq!(fs::read_to_string(&path).unwrap(), expected);
}

#[test]
fn a_map_is_compared_with_the_newest_commit_a_revision_or_a_file() {
    let (folder, learner) = place();
    repository(folder.path());
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "-qm", "first"]);
    let same = &learner.json("map diff", "")[0];
    let none: [&str; 0] = [];
    assert_eq!(
        *same,
        json!({"added": none, "removed": none, "renamed": none, "moved": none, "unbound": none, "empty": ["networking/dns"]}),
        "a card that hangs on a leaf beside its deck's counts"
    );
}

#[test]
fn what_became_of_nodes_decks_and_leaves_is_told() {
    let (folder, learner) = place();
    repository(folder.path());
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "-qm", "first"]);
    let map = "mindmap\n  root((Skills))\n    Databases\n      Index design\n      iso[\"Isolation levels\"]\n      DNS\n    Wire\n      HTTP\n      TLS\n";
    fs::write(folder.path().join("skill-map.mmd"), map).unwrap();
    let told = &learner.json("map diff", "")[0];
    assert_eq!(told["added"], json!(["wire/tls"]));
    assert_eq!(told["removed"], json!([]));
    assert_eq!(told["moved"], json!([{"from": "networking/dns", "to": "databases/dns"}]));
    assert_eq!(
        told["renamed"],
        json!([{"from": "databases/indexing", "to": "databases/index-design"}, {"from": "networking", "to": "wire"}])
    );
    assert_eq!(
        told["unbound"],
        json!([
            {"deck": "http", "node": "databases/indexing"},
            {"deck": "http", "node": "networking/http"},
            {"deck": "indexing", "node": "indexing"}
        ])
    );
    let said = learner.says("map diff --against HEAD", "");
    assert!(said.contains("that is now `databases/index-design`"), "{said}");
    let (error, hint) = learner.fails("map diff --against nowhere");
    assert!(error.contains("no revision `nowhere`") && hint.contains("git log"), "{error} {hint}");
    let file = folder.path().join("old.mmd");
    fs::write(&file, MAP).unwrap();
    let by_file = &learner.json(&format!("map diff --against {}", file.display()), "")[0];
    assert_eq!(by_file, told);
    assert!(
        learner.fails(&format!("map diff --against {}/x", folder.path().display())).0.starts_with("git ")
    );
}

#[test]
fn outside_a_repository_a_map_can_still_be_compared_with_a_file() {
    let (folder, learner) = place();
    let (error, hint) = learner.fails("map diff");
    assert!(error.contains("lies in no git work tree"), "{error} {hint}");
    let other = Path::new(env!("CARGO_MANIFEST_DIR")).join("decks");
    let against_folder = learner.json(&format!("map diff --against {}", other.display()), "");
    assert!(!against_folder[0]["removed"].as_array().unwrap().is_empty());
    drop(folder);
}
