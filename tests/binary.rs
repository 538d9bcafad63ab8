//! The real executable as a stranger and an enemy would use it.

#![allow(
    clippy::too_many_lines,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use expectrl::Expect as _;
use expectrl::process::Termios as _;
use expectrl::process::unix::WaitStatus;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::Value;
use tempfile::TempDir;

/// How long a terminal may take to show something.
const PATIENCE: Duration = Duration::from_secs(20);
const NOW: &str = "2026-11-22T10:00:00Z";

/// A place with a progress file and, where a test wants one, a collection of its own.
struct Place {
    folder: TempDir,
    collection: PathBuf,
}

impl Place {
    fn new() -> Self {
        let collection = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/collection");
        Self { folder: tempfile::tempdir().unwrap(), collection }
    }

    /// With a collection of one leaf and this deck.
    fn with_deck(deck: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let collection = folder.path().join("decks");
        fs::create_dir(&collection).unwrap();
        fs::write(collection.join("skill-map.mmd"), "mindmap\n  root\n    leaf\n").unwrap();
        fs::write(collection.join("deck.toml"), deck).unwrap();
        Self { folder, collection }
    }

    fn progress(&self) -> PathBuf {
        self.folder.path().join("progress.db")
    }

    fn deck(&self) -> PathBuf {
        self.collection.join("deck.toml")
    }

    fn command(&self, words: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mindrill"));
        command.env_clear().env("HOME", self.folder.path()).env("LANG", "C.UTF-8").env("MINDRILL_NOW", NOW);
        command.env("MINDRILL_COLLECTION", &self.collection).env("MINDRILL_PROGRESS", self.progress());
        command.current_dir(self.folder.path()).args(words.split_whitespace()).stdin(Stdio::null());
        command
    }

    fn run(&self, words: &str) -> Output {
        self.command(words).output().unwrap()
    }

    /// Runs with lines of input.
    fn hears(&self, words: &str, input: &str) -> Output {
        let mut child = self
            .command(words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        child.wait_with_output().unwrap()
    }

    fn json(&self, words: &str) -> Vec<Value> {
        let output = self.run(&format!("{words} --json"));
        assert!(output.status.success(), "{words}: {}", text(&output.stderr));
        text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A deck of `count` flashcards.
fn deck(count: usize) -> String {
    let card = |number| {
        format!("[[card]]\nid = \"c{number}\"\nkind = \"flashcard\"\nprompt = \"p\"\nanswer = \"a\"\n")
    };
    let cards: String = (0..count).map(card).collect();
    format!("[deck]\ntitle = \"D\"\nnode = \"leaf\"\n{cards}")
}

/// A sitting by JSON lines whose every question is answered with a grade.
struct Sitting {
    child: Child,
    lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
}

impl Sitting {
    fn start(place: &Place, words: &str) -> Self {
        let mut child = place
            .command(&format!("quiz --json {words}"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines }
    }

    /// The next event; `None` at the end.
    fn event(&mut self) -> Option<Value> {
        self.lines.next().map(|line| serde_json::from_str(&line.unwrap()).unwrap())
    }

    fn grade(&mut self, grade: u8) {
        let _ = writeln!(self.child.stdin.as_mut().unwrap(), "{{\"grade\":{grade}}}");
    }
}

#[test]
fn a_killed_sitting_loses_no_answer_whose_next_question_was_shown() {
    let place = Place::with_deck(&deck(60));
    let mut acknowledged = 0;
    for round in 0..6_u64 {
        let mut sitting = Sitting::start(&place, "--new 60");
        let mut questions = 0;
        while let Some(event) = sitting.event() {
            match event["event"].as_str().unwrap() {
                "question" => {
                    questions += 1;
                    sitting.grade(4);
                }
                "verdict" => acknowledged += 1,
                _ => {}
            }
            if questions == 4 {
                std::thread::sleep(Duration::from_millis(round));
                break;
            }
        }
        sitting.child.kill().unwrap();
        sitting.child.wait().unwrap();
    }
    let logged = place.json("log").len();
    assert!(logged >= acknowledged && acknowledged >= 18, "{logged} of {acknowledged}");
    let doctor = &place.json("doctor")[0];
    assert_eq!([&doctor["sound"], &doctor["entries"]], [&Value::from(true), &Value::from(logged)]);
}

#[test]
fn two_sittings_at_once_lose_nothing() {
    let place = Place::with_deck(&deck(20));
    let mut two = [Sitting::start(&place, "--new 20 --seed 1"), Sitting::start(&place, "--new 20 --seed 2")];
    let mut answers = 0;
    let mut open = [true, true];
    while open.contains(&true) {
        for (sitting, open) in two.iter_mut().zip(&mut open).filter(|(_, open)| **open) {
            match sitting.event() {
                None => *open = false,
                Some(event) if event["event"] == "question" => sitting.grade(4),
                Some(event) => answers += usize::from(event["event"] == "verdict"),
            }
        }
    }
    for mut sitting in two {
        assert!(sitting.child.wait().unwrap().success());
    }
    let kinds: Vec<Value> = place.json("log").iter().map(|row| row["kind"].clone()).collect();
    assert_eq!((answers, kinds.len()), (40, 40));
    assert_eq!(
        kinds.iter().filter(|kind| **kind == "drill").count(),
        20,
        "the second answer of a day is a drill"
    );
    assert_eq!(place.json("doctor")[0]["sound"], true);
}

#[test]
fn a_progress_file_that_is_none_is_refused_untouched() {
    for bytes in [&b"notes of mine\n"[..], b"", b"SQLite format 3\0 and then nothing of the kind"] {
        let place = Place::new();
        fs::write(place.progress(), bytes).unwrap();
        for words in ["quiz", "due", "answer covering -g 4", "doctor"] {
            let output = place.run(words);
            let said = text(&output.stderr);
            assert_eq!(output.status.code(), Some(1), "{words}: {said}");
            assert!(
                said.contains("error: ") && said.contains("progress.db") && said.contains("hint: "),
                "{said}"
            );
        }
        assert_eq!(fs::read(place.progress()).unwrap(), bytes);
        assert_eq!(fs::read_dir(place.folder.path()).unwrap().count(), 1, "nothing is left beside it");
        for words in ["--version", "check --help", "map show", "cards"] {
            assert!(place.run(words).status.success(), "{words}");
        }
    }
}

#[test]
fn a_deck_edited_renamed_and_removed_keeps_its_progress() {
    let place = Place::with_deck(&deck(2));
    assert!(place.run("answer deck/c0 -g 4").status.success());
    fs::write(place.deck(), deck(2).replace("\"p\"", "\"p, better put\"")).unwrap();
    assert_eq!(place.json("why deck/c0")[0]["answers"], 1);
    fs::rename(place.deck(), place.collection.join("other.toml")).unwrap();
    let doctor = &place.json("doctor")[0];
    assert_eq!(
        [&doctor["sound"], &doctor["orphans"][0]["card"]],
        [&Value::from(true), &Value::from("deck/c0")]
    );
    fs::remove_file(place.collection.join("other.toml")).unwrap();
    assert_eq!(place.json("log").len(), 1);
    fs::write(place.deck(), deck(2)).unwrap();
    assert_eq!(place.json("doctor")[0]["orphans"], Value::Array(Vec::new()));
    assert_eq!(place.json("why c0")[0]["repetitions"], 1);
}

#[test]
fn a_deck_broken_in_the_middle_of_a_sitting_leaves_its_cards_out_by_name() {
    let place = Place::with_deck(&deck(3));
    let mut sitting = Sitting::start(&place, "");
    assert_eq!(sitting.event().unwrap()["event"], "question");
    fs::write(place.deck(), "[deck\n").unwrap();
    sitting.grade(4);
    let rest: Vec<Value> = std::iter::from_fn(|| sitting.event()).collect();
    assert_eq!(rest[0]["event"], "verdict");
    assert_eq!(rest.last().unwrap()["event"], "summary");
    assert!(sitting.child.wait().unwrap().success());
    assert_eq!(place.json("log").len(), 1);
}

/// Everything a deck or a map could send to drive a terminal.
const HOSTILE: &str = "\\u001b[31mred\\u001b]0;title\\u0007 \\u009b2J \\u0085 \\u0007\\u0008 \\u202eevil\\u2066 \\u200b\\ufeff\\u2028 \\u007f \\U000e0041";

/// What must never reach a terminal; our own colours are `ESC [ digits ; m`.
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
        '\u{200b}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}'
        | '\u{e0000}'..='\u{e007f}' => true,
        other => other.is_control(),
    };
    left.chars().filter(forbidden).collect()
}

#[test]
fn nothing_hostile_reaches_the_terminal() {
    let hostile = format!(
        "[deck]\ntitle = \"{HOSTILE}\"\nnode = \"leaf\"\n[[card]]\nid = \"c\"\nkind = \"choice\"\nprompt = \"{HOSTILE}\"\nhint = \"{HOSTILE}\"\n\
         options = [{{ text = \"{HOSTILE} x\", correct = true, why = \"{HOSTILE}\" }}, {{ text = \"y {HOSTILE}\", why = \"{HOSTILE}\" }}]\n\
         explanation = \"{HOSTILE}\"\nversions = [\"{HOSTILE}\"]\nsources = [{{ title = \"{HOSTILE}\", at = \"{HOSTILE}\", url = \"{HOSTILE}\" }}]\n\
         [[card]]\nid = \"bad\"\nkind = \"{HOSTILE}\"\n\"{HOSTILE}\" = 1\n"
    );
    let place = Place::with_deck(&hostile);
    fs::write(
        place.collection.join("skill-map.mmd"),
        "mindmap\n  root\n    leaf\n    x\u{1b}[31m\u{202e}y\u{9b}z\n",
    )
    .unwrap();
    fs::write(place.collection.join("na\u{1b}[7mme.toml"), "[deck]\ntitle = \"\u{1b}[2J\"\n").unwrap();
    let sat = place.hears("quiz --color always", "h\n! note \u{1b}[31m\u{7}\n");
    let again = place.hears("quiz --color always", "1\n2\n1\n");
    let mut shown = vec![sat, again];
    for words in [
        "show leaf",
        "cards",
        "cards --flagged",
        "why leaf",
        "why c",
        "coverage",
        "check",
        "map show",
        "map check",
        "log",
        "doctor",
        "where",
    ] {
        shown.push(place.run(&format!("{words} --color always")));
    }
    for words in [
        &["quiz", "\u{1b}[31m\u{202e}"][..],
        &["--collection", "\u{1b}]0;x\u{7}", "due"],
        &["\u{1b}[2J"],
        &["show", "a\u{9b}b"],
    ] {
        shown.push(place.command("").args(words).output().unwrap());
    }
    for output in shown {
        for stream in [&output.stdout, &output.stderr] {
            assert_eq!(raw_controls(&text(stream)), [], "{}", text(stream).escape_debug());
        }
    }
}

#[test]
fn a_closed_pipe_is_a_clean_end_and_a_full_device_is_not() {
    let place = Place::with_deck(&deck(3_000));
    for words in ["cards", "show leaf", "cards --json", "map show", "coverage"] {
        let mut child = place.command(words).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()), "{words}");
    }
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = place.command("due").stdout(full).stderr(Stdio::piped()).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).starts_with("error: "));
}

#[test]
fn colour_is_where_it_is_wanted() {
    let place = Place::new();
    let coloured = |variables: &[(&str, &str)], words: &str| {
        let output = place.command(words).envs(variables.iter().copied()).output().unwrap();
        text(&output.stdout).contains('\u{1b}')
    };
    assert!(!coloured(&[], "coverage"));
    assert!(coloured(&[("CLICOLOR_FORCE", "1")], "coverage"));
    assert!(coloured(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "")], "coverage"));
    assert!(!coloured(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], "coverage"));
    assert!(coloured(&[("NO_COLOR", "1")], "coverage --color always"));
    assert!(!coloured(&[("CLICOLOR_FORCE", "1")], "coverage --color never"));
    let ascii = place.command("coverage").env("LANG", "C").output().unwrap();
    assert!(text(&ascii.stdout).contains("....") && !text(&ascii.stdout).contains('░'));
}

#[test]
fn the_clock_set_back_rewrites_no_schedule() {
    let place = Place::with_deck(&deck(1));
    let at = |now: &str, words: &str| place.command(words).env("MINDRILL_NOW", now).output().unwrap();
    for now in ["2026-11-20T10:00:00Z", "2026-11-21T10:00:00Z"] {
        assert!(at(now, "answer c0 -g 4").status.success());
    }
    let before = place.json("why c0")[0]["due"].clone();
    for now in ["2025-11-22T10:00:00Z", "2026-11-21T23:30:00-11:00", "0000-01-01T05:00:00Z"] {
        assert!(at(now, "answer c0 -g 1").status.success(), "{now}");
        assert_eq!(place.json("why c0")[0]["due"], before, "{now}");
    }
    for now in ["9999-12-31T23:59:59Z", "0000-01-01T00:00:00Z"] {
        for words in ["due", "coverage", "why c0", "quiz --json", "log"] {
            assert!(at(now, words).status.success(), "{now} {words}");
        }
    }
    let wrong = at("yesterday", "due");
    assert_eq!(wrong.status.code(), Some(1));
    assert!(text(&wrong.stderr).contains("MINDRILL_NOW"));
}

#[test]
fn the_night_of_a_clock_change_has_one_rollover() {
    let place = Place::with_deck(&deck(1));
    let day = |now: &str| {
        let output = place.command("due --json").env("MINDRILL_NOW", now).output().unwrap();
        serde_json::from_slice::<Value>(&output.stdout).unwrap()["today"].clone()
    };
    // New York, 2026-11-01: 02:00 EDT becomes 01:00 EST; the study day starts at 04:00 EST.
    assert_eq!(day("2026-11-01T01:30:00-04:00"), "2026-10-31");
    assert_eq!(day("2026-11-01T01:30:00-05:00"), "2026-10-31");
    assert_eq!(day("2026-11-01T03:59:59-05:00"), "2026-10-31");
    assert_eq!(day("2026-11-01T04:00:00-05:00"), "2026-11-01");
    // Santiago, 2026-09-06: midnight does not exist.
    assert_eq!(day("2026-09-05T23:59:59-04:00"), "2026-09-05");
    assert_eq!(day("2026-09-06T01:00:00-03:00"), "2026-09-05");
}

#[test]
fn completions_and_manual_pages_are_there_and_completing_makes_no_file() {
    let place = Place::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let output = place.run(&format!("completions {shell}"));
        assert!(output.status.success() && output.stdout.len() > 100, "{shell}");
    }
    let complete = |words: &[&str], index: &str| {
        let mut command = place.command("");
        command.env("COMPLETE", "bash").env("_CLAP_COMPLETE_INDEX", index).env("_CLAP_IFS", "\n");
        text(&command.arg("--").arg("mindrill").args(words).output().unwrap().stdout)
    };
    assert_eq!(complete(&["quiz", "ind"], "2"), "indexing");
    assert!(complete(&["answer", "indexing/p"], "2").starts_with("indexing/prefix"));
    assert!(!place.progress().exists());
    for page in ["man", "man quiz"] {
        assert!(text(&place.run(page).stdout).contains(".TH"), "{page}");
    }
}

#[test]
fn every_help_has_examples_and_usage_errors_are_2() {
    let place = Place::new();
    for command in [
        "quiz",
        "due",
        "coverage",
        "why",
        "cards",
        "show",
        "answer",
        "undo",
        "log",
        "map",
        "check",
        "doctor",
        "where",
        "completions",
        "man",
    ] {
        let help = text(&place.run(&format!("{command} --help")).stdout);
        assert!(help.contains("Examples:\n"), "{command}");
        assert!(help.lines().all(|line| line.chars().count() <= 100), "{command}");
    }
    assert_eq!(place.run("quizz").status.code(), Some(2));
    assert_eq!(place.run("answer covering").status.code(), Some(2));
}

#[test]
fn without_a_home_the_error_names_the_way_out() {
    let place = Place::new();
    let mut command = Command::new(env!("CARGO_BIN_EXE_mindrill"));
    let output = command
        .env_clear()
        .env("HOME", "/proc/nothing")
        .env("MINDRILL_COLLECTION", &place.collection)
        .args(["answer", "covering", "-g", "4"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("/proc/nothing"), "{}", text(&output.stderr));
    fs::create_dir_all(place.folder.path().join(".config/mindrill")).unwrap();
    fs::write(place.folder.path().join(".config/mindrill/config.toml"), "new_per_dy = 3\n").unwrap();
    let output = place.run("due");
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("new_per_dy"), "{}", text(&output.stderr));
}

/// A sitting in a pseudo-terminal after its first answer, waiting at the second question.
fn seated(place: &Place) -> expectrl::session::OsSession {
    // A new pseudo-terminal does not echo: the one of a person does.
    let mut command = Command::new("sh");
    command.args(["-c", "stty echo; exec \"$0\" quiz", env!("CARGO_BIN_EXE_mindrill")]);
    command.env_clear().env("PATH", "/usr/bin:/bin").env("TERM", "xterm-256color").env("LANG", "C.UTF-8");
    command.env("MINDRILL_COLLECTION", &place.collection).env("MINDRILL_PROGRESS", place.progress());
    let mut session = expectrl::Session::spawn(command).unwrap();
    session.set_expect_timeout(Some(PATIENCE));
    session.get_process_mut().set_window_size(80, 24).unwrap();
    session.expect("Enter shows the answer").unwrap();
    session.send("\r").unwrap();
    session.expect("4 easy").unwrap();
    session.send("3").unwrap();
    session.expect("1 done").unwrap();
    session.expect("Enter shows the answer").unwrap();
    session
}

/// The status with which a sitting ends; the terminal must echo again and its cursor be visible.
fn end_of(mut session: expectrl::session::OsSession) -> i32 {
    let rest = session.expect(expectrl::Eof).unwrap();
    let seen = text(rest.before());
    assert!(seen.rfind("\u{1b}[?25l") <= seen.rfind("\u{1b}[?25h"), "the cursor is hidden after {seen:?}");
    for _ in 0..1_000 {
        match session.get_process().status().unwrap() {
            WaitStatus::Exited(_, code) => {
                assert!(session.get_process().is_echo().unwrap(), "no echo after {seen:?}");
                return code;
            }
            WaitStatus::StillAlive => std::thread::sleep(Duration::from_millis(5)),
            other => panic!("{other:?} after {seen:?}"),
        }
    }
    panic!("still alive after {seen:?}");
}

#[test]
fn a_sitting_in_a_terminal_keeps_its_answers_whatever_ends_it() {
    let ways: [(&str, Option<Signal>, i32); 5] = [
        ("q", None, 0),
        ("\u{3}", None, 130),
        ("", Some(Signal::SIGINT), 130),
        ("", Some(Signal::SIGTERM), 143),
        ("", Some(Signal::SIGHUP), 129),
    ];
    for (keys, signal, code) in ways {
        let place = Place::with_deck(&deck(3));
        let mut session = seated(&place);
        session.send(keys).unwrap();
        if let Some(signal) = signal {
            kill(Pid::from_raw(session.get_process().pid().as_raw()), signal).unwrap();
        }
        assert_eq!(end_of(session), code, "{keys:?} {signal:?}");
        assert_eq!(place.json("log").len(), 1, "{keys:?} {signal:?}");
        assert_eq!(place.json("doctor")[0]["sound"], true);
    }
}

#[test]
fn a_terminal_that_is_closed_ends_the_sitting_and_keeps_its_answers() {
    let place = Place::with_deck(&deck(3));
    drop(seated(&place));
    assert_eq!(place.json("log").len(), 1);
    assert_eq!(place.json("doctor")[0]["sound"], true);
}
