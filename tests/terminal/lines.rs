//! Replies by lines: what each question takes, and what it says of what does not fit.

use mindrill::terminal::{Ask, Command, Heard, Lines, MAX_LINE, Terminal, TerminalError};

fn items(count: usize) -> Vec<String> {
    ["alpha", "beta", "gamma", "delta"].iter().take(count).map(|item| (*item).to_owned()).collect()
}

/// What is heard, and what was written.
fn reply(ask: &Ask<'_>, input: &[u8]) -> (Heard, String) {
    let mut lines = Lines::new(input, Vec::new(), 80);
    let heard = lines.ask(ask).unwrap();
    (heard, String::from_utf8(lines.into_output()).unwrap())
}

fn assert_heard(ask: &Ask<'_>, table: &[(&str, Heard)]) {
    for (input, heard) in table {
        assert_eq!(reply(ask, input.as_bytes()).0, *heard, "{ask:?} with {input:?}");
    }
}

fn picked(indices: &[usize]) -> Heard {
    Heard::Picked(indices.to_vec())
}

fn typed(text: &str) -> Heard {
    Heard::Typed(text.to_owned())
}

fn flagged(note: Option<&str>) -> Heard {
    Heard::Command(Command::Flag(note.map(str::to_owned)))
}

#[test]
fn a_choice_takes_one_number_in_range() {
    let four = items(4);
    assert_heard(
        &Ask::Choose(&four),
        &[
            ("2\n", picked(&[1])),
            (" 4 \r\n", picked(&[3])),
            ("1", picked(&[0])),
            ("9\n3\n", picked(&[2])),
            ("0\n3\n", picked(&[2])),
            ("1,2\n3\n", picked(&[2])),
            ("-1\n+\ntwo\n\n99999999999999999999999\n3\n", picked(&[2])),
            ("9\n", Heard::Left),
        ],
    );
}

#[test]
fn several_may_be_given_with_commas_or_spaces_in_any_order() {
    let four = items(4);
    assert_heard(
        &Ask::ChooseSeveral(&four),
        &[
            ("1,3\n", picked(&[0, 2])),
            ("3 1\n", picked(&[0, 2])),
            ("3, 1,,3\n", picked(&[0, 2])),
            ("2\n", picked(&[1])),
            ("\n2\n", picked(&[1])),
            ("1,5\n2\n", picked(&[1])),
        ],
    );
    assert_heard(
        &Ask::Tick(&four),
        &[("\n", picked(&[])), ("4,2\n", picked(&[1, 3])), ("x\n1\n", picked(&[0]))],
    );
}

#[test]
fn an_order_names_each_item_once() {
    let three = items(3);
    assert_heard(
        &Ask::Arrange(&three),
        &[
            ("3,1,2\n", picked(&[2, 0, 1])),
            ("3 1 2\n", picked(&[2, 0, 1])),
            ("1,2\n1,1,2\n1,2,3,3\n\n1,2,3\n", picked(&[0, 1, 2])),
        ],
    );
}

#[test]
fn a_typed_answer_is_any_text_but_a_lone_command() {
    assert_heard(
        &Ask::Type,
        &[
            ("B-tree\n", typed("B-tree")),
            ("\n", typed("")),
            (" two words \n", typed(" two words ")),
            ("日本語\n", typed("日本語")),
            ("q\n", Heard::Left),
            ("\\q\n", typed("q")),
            ("\\\\q\n", typed("\\q")),
            ("\\?\n", typed("?")),
            ("\\! note\n", typed("! note")),
            ("\\d+\n", typed("\\d+")),
            ("\\\n", typed("\\")),
            ("queue\n", typed("queue")),
            ("Q\n", typed("Q")),
            ("!important\n", typed("!important")),
            ("u\n", Heard::Command(Command::Undo)),
            ("! the key is wrong\n", flagged(Some("the key is wrong"))),
        ],
    );
    assert_eq!(reply(&Ask::Type, b"\xff\n").0, typed("\u{FFFD}"));
}

#[test]
fn yes_and_no_have_four_spellings_each() {
    for ask in [Ask::TrueFalse, Ask::Confirm] {
        for word in ["y", "yes", "t", "TRUE", " Y "] {
            assert_eq!(reply(&ask, word.as_bytes()).0, Heard::Truth(true), "{word}");
        }
        for word in ["n", "No", "f", "false"] {
            assert_eq!(reply(&ask, word.as_bytes()).0, Heard::Truth(false), "{word}");
        }
        assert_eq!(reply(&ask, b"maybe\n\ny\n").0, Heard::Truth(true));
    }
    assert_eq!(reply(&Ask::Confirm, b"u\ns\nn\n").0, Heard::Truth(false), "no card is at hand to skip");
}

#[test]
fn an_answer_is_revealed_by_an_empty_line_and_then_graded() {
    assert_heard(&Ask::Reveal, &[("\n", Heard::Revealed), ("3\n\n", Heard::Revealed), ("q\n", Heard::Left)]);
    let previews = ["1 d", "6 d", "15 d", ""].map(str::to_owned);
    assert_heard(
        &Ask::Grade(&previews),
        &[("1\n", Heard::Graded(1)), ("4\n", Heard::Graded(4)), ("\n5\n0\n256\nx\n3\n", Heard::Graded(3))],
    );
    assert_eq!(reply(&Ask::Grade(&previews), b"").1, "1 again (1 d), 2 hard (6 d), 3 good (15 d), 4 easy\n");
}

#[test]
fn nothing_is_asked_after_a_verdict() {
    assert_eq!(reply(&Ask::Next, b"4\n"), (Heard::Next, String::new()));
}

#[test]
fn outside_a_sitting_a_line_is_any_line_and_one_thing_is_picked() {
    assert_heard(&Ask::Line("the question"), &[("q\n", typed("q")), ("\n", typed("")), ("", Heard::Left)]);
    assert_eq!(reply(&Ask::Line("the question"), b"x\n").1, "the question\n");
    let items = items(3);
    assert_heard(
        &Ask::Pick(&items),
        &[("2\n", Heard::Picked(vec![1])), ("u\n0\n\n3\n", Heard::Picked(vec![2])), ("q\n", Heard::Left)],
    );
}

#[test]
fn a_note_is_any_line() {
    assert_heard(&Ask::Note, &[("q\n", typed("q")), ("\n", typed("")), ("", Heard::Left)]);
}

#[test]
fn commands_are_heard_wherever_an_answer_is() {
    let (four, previews) = (items(4), ["", "", "", ""].map(str::to_owned));
    let asks = [
        Ask::Choose(&four),
        Ask::ChooseSeveral(&four),
        Ask::Arrange(&four),
        Ask::Tick(&four),
        Ask::Type,
        Ask::TrueFalse,
        Ask::Reveal,
        Ask::Grade(&previews),
    ];
    for ask in asks {
        assert_heard(
            &ask,
            &[
                ("q\n", Heard::Left),
                ("u\n", Heard::Command(Command::Undo)),
                ("s\n", Heard::Command(Command::Skip)),
                ("e\n", Heard::Command(Command::Edit)),
                ("h\n", Heard::Command(Command::Hint)),
                ("!\n", flagged(None)),
                ("! typo in 2\n", flagged(Some("typo in 2"))),
                ("", Heard::Left),
            ],
        );
        let (heard, written) = reply(&ask, b"?\nq\n");
        assert_eq!(heard, Heard::Left);
        assert!(written.contains("q  leave"), "{written}");
    }
}

#[test]
fn items_are_listed_and_what_does_not_fit_is_told() {
    let two = items(2);
    let (_, written) = reply(&Ask::Choose(&two), b"9\nx\n1\n");
    insta::assert_snapshot!(written, @"
      1. alpha
      2. beta
    answer 1-2
    there is no 9, only 1-2
    answer with numbers of 1-2
    ");
}

#[test]
fn a_line_of_more_than_64_kib_is_refused_and_the_next_one_taken() {
    let mut input = vec![b'2'; MAX_LINE + 1];
    input.extend(b"\n3\n");
    let four = items(4);
    let (heard, written) = reply(&Ask::Choose(&four), &input);
    assert_eq!(heard, picked(&[2]));
    assert!(written.contains("at most 65536 bytes"), "{written}");
}

#[test]
fn a_question_without_items_answers_itself() {
    assert_eq!(reply(&Ask::Choose(&[]), b"1\n").0, picked(&[]));
}

/// A writer whose reader has gone.
struct Closed;

impl std::io::Write for Closed {
    fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
        Err(std::io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_closed_pipe_is_a_quiet_end() {
    let mut lines = Lines::new(&b"1\n"[..], Closed, 80);
    assert!(matches!(lines.show("text\n"), Err(TerminalError::Gone)));
    assert!(matches!(lines.ask(&Ask::Type), Err(TerminalError::Gone)));
}

#[test]
fn a_pipe_lends_no_terminal() {
    let mut lines = Lines::new(&b""[..], Vec::new(), 80);
    let outcome = lines.run(&mut std::process::Command::new("true"));
    assert!(matches!(outcome, Err(TerminalError::NotATerminal)));
}
