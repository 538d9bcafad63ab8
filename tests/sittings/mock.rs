//! Mock interviews on a pipe.

use serde_json::Value;

use crate::harness::Learner;

/// What a question is answered with, right or wrong.
fn reply(question: &Value) -> String {
    let options = || question["options"].as_array().unwrap().iter().map(|text| text.as_str().unwrap());
    let place = |text: &str| options().position(|option| option == text).unwrap() + 1;
    match question["card"].as_str().unwrap() {
        "indexing/covering" | "isolation/skew" => "{\"reply\":true}".to_owned(),
        "indexing/prefix" => format!("{{\"reply\":{}}}", place("`a = 1`")),
        "indexing/several" => format!("{{\"reply\":[{},{}]}}", place("B-tree"), place("Full-text")),
        "indexing/limit" => "{\"reply\":\"767\"}".to_owned(),
        "isolation/gaps" => "{\"reply\":[\"gap lock\",\"records\"]}".to_owned(),
        "isolation/snapshot" => "{\"reply\":false}".to_owned(),
        _ => "{\"grade\":1}".to_owned(),
    }
}

/// A whole mock by a program: it learns the order of the questions first, for the sample depends on the seed alone.
fn held(learner: &Learner, words: &str) -> Vec<Value> {
    let mut input = String::new();
    loop {
        let trial = Learner::new();
        let events = trial.json(&format!("mock {words}"), &input);
        let asked: Vec<&Value> = events.iter().filter(|event| event["event"] == "question").collect();
        if asked.len() == input.lines().count() {
            return learner.json(&format!("mock {words}"), &input);
        }
        input += &(reply(asked.last().unwrap()) + "\n");
    }
}

#[test]
fn a_program_hears_no_verdict_before_the_end_and_then_the_branches() {
    let learner = Learner::new();
    let events = held(&learner, "");
    let names: Vec<&str> = events.iter().filter_map(|event| event["event"].as_str()).collect();
    let first_answer = names.iter().position(|name| *name == "answer").unwrap();
    assert!(names[..first_answer].iter().all(|name| matches!(*name, "question" | "noted")), "{names:?}");
    assert_eq!(names.iter().filter(|name| **name == "question").count(), 8, "cards never met are asked too");
    let branches = events.last().unwrap().as_array().unwrap();
    assert_eq!(branches.len(), 1, "of Networking there is no card");
    let keys: Vec<&String> = branches[0].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["key", "asked", "right", "low", "high", "predicted"]);
    assert_eq!(
        [&branches[0]["key"], &branches[0]["asked"], &branches[0]["right"]],
        ["databases", "8", "6"]
            .map(|text| match text.parse::<u64>() {
                Ok(number) => Value::from(number),
                Err(_) => Value::from(text),
            })
            .each_ref()
    );
    let (low, high) = (branches[0]["low"].as_f64().unwrap(), branches[0]["high"].as_f64().unwrap());
    assert!(low < 0.75 && 0.75 < high, "{low} {high}");
    // Never met: 0, but a third for the choice of three, a fifteenth for that of several among four, a half for true
    // or false.
    let predicted = branches[0]["predicted"].as_f64().unwrap();
    assert!((predicted - (1.0 / 3.0 + 1.0 / 15.0 + 0.5) / 8.0).abs() < 1e-9, "{predicted}");
}

#[test]
fn it_is_logged_as_evidence_and_moves_no_schedule() {
    let mut learner = Learner::new();
    learner.says("answer indexing/limit --grade 4", "");
    learner.says("answer indexing/prefix --grade 4", "");
    learner.at("2026-11-25T10:00:00Z");
    let due = learner.says("due --json", "");
    let schedule = |learner: &Learner| {
        let why: Value = serde_json::from_str(&learner.says("why indexing/limit --json", "")).unwrap();
        [why["due"].clone(), why["interval_days"].clone(), why["ease"].clone(), why["lapses"].clone()]
    };
    let before = schedule(&learner);
    let events = held(&learner, "indexing");
    assert_eq!(events.iter().filter(|event| event["event"] == "noted").count(), 4);
    let log = learner.json("log", "");
    let kinds: Vec<&Value> = log[2..].iter().map(|row| &row["kind"]).collect();
    assert!(kinds.len() == 4 && kinds.iter().all(|kind| **kind == "mock"), "{kinds:?}");
    assert_eq!(schedule(&learner), before);
    assert_eq!(learner.says("due --json", ""), due);
    let why: Value = serde_json::from_str(&learner.says("why indexing/limit --json", "")).unwrap();
    assert_eq!(why["last"], "2026-11-25", "the memory has seen it");
    learner.says("doctor", "");
}

#[test]
fn each_answer_is_on_disk_before_the_next_question() {
    let learner = Learner::new();
    learner.json("mock indexing", "{\"grade\":4}\n{\"grade\":1}\n");
    assert_eq!(learner.json("log", "").len(), 2, "the input ended at the third question");
}

#[test]
fn a_person_is_shown_the_answers_at_the_end_and_corrects_his_own_word() {
    let learner = Learner::new();
    insta::assert_snapshot!(learner.says("mock indexing", "h\n767\n2\n2,3\ny\nn\n"), @r#"
    Mock interview: up to 4 questions, 30 min; the answers come at the end.

    0 done · 4 left · about 1 min · Indexing (priority) · typed

    How many bytes may an InnoDB index key have?

    type the answer
    in a mock interview there is no help
    type the answer
    noted

    1 done · 3 left · about 1 min · Indexing (priority) · choice

    With an index on `(a, b)`, which predicate can seek?

      1. `b = 1`
      2. `a = 1`
      3. `a + 1 = 2`
    answer 1-3
    noted

    2 done · 2 left · under a minute · Indexing (priority) · choice

    Which are kinds of MySQL index? Select all that apply.

      1. Bitmap
      2. Full-text
      3. B-tree
      4. BRIN
    answer all that apply of 1-4, like 1,2
    noted

    3 done · 1 left · under a minute · Indexing (priority) · flashcard

    Why is a **covering** index fast?

    Answer it aloud or in your head. Do you know it?
    y/n
    noted

    1 of 4  ✗ not right  predicted 0 %  indexing/limit

    How many bytes may an InnoDB index key have?

    You: 767
    That was the limit of the old row formats.
    Answer: 3072


    2 of 4  ✓ right  predicted 33 %  indexing/prefix

    With an index on `(a, b)`, which predicate can seek?

      1  `b = 1`
    ✓ 2  `a = 1`
         It is the leftmost column of the index.
      3  `a + 1 = 2`

    Seeks need a leftmost prefix.


    3 of 4  ✓ right  predicted 7 %  indexing/several

    Which are kinds of MySQL index? Select all that apply.

      1  Bitmap
    ✓ 2  Full-text
         For words in text columns.
    ✓ 3  B-tree
         The default of InnoDB.
      4  BRIN


    4 of 4  ✓ you said you knew it  predicted 0 %  indexing/covering

    Why is a **covering** index fast?

    The query never touches the table.

    Every column it needs is in the index.

    Source: Manual, §10.3.6 https://dev.mysql.com/doc/

    Did you know it, now that you see it? (q: no more pages)
    y/n
    your word counts: grade 1

    2 of 4 right, 50 % (80 % interval 23–77); predicted 10 %
    Better than predicted.

    Indexing (priority)    2 of 4 ▓▓▓▓▓░░░░░  50 %   23–77  predicted 10 %  better

    Right, though predicted 40 % or less:
        7 %  indexing/several
       33 %  indexing/prefix

    Next: mindrill weak  what to mend first
    "#);
    let log = learner.json("log", "");
    let rows: Vec<String> =
        log.iter().map(|row| format!("{} {} {}", row["card"], row["kind"], row["grade"])).collect();
    insta::assert_snapshot!(rows.join("\n"), @r#"
    "indexing/limit" "mock" 2
    "indexing/prefix" "mock" 4
    "indexing/several" "mock" 4
    "indexing/covering" "mock" 4
    null "undo" null
    "indexing/covering" "mock" 1
    "#);
}

#[test]
fn it_fits_forty_columns() {
    let text = Learner::new().wide(40).says("mock isolation", "1,2,3,4\n");
    let fits = |line: &&str| line.chars().count() <= 40;
    let page = text.split("right, ").last().unwrap();
    assert!(page.lines().all(|line| fits(&line)), "{page}");
}

#[test]
fn without_a_card_there_is_a_way_out() {
    let learner = Learner::new();
    let (error, hint) = learner.fails("mock networking");
    assert_eq!(error, "no card hangs here to be asked");
    assert!(hint.contains("mindrill new"), "{hint}");
    assert!(!learner.says("mock", "q\n").contains("interval"), "who leaves at once is told nothing");
}

#[test]
fn cards_that_are_out_of_date_are_not_asked_and_that_is_said() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("decks")).unwrap();
    std::fs::write(folder.path().join("skill-map.mmd"), "mindmap\n  root((R))\n    Leaf\n").unwrap();
    let deck = "[deck]\ntitle = \"D\"\nnode = \"leaf\"\n[[card]]\nid = \"c\"\nkind = \"flashcard\"\n\
                prompt = \"p\"\nanswer = \"a\"\nreview_by = 2020-01-01\n";
    std::fs::write(folder.path().join("decks/d.toml"), deck).unwrap();
    let learner = Learner::new().of(folder.path());
    let (error, hint) = learner.fails("mock");
    assert_eq!(error, "every card here is out of date: its `review_by` has passed");
    assert!(hint.contains("mindrill check"), "{hint}");
}
