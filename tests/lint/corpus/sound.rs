//! Cards that must not be told off: what the letter of a rule would hit and its sense does not.

use std::collections::BTreeMap;

use super::{HEAD, broken, choice, of, review};

fn told(prompt: &str, options: &[&str], right: usize) -> Vec<&'static str> {
    let mut found = review(&format!("{HEAD}{}", choice("c", prompt, options, right)));
    found.retain(|finding| finding.rule.starts_with(['M', 'D']));
    broken(&found)
}

#[test]
fn sound_choices_break_no_rule_of_options() {
    let sound: &[(&str, &[&str], usize)] = &[
        ("Which method may be repeated?", &["`POST`", "`DELETE`", "`PATCH`"], 1),
        (
            "Which transaction commits, `A` or B, when A holds the lock?",
            &["Only A", "Only B", "Both A and B"],
            0,
        ),
        ("Which flag lists links?", &["`-l`", "`-L`", "`-a`", "`-A`"], 0),
        ("How much does a segment hold?", &["64 KB", "400 KB", "1 MB", "16 MB"], 2),
        ("How long is a lease kept?", &["500 ms", "10 s", "2 min", "1 h"], 1),
        ("How many retries are made by the client?", &["0", "3", "5", "No limit"], 1),
        ("Which range is private?", &["10.0.0.0/8", "172.0.0.0/8", "192.0.0.0/8"], 0),
        ("Which version brought it?", &["1.2", "1.10", "1.9"], 1),
        (
            "What does the write see?",
            &["It returns the old value", "It returns the new value", "It returns both values"],
            0,
        ),
        (
            "Which rows are locked?",
            &["All rows that it reads", "The rows that it changes", "The rows of its index"],
            1,
        ),
        (
            "What is lost?",
            &["None of the writes is lost", "The last write is lost", "A write in between is lost"],
            1,
        ),
    ];
    for (prompt, options, right) in sound {
        assert_eq!(told(prompt, options, *right), [""; 0], "{prompt} {options:?}");
    }
}

#[test]
fn several_right_options_are_announced_in_many_ways() {
    for (prompt, wanted) in [
        ("Which writes survive? Select all that apply.", true),
        ("Which two writes survive the crash of the leader?", true),
        ("Which writes survive? Choose two.", true),
        ("Which writes survive? Choose three.", false),
        ("Which writes survive?", false),
    ] {
        let card = choice("c", prompt, &["The one of A", "The one of B", "The one of C", "The one of D"], 0);
        let card = card.replacen(
            "{ text = '''The one of B''', ",
            "{ text = '''The one of B''', correct = true, ",
            1,
        );
        let found = review(&format!("{HEAD}{card}"));
        assert_eq!(of("M17", &found).is_empty(), wanted, "{prompt}: {found:#?}");
    }
}

#[test]
fn contrasts_in_code_are_no_duplicates() {
    let card = |id: &str, operator: &str, answer: &str| {
        format!(
            "[[card]]\nid = \"{id}\"\nkind = \"typed\"\nprompt = '''\nWhat does this comparison of a string and a number print?\n\n```js\nconsole.log('10' {operator} 10)\n```\n'''\naccept = [\"{answer}\"]\n\n"
        )
    };
    let found = review(&format!("{HEAD}{}{}", card("loose", "==", "true"), card("strict", "===", "false")));
    assert!(
        found.iter().all(|finding| finding.level.name() != "error" || !finding.rule.starts_with('D')),
        "{found:#?}"
    );
}

#[test]
fn a_card_and_its_reverse_are_no_duplicates() {
    let card = |id: &str, prompt: &str, answer: &str, more: &str| {
        format!(
            "[[card]]\nid = \"{id}\"\nkind = \"flashcard\"\nprompt = \"{prompt}\"\nanswer = \"{answer}\"\n{more}\n"
        )
    };
    let (one, other) = (
        "The number of requests that wait behind a slow one",
        "Length of the queue before a saturated server",
    );
    let found = review(&format!(
        "{HEAD}{}{}",
        card("a", one, other, ""),
        card("b", other, one, "reverse_of = \"a\"\n")
    ));
    assert!(of("D07", &found).is_empty() && of("D14", &found).is_empty(), "{found:#?}");
}

#[test]
fn the_shipped_decks_have_no_error_of_these_families() {
    let decks = mindrill::deck_files::Source::Folder("decks".into()).decks().decks;
    let text = std::fs::read_to_string("decks/skill-map.md").unwrap();
    let map = mindrill::mindmap::read_file(&text, &std::sync::Arc::from("skill-map.md")).map.unwrap();
    let policy = mindrill::domain::policy::Policy::default();
    let today = mindrill::domain::day::StudyDay::from_ymd(2026, 11, 26).unwrap();
    let subject = mindrill::lint::Subject {
        map: Some(&map),
        decks: &decks,
        beyond: &BTreeMap::new(),
        policy: &policy,
        today,
    };
    let found = mindrill::lint::review(&subject);
    let errors: Vec<_> = found.iter().filter(|finding| finding.level.name() == "error").collect();
    assert!(errors.iter().all(|error| !error.rule.starts_with(['M', 'O', 'T', 'C', 'D'])), "{errors:#?}");
}
