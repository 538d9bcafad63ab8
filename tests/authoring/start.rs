//! `init`, `new`, `edit`, `show --answer`, `preview`.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use mindrill::commands::CommandError;
use tempfile::TempDir;

use crate::harness::{Learner, small};

/// The longest that any one step may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// Every file below a folder with its bytes, by its path.
pub fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.push((path.clone(), fs::read(path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// A collection that `init` made, and a learner who works on it.
pub fn begun(options: &str) -> (TempDir, Learner) {
    let folder = tempfile::tempdir().unwrap();
    Learner::new().says(&format!("init {} {options}", folder.path().display()), "");
    let learner = Learner::new().of(&folder.path().join("decks"));
    (folder, learner)
}

pub fn git(folder: &Path, words: &[&str]) -> String {
    let output = Command::new("git").arg("-C").arg(folder).args(words).output().unwrap();
    assert!(output.status.success(), "git {words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// A repository in which commits can be made.
pub fn repository(folder: &Path) {
    git(folder, &["init", "-q", "-b", "main"]);
    git(folder, &["config", "user.email", "author@example.com"]);
    git(folder, &["config", "user.name", "Author"]);
}

#[test]
fn a_collection_that_was_just_begun_has_no_problem_and_can_be_asked() {
    for options in ["", "--with-decks"] {
        let (_folder, learner) = begun(options);
        let checked = &learner.json("check", "")[0];
        let problems = checked["problems"].as_array().unwrap();
        assert!(problems.iter().all(|problem| problem["level"] != "error"), "{options}: {problems:?}");
        if options.is_empty() {
            assert_eq!(problems.len(), 0, "{problems:?}");
            let kinds: std::collections::BTreeSet<String> =
                learner.json("cards", "").iter().map(|card| card["kind"].to_string()).collect();
            assert_eq!(kinds.len(), 7, "an example of every kind");
        }
        assert!(learner.says("quiz -n 1", "q\n").contains("left"));
    }
}

#[test]
fn init_says_what_it_made_and_what_to_type_next() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("a b/a name of some length");
    let place = place.to_str().unwrap();
    let said = Learner::new().wide(200).run_words(&["init", place], "").text;
    let said = said.replace(place, "PLACE");
    assert_eq!(
        said,
        "made `PLACE/decks`: a skill map and an example deck\n\n  cd 'PLACE'  the collection is found from there\n  \
         mindrill map show  the map; write your own nodes in its place\n  mindrill quiz      a first sitting\n  \
         mindrill new       a deck for a leaf that has none\n  mindrill check     look over map and decks\n"
    );
}

#[test]
fn init_overwrites_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    fs::create_dir(folder.path().join("decks")).unwrap();
    fs::write(folder.path().join("decks/notes.txt"), "mine").unwrap();
    let before = files(folder.path());
    for options in ["", "--with-decks"] {
        let (error, hint) = Learner::new().fails(&format!("init {path} {options}"));
        assert!(error.ends_with("decks` is there already"), "{error}");
        assert!(!hint.is_empty());
        assert_eq!(files(folder.path()), before);
    }
    let (folder, learner) = begun("");
    let before = files(folder.path());
    let (error, _) = learner.fails(&format!("init {}", folder.path().display()));
    assert!(error.ends_with("is a collection already"), "{error}");
    assert_eq!(files(folder.path()), before);
}

#[test]
fn a_refused_hook_leaves_no_collection_behind() {
    let folder = tempfile::tempdir().unwrap();
    let (error, hint) = Learner::new().fails(&format!("init {}/new --git-hook", folder.path().display()));
    assert!(error.contains("lies in no git work tree"), "{error}");
    assert!(hint.contains("`git init`"), "{hint}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn the_hook_runs_check_where_git_looks_for_hooks() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, learner) = begun("");
    repository(folder.path());
    let hook = folder.path().join(".git/hooks/pre-commit");
    let made = &learner.json("init --git-hook", "")[0];
    assert_eq!(made["hook"], hook.to_str().unwrap());
    let text = fs::read_to_string(&hook).unwrap();
    assert!(text.starts_with("#!/bin/sh\n") && text.ends_with("\nmindrill check --changed\n"), "{text}");
    assert_eq!(fs::metadata(&hook).unwrap().permissions().mode() & 0o111, 0o111);
    assert!(learner.says("init --git-hook", "").contains("there already"));

    fs::write(&hook, "#!/bin/sh\nmake lint\n").unwrap();
    let (error, hint) = learner.fails("init --git-hook");
    assert!(error.contains("a hook of another make"), "{error}");
    assert_eq!(hint, "add this line to it: `mindrill check --changed`");
    assert_eq!(fs::read_to_string(&hook).unwrap(), "#!/bin/sh\nmake lint\n");

    git(folder.path(), &["config", "core.hooksPath", "my hooks"]);
    learner.says("init --git-hook", "");
    assert!(folder.path().join("my hooks/pre-commit").is_file());
}

#[test]
fn a_collection_deeper_in_a_repository_or_in_a_linked_work_tree_gets_a_hook_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    repository(folder.path());
    git(folder.path(), &["commit", "-q", "--allow-empty", "-m", "first"]);
    git(folder.path(), &["worktree", "add", "-q", "linked"]);
    let place = folder.path().join("linked/deep er");
    let made = Learner::new().run_words(&["init", place.to_str().unwrap(), "--git-hook", "--json"], "");
    let made: serde_json::Value = serde_json::from_str(&made.text).unwrap();
    let hook = fs::read_to_string(made["hook"].as_str().unwrap()).unwrap();
    assert!(hook.ends_with("\nmindrill --collection 'deep er' check --changed\n"), "{hook}");
    assert!(folder.path().join(".git/hooks/pre-commit").is_file(), "work trees share their hooks");
}

#[test]
fn a_new_deck_lies_in_its_branch_and_is_bound_to_its_leaf() {
    let (folder, learner) = begun("");
    let made = &learner.json("new transactions", "")[0];
    let path = folder.path().join("decks/databases/transactions.toml");
    assert_eq!(made["node"], "databases/transactions");
    assert_eq!((made["deck"].as_str(), made["file"].as_str()), (Some("transactions"), path.to_str()));
    let text = fs::read_to_string(&path).unwrap();
    let head = "[deck]\ntitle = \"Transactions\"\nnode = \"databases/transactions\"\nas_of = 2026-11-22\n";
    assert!(text.starts_with(&format!("#:schema ../deck.schema.json\n{head}")), "{text}");
    let problems = learner.json("check", "")[0]["problems"].clone();
    assert!(problems.as_array().unwrap().iter().all(|problem| problem["level"] == "warning"), "{problems}");
}

#[test]
fn a_deck_is_made_for_a_leaf_that_has_none_and_for_no_other_node() {
    let (folder, learner) = begun("");
    learner.says("new transactions", "");
    let before = files(folder.path());
    for (words, error, hint) in [
        (
            "new transactions",
            "`databases/transactions` has a deck: ",
            "`mindrill edit databases/transactions` opens it",
        ),
        ("new databases", "`databases` is a branch, and a deck belongs on a leaf", "mindrill new --missing"),
        (
            "new transactons",
            "no node `transactons` on the skill map",
            "did you mean `databases/transactions`?",
        ),
    ] {
        let (said, next) = learner.fails(words);
        assert!(said.starts_with(error), "{said}");
        assert!(next.contains(hint), "{next}");
        assert_eq!(files(folder.path()), before);
    }
    let embedded = Learner::new().of(Path::new("/nowhere"));
    assert!(matches!(embedded.run("new x", "").end, Err(CommandError::NoMap { .. })));
}

#[test]
fn without_a_node_a_leaf_is_picked_by_number_or_by_a_part_of_its_name() {
    for (line, leaf) in
        [("2\n", "finding-a-culprit"), ("zzz\nculp\n", "finding-a-culprit"), ("repl\n", "replication")]
    {
        let (_folder, learner) = begun("");
        let said = learner.says("new", line);
        assert!(said.contains(&format!("{leaf}.toml`")), "{said}");
    }
    let (folder, learner) = begun("");
    let before = files(folder.path());
    for line in ["", "q\n", "a\n"] {
        let printed = learner.run("new", line);
        let error = printed.end.unwrap_err();
        assert_eq!(error.to_string(), "nothing was picked");
        assert!(error.hint().unwrap().contains("mindrill new NODE"));
        assert_eq!(files(folder.path()), before);
    }
    assert!(learner.run("new", "a\n").text.contains("names have that in them: "));
}

#[test]
fn the_leaves_without_a_deck_are_listed_and_all_get_one() {
    let (folder, learner) = begun("");
    let missing = &learner.json("new --missing", "")[0];
    let nodes: Vec<&str> =
        missing["missing"].as_array().unwrap().iter().map(|leaf| leaf["node"].as_str().unwrap()).collect();
    assert_eq!(
        nodes,
        [
            "version-control/branching-and-merging",
            "version-control/finding-a-culprit",
            "databases/indexing",
            "databases/transactions",
            "databases/replication"
        ]
    );
    assert_eq!(files(folder.path()).len(), 4, "nothing was made yet");
    learner.says("new --missing --write", "");
    assert_eq!(files(folder.path()).len(), 9);
    assert_eq!(learner.says("new --missing", ""), "every leaf has a deck\n");
    assert_eq!(learner.says("new", ""), "every leaf has a deck\n");
}

#[test]
fn stubs_for_all_are_made_together_or_not_at_all() {
    let (folder, learner) = begun("");
    // No deck as far as can be read, and yet something has the name.
    fs::create_dir_all(folder.path().join("decks/databases")).unwrap();
    fs::write(folder.path().join("decks/databases/replication.toml"), "not toml").unwrap();
    let before = files(folder.path());
    let (error, _) = learner.fails("new --missing --write");
    assert!(error.ends_with("replication.toml` is there already"), "{error}");
    assert_eq!(files(folder.path()), before);
}

#[test]
fn two_leaves_of_one_name_get_decks_of_two_names() {
    let folder = tempfile::tempdir().unwrap();
    let map = "mindmap\n  root\n    Backend\n      Testing\n      Mindrill\n    Frontend\n      Testing\n";
    fs::write(folder.path().join("skill-map.mmd"), map).unwrap();
    let learner = Learner::new().of(folder.path());
    learner.says("new --missing --write", "");
    let names: Vec<String> = files(folder.path())
        .iter()
        .map(|(path, _)| path.strip_prefix(folder.path()).unwrap().to_string_lossy().into_owned())
        .collect();
    assert_eq!(
        names,
        [
            "backend/backend-mindrill.toml",
            "backend/testing.toml",
            "frontend/frontend-testing.toml",
            "skill-map.mmd"
        ]
    );
    assert_eq!(learner.says("new --missing", ""), "every leaf has a deck\n");
}

#[test]
fn an_editor_is_not_opened_without_a_terminal() {
    let learner = Learner::new();
    for words in ["edit indexing", "edit indexing/prefix"] {
        let (error, hint) = learner.fails(words);
        assert_eq!(error, "an editor needs a terminal");
        assert!(hint.contains("mindrill check FILE"), "{hint}");
    }
}

#[test]
fn each_side_of_a_card_is_shown_alone_or_both_are() {
    let learner = Learner::new();
    let question = learner.says("show indexing/prefix --question-only", "");
    let answer = learner.says("show indexing/prefix --answer", "");
    assert!(question.contains("which predicate can seek?") && !question.contains("✓"));
    assert!(!answer.contains("which predicate can seek?"), "{answer}");
    assert!(answer.contains("✓") && !answer.contains("✗"), "as after a right reply: {answer}");
    assert!(answer.contains("It is the leftmost column of the index."));
    assert!(!answer.contains("Without `a` the entries"), "the whys of what was not chosen stay hidden");
    let both = learner.says("show indexing/prefix", "");
    assert!(both.contains("which predicate can seek?") && both.contains("✗"), "{both}");
    let json = &learner.json("show indexing/prefix --answer", "")[0];
    assert!(json.get("prompt").is_none() && json["answer"] == "`a = 1`", "{json}");
}

#[test]
fn a_preview_shows_problems_first_and_every_sound_card() {
    let file = small().join("decks/isolation.toml");
    let said = Learner::new().says(&format!("preview {}", file.display()), "");
    let error = said.find("prompt_note").unwrap();
    let cards: Vec<usize> = ["isolation/gaps", "isolation/levels", "isolation/skew"]
        .iter()
        .map(|id| said.find(id).unwrap())
        .collect();
    assert!(error < cards[0] && cards.is_sorted(), "{said}");
    assert!(!said.contains("isolation/gap "), "{said}");
    let (error, _) = Learner::new().fails("preview nowhere.toml");
    assert!(error.contains("nowhere.toml"), "{error}");
}

/// The lines up to one that holds this text.
fn until(lines: &Receiver<String>, text: &str) -> String {
    let mut seen = String::new();
    while !seen.contains(text) {
        seen += &lines.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("no {text:?} after {seen}"));
        seen.push('\n');
    }
    seen
}

#[test]
fn a_watched_file_is_shown_again_at_every_save_what_changed_first() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("deck.toml");
    let card = |id: &str, answer: &str| {
        format!(
            "[[card]]\nid = \"{id}\"\nkind = \"flashcard\"\nprompt = \"Ask {id}?\"\nanswer = \"{answer}\"\n\
             explanation = \"Because.\"\nsources = [{{ title = \"RFC 9110\", at = \"§9\" }}]\n"
        )
    };
    let head = "[deck]\ntitle = \"T\"\nas_of = 2026-11-22\nlint_allow = [\"P01: short\", \"F07: short\", \"P02: short\"]\n";
    let deck = |answer: &str| format!("{head}{}{}", card("one", "same"), card("two", answer));
    fs::write(&file, deck("first answer")).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_mindrill"));
    command.env_clear().env("HOME", folder.path()).env("LANG", "C.UTF-8").current_dir(folder.path());
    command.args(["preview", "deck.toml", "--watch"]).stdin(Stdio::null()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let (send, lines) = channel();
    let reader = BufReader::new(child.stdout.take().unwrap());
    std::thread::spawn(move || reader.lines().map_while(Result::ok).try_for_each(|line| send.send(line)));
    let until = |text: &str| until(&lines, text);
    until("first answer");
    // A file that is gone for a moment, and one that is put over it, as editors do.
    fs::remove_file(&file).unwrap();
    std::thread::sleep(Duration::from_millis(500));
    fs::write(folder.path().join("other"), deck("second answer")).unwrap();
    fs::rename(folder.path().join("other"), &file).unwrap();
    let seen = until("1 card as before");
    assert!(seen.contains("second answer") && !seen.contains("Ask one?"), "{seen}");
    assert!(!seen.contains('\u{1b}'), "nothing is cleared on a pipe: {seen:?}");
    fs::write(
        &file,
        deck("second answer")
            .replace("kind = \"flashcard\"\nprompt = \"Ask one", "kind = 3\nprompt = \"Ask one"),
    )
    .unwrap();
    let seen = until("1 card as before");
    assert!(seen.contains("error: "), "{seen}");
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_question_alone_gives_no_point_of_its_checklist_away() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("skill-map.mmd"), "mindmap\n  root\n    leaf\n").unwrap();
    let deck = "[deck]\ntitle = \"T\"\nnode = \"leaf\"\n[[card]]\nid = \"c\"\nkind = \"explain\"\nprompt = \"Why?\"\n\
                checklist = [\"the point\"]\nanswer = \"So.\"\n";
    fs::write(folder.path().join("deck.toml"), deck).unwrap();
    let learner = Learner::new().of(folder.path());
    for words in ["show c --question-only", "show c --question-only --json"] {
        assert!(!learner.says(words, "").contains("the point"), "{words}");
    }
    assert!(learner.says("show c --json", "").contains("the point"));
}

#[test]
fn a_begun_collection_has_its_schema_and_new_decks_name_it() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("mine");
    Learner::new().of(folder.path()).run_words(&["init", place.to_str().unwrap()], "").end.unwrap();
    let decks = place.join("decks");
    assert_eq!(fs::read_to_string(decks.join("deck.schema.json")).unwrap(), mindrill::deck_files::schema());
    let learner = Learner::new().of(&decks);
    learner.says("new indexing", "");
    let cards = folder.path().join("cards.toml");
    fs::write(&cards, "[[card]]\nkind = \"flashcard\"\nprompt = \"Why?\"\nanswer = \"So.\"\n").unwrap();
    learner.says(&format!("add transactions --from {}", cards.display()), "");
    for deck in
        ["databases/indexing.toml", "databases/transactions.toml", "version-control/undoing-changes.toml"]
    {
        let text = fs::read_to_string(decks.join(deck)).unwrap();
        assert_eq!(text.lines().next(), Some("#:schema ../deck.schema.json"), "{deck}");
    }
}
