//! The schema says what the loader says, as far as a schema can.

use std::fs;
use std::path::{Path, PathBuf};

use mindrill::deck_files::{self, read_paths};
use mindrill::domain::problem::Level;
use serde_json::Value;

use crate::harness::Learner;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// A deck as a schema sees it: dates are texts.
fn seen(text: &str) -> Value {
    fn json(value: &toml::Value) -> Value {
        match value {
            toml::Value::Datetime(date) => Value::String(date.to_string()),
            toml::Value::Array(items) => items.iter().map(json).collect(),
            toml::Value::Table(table) => {
                table.iter().map(|(key, value)| (key.clone(), json(value))).collect()
            }
            other => serde_json::to_value(other).unwrap(),
        }
    }
    json(&toml::Value::Table(text.parse().unwrap()))
}

fn validator() -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(&deck_files::schema()).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
}

/// Whether the loader has nothing against a deck.
fn loads(text: &str) -> bool {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("d.toml");
    fs::write(&file, text).unwrap();
    read_paths(&[file]).problems.iter().all(|problem| problem.level == Level::Warning)
}

fn decks_below(folder: &Path) -> Vec<PathBuf> {
    let (decks, problems) = deck_files::deck_paths(&[folder.to_owned()]);
    assert!(problems.is_empty(), "{problems:?}");
    decks.into_iter().map(|(path, _)| path).collect()
}

#[test]
fn the_committed_schema_is_the_one_the_program_prints() {
    let committed = fs::read_to_string(root().join("decks/deck.schema.json")).unwrap();
    assert_eq!(committed, deck_files::schema(), "run `mindrill schema > decks/deck.schema.json`");
    assert_eq!(Learner::new().says("schema", ""), committed);
}

#[test]
fn every_sound_deck_at_hand_is_valid() {
    let validator = validator();
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let blocks = readme.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next());
    let sample = blocks.filter(|block| block.contains("[[card]]")).map(str::to_owned);
    let shipped = decks_below(&root().join("decks"));
    assert!(shipped.len() >= 6);
    let fixtures =
        [root().join("tests/decks/seven-kinds.toml"), root().join("tests/collection/decks/indexing.toml")];
    let files = shipped.iter().chain(&fixtures).map(|path| fs::read_to_string(path).unwrap());
    for text in files.chain(sample) {
        let errors: Vec<String> = validator
            .iter_errors(&seen(&text))
            .map(|error| format!("{} {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{errors:?}\n{text}");
    }
}

const HEAD: &str = "[deck]\ntitle = \"T\"\nnode = \"a\"\n[[card]]\n";

/// A sound card of each kind, one key a line.
const KINDS: [(&str, &str); 7] = [
    ("flashcard", "prompt = \"Q\"\nanswer = \"A\"\nreverse = true"),
    (
        "choice",
        "prompt = \"Q\"\noptions = [{ text = \"a\", correct = true, why = \"w\", pin = true }, { text = \"b\" }]",
    ),
    (
        "typed",
        "prompt = \"Q\"\naccept = [\"1\"]\nnear_misses = [{ text = \"2\", why = \"w\" }]\ntolerance = 0.5\ncase_sensitive = true",
    ),
    ("cloze", "text = \"a {{b}}\""),
    ("order", "prompt = \"Q\"\nitems = [\"a\", \"b\"]"),
    ("true-false", "statement = \"S\"\nanswer = false"),
    ("explain", "prompt = \"Q\"\nanswer = \"A\"\nchecklist = [\"a\"]"),
];

const COMMON: &str = "id = \"x\"\naim = \"decide\"\ndifficulty = 2\nnodes = [\"b\"]\nhint = \"h\"\nexplanation = \"e\"\n\
    sources = [{ title = \"t\", at = \"a\", url = \"u\" }]\nversions = [\"v\"]\nas_of = 2026-11-22\n\
    review_by = 2027-11-22\ntags = [\"t\"]\nlint_allow = [\"P01: r\"]";

fn lines(kind: &str, own: &str) -> Vec<String> {
    let head = format!("kind = \"{kind}\"");
    [head.as_str()].into_iter().chain(own.lines()).chain(COMMON.lines()).map(str::to_owned).collect()
}

/// Loader and schema must be of one mind.
fn agree(text: &str, validator: &jsonschema::Validator) -> bool {
    let (loader, schema) = (loads(text), validator.is_valid(&seen(text)));
    assert_eq!(loader, schema, "loader {loader}, schema {schema}:\n{text}");
    loader
}

#[test]
fn a_key_is_needed_and_has_a_type_for_the_schema_as_for_the_loader() {
    let validator = validator();
    for (kind, own) in KINDS {
        let lines = lines(kind, own);
        assert!(agree(&(HEAD.to_owned() + &lines.join("\n")), &validator), "{kind}");
        for place in 0..lines.len() {
            let without: Vec<&str> = lines
                .iter()
                .enumerate()
                .filter(|(at, _)| *at != place)
                .map(|(_, line)| line.as_str())
                .collect();
            agree(&(HEAD.to_owned() + &without.join("\n")), &validator);
            let key = lines[place].split(" = ").next().unwrap();
            for value in
                ["7", "\"\"", "\"text\"", "true", "[]", "[\"a\"]", "[{}]", "{}", "1.5", "[{ x = 1 }]", "-1"]
            {
                // What only the loader knows: a tolerance asks for numbers.
                if (key, value) == ("accept", "[\"a\"]") {
                    continue;
                }
                let mut changed = lines.clone();
                changed[place] = format!("{key} = {value}");
                agree(&(HEAD.to_owned() + &changed.join("\n")), &validator);
            }
        }
    }
}

#[test]
fn keys_of_other_kinds_and_unknown_ones_are_refused_by_both() {
    let validator = validator();
    for (kind, own) in KINDS {
        for (_, others) in KINDS.iter().filter(|(other, _)| *other != kind) {
            for line in others.lines() {
                let key = line.split(" = ").next().unwrap();
                let has = |text: &str| text.lines().any(|line| line.starts_with(&format!("{key} = ")));
                if !has(own) {
                    let text = format!("{HEAD}kind = \"{kind}\"\n{own}\n{line}\n");
                    assert!(!agree(&text, &validator), "{kind}: {line}");
                }
            }
        }
        assert!(!agree(&format!("{HEAD}kind = \"{kind}\"\n{own}\nprompt_note = \"x\"\n"), &validator));
    }
    for broken in [
        format!("{HEAD}kind = \"chioce\"\nprompt = \"Q\"\n"),
        format!("{HEAD}prompt = \"Q\"\n"),
        "title = \"T\"\n".to_owned(),
        "[deck]\nname = \"T\"\n".to_owned(),
        "[deck]\nas_of = \"soon\"\n".to_owned(),
        format!("{HEAD}kind = \"order\"\nprompt = \"Q\"\nitems = [\"a\", \"a\"]\n"),
        format!(
            "{HEAD}kind = \"choice\"\nprompt = \"Q\"\noptions = [{{ text = \"a\" }}, {{ text = \"b\" }}]\n"
        ),
        format!("{HEAD}id = \"a b\"\nkind = \"cloze\"\ntext = \"{{{{a}}}}\"\n"),
    ] {
        assert!(!agree(&broken, &validator), "{broken}");
    }
}
