//! A progress file that cannot be used is told by name with the way out, and keeps every byte.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::place::{MINDRILL, Place, SOUND, deck, ended, text, unwrapped};

/// What needs the progress file.
const NEEDS: [&str; 9] = [
    "quiz",
    "quiz --json",
    "due",
    "coverage",
    "log",
    "answer covering -g 4",
    "cards --flagged",
    "doctor",
    "doctor --rebuild",
];
/// What does not.
const NEEDS_NOT: [&str; 8] =
    ["--version", "--help", "quiz --help", "check decks", "map show", "cards", "where", "completions bash"];
/// Neither root nor anybody.
const NOBODY: u32 = 65_534;

/// Every file below a folder with its bytes.
fn content(folder: &Path) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(content(&path));
        }
        found.insert(path.clone(), fs::read(&path).ok());
    }
    found
}

/// A progress file of three answers, as bytes.
fn three_answers() -> Vec<u8> {
    let place = Place::new();
    for card in ["covering", "limit", "skew"] {
        place.says(&format!("answer {card} -g 4"));
    }
    fs::read(place.progress()).unwrap()
}

/// The same bytes with a number of the header replaced (big-endian at that offset).
fn with_number(mut bytes: Vec<u8>, at: usize, number: u32) -> Vec<u8> {
    bytes[at..at + 4].copy_from_slice(&number.to_be_bytes());
    bytes
}

/// Offset of `user_version` and of `application_id` in the header of an SQLite file.
const VERSION_AT: usize = 60;
const APPLICATION_AT: usize = 68;

#[test]
fn a_progress_file_that_is_none_is_refused_untouched() {
    let ours = three_answers();
    let table = [
        ("a text", b"notes of mine\n".to_vec(), "no SQLite database"),
        ("empty", Vec::new(), "is empty"),
        ("a header and no more", b"SQLite format 3\0".to_vec(), ""),
        ("cut short", ours[..5_000].to_vec(), "is cut short"),
        ("from the future", with_number(ours.clone(), VERSION_AT, 99), "schema version 99"),
        ("another program's", with_number(ours.clone(), APPLICATION_AT, 7), "another program"),
    ];
    for (name, bytes, cause) in table {
        let place = Place::new();
        fs::create_dir(place.path().join("decks")).unwrap();
        fs::write(place.progress(), &bytes).unwrap();
        let before = content(place.path());
        for words in NEEDS {
            let said = unwrapped(&place.refused(words));
            assert!(said.contains("progress.db` ") && said.contains(cause), "{name}, {words}: {said}");
            assert!(said.contains("hint: "), "{name}, {words}: {said}");
        }
        for words in NEEDS_NOT {
            place.says(words);
        }
        assert_eq!(content(place.path()), before, "{name}");
    }
}

#[test]
fn a_folder_in_place_of_the_progress_file_is_told() {
    let place = Place::new();
    fs::create_dir(place.path().join("decks")).unwrap();
    fs::create_dir(place.progress()).unwrap();
    for words in NEEDS {
        let said = unwrapped(&place.refused(words));
        assert!(said.contains("is a folder") && said.contains("hint: "), "{words}: {said}");
    }
    for words in NEEDS_NOT {
        place.says(words);
    }
    assert_eq!(fs::read_dir(place.progress()).unwrap().count(), 0);
}

fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

/// A command without privilege: root may write everywhere. The executable is copied to where anybody may start it.
fn unprivileged(place: &Place, uid: u32, words: &str) -> Command {
    let copy = place.path().join("program");
    if !copy.exists() {
        fs::copy(MINDRILL, &copy).unwrap();
    }
    let collection = place.path().join("collection");
    if !collection.exists() {
        fs::create_dir(&collection).unwrap();
        fs::write(collection.join("skill-map.mmd"), "mindmap\n  root\n    leaf\n").unwrap();
        fs::write(collection.join("deck.toml"), SOUND).unwrap();
    }
    fs::set_permissions(place.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = Command::new(copy);
    place.furnish(&mut command);
    command.env("MINDRILL_COLLECTION", collection).args(words.split_whitespace());
    if is_root() {
        command.uid(uid).gid(uid);
    }
    command
}

#[test]
fn in_a_folder_that_may_not_be_written_reports_work_and_answers_are_refused() {
    let place = Place::with_deck(&deck(2));
    place.says("answer deck/c0 -g 4");
    let folder = place.path().join("read-only");
    fs::create_dir(&folder).unwrap();
    let progress = folder.join("progress.db");
    fs::rename(place.progress(), &progress).unwrap();
    fs::set_permissions(&progress, fs::Permissions::from_mode(0o444)).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    let before = content(&folder);
    for words in ["quiz", "quiz --json", "answer c1 -g 4", "undo", "doctor --rebuild"] {
        let mut command = unprivileged(&place, NOBODY, words);
        let output = ended(command.env("MINDRILL_PROGRESS", &progress), "");
        let said = unwrapped(&text(&output.stderr));
        assert_eq!(output.status.code(), Some(1), "{words}: {said}");
        assert!(said.contains("read-only") && said.contains("hint: "), "{words}: {said}");
        assert!(text(&output.stdout).is_empty(), "{words} asks before it can save");
    }
    for words in ["", "due", "coverage", "log", "doctor", "why c0", "check", "map show"] {
        let mut command = unprivileged(&place, NOBODY, words);
        let output = ended(command.env("MINDRILL_PROGRESS", &progress), "");
        assert_eq!(output.status.code(), Some(0), "{words}: {}", text(&output.stderr));
    }
    assert_eq!(content(&folder), before);
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_data_folder_that_cannot_be_made_is_named() {
    let place = Place::new();
    let bare = |words: &str| {
        let mut command = place.command(words);
        command.env_remove("MINDRILL_PROGRESS").env("XDG_DATA_HOME", "/proc/nothing");
        ended(&mut command, "")
    };
    for words in ["quiz", "answer covering -g 4"] {
        let output = bare(words);
        let said = unwrapped(&text(&output.stderr));
        assert_eq!(output.status.code(), Some(1), "{words}");
        assert!(said.contains("`/proc/nothing/mindrill`") && said.contains("hint: "), "{words}: {said}");
    }
    for words in ["due", "check", "map show", "undo", "--version"] {
        let output = bare(words);
        let findings = words == "check";
        assert_eq!(output.status.code(), Some(i32::from(findings)), "{words}: {}", text(&output.stderr));
    }
}

#[test]
fn somebody_without_a_home_is_told_how_to_name_a_file() {
    if !is_root() {
        // Only root can become somebody whom the system does not know.
        return;
    }
    let place = Place::new();
    let homeless = |words: &str| {
        let mut command = unprivileged(&place, 54_321, words);
        ended(command.env_remove("HOME").env_remove("MINDRILL_PROGRESS"), "")
    };
    for words in ["quiz", "due", "log", "answer c1 -g 4", "doctor"] {
        let output = homeless(words);
        let said = unwrapped(&text(&output.stderr));
        assert_eq!(output.status.code(), Some(1), "{words}");
        assert!(said.contains("`HOME`") && said.contains("`--progress FILE`"), "{words}: {said}");
    }
    for words in ["--version", "--help", "check", "map show", "map check", "cards", "show c1", "man"] {
        let output = homeless(words);
        assert_eq!(output.status.code(), Some(0), "{words}: {}", text(&output.stderr));
    }
    let output = homeless("where");
    assert!(output.status.success() && text(&output.stdout).contains("HOME"), "{}", text(&output.stdout));
}

#[test]
fn where_there_is_no_progress_file_yet_the_doctor_says_so_and_makes_none() {
    let place = Place::new();
    for words in ["doctor", "doctor --rebuild"] {
        let said = unwrapped(&place.says(words));
        assert!(said.contains("progress.db there is no such file yet"), "{said}");
        assert!(!said.contains('✓'), "{said}");
    }
    assert!(place.says("undo").contains("no answer to take back"));
    assert!(!place.progress().exists());
}
