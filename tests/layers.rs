//! The house's one law: a room imports only from floors below its own, and rooms on one floor do not
//! know each other. Within `domain/`, a module uses only those that `domain/mod.rs` lists above it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Rooms by floor, the ground floor first. `main.rs` and `lib.rs` stand above all.
const FLOORS: [&[&str]; 3] = [
    &["domain"],
    &["clock", "settings", "mindmap", "deck_files", "lint", "store", "terminal", "report", "exchange"],
    &["commands"],
];

fn sources() -> Vec<PathBuf> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    found.sort();
    found
}

/// A file's module path below `src`: `domain/card/judge.rs` is `["domain", "card", "judge"]`.
fn module(path: &Path) -> Vec<String> {
    let below =
        path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap().with_extension("");
    let parts = below.iter().map(|part| part.to_str().unwrap().to_owned());
    parts.filter(|part| part != "mod" && part != "lib" && part != "main").collect()
}

/// Every module path that a file's code names through `crate::` or `super::`, comments and tests left out.
fn named(path: &Path) -> Vec<(usize, Vec<String>)> {
    let text = fs::read_to_string(path).unwrap();
    let own = module(path);
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if line.starts_with("#[cfg(test)]") {
            break;
        }
        let code = line.split("//").next().unwrap();
        for start in ["crate::", "super::"] {
            for (place, _) in code.match_indices(start) {
                let before = code[..place].chars().next_back();
                if before.is_some_and(|letter| letter.is_alphanumeric() || matches!(letter, '_' | ':')) {
                    continue;
                }
                found.extend(resolved(&own, &code[place..]).into_iter().map(|target| (number + 1, target)));
            }
        }
    }
    found
}

/// The module paths that a text beginning with `crate::` or `super::` means, `{a, b::c}` opened.
fn resolved(own: &[String], mut path: &str) -> Vec<Vec<String>> {
    let mut base = Vec::new();
    if let Some(rest) = path.strip_prefix("crate::") {
        path = rest;
    } else {
        base = own.to_vec();
        while let Some(rest) = path.strip_prefix("super::") {
            base.pop();
            path = rest;
        }
    }
    let word = |text: &str| text.chars().take_while(|l| l.is_alphanumeric() || *l == '_').collect::<String>();
    let firsts: Vec<String> = match path.strip_prefix('{') {
        None => vec![word(path)],
        Some(group) => group.split('}').next().unwrap().split(',').map(|part| word(part.trim())).collect(),
    };
    firsts.into_iter().map(|first| base.iter().cloned().chain([first]).collect()).collect()
}

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

#[test]
fn every_room_stands_on_a_known_floor() {
    for path in sources() {
        if let Some(room) = module(&path).first() {
            assert!(floor(room).is_some(), "{} stands on no floor of this test", path.display());
        }
    }
}

#[test]
fn rooms_import_only_from_floors_below() {
    for path in sources() {
        let own = module(&path);
        let Some(room) = own.first() else { continue };
        for (line, target) in named(&path) {
            let Some(other) = target.first().filter(|other| *other != room) else { continue };
            let Some(below) = floor(other) else { continue };
            assert!(
                below < floor(room).unwrap(),
                "{}:{line}: `{room}` must not know `{other}`",
                path.display()
            );
        }
    }
}

#[test]
fn domain_modules_import_only_those_listed_above_them() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/domain/mod.rs")).unwrap();
    let listed = text.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    let rank: BTreeMap<&str, usize> = listed.enumerate().map(|(place, name)| (name, place)).collect();
    for path in sources() {
        let own = module(&path);
        let [first, name, ..] = own.as_slice() else { continue };
        if first != "domain" {
            continue;
        }
        for (line, target) in named(&path) {
            let [other_room, other, ..] = target.as_slice() else { continue };
            if other_room != "domain" || other == name || !rank.contains_key(other.as_str()) {
                continue;
            }
            let below = rank[other.as_str()] < rank[name.as_str()];
            assert!(below, "{}:{line}: `domain::{name}` must not know `domain::{other}`", path.display());
        }
    }
}

#[test]
fn the_law_sees_what_it_forbids() {
    let own = ["store".to_owned(), "log".to_owned()];
    assert_eq!(resolved(&own, "crate::report::page"), [["report"]]);
    assert_eq!(resolved(&own, "super::super::terminal::Tty"), [["terminal"]]);
    assert_eq!(resolved(&own, "crate::{clock, settings::Origin}"), [["clock"], ["settings"]]);
    assert_eq!(resolved(&own, "super::schema"), [["store", "schema"]]);
    assert!(floor("report") == floor("store") && floor("commands") > floor("store"));
}
