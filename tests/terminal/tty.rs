//! Keys, menus, signals and windows on a real pseudo-terminal.

use std::process::Stdio;
use std::time::{Duration, Instant};

use nix::fcntl::{FcntlArg, FdFlag, fcntl};
use nix::pty::openpty;
use nix::sys::signal::Signal;

use crate::harness::{Pty, command};

const UP: &str = "\u{1b}[A";
const DOWN: &str = "\u{1b}[B";

/// Sends the keys one after another, each when the program waits for one, and gives what was heard.
fn heard(mode: &str, keys: &[&str]) -> String {
    let mut pty = Pty::start(mode);
    for key in keys {
        pty.expect_raw();
        std::thread::sleep(Duration::from_millis(30));
        pty.send(key);
    }
    pty.expect("HEARD ");
    let before = pty.seen.len();
    let seen = pty.ends_with(0);
    seen[before..].lines().next().unwrap_or_default().trim().to_owned()
}

fn assert_heard(table: &[(&str, &[&str], &str)]) {
    for (mode, keys, expected) in table {
        assert_eq!(heard(mode, keys), *expected, "{mode} with {keys:?}");
    }
}

#[test]
fn a_choice_is_picked_by_digit_or_by_arrows() {
    assert_heard(&[
        ("choose", &["2"], "Picked([1])"),
        ("choose", &["9", "x", "3"], "Picked([2])"),
        ("choose", &[DOWN, "\r"], "Picked([0])"),
        ("choose", &[DOWN, DOWN, "\r"], "Picked([1])"),
        ("choose", &[UP, "\r"], "Picked([2])"),
        ("choose", &["\u{1b}OA", "\r"], "Picked([2])"),
        ("choose", &["\r", "j", "j", " "], "Picked([2])"),
        // Ctrl-Left and Shift-F5: nothing of the sequence is taken for a digit.
        ("choose", &["\u{1b}[1;5D", "\u{1b}[15;2~", "3"], "Picked([2])"),
    ]);
}

#[test]
fn labels_wider_than_the_window_are_cut_and_drawn_once() {
    for (width, mode) in [(80, "long"), (40, "long"), (40, "several-long")] {
        let mut pty = Pty::start_in(mode, "xterm", (width, 24));
        for _ in 0..4 {
            pty.expect_raw();
            std::thread::sleep(Duration::from_millis(30));
            pty.send(DOWN);
        }
        pty.send(" \r");
        pty.expect("HEARD ");
        let seen = pty.ends_with(0);
        assert!(!seen.contains("END"), "{seen:?}");
        for row in seen.split(['\n', '\r']) {
            assert!(console::measure_text_width(row) < usize::from(width), "{row:?}");
        }
    }
}

#[test]
fn a_menu_longer_than_the_window_is_paged() {
    let mut pty = Pty::start_in("many", "xterm", (40, 10));
    pty.expect_raw();
    pty.send(UP);
    pty.expect("> 40. item 40");
    pty.send("\r");
    pty.expect("HEARD Picked([39])");
    pty.ends_with(0);
}

#[test]
fn several_are_ticked_and_an_order_is_arranged() {
    assert_heard(&[
        ("several", &[" ", DOWN, DOWN, " ", "\r"], "Picked([0, 2])"),
        ("several", &["\r", " ", "\r"], "Picked([0])"),
        ("tick", &["\r"], "Picked([])"),
        ("tick", &[DOWN, " ", "\r"], "Picked([1])"),
        ("arrange", &["\r"], "Picked([0, 1, 2])"),
        ("arrange", &[" ", DOWN, DOWN, " ", "\r"], "Picked([1, 2, 0])"),
    ]);
}

#[test]
fn text_is_typed_in_any_script() {
    assert_heard(&[
        ("type", &["B", "-", "t", "\r"], "Typed(\"B-t\")"),
        ("type", &["é日本🙂\r"], "Typed(\"é日本🙂\")"),
        ("type", &["\r"], "Typed(\"\")"),
        ("type", &["a", "x", "\u{7f}", "b", "\r"], "Typed(\"ab\")"),
        ("type", &["q\r"], "Left"),
        ("type", &["\\q\r"], "Typed(\"q\")"),
        ("type", &["\u{4}"], "Left"),
        ("type", &["\u{1b}", "u"], "Command(Undo)"),
        ("note", &["q\r"], "Typed(\"q\")"),
    ]);
}

#[test]
fn one_key_answers_where_one_is_enough() {
    assert_heard(&[
        ("truth", &["y"], "Truth(true)"),
        ("truth", &["x", "\r", "f"], "Truth(false)"),
        ("reveal", &[" "], "Revealed"),
        ("reveal", &["3", "\r"], "Revealed"),
        ("grade", &["\r", " ", "5", "3"], "Graded(3)"),
        ("next", &["\r"], "Next"),
        ("next", &["4"], "Graded(4)"),
        ("next", &["g"], "Guessed"),
        ("confirm", &["n"], "Truth(false)"),
    ]);
}

#[test]
fn commands_work_in_and_beside_menus() {
    assert_heard(&[
        ("choose", &["u"], "Command(Undo)"),
        ("choose", &["!"], "Command(Flag(None))"),
        ("choose", &["q"], "Left"),
        ("choose", &["\u{4}"], "Left"),
        ("choose", &["?", "h"], "Command(Hint)"),
        ("choose", &["\u{1b}", "s"], "Command(Skip)"),
        ("choose", &["\u{1b}", "x", "2"], "Picked([1])"),
        ("choose", &[DOWN, "\u{1b}", "e"], "Command(Edit)"),
        ("choose", &[DOWN, "q", "q"], "Left"),
        ("several", &["\u{1b}", "u"], "Command(Undo)"),
        ("arrange", &["q", " ", "q", "q"], "Left"),
        ("grade", &["s"], "Command(Skip)"),
        ("grade", &["?", "2"], "Graded(2)"),
        ("reveal", &["\u{1b}", "\u{4}"], "Left"),
        ("reveal", &["\u{4}"], "Left"),
    ]);
}

#[test]
fn outside_a_sitting_escape_leaves_and_letters_command_nothing() {
    assert_heard(&[
        ("pick", &["2"], "Picked([1])"),
        ("pick", &[DOWN, DOWN, "\r"], "Picked([1])"),
        ("pick", &["u", "s", "3"], "Picked([2])"),
        ("pick", &["\u{1b}"], "Left"),
        ("pick", &[DOWN, "\u{1b}"], "Left"),
        ("pick", &["q"], "Left"),
        ("pick", &["\u{4}"], "Left"),
        ("line", &["q", "\r"], "Typed(\"q\")"),
        ("line", &["\r"], "Typed(\"\")"),
        ("line", &["\u{1b}"], "Left"),
        ("line", &["\u{4}"], "Left"),
        ("confirm", &["u", "\u{1b}"], "Left"),
    ]);
}

#[test]
fn keys_typed_ahead_are_kept_and_not_echoed() {
    let mut pty = Pty::start("reveal+grade+choose");
    pty.expect_raw();
    pty.send("\r32");
    pty.expect("HEARD Revealed");
    pty.expect("HEARD Graded(3)");
    pty.expect("HEARD Picked([1])");
    let seen = pty.ends_with(0);
    assert!(!seen.contains("32"), "{seen:?}");
}

#[test]
fn keys_typed_between_two_questions_are_kept_and_not_echoed() {
    let mut pty = Pty::start("reveal+pause+choose");
    pty.expect_raw();
    pty.send("\r");
    pty.expect("PAUSE");
    pty.send("zzz2");
    pty.expect("HEARD Picked([1])");
    let seen = pty.ends_with(0);
    assert!(!seen.contains("zzz"), "{seen:?}");
}

/// Each prompt that can be interrupted, with the keys that lead into it.
const PROMPTS: [(&str, &[&str]); 8] = [
    ("choose", &[]),
    ("choose", &[DOWN]),
    ("several", &[]),
    ("arrange", &[]),
    ("type", &[]),
    ("type", &["a"]),
    ("grade", &[]),
    ("reveal", &["\u{1b}"]),
];

fn in_each_prompt(mut then: impl FnMut(Pty)) {
    for (mode, keys) in PROMPTS {
        let mut pty = Pty::start(&format!("{mode}!"));
        for key in keys {
            pty.expect_raw();
            std::thread::sleep(Duration::from_millis(30));
            pty.send(key);
        }
        std::thread::sleep(Duration::from_millis(60));
        pty.expect_raw();
        then(pty);
    }
}

#[test]
fn ctrl_c_in_each_prompt_ends_with_130_and_a_sane_terminal() {
    in_each_prompt(|mut pty| {
        pty.send("\u{3}");
        pty.ends_with(130);
    });
}

#[test]
fn signals_in_each_prompt_end_the_program_and_restore_the_terminal() {
    let signals =
        [(Signal::SIGTERM, 143), (Signal::SIGHUP, 129), (Signal::SIGINT, 130), (Signal::SIGQUIT, 131)];
    for (signal, code) in signals {
        in_each_prompt(|mut pty| {
            pty.signal(signal);
            pty.ends_with(code);
        });
    }
}

#[test]
fn a_panic_restores_the_terminal() {
    let mut pty = Pty::start("panic");
    pty.expect("about to panic");
    pty.expect_raw();
    pty.send("\r");
    let seen = pty.ends_with(101);
    assert!(seen.contains("on purpose"), "{seen:?}");
}

#[test]
fn a_stop_by_ctrl_z_draws_the_prompt_again() {
    // The program leads its session, so that the kernel does not really stop it.
    for (mode, prompt) in [("reveal", "Enter shows"), ("choose", "3. gamma"), ("type", "> ")] {
        let mut pty = Pty::start(mode);
        pty.expect(prompt);
        pty.expect_raw();
        pty.send("\u{1a}");
        pty.expect(prompt);
        pty.expect_raw();
        pty.send("\u{4}");
        pty.expect("HEARD Left");
        pty.ends_with(0);
    }
}

#[test]
fn a_window_of_one_cell_in_the_middle_of_a_question_is_survived() {
    for (mode, first, second, reply, expected) in [
        ("choose", DOWN, DOWN, "2\n", "HEARD Picked([1])"),
        ("several", " ", DOWN, "1,3\n", "HEARD Picked([0, 2])"),
        ("arrange", " ", DOWN, "3,1,2\n", "HEARD Picked([2, 0, 1])"),
        ("type", "a", "\u{7f}", "b\n", "HEARD Typed(\"b\")"),
    ] {
        let mut pty = Pty::start(mode);
        pty.expect_raw();
        pty.send(first);
        std::thread::sleep(Duration::from_millis(60));
        pty.expect_raw();
        pty.resize(1, 1);
        pty.send(second);
        pty.expect_cooked();
        pty.send(reply);
        pty.expect(expected);
        let seen = pty.ends_with(0);
        assert!(!seen.contains("panicked"), "{seen:?}");
    }
}

#[test]
fn a_storm_of_sizes_does_no_harm() {
    let mut pty = Pty::start("choose");
    pty.expect_raw();
    pty.send(DOWN);
    for size in [(80, 24), (20, 6), (200, 50), (0, 0), (30, 7), (80, 24)].repeat(20) {
        pty.resize(size.0, size.1);
    }
    pty.send(DOWN);
    pty.send("\r");
    pty.expect("HEARD Picked([1])");
    pty.ends_with(0);
}

#[test]
fn a_tiny_window_and_a_dumb_terminal_are_asked_by_lines_without_an_escape() {
    for (term, size) in [("xterm", (19, 24)), ("xterm", (80, 5)), ("xterm", (1, 1)), ("dumb", (80, 24))] {
        let mut pty = Pty::start_in("choose", term, size);
        pty.expect("answer 1-3");
        pty.expect_cooked();
        pty.send("7\n");
        pty.expect("there is no 7");
        pty.send("2\n");
        pty.expect("HEARD Picked([1])");
        let seen = pty.ends_with(0);
        assert!(!seen.contains('\u{1b}'), "{seen:?}");
    }
    let mut pty = Pty::start_in("next", "dumb", (80, 24));
    pty.expect("Enter goes on");
    pty.send("\n");
    pty.expect("HEARD Next");
    pty.ends_with(0);
}

#[test]
fn without_colours_there_is_none_and_with_them_the_active_item_has_one() {
    let plain = {
        let mut pty = Pty::start("choose");
        pty.expect_raw();
        pty.send(DOWN);
        pty.expect("> 1. alpha");
        pty.send("\r");
        pty.ends_with(0)
    };
    assert!(!plain.contains("\u{1b}[36m") && !plain.contains("\u{1b}[2m"), "{plain:?}");
    let mut pty = Pty::start("choose!");
    pty.expect_raw();
    pty.send(DOWN);
    pty.expect("\u{1b}[36m> 1. alpha");
    pty.send("\r");
    pty.ends_with(0);
}

#[test]
#[cfg(target_os = "linux")]
fn another_program_gets_the_terminal_as_it_was_and_no_blocked_signal() {
    let mut pty = Pty::start("reveal+run+mask+reveal");
    pty.expect_raw();
    pty.send("\r");
    pty.expect("HEARD Revealed");
    pty.expect("HEARD Some(7)");
    pty.expect("HEARD Some(0)");
    pty.expect_raw();
    pty.send("\r");
    let seen = pty.ends_with(0);
    assert!(
        seen.contains("icanon\r\necho\r\n") && !seen.contains("-icanon") && !seen.contains("-echo"),
        "{seen:?}"
    );
    assert!(seen.contains("SigBlk:\t0000000000000000"), "{seen:?}");
}

#[test]
fn a_closed_terminal_ends_the_program_at_once() {
    for keys in ["", "\u{1b}[B"] {
        // Not the controlling terminal: no SIGHUP comes, as under `nohup`.
        let pty = openpty(None, None).unwrap();
        fcntl(&pty.master, FcntlArg::F_SETFD(FdFlag::FD_CLOEXEC)).unwrap();
        let mut child = command("choose", "xterm")
            .stdin(Stdio::from(pty.slave.try_clone().unwrap()))
            .stdout(Stdio::from(pty.slave))
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        nix::unistd::write(&pty.master, b"\n").unwrap();
        std::thread::sleep(Duration::from_millis(500));
        nix::unistd::write(&pty.master, keys.as_bytes()).unwrap();
        std::thread::sleep(Duration::from_millis(100));
        drop(pty.master);
        #[expect(clippy::disallowed_methods, reason = "the patience of a test is measured on the real clock")]
        let started = Instant::now();
        let status = loop {
            if let Some(status) = child.try_wait().unwrap() {
                break status;
            }
            assert!(started.elapsed() < Duration::from_secs(10), "it did not end");
            std::thread::sleep(Duration::from_millis(5));
        };
        assert_eq!(status.code(), Some(0), "with {keys:?}");
    }
}
