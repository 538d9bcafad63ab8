//! The rules of each kind of card, with the line and column at which they are told.

use super::faults::{assert_told, card, of_kind};

#[test]
fn choices() {
    let option = "{ text = \"x\", correct = true }";
    assert_told(&[
        ("a choice has no options", of_kind("choice", ""), &["S03:4:1"]),
        ("a choice has one option", of_kind("choice", &format!("options = [{option}]")), &["too-few:8:11"]),
        (
            "no option is correct",
            of_kind("choice", "options = [{ text = \"x\" }, { text = \"y\" }]"),
            &["no-correct-option:8:11"],
        ),
        (
            "an option says nothing",
            of_kind("choice", &format!("options = [{option}, {{ why = \"w\" }}]")),
            &["S03:8:44"],
        ),
        (
            "an option's truth is a text",
            of_kind("choice", "options = [{ text = \"x\", correct = \"yes\" }, { text = \"y\" }]"),
            &["wrong-type:8:36"],
        ),
        (
            "an option has a strange key",
            of_kind("choice", &format!("options = [{option}, {{ text = \"y\", pinned = true }}]")),
            &["unknown-key:8:58"],
        ),
        (
            "two options say the same",
            of_kind("choice", &format!("options = [{option}, {{ text = \"x\" }}]")),
            &["repeated-text:8:44"],
        ),
    ]);
}

#[test]
fn the_shape_of_options() {
    assert_told(&[
        (
            "an option is a text",
            of_kind("choice", "options = [\"x\", \"y\"]"),
            &["wrong-type:8:12", "wrong-type:8:17"],
        ),
        (
            "options may stand in tables of their own",
            of_kind(
                "choice",
                "[[card.options]]\ntext = \"x\"\ncorrect = true\n[[card.options]]\ntext = \"y\"",
            ),
            &[],
        ),
    ]);
}

#[test]
fn orders() {
    assert_told(&[
        ("an order has one item", of_kind("order", "items = [\"1\"]"), &["too-few:8:9"]),
        (
            "an order repeats an item",
            of_kind("order", "items = [\"1\", \"2\", \" 1\"]"),
            &["repeated-text:8:20"],
        ),
    ]);
}

#[test]
fn typed_answers() {
    let typed = |lines: &str| of_kind("typed", lines);
    let tolerance = |value: &str| typed(&format!("accept = [\"3 ms\"]\ntolerance = {value}"));
    assert_told(&[
        ("nothing is accepted", typed("accept = []"), &["too-few:8:10"]),
        ("a blank is accepted", typed("accept = [\"\"]"), &["S03:8:11"]),
        ("a number is accepted without quotes", typed("accept = [3]"), &["wrong-type:8:11"]),
        (
            "a near miss has no reason",
            typed("accept = [\"a\"]\nnear_misses = [{ text = \"b\" }]"),
            &["S03:9:16"],
        ),
        ("a tolerance is below nought", tolerance("-0.1"), &["tolerance:9:13"]),
        ("a tolerance is not a number", tolerance("nan"), &["tolerance:9:13"]),
        ("a tolerance is endless", tolerance("inf"), &["tolerance:9:13"]),
        ("a tolerance is a text", tolerance("\"1\""), &["wrong-type:9:13"]),
        ("a tolerance may be nought or whole", tolerance("0"), &[]),
        (
            "a tolerance has no number to work on",
            typed("accept = [\"x\"]\ntolerance = 1"),
            &["tolerance:9:13"],
        ),
        ("case is a text", typed("accept = [\"x\"]\ncase_sensitive = \"no\""), &["wrong-type:9:18"]),
    ]);
}

#[test]
fn clozes_statements_and_scenarios() {
    let cloze = |text: &str| card(&format!("kind = \"cloze\"\ntext = {text}"));
    assert_told(&[
        ("a cloze has no gap", cloze("\"plain\""), &["cloze:7:9"]),
        ("a cloze has a prompt", of_kind("cloze", "text = \"{{a}}\""), &["key-of-other-kind:7:1"]),
        ("a gap is not closed", cloze("\"ä {{b\""), &["cloze:7:11"]),
        ("a gap is closed twice", cloze("\"{{a}} b }}\""), &["cloze:7:17"]),
        ("a gap is empty", cloze("'{{a}} {{ }}'"), &["cloze:7:15"]),
        ("an alternative is empty", cloze("'{{a||b}}'"), &["cloze:7:9"]),
        ("the place follows escapes", cloze("\"\\u00e9\\\"\\n}}{{a}}\""), &["cloze:7:19"]),
        ("the place follows lines", cloze("\"\"\"\n\none {{a}}\n  two }}\"\"\""), &["cloze:10:7"]),
        (
            "every fault of a text is told",
            cloze("\"}} {{}} {{a}} {{b\""),
            &["cloze:7:9", "cloze:7:12", "cloze:7:23"],
        ),
        ("braces may be escaped", cloze("'\\{{ {{a\\|b}} \\}}'"), &[]),
        (
            "a variant leaves open something else",
            cloze("\"{{a}}\"\nvariants = [\"{{b}}\", \"so {{a}}\", \"{{a\"]"),
            &["cloze:8:13", "cloze:8:34"],
        ),
        ("a statement has no answer", card("kind = \"true-false\"\nstatement = \"s\""), &["S03:4:1"]),
        (
            "a statement's answer is a text",
            card("kind = \"true-false\"\nstatement = \"s\"\nanswer = \"true\""),
            &["wrong-type:8:10"],
        ),
        ("a checklist is empty", of_kind("explain", "answer = \"a\"\nchecklist = []"), &["too-few:9:13"]),
        ("a scenario has neither", of_kind("explain", ""), &["S03:4:1", "S03:4:1"]),
    ]);
}
