//! Sittings on a pipe.

use insta::assert_snapshot;

use crate::harness::Learner;

#[test]
fn a_flashcard_is_revealed_and_graded_by_its_learner() {
    let learner = Learner::new();
    assert_snapshot!(learner.says("quiz indexing --kind flashcard", "h\n\n3\n"), @"

    0 done · 1 left · under a minute · 1 new · Indexing (priority) · flashcard

    Why is a **covering** index fast?

    Enter shows the answer
      What does it not read?
    Enter shows the answer

    The query never touches the table.

    Every column it needs is in the index.

    Source: Manual, §10.3.6 https://dev.mysql.com/doc/

    1 again (today), 2 hard (1 d), 3 good (1 d), 4 easy (1 d)
    ✓ known · grade 4 · back tomorrow

    1 of 1 known at once · 1 answer

    Recall on 2026-12-22:
      0 % →  11 %  Databases  17 % met

    Due tomorrow: 1. Next: mindrill why databases/isolation  the weakest leaf that
    has cards
    ");
}

#[test]
fn a_choice_tells_why_the_chosen_option_is_wrong_and_the_right_one_right() {
    let learner = Learner::new();
    assert_snapshot!(learner.says("quiz indexing --kind choice --limit 1", "3\nq\n"), @"

    0 done · 1 left · under a minute · 1 new · Indexing (priority) · choice

    With an index on `(a, b)`, which predicate can seek?

      1. `a + 1 = 2`
      2. `b = 1`
      3. `a = 1`
    answer 1-3
    ✓ right · grade 4 · back tomorrow
      1  `a + 1 = 2`
      2  `b = 1`
    ✓ 3  `a = 1`
         It is the leftmost column of the index.

    Seeks need a leftmost prefix.

    1 of 1 known at once · 1 answer

    Recall on 2026-12-22:
      0 % →  11 %  Databases  17 % met

    Due tomorrow: 1. Next: mindrill why databases/isolation  the weakest leaf that
    has cards
    ");
}

#[test]
fn a_near_miss_says_why_and_the_card_comes_back_until_it_is_known() {
    let learner = Learner::new();
    assert_snapshot!(learner.says("quiz indexing --kind typed", "767\n3,072 bytes\n"), @"

    0 done · 1 left · under a minute · 1 new · Indexing (priority) · typed

    How many bytes may an InnoDB index key have?

    type the answer
    ~ nearly · grade 2 · again in this sitting
      That was the limit of the old row formats.
    Answer: 3072

    1 done · 1 left · under a minute · Indexing (priority) · typed · once more

    How many bytes may an InnoDB index key have?

    type the answer
    ✓ right · grade 4 · back tomorrow
    Answer: 3072

    0 of 1 known at once · 2 answers

    Recall on 2026-12-22:
      0 % →   8 %  Databases  17 % met

    Due tomorrow: 1. Next: mindrill why databases/isolation  the weakest leaf that
    has cards
    ");
}

#[test]
fn a_cloze_is_typed_gap_by_gap_or_revealed() {
    let learner = Learner::new();
    assert_snapshot!(learner.says("quiz isolation --kind cloze", "gap-lock; records\n"), @"

    0 done · 1 left · under a minute · 1 new · Isolation · cloze

    A ____ holds the space between two ____.

    Type what belongs into the 2 gaps, parted by `;`; nothing typed shows them.

    type the answer
    ✓ right · grade 4 · back tomorrow
    A **gap lock** holds the space between two **records**.

    1 of 1 known at once · 1 answer

    Recall on 2026-12-22:
      0 % →   6 %  Databases  8 % met

    Due tomorrow: 1. Next: mindrill why databases/indexing  the weakest leaf that
    has cards
    ");
    let other = Learner::new();
    assert_snapshot!(other.says("quiz isolation --kind cloze", "\n4\n"), @"

    0 done · 1 left · under a minute · 1 new · Isolation · cloze

    A ____ holds the space between two ____.

    Type what belongs into the 2 gaps, parted by `;`; nothing typed shows them.

    type the answer

    A **gap lock** holds the space between two **records**.

    1 again (today), 2 hard (1 d), 3 good (1 d), 4 easy (1 d)
    ✓ known · grade 5 · back tomorrow

    1 of 1 known at once · 1 answer

    Recall on 2026-12-22:
      0 % →   7 %  Databases  8 % met

    Due tomorrow: 1. Next: mindrill why databases/indexing  the weakest leaf that
    has cards
    ");
}

#[test]
fn order_statement_and_explanation() {
    let learner = Learner::new();
    assert_snapshot!(learner.says("quiz isolation --kind order", "1,2,3,4\nq\n"), @"

    0 done · 1 left · under a minute · 1 new · Isolation · order

    Order the isolation levels from the weakest.

      1. read uncommitted
      2. repeatable read
      3. serializable
      4. read committed
    answer with the right order of 1-4, like 2,1,..
    ✗ wrong · grade 1 · again in this sitting
      1  read uncommitted
      2  read committed
      3  repeatable read
      4  serializable

    1 done · 1 left · under a minute · Isolation · order · once more

    Order the isolation levels from the weakest.

      1. read uncommitted
      2. repeatable read
      3. read committed
      4. serializable
    answer with the right order of 1-4, like 2,1,..

    0 of 1 known at once · 1 answer · 1 left for later

    Recall on 2026-12-22:
      0 % →   4 %  Databases  8 % met

    Due tomorrow: 1. Next: mindrill quiz  go on where you left
    ");
    assert_snapshot!(learner.says("quiz isolation --kind true-false", "n\n"), @"

    0 done · 1 left · under a minute · 1 new · Isolation · true-false

    `BEGIN` takes the snapshot in InnoDB.

    true or false? y/n
    ✓ right · grade 4 · back tomorrow
    Answer: false

    The first consistent read takes it.

    1 of 1 known at once · 1 answer

    Recall on 2026-12-22:
      4 % →   9 %  Databases  17 % met

    Due tomorrow: 2. Next: mindrill why databases/indexing  the weakest leaf that
    has cards
    ");
    assert_snapshot!(learner.says("quiz isolation --kind explain", "\n1,3\n"), @"

    0 done · 1 left · under a minute · 1 new · Isolation · explain

    Two doctors go off call at once. Explain what went wrong.

    Enter shows the answer

    Write skew: each decision was right alone.

      1. both read the same state
      2. each writes another row
      3. no lock conflicts
    which of 1-3 did you say, like 1,2? Enter: none
    ✓ known · grade 3 · back tomorrow

    1 of 1 known at once · 1 answer

    Recall on 2026-12-22:
      9 % →  15 %  Databases  25 % met

    Due tomorrow: 3. Next: mindrill why databases/indexing  the weakest leaf that
    has cards
    ");
}

#[test]
fn undo_skip_and_flag() {
    let learner = Learner::new();
    let text = learner.says("quiz isolation", "u\n! the wording is odd\ns\ny\nu\nn\nq\n");
    assert_snapshot!(text, @"

    0 done · 4 left · about 1 min · 4 new · Isolation · cloze

    A ____ holds the space between two ____.

    Type what belongs into the 2 gaps, parted by `;`; nothing typed shows them.

    type the answer
    nothing to take back in this sitting; `mindrill undo` goes further

    0 done · 4 left · about 1 min · 4 new · Isolation · cloze

    A ____ holds the space between two ____.

    Type what belongs into the 2 gaps, parted by `;`; nothing typed shows them.

    type the answer
    flagged `isolation/gaps`; `mindrill cards --flagged` lists them

    0 done · 3 left · about 1 min · 3 new · Isolation · order

    Order the isolation levels from the weakest.

      1. read uncommitted
      2. repeatable read
      3. serializable
      4. read committed
    answer with the right order of 1-4, like 2,1,..

    0 done · 2 left · under a minute · 2 new · Isolation · true-false

    `BEGIN` takes the snapshot in InnoDB.

    true or false? y/n
    ✗ wrong · grade 1 · again in this sitting
    Answer: false

    The first consistent read takes it.

    1 done · 2 left · under a minute · 1 new · Isolation · explain

    Two doctors go off call at once. Explain what went wrong.

    Enter shows the answer
    taken back: `isolation/snapshot` is asked again

    0 done · 2 left · under a minute · 2 new · Isolation · true-false

    `BEGIN` takes the snapshot in InnoDB.

    true or false? y/n
    ✓ right · grade 4 · back tomorrow
    Answer: false

    The first consistent read takes it.

    1 done · 1 left · under a minute · 1 new · Isolation · explain

    Two doctors go off call at once. Explain what went wrong.

    Enter shows the answer

    1 of 1 known at once · 1 answer · 1 left for later

    Recall on 2026-12-22:
      0 % →   6 %  Databases  8 % met

    Due tomorrow: 1. Next: mindrill quiz  go on where you left
    ");
    assert_snapshot!(learner.says("cards --flagged", ""), @"
    isolation/gaps  cloze 3  A ____ holds the space between two ____.
        the wording is odd
    ");
}

#[test]
fn a_finished_day_says_when_the_next_card_comes() {
    let mut learner = Learner::new();
    learner.says("quiz indexing --kind flashcard", "\n4\n");
    assert_snapshot!(learner.says("quiz indexing --kind flashcard", ""), @"
    Nothing is due.
    The next card is due on 2026-11-23.
    `mindrill quiz --cram` practises at will and moves no schedule
    ");
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
    assert_snapshot!(lines, @r#"
    {"event":"question","card":"indexing/prefix","kind":"choice","prompt":"With an index on `(a, b)`, which predicate can seek?","left":2,"options":["`a + 1 = 2`","`b = 1`","`a = 1`"]}
    {"event":"error","message":"no JSON: expected ident at line 1 column 2"}
    {"event":"error","message":"`reply` is a number from 1 to 3, several as [1, 3] or \"1,3\""}
    {"event":"verdict","card":"indexing/prefix","grade":1,"right":false,"answer":"`a = 1`","explanation":"Seeks need a leftmost prefix.","due":"2026-11-23"}
    {"event":"question","card":"indexing/several","kind":"choice","prompt":"Which are kinds of MySQL index? Select all that apply.","left":2,"options":["Full-text","B-tree","BRIN","Bitmap"]}
    {"event":"undone","card":"indexing/prefix"}
    {"event":"question","card":"indexing/prefix","kind":"choice","prompt":"With an index on `(a, b)`, which predicate can seek?","left":2,"options":["`a + 1 = 2`","`b = 1`","`a = 1`"]}
    {"event":"verdict","card":"indexing/prefix","grade":1,"right":false,"answer":"`a = 1`","explanation":"Seeks need a leftmost prefix.","due":"2026-11-23"}
    {"event":"question","card":"indexing/several","kind":"choice","prompt":"Which are kinds of MySQL index? Select all that apply.","left":2,"options":["Full-text","B-tree","BRIN","Bitmap"]}
    {"event":"verdict","card":"indexing/several","grade":5,"right":true,"answer":"B-tree; Full-text","explanation":null,"due":"2026-11-23"}
    {"event":"question","card":"indexing/prefix","kind":"choice","prompt":"With an index on `(a, b)`, which predicate can seek?","left":1,"options":["`a = 1`","`b = 1`","`a + 1 = 2`"]}
    {"event":"summary","cards":2,"right":1,"answers":2,"left":1,"horizon":"2026-12-22","due_tomorrow":2,"branches":[{"label":"Databases","recall_before":0.0,"recall_after":0.20977500081062317,"met":0.3333333333333333},{"label":"Networking","recall_before":0.0,"recall_after":0.0,"met":0.0}],"next":"mindrill quiz","faded":[]}
    "#);
}

#[test]
fn reports_fit_forty_columns_and_two_hundred() {
    for width in [40, 80, 200] {
        let learner = Learner::new().wide(width);
        learner.says("answer covering -g 4", "");
        for report in [
            "coverage",
            "due",
            "why indexing",
            "why covering",
            "interview",
            "plan",
            "plan --minutes 1 --on +40",
            "ready",
            "ready databases",
            "map show",
            "show isolation",
            "cards",
            "log",
            "where",
        ] {
            let text = learner.says(report, "");
            let widest = text.lines().map(|line| line.chars().count()).max().unwrap();
            assert!(widest <= width, "`{report}` is {widest} wide on {width} columns:\n{text}");
        }
    }
}
