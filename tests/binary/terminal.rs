//! Sittings in a real pseudo-terminal: whatever ends them, and in windows narrow and wide.

use std::fs::File;
use std::io::{Read, Write};
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use expectrl::Expect as _;
use expectrl::process::Termios as _;
use expectrl::process::unix::WaitStatus;
use expectrl::session::OsSession;
use nix::fcntl::{FcntlArg, FdFlag, fcntl};
use nix::pty::openpty;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::place::{MINDRILL, PATIENCE, Place, SOUND, deck, ended, text, wait};

/// Rows of every window: not what a new pseudo-terminal has.
const ROWS: u16 = 30;

/// A command in a pseudo-terminal of that many columns.
fn seat(place: &Place, words: &str, columns: u16, environment: &[(&str, &str)]) -> OsSession {
    // A new pseudo-terminal does not echo: the one of a person does. The program starts when its size is set.
    let script = format!(
        "until [ \"$(stty size)\" = '{ROWS} {columns}' ]; do sleep 0.01; done; stty echo; exec \"$0\" {words}"
    );
    let mut command = Command::new("sh");
    place.furnish(&mut command);
    command.env("TERM", "xterm-256color").envs(environment.iter().copied());
    command.args(["-c", &script, MINDRILL]).stdin(Stdio::inherit());
    let mut session = expectrl::Session::spawn(command).unwrap();
    session.set_expect_timeout(Some(PATIENCE));
    session.get_process_mut().set_window_size(columns, ROWS).unwrap();
    session
}

/// A sitting after its first answer, waiting at the second question.
fn seated(place: &Place) -> OsSession {
    let mut session = seat(place, "quiz", 80, &[]);
    session.expect("Enter shows the answer").unwrap();
    session.send("\r").unwrap();
    session.expect("4 easy").unwrap();
    session.send("3").unwrap();
    session.expect("1 done").unwrap();
    session.expect("Enter shows the answer").unwrap();
    session
}

/// The status with which a program ends and what it showed last; the terminal must echo again, its cursor be visible.
fn end_of(mut session: OsSession) -> (i32, String) {
    let rest = session.expect(expectrl::Eof).unwrap();
    let seen = text(rest.before()) + &text(rest.get(0).unwrap_or_default());
    assert!(seen.rfind("\u{1b}[?25l") <= seen.rfind("\u{1b}[?25h"), "the cursor is hidden after {seen:?}");
    for _ in 0..1_000 {
        match session.get_process().status().unwrap() {
            WaitStatus::Exited(_, code) => {
                assert!(session.get_process().is_echo().unwrap(), "no echo after {seen:?}");
                return (code, seen);
            }
            WaitStatus::StillAlive => std::thread::sleep(Duration::from_millis(5)),
            other => panic!("{other:?} after {seen:?}"),
        }
    }
    panic!("still alive after {seen:?}");
}

#[test]
fn a_sitting_opens_with_the_interview_and_what_today_is_for() {
    let place = Place::with_deck(&deck(3));
    assert!(!place.says("quiz").contains("Interview"), "none is set");
    place.says("interview set +12 --name Acme");
    assert!(!place.says("quiz").contains("Interview"), "a pipe wants questions only");
    let mut session = seat(&place, "quiz", 80, &[]);
    session.expect("Interview Acme in 12 days · today's plan: 1 new").unwrap();
    session.expect("Enter shows the answer").unwrap();
    session.send("q").unwrap();
    assert_eq!(end_of(session).0, 0);
}

#[test]
fn ctrl_c_is_answered_on_a_row_of_its_own_and_is_no_error() {
    for kind in ["flashcard", "choice", "typed", "order", "true-false", "explain", "cloze"] {
        let place = Place::new();
        let mut session = seat(&place, &format!("quiz --kind {kind}"), 80, &[]);
        session.expect(expectrl::Regex("[?] keys|Esc more")).unwrap();
        std::thread::sleep(Duration::from_millis(50));
        session.send("\u{3}").unwrap();
        let (code, seen) = end_of(session);
        assert_eq!(code, 130, "{kind}");
        assert!(seen.ends_with("\ninterrupted; every answer is saved\r\n"), "{kind}: {seen:?}");
        assert!(!seen.contains("error"), "{kind}: {seen:?}");
    }
}

#[test]
fn a_sitting_keeps_its_answers_whatever_ends_it() {
    let ways: [(&str, Option<Signal>, i32); 7] = [
        ("q", None, 0),
        ("\u{4}", None, 0),
        ("\u{3}", None, 130),
        ("", Some(Signal::SIGINT), 130),
        ("", Some(Signal::SIGTERM), 143),
        ("", Some(Signal::SIGHUP), 129),
        ("", Some(Signal::SIGQUIT), 131),
    ];
    for (keys, signal, code) in ways {
        let place = Place::with_deck(&deck(3));
        let mut session = seated(&place);
        session.send(keys).unwrap();
        if let Some(signal) = signal {
            kill(Pid::from_raw(session.get_process().pid().as_raw()), signal).unwrap();
        }
        assert_eq!(end_of(session).0, code, "{keys:?} {signal:?}");
        assert_eq!(place.health(), (true, 1), "{keys:?} {signal:?}");
    }
}

/// A sitting whose terminal is closed at its second question.
fn hung_up(place: &Place, mut command: Command) -> ExitStatus {
    let pty = openpty(None, None).unwrap();
    fcntl(&pty.master, FcntlArg::F_SETFD(FdFlag::FD_CLOEXEC)).unwrap();
    place.furnish(&mut command);
    command.env("TERM", "xterm-256color").stderr(Stdio::null());
    command.stdin(pty.slave.try_clone().unwrap()).stdout(pty.slave);
    let mut child = command.spawn().unwrap();
    drop(command);
    let mut terminal = File::from(pty.master);
    // A thread of its own: where nothing comes, the wait below ends the program and so the thread.
    std::thread::spawn(move || {
        for (wanted, keys) in [("Enter shows the answer", "\r"), ("4 easy", "3"), ("1 done", "")] {
            let (mut seen, mut bytes) = (String::new(), [0; 4096]);
            while !seen.contains(wanted) {
                let Ok(count @ 1..) = terminal.read(&mut bytes) else { return };
                seen += &text(&bytes[..count]);
            }
            let _ = terminal.write_all(keys.as_bytes());
        }
    });
    wait(&mut child)
}

#[test]
fn a_terminal_that_is_closed_ends_the_sitting_and_keeps_its_answers() {
    let mut of_its_own = Command::new("setsid");
    of_its_own.args(["--ctty", MINDRILL, "quiz"]);
    // Where it is not the controlling terminal no signal comes, as under `nohup`.
    let mut borrowed = Command::new(MINDRILL);
    borrowed.arg("quiz");
    for (name, command) in [("its own", of_its_own), ("borrowed", borrowed)] {
        let place = Place::with_deck(&deck(3));
        let status = hung_up(&place, command);
        assert!(matches!(status.code(), Some(0 | 129)), "{name}: {status:?}");
        assert_eq!(place.health(), (true, 1), "{name}");
    }
}

/// What a report shows on a terminal of that width.
fn shown(place: &Place, words: &str, columns: u16, environment: &[(&str, &str)]) -> String {
    let (code, seen) = end_of(seat(place, words, columns, environment));
    assert_eq!(code, 0, "{words}: {seen}");
    seen
}

/// Reports whose lines are laid out for the width of the terminal.
const REPORTS: [&str; 15] = [
    "\"\"",
    "due",
    "coverage",
    "coverage --depth 9",
    "why .",
    "why indexing",
    "why prefix",
    "cards",
    "show indexing",
    "show indexing --answer",
    "map show",
    "map check",
    "log",
    "doctor",
    "where",
];

#[test]
fn reports_fit_forty_columns_and_use_two_hundred() {
    let place = Place::new();
    for card in ["covering", "prefix", "skew"] {
        place.says(&format!("answer {card} -g 4"));
    }
    for words in REPORTS {
        let words = if words == "\"\"" { "" } else { words };
        for columns in [40, 200] {
            let seen = shown(&place, words, columns, &[]);
            for line in seen.lines() {
                let width = console::measure_text_width(line);
                assert!(width <= usize::from(columns), "{words} at {columns}: {width} in {line:?}");
            }
        }
    }
    let lines = |columns| shown(&place, "show indexing", columns, &[]).lines().count();
    assert!(lines(200) < lines(40));
}

#[test]
fn a_terminal_is_coloured_unless_it_is_dumb_or_told_not_to_be() {
    let place = Place::new();
    let coloured =
        |words: &str, environment: &[(&str, &str)]| shown(&place, words, 80, environment).contains("\u{1b}[");
    assert!(coloured("coverage", &[]));
    assert!(coloured("coverage", &[("NO_COLOR", "")]));
    assert!(!coloured("coverage", &[("NO_COLOR", "1")]));
    assert!(!coloured("coverage", &[("TERM", "dumb")]));
    assert!(!coloured("coverage --color never", &[]));
    assert!(coloured("coverage --color always", &[("NO_COLOR", "1"), ("TERM", "dumb")]));
}

#[test]
fn a_dumb_terminal_is_asked_by_lines_without_an_escape() {
    let place = Place::new();
    let mut session = seat(&place, "quiz -n 1 --kind choice", 80, &[("TERM", "dumb")]);
    let before = session.expect("answer").unwrap();
    let before = text(before.before());
    session.send("q\n").unwrap();
    let (code, after) = end_of(session);
    assert_eq!(code, 0);
    assert!(!before.contains('\u{1b}') && !after.contains('\u{1b}'), "{before:?} {after:?}");
}

#[test]
fn in_a_locale_without_unicode_our_own_signs_are_ascii() {
    let place = Place::with_deck(&deck(3));
    place.says("answer c0 -g 4");
    for locale in ["C", "POSIX", "en_US.ISO-8859-1"] {
        for words in [
            "",
            "due",
            "coverage",
            "why leaf",
            "why c0",
            "map show",
            "log",
            "doctor",
            "undo",
            "answer c1 -g 3",
        ] {
            let seen = shown(&place, words, 80, &[("LANG", locale)]);
            assert!(seen.is_ascii(), "{words} in {locale}: {seen}");
        }
    }
    let sat = ended(place.command("quiz").env("LANG", "C").stdin(Stdio::piped()), "?\n\n3\nu\n\n3\n");
    assert!(sat.stdout.is_ascii(), "{}", text(&sat.stdout));
}

#[test]
fn a_changed_answer_is_asked_about_once_before_the_question() {
    // What is pressed, what is logged for it, how many answers count in the end, and whether it stays open.
    let table = [("1", Some("keep"), 2, 0), ("2", Some("restart"), 1, 0), ("s", None, 2, 1)];
    for (keys, row, answers, open) in table {
        let place = Place::with_deck(&deck(1));
        place.says("answer c0 -g 4");
        std::fs::write(place.deck(), deck(1).replace("answer = \"a\"", "answer = \"bee\"")).unwrap();
        let mut session = seat(&place, "quiz --cram", 80, &[]);
        session.expect("1 answer was changed: run `mindrill relink`").unwrap();
        session.expect("was changed since you gave it.").unwrap();
        session.expect("start afresh").unwrap();
        session.send(keys).unwrap();
        session.expect("Enter shows the answer").unwrap();
        let logged = place.json("log");
        assert_eq!(logged.get(1).and_then(|row| row["kind"].as_str()), row, "on disk before the question");
        if row.is_some() {
            session.send("u").unwrap();
            session.expect("taken back").unwrap();
            session.expect("was changed since you gave it").unwrap();
            session.expect("start afresh").unwrap();
            session.send(keys).unwrap();
            session.expect("Enter shows the answer").unwrap();
        }
        session.send("\r").unwrap();
        session.expect("4 easy").unwrap();
        session.send("3").unwrap();
        assert_eq!(end_of(session).0, 0, "{row:?}");
        assert_eq!(place.json("why c0")[0]["answers"], answers, "{row:?}");
        assert_eq!(place.json("relink")[0]["changed"].as_array().unwrap().len(), open, "{row:?}");
        assert!(place.health().0);
    }
}

#[test]
fn a_reply_is_kept_however_the_learner_leaves_at_the_tap() {
    for (key, code) in [("q", 0), ("\u{3}", 130)] {
        let place = Place::with_deck(&typed());
        let mut session = seat(&place, "quiz --confidence", 80, &[]);
        session.expect("type it").unwrap();
        session.send("a\r").unwrap();
        session.expect("are you sure?").unwrap();
        session.send(key).unwrap();
        assert_eq!(end_of(session).0, code, "{key:?}");
        let log = place.json("log");
        assert_eq!(log.len(), 1, "{key:?}: {log:?}");
        assert_eq!((log[0]["grade"].as_u64(), log[0]["reply"].as_str()), (Some(4), Some("a")), "{key:?}");
        assert!(log[0]["confidence"].is_null(), "{key:?}");
    }
}

#[test]
fn the_time_of_the_tap_is_no_part_of_the_answers_time() {
    const PAUSE: Duration = Duration::from_millis(1_500);
    let place = Place::with_deck(&typed());
    #[expect(clippy::disallowed_methods, reason = "a pause of a test is measured on the real clock")]
    let begun = Instant::now();
    let mut session = seat(&place, "quiz --confidence", 80, &[("MINDRILL_NOW", "")]);
    session.expect("type it").unwrap();
    session.send("a\r").unwrap();
    session.expect("are you sure?").unwrap();
    std::thread::sleep(PAUSE);
    session.send("+").unwrap();
    session.expect("Enter goes on").unwrap();
    let whole = begun.elapsed();
    session.send("q").unwrap();
    assert_eq!(end_of(session).0, 0);
    let row = &place.json("log")[0];
    let answer = Duration::from_millis(row["elapsed_ms"].as_u64().unwrap());
    assert!(answer + PAUSE <= whole, "{answer:?} of {whole:?}");
    assert_eq!(row["confidence"], "sure");
}

/// A deck of one typed card, answered by `a`.
fn typed() -> String {
    deck(1).replace("flashcard", "typed").replace("answer = \"a\"", "accept = [\"a\"]")
}

/// An editor that runs these lines of a shell script on the file it is given, one set of lines at each call.
fn editor(place: &Place, calls: &[&str]) -> String {
    let cases: String = calls
        .iter()
        .enumerate()
        .map(|(call, lines)| format!("{call}) {lines};;\n"))
        .collect::<Vec<_>>()
        .concat();
    let script = format!(
        "#!/bin/sh\ncd \"$(dirname \"$0\")\"\ncall=$(cat calls 2>/dev/null || echo 0)\necho $((call + 1)) >calls\n\
         echo \"$1\" >>lines\ncp \"$2\" \"given.$call\"\ncase $call in\n{cases}esac\n"
    );
    let path = place.path().join("editor.sh");
    std::fs::write(&path, script).unwrap();
    format!("sh {}", path.display())
}

fn kept(place: &Place, name: &str) -> String {
    std::fs::read_to_string(place.path().join(name)).unwrap()
}

#[test]
fn an_edit_with_errors_comes_back_with_them_as_comments_until_it_is_sound() {
    let place = Place::with_deck(&deck(2));
    let wanted = kept(&place, "decks/deck.toml").replace("id = \"c1\"", "id = \"renamed\"");
    let editor =
        editor(&place, &["sed -i 's/id = \"c1\"/id = \"a b\"/' \"$2\"", "sed -i 's/a b/renamed/' \"$2\""]);
    let (code, seen) = end_of(seat(&place, "edit deck/c1", 80, &[("EDITOR", &editor)]));
    assert_eq!(code, 0, "{seen}");
    assert!(seen.contains("saved `"), "{seen}");
    assert_eq!(kept(&place, "decks/deck.toml"), wanted);
    let (first, second) = (kept(&place, "given.0"), kept(&place, "given.1"));
    assert!(!first.contains("#!"));
    let remark = second.lines().position(|line| line.starts_with("#! error: ")).unwrap();
    assert!(second.lines().skip(remark).any(|line| line == "id = \"a b\""), "{second}");
    assert_eq!(kept(&place, "lines").lines().nth(1), Some(format!("+{}", remark + 1).as_str()));
    assert!(!place.collection.join(".draft").exists(), "no draft is left");
}

#[test]
fn an_edit_that_mends_a_flagged_card_lowers_its_flag_and_says_so() {
    let flagged = |place: &Place| -> Vec<String> {
        place.json("cards --flagged").iter().map(|card| card["card"].to_string()).collect()
    };
    let place = Place::with_deck(SOUND);
    let mut session = seat(&place, "quiz", 80, &[]);
    for _ in 0..2 {
        session.expect("Enter shows the answer").unwrap();
        session.send("!").unwrap();
        session.expect("a note in one line").unwrap();
        session.send("odd\r").unwrap();
        session.expect("flagged `deck/").unwrap();
    }
    assert_eq!(end_of(session).0, 0);
    assert_eq!(flagged(&place), ["\"deck/c0\"", "\"deck/c1\""]);
    let changes = editor(&place, &["sed -i 's/Inserts between/New rows between/' \"$2\""]);
    let (code, seen) = end_of(seat(&place, "edit deck/c0", 80, &[("EDITOR", &changes)]));
    assert_eq!(code, 0, "{seen}");
    assert!(seen.contains("flag of `deck/c0` is lowered"), "{seen}");
    assert!(!seen.contains("deck/c1`"), "what was not touched stays flagged: {seen}");
    assert_eq!(flagged(&place), ["\"deck/c1\""]);

    std::fs::remove_file(place.path().join("calls")).unwrap();
    let remarks = editor(&place, &["sed -i '1i # a remark' \"$2\""]);
    let (_, seen) = end_of(seat(&place, "edit deck/c1", 80, &[("EDITOR", &remarks)]));
    assert!(seen.contains("saved `") && !seen.contains("lowered"), "{seen}");
    assert_eq!(flagged(&place), ["\"deck/c1\""], "its lines moved, its text did not change");
}

#[test]
fn an_edit_that_is_left_with_errors_keeps_the_draft_and_goes_on_with_it() {
    let place = Place::with_deck(&deck(2));
    let before = kept(&place, "decks/deck.toml");
    let broken = editor(&place, &["sed -i 's/^kind/kin/' \"$2\""]);
    let mut session = seat(&place, "edit deck", 80, &[("EDITOR", &broken)]);
    session.expect("y writes the deck as it is").unwrap();
    session.send("n").unwrap();
    let (code, seen) = end_of(session);
    assert_eq!(code, 0, "{seen}");
    assert_eq!(kept(&place, "decks/deck.toml"), before);
    let draft = kept(&place, "decks/.draft/deck.toml");
    assert!(draft.contains("\nkin = "), "{draft}");
    assert_eq!(place.json("cards").len(), 2, "a draft is no deck");

    std::fs::remove_file(place.path().join("calls")).unwrap();
    let mended = editor(&place, &["sed -i -e 's/^kin /kind /' -e 's/id = \"c0\"/id = \"new\"/' \"$2\""]);
    let mut session = seat(&place, "edit deck", 80, &[("EDITOR", &mended)]);
    session.expect("y goes on with it, n throws it away").unwrap();
    session.send("y").unwrap();
    let (code, seen) = end_of(session);
    assert_eq!(code, 0, "{seen}");
    assert_eq!(kept(&place, "decks/deck.toml"), before.replace("id = \"c0\"", "id = \"new\""));
}

#[test]
fn an_edit_that_changes_nothing_or_fails_leaves_the_deck_as_it_is() {
    let place = Place::with_deck(&deck(1));
    let before = kept(&place, "decks/deck.toml");
    for (lines, code, said, is_kept) in [
        (":", 0, "nothing was changed", false),
        ("false", 1, "ended with exit status: 1", false),
        ("echo '# more' >>\"$2\"; exit 3", 1, "what you wrote is kept", true),
        ("printf '\\377' >\"$2\"", 1, "is not UTF-8", true),
    ] {
        drop(std::fs::remove_file(place.path().join("calls")));
        drop(std::fs::remove_dir_all(place.collection.join(".draft")));
        let editor = editor(&place, &[lines]);
        let (ended, seen) = end_of(seat(&place, "edit deck", 80, &[("EDITOR", &editor)]));
        assert_eq!(ended, code, "{lines}: {seen}");
        assert!(seen.contains(said), "{lines}: {seen}");
        assert_eq!(kept(&place, "decks/deck.toml"), before, "{lines}");
        assert_eq!(place.collection.join(".draft").exists(), is_kept, "{lines}");
    }
}

#[test]
fn a_deck_that_someone_else_changed_meanwhile_is_not_overwritten() {
    let place = Place::with_deck(&deck(1));
    let editor = editor(&place, &["echo '# mine' >>\"$2\"; echo '# theirs' >>decks/deck.toml"]);
    let (code, seen) = end_of(seat(&place, "edit deck", 80, &[("EDITOR", &editor)]));
    assert_eq!(code, 1, "{seen}");
    assert!(seen.contains("was changed by someone else meanwhile"), "{seen}");
    assert!(kept(&place, "decks/deck.toml").ends_with("# theirs\n"));
    assert!(kept(&place, "decks/.draft/deck.toml").ends_with("# mine\n"));
}

#[test]
fn a_leaf_is_picked_from_a_list_and_its_deck_opened() {
    let place = Place::with_deck(&deck(1));
    std::fs::write(
        place.collection.join("skill-map.mmd"),
        "mindmap\n  root\n    leaf\n    other leaf\n    日本\n",
    )
    .unwrap();
    let editor = editor(&place, &[":"]);
    let mut session = seat(&place, "new --edit", 40, &[("EDITOR", &editor)]);
    session.expect("2 of 2").unwrap();
    session.send("日").unwrap();
    session.expect("1 of 2").unwrap();
    session.send("\r").unwrap();
    let (code, seen) = end_of(session);
    assert_eq!(code, 0, "{seen}");
    assert!(kept(&place, "decks/日本.toml").contains("node = \"日本\""));
    let mut session = seat(&place, "new", 40, &[]);
    session.expect("1 of 1").unwrap();
    session.send("\u{1b}").unwrap();
    let (code, seen) = end_of(session);
    assert_eq!(code, 0, "{seen}");
    assert!(seen.contains("nothing was made"), "{seen}");
}

#[test]
fn a_watched_preview_clears_the_screen_of_a_terminal_and_ends_at_ctrl_c() {
    let place = Place::with_deck(&deck(1));
    let mut session = seat(&place, "preview decks/deck.toml --watch", 80, &[]);
    session.expect("deck/c0").unwrap();
    std::fs::write(place.deck(), deck(2)).unwrap();
    session.expect("\u{1b}[2J").unwrap();
    session.expect("deck/c1").unwrap();
    session.expect("1 card as before").unwrap();
    session.send("\u{3}").unwrap();
    let seen = session.expect(expectrl::Eof).unwrap();
    assert!(!text(seen.before()).contains("error"), "{:?}", text(seen.before()));
}
