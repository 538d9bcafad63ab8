//! Sittings on a pipe.

use insta::assert_snapshot;

use crate::harness::Learner;

#[test]
fn a_flashcard_is_revealed_and_graded_by_its_learner() {
    let learner = Learner::new();
    assert_snapshot!(learner.says("quiz indexing --kind flashcard", "h\n\n3\n"), @"");
}

#[test]
fn a_choice_tells_why_the_chosen_option_is_wrong_and_the_right_one_right() {
    let learner = Learner::new();
    assert_snapshot!(learner.says("quiz indexing --kind choice --limit 1", "3\nq\n"), @"");
}

#[test]
fn a_near_miss_says_why_and_the_card_comes_back_until_it_is_known() {
    let learner = Learner::new();
    assert_snapshot!(learner.says("quiz indexing --kind typed", "767\n3,072 bytes\n"), @"");
}

#[test]
fn a_cloze_is_typed_gap_by_gap_or_revealed() {
    let learner = Learner::new();
    assert_snapshot!(learner.says("quiz isolation --kind cloze", "gap-lock; records\n"), @"");
    let other = Learner::new();
    assert_snapshot!(other.says("quiz isolation --kind cloze", "\n4\n"), @"");
}

#[test]
fn order_statement_and_explanation() {
    let learner = Learner::new();
    assert_snapshot!(learner.says("quiz isolation --kind order", "1,2,3,4\nq\n"), @"");
    assert_snapshot!(learner.says("quiz isolation --kind true-false", "n\n"), @"");
    assert_snapshot!(learner.says("quiz isolation --kind explain", "\n1,3\n"), @"");
}

#[test]
fn undo_skip_and_flag() {
    let learner = Learner::new();
    let text = learner.says("quiz isolation", "u\n! the wording is odd\ns\ny\nu\nn\nq\n");
    assert_snapshot!(text, @"");
    assert_snapshot!(learner.says("cards --flagged", ""), @"");
}

#[test]
fn a_finished_day_says_when_the_next_card_comes() {
    let mut learner = Learner::new();
    learner.says("quiz indexing --kind flashcard", "\n4\n");
    assert_snapshot!(learner.says("quiz indexing --kind flashcard", ""), @"");
    learner.at("2026-11-23T10:00:00Z");
    assert!(learner.says("quiz indexing --kind flashcard", "\n4\n").contains("back in 6 days"));
}

#[test]
fn cram_moves_no_schedule() {
    let learner = Learner::new();
    learner.says("quiz indexing --kind flashcard", "\n4\n");
    let before = learner.says("why indexing/covering --json", "");
    let text = learner.says("quiz indexing --kind flashcard --cram", "\n1\n\n3\n");
    assert!(text.contains("1 left") && text.contains("once more"), "{text}");
    let after = learner.says("why indexing/covering --json", "");
    let field =
        |text: &str, name: &str| serde_json::from_str::<serde_json::Value>(text).unwrap()[name].clone();
    for name in ["due", "interval_days", "ease", "repetitions"] {
        assert_eq!(field(&before, name), field(&after, name), "{name}");
    }
    assert_eq!(field(&after, "answers"), 3);
}

#[test]
fn a_program_sits_by_json_lines() {
    let learner = Learner::new();
    let input = "not json\n{\"reply\":9}\n{\"reply\":2}\n{\"do\":\"undo\"}\n{\"reply\":[1]}\n{\"grade\":5}\n{\"do\":\"quit\"}\n";
    let lines = learner.says("quiz indexing --kind choice --json", input);
    assert_snapshot!(lines, @"");
}
