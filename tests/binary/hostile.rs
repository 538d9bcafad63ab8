//! Text of others never drives the terminal: decks, maps, file names, replies, settings, arguments.

use std::fs;
use std::process::{Command, Output};

use serde_json::Value;

use crate::place::{Place, ended, text};

/// What a text could send to drive a terminal or to deceive its reader, as TOML escapes.
const ESCAPED: &str = "\\u001b[31mred\\u001b]0;title\\u0007\\u001b]8;;http://x\\u001b\\\\ \\u001bP1$q\\u001b\\\\ \\u009b2J \\u009d0;t\\u009c \
    \\u0090 \\u0085 \\u0000 \\u0007\\u0008 \\u000b\\u000c\\r \\u202eevil\\u202c\\u2066\\u2069\\u061c\\u200e\\u200f \\u200b\\u2060\\ufeff\\u00ad\\u180e\\u3164 \
    \\u2028\\u2029 \\ufff9\\ufffb \\u007f \\U000e0041\\U000e007f";
/// The same for where no escapes are read: an argument, a map, a reply, a file name.
const RAW: &str = "\u{1b}[31mred\u{1b}]0;t\u{7}\u{9b}2J\u{9d}0;t\u{9c}\u{90}\u{85}\u{8}\u{202e}evil\u{2066}\u{200b}\u{feff}\u{2028}\u{7f}\u{e0041}";

/// What must never reach a terminal. Our own colours, `ESC [ digits ; m`, may.
fn raw_controls(shown: &str) -> Vec<char> {
    let mut left = String::new();
    let mut rest = shown;
    while let Some(at) = rest.find("\u{1b}[") {
        left.push_str(&rest[..at]);
        let body = &rest[at + 2..];
        let end = body.find(|letter: char| !letter.is_ascii_digit() && letter != ';').unwrap_or(body.len());
        if !body[end..].starts_with('m') {
            return vec!['\u{1b}'];
        }
        rest = &body[end + 1..];
    }
    left.push_str(rest);
    let forbidden = |letter: &char| match letter {
        '\n' => false,
        '\u{ad}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{200b}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{3164}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}' => true,
        other => other.is_control(),
    };
    left.chars().filter(forbidden).collect()
}

fn assert_harmless(what: &str, output: &Output) {
    for stream in [&output.stdout, &output.stderr] {
        let shown = text(stream);
        assert!(!shown.contains("panicked"), "{what}: {shown}");
        assert_eq!(raw_controls(&shown), [], "{what}: {}", shown.escape_debug());
    }
}

#[test]
fn the_test_sees_what_it_forbids() {
    assert_eq!(raw_controls("\u{1b}[1;31mred\u{1b}[0m\n"), []);
    for letter in RAW.chars().filter(|letter| !letter.is_ascii_graphic()) {
        assert!(!raw_controls(&format!("a{letter}b")).is_empty(), "{letter:?}");
    }
}

/// A deck with hostile text in every field of every kind; its own ids stay plain.
fn deck() -> String {
    let x = ESCAPED;
    let common = format!(
        "hint = \"{x}\"\nexplanation = \"{x}\"\nversions = [\"{x}\"]\ntags = [\"{x}\"]\nvariants = [\"v {x}\"]\n\
         sources = [{{ title = \"{x}\", at = \"{x}\", url = \"https://x/{x}\" }}]\n"
    );
    let bodies = [
        ("flashcard", format!("prompt = \"{x}\"\nanswer = \"{x}\"\n")),
        (
            "choice",
            format!(
                "prompt = \"{x}\"\noptions = [{{ text = \"{x} x\", correct = true, why = \"{x}\" }}, \
                 {{ text = \"y {x}\", why = \"{x}\" }}]\n"
            ),
        ),
        (
            "typed",
            format!(
                "prompt = \"{x}\"\naccept = [\"a {x}\", \"b {x}\"]\nnear_misses = [{{ text = \"n {x}\", why = \"{x}\" }}, {{ text = \"near\", why = \"{x}\" }}]\n"
            ),
        ),
        ("cloze", format!("text = \"{x} {{{{gap {x}}}}} {x}\"\n")),
        ("order", format!("prompt = \"{x}\"\nitems = [\"1 {x}\", \"2 {x}\", \"3 {x}\"]\n")),
        ("true-false", format!("statement = \"{x}\"\nanswer = true\n")),
        ("explain", format!("prompt = \"{x}\"\nchecklist = [\"1 {x}\", \"2 {x}\"]\nanswer = \"{x}\"\n")),
    ];
    let card = |(kind, body)| format!("[[card]]\nid = \"{kind}\"\nkind = \"{kind}\"\n{body}{common}");
    let cards: Vec<String> = bodies.into_iter().map(card).collect();
    format!("[deck]\ntitle = \"{x}\"\nnode = \"leaf\"\n{}", cards.concat())
}

/// A collection in which everything that can be named is hostile.
fn collection() -> Place {
    let place = Place::with_deck(&deck());
    let x = ESCAPED;
    let map = format!(
        "---\ntitle: {RAW}\n---\nmindmap\n  root((R {RAW}))\n    leaf[\"leaf {RAW}\"]\n    ::icon(fa {RAW})\n    :::c{RAW}\n    n{RAW}(o)\n      inner {RAW}\n    \"`**md** {RAW}`\"\n"
    );
    let broken = format!(
        "[deck]\ntitle = \"{x}\"\nnode = \"{x}\"\nas_of = \"{x}\"\n[[card]]\nid = \"{x}\"\nkind = \"{x}\"\naim = \"{x}\"\n\"{x}\" = 1\n[\"{x}\"]\n"
    );
    let names = [
        ("skill-map.mmd".to_owned(), map),
        ("broken.toml".to_owned(), broken),
        (format!("na{RAW}me.toml").replace('/', ""), "[deck]\ntitle = \"\u{1b}[2J\"\n".to_owned()),
        (format!("ok{RAW}.toml").replace('/', ""), super::place::deck(1)),
        ("syntax.toml".to_owned(), format!("[deck]\ntitle = {RAW}\n# {RAW}\n")),
        ("importance.toml".to_owned(), format!("[importance]\n\"{x}\" = 2\n")),
    ];
    for (name, content) in names {
        fs::write(place.collection.join(name), content).unwrap();
    }
    place
}

/// Every command that shows text of others.
const SHOWS: [&str; 19] = [
    "",
    "due",
    "show leaf",
    "show leaf --question-only",
    "cards",
    "cards --flagged",
    "why leaf",
    "why .",
    "why choice",
    "coverage",
    "coverage --depth 9",
    "check",
    "map show",
    "map show --mermaid",
    "map check",
    "map fmt --check",
    "log",
    "doctor",
    "where",
];

#[test]
fn no_text_of_a_collection_or_of_a_reply_reaches_the_terminal_raw() {
    let place = collection();
    let replies = format!("h\n?\n{RAW}\n1\n2\n1,2\ny\nnear\n\n! {RAW}\n2,1,3\n\n1\n3\n").repeat(12);
    for colour in ["never", "always"] {
        for seed in 0..4 {
            let sat = place.hears(&format!("quiz --cram --seed {seed} --color {colour}"), &replies);
            assert_harmless("quiz", &sat);
        }
        let sat = place.hears(&format!("quiz --new 9 --color {colour}"), &replies);
        assert_harmless("quiz", &sat);
        for words in SHOWS {
            let output = place.run(&format!("{words} --color {colour}"));
            assert!(matches!(output.status.code(), Some(0 | 1)), "{words}");
            assert_harmless(words, &output);
        }
    }
    assert!(place.json("log").len() > 10, "the replies were heard");
    let kept: Vec<Value> = place.json("log");
    assert!(kept.iter().any(|row| row["reply"].as_str().is_some_and(|said| said.contains("evil"))));
}

#[test]
fn a_map_that_cannot_be_read_is_told_without_its_controls() {
    let place = collection();
    for map in [
        format!("mindmap\n  root\n  {RAW}\n"),
        format!("{RAW}\n"),
        format!("mindmap\n root[{RAW}\n"),
        format!("mindmap\n root\n  a{RAW}\n  a{RAW}\n"),
        format!("---\n{RAW}: [\n---\nmindmap\n  r\n"),
    ] {
        fs::write(place.collection.join("skill-map.mmd"), map).unwrap();
        for words in ["map show", "map check", "map fmt", "check", "quiz", "coverage", ""] {
            assert_harmless(words, &place.run(&format!("{words} --color always")));
        }
    }
}

#[test]
fn what_is_json_stays_json() {
    let place = collection();
    let output = place.hears(
        "quiz --json",
        &format!("{{\"reply\":\"{ESCAPED}\"}}\n").replace("\\U000e0041\\U000e007f", ""),
    );
    let commands = SHOWS.map(|words| place.run(&format!("{words} --json")));
    for output in commands.into_iter().chain([output]) {
        for line in text(&output.stdout).lines().filter(|line| line.starts_with(['{', '['])) {
            assert!(serde_json::from_str::<Value>(line).is_ok(), "{line}");
        }
        assert_harmless("an error beside JSON", &Output { stdout: Vec::new(), ..output });
    }
}

#[test]
fn what_is_typed_on_the_command_line_is_echoed_without_its_controls() {
    let place = Place::new();
    let arguments: [&[&str]; 16] = [
        &[RAW],
        &["quiz", RAW],
        &["quiz", "--kind", RAW],
        &["quiz", "-n", RAW],
        &["quiz", &format!("--{RAW}")],
        &["due", RAW],
        &["--collection", RAW, "due"],
        &["--progress", &format!("/proc/{RAW}"), "quiz"],
        &["--color", RAW],
        &["show", RAW],
        &["answer", RAW, "-g", "4"],
        &["answer", "x", "-g", RAW],
        &["coverage", "--on", RAW],
        &["check", RAW],
        &["map", "show", RAW],
        &["man", RAW],
    ];
    for arguments in arguments {
        let output = ended(place.command("").args(arguments), "");
        assert!(matches!(output.status.code(), Some(1 | 2)), "{arguments:?}");
        assert_harmless(&arguments.join(" "), &output);
    }
    let coloured = ended(place.command("").args(["--color", "always", RAW]), "");
    assert_harmless("a usage error in colour", &coloured);
    for (name, value) in [
        ("MINDRILL_NOW", RAW),
        ("MINDRILL_COLLECTION", RAW),
        ("XDG_CONFIG_HOME", RAW),
        ("TERM", RAW),
        ("LANG", RAW),
    ] {
        assert_harmless(name, &ended(place.command("due").env(name, value), ""));
        assert_harmless(name, &ended(place.command("where").env(name, value), ""));
    }
}

#[test]
fn paths_with_controls_are_told_without_them() {
    let place = Place::new();
    let folder = place.path().join(RAW.replace('/', ""));
    fs::create_dir_all(folder.join("mindrill")).unwrap();
    fs::write(folder.join("mindrill/config.toml"), format!("\"{ESCAPED}\" = 1\n")).unwrap();
    fs::write(folder.join("progress.db"), "not one\n").unwrap();
    let run = |words: &str, name: &str, value: &std::path::Path| {
        let mut command: Command = place.command(words);
        let output = ended(command.env(name, value), "");
        assert_harmless(name, &output);
        output
    };
    assert_eq!(run("due", "XDG_CONFIG_HOME", &folder).status.code(), Some(1));
    assert_eq!(run("quiz", "MINDRILL_PROGRESS", &folder.join("progress.db")).status.code(), Some(1));
    assert_eq!(run("where", "MINDRILL_PROGRESS", &folder.join("new.db")).status.code(), Some(0));
    assert_eq!(
        run("answer covering -g 4", "MINDRILL_PROGRESS", &folder.join("new.db")).status.code(),
        Some(0)
    );
    assert_eq!(run("doctor", "MINDRILL_PROGRESS", &folder.join("new.db")).status.code(), Some(0));
}
