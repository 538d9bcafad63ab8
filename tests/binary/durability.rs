//! No answer is lost: killed at any moment, two at once, on a full disk.

use std::fs;
use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::place::{MINDRILL, Place, Talk, deck, ended, text, wait};

/// How many answers a sitting is sent at once: more than it can take before it is killed.
const AHEAD: usize = 2_000;
/// When sittings are killed: before they ask, so many milliseconds after their start ...
const KILLED_AFTER_START_MS: [u64; 3] = [2, 9, 23];
/// ... and at each stage of an answer, so many milliseconds after their first question.
const KILLED_AFTER_QUESTION_MS: [u64; 9] = [0, 1, 2, 5, 13, 21, 34, 55, 89];

/// Starts a sitting, answers as fast as it asks, kills it; gives how many questions were shown.
fn killed(place: &Place, (words, answer, question): (&str, &str, &str), delay: Delay) -> usize {
    let mut sitting = Talk::start(&mut place.command(words));
    let mut stdin = sitting.child.stdin.take().unwrap();
    let answers = answer.repeat(AHEAD);
    std::thread::spawn(move || stdin.write_all(answers.as_bytes()));
    let mut shown = String::new();
    if let Delay::AfterQuestion(_) = delay {
        while !shown.contains(question) {
            shown += &sitting.line().unwrap();
        }
    }
    let (Delay::AfterStart(ms) | Delay::AfterQuestion(ms)) = delay;
    std::thread::sleep(Duration::from_millis(ms));
    sitting.child.kill().unwrap();
    wait(&mut sitting.child);
    while let Some(line) = sitting.line() {
        shown += &line;
    }
    shown.matches(question).count()
}

/// From when the time to the kill is measured, in milliseconds.
#[derive(Debug, Clone, Copy)]
enum Delay {
    AfterStart(u64),
    AfterQuestion(u64),
}

#[test]
fn a_sitting_killed_at_any_moment_keeps_every_answer_whose_next_question_was_shown() {
    let ways = [
        ("quiz --new 900", "\n3\n", "Enter shows the answer"),
        ("quiz --new 900 --json", "{\"grade\":4}\n", "\"event\":\"question\""),
    ];
    let delays = KILLED_AFTER_START_MS.map(Delay::AfterStart).into_iter();
    let delays: Vec<Delay> = delays.chain(KILLED_AFTER_QUESTION_MS.map(Delay::AfterQuestion)).collect();
    for way in ways {
        let place = Place::with_deck(&deck(900));
        let (mut logged, mut shown) = (0, 0);
        for delay in &delays {
            let questions = killed(&place, way, *delay);
            shown += questions;
            let (sound, entries) = place.health();
            assert!(sound, "{} killed {delay:?}", way.0);
            let kept = entries - logged;
            // The last one may be on disk without its verdict having been shown.
            let bounds = questions.saturating_sub(1)..=questions;
            assert!(bounds.contains(&kept), "{} killed {delay:?}: {kept} of {questions}", way.0);
            logged = entries;
        }
        assert!(shown > KILLED_AFTER_QUESTION_MS.len() + 3, "{}: the kills came before any answer", way.0);
        assert_eq!(place.json("log").len(), logged);
        let next = place.hears(&format!("{} -n 2", way.0), &way.1.repeat(2));
        assert!(next.status.success() && place.health() == (true, logged + 2), "{}", text(&next.stderr));
    }
}

#[test]
fn two_sittings_at_once_lose_nothing_and_hear_nothing_of_locks() {
    const CARDS: usize = 40;
    let place = Place::with_deck(&deck(CARDS));
    let mut two = ["1", "2"].map(|seed| {
        let mut command = place.command(&format!("quiz --json --new 40 --seed {seed}"));
        Talk::start(command.stderr(Stdio::piped()))
    });
    for sitting in &mut two {
        sitting.expect("question");
    }
    // From here on both go as fast as they can.
    for sitting in &mut two {
        for _ in 0..CARDS {
            sitting.grade(4);
        }
    }
    for mut sitting in two {
        let events = sitting.rest();
        assert_eq!(events.iter().filter(|event| event["event"] == "verdict").count(), CARDS);
        assert!(wait(&mut sitting.child).success());
        let mut told = String::new();
        sitting.child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
        assert_eq!(told, "");
    }
    let kinds: Vec<_> = place.json("log").iter().map(|row| row["kind"].clone()).collect();
    assert_eq!(kinds.len(), 2 * CARDS);
    assert_eq!(
        kinds.iter().filter(|kind| **kind == "drill").count(),
        CARDS,
        "the second of a day is a drill"
    );
    assert!(place.health().0);
}

#[test]
fn an_answer_beside_a_sitting_waits_for_nobody() {
    let place = Place::with_deck(&deck(3));
    let mut sitting = Talk::sitting(&place, "");
    sitting.expect("question");
    place.says("answer c2 -g 4");
    place.says("undo");
    for words in ["due", "coverage", "log", "doctor"] {
        place.says(words);
    }
    sitting.grade(4);
    sitting.expect("verdict");
    sitting.say("{\"do\":\"quit\"}");
    assert_eq!(sitting.rest().last().unwrap()["event"], "summary");
    assert_eq!(place.health(), (true, 3));
}

/// Sits until there is no room left, looks at what was kept, makes room, and sits on: program, place, disk.
const FULL_DISK: &str = r#"
cd "$3"
{ yes '{"grade":4}' | { eval "$LIMIT"; "$1" quiz --json --cram; echo "status $?"; }; } 2> "$2/told" | cat > "$2/sitting"
"$1" doctor --json > "$2/doctor"; "$1" log --json > "$2/log"
rm -f fill; echo '{"grade":4}' | "$1" quiz --json --cram -n 1 > "$2/again"
"#;

/// Plays the script by the words of a shell that lead to it.
fn full(way: &str, limit: &str) {
    let place = Place::with_deck(&deck(3_000));
    let disk = place.path().join("disk");
    let script = place.path().join("script");
    fs::create_dir(&disk).unwrap();
    fs::write(&script, FULL_DISK).unwrap();
    let mut command = Command::new("sh");
    place.furnish(&mut command);
    command.env("MINDRILL_PROGRESS", disk.join("progress.db")).env("LIMIT", limit).env("SCRIPT", script);
    command.args(["-c", way, "sh", MINDRILL]).arg(place.path()).arg(&disk);
    let output = ended(&mut command, "");
    assert!(output.status.success(), "{way}: {}", text(&output.stderr));
    let read = |name: &str| fs::read_to_string(place.path().join(name)).unwrap();
    let (sitting, told) = (read("sitting"), read("told"));
    assert!(sitting.ends_with("status 1\n"), "{way}: {told}");
    assert!(told.starts_with("error: ") && told.contains("progress.db") && told.contains("hint: "), "{told}");
    assert!(told.matches("is full\n").count() <= 1, "a cause is told once: {told}");
    let verdicts = sitting.matches("\"event\":\"verdict\"").count();
    assert!((2..3_000).contains(&verdicts), "{way}: {verdicts}");
    assert_eq!(read("log").lines().count(), verdicts, "{way}");
    assert!(read("doctor").contains("\"sound\":true"), "{way}: {}", read("doctor"));
    assert!(read("again").contains("\"event\":\"summary\""), "{way}: {}", read("again"));
}

#[test]
fn a_full_disk_in_the_middle_of_a_sitting_keeps_what_was_answered() {
    let tried = Command::new("unshare").args(["-m", "mount", "-t", "tmpfs", "none", "/mnt"]).output();
    if !tried.is_ok_and(|output| output.status.success()) {
        // No disk of one's own can be had here; the limit of the next test must do.
        return;
    }
    let disk = "mount -t tmpfs -o size=400k none \"$3\" && head -c 150000 /dev/zero > \"$3/fill\"";
    full(&format!("exec unshare -m sh -c '{disk} && exec sh \"$SCRIPT\" \"$@\"' sh \"$@\""), "");
}

#[test]
fn a_limit_on_the_size_of_files_in_the_middle_of_a_sitting_keeps_what_was_answered() {
    full("exec sh \"$SCRIPT\" \"$@\"", "trap '' XFSZ; ulimit -f 600");
}
